"""Longitude and latitude as people write them, and the system of coordinates they are in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.own.firms.cells import is_missing, plain
from geodata.own.firms.shifts import TO_WGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geodata.own.firms.raster import Raster

    Coordinates = NDArray[np.float64]

FAULTS: Final = (
    "",
    "point_empty",
    "point_unread",
    "point_filler",
    "point_swapped",
    "point_metres",
    "point_nowhere",
)
"""What is wrong with a point, by number; keys of `words.csv`."""
WEST, EAST, SOUTH, NORTH = 73.0, 136.0, 3.0, 54.0
"""A frame around the nation, degrees."""
FURTHEST, HIGHEST = 180.0, 90.0
MERCATOR: Final = ((8.1e6, 1.52e7), (3.3e5, 7.2e6))
"""The nation in Web Mercator, metres: east and north."""
ZONED: Final = ((1.3e7, 4.6e7), (3.3e5, 6.1e6))
"""The nation in Gauss-Krüger with the number of the zone before the easting, metres."""
COARSE: Final = 1
"""Decimals of a point that may lie 5 km off."""
ANGLE: Final = re.compile(
    r"(\d{1,3})[°度](?:(\d{1,2}(?:\.\d+)?)['′分])?(?:(\d{1,2}(?:\.\d+)?)(?:\"|″|''|秒))?([NESWnesw])?"
)
SIXTY: Final = 60
SYSTEMS: Final[Mapping[str, str]] = {
    "wgs84": "wgs84",
    "gps": "wgs84",
    "epsg4326": "wgs84",
    "cgcs2000": "wgs84",
    "epsg4490": "wgs84",
    "2000国家大地坐标系": "wgs84",
    "gcj02": "gcj02",
    "gcj": "gcj02",
    "高德": "gcj02",
    "腾讯": "gcj02",
    "火星": "gcj02",
    "火星坐标": "gcj02",
    "bd09": "bd09",
    "bd09ll": "bd09",
    "百度": "bd09",
}
"""Spellings of the systems without marks and case; CGCS2000 lies within a metre of WGS84."""
SAMPLE: Final = 20_000
"""Rows by which the system is told."""
SURE: Final = 1e-4
"""Chance of error below which a system is taken."""


@dataclass(frozen=True, slots=True)
class Points:
    """Points as written: degrees of shape (n,), NaN where there is none, and what is wrong."""

    lon: Coordinates
    lat: Coordinates
    fault: NDArray[np.int8]


def read_points(lon: Sequence[str], lat: Sequence[str]) -> Points:
    """Return the points of two columns of text."""
    x, y = _degrees(lon), _degrees(lat)
    fault = faults_of(x, y)
    for at in np.flatnonzero(fault == FAULTS.index("point_empty")).tolist():
        if not (is_missing(plain(lon[at])) and is_missing(plain(lat[at]))):
            fault[at] = FAULTS.index("point_unread")
    return Points(x, y, fault)


def faults_of(lon: Coordinates, lat: Coordinates) -> NDArray[np.int8]:
    """Return what is wrong with points, numbers of `FAULTS`; 0 for what may be a place on earth.

    Latitude and longitude that change places are told and not mended: a file that swaps some may
    have more wrong.
    """
    fault = np.zeros(len(lon), np.int8)
    with np.errstate(invalid="ignore"):
        strange = np.flatnonzero(~(_within(lon, WEST, EAST) & _within(lat, SOUTH, NORTH)))
    fault[strange] = _faults(lon[strange], lat[strange])
    return fault


def _faults(lon: Coordinates, lat: Coordinates) -> NDArray[np.int8]:
    """Return what is wrong with points outside of the frame around the nation."""
    fault = np.zeros(len(lon), np.int8)
    lost = ~(np.isfinite(lon) & np.isfinite(lat))
    with np.errstate(invalid="ignore"):
        swapped = _within(lat, WEST, EAST) & _within(lon, SOUTH, NORTH)
        far = (np.abs(lon) > FURTHEST) | (np.abs(lat) > HIGHEST)
        metres = np.zeros(len(lon), np.bool_)
        for east, north in (MERCATOR, ZONED):
            metres |= _within(lon, *east) & _within(lat, *north)
            metres |= _within(lat, *east) & _within(lon, *north)
        filler = (np.abs(lon) <= 1) & (np.abs(lat) <= 1)
    for name, where in (
        ("point_nowhere", far),
        ("point_metres", metres),
        ("point_swapped", swapped),
        ("point_filler", filler),
        ("point_empty", lost),
    ):
        fault[where] = FAULTS.index(name)
    return fault


def is_coarse(lon: Coordinates, lat: Coordinates) -> NDArray[np.bool_]:
    """Tell which points are written with one decimal at most, and may lie 5 km off."""
    coarse = np.round(lon, COARSE) == lon
    at = np.flatnonzero(coarse)
    coarse[at] = np.round(lat[at], COARSE) == lat[at]
    return np.asarray(coarse)


def system_of(cell: str) -> str | None:
    """Return the system that a cell names (WGS84, GCJ-02, 百度 …), None where it names none."""
    return SYSTEMS.get(re.sub(r"[\W_]|坐标系?$", "", plain(cell).casefold()))


def detect_system(
    lon: Coordinates, lat: Coordinates, county: NDArray[np.int16], raster: Raster
) -> str | None:
    """Return the system in which points agree with the counties beside them, None if unsure.

    Each system is held against each other one by the points that only one of them puts into the
    county beside them; were both as good, these would be halves (sign test). The best is taken
    where all others can be ruled out.

    Parameters
    ----------
    lon, lat
        As written, degrees; shape (n,).
    county
        Index of the county that the code or name beside each point means, -1 for none.
    raster
        The counties.
    """
    from scipy.special import bdtr  # noqa: PLC0415 - processes that count do without it

    known = np.flatnonzero(county >= 0)
    # Spread over the file, and the same rows each time.
    known = known[:: max(1, len(known) // SAMPLE)][:SAMPLE]
    agree = {
        system: raster.county_of(*to_wgs(lon[known], lat[known])) == county[known]
        for system, to_wgs in TO_WGS.items()
    }
    best = max(agree, key=lambda system: int(agree[system].sum()))
    for other in set(agree) - {best}:
        alone = int((agree[best] & ~agree[other]).sum())
        against = int((agree[other] & ~agree[best]).sum())
        # Twice the tail of the binomial: nobody said beforehand which would be the better.
        if not alone or 2 * bdtr(against, alone + against, 0.5) > SURE:
            return None
    return best


def _within(numbers: Coordinates, least: float, most: float) -> NDArray[np.bool_]:
    return np.asarray((numbers >= least) & (numbers <= most))


def _degrees(cells: Sequence[str]) -> Coordinates:
    import pandas as pd  # noqa: PLC0415 - processes that count numbers do without it

    numbers = pd.to_numeric(pd.Series(cells, dtype=object), errors="coerce")
    degrees = numbers.to_numpy(np.float64, copy=True)
    for at in np.flatnonzero(~np.isfinite(degrees)).tolist():
        degrees[at] = _degree(cells[at])
    return degrees


def _degree(cell: str) -> float:
    """Return degrees written with a decimal comma, or as degrees, minutes and seconds."""
    # NFKC would write ″ as two ′.
    text = "".join(one if one in "′″°" else unicodedata.normalize("NFKC", one) for one in cell)
    text = re.sub(r"\s+", "", text).removeprefix("'")
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d+)?", text):
        return float(text.replace(",", "."))
    found = ANGLE.fullmatch(text)
    if not found:
        return float("nan")
    whole, minutes, seconds = (float(one or 0) for one in found.groups()[:3])
    if minutes >= SIXTY or seconds >= SIXTY:
        return float("nan")
    degrees = whole + minutes / 60 + seconds / 3600
    return -degrees if (found[4] or "").upper() in {"S", "W"} else degrees
