"""Firms as spots of a map: how many in each cell as an image, and some of them as points.

The image is that of Web Mercator, whose rows do not stand at equal steps of latitude. Which firms
of a view are shown is decided by a hash of their rows: the same ones each time.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
from pyarrow import compute, parquet

from geodata.own.firms.cube import ACROSS, DIVISIONS, PER_DEGREE, SOUTH, STAYS, WEST
from geodata.own.firms.register import AT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from geodata.own.firms.cube import Cube

    Floats = NDArray[np.float64]
    Box = tuple[float, float, float, float]

CELL_LIMITS: Final = (1, 3, 10, 30, 100, 300, 1_000)
"""The least firms of each class of a cell: steps of about three."""
MOST_POINTS: Final = 5_000
PIXELS: Final = 2
"""Of the image to a cell from west to east."""
PRIME: Final = np.uint64(0x9E3779B97F4A7C15)
SHIFT: Final = np.uint64(29)


@dataclass(frozen=True, slots=True)
class Cells:
    """Firms by cell of 0.01°: columns from 73° E and rows from 3° N, each of shape (cells,)."""

    x: NDArray[np.int64]
    y: NDArray[np.int64]
    firms: NDArray[np.int64]

    @property
    def box(self) -> Box:
        """West, south, east, north, in degrees."""
        low = [(one.min() + at) / PER_DEGREE for one, at in ((self.x, WEST), (self.y, SOUTH))]
        high = [(one.max() + at + 1) / PER_DEGREE for one, at in ((self.x, WEST), (self.y, SOUTH))]
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def coarser(self, times: int) -> tuple[Floats, Floats, NDArray[np.int64]]:
        """Return the middles (lon, lat) of cells so many times wider, and their firms."""
        # By whole degrees: 73° E and 3° N are borders of coarser cells, too.
        key = (self.y // times) * ACROSS + self.x // times
        found, where = np.unique(key, return_inverse=True)
        firms = np.bincount(where, self.firms, len(found)).astype(np.int64)
        lon, lat = (
            ((at + 0.5) * times + first) / PER_DEGREE
            for at, first in ((found % ACROSS, WEST), (found // ACROSS, SOUTH))
        )
        return lon, lat, firms


def cells_of(cube: Cube, division: int | None) -> Cells:
    """Return the firms of a division that are there, or of all, by cell."""
    where, of = np.divmod(cube.cells, DIVISIONS)
    some = np.ones(len(of), np.bool_) if division is None else of == division
    found, which = np.unique(where[some], return_inverse=True)
    firms = np.bincount(which, cube.counts[some], len(found)).astype(np.int64)
    return Cells(found % ACROSS, found // ACROSS, firms)


def as_png(cells: Cells, limits: Sequence[int], colours: Sequence[str]) -> bytes:
    """Return cells as an image of their box, clear where there is no firm.

    Parameters
    ----------
    cells
        What is drawn, one cell at least.
    limits
        The least number of firms of each class, rising from 1.
    colours
        The colour of each class, #rrggbb.
    """
    grid = np.zeros((int(np.ptp(cells.y)) + 1, int(np.ptp(cells.x)) + 1), np.uint8)
    grid[cells.y - cells.y.min(), cells.x - cells.x.min()] = np.digitize(cells.firms, limits)
    _, south, _, north = cells.box
    low, high = _mercator(np.array([south, north]))
    rows = int(np.ceil((high - low) * PER_DEGREE * PIXELS))
    middles = high - (np.arange(rows) + 0.5) / rows * (high - low)
    latitude = np.degrees(2 * np.arctan(np.exp(np.radians(middles))) - np.pi / 2)
    row = np.clip(((latitude - south) * PER_DEGREE).astype(int), 0, len(grid) - 1)
    return _png(np.repeat(grid[row], PIXELS, axis=1), colours)


def _mercator(latitude: Floats) -> Floats:
    """Return degrees of Web Mercator."""
    return np.asarray(np.degrees(np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2))))


def _png(classes: NDArray[np.uint8], colours: Sequence[str]) -> bytes:
    """Return an image by its palette, whose first colour is clear."""
    height, width = classes.shape
    lines = np.zeros((height, width + 1), np.uint8)  # each begins with 0: it is not filtered
    lines[:, 1:] = classes
    palette = b"\0\0\0" + b"".join(bytes.fromhex(one.removeprefix("#")) for one in colours)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette),
        (b"tRNS", b"\0"),
        (b"IDAT", zlib.compress(lines.tobytes(), 6)),
        (b"IEND", b""),
    )
    told = (
        struct.pack(">I", len(blob)) + kind + blob + struct.pack(">I", zlib.crc32(kind + blob))
        for kind, blob in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


@dataclass(frozen=True, slots=True)
class Spots:
    """Firms that are there, by their points; `order` is that in which they are chosen."""

    lon: Floats
    lat: Floats
    order: NDArray[np.uint64]

    def sample(self, box: Box, most: int = MOST_POINTS) -> tuple[Floats, Floats, int]:
        """Return longitude and latitude of some firms of a box, and how many there are."""
        west, south, east, north = box
        inside = (self.lon >= west) & (self.lon <= east) & (self.lat >= south) & (self.lat <= north)
        at = np.flatnonzero(inside)
        some = at[np.argsort(self.order[at], kind="stable")[:most]]
        return self.lon[some], self.lat[some], len(at)


def spots_in(path: Path, division: int | None) -> Spots:
    """Return the firms of a division that are there, or of all, in a file of points."""
    with parquet.ParquetFile(path) as file:
        known = file.schema_arrow.names
        table = file.read(columns=[one for one in (*AT, "division", "gone") if one in known])
    if "lon" not in known:
        return Spots(np.empty(0), np.empty(0), np.empty(0, np.uint64))
    here = compute.is_finite(table["lon"])
    if "gone" in known:
        here = compute.and_(here, compute.equal(compute.fill_null(table["gone"], STAYS), STAYS))
    if division is not None:
        here = compute.and_(here, compute.equal(table["division"], pa.scalar(division, pa.int8())))
    at = np.flatnonzero(here.to_numpy())
    row = (at.astype(np.uint64) + np.uint64(1)) * PRIME
    lon, lat = (table[one].to_numpy()[at] for one in AT)
    return Spots(lon, lat, (row ^ (row >> SHIFT)) * PRIME)
