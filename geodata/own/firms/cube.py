"""The cube of firms: place by division by year. One function counts a part, one adds parts.

Both are pure, and only whole numbers are added: the sum is the same in any order and grouping, in
one process, in several, and on a cluster, which the digest shows.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

DIVISIONS: Final = 98
"""Divisions 1 to 97 of GB/T 4754-2017; 0 for firms whose division is not known."""
FIRST_YEAR: Final = 1980
UNDATED, EARLIER = 0, 1
"""Positions on the axis of years: not known, and before 1980; 1980 is at 2."""
STAYS: Final = -1
"""The year of going of a firm that is there."""
UNKNOWN: Final = -1
"""Staff or capital that is not told."""
PER_DEGREE: Final = 100
"""Cells of the density on a degree: 0.01° each."""
WEST: Final = 7_300
SOUTH: Final = 300
ACROSS: Final = 6_400
"""Cells of the density from west to east, of the frame around the nation; the first is 73° E."""


@dataclass(frozen=True, slots=True)
class Axes:
    """What the cube runs over: the codes of places, and the last year."""

    places: tuple[str, ...]
    last: int

    @property
    def years(self) -> int:
        """Positions on the axis of years."""
        return self.last - FIRST_YEAR + 3

    @property
    def shape(self) -> tuple[int, int, int]:
        """Places, divisions, years."""
        return len(self.places), DIVISIONS, self.years


@dataclass(frozen=True, slots=True)
class Firms:
    """Firms that were placed, as aligned arrays of shape (n,).

    `place` is a position on the axis of places, `division` 0 to 97, `born` and `gone` years (0
    where not known, `gone` -1 for a firm that is there), `staff` and `capital` (yuan) -1 where not
    told. `lon` and `lat` are WGS84, NaN for a firm placed by a code. None leaves a column out.
    """

    place: NDArray[np.int16]
    division: NDArray[np.int8]
    born: NDArray[np.int16]
    gone: NDArray[np.int16] | None = None
    staff: NDArray[np.int64] | None = None
    capital: NDArray[np.int64] | None = None
    lon: NDArray[np.float64] | None = None
    lat: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Cube:
    """Counts of firms.

    Arrays over `axes.shape`, by the year a firm was born: `born` firms, `lost` those of them that
    are gone at a time that is not known, `staff` and `capital` of those still there; `gone` counts
    firms by the year they went. `cohorts` are firms by division, year born and position of the
    year gone, of which the last is for those still there; `lives` are the same by place. `told`
    counts firms still there whose staff is known and the sum of its squares, by division. `cells`
    and `counts` are the density of firms still there: cell of 0.01° and division as one number,
    and how many. `rows` counts rows by what became of them, `blanked` the cells that were refused
    in rows that were placed.
    """

    axes: Axes
    born: NDArray[np.int64]
    gone: NDArray[np.int64]
    lost: NDArray[np.int64]
    staff: NDArray[np.int64]
    capital: NDArray[np.int64]
    cohorts: NDArray[np.int64]
    lives: NDArray[np.int64]
    told: NDArray[np.int64]
    cells: NDArray[np.int64]
    counts: NDArray[np.int64]
    rows: Counter[str]
    blanked: int = 0

    def __getstate__(self) -> dict[str, object]:
        """Hand planes of zeros over by their shape and others in few bytes: a cube has 45 MB."""
        return {name: _packed(value) for name, value in self.__dict__.items()}

    def __setstate__(self, state: dict[str, object]) -> None:
        """Take what was handed over."""
        self.__dict__.update({name: _unpacked(value) for name, value in state.items()})

    def digest(self) -> str:
        """Return SHA-256 over all counts: alike where and only where the cubes are."""
        told = hashlib.sha256(repr((self.axes, sorted(self.rows.items()), self.blanked)).encode())
        for one in _arrays(self):
            told.update(np.ascontiguousarray(one, np.int64).tobytes())
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class _Zeros:
    """A plane on which nothing was counted."""

    shape: tuple[int, ...]


def _packed(value: object) -> object:
    """Return whole numbers in as few bytes as hold them; other values as they are."""
    if not isinstance(value, np.ndarray) or not value.size or value.min() < 0:
        return value
    most = value.max()
    if not most:
        return _Zeros(value.shape)
    return value.astype(np.min_scalar_type(most)) if most < 2**32 else value


def _unpacked(value: object) -> object:
    if isinstance(value, _Zeros):
        return np.zeros(value.shape, np.int64)
    return value.astype(np.int64) if isinstance(value, np.ndarray) else value


def tally(
    firms: Firms, axes: Axes, rows: Counter[str], *, blanked: int = 0, density: bool = True
) -> Cube:
    """Count a part.

    Parameters
    ----------
    firms
        The firms of the part that were placed.
    axes
        What to count over; years after the last are an error of the caller.
    rows
        All rows of the part by what became of them; kept as they are.
    blanked
        Cells of placed rows that were refused; kept as it is.
    density
        Whether to count points by cell, too.

    Raises
    ------
    IndexError
        If a place, division or year lies outside the axes.
    """
    places, _, years = axes.shape
    born = _on_axis(firms.born, axes)
    at = firms.place.astype(np.intp) * DIVISIONS + firms.division
    key = at * years + born
    here = np.ones(len(key), np.bool_) if firms.gone is None else firms.gone == STAYS
    left = np.flatnonzero(~here)
    when = np.full(len(key), years, np.int16)
    if firms.gone is not None:
        when[left] = _on_axis(firms.gone[left], axes)
    unknown = left[when[left] == UNDATED]
    size = places * DIVISIONS * years
    shape = axes.shape
    cohort, life = (
        (of.astype(np.intp) * years + born) * (years + 1) + when
        for of in (firms.division, firms.place)
    )
    # An exit of a firm whose birth is not known would be taken from a stock it never was in.
    out = np.where(born[left] == UNDATED, UNDATED, when[left])
    cells, counts = _density(firms, here) if density else _nowhere()
    return Cube(
        axes=axes,
        born=_counted(key, size).reshape(shape),
        gone=_counted(at[left] * years + out, size).reshape(shape),
        lost=_counted(key[unknown], size).reshape(shape),
        staff=_summed(key, firms.staff, here, size).reshape(shape),
        capital=_summed(key, firms.capital, here, size).reshape(shape),
        cohorts=_counted(cohort, DIVISIONS * years * (years + 1)).reshape(
            DIVISIONS, years, years + 1
        ),
        lives=_counted(life, places * years * (years + 1)).reshape(places, years, years + 1),
        told=_told(firms, here),
        cells=cells,
        counts=counts,
        rows=rows,
        blanked=blanked,
    )


def add(cubes: Iterable[Cube]) -> Cube:
    """Add parts as they come, no more than two in memory: associative, and the same in any order.

    Raises
    ------
    ValueError
        If there is none, or they run over different places or years.
    """
    coming = iter(cubes)
    first = next(coming, None)
    if first is None:
        raise ValueError(MISMATCH)
    dense = {name: getattr(first, name).copy() for name in DENSE}
    cells, rows, blanked = _Cells(first), Counter(first.rows), first.blanked
    for one in coming:
        if one.axes != first.axes:
            raise ValueError(MISMATCH)
        for name in DENSE:
            dense[name] += getattr(one, name)
        cells.take(one)
        rows.update(one.rows)
        blanked += one.blanked
    found, counts = cells.merged()
    return Cube(axes=first.axes, **dense, cells=found, counts=counts, rows=rows, blanked=blanked)


class _Cells:
    """The cells of cubes, merged when those that came since are a quarter of those before."""

    def __init__(self, first: Cube) -> None:
        self.kept = [(first.cells, first.counts)]

    def take(self, one: Cube) -> None:
        self.kept.append((one.cells, one.counts))
        if sum(len(cells) for cells, _ in self.kept[1:]) > len(self.kept[0][0]) // 4:
            self.merged()

    def merged(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if len(self.kept) > 1:
            cells, counts = (np.concatenate(each) for each in zip(*self.kept, strict=True))
            self.kept = [_merged(cells, counts)]
        return self.kept[0]


MISMATCH: Final = "Only cubes over the same places and years can be added, and one at least."
SPARSE: Final = ("cells", "counts")
DENSE: Final = tuple(
    one.name for one in fields(Cube) if one.name not in {"axes", "rows", "blanked", *SPARSE}
)


def cell_of(number: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the middle (lon, lat) of cells of the density, without the division."""
    where = number // DIVISIONS
    lon = (where % ACROSS + WEST + 0.5) / PER_DEGREE
    lat = (where // ACROSS + SOUTH + 0.5) / PER_DEGREE
    return lon, lat


def _arrays(cube: Cube) -> list[NDArray[np.int64]]:
    return [getattr(cube, name) for name in (*DENSE, *SPARSE)]


def _on_axis(year: NDArray[np.int16], axes: Axes) -> NDArray[np.int16]:
    """Return the position of years: 0 unknown, 1 before 1980, then one each."""
    if year.size and year.max() > axes.last:
        message = f"There is a year {year.max()}, and the cube ends with {axes.last}."
        raise IndexError(message)
    return np.where(year > 0, np.maximum(year - FIRST_YEAR + 2, EARLIER), UNDATED).astype(np.int16)


def _counted(key: NDArray[np.intp], size: int) -> NDArray[np.int64]:
    if not len(key):
        return np.zeros(size, np.int64)
    counted = np.bincount(key, minlength=size)
    if len(counted) > size:
        message = f"A key of {len(counted) - 1} lies outside a cube of {size}."
        raise IndexError(message)
    return counted


def _summed(
    key: NDArray[np.intp], values: NDArray[np.int64] | None, here: NDArray[np.bool_], size: int
) -> NDArray[np.int64]:
    """Return sums of whole numbers, exact at any size as sums of floats would not be."""
    total = np.zeros(size, np.int64)
    if values is not None:
        known = np.flatnonzero(here & (values != UNKNOWN))
        np.add.at(total, key[known], values[known])
    return total


def _told(firms: Firms, here: NDArray[np.bool_]) -> NDArray[np.int64]:
    told = np.zeros((2, DIVISIONS), np.int64)
    if firms.staff is not None:
        known = np.flatnonzero(here & (firms.staff != UNKNOWN))
        staff, division = firms.staff[known].astype(np.int64), firms.division[known]
        told[0] = np.bincount(division, minlength=DIVISIONS)
        np.add.at(told[1], division, staff * staff)
    return told


def _density(firms: Firms, here: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if firms.lon is None or firms.lat is None:
        return _nowhere()
    with np.errstate(invalid="ignore"):
        on = np.flatnonzero(here & np.isfinite(firms.lon) & np.isfinite(firms.lat))
    x = np.floor(firms.lon[on] * PER_DEGREE).astype(np.int64) - WEST
    y = np.floor(firms.lat[on] * PER_DEGREE).astype(np.int64) - SOUTH
    number = (y * ACROSS + x) * DIVISIONS + firms.division[on]
    number.sort()
    return _merged(number, np.ones(len(number), np.int64))


def _merged(
    cells: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each cell once, in order, with the sum of its counts."""
    if not len(cells):
        return _nowhere()
    order = np.argsort(cells, kind="stable")
    cells, counts = cells[order], counts[order]
    begins = np.flatnonzero(np.concatenate([[True], cells[1:] != cells[:-1]]))
    return cells[begins], np.add.reduceat(counts, begins)


def _nowhere() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.empty(0, np.int64), np.empty(0, np.int64)
