"""Relatedness (产业关联): which industries stand together, and how near a place is to each.

A place is specialised in an industry where its location quotient is at least 1. Two industries are
near where places specialised in one are specialised in the other (Hidalgo, Klinger, Barabási and
Hausmann 2007, Science 317, pp. 482–487):

proximity  φ[i, j] = min(P(i | j), P(j | i)) = N[i, j] / max(N[i], N[j])
density    ω[c, j] = Σ M[c, i]·φ[i, j] / Σ φ[i, j], over all i ≠ j

with M[c, i] = 1 where place c is specialised in industry i, N[i] the places specialised in i and
N[i, j] those in both. The density of an industry is the share of all that is near to it which the
place has already.

Complexity (Hidalgo and Hausmann 2009, PNAS 106, pp. 10570–10575) is what the method of reflections
converges to: the second eigenvector of the matrix that goes from places to their industries and
back (Hausmann et al. 2014, The Atlas of Economic Complexity), standardised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPECIALISED: Final = 1.0
"""The location quotient from which on a place is specialised."""
SECOND: Final = 2
"""Which eigenvector is complexity, from the largest eigenvalue; that one is 1 and says nothing."""
LEAST: Final = 1e-9
"""An eigenvalue below is nought."""


def proximity(specialised: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how near each pair of industries is.

    Parameters
    ----------
    specialised
        Which of n places is specialised in which of m industries, shape (n, m).

    Returns
    -------
    ndarray, shape (m, m)
        Symmetric, between 0 and 1, ones on the diagonal; NaN for an industry in which no place is
        specialised.

    Raises
    ------
    ValueError
        If `specialised` is no matrix.
    """
    held = _matrix(specialised)
    both, each = held.T @ held, held.sum(axis=0)
    most = np.maximum.outer(each, each)
    known = (each > 0)[:, None] & (each > 0)[None, :]
    return np.asarray(np.where(known, both / np.where(most > 0, most, 1), np.nan), dtype=np.float64)


def density(
    specialised: NDArray[np.bool_], proximities: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the relatedness density of each industry in each place.

    Parameters
    ----------
    specialised
        Shape (n, m).
    proximities
        Shape (m, m), as `proximity` returns them.

    Returns
    -------
    ndarray, shape (n, m)
        Between 0 and 1; NaN for an industry to which none is near.

    Raises
    ------
    ValueError
        If shapes do not fit.
    """
    held = _matrix(specialised)
    if proximities.shape != (held.shape[1], held.shape[1]):
        message = f"{held.shape[1]} industries need a square of proximities: {proximities.shape}."
        raise ValueError(message)
    others = np.nan_to_num(proximities, nan=0.0)
    np.fill_diagonal(others, 0.0)
    whole = others.sum(axis=0)
    return np.asarray(held @ others / np.where(whole > 0, whole, np.nan), dtype=np.float64)


def complexity(
    specialised: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the complexity of places and of industries.

    Parameters
    ----------
    specialised
        Shape (n, m).

    Returns
    -------
    places, industries
        Shapes (n,) and (m,), each with mean 0 and standard deviation 1, the sign such that
        industries found in fewer places are more complex; NaN for a place or an industry without
        any specialisation.

    Raises
    ------
    ValueError
        If `specialised` is no matrix, or no place differs from another.
    """
    held = _matrix(specialised)
    rows, columns = held.sum(axis=1) > 0, held.sum(axis=0) > 0
    part = held[np.ix_(rows, columns)]
    diversity, ubiquity = part.sum(axis=1), part.sum(axis=0)
    # D^½·(D⁻¹ M U⁻¹ Mᵀ)·D^−½ is symmetric and has the same eigenvalues, all real.
    half = part / np.sqrt(diversity)[:, None]
    values, vectors = np.linalg.eigh((half / ubiquity) @ half.T)
    if len(values) < SECOND or values[-SECOND] < LEAST:
        message = "All places are specialised alike, so that none is more complex."
        raise ValueError(message)
    raw = vectors[:, -SECOND] / np.sqrt(diversity)
    made = part.T @ raw / ubiquity
    sign = -1.0 if (made - made.mean()) @ ubiquity > 0 else 1.0
    places, industries = (np.full(len(keep), np.nan) for keep in (rows, columns))
    places[rows], industries[columns] = (_standardised(sign * one) for one in (raw, made))
    return places, industries


def _standardised(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((numbers - numbers.mean()) / numbers.std(), dtype=np.float64)


def _matrix(specialised: NDArray[np.bool_]) -> NDArray[np.float64]:
    if specialised.ndim != 2:  # noqa: PLR2004 (a matrix)
        message = f"Places and industries make a matrix, not {specialised.shape}."
        raise ValueError(message)
    return specialised.astype(np.float64)
