"""The cube of firms as files of a set, from which it is read again as it was."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from geodata.own.firms.cube import (
    ACROSS,
    DIVISIONS,
    FIRST_YEAR,
    PER_DEGREE,
    SOUTH,
    STAYS,
    WEST,
    Axes,
    Cube,
    cell_of,
)
from geodata.own.firms.keeping import as_parquet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

CUBE: Final = "cube.parquet"
COHORTS: Final = "cohorts.parquet"
LIVES: Final = "lives.parquet"
PLANTS: Final = "plants.parquet"
DENSITY: Final = "density.parquet"
PLANES: Final = ("born", "gone", "lost", "staff", "capital")
BEFORE: Final = FIRST_YEAR - 2
"""What is taken from a year for its position; all years before 1980 are told as 1979."""


def axes_told(axes: Axes, counties: int) -> dict[str, Any]:
    """Return what a manifest tells of the axes of a cube; the first places are counties."""
    return {"places": list(axes.places), "last": axes.last, "counties": counties}


def axes_of(manifest: Mapping[str, Any]) -> Axes:
    """Return the axes of the cube of a set.

    Raises
    ------
    KeyError
        If its manifest does not tell them.
    """
    told = manifest["axes"]
    return Axes(tuple(told["places"]), int(told["last"]))


def count_files(cube: Cube) -> dict[str, bytes]:
    """Return the files that hold a cube."""
    tables = {
        CUBE: _cube_table(cube),
        COHORTS: _cohort_table(cube.cohorts, "division"),
        LIVES: _cohort_table(cube.lives, "place"),
        PLANTS: _plant_table(cube),
        DENSITY: _density_table(cube),
    }
    return {name: as_parquet(table) for name, table in tables.items()}


def read_cube(folder: Path, axes: Axes) -> Cube:
    """Return the cube of a set; what became of its rows stands in the manifest.

    Raises
    ------
    OSError, ValueError, KeyError
        If a file is missing or damaged (`pyarrow.ArrowInvalid` is a ValueError).
    """
    table = parquet.read_table(folder / CUBE)
    order = {code: at for at, code in enumerate(axes.places)}
    place = np.array([order[code] for code in table["region_code"].to_pylist()], np.intp)
    at = (place, _column(table, "division"), _position(_column(table, "year")))
    dense: dict[str, Any] = {name: _filled(axes.shape, at, _column(table, name)) for name in PLANES}
    plants = parquet.read_table(folder / PLANTS)
    cells, counts = _cells(parquet.read_table(folder / DENSITY))
    return Cube(
        axes=axes,
        **dense,
        cohorts=_read_cohorts(folder / COHORTS, "division", DIVISIONS, axes.years),
        lives=_read_cohorts(folder / LIVES, "place", len(axes.places), axes.years),
        told=np.stack([_column(plants, "told"), _column(plants, "squares")]),
        cells=cells,
        counts=counts,
        rows=Counter(),
    )


def _cube_table(cube: Cube) -> pa.Table:
    """Return rows of place, division and year (0 unknown, 1979 for all before 1980)."""
    there = np.flatnonzero(np.any([getattr(cube, one).ravel() != 0 for one in PLANES], axis=0))
    place, division, year = np.unravel_index(there, cube.axes.shape)
    return pa.table(
        {
            "region_code": pa.array(np.array(cube.axes.places)[place]).dictionary_encode(),
            "division": pa.array(division.astype(np.int8)),
            "year": pa.array(_year(year).astype(np.int16)),
            **{one: pa.array(getattr(cube, one).ravel()[there]) for one in PLANES},
        }
    )


def _cohort_table(cohorts: NDArray[np.int64], of: str) -> pa.Table:
    """Return firms by division or place, year born and year gone (-1 for those that are there)."""
    which, born, gone = np.nonzero(cohorts)
    firms = cohorts[which, born, gone]
    left = np.where(gone == cohorts.shape[1], STAYS, _year(gone))
    columns = {of: which, "born": _year(born), "gone": left}
    return pa.table(
        {**{name: pa.array(one.astype(np.int16)) for name, one in columns.items()}, "firms": firms}
    )


def _read_cohorts(path: Path, of: str, size: int, years: int) -> NDArray[np.int64]:
    """Return such firms again; none where they were not counted, as in older sets."""
    if not path.exists():
        return np.zeros((size, years, years + 1), np.int64)
    table = parquet.read_table(path)
    gone = _column(table, "gone")
    when = np.where(gone == STAYS, years, _position(gone))
    at = (_column(table, of), _position(_column(table, "born")), when)
    return _filled((size, years, years + 1), at, _column(table, "firms"))


def _plant_table(cube: Cube) -> pa.Table:
    """Return by division the firms there that tell their staff, and the sum of its squares."""
    return pa.table({"told": pa.array(cube.told[0]), "squares": pa.array(cube.told[1])})


def _density_table(cube: Cube) -> pa.Table:
    """Return firms by cell of 0.01° and division; the point is the middle of the cell."""
    lon, lat = cell_of(cube.cells)
    division = (cube.cells % DIVISIONS).astype(np.int8)
    columns = {"lon": lon, "lat": lat, "division": division, "firms": cube.counts}
    return pa.table({name: pa.array(values) for name, values in columns.items()})


def _cells(table: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    x = np.floor(_column(table, "lon") * PER_DEGREE).astype(np.int64) - WEST
    y = np.floor(_column(table, "lat") * PER_DEGREE).astype(np.int64) - SOUTH
    number = (y * ACROSS + x) * DIVISIONS + _column(table, "division")
    return number.astype(np.int64), _column(table, "firms").astype(np.int64)


def _column(table: pa.Table, name: str) -> NDArray[Any]:
    found: NDArray[Any] = table[name].to_numpy()
    return found


def _filled(
    shape: tuple[int, ...], at: tuple[NDArray[Any], ...], values: NDArray[Any]
) -> NDArray[np.int64]:
    found = np.zeros(shape, np.int64)
    found[at] = values
    return found


def _year(position: NDArray[Any]) -> NDArray[Any]:
    return np.where(position == 0, 0, position + BEFORE)


def _position(year: NDArray[Any]) -> NDArray[Any]:
    return np.where(year == 0, 0, year - BEFORE)
