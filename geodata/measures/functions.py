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

The division of functions (功能分工) compares core and periphery in the same way, by industry:

DF = (S_core / M_core) / (S_periphery / M_periphery)

with S workers of producer services and M those of manufacturing, as usual for the agglomerations of
China (Zhao and Bai 2012, China Industrial Economics 11), where occupations by year are not printed.
At 1 both do the same; above, the core serves and the periphery makes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.measures.uncertainty import share_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRODUCER_SERVICES: Final = ("G", "I", "J", "L", "M")
"""Sections of GB/T 4754 that serve producers for the most part: transport, storage and post,
information and software, finance, leasing and business services, science and technical services;
those of the classification of producer services of the statistics bureau (2019) that are no trade.
"""
TRANSPORT: Final = "G"
"""The one of them that carries people, too."""
MANUFACTURING: Final = "C"


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


def division_of_functions(
    services: NDArray[np.float64], manufacturing: NDArray[np.float64], core: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return producer services over manufacturing, in the core over the periphery, by year.

    Parameters
    ----------
    services, manufacturing
        Workers of n places in y years, shape (n, y); NaN where unknown.
    core
        Which places are the core, shape (n,); the others are the periphery.

    Returns
    -------
    ndarray, shape (y,)
        NaN in a year in which a count of any place is unknown, since sums of other places would
        be compared, or in which a sum is zero.

    Raises
    ------
    ValueError
        If shapes differ, a count is negative, or core or periphery is empty.
    """
    if services.shape != manufacturing.shape or core.shape != services.shape[:1]:
        message = f"Shapes differ: {services.shape}, {manufacturing.shape}, core {core.shape}."
        raise ValueError(message)
    if core.all() or not core.any():
        message = "Both core and periphery need a place."
        raise ValueError(message)
    if (services < 0).any() or (manufacturing < 0).any():
        message = "Workers cannot be negative; look for the row in the tables of urban units."
        raise ValueError(message)
    sums = [one[part].sum(axis=0) for part in (core, ~core) for one in (services, manufacturing)]
    s_core, m_core, s_edge, m_edge = (np.where(one > 0, one, np.nan) for one in sums)
    return np.asarray(s_core / m_core / (s_edge / m_edge), dtype=np.float64)


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
