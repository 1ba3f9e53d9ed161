"""The outlines of a build, by place: as text for the web, as geometries for GeoPandas."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


class Outlines:
    """The outlines of a build by place id, read once in each form that is asked for.

    Parameters
    ----------
    manifest
        The build.
    """

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._texts = lru_cache(maxsize=None)(self._texts_of)
        self._shapes = lru_cache(maxsize=None)(self._shapes_of)

    def texts(self, level: Reach, scheme: str) -> Mapping[str, str]:
        """Return the outlines of a level as GeoJSON, which needs no geometry library.

        The three places together have none of their own. Errors as `shapes`.
        """
        return {} if level == "region" else self._texts(product_of(level, scheme))

    def shapes(self, level: Reach, scheme: str) -> Mapping[str, shapely.Geometry]:
        """Return the geometries of a level; the three places together have none of their own.

        Raises
        ------
        CacheError
            If the build lacks the file.
        """
        return {} if level == "region" else self._shapes(product_of(level, scheme))

    def _texts_of(self, product: str) -> Mapping[str, str]:
        return {
            place: json.dumps(geometry, allow_nan=False, separators=(",", ":"))
            for place, geometry in self._read(product)
        }

    def _shapes_of(self, product: str) -> Mapping[str, shapely.Geometry]:
        from shapely.geometry import shape  # noqa: PLC0415 - a server without asked maps needs none

        return {place: shape(geometry) for place, geometry in self._read(product)}

    def _read(self, product: str) -> Iterator[tuple[str, Any]]:
        read = json.loads(self._manifest.path(product).read_bytes())
        return ((feature["id"], feature["geometry"]) for feature in read["features"])
