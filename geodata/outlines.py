"""The outlines of a build as geometries, by place."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    import shapely

    from geodata.build.cache import Manifest
    from geodata.figures import Reach

FILES: Final = {
    "county": "county-detail.geojson",
    "city": "prefecture-detail.geojson",
    "province": "province-detail.geojson",
}
CRS: Final = "OGC:CRS84"
"""Longitude and latitude in this order, as in GeoJSON."""


def product_of(level: Reach, scheme: str) -> str:
    """Return the product that holds the outlines of a level; circles are those of a scheme."""
    return FILES.get(level, f"circle-{scheme}-detail.geojson")


class Geometries:
    """Geometries by place id, read once.

    Parameters
    ----------
    manifest
        The build.
    """

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._read = lru_cache(maxsize=None)(self._shapes)

    def of(self, level: Reach, scheme: str) -> Mapping[str, shapely.Geometry]:
        """Return the outlines of a level; the three places together have none of their own.

        Raises
        ------
        CacheError
            If the build lacks the file.
        """
        return {} if level == "region" else self._read(product_of(level, scheme))

    def _shapes(self, product: str) -> Mapping[str, shapely.Geometry]:
        from shapely.geometry import shape  # noqa: PLC0415 - a server without asked maps needs none

        read = json.loads(self._manifest.path(product).read_bytes())
        return {one["id"]: shape(one["geometry"]) for one in read["features"]}
