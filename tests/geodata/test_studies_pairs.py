"""Two figures of places: when a line over them would mean something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geodata.errors import UnknownNameError

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.records import Level


@pytest.mark.parametrize(
    ("first", "second", "level", "bar"),
    [
        ("lq_manufacturing", "lq_manufacturing", "county", "same"),
        # Both are shares of the same sampled workers.
        ("lq_manufacturing", "lq_information_software", "county", "shared"),
        ("emp_share_manufacturing", "lq_manufacturing", "county", "shared"),
        # GDP over people, and people over area.
        ("population_density", "gdp_per_head_census", "county", "shared"),
        ("urban_share_census", "tertiary_education_share", "county", "shared"),
        # The rate is published alone, and GDP is in its denominator.
        ("rd_intensity", "gdp_per_capita", "city", "shared"),
        ("gdp_alike", "gdp_published", "city", "shared"),
        ("gdp", "population", "county", "totals"),
        ("tertiary_education_share", "lq_manufacturing", "county", ""),
        ("tertiary_education_share", "lq_manufacturing", "city", ""),
    ],
)
def test_the_rule(atlas: Atlas, first: str, second: str, level: Level, bar: str) -> None:
    for pair in ((first, second), (second, first)):
        found = atlas.pairs.of(pair, level, "2020")
        assert found.bar == bar
        assert (found.line is None) == bool(bar)


def test_few_places_have_no_line(atlas: Atlas) -> None:
    cities = {"120000", "130200", "130900", "131000"}
    found = atlas.pairs.of(("tertiary_education_share", "lq_manufacturing"), "city", "2020", cities)
    assert (len(found.points), found.bar) == (4, "few")


def test_the_line_is_that_of_the_figures_and_xiongan_is_not_counted_twice(atlas: Atlas) -> None:
    found = atlas.pairs.of(("tertiary_education_share", "lq_manufacturing"), "city", "2020")
    assert "133100" in {place.id for place, _, _ in found.points}
    kept = [(a.value, b.value) for place, a, b in found.points if place.id != "133100"]
    x, y = np.array(kept, dtype=float).T
    assert found.line
    assert found.line.n == len(kept)
    assert (found.line.slope, found.line.intercept) == pytest.approx(np.polyfit(x, y, 1))


def test_a_wide_span_is_laid_out_by_logarithms(atlas: Atlas) -> None:
    found = atlas.pairs.of(("population_density", "lq_manufacturing"), "county", "2020")
    assert found.logs == (True, False)
    x = np.log10([a.value or 0 for _, a, _ in found.points])
    y = [b.value or 0 for _, _, b in found.points]
    assert found.line
    assert found.line.r == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_a_year_that_one_lacks_falls_back_and_a_level_without_figures_is_empty(
    atlas: Atlas,
) -> None:
    found = atlas.pairs.of(("tertiary_education_share", "gdp_tertiary_share"), "county", "2021")
    assert found.years == ("2020", "2021")
    none = atlas.pairs.of(("pm25", "lq_manufacturing"), "county", "2020")
    assert none.points == ()
    assert none.years[0] == ""
    with pytest.raises(UnknownNameError):
        atlas.pairs.of(("no_such", "gdp"), "county", "2020")
