"""Entropy weights and the coupling of the provinces, by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geodata.measures.entropy import entropy_weights
from geodata.studies.systems_coupled import WEIGHINGS

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.records import Value
    from geodata.studies.systems_coupled import Weighing

XIONGAN = "133100"
"""It stands beside the 13 cities, of which the note speaks."""


def test_entropy_weights_by_hand() -> None:
    """Of two rows (1, 3): e = (¼ ln 4 + ¾ ln 4/3) ÷ ln 2 = 0.8113; (0, 2) tells all, e = 0."""
    even, uneven = 1 - 0.811278, 1.0
    found = entropy_weights(np.array([[1.0, 0.0], [3.0, 2.0]]))
    assert found == pytest.approx([even / (even + uneven), uneven / (even + uneven)], abs=1e-6)
    assert entropy_weights(np.array([[2.0, 5.0], [2.0, 5.0]])) == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("rows", [[[1.0, 2.0]], [[1.0, math.nan], [1.0, 2.0]], [[0.0], [0.0]]])
def test_what_has_no_entropy_is_refused(rows: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"Entropy needs|must not be negative"):
        entropy_weights(np.array(rows))


def test_the_degree_of_hebei_by_hand(atlas: Atlas) -> None:
    """D = (U₁U₂)^¼ with equal weights of figures over the highest of three places and years."""
    found = atlas.coupled.degrees("equal", 0.5)

    def figure(name: str, place: str, year: str) -> float:
        column = atlas.values(name, year, "province")
        return column.values[column.codes.index(place)].value or 0.0

    def side(pairs: tuple[tuple[str, str], ...]) -> float:
        parts = []
        for name, over in pairs:
            ratios = {
                (p.id, y): figure(name, p.id, y) / (figure(over, p.id, y) if over else 1.0)
                for p in found.places
                for y in found.years
            }
            parts.append(ratios["130000", found.years[-1]] / max(ratios.values()))
        return sum(parts) / len(parts)

    first = side(
        (
            ("rd_intensity", ""),
            ("tech_contract_value", "gdp"),
            ("tech_contract_absorbed_value", "gdp"),
        )
    )
    second = side((("gdp_secondary", "population_yearend"), ("gdp_secondary", "gdp")))
    assert found.d[found.years[-1]]["130000"] == pytest.approx((first * second) ** 0.25)


@pytest.mark.parametrize("weighing", WEIGHINGS)
def test_the_order_stays_over_the_range_told(atlas: Atlas, weighing: Weighing) -> None:
    """More weight of innovation can only help Beijing; each α is computed anew and sorted."""
    found = atlas.coupled.degrees(weighing, 0.5)
    year = found.years[-1]
    beijing = [place.id for place in found.places].index("110000")
    seen = []
    for hundredths in range(1, 100):
        alpha = hundredths / 100
        d = atlas.coupled.degrees(weighing, alpha).d[year]
        assert all(0 <= x <= 1 for x in d.values())
        span = found.within(year, alpha)
        assert [found.places[at].id for at in span.order] == sorted(d, key=lambda p: -d[p])
        seen.append(span.order.index(beijing))
    assert seen == sorted(seen, reverse=True)
    assert len(found.orders[year]) == 3
    assert all(sum(side) == pytest.approx(1) for side in found.weights)


def test_where_two_places_change_by_hand(atlas: Atlas) -> None:
    """D² is a straight line in α: two of its points tell where Beijing overtakes Tianjin."""
    at = {alpha: atlas.coupled.degrees("entropy", alpha).d["2023"] for alpha in (0.25, 0.75)}
    gap = {alpha: d["110000"] ** 2 - d["120000"] ** 2 for alpha, d in at.items()}
    crossing = 0.25 + 0.5 * gap[0.25] / (gap[0.25] - gap[0.75])
    spans = atlas.coupled.degrees("entropy", 0.5).orders["2023"]
    assert any(span.high == pytest.approx(crossing) for span in spans)


def test_years_without_a_figure_are_left_out_and_told(atlas: Atlas) -> None:
    found, lacking = atlas.coupled.degrees("entropy", 0.5), dict(atlas.coupled.lacking())
    assert not {*found.years} & lacking.keys()
    secondary = atlas.indicators["gdp_secondary"].name
    assert [(place.id, name) for place, name in lacking["2020"]] == [("130000", secondary)]


def test_the_note_tells_which_figures_all_cities_have(atlas: Atlas) -> None:
    """Cities are not computed: of the figures no year has all, as the method note says."""

    def complete(*names: str) -> set[str]:
        return {
            year
            for name in names
            for year in atlas.indicators[name].years.get("city", ())
            if all(
                value.value is not None
                for code, value in _by_city(atlas, name, year)
                if code != XIONGAN
            )
            and "2018" <= year <= "2023"
        }

    assert complete("rd_expenditure") == {"2019"}
    assert complete("tech_contract_value") == {"2023"}
    assert complete("gdp_secondary", "gdp_secondary_published") == {"2018", "2019", "2020"}
    assert not atlas.indicators["tech_contract_absorbed_value"].years.get("city")
    assert complete("invention_patents_granted") == {str(year) for year in range(2018, 2024)}


def _by_city(atlas: Atlas, name: str, year: str) -> list[tuple[str, Value]]:
    column = atlas.values(name, year, "city")
    return list(zip(column.codes, column.values, strict=True))
