"""Natural breaks: the classes with the least sum of squares within, found exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def natural_breaks(values: Sequence[float], k: int) -> tuple[float, ...]:
    """Return the upper limits of all classes but the highest.

    Parameters
    ----------
    values
        Finite numbers, any order, with at least `k` different ones.
    k
        Number of classes.

    Returns
    -------
    tuple of float
        k - 1 of the values, ascending; equal values are never parted.

    References
    ----------
    Fisher (1958), On grouping for maximum homogeneity, Journal of the American Statistical
    Association 53: dynamic programming over the ordered values.
    """
    points, weights = np.unique(np.asarray(values, dtype=float), return_counts=True)
    within = _within(points - points.mean(), weights)
    least = within[0]
    ends = []
    for _ in range(k - 1):
        # Column m: the best of all last classes that begin behind i and end at m.
        totals = least[:-1, None] + within[1:, :]
        ends.append(totals.argmin(axis=0))
        least = totals.min(axis=0)
    last, found = len(points) - 1, []
    for before in reversed(ends):
        last = int(before[last])
        found.append(float(points[last]))
    return tuple(reversed(found))


def _within(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the sum of squares of the class from point i to point m; infinite where m < i."""
    count, total, square = (
        np.concatenate(([0.0], np.cumsum(weights * points**power))) for power in (0, 1, 2)
    )
    n = count[None, 1:] - count[:-1, None]
    s = total[None, 1:] - total[:-1, None]
    q = square[None, 1:] - square[:-1, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        sums = np.maximum(q - s * s / n, 0)
    return np.where(n > 0, sums, np.inf)
