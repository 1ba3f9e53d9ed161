"""Which county a point lies in, for millions of points: cells of a raster, exact where they part.

Most cells lie in one county wholly and answer at once; in a cell that a border crosses the point is
tested against the outlines that meet there. A point on a common border belongs to the county of the
lower code, and to it alone.

GEOS prepares an outline when it is first asked, and two threads that ask at once end the process:
processes have a copy each, and the threads of a server take turns.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

STEP: Final = 0.005
"""Side of a cell in degrees; smaller ones make a larger raster and gain little."""
BLOCK: Final = 64
"""Cells on a side of the blocks that building begins with."""
OUTSIDE: Final = -1
FIRST_LIST: Final = -2
ONE_BY_ONE: Final = threading.Lock()
HAIR: Final = 1e-6
"""By this part of a cell it is made wider, so that rounding never moves a point out of it."""


@dataclass(frozen=True)
class Raster:
    """Counties as cells.

    `codes` are the counties in order and `outlines` theirs in WKB. A cell of `cells` (row by row
    from the south-west, `origin`) is the index of the county it lies in, -1 outside, or -2 - k for
    the k-th list of counties that meet there; list k is `candidates[starts[k] : starts[k + 1]]`.
    """

    codes: tuple[str, ...]
    outlines: tuple[bytes, ...]
    origin: tuple[float, float]
    cells: NDArray[np.int16]
    starts: NDArray[np.int64]
    candidates: NDArray[np.int16]

    def __getstate__(self) -> dict[str, object]:
        """Leave out what GEOS has made: another process makes its own."""
        return {key: value for key, value in self.__dict__.items() if key != "_shapes"}

    @cached_property
    def _shapes(self) -> NDArray[np.object_]:
        shapes = np.asarray(shapely.from_wkb(list(self.outlines)), dtype=object)
        shapely.prepare(shapes)
        return shapes

    def county_of(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int16]:
        """Return the index of the county of each point, -1 outside and for NaN.

        Parameters
        ----------
        lon, lat
            WGS84, degrees; shape (n,).
        """
        found = self._looked_up(lon, lat)
        open_ = np.flatnonzero(found <= FIRST_LIST)
        lists = (FIRST_LIST - found[open_]).astype(np.int64)
        found[open_] = OUTSIDE
        counts = self.starts[lists + 1] - self.starts[lists]
        points = np.repeat(open_, counts)
        steps = np.arange(len(points)) - np.repeat(np.cumsum(counts) - counts, counts)
        asked = self.candidates[np.repeat(self.starts[lists], counts) + steps]
        # By county, the lowest code first: a point on a common border stays with the first.
        order = np.argsort(asked, kind="stable")
        points, asked = points[order], asked[order]
        with ONE_BY_ONE:
            for some in np.split(np.arange(len(points)), np.flatnonzero(np.diff(asked)) + 1):
                if some.size:
                    county, where = asked[some[0]], points[some]
                    inside = shapely.intersects_xy(self._shapes[county], lon[where], lat[where])
                    hits = where[inside]
                    found[hits[found[hits] == OUTSIDE]] = county
        return found

    def _looked_up(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int16]:
        rows, columns = self.cells.shape
        with np.errstate(invalid="ignore"):
            x, y = (lon - self.origin[0]) / STEP, (lat - self.origin[1]) / STEP
            near = np.flatnonzero((x >= 0) & (x < columns) & (y >= 0) & (y < rows))
        found = np.full(len(lon), OUTSIDE, np.int16)
        at = y[near].astype(np.intp) * columns + x[near].astype(np.intp)
        found[near] = self.cells.ravel()[at]
        return found


def build_raster(codes: Sequence[str], shapes: NDArray[np.object_]) -> Raster:
    """Return the raster of counties.

    Parameters
    ----------
    codes
        In rising order: on a common border the first counts.
    shapes
        Their outlines (shapely), WGS84.
    """
    shapely.prepare(shapes)
    west, south, east, north = shapely.total_bounds(shapes)
    wide = STEP * BLOCK
    origin = (float(np.floor(west / wide) * wide), float(np.floor(south / wide) * wide))
    columns, rows = (
        int(np.ceil((end - begin) / wide)) * BLOCK
        for begin, end in zip(origin, (east, north), strict=True)
    )
    cells = np.full((rows, columns), OUTSIDE, np.int16)
    lists: dict[tuple[int, ...], int] = {}
    tree = shapely.STRtree(shapes)
    y, x = (at.ravel() for at in np.mgrid[0:rows:BLOCK, 0:columns:BLOCK])
    size = BLOCK
    while x.size:
        boxes = _boxes(origin, x, y, size)
        box, county = tree.query(boxes, predicate="intersects")
        meeting = np.bincount(box, minlength=x.size)
        alone = meeting[box] == 1
        box_, county_ = box[alone], county[alone]
        whole = shapely.contains_properly(shapes[county_], boxes[box_])
        for at, one in zip(box_[whole], county_[whole], strict=True):
            cells[y[at] : y[at] + size, x[at] : x[at] + size] = one
        crossed = meeting > 0
        crossed[box_[whole]] = False
        if size == 1:
            _list_candidates(cells, lists, x, y, box, county, crossed)
            break
        size //= 2
        x, y = (_halved(at[crossed], size, axis) for axis, at in enumerate((x, y)))
    ends = np.cumsum([0, *map(len, lists)])
    flat = np.array([one for some in lists for one in some], np.int16)
    wkb = tuple(shapely.to_wkb(shapes).tolist())
    return Raster(tuple(codes), wkb, origin, cells, ends, flat)


def _boxes(
    origin: tuple[float, float], x: NDArray[np.int64], y: NDArray[np.int64], size: int
) -> NDArray[np.object_]:
    hair = STEP * HAIR
    west, south = origin[0] + x * STEP, origin[1] + y * STEP
    side = size * STEP + hair
    boxes = shapely.box(west - hair, south - hair, west + side, south + side)
    return np.asarray(boxes, dtype=object)


def _halved(at: NDArray[np.int64], size: int, axis: int) -> NDArray[np.int64]:
    steps = ((0, 0), (1, 0), (0, 1), (1, 1))
    return np.concatenate([at + step[axis] * size for step in steps])


def _list_candidates(  # noqa: PLR0913, PLR0917 - the state of the loop above
    cells: NDArray[np.int16],
    lists: dict[tuple[int, ...], int],
    x: NDArray[np.int64],
    y: NDArray[np.int64],
    box: NDArray[np.int64],
    county: NDArray[np.int64],
    crossed: NDArray[np.bool_],
) -> None:
    order = np.lexsort((county, box))
    box, county = box[order], county[order]
    begins = np.searchsorted(box, np.arange(x.size))
    ends = np.searchsorted(box, np.arange(x.size), side="right")
    for at in np.flatnonzero(crossed):
        met = tuple(county[begins[at] : ends[at]].tolist())
        cells[y[at], x[at]] = FIRST_LIST - lists.setdefault(met, len(lists))
