"""σ and β, against hand-computed values; runs of years without break."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.measures.convergence import beta, sigma
from geodata.measures.runs import runs


def test_sigma_of_two_places_is_half_their_distance_in_logs() -> None:
    assert sigma([math.e, math.e**3]) == pytest.approx(1)


def test_beta_on_a_line_gives_slope_speed_and_half_life_back() -> None:
    """With ln y_T = ½ ln y₀ + c over ten years half of each gap is closed: ln 2 / 10 a year."""
    first = [10.0, 20.0, 40.0, 80.0]
    last = [3 * math.sqrt(y) for y in first]
    found = beta(first, last, 10)
    assert found.slope == pytest.approx(-0.05)
    assert found.intercept == pytest.approx(math.log(3) / 10)
    assert (found.n, found.years) == (4, 10)
    assert found.speed == pytest.approx(math.log(2) / 10)
    assert found.half_life == pytest.approx(10)
    assert found.growth_at(20) == pytest.approx(math.log(last[1] / 20) / 10)


def test_standard_error_and_interval_of_three_points_by_hand() -> None:
    """x = 0, 1, 2 and g = 3, 1, 2 (T = 1): slope −½, rests ½, −1, ½; s² = 1.5 / 1."""
    first = [1.0, math.e, math.e**2]
    last = [math.exp(x + g) for x, g in ((0, 3), (1, 1), (2, 2))]
    found = beta(first, last, 1)
    assert found.slope == pytest.approx(-0.5)
    assert found.error == pytest.approx(math.sqrt(1.5 / 2))
    assert found.fit == pytest.approx(0.25)
    # t = −0.5 / 0.866 with one degree of freedom: p = 1 − 2 atan(|t|) / π; t(0.975) = 12.706.
    assert found.p == pytest.approx(1 - 2 * math.atan(0.5 / math.sqrt(0.75)) / math.pi)
    assert found.margin_at(math.e) == pytest.approx(12.7062 * math.sqrt(1.5 / 3), rel=1e-4)
    assert found.margin_at(1.0) > found.margin_at(math.e)


def test_the_slope_agrees_with_another_library() -> None:
    first = [94_648.0, 68_000.0, 36_876.0, 64_670.0, 36_706.0]
    last = [228_000.0, 132_143.0, 72_941.0, 129_537.0, 68_413.0]
    growth = np.log(np.array(last) / np.array(first)) / 11
    slope, intercept = np.polyfit(np.log(first), growth, 1)
    found = beta(first, last, 11)
    assert (found.slope, found.intercept) == pytest.approx((slope, intercept))


def test_divergence_implies_no_speed() -> None:
    found = beta([10.0, 20.0, 40.0], [10.0, 22.0, 50.0], 2)
    assert found.slope > 0
    assert (found.speed, found.half_life) == (None, None)


def test_a_slope_too_steep_for_one_speed_has_none() -> None:
    """Where the order of places turns round, 1 + slope · T is not positive."""
    found = beta([10.0, 20.0, 40.0], [40.0, 20.0, 10.0], 1)
    assert found.slope == pytest.approx(-2)
    assert found.speed is None


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ([1.0, 2.0], [2.0, 3.0], 1),
        ([1.0, 2.0, 3.0], [2.0, 3.0], 1),
        ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0, 4.0], 1),
        ([1.0, 2.0, 0.0], [1.0, 2.0, 3.0], 1),
        ([1.0, 2.0, 3.0], [1.0, 2.0, 4.0], 0),
        ([2.0, 2.0, 2.0], [1.0, 2.0, 4.0], 1),
    ],
)
def test_beta_refuses_what_has_no_line(first: list[float], last: list[float], years: int) -> None:
    with pytest.raises(ValueError, match=r"at least 3|same places|positive"):
        beta(first, last, years)


def test_sigma_refuses_one_place() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        sigma([3.0])


def test_years_run_on_until_a_gap_a_break_or_another_set_of_places() -> None:
    sets = {
        "2013": "ab",
        "2014": "ba",
        "2015": "abc",
        "2016": "",
        "2017": "abc",
        "2018": "abc",
        "2019": "abc",
    }
    assert runs(sets, {"2019"}) == (("2013", "2014"), ("2015",), ("2017", "2018"), ("2019",))


def test_no_years_no_runs() -> None:
    assert runs({}, ()) == ()
    assert runs({"2013": ""}, ()) == ()


@given(
    st.dictionaries(st.integers(2010, 2030).map(str), st.sampled_from(["", "a", "ab"])),
    st.sets(st.integers(2010, 2030).map(str)),
)
def test_no_run_spans_what_parts_years(sets: dict[str, str], breaks: set[str]) -> None:
    found = runs(sets, breaks)
    assert [year for run in found for year in run] == sorted(y for y in sets if sets[y])
    for run in found:
        assert len({sets[year] for year in run}) == 1
        assert not breaks & set(run[1:])
        assert int(run[-1]) - int(run[0]) == len(run) - 1
