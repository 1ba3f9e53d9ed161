"""Uncertainty: between what limits a location quotient lies that rests on a sample.

The long form of the census asks a tenth of the households. The share p = x / n of an industry in
a place's sampled workers gets the score interval of Wilson (1927, Journal of the American
Statistical Association 22, pp. 209–212), which stays within 0 and 1 and also holds for small
counts (Brown, Cai and DasGupta 2001, Statistical Science 16); both ends are divided by the share
of the benchmark.

What the interval leaves out: workers of one household often share an industry, so that the true
interval is wider (design effect; pass `design` to allow for it); a tenth of all is not a vanishing
part, so that it is narrower by some 5 % (finite population); the share of the benchmark is taken
as known, though it is sampled too (a standard error below 1.5 % for every industry here), and a
place that is a large part of its benchmark pulls it along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Z95: Final = 1.959963984540054
"""The normal quantile of a two-sided confidence of 95 %."""


def share_interval(
    counts: NDArray[np.float64],
    totals: NDArray[np.float64],
    *,
    z: float = Z95,
    design: float = 1.0,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the limits of shares that were sampled.

    With p = x/n and the effective sample n' = n/design, the limits are
    (p + z²/2n' ± z √(p(1−p)/n' + z²/4n'²)) / (1 + z²/n').

    Parameters
    ----------
    counts
        Sampled workers x of the industry, shape (n,); NaN where unknown.
    totals
        All sampled workers n, shape (n,); NaN where unknown.
    z
        Normal quantile of the confidence.
    design
        Variance of the sample over that of a simple random sample of the same size.

    Returns
    -------
    low, high
        Each of shape (n,), in 0..1; NaN where a count is unknown or the total is zero.

    Raises
    ------
    ValueError
        If shapes differ, a count is negative or above its total, or `z` or `design` is not
        positive.
    """
    if counts.shape != totals.shape:
        message = f"Counts {counts.shape} and totals {totals.shape} must have the same shape."
        raise ValueError(message)
    if (counts < 0).any() or (counts > totals).any():
        message = "Workers of an industry cannot be negative or more than all workers."
        raise ValueError(message)
    if z <= 0 or design <= 0:
        message = f"The quantile {z} and the design effect {design} must be above zero."
        raise ValueError(message)
    known = np.where(totals > 0, totals, np.nan)
    share, size = counts / known, known / design
    middle = share + z**2 / (2 * size)
    half = z * np.sqrt(share * (1 - share) / size + (z / (2 * size)) ** 2)
    scale = 1 + z**2 / size
    # At 0 and n the exact limits are 0 and 1; rounding would leave a trace beyond them.
    low = np.where(counts == 0, 0.0, (middle - half) / scale)
    high = np.where(counts == known, 1.0, (middle + half) / scale)
    unknown = np.isnan(share)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def quotient_interval(
    counts: NDArray[np.float64],
    totals: NDArray[np.float64],
    benchmark_share: float,
    *,
    design: float = 1.0,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the limits of location quotients with a confidence of 95 %.

    Parameters
    ----------
    counts, totals, design
        As in `share_interval`.
    benchmark_share
        Share of the industry in the benchmark, in 0..1, taken as known.

    Returns
    -------
    low, high
        Each of shape (n,); NaN where unknown, or where the benchmark has no such workers.

    Raises
    ------
    ValueError
        As `share_interval`, or if the share of the benchmark is not within 0 and 1.
    """
    if not 0 <= benchmark_share <= 1:
        message = f"A benchmark share of {benchmark_share} is not between 0 and 1."
        raise ValueError(message)
    low, high = share_interval(counts, totals, design=design)
    reference = benchmark_share or np.nan
    return low / reference, high / reference
