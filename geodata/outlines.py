"""The outlines of a build, by place: as text for the web, as geometries for GeoPandas."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
        read = json.loads(self._manifest.read(self._manifest.path(product).name))
        return ((feature["id"], right_handed(feature["geometry"])) for feature in read["features"])


def right_handed(geometry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return polygons as RFC 7946 (section 3.1.6) has them; other geometries as they are.

    The ring around runs counter-clockwise, those of holes clockwise: the other way about than in
    the files of the map, since what draws it takes the side of a ring that has less of the globe
    for its inside only where it runs clockwise.
    """
    parts = geometry.get("coordinates", ())
    if geometry["type"] == "Polygon":
        return {**geometry, "coordinates": _turned(parts)}
    if geometry["type"] == "MultiPolygon":
        return {**geometry, "coordinates": [_turned(part) for part in parts]}
    return geometry


def _turned(rings: Sequence[Sequence[Sequence[float]]]) -> list[Sequence[Sequence[float]]]:
    return [
        ring if (_doubled_area(ring) > 0) == (at == 0) else ring[::-1]
        for at, ring in enumerate(rings)
    ]


def _doubled_area(ring: Sequence[Sequence[float]]) -> float:
    """Return twice the area within a ring (shoelace), above nought where counter-clockwise."""
    x0, y0 = ring[0][:2]  # near the ring, where differences of products keep their digits
    return sum(
        (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        for (x1, y1, *_), (x2, y2, *_) in pairwise(ring)
    )
