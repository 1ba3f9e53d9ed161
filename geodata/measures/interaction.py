"""Interaction: the gravity model of links between places.

G[i, j] = M[i]·M[j] ÷ t[i, j]^b, with masses M (GDP or population), travel times t and an exponent
b that is assumed. The form goes back to Reilly (1931) and Zipf (1946, American Sociological
Review 11); Wilson (1971, Environment and Planning 3) derives it. Nothing is calibrated here, as
no full matrix of flows is published: G is a strength to compare, not a flow in any unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRONGEST: Final = 100.0


def gravity(
    masses: NDArray[np.float64], times: NDArray[np.float64], exponent: float
) -> NDArray[np.float64]:
    """Return the gravity link of every pair of places.

    Parameters
    ----------
    masses
        One mass for each of n places, shape (n,), positive; NaN where unknown.
    times
        Travel times in minutes, shape (n, n), symmetric and positive; NaN where none is known.
        The diagonal is not looked at.
    exponent
        b, above 0; the larger, the faster a link fades with time.

    Returns
    -------
    ndarray, shape (n, n)
        M[i]·M[j] ÷ t[i, j]^b in mass² ÷ minutes^b, symmetric; NaN on the diagonal and wherever a
        mass or a time is unknown.

    Raises
    ------
    ValueError
        If shapes do not fit, the times are not symmetric, or a number that must be positive is
        not.
    """
    size = len(masses)
    if masses.ndim != 1 or times.shape != (size, size):
        message = f"{masses.shape} masses need times of shape (n, n); they have {times.shape}."
        raise ValueError(message)
    if not np.array_equal(times, times.T, equal_nan=True):
        message = "Travel times must be the same both ways; decide on one time for each pair."
        raise ValueError(message)
    apart = np.where(np.eye(size, dtype=bool), np.nan, times)
    if (masses <= 0).any() or (apart <= 0).any() or not exponent > 0:
        message = "Masses, times and the exponent of a gravity model must be above zero."
        raise ValueError(message)
    return np.asarray(np.outer(masses, masses) / apart**exponent, dtype=np.float64)


def relative(links: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return links as per cent of the strongest one; all NaN where no link is known.

    Raises
    ------
    ValueError
        If a link is negative.
    """
    known = links[~np.isnan(links)]
    if not known.size or known.max() == 0:
        return np.full(links.shape, np.nan)
    if known.min() < 0:
        message = "The strength of a link cannot be negative."
        raise ValueError(message)
    return np.asarray(STRONGEST * links / known.max(), dtype=np.float64)
