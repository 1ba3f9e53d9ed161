"""Invented firms in the shape of a register: `python -m tests.benchmarks.firm_points MILLIONS DIR`.

Firms gather round eight centres in each county, the large counties have more of them, and each of
the 97 divisions has its own taste for counties, manufacturing the strongest. They were founded from
1980 to 2025 and a third has closed; one in fifty lies elsewhere, one in a hundred has a bad point.
A file holds a million, in groups of a quarter of one.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely
from pyarrow import compute, parquet

from geodata.places.boundaries import read_counties

if TYPE_CHECKING:
    from numpy.typing import NDArray

MILLION = 1_000_000
GROUP = 250_000
CENTRES = 8
DIVISIONS = 97
LAST = np.datetime64("2025-12-31")


@dataclass(frozen=True)
class World:
    """Where firms gather: counties, odds of division and county together, centres, their spread."""

    codes: tuple[str, ...]
    odds: NDArray[np.float64]
    centres: NDArray[np.float64]
    spread: NDArray[np.float64]


@cache
def world(seed: int = 7) -> World:
    """Return the same invented world each time."""
    chance = np.random.default_rng(seed)
    frame = read_counties()
    shapes = frame.geometry.to_numpy()
    weight = chance.lognormal(0, 0.8, len(shapes))
    taste = chance.lognormal(0, 0.4, (DIVISIONS, len(shapes)))
    taste[12:43] = chance.lognormal(0, 1.3, (31, len(shapes)))
    size = chance.lognormal(0, 1, DIVISIONS)
    size[[50, 51, 71]] *= 8, 8, 4
    joint = taste * weight
    joint *= (size / size.sum() / joint.sum(1))[:, None]
    centres = np.array([_within(shape, chance) for shape in shapes])
    odds = np.cumsum(joint.ravel()) / joint.sum()
    return World(tuple(frame["region_code"]), odds, centres, np.sqrt(shapely.area(shapes)) * 0.06)


def _within(shape: shapely.Geometry, chance: np.random.Generator) -> NDArray[np.float64]:
    west, south, east, north = shape.bounds
    found = np.empty((0, 2))
    while len(found) < CENTRES:
        xy = chance.uniform((west, south), (east, north), (64, 2))
        found = np.concatenate([found, xy[shapely.contains_xy(shape, xy[:, 0], xy[:, 1])]])
    return found[:CENTRES]


def firms(n: int, number: int, seed: int = 1) -> pa.Table:
    """Return invented firms, the same for the same number and seed."""
    chance, made = np.random.default_rng([seed, number]), world()
    cell = np.minimum(np.searchsorted(made.odds, chance.random(n)), len(made.odds) - 1)
    division, county = np.divmod(cell, len(made.codes))
    centre = np.minimum((chance.random(n) ** 2 * CENTRES).astype(int), CENTRES - 1)
    wide = made.spread[county] * chance.choice([0.3, 1, 2.5], n)
    xy = made.centres[county, centre] + chance.normal(size=(n, 2)) * wide[:, None]
    away = chance.random(n) < 0.02
    xy[away] = chance.uniform((73, 18), (135, 53), (int(away.sum()), 2))
    lon, lat = xy.round(6).T.copy()
    bad, kind = chance.random(n) < 0.01, chance.integers(0, 4, n)
    lon[bad & (kind == 0)] = lat[bad & (kind == 0)] = np.nan
    lon[bad & (kind == 1)] = lat[bad & (kind == 1)] = 0
    swapped = bad & (kind == 2)
    lon[swapped], lat[swapped] = lat[swapped], lon[swapped]
    lon[bad & (kind == 3)] *= 10
    year = (2025 - np.minimum(chance.exponential(9, n), 45)).astype(int)
    founded = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    founded += chance.integers(0, 365, n)
    closed = founded + chance.exponential(6 * 365, n).astype(int)
    there = (chance.random(n) >= 0.35) | (closed > LAST)
    # Fourteen classes each: 1,358 in all, about as many as the standard has.
    number_of_class = (division + 1) * 100 + chance.integers(10, 24, n)
    return pa.table(
        {
            "lon": pa.array(lon, from_pandas=True),
            "lat": pa.array(lat, from_pandas=True),
            "区划代码": pa.DictionaryArray.from_arrays(
                pa.array(county.astype(np.int16)), pa.array(made.codes)
            ),
            "行业代码": compute.utf8_lpad(pa.array(number_of_class).cast(pa.string()), 4, "0"),
            "成立日期": pa.array(founded),
            "注销日期": pa.array(closed, mask=there),
            "从业人员": pa.array(np.maximum(1, chance.lognormal(1.6, 1.2, n)).astype(np.int32)),
        }
    )


def write(millions: int, folder: Path) -> list[Path]:
    """Write files of a million firms; those that are there already stay."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"part-{number:03}.parquet" for number in range(millions)]
    for number, path in enumerate(paths):
        if not path.exists():
            draft = path.with_suffix(".part")
            parquet.write_table(
                firms(MILLION, number), draft, compression="zstd", row_group_size=GROUP
            )
            draft.rename(path)
    return paths


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
