"""Rank–size, steps of the hierarchy and primacy, against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.measures.hierarchy import missing_middle, rank_size, size_classes, steps, upper
from geodata.measures.primacy import city_index
from geodata.records import Value

ZIPF = [120.0, 60.0, 40.0, 30.0, 24.0, 20.0]
SIZES = st.lists(st.floats(1.0, 1e6), min_size=3, max_size=30)


def test_a_line_of_shifted_ranks_is_found_again() -> None:
    """Sizes 100 · (rank − ½)^(−1/1.5) lie on a line with the exponent 1.5."""
    sizes = [100 * (rank - 0.5) ** (-1 / 1.5) for rank in range(1, 9)]
    line = rank_size(sizes)
    assert line.exponent == pytest.approx(1.5)
    assert line.fit == pytest.approx(1)
    assert line.n == 8
    assert line.size_at(3) == pytest.approx(sizes[2])


def test_the_line_is_the_least_squares_of_three_points() -> None:
    """By hand, with x = ln size and y = ln(rank − ½): slope = Sxy / Sxx."""
    sizes = [8.0, 4.0, 1.0]
    x = [math.log(8), math.log(4), 0.0]
    y = [math.log(0.5), math.log(1.5), math.log(2.5)]
    mx, my = sum(x) / 3, sum(y) / 3
    sxy = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True))
    sxx = sum((a - mx) ** 2 for a in x)
    syy = sum((b - my) ** 2 for b in y)
    line = rank_size(sizes)
    assert line.exponent == pytest.approx(-sxy / sxx)
    assert line.intercept == pytest.approx(my - sxy / sxx * mx)
    assert line.fit == pytest.approx(sxy**2 / (sxx * syy))
    assert line.error == pytest.approx(math.sqrt(2 / 3) * abs(sxy / sxx))


def test_the_fitted_line_agrees_with_another_library() -> None:
    sizes = [49843.1, 18024.3, 10003.9, 8203.4, 4773.3, 4722.8]
    slope, intercept = np.polyfit(np.log(sizes), np.log(np.arange(1, 7) - 0.5), 1)
    line = rank_size(sizes)
    assert (line.exponent, line.intercept) == pytest.approx((-slope, intercept))


@pytest.mark.parametrize("sizes", [[], [3.0, 2.0], [3.0, 2.0, 0.0], [3.0, -1.0, 2.0]])
def test_too_few_or_impossible_sizes_are_refused(sizes: list[float]) -> None:
    for measure in (rank_size, steps, missing_middle, size_classes):
        with pytest.raises(ValueError, match=r"at least 3 sizes|must be positive"):
            measure(sizes)


def test_equal_sizes_have_no_line() -> None:
    with pytest.raises(ValueError, match="equal"):
        rank_size([5.0, 5.0, 5.0])


def test_under_the_rank_size_rule_no_step_is_steeper_than_expected() -> None:
    assert [step.factor for step in steps(ZIPF)] == pytest.approx([1] * 5)
    assert [(step.ratio, step.expected) for step in steps(ZIPF)][1] == pytest.approx((1.5, 1.5))


def test_the_missing_middle_is_the_steepest_step_against_the_rule() -> None:
    """100 / 60 = 1.67 against 2; 60 / 10 = 6 against 1.5, four times; 10 / 9 = 1.1 against 1.33."""
    found = missing_middle([9.0, 100.0, 10.0, 60.0])
    assert found.rank == 2
    assert (found.ratio, found.expected, found.factor) == pytest.approx((6, 1.5, 4))


def test_the_lower_end_of_a_list_is_no_missing_middle() -> None:
    """Of five steps the three upper ones count: the last, 30 to 1, is the edge of the list."""
    sizes = [120.0, 60.0, 40.0, 30.0, 29.0, 1.0]
    assert [step.rank for step in upper(steps(sizes))] == [1, 2, 3]
    assert missing_middle(sizes).factor == pytest.approx(1)
    assert max(step.factor for step in steps(sizes)) > 20


def test_classes_halve_from_the_largest_and_show_the_empty_rung() -> None:
    """Of 100: (50, 100] one, (25, 50] none, (12.5, 25] two, (6.25, 12.5] one."""
    found = size_classes([100.0, 25.0, 20.0, 7.0])
    assert [(c.low, c.high, c.count, c.expected) for c in found] == [
        (50, 100, 1, 1),
        (25, 50, 0, 2),
        (12.5, 25, 2, 4),
        (6.25, 12.5, 1, 8),
    ]


@given(SIZES)
def test_every_place_is_in_one_class(sizes: list[float]) -> None:
    assert sum(c.count for c in size_classes(sizes)) == len(sizes)


@settings(deadline=None)  # the first fit loads SciPy
@given(SIZES, st.floats(0.01, 100))
def test_the_unit_of_the_sizes_does_not_matter(sizes: list[float], scale: float) -> None:
    if max(sizes) / min(sizes) < 1.001:
        return
    one, other = rank_size(sizes), rank_size([scale * size for size in sizes])
    assert one.exponent == pytest.approx(other.exponent, rel=1e-6)


def value(number: float | None, source: str, year: str = "2024", unit: str = "亿元") -> Value:
    return Value(number, unit, year, "official", (source,))


def test_primacy_indices_by_hand_with_their_sources() -> None:
    """S₂ = 100 / 40 = 2.5; S₄ = 100 / (40 + 35 + 25) = 1."""
    cities = [value(35, "c"), value(100, "a"), value(25, "d"), value(40, "b"), value(5, "e")]
    two, four = city_index(cities, 1), city_index(cities, 3)
    assert (two.value, two.source_ids) == (2.5, ("a", "b"))
    assert (four.value, four.source_ids) == (1.0, ("a", "b", "c", "d"))
    assert (four.unit, four.year, four.status) == ("", "2024", "computed")


def test_the_rank_size_rule_gives_two_and_twelve_thirteenths() -> None:
    cities = [value(120 / rank, "s") for rank in range(1, 6)]
    assert city_index(cities, 1).value == pytest.approx(2)
    assert city_index(cities, 3).value == pytest.approx(12 / 13)


@pytest.mark.parametrize(
    "cities",
    [
        [],
        [value(3, "a"), value(2, "b"), value(1, "c")],
        [value(4, "a"), value(3, "b"), value(None, "c"), value(1, "d")],
        [value(4, "a"), value(3, "b"), value(2, "c"), value(1, "d", "2023")],
        [value(4, "a"), value(3, "b"), value(2, "c"), value(1, "d", unit="万元")],
    ],
)
def test_an_index_over_unlike_or_too_few_cities_is_refused(cities: list[Value]) -> None:
    with pytest.raises(ValueError, match="at least 4 cities"):
        city_index(cities, 3)
