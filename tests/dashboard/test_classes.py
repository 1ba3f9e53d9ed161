from __future__ import annotations

import mapclassify
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.classes import AROUND_ONE, Classes, classify

NUMBERS = (1.0, 2.0, 3.0, 10.0, 11.0, 12.0, 50.0, 51.0, 99.0)


def test_natural_breaks_part_the_clusters_of_a_line() -> None:
    classes = classify(NUMBERS, "fisher", 4)
    assert classes.limits == (3.0, 12.0, 51.0)
    assert (classes.low, classes.high) == (1.0, 99.0)


def test_quantiles_hold_equally_many() -> None:
    classes = classify(tuple(float(n) for n in range(1, 101)), "quantile", 5)
    assert classes.counts([float(n) for n in range(1, 101)]) == (20,) * 5


def test_equal_intervals_are_equal() -> None:
    assert classify((0.0, 3.0, 10.0), "equal", 5).limits == (2.0, 4.0, 6.0, 8.0)


def test_the_limits_are_those_of_mapclassify() -> None:
    bins = mapclassify.FisherJenks(NUMBERS, k=3).bins
    assert classify(NUMBERS, "fisher", 3).limits == tuple(bins[:-1])


def test_quotients_have_fixed_limits_around_one() -> None:
    classes = classify((0.1, 1.0, 9.0), "around", 5)
    assert classes.limits == AROUND_ONE
    assert classes.of(1.0) == 2
    assert [classes.of(x) for x in (0.5, 0.51, 2.0, 2.01)] == [0, 1, 3, 4]


def test_a_value_on_a_limit_is_in_the_lower_class() -> None:
    assert Classes((1.0, 2.0), 0.0, 3.0, "own").of(1.0) == 0


def test_own_limits_stay_as_given() -> None:
    assert classify((5.0,), "own", 3, (1.0, 2.0)).limits == (1.0, 2.0)


@pytest.mark.parametrize("method", ["fisher", "quantile", "equal"])
def test_few_or_no_values_make_fewer_classes(method: str) -> None:
    assert classify((), method, 5).k == 1
    assert classify((4.0, 4.0), method, 5).k == 1


def test_two_distinct_values_make_two_classes() -> None:
    assert classify((4.0, 5.0, 5.0), "fisher", 5).limits == (4.0,)


def test_bounds_run_from_the_lowest_to_the_highest() -> None:
    assert Classes((2.0, 3.0), 1.0, 9.0, "own").bounds() == ((1.0, 2.0), (2.0, 3.0), (3.0, 9.0))


def test_limits_of_changes_lie_at_the_same_distances_on_both_sides() -> None:
    changes = (-9.0, -8.0, -2.0, -1.0, 1.0, 2.0, 8.0, 10.0, 30.0)
    # distances 1 1 2 2 | 8 8 9 10 | 30: the last limit below, -10, lies beyond the data
    assert classify(changes, "fisher", 5, centre=0).limits == (-2.0, 2.0, 10.0)
    assert classify((*changes, -31.0), "fisher", 5, centre=0).limits == (-10.0, -2.0, 2.0, 10.0)
    assert classify(changes, "fisher", 4, centre=0).limits == (0.0, 10.0)
    around = tuple(100 + change for change in changes)
    assert classify(around, "fisher", 5, centre=100).limits == (98.0, 102.0, 110.0)
    assert classify((-10.0, 3.0, 5.0), "equal", 5, centre=0).limits == (-6.0, -2.0, 2.0)


@given(
    st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=1, max_size=60),
    st.sampled_from(["fisher", "quantile", "equal"]),
    st.integers(3, 7),
)
def test_no_limit_of_changes_is_without_its_mirror_within_the_data(
    values: list[float], method: str, k: int
) -> None:
    limits = classify(tuple(values), method, k, centre=0).limits
    assert len(limits) < k
    assert list(limits) == sorted(set(limits))
    assert all(-limit in limits for limit in limits if min(values) <= -limit < max(values))
    assert all(min(values) <= limit < max(values) for limit in limits)


@given(
    st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=1, max_size=60),
    st.sampled_from(["fisher", "quantile", "equal"]),
    st.integers(3, 7),
)
def test_every_value_is_counted_once(values: list[float], method: str, k: int) -> None:
    classes = classify(tuple(values), method, k)
    assert sum(classes.counts(values)) == len(values)
    assert classes.k <= k
    assert list(classes.limits) == sorted(set(classes.limits))
