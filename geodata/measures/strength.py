"""Strength of a cluster: how specialised, how large and how growing, each beside the others.

After the European Cluster Observatory (Sölvell, Ketels and Lindqvist 2008, Competitiveness Review
18), whose measures are size, specialisation and focus; growth stands here for the third. They are
the location quotient, the workers, and the growth of the industry here relative to its growth in
the whole. Each becomes the percentile
among the places compared, so that they can stand side by side; their mean only puts the places in
an order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PERCENT = 100.0


def relative_growth(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    whole_before: float,
    whole_after: float,
) -> NDArray[np.float64]:
    """Return g[i] = 100 · ((x₁[i]/x₀[i]) / (X₁/X₀) − 1), in per cent.

    The sampling fraction of each census cancels out as far as it moved alike everywhere.

    Parameters
    ----------
    before, after
        Workers of the industry in each place, shape (n,); NaN where unknown or not comparable.
    whole_before, whole_after
        Workers of the industry in the whole.

    Returns
    -------
    ndarray, shape (n,)
        NaN where a count is unknown, the place had no workers before, or the whole has none.

    Raises
    ------
    ValueError
        If shapes differ or a count is negative.
    """
    if before.shape != after.shape:
        message = f"Counts {before.shape} and {after.shape} must be of the same places."
        raise ValueError(message)
    if (before < 0).any() or (after < 0).any() or whole_before < 0 or whole_after < 0:
        message = "Workers cannot be negative."
        raise ValueError(message)
    if not whole_before or not whole_after:
        return np.full(before.shape, np.nan)
    own = after / np.where(before > 0, before, np.nan)
    return np.asarray(PERCENT * (own * (whole_before / whole_after) - 1), dtype=np.float64)


def percentiles(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the percentile of each value among all known ones, ties in the middle of theirs.

    100 · (places below + half of the places equal, itself among them) / places: between 0 and
    100, 50 on average, and independent of the scale of the values.

    Parameters
    ----------
    values
        Shape (n,); NaN where unknown.

    Returns
    -------
    ndarray, shape (n,)
        NaN where the value is unknown.
    """
    ordered = np.sort(values[~np.isnan(values)])
    below = np.searchsorted(ordered, values, side="left")
    up_to = np.searchsorted(ordered, values, side="right")
    found = PERCENT * (below + up_to) / (2 * max(len(ordered), 1))
    return np.where(np.isnan(values), np.nan, found)


def mean_percentile(components: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of the components' percentiles; NaN where one of them is unknown.

    Parameters
    ----------
    components
        Percentiles, shape (n, 3): specialisation, size, growth.
    """
    return np.asarray(components.mean(axis=1), dtype=np.float64)
