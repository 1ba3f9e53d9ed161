"""Specialisation, concentration and spread against hand-worked values, PySAL and SciPy."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inequality.gini import Gini
from scipy.stats import entropy as scipy_entropy

from geodata.measures.concentration import (
    entropy,
    herfindahl,
    hoover,
    krugman,
    locational_gini,
    top_share,
)

SHARES = np.array([[0.5, 0.3, 0.2], [1.0, 0.0, 0.0]])
BENCHMARK = np.array([0.2, 0.3, 0.5])

quantities = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=3, max_size=12
).filter(lambda rows: any(count for count, _ in rows))


def spread(rows: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return counts and totals; the second number of a row are the workers elsewhere."""
    counts = np.array([count for count, _ in rows], dtype=float)
    return counts, counts + np.array([others for _, others in rows])


def test_krugman_by_hand() -> None:
    # |0.5 − 0.2| + 0 + |0.2 − 0.5| = 0.6; 0.8 + 0.3 + 0.5 = 1.6
    np.testing.assert_allclose(krugman(SHARES, BENCHMARK), [0.6, 1.6])


def test_krugman_runs_from_zero_to_two() -> None:
    assert krugman(BENCHMARK[None, :], BENCHMARK).tolist() == [0.0]
    assert krugman(np.array([[1.0, 0.0]]), np.array([0.0, 1.0])).tolist() == [2.0]


def test_herfindahl_and_diversity_by_hand() -> None:
    # 0.25 + 0.09 + 0.04 = 0.38; one industry alone: 1. Four equal ones are as diverse as four.
    np.testing.assert_allclose(herfindahl(SHARES), [0.38, 1.0])
    assert 1 / herfindahl(np.full((1, 4), 0.25))[0] == pytest.approx(4)


def test_entropy_by_hand_and_by_scipy() -> None:
    np.testing.assert_allclose(entropy(np.full((1, 4), 0.25)), [log(4)])
    np.testing.assert_allclose(entropy(SHARES), [scipy_entropy(row) for row in SHARES])


def test_a_place_with_an_unknown_share_has_no_index() -> None:
    gap = np.array([[0.5, np.nan, 0.5]])
    found = (krugman(gap, BENCHMARK), herfindahl(gap), entropy(gap))
    assert np.isnan(found).all()


@pytest.mark.parametrize("shares", [np.ones(3), np.array([[0.5, 0.6]]), np.array([[1.2, -0.2]])])
def test_shares_must_be_a_matrix_of_parts_of_a_whole(shares: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"shape|add up to 1"):
        herfindahl(shares)


def test_krugman_refuses_a_benchmark_of_another_length() -> None:
    with pytest.raises(ValueError, match="one share for each"):
        krugman(SHARES, np.array([0.5, 0.5]))


def test_locational_gini_by_hand() -> None:
    # Quotients 0, 1, 2; a third of all workers each; cumulated 0, 1/3, 1:
    # G = 1 − (0 + 1/3)/3 − (1/3 + 1)/3 = 1 − 5/9 = 4/9, as of the numbers 0, 1, 2.
    found = locational_gini(np.array([0.0, 10.0, 20.0]), np.full(3, 100.0))
    assert found == pytest.approx(4 / 9)


@given(rows=quantities)
def test_locational_gini_is_that_of_pysal_with_each_place_as_often_as_it_has_workers(
    rows: list[tuple[int, int]],
) -> None:
    counts, totals = spread(rows)
    quotients = np.repeat(counts / totals, totals.astype(int))
    assert locational_gini(counts, totals) == pytest.approx(Gini(quotients).g, abs=1e-9)


@given(rows=quantities, factor=st.integers(2, 9))
def test_spread_ignores_order_and_size_of_the_sample(
    rows: list[tuple[int, int]], factor: int
) -> None:
    counts, totals = spread(rows)
    for measure in (locational_gini, hoover):
        found = measure(counts, totals)
        assert found is not None
        assert -1e-9 <= found < 1
        assert measure(counts[::-1], totals[::-1]) == pytest.approx(found, abs=1e-9)
        assert measure(factor * counts, factor * totals) == pytest.approx(found, abs=1e-9)


def test_an_industry_spread_like_all_workers_is_not_concentrated() -> None:
    counts, totals = np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 30.0])
    assert locational_gini(counts, totals) == pytest.approx(0, abs=1e-12)
    assert hoover(counts, totals) == pytest.approx(0, abs=1e-12)


def test_hoover_and_top_share_by_hand() -> None:
    # Shares 0, 1/3, 2/3 against a third each: (1/3 + 0 + 1/3) / 2.
    counts = np.array([0.0, 10.0, 20.0])
    assert hoover(counts, np.full(3, 100.0)) == pytest.approx(1 / 3)
    assert top_share(counts, 1) == pytest.approx(2 / 3)
    assert top_share(counts, 9) == pytest.approx(1)


def test_an_industry_without_workers_has_no_spread() -> None:
    nothing, everyone = np.zeros(3), np.ones(3)
    assert locational_gini(nothing, everyone) is None
    assert hoover(nothing, everyone) is None
    assert top_share(nothing, 2) is None


@pytest.mark.parametrize(
    ("counts", "totals"),
    [
        (np.ones(2), np.ones(2)),
        (np.ones(3), np.ones(4)),
        (np.array([1.0, np.nan, 1.0]), np.ones(3)),
        (np.array([1.0, -1.0, 1.0]), np.ones(3)),
        (np.ones(3), np.array([1.0, 0.0, 1.0])),
    ],
)
def test_spread_refuses_too_few_or_unknown_places(counts: np.ndarray, totals: np.ndarray) -> None:
    for measure in (locational_gini, hoover):
        with pytest.raises(ValueError, match=r"same places|count of zero"):
            measure(counts, totals)


def test_the_share_of_no_place_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        top_share(np.ones(3), 0)
