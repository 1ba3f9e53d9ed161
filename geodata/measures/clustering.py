"""Clusters of firms by density, for any number of them.

DBSCAN (Ester, Kriegel, Sander and Xu, KDD 1996) on the cells of a raster with their firms as
weights: two cells are neighbours where their middles are no further apart than the radius. Cells
far smaller than the radius find what points find, and memory grows with the cells and not with the
pairs of neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

NOISE: Final = -1
ROW: Final = 2**31
"""Cells that a row has in the numbers of cells: more than any raster."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """Cells with firms, shape (cells,): their middles in metres, firms, and cluster.

    Clusters are numbered by their firms, the largest 0; -1 is in none.
    """

    x: Floats
    y: Floats
    firms: Numbers
    label: Numbers

    def sizes(self) -> Numbers:
        """Return the firms of each cluster."""
        inside = self.label != NOISE
        return np.bincount(self.label[inside], self.firms[inside]).astype(np.int64)


def clusters(  # noqa: PLR0913, PLR0917 - where firms are, and what makes a cluster
    x: Floats,
    y: Floats,
    radius: float,
    least: int,
    cell: float = 250.0,
    firms: Numbers | None = None,
) -> Clusters:
    """Return the clusters of firms.

    Parameters
    ----------
    x, y
        Metres of a projection with little distortion; shape (n,).
    radius
        How far the neighbours of a cell are, metres.
    least
        Firms within the radius, those of the cell included, from which a cell is at the core of
        a cluster.
    cell
        Side of a cell, metres.
    firms
        How many stand at each point; one by default.

    Returns
    -------
    Clusters
        A cell that is no core belongs to the cluster of the nearest core within the radius, the
        larger of two that are equally near.
    """
    number = np.floor(y / cell).astype(np.int64) * ROW + np.floor(x / cell).astype(np.int64)
    cells, at = np.unique(number, return_inverse=True)
    firms = np.bincount(at, firms, minlength=len(cells)).astype(np.int64)
    offsets = _offsets(radius / cell)
    near = np.zeros(len(cells), np.int64)
    for offset in offsets:
        here, there = _pairs(cells, offset)
        near[here] += firms[there]
    core = near >= least
    label = _joined(cells, firms, core, offsets)
    for ring in np.split(offsets, np.flatnonzero(np.diff((offsets**2).sum(1))) + 1):
        best = np.full(len(cells), len(cells), np.int64)
        for offset in ring:
            here, there = _pairs(cells, offset)
            use = (label[here] == NOISE) & core[there]
            np.minimum.at(best, here[use], label[there[use]])
        found = best < len(cells)
        label[found] = best[found]
    label = _by_size(label, firms)
    row, column = np.divmod(cells + ROW // 2, ROW)
    x, y = ((one + 0.5) * cell for one in (column - ROW // 2, row))
    return Clusters(x, y, firms, label)


def _offsets(reach: float) -> Numbers:
    """Return the offsets (row, column) of the cells within reach, the nearest first."""
    side = int(reach)
    rows, columns = (one.ravel() for one in np.mgrid[-side : side + 1, -side : side + 1])
    apart = rows**2 + columns**2
    order = np.argsort(apart, kind="stable")
    order = order[apart[order] <= reach**2]
    return np.stack([rows[order], columns[order]], axis=1)


def _pairs(cells: Numbers, offset: Numbers) -> tuple[Numbers, Numbers]:
    """Return the positions of cells, and of those that lie at an offset from them."""
    wanted = cells + offset[0] * ROW + offset[1]
    at = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
    here = np.flatnonzero(cells[at] == wanted)
    return here, at[here]


def _joined(cells: Numbers, firms: Numbers, core: NDArray[np.bool_], offsets: Numbers) -> Numbers:
    """Return the cluster of each core, those with more core firms first; -1 for other cells."""
    edges = [_pairs(cells, one) for one in offsets if tuple(one) >= (0, 0)]
    here, there = (np.concatenate([one[side] for one in edges]) for side in (0, 1))
    both = core[here] & core[there]
    ones = np.ones(int(both.sum()), np.int8)
    size = (len(cells), len(cells))
    _, label = connected_components(
        coo_array((ones, (here[both], there[both])), size), directed=False
    )
    return _by_size(np.where(core, label, NOISE).astype(np.int64), firms)


def _by_size(label: Numbers, firms: Numbers) -> Numbers:
    """Return clusters numbered by their firms; those of one size keep the order of their cells."""
    inside = label != NOISE
    names, first = np.unique(label[inside], return_inverse=True)
    order = np.argsort(-np.bincount(first, firms[inside], minlength=len(names)), kind="stable")
    anew = np.empty(len(names), np.int64)
    anew[order] = np.arange(len(names))
    found = label.copy()
    found[inside] = anew[first]
    return found
