"""Theil, Gini and variation, against hand-computed values and PySAL."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

from geodata.measures.inequality import decompose, gini, theil, variation

HEADS = [228_000.0, 132_000.0, 73_000.0, 129_000.0, 68_000.0, 51_000.0, 40_000.0]
PEOPLE = [2183.2, 1364.0, 1124.7, 772.3, 311.1, 918.2, 687.8]
GROUPS = ["b", "t", "h", "h", "h", "h", "h"]
LEVELS = st.lists(st.floats(1.0, 1e6), min_size=2, max_size=20)


def test_two_places_by_hand() -> None:
    """y = 1, 3: s = ¼, ¾; T = ¼ ln ½ + ¾ ln 1.5; Gini ¼; mean 2, deviation 1: CV ½."""
    assert theil([1.0, 3.0]) == pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5))
    assert gini([1.0, 3.0]) == pytest.approx(0.25)
    assert variation([1.0, 3.0]) == pytest.approx(0.5)


def test_weights_by_hand() -> None:
    """y = 1, 4 with 3 and 1 people: income 3 and 4 of 7; mean 7/4; deviations 3/4 and 9/4."""
    by_hand = 3 / 7 * math.log((3 / 7) / 0.75) + 4 / 7 * math.log((4 / 7) / 0.25)
    assert theil([1.0, 4.0], [3.0, 1.0]) == pytest.approx(by_hand)
    spread = math.sqrt(0.75 * 0.75**2 + 0.25 * 2.25**2)
    assert variation([1.0, 4.0], [3.0, 1.0]) == pytest.approx(spread / 1.75)
    # Σ Σ pᵢpⱼ|yᵢ − yⱼ| = 2 · ¾ · ¼ · 3 = 9/8, over twice the mean.
    assert gini([1.0, 4.0], [3.0, 1.0]) == pytest.approx((9 / 8) / 3.5)


def test_unweighted_theil_and_gini_are_those_of_pysal() -> None:
    array = np.array(HEADS)
    assert theil(HEADS) == pytest.approx(float(Theil(array).T), rel=1e-9)
    assert gini(HEADS) == pytest.approx(float(Gini(array).g), rel=1e-9)


def test_the_unweighted_decomposition_is_that_of_pysal() -> None:
    found, pysal = decompose(HEADS, GROUPS), TheilD(np.array(HEADS), np.array(GROUPS))
    assert found.total == pytest.approx(np.ravel(pysal.T)[0], rel=1e-9)
    assert found.between == pytest.approx(np.ravel(pysal.bg)[0], rel=1e-9)
    assert found.within == pytest.approx(np.ravel(pysal.wg)[0], rel=1e-9)


def test_the_weighted_decomposition_by_hand() -> None:
    """Groups a: y = 1, 3 with one person each; b: y = 2 with two: group incomes 4 and 4 of 8."""
    found = decompose([1.0, 3.0, 2.0], ["a", "a", "b"], [1.0, 1.0, 2.0])
    within_a = 0.25 * math.log(0.5) + 0.75 * math.log(1.5)
    assert found.between == pytest.approx(0)
    assert found.within == pytest.approx(0.5 * within_a)
    assert [(g.name, g.n, g.people, g.income) for g in found.groups] == [
        ("a", 2, 0.5, 0.5),
        ("b", 1, 0.5, 0.5),
    ]
    assert found.groups[1].theil == 0


def test_weighting_a_place_doubly_is_having_it_twice() -> None:
    for measure in (theil, gini, variation):
        assert measure([1.0, 4.0], [2.0, 1.0]) == pytest.approx(measure([1.0, 1.0, 4.0]))


@given(st.lists(st.tuples(st.floats(1, 1e6), st.floats(1, 1e4)), min_size=3, max_size=20))
def test_between_and_within_add_up(rows: list[tuple[float, float]]) -> None:
    levels, weights = zip(*rows, strict=True)
    groups = ["one", "two", *("two" if i % 2 else "three" for i in range(len(rows) - 2))]
    found = decompose(levels, groups, weights)
    assert found.between + found.within == pytest.approx(found.total, abs=1e-9)
    assert found.total == pytest.approx(theil(levels, weights), abs=1e-9)
    assert math.fsum(g.income for g in found.groups) == pytest.approx(1)


@given(LEVELS, st.floats(0.01, 100))
def test_the_unit_of_the_levels_does_not_matter(levels: list[float], scale: float) -> None:
    for measure in (theil, gini, variation):
        again = measure([scale * level for level in levels])
        assert again == pytest.approx(measure(levels), abs=1e-9)


@given(st.floats(1, 1e6), st.integers(2, 9))
def test_equal_places_have_no_inequality(level: float, n: int) -> None:
    for measure in (theil, gini, variation):
        assert measure([level] * n) == pytest.approx(0, abs=1e-12)


def test_a_part_of_nothing_has_no_share() -> None:
    assert decompose([5.0, 5.0], ["a", "b"]).share_between is None
    assert decompose([5.0, 6.0], ["a", "b"]).share_between == pytest.approx(1)


@pytest.mark.parametrize(
    ("levels", "weights"),
    [([1.0], None), ([1.0, 0.0], None), ([1.0, 2.0], [1.0]), ([1.0, 2.0], [1.0, -1.0])],
)
def test_impossible_levels_and_weights_are_refused(
    levels: list[float], weights: list[float] | None
) -> None:
    for measure in (theil, gini, variation):
        with pytest.raises(ValueError, match=r"at least two levels|must be positive"):
            measure(levels, weights)


@pytest.mark.parametrize("groups", [["a", "a"], ["a"], ["a", "b", "c"]])
def test_a_decomposition_needs_two_groups_and_one_for_each_place(groups: list[str]) -> None:
    with pytest.raises(ValueError, match="one group"):
        decompose([1.0, 2.0], groups)
