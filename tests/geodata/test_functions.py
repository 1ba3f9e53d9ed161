"""Functional specialisation against hand-computed cases and the printed counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geodata.measures.functions import (
    division_of_functions,
    functional_interval,
    functional_specialisation,
)

if TYPE_CHECKING:
    from geodata.atlas import Atlas


def test_the_index_by_hand() -> None:
    """Reference ½: 30 for 20 is 3 times it, 10 for 20 the same, 5 for 20 half; none of nobody."""
    index = functional_specialisation(
        np.array([30.0, 10.0, 5.0, 4.0]), np.array([20.0, 20.0, 20.0, 0.0]), 0.5
    )
    assert index[:3].tolist() == pytest.approx([2.0, 0.0, -0.5])
    assert np.isnan(index[3])


def test_the_limits_by_hand() -> None:
    """s = 0.5 of 100: Wilson's limits are 0.40383 and 0.59617, their odds 0.67738 and 1.47628."""
    low, high = functional_interval(np.array([50.0]), np.array([50.0]), 1.0)
    assert low[0] == pytest.approx(-0.32262, abs=1e-5)
    assert high[0] == pytest.approx(0.47628, abs=1e-5)


@pytest.mark.parametrize(
    ("first", "second", "reference"),
    [([1.0], [1.0, 2.0], 1.0), ([-1.0], [1.0], 1.0), ([1.0], [1.0], 0.0)],
)
def test_wrong_numbers_are_refused(
    first: list[float], second: list[float], reference: float
) -> None:
    with pytest.raises(ValueError, match=r"occupations|negative|above zero"):
        functional_specialisation(np.array(first), np.array(second), reference)


def test_the_three_places_from_the_printed_counts(atlas: Atlas) -> None:
    """2020: 260,724 / 105,932, 82,704 / 108,077 and 319,643 / 835,378; all 663,071 / 1,049,387."""
    reference = 663_071 / 1_049_387
    pairs = ((260_724, 105_932), (82_704, 108_077), (319_643, 835_378))
    found = atlas.functions.of(("110000", "120000", "130000"))
    assert [one.index.value for one in found] == pytest.approx(
        [p / q / reference - 1 for p, q in pairs]
    )
    assert [round(one.index.value or 0, 2) for one in found] == [2.90, 0.21, -0.39]
    assert found[0].index.source_ids == ("census7_county",)
    assert all(one.apart for one in found)
    assert found[0].per_hundred == pytest.approx(100 * 260_724 / 105_932)


def test_places_stand_from_the_highest_and_the_region_is_the_reference(atlas: Atlas) -> None:
    for among in ("city", "county", "circle"):
        found = atlas.functions.specialised(among)
        numbers = [one.index.value or 0 for one in found.places]
        assert numbers == sorted(numbers, reverse=True)
        assert all(one.low < (one.index.value or 0) < one.high for one in found.places)
        assert found.whole is not None
        assert found.whole.index.value == pytest.approx(0)
        placed = {one.place.id for one in (*found.places,)} | {p.id for p in found.without}
        assert placed == {place.id for place in found.among.places}


def test_a_place_without_occupations_is_named(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A study whose figures of one city, then of the region, are blank."""
    whole = type(atlas.functions)(atlas, atlas._data)  # noqa: SLF001 - a study of its own
    real = atlas.value
    blank = {"130200"}

    def value(item: str, place: str, year: str) -> object:
        found = real(item, place, year)
        return type(found)(None, found.unit, year) if place in blank else found

    monkeypatch.setattr(atlas, "value", value)
    assert [place.id for place in whole.specialised("city").without] == ["130200"]
    blank.add("JJJ")
    assert whole.specialised("county").whole is None
    assert whole.specialised("county").places == ()


def test_the_division_by_hand() -> None:
    """Core 30/10 = 3 over (10 + 20)/(40 + 20) = ½ is 6; a blank cell leaves the year blank."""
    services = np.array([[30.0, 30.0], [10.0, np.nan], [20.0, 20.0]])
    making = np.array([[10.0, 10.0], [40.0, 40.0], [20.0, 20.0]])
    found = division_of_functions(services, making, np.array([True, False, False]))
    assert found[0] == pytest.approx(6.0)
    assert np.isnan(found[1])


@pytest.mark.parametrize("core", [[True, True], [False, False], [True]])
def test_a_division_needs_both_sides(core: list[bool]) -> None:
    with pytest.raises(ValueError, match=r"core|periphery"):
        division_of_functions(np.ones((2, 1)), np.ones((2, 1)), np.array(core))
