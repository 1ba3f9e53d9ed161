"""How far areas reach along parallels, from which it is told what fits in them without polygons."""

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.records import PARALLELS, Strip

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS: Final = ("area", "parallel", "west", "east")


def strips(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the stretches of land of each area along parallels, from south to north.

    Parameters
    ----------
    areas
        Rows with ``region_code`` and ``geometry``, as of `boundaries.dissolve_groups`.

    Returns
    -------
    DataFrame
        A row for each stretch: ``area``, the number of its ``parallel`` from the equator, and its
        ends ``west`` and ``east`` in degrees.
    """
    named = zip(areas["region_code"], areas.geometry, strict=True)
    rows = [(area, *row) for area, shape in named for row in _along(shape)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _along(shape: shapely.Geometry) -> "Iterator[Strip]":
    west, south, east, north = shape.bounds
    for number in range(int(np.ceil(south * PARALLELS)), int(north * PARALLELS) + 1):
        lat = number / PARALLELS
        parallel = shapely.linestrings([(west - 1, lat), (east + 1, lat)])
        for part in shapely.get_parts(shapely.intersection(shape, parallel)):
            if part.length:
                start, _, end, _ = part.bounds
                yield number, round(start, 4), round(end, 4)
