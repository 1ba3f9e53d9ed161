"""From its ingredients every computed figure of the atlas can be computed again."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

import pytest

from geodata.errors import UnknownNameError
from geodata.records import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.atlas import Atlas
    from geodata.records import Level

AGAIN: dict[str, Callable[[Sequence[float], float], float]] = {
    "share": lambda x, _: 100 * x[0] / x[1],
    "share_of_sum": lambda x, _: 100 * x[0] / sum(x),
    "ratio": lambda x, scale: scale * x[0] / x[1],
    "density": lambda x, scale: scale * x[0] / x[1],
    "sum": lambda x, _: sum(x),
    "change_percent": lambda x, _: 100 * (x[1] / x[0] - 1),
    "change_points": lambda x, _: x[1] - x[0],
    "lq_nation": lambda x, _: x[0] / x[1] / (x[2] / x[3]),
    "lq": lambda x, _: x[0] / x[1] / (x[2] / x[3]),
    "lq_change": lambda x, _: x[1] - x[0],
}
UNSHOWN = "strata_"
"""The long series gives out shares only."""


def numbers(
    atlas: Atlas, indicator: str, place: str, year: str, level: Level | None = None
) -> list[float]:
    found = atlas.provenance.ingredients(indicator, place, year, level=level)
    return [i.value.value for i in found if i.value.value is not None]


@pytest.mark.parametrize("level", LEVELS)
def test_every_computed_figure_of_a_region_is_computed_again(atlas: Atlas, level: Level) -> None:
    wrong, seen = [], set()
    for indicator in atlas.indicators.values():
        recipe = atlas._data.catalog.recipes[indicator.id]  # noqa: SLF001
        if not recipe.operation or indicator.id.startswith(UNSHOWN):
            continue
        for year in indicator.years.get(level, ())[-1:]:
            column = atlas.values(indicator.id, year, level)
            for code, value in list(zip(column.codes, column.values, strict=True))[::3]:
                if value.value is None:
                    continue
                seen.add(recipe.operation)
                got = AGAIN[recipe.operation](
                    numbers(atlas, indicator.id, code, year, level), recipe.scale
                )
                if not isclose(got, value.value, rel_tol=1e-9, abs_tol=1e-9):
                    wrong.append((indicator.id, code, year, got, value.value))
    assert wrong == []
    assert {"share", "lq", "lq_change", "change_percent"} <= seen


def test_a_total_of_a_circle_is_the_sum_of_its_parts(atlas: Atlas) -> None:
    value = atlas.value("gdp", "article/tianjin", "2023")
    found = atlas.provenance.ingredients("gdp", "article/tianjin", "2023")
    assert value.value
    assert sum(i.value.value or 0 for i in found) == pytest.approx(value.value)
    assert all(i.value.source_ids for i in found)
    assert "120000" in {i.place for i in found}
    assert atlas.provenance.ingredients("gdp", "article/capital", "2023") == ()


def test_ingredients_of_a_total_are_those_of_its_members_with_a_figure(atlas: Atlas) -> None:
    """Xiong'an has no share by sector: its people are in the rate of no ingredient."""
    found = atlas.provenance.ingredients("gdp_per_capita", "bjdrc2023/functional", "2023")
    assert [i.value.value for i in found] == [43_761 + 16_737, 2_185.8 + 1_364]


@pytest.mark.parametrize("indicator", ["gdp_per_capita", "population_density", "lq_manufacturing"])
def test_a_rate_of_a_circle_comes_from_its_totals(atlas: Atlas, indicator: str) -> None:
    year = "2020"
    value = atlas.value(indicator, "article/tianjin", year)
    got = numbers(atlas, indicator, "article/tianjin", year)
    scale = {"lq_manufacturing": 1.0}.get(indicator, 10_000.0)
    again = scale * got[0] / got[1] / (got[2] / got[3] if len(got) == 4 else 1)
    assert value.value is not None
    assert again == pytest.approx(value.value)


def test_a_published_figure_and_a_gap_have_no_ingredients(atlas: Atlas) -> None:
    assert atlas.provenance.ingredients("gdp", "110000", "2023") == ()
    gaps = atlas.values("lq_change_mining", "2010-2020", "county")
    code = next(c for c, v in zip(gaps.codes, gaps.values, strict=True) if v.value is None)
    assert atlas.provenance.ingredients("lq_change_mining", code, "2010-2020") == ()


def test_the_benchmark_chosen_is_among_the_ingredients(atlas: Atlas) -> None:
    found = atlas.provenance.ingredients("lq_mining", "130200", "2020", "GD")
    assert [i.place for i in found] == ["130200", "130200", "GD", "GD"]
    with pytest.raises(UnknownNameError):
        atlas.provenance.ingredients("lq_mining", "130200", "2020", "XX")
    with pytest.raises(UnknownNameError, match="no region of the level"):
        atlas.provenance.ingredients("lq_mining", "130200", "2020", level="county")
