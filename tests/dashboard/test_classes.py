from __future__ import annotations

from bisect import bisect_left
from itertools import combinations

import mapclassify
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.map.classes import AROUND_ONE, Classes, classify
from dashboard.map.natural_breaks import natural_breaks
from dashboard.map.round_limits import rounded

NUMBERS = (1.0, 2.0, 3.0, 10.0, 11.0, 12.0, 50.0, 51.0, 99.0)


def test_natural_breaks_part_the_clusters_of_a_line() -> None:
    classes = classify(NUMBERS, "fisher", 4)
    assert classes.limits == (3.0, 12.0, 51.0)
    assert (classes.low, classes.high) == (1.0, 99.0)


@given(st.lists(st.integers(-30, 30), min_size=3, max_size=9), st.integers(2, 4))
def test_no_other_breaks_leave_less_within_the_classes(numbers: list[int], k: int) -> None:
    distinct = sorted(set(numbers))
    k = min(k, len(distinct))

    def within(limits: tuple[float, ...]) -> float:
        parts = [[x for x in numbers if bisect_left(limits, x) == i] for i in range(k)]
        return sum(sum((x - sum(part) / len(part)) ** 2 for x in part) for part in parts)

    found = natural_breaks(numbers, k)
    assert set(found) < set(distinct) or k == 1
    best = min(within(limits) for limits in combinations(distinct[:-1], k - 1))
    assert within(found) == pytest.approx(best)


def test_values_that_read_the_same_are_in_one_class() -> None:
    classes = classify((0.96, 1.04, 1.06, 2.0, 9.0), "fisher", 4, decimals=1)
    assert classes.limits == (1.0, 1.1, 2.0)
    assert [classes.of(x) for x in (0.96, 1.04, 1.06, 2.04, 2.06)] == [0, 0, 1, 2, 3]


def test_a_limit_between_two_printed_values_is_cut_and_parts_them_as_before() -> None:
    # the quartile limits of 1 2 3 4 are 1.75, 2.5 and 3.25; printed without decimals
    classes = classify((1.0, 2.0, 3.0, 4.0), "quantile", 4, decimals=0)
    assert classes.limits == (1.0, 2.0, 3.0)
    assert classes.counts([1, 2, 3, 4]) == (1, 1, 1, 1)


def test_own_limits_finer_than_the_print_make_the_print_finer() -> None:
    classes = classify((1.0, 2.0), "own", 3, (1.25, 1.5), decimals=0)
    assert classes.decimals == 2
    assert classes.of(1.3) == 1


def test_limits_go_to_round_numbers_that_nobody_lies_between() -> None:
    # one place in fifty may move; here none has to
    years = (tuple(float(x) for x in (3, 12, 480, 510, 2210, 4890)),)
    exact = Classes((12.0, 510.0, 2210.0), 3.0, 4890.0, "fisher", 0)
    got = rounded(exact, years)
    assert (got.limits, got.rounded) == ((20.0, 600.0, 3000.0), True)
    assert got.counts(years[0]) == exact.counts(years[0])


def test_a_limit_is_rounded_as_far_as_its_neighbours_let_it() -> None:
    # No multiple of 10 lies between the two in the middle: 2,635 parts them, 263.5 in billions.
    zh = Classes((2634.2,), 900.0, 9000.0, "quantile", 1)
    assert rounded(zh, ((900.0, 2634.2, 2638.4, 9000.0),)).limits == (2635.0,)
    en = Classes((263.42,), 90.0, 900.0, "quantile", 2)
    assert rounded(en, ((90.0, 263.42, 263.84, 900.0),)).limits == (263.5,)


def test_at_most_one_place_in_fifty_moves_in_any_year() -> None:
    many = tuple(float(x) for x in range(1, 101))
    exact = Classes((33.0, 68.0), 1.0, 100.0, "quantile", 0)
    # of 100 places two may move: 68 to 70 costs two, 33 to 35 would cost two more
    assert rounded(exact, (many,)).limits == (33.0, 70.0)
    # and none of 40 places, in which 34 and 69 stand
    few = tuple(float(x) for x in range(31, 71))
    assert rounded(exact, (many, few)).limits == exact.limits


def test_a_rounder_limit_never_empties_a_class() -> None:
    years = (tuple([1.0] * 99 + [98.0]), tuple([1.0] * 99 + [101.0]))
    exact = Classes((1.0, 98.0), 1.0, 101.0, "fisher", 0)
    got = rounded(exact, years)
    assert got.counts([*years[0], *years[1]]) == (198, 1, 1)


def test_limits_on_both_sides_of_a_centre_stay_at_the_same_distance() -> None:
    years = ((-40.0, -13.0, -11.0, -2.0, 1.0, 3.0, 12.0, 13.0, 60.0),)
    exact = Classes((-12.0, -4.0, 4.0, 12.0), -40.0, 60.0, "fisher", 0)
    # -20 or -10 would move a place, of nine none may: 12 stays a multiple of 1
    assert rounded(exact, years, 0).limits == exact.limits
    wider = Classes((-34.0, -7.0, 7.0, 34.0), -40.0, 60.0, "fisher", 0)
    assert rounded(wider, years, 0).limits == (-30.0, -7.0, 7.0, 30.0)
    shifted = tuple(100 + x for x in years[0])
    moved = Classes((66.0, 93.0, 107.0, 134.0), 60.0, 160.0, "fisher", 0)
    assert rounded(moved, (shifted,), 100).limits == (70.0, 93.0, 107.0, 130.0)


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
