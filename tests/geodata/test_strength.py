"""The three components of a cluster's strength against hand-worked values and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import percentileofscore

from geodata.measures.strength import mean_percentile, percentiles, relative_growth

values = st.lists(st.integers(-20, 20), min_size=1, max_size=30)


def test_relative_growth_by_hand() -> None:
    # 100 → 150 while the whole went 1,000 → 1,200: 1.5 / 1.2 − 1 = 25 %; 10 → 6: 0.6 / 1.2 − 1.
    found = relative_growth(np.array([100.0, 10.0]), np.array([150.0, 6.0]), 1000, 1200)
    np.testing.assert_allclose(found, [25, -50])


def test_the_sampling_fraction_cancels_out() -> None:
    before, after = np.array([100.0, 40.0]), np.array([150.0, 20.0])
    once = relative_growth(before, after, 1000, 1200)
    half = relative_growth(before, after / 2, 1000, 600)
    np.testing.assert_allclose(once, half)


def test_where_nobody_was_there_is_no_growth() -> None:
    before, after = np.array([0.0, np.nan, 5.0]), np.array([3.0, 3.0, np.nan])
    assert np.isnan(relative_growth(before, after, 10, 10)).all()
    assert np.isnan(relative_growth(np.ones(2), np.ones(2), 0, 10)).all()


@pytest.mark.parametrize(("before", "after"), [(np.ones(2), np.ones(3)), (np.ones(1), -np.ones(1))])
def test_growth_refuses_what_does_not_fit(before: np.ndarray, after: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"same places|negative"):
        relative_growth(before, after, 1, 1)


def test_percentiles_by_hand_with_ties_and_gaps() -> None:
    # Of four known: one below and itself half of one → 12.5; two equal share 25 to 75 → 50.
    found = percentiles(np.array([3.0, 1.0, np.nan, 3.0, 7.0]))
    np.testing.assert_array_equal(found, [50, 12.5, np.nan, 50, 87.5])


@given(numbers=values)
def test_percentiles_lie_between_those_of_scipy_and_average_to_fifty(numbers: list[int]) -> None:
    array = np.array(numbers, dtype=float)
    found = percentiles(array)
    for kind, half in (("strict", 0.5), ("weak", -0.5)):
        ties = np.array([np.sum(array == one) for one in array])
        known = percentileofscore(array, array, kind=kind)
        np.testing.assert_allclose(found, known + half * 100 * ties / len(array))
    assert found.mean() == pytest.approx(50)


def test_no_value_has_no_percentile() -> None:
    assert np.isnan(percentiles(np.array([np.nan, np.nan]))).all()


def test_the_mean_needs_all_three_components() -> None:
    found = mean_percentile(np.array([[90.0, 60.0, 30.0], [90.0, 60.0, np.nan]]))
    np.testing.assert_array_equal(found, [60, np.nan])
