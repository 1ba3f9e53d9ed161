"""The spatial statistics that a build computes once: of what, when, by which neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geodata.ids import CENSUS_YEARS
from geodata.measures import space
from geodata.measures.specialisation import INDUSTRIES, SECTORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    from libpysal.graph import Graph
    from numpy.typing import NDArray

    from geodata.build.readings import Readings
    from geodata.records import Column

HEADLINES: Final = (
    ("lq_manufacturing", "2020"),
    ("lq_information_software", "2020"),
    ("tertiary_education_share", "2020"),
)
"""Three that the counties cover in full: what the hinterland makes, what the core does, who
could carry it."""

MORAN: Final = (
    "indicator",
    "year",
    "weights",
    "n",
    "statistic",
    "expected",
    "z",
    "p",
    "islands",
    "left_out",
    "reason",
)
LOCAL: Final = (
    "indicator",
    "year",
    "weights",
    "region_code",
    "kind",
    "statistic",
    "hot",
    "z",
    "p",
    "q",
)


@dataclass(frozen=True)
class Tables:
    """What a build writes.

    `moran` has a row for each indicator, year and weights, with the columns `MORAN`; lists of
    places are codes joined by ";". `local` has a row for each county in it, columns `LOCAL`.
    """

    moran: pd.DataFrame
    local: pd.DataFrame


QUOTIENTS: Final = {
    SECTORS[letter].removeprefix("emp_"): f"lq_{SECTORS[letter].removeprefix('emp_')}"
    for letter in INDUSTRIES
}
"""Key of an industry → its location quotient."""

EXAMINED: Final = tuple(
    dict.fromkeys((*((lq, year) for lq in QUOTIENTS.values() for year in CENSUS_YEARS), *HEADLINES))
)
"""Indicators and years: every location quotient in both censuses, and the headlines."""


def weights_of(counties: gpd.GeoDataFrame, metres: str) -> dict[str, Graph]:
    """Return the neighbourhoods of the counties, by contiguity and by distance.

    Parameters
    ----------
    counties
        Rows of ``region_code`` and ``geometry``, a coverage.
    metres
        The projection in which the distances between centroids are measured.
    """
    polygons = counties.set_index("region_code").geometry
    return {
        "queen": space.queen(polygons),
        "nearest": space.nearest(polygons.to_crs(metres).centroid),
    }


def compute(readings: Readings, weights: Mapping[str, Graph]) -> Tables:
    """Compute the spatial statistics of the counties.

    Each year stands alone: its weights are among the counties that have a value in it.

    Parameters
    ----------
    readings
        The figures.
    weights
        Name → neighbourhood of all counties.
    """
    whole: list[tuple[object, ...]] = []
    places: list[tuple[object, ...]] = []
    kept: dict[tuple[str, frozenset[str]], space.Neighbourhood] = {}
    for indicator, year in EXAMINED:
        column = readings.values(indicator, year, "county")
        known = _known(column)
        for name, graph in weights.items():
            key = (name, frozenset(known))
            if key not in kept:
                kept[key] = space.among(graph, known)
            head = (indicator, year, name)
            values = np.array([known[c] for c in kept[key].codes], dtype=np.float64)
            left_out = ";".join(c for c in column.codes if c not in known)
            apart = (";".join(kept[key].islands), left_out, space.refusal(values, kept[key]))
            whole.append((*head, *_moran(values, kept[key]), *apart))
            places += [(*head, *cells) for cells in _local(values, kept[key])]
    return Tables(
        pd.DataFrame(whole, columns=list(MORAN)), pd.DataFrame(places, columns=list(LOCAL))
    )


def _known(column: Column) -> dict[str, float]:
    pairs = zip(column.codes, column.values, strict=True)
    return {code: value.value for code, value in pairs if value.value is not None}


def _moran(values: NDArray[np.float64], around: space.Neighbourhood) -> tuple[float, ...]:
    if space.refusal(values, around):
        return (len(values), np.nan, np.nan, np.nan, np.nan)
    found = space.global_moran(values, around)
    return (found.n, found.statistic, found.expected, found.z, found.p)


def _local(
    values: NDArray[np.float64], around: space.Neighbourhood
) -> Iterable[tuple[object, ...]]:
    if space.refusal(values, around):
        return ()
    found = space.local_moran(values, around)
    columns = (found.kind, found.statistic, found.hot, found.z, found.p, found.q)
    return zip(around.codes, *columns, strict=True)
