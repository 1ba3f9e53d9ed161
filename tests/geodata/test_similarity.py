"""Structural similarity against hand-computed pairs, SciPy, and what must hold for any shares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata.measures.similarity import LIKENESSES, cosine, krugman, nearest

Matrix = NDArray[np.float64]
THREE = np.array([[0.6, 0.4, 0.0], [0.3, 0.2, 0.5], [0.0, 0.0, 1.0]])


def test_cosine_by_hand() -> None:
    """Σxy = 0.18 + 0.08 = 0.26; Σx² = 0.52; Σy² = 0.38; 0.26 ÷ √(0.52 · 0.38) = 0.584897…"""
    found = cosine(THREE)
    assert found[0, 1] == pytest.approx(0.26 / (0.52 * 0.38) ** 0.5)
    assert found[0, 1] == pytest.approx(0.58490, abs=1e-5)
    assert found[0, 2] == 0
    assert found[1, 2] == pytest.approx(0.5 / 0.38**0.5)


def test_krugman_by_hand() -> None:
    """Σ|x − y| = 0.3 + 0.2 + 0.5 = 1, so half of the workers are matched."""
    found = krugman(THREE)
    assert found[0, 1] == pytest.approx(0.5)
    assert found[0, 2] == 0
    assert found[1, 2] == pytest.approx(0.5)


@st.composite
def structures(draw: st.DrawFn) -> Matrix:
    n, m = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    counts = draw(
        st.lists(
            st.lists(st.integers(0, 500), min_size=m, max_size=m).filter(any),
            min_size=n,
            max_size=n,
        )
    )
    workers = np.array(counts, dtype=np.float64)
    return np.asarray(workers / workers.sum(axis=1, keepdims=True), dtype=np.float64)


@pytest.mark.parametrize("name", sorted(LIKENESSES))
@given(shares=structures())
def test_a_likeness_is_symmetric_within_bounds_and_one_with_itself(
    name: str, shares: Matrix
) -> None:
    found = LIKENESSES[name](shares)
    np.testing.assert_allclose(found, found.T)
    np.testing.assert_allclose(np.diag(found), 1)
    assert found.min() >= 0
    assert found.max() <= 1


@given(shares=structures())
def test_the_other_form_of_krugman_is_the_overlap_of_the_structures(shares: Matrix) -> None:
    overlap = np.minimum(shares[:, None, :], shares[None, :, :]).sum(axis=2)
    np.testing.assert_allclose(krugman(shares), overlap, atol=1e-12)


@given(shares=structures())
def test_the_cosine_does_not_depend_on_the_size_of_a_place(shares: Matrix) -> None:
    smaller = shares * np.linspace(0.1, 1, len(shares))[:, None]
    np.testing.assert_allclose(cosine(smaller), cosine(shares), atol=1e-12)


@pytest.mark.parametrize("name", sorted(LIKENESSES))
def test_an_unknown_structure_is_like_nothing(name: str) -> None:
    shares = np.array([[0.5, 0.5], [np.nan, 0.2], [0.1, 0.9]])
    found = LIKENESSES[name](shares)
    assert np.isnan(found[1]).all()
    assert np.isnan(found[:, 1]).all()
    assert not np.isnan(found[np.ix_([0, 2], [0, 2])]).any()


def test_a_place_without_any_worker_is_like_nothing() -> None:
    found = cosine(np.array([[0.0, 0.0], [0.5, 0.5]]))
    assert np.isnan(found[0]).all()
    assert found[1, 1] == 1


@pytest.mark.parametrize("name", sorted(LIKENESSES))
@pytest.mark.parametrize(
    "shares",
    [np.array([0.5, 0.5]), np.array([[1.2, 0.0]]), np.array([[-0.1, 1.1]]), np.zeros((0, 3))],
)
def test_what_are_no_shares_is_refused(name: str, shares: Matrix) -> None:
    with pytest.raises(ValueError, match="Shares"):
        LIKENESSES[name](shares)


def test_krugman_refuses_parts_that_are_not_of_a_whole() -> None:
    with pytest.raises(ValueError, match="add up to one"):
        krugman(np.array([[0.5, 0.4], [0.5, 0.5]]))


def test_the_nearest_come_first_without_oneself_and_the_unknown() -> None:
    likeness = np.array(
        [
            [1, 0.2, 0.9, np.nan, 0.9],
            [0.2, 1, 0.1, np.nan, 0.4],
            [0.9, 0.1, 1, np.nan, 0.3],
            [np.nan] * 5,
            [0.9, 0.4, 0.3, np.nan, 1],
        ]
    )
    assert nearest(likeness, 0) == [2, 4, 1]
    assert nearest(likeness, 3) == []


@pytest.mark.parametrize(("matrix", "at"), [(np.eye(3), 3), (np.eye(3), -1), (np.eye(3)[:2], 0)])
def test_the_nearest_of_nowhere_are_refused(matrix: Matrix, at: int) -> None:
    with pytest.raises(ValueError, match="square matrix"):
        nearest(matrix, at)
