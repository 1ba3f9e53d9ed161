"""Structural similarity between places (产业同构系数): how alike two industry structures are.

Two published forms, both on the shares x of m industries in each place:

cosine   S[i, j] = Σ x[i, k]·x[j, k] ÷ √(Σ x[i, k]² · Σ x[j, k]²)
Krugman  S[i, j] = 1 − ½ Σ |x[i, k] − x[j, k]|

Both lie between 0 (no industry in common) and 1 (the same structure). The first is the coefficient
of UNIDO (1979, World Industry since 1960: Progress and Prospects), usual in Chinese regional
planning; large industries weigh more than in proportion. The second is one less half the index
of Krugman (1991, Geography and Trade): the part of the workers whose industry is matched by one
in the other place. Both rise as the classification gets coarser: a coefficient on 19 sections
says nothing of products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

WHOLE: Final = 1.0
TOLERANCE: Final = 1e-9


def cosine(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cosine of every pair of structures, after UNIDO (1979).

    Parameters
    ----------
    shares
        Shares of m industries in n places, shape (n, m), each between 0 and 1; a row with a NaN
        is a place whose structure is unknown. Rows need not add up to one: the cosine does not
        depend on the size of a row.

    Returns
    -------
    ndarray, shape (n, n)
        Symmetric, between 0 and 1, ones on the diagonal; NaN in the row and column of a place
        whose structure is unknown or has no worker at all.

    Raises
    ------
    ValueError
        If `shares` is no matrix or holds a number outside 0 to 1.
    """
    known = _checked(shares)
    length = np.sqrt((known**2).sum(axis=1))
    unit = known / np.where(length > 0, length, np.nan)[:, None]
    found = np.clip(unit @ unit.T, 0.0, WHOLE)
    np.fill_diagonal(found, np.where(np.isnan(np.diag(found)), np.nan, WHOLE))
    return np.asarray(found, dtype=np.float64)


def krugman(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 1 − ½ Σ |x[i, k] − x[j, k]| for every pair of structures, after Krugman (1991).

    Krugman's own index is Σ |x[i, k] − x[j, k]|, from 0 to 2; this form turns it round, so that
    1 is the same structure and both likenesses on the page read alike.

    Parameters
    ----------
    shares
        As in `cosine`; here every known row must add up to one, since parts of different wholes
        cannot be subtracted.

    Returns
    -------
    ndarray, shape (n, n)
        Symmetric, between 0 and 1, ones on the diagonal; NaN for places whose structure is
        unknown.

    Raises
    ------
    ValueError
        If `shares` is no matrix, holds a number outside 0 to 1, or a known row does not add up to
        one.
    """
    known = _checked(shares)
    sums = known.sum(axis=1)
    if (np.abs(sums[~np.isnan(sums)] - WHOLE) > TOLERANCE).any():
        message = "Krugman's index compares parts of a whole: every row must add up to one."
        raise ValueError(message)
    apart = np.abs(known[:, None, :] - known[None, :, :]).sum(axis=2)
    return np.asarray(np.clip(WHOLE - apart / 2, 0.0, WHOLE), dtype=np.float64)


def nearest(likeness: NDArray[np.float64], at: int) -> list[int]:
    """Return the other places from the most to the least like one of them.

    Parameters
    ----------
    likeness
        A matrix as the functions above return it, shape (n, n).
    at
        Which place is asked of.

    Returns
    -------
    list of int
        Positions of the places with a known coefficient, without `at`; equals keep their order.

    Raises
    ------
    ValueError
        If the matrix is not square or `at` lies outside it.
    """
    size = len(likeness)
    if likeness.shape != (size, size) or not 0 <= at < size:
        message = f"Place {at} of a square matrix is asked for; its shape is {likeness.shape}."
        raise ValueError(message)
    row = likeness[at]
    order = sorted(range(size), key=lambda other: -row[other])
    return [other for other in order if other != at and not np.isnan(row[other])]


def nearest_in_size(sizes: NDArray[np.float64], at: int) -> list[int]:
    """Return the other places from the nearest to the furthest in size from one of them.

    Sizes are compared as ratios, |ln s[j] − ln s[i]|: half as large is as far as twice as large, as
    sizes of cities are compared since Gibrat (Eeckhout 2004, American Economic Review 94(5)).

    Parameters
    ----------
    sizes
        Sizes of n places in one unit, shape (n,); what is no positive number is unknown.
    at
        Which place is asked of.

    Returns
    -------
    list of int
        Positions of the places with a known size, without `at`; equals keep their order. Empty
        where the size of the place itself is unknown.

    Raises
    ------
    ValueError
        If `at` lies outside `sizes`.
    """
    if not 0 <= at < len(sizes):
        message = f"Place {at} of {len(sizes)} is asked for."
        raise ValueError(message)
    known = [other for other, size in enumerate(sizes) if size > 0]
    if at not in known:
        return []
    apart = {other: abs(float(np.log(sizes[other] / sizes[at]))) for other in known if other != at}
    return sorted(apart, key=lambda other: apart[other])


def _checked(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    if shares.ndim != 2 or not shares.size:  # noqa: PLR2004 (a matrix)
        message = f"Shares need shape (places, industries); they have {shares.shape}."
        raise ValueError(message)
    if (shares < 0).any() or (shares > WHOLE + TOLERANCE).any():
        message = "Shares lie between 0 and 1; divide the workers by the total of their place."
        raise ValueError(message)
    return shares


LIKENESSES: Final[Mapping[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]]] = {
    "cosine": cosine,
    "krugman": krugman,
}
"""The forms a reader may choose from."""
