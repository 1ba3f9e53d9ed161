"""GCJ-02 and BD-09, in which Chinese map services tell where things are, and the way to WGS84.

The formulas are those in common use (they were never published by those who made them); the way
back from GCJ-02 is by fixed point, three steps of which leave under a millimetre.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Coordinates = NDArray[np.float64]
    Pair = tuple[Coordinates, Coordinates]

SEMI_MAJOR_M: Final = 6_378_245.0
"""Krasovsky 1940, on which GCJ-02 is computed."""
ECCENTRICITY_2: Final = 0.006_693_421_622_965_943_23
STEPS: Final = 3
BAIDU: Final = np.pi * 3000 / 180


def wgs_to_gcj(lon: Coordinates, lat: Coordinates) -> Pair:
    """Return GCJ-02 for WGS84, degrees."""
    east, north = _offset(lon, lat)
    return lon + east, lat + north


def gcj_to_wgs(lon: Coordinates, lat: Coordinates) -> Pair:
    """Return WGS84 for GCJ-02, degrees."""
    x, y = lon, lat
    for _ in range(STEPS):
        east, north = _offset(x, y)
        x, y = lon - east, lat - north
    return x, y


def gcj_to_bd(lon: Coordinates, lat: Coordinates) -> Pair:
    """Return BD-09 for GCJ-02, degrees."""
    radius = np.hypot(lon, lat) + 2e-5 * np.sin(lat * BAIDU)
    angle = np.arctan2(lat, lon) + 3e-6 * np.cos(lon * BAIDU)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def bd_to_gcj(lon: Coordinates, lat: Coordinates) -> Pair:
    """Return GCJ-02 for BD-09, degrees."""
    x, y = lon - 0.0065, lat - 0.006
    radius = np.hypot(x, y) - 2e-5 * np.sin(y * BAIDU)
    angle = np.arctan2(y, x) - 3e-6 * np.cos(x * BAIDU)
    return radius * np.cos(angle), radius * np.sin(angle)


def bd_to_wgs(lon: Coordinates, lat: Coordinates) -> Pair:
    """Return WGS84 for BD-09, degrees."""
    return gcj_to_wgs(*bd_to_gcj(lon, lat))


def _as_is(lon: Coordinates, lat: Coordinates) -> Pair:
    return lon, lat


TO_WGS: Final[Mapping[str, Callable[[Coordinates, Coordinates], Pair]]] = {
    "wgs84": _as_is,
    "gcj02": gcj_to_wgs,
    "bd09": bd_to_wgs,
}
"""System of coordinates → the way to WGS84; CGCS2000 differs from it by under a metre."""


def _offset(lon: Coordinates, lat: Coordinates) -> Pair:
    """Return by how much GCJ-02 lies east and north of a point, degrees."""
    x, y, pi = lon - 105, lat - 35, np.pi
    root = np.sqrt(np.abs(x))
    wave = (20 * np.sin(6 * x * pi) + 20 * np.sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    north += (20 * np.sin(y * pi) + 40 * np.sin(y / 3 * pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * pi) + 320 * np.sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    east += (20 * np.sin(x * pi) + 40 * np.sin(x / 3 * pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * pi) + 300 * np.sin(x / 30 * pi)) * 2 / 3
    angle = lat / 180 * pi
    flat = 1 - ECCENTRICITY_2 * np.sin(angle) ** 2
    parallel = SEMI_MAJOR_M / np.sqrt(flat) * np.cos(angle)
    meridian = SEMI_MAJOR_M * (1 - ECCENTRICITY_2) / flat**1.5
    return np.degrees(east / parallel), np.degrees(north / meridian)
