"""Functional specialisation (功能专业化): what people do in a place, whatever its industry.

Duranton and Puga (2005, Journal of Urban Economics 57, pp. 343–370) compare the number of
managers for each production worker of a city with that of the nation; the difference over the
latter is its functional specialisation. The censuses print professionals and technicians
(专业技术人员) and production workers (生产制造及有关人员), which stand for the two functions here:

FS[i] = (p[i] / q[i]) / (P / Q) − 1

with p professionals and q production workers of place i, P and Q those of the reference. At 0 the
place has as many professionals for each production worker as the reference; 1 is twice as many,
−½ half as many.

The interval is that of Wilson for the share s = p / (p + q), of which p / q = s / (1 − s) is the
odds, see `geodata.measures.uncertainty`; the reference is taken as known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.measures.uncertainty import share_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray


def functional_specialisation(
    professionals: NDArray[np.float64], production: NDArray[np.float64], reference: float
) -> NDArray[np.float64]:
    """Return how many professionals a place has for each production worker, over the reference.

    Parameters
    ----------
    professionals, production
        Sampled persons of both occupations, shape (n,); NaN where unknown.
    reference
        Professionals for each production worker in the reference, above zero.

    Returns
    -------
    ndarray, shape (n,)
        From −1 upwards, 0 for the reference itself; NaN where a count is unknown or there is no
        production worker.

    Raises
    ------
    ValueError
        If shapes differ, a count is negative or the reference is not above zero.
    """
    _check(professionals, production, reference)
    workers = np.where(production > 0, production, np.nan)
    return np.asarray(professionals / workers / reference - 1, dtype=np.float64)


def functional_interval(
    professionals: NDArray[np.float64], production: NDArray[np.float64], reference: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the limits of functional specialisation with a confidence of 95 %.

    Parameters
    ----------
    professionals, production, reference
        As in `functional_specialisation`.

    Returns
    -------
    low, high
        Each of shape (n,); NaN where the index is.

    Raises
    ------
    ValueError
        As `functional_specialisation`.
    """
    _check(professionals, production, reference)
    known = np.where(production > 0, professionals, np.nan)
    low, high = share_interval(known, known + production)
    return low / (1 - low) / reference - 1, high / (1 - high) / reference - 1


def _check(
    professionals: NDArray[np.float64], production: NDArray[np.float64], reference: float
) -> None:
    if professionals.shape != production.shape:
        message = f"Both occupations need one count: {professionals.shape}, {production.shape}."
        raise ValueError(message)
    if (professionals < 0).any() or (production < 0).any():
        message = "Workers cannot be negative; look for the row in the census tables."
        raise ValueError(message)
    if not reference > 0:
        message = f"A reference of {reference} professionals for each worker is not above zero."
        raise ValueError(message)
