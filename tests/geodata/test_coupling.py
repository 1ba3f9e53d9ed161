"""Coupling, coordination and complementarity against hand-computed cases and their identities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata.measures.coupling import (
    against_highest,
    complementarity,
    complementarity_interval,
    coupling,
    grade,
)

Vector = NDArray[np.float64]
PARTS = st.floats(0, 1, allow_nan=False)


def test_degree_by_hand() -> None:
    """U = 0.9 and 0.4: C = 2·0.6 ÷ 1.3 = 12/13; T = 0.65; D = √(12/13 · 0.65) = √0.6."""
    c, t, d = coupling(np.array([0.9]), np.array([0.4]))
    assert c[0] == pytest.approx(12 / 13)
    assert t[0] == pytest.approx(0.65)
    assert d[0] == pytest.approx(0.6**0.5)


def test_the_weight_moves_development_alone() -> None:
    """With α = 0.8: T = 0.72 + 0.08 = 0.8."""
    c, t, d = coupling(np.array([0.9]), np.array([0.4]), 0.8)
    assert c[0] == pytest.approx(12 / 13)
    assert t[0] == pytest.approx(0.8)
    assert d[0] == pytest.approx((12 / 13 * 0.8) ** 0.5)


def test_coupling_of_equals_is_one_however_small() -> None:
    """The wrong form without the 2 would give one half here."""
    c, _, d = coupling(np.array([0.01, 1.0]), np.array([0.01, 1.0]))
    assert c.tolist() == pytest.approx([1, 1])
    assert d.tolist() == pytest.approx([0.1, 1])


@given(pairs=st.lists(st.tuples(PARTS, PARTS), min_size=1, max_size=8))
def test_with_equal_weights_the_degree_is_the_fourth_root_of_the_product(
    pairs: list[tuple[float, float]],
) -> None:
    first, second = np.array(pairs).T
    _, _, d = coupling(first, second)
    np.testing.assert_allclose(d, (first * second) ** 0.25, atol=1e-6)


@given(
    pairs=st.lists(st.tuples(PARTS, PARTS), min_size=1, max_size=8), weight=st.floats(0.01, 0.99)
)
def test_all_three_lie_between_zero_and_one(
    pairs: list[tuple[float, float]], weight: float
) -> None:
    first, second = np.array(pairs).T
    for found in coupling(first, second, weight):
        known = found[~np.isnan(found)]
        assert (known >= 0).all()
        assert (known <= 1 + 1e-12).all()


def test_two_empty_systems_have_nothing_to_couple() -> None:
    c, t, d = coupling(np.array([0.0]), np.array([0.0]))
    assert np.isnan(c[0])
    assert t[0] == d[0] == 0


def test_the_unknown_stays_unknown() -> None:
    found = coupling(np.array([np.nan, 0.5]), np.array([0.5, 0.5]))
    assert [bool(np.isnan(f[0])) for f in found] == [True, True, True]
    assert [bool(np.isnan(f[1])) for f in found] == [False, False, False]


@pytest.mark.parametrize(
    ("first", "second", "weight"),
    [
        (np.array([1.1]), np.array([0.5]), 0.5),
        (np.array([-0.1]), np.array([0.5]), 0.5),
        (np.array([0.1]), np.array([0.5]), 0.0),
        (np.array([0.1]), np.array([0.5, 0.5]), 0.5),
        (np.array([[0.1]]), np.array([[0.5]]), 0.5),
    ],
)
def test_what_is_not_normalised_is_refused(first: Vector, second: Vector, weight: float) -> None:
    with pytest.raises(ValueError, match=r"Normalise|one number"):
        coupling(first, second, weight)


def test_shares_are_set_against_the_highest_of_all_years() -> None:
    found = against_highest(np.array([0.1, np.nan, 0.0]), np.array([0.2, 0.4, 0.1]))
    assert found[0] == pytest.approx(0.25)
    assert np.isnan(found[1])
    assert found[2] == 0


@pytest.mark.parametrize("shares", [np.array([0.0, np.nan]), np.array([np.nan]), np.array([])])
def test_an_empty_side_of_the_chain_is_refused(shares: Vector) -> None:
    with pytest.raises(ValueError, match="No place has a worker"):
        against_highest(shares)


def test_a_negative_share_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        against_highest(np.array([-0.1, 0.5]))


def test_complementarity_by_hand_is_directed() -> None:
    found = complementarity(np.array([2.0, 0.5]), np.array([0.4, 1.5]))
    np.testing.assert_allclose(found, [[0.8, 3.0], [0.2, 0.75]])


def test_two_places_like_the_benchmark_have_one() -> None:
    np.testing.assert_allclose(complementarity(np.ones(3), np.ones(3)), 1)


@pytest.mark.parametrize(
    ("supply", "use"),
    [(np.array([1.0]), np.array([1.0, 2.0])), (np.array([-1.0]), np.array([1.0]))],
)
def test_what_are_no_quotients_is_refused(supply: Vector, use: Vector) -> None:
    with pytest.raises(ValueError, match="quotient"):
        complementarity(supply, use)


@pytest.mark.parametrize(
    ("degree", "name"),
    [(0, "severe"), (0.2, "weak"), (0.59, "near"), (0.6, "fair"), (0.8, "good"), (1, "good")],
)
def test_grades_begin_at_their_lower_limit(degree: float, name: str) -> None:
    assert grade(degree) == name


def test_the_limits_of_complementarity_by_hand() -> None:
    """100 of 1,000 and 25 of 100: 0.009 + 0.03 = 0.039, times 1.96 the root is 0.3871."""
    index = np.array([[1.0, 2.0], [3.0, 4.0]])
    supply = (np.array([100.0, 0.0]), np.array([1000.0, 100.0]))
    use = (np.array([50.0, 25.0]), np.array([100.0, 100.0]))
    low, high = complementarity_interval(index, supply, use)
    assert high[0, 1] == pytest.approx(2 * np.exp(0.38706), rel=1e-4)
    assert low[0, 1] == pytest.approx(2 * np.exp(-0.38706), rel=1e-4)
    assert np.isnan(low[1]).all()
    with pytest.raises(ValueError, match="both sides"):
        complementarity_interval(index, supply, (use[0][:1], use[1]))
