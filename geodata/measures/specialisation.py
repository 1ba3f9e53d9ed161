"""Specialisation: the location quotient (区位商) of each industry in each place.

LQ[i, j] = (x[i, j] / x[i]) / (b[j] / b), where x are the workers of place i in industry j and b
those of the benchmark. Above 1 the place has more of the industry than the benchmark has,
relative to its size. Florence (1929, The Statistical Method in Economics and Political Science)
introduced the ratio; the form is that of Isard (1960, Methods of Regional Analysis, chapter 7).

The counts are those of the censuses of 2010 and 2020, whose long form a tenth of the households
answered: they serve for shares and quotients, and a quotient that rests on fewer than
`STABLE_COUNT` sampled workers is marked unstable.

The printed total of a row (`emp_sample_total`) is the sum of its 20 sections A to T. The 19
industries are A to S; T, international organisations, stays in the denominator and is not shown
as an industry. A cell that is blank in a row whose other cells add up to the printed total is a
printed zero, and only then is it read as one; in every other case it stays unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

SECTORS: Final[dict[str, str]] = {
    "A": "emp_agriculture",
    "B": "emp_mining",
    "C": "emp_manufacturing",
    "D": "emp_utilities",
    "E": "emp_construction",
    "F": "emp_wholesale_retail",
    "G": "emp_transport_storage",
    "H": "emp_accommodation_catering",
    "I": "emp_information_software",
    "J": "emp_finance",
    "K": "emp_real_estate",
    "L": "emp_leasing_business",
    "M": "emp_science_technology",
    "N": "emp_water_environment",
    "O": "emp_resident_services",
    "P": "emp_education",
    "Q": "emp_health_social",
    "R": "emp_culture_sport",
    "S": "emp_public_admin",
    "T": "emp_international_org",
}
"""Section of GB/T 4754 → indicator of the census tables; A to S are the 19 industries."""

INDUSTRIES: Final = tuple(SECTORS)[:19]
TOTAL: Final = "emp_sample_total"
STABLE_COUNT: Final = 30


def complete_row(cells: Mapping[str, float], total: float | None) -> NDArray[np.float64]:
    """Return the 20 counts of a census row, blanks as zeros where the sum proves them.

    Parameters
    ----------
    cells
        Section letter → count, printed cells only.
    total
        The printed total, None where it is not printed.

    Returns
    -------
    ndarray, shape (20,)
        Counts of A to T; NaN for a blank where the printed cells do not add up to the total.

    Raises
    ------
    ValueError
        If a key is no section letter.
    """
    if unknown := set(cells) - set(SECTORS):
        message = f"No sections of GB/T 4754: {sorted(unknown)}; use the letters A to T."
        raise ValueError(message)
    proven = total is not None and sum(cells.values()) == total
    blank = 0.0 if proven else np.nan
    return np.array([cells.get(letter, blank) for letter in SECTORS], dtype=np.float64)


def shares(counts: NDArray[np.float64], totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each industry's share of a place's workers, between 0 and 1.

    Parameters
    ----------
    counts
        Workers, shape (n, m); NaN where unknown.
    totals
        All workers of each place as printed, shape (n,); NaN where unknown.

    Returns
    -------
    ndarray, shape (n, m)
        NaN where the count or the total is unknown or the total is zero.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is negative.
    """
    if counts.ndim != 2 or totals.shape != counts.shape[:1]:  # noqa: PLR2004 (a matrix)
        message = f"Counts {counts.shape} need shape (n, m) and totals {totals.shape} shape (n,)."
        raise ValueError(message)
    if (counts < 0).any() or (totals < 0).any():
        message = "Workers cannot be negative; look for the row in the census tables."
        raise ValueError(message)
    known = np.where(totals > 0, totals, np.nan)
    return np.asarray(counts / known[:, None], dtype=np.float64)


def location_quotients(
    counts: NDArray[np.float64],
    totals: NDArray[np.float64],
    benchmark: NDArray[np.float64],
    benchmark_total: float,
) -> NDArray[np.float64]:
    """Return the location quotients of n places in m industries.

    Parameters
    ----------
    counts
        Workers, shape (n, m).
    totals
        All workers of each place, shape (n,).
    benchmark
        Workers of the benchmark, shape (m,).
    benchmark_total
        All workers of the benchmark.

    Returns
    -------
    ndarray, shape (n, m)
        NaN where a share is unknown or the benchmark has no worker in the industry.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is negative.
    """
    if benchmark.shape != counts.shape[1:]:
        message = f"The benchmark {benchmark.shape} needs one count for each of {counts.shape[1:]}."
        raise ValueError(message)
    reference = shares(benchmark[None, :], np.array([benchmark_total], dtype=np.float64))[0]
    return np.asarray(
        shares(counts, totals) / np.where(reference > 0, reference, np.nan), dtype=np.float64
    )


def stable(counts: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which quotients rest on at least `STABLE_COUNT` sampled workers (unknown: no)."""
    return np.asarray(np.nan_to_num(counts, nan=0.0) >= STABLE_COUNT, dtype=np.bool_)
