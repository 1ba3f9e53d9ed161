"""Natural breaks: the classes with the least sum of squares within, found exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Positions = NDArray[np.intp]


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
    Association 53: dynamic programming over the ordered values. The first value of the best last
    class never falls as more values are added, so that each row is found by halves: k n log n
    steps (Grønlund et al. 2017, Fast exact k-means, k-medians and Bregman divergence clustering
    in 1D).
    """
    points, weights = np.unique(np.asarray(values, dtype=float), return_counts=True)
    sums = _sums(points - points.mean(), weights)
    n = len(points)
    least = _within(sums, np.zeros(n, np.intp), np.arange(n))
    ends = []
    for _ in range(k - 1):
        before, least = _best(sums, least)
        ends.append(before)
    last, found = n - 1, []
    for before in reversed(ends):
        last = int(before[last])
        found.append(float(points[last]))
    return tuple(reversed(found))


def _best(sums: Floats, least: Floats) -> tuple[Positions, Floats]:
    """Return for each end the last point before the best last class, and the sum of all classes.

    `least` are the sums without the last class. Ends are answered in steps of which each is half
    of the one before: the answers on either side bound those between.
    """
    n = len(least)
    before, total = np.zeros(n, np.intp), np.full(n, np.inf)
    step = 1 << (n.bit_length() - 1)
    while step:
        ends = np.arange(step, n, 2 * step)
        if ends.size:
            after = ends + step
            below = before[ends - step]
            above = np.where(after < n, before[np.minimum(after, n - 1)], n)
            above = np.maximum(below, np.minimum(above, ends - 1))
            before[ends], total[ends] = _chosen(sums, least, ends, below, above)
        step //= 2
    return before, total


def _chosen(
    sums: Floats, least: Floats, ends: Positions, below: Positions, above: Positions
) -> tuple[Positions, Floats]:
    """Return for each end the first best of the points from below to above, and the sum."""
    counts = above - below + 1
    starts = np.cumsum(counts) - counts
    point = np.arange(counts.sum()) + np.repeat(below - starts, counts)
    total = least[point] + _within(sums, point + 1, np.repeat(ends, counts))
    best = np.minimum.reduceat(total, starts)
    hits = np.flatnonzero(total == np.repeat(best, counts))
    return point[hits[np.searchsorted(hits, starts)]], best


def _sums(points: Floats, weights: Positions) -> Floats:
    """Return running counts, sums and sums of squares, each from 0; shape (3, n + 1)."""
    rows = [np.cumsum(weights * points**power) for power in (0, 1, 2)]
    return np.array([np.concatenate([[0.0], row]) for row in rows])


def _within(sums: Floats, first: Positions, last: Positions) -> Floats:
    """Return the sum of squares around the mean of classes from point to point."""
    n, s, q = sums[:, last + 1] - sums[:, first]
    return np.asarray(np.maximum(q - s * s / n, 0))
