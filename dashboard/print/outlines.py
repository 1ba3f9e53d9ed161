"""Draws what Plotly's areas cannot: dashed outlines, and areas that are hatched.

Both are lines over the areas, cut from the geometry that the areas are drawn from.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from dashboard.web.wire import GEO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Ring = Sequence[Sequence[float]]
    Point = tuple[float, float]

HATCH: Final = {"color": "#000000", "width": 0.7}
"""Line of the hatching."""
PIXELS: Final = 5.0
"""Between the lines of the hatching, for a map about `ACROSS` pixels wide."""
ACROSS: Final = 480.0


def outlined(figure: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """Return a figure with the dashes and hatches that `meta` of its areas asks for.

    Parameters
    ----------
    figure
        Data and layout; areas may have `meta.dash`, a pattern, and `meta.hatched`, their ids.
    held
        The geometry by the address that a trace names, as GeoJSON.
    """
    traces = [one for trace in figure["data"] for one in _drawn(trace, figure["layout"], held)]
    return {**figure, "data": traces}


def _drawn(
    trace: Mapping[str, Any], layout: Mapping[str, Any], held: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    meta = trace.get("meta") or {}
    file = _file(trace.get("geojson"))
    asked = isinstance(meta, dict) and file in held
    if not asked or not (meta.get("hatched") or meta.get("dash", "solid") != "solid"):
        yield trace
        return
    shapes = {one["id"]: list(_rings(one["geometry"])) for one in held[file]["features"]}
    marker = trace["marker"]
    subplot = {"geo": trace["geo"]} if "geo" in trace else {}
    if meta.get("dash", "solid") != "solid":
        yield {**trace, "marker": {**marker, "line": {**marker["line"], "width": 0}}}
        rings = (ring for code in trace["locations"] for ring in shapes[code])
        yield _lines(rings, {**marker["line"], "dash": meta["dash"]}) | subplot
    else:
        yield trace
    if meta.get("hatched"):
        west, east = layout["geo"]["lonaxis"]["range"]
        step = (east - west) / ACROSS * PIXELS
        cuts = (cut for code in meta["hatched"] for cut in hatched(shapes[code], step))
        yield _lines(cuts, HATCH) | subplot


def _file(address: object) -> str:
    """Return an address without the path that a proxy gives the site."""
    return address[max(address.rfind(GEO), 0) :] if isinstance(address, str) else ""


def _lines(paths: Iterable[Ring], line: Mapping[str, Any]) -> dict[str, Any]:
    lon: list[float | None] = []
    lat: list[float | None] = []
    for path in paths:
        lon += [*(point[0] for point in path), None]
        lat += [*(point[1] for point in path), None]
    return {
        "type": "scattergeo",
        "mode": "lines",
        "lon": lon,
        "lat": lat,
        "line": dict(line),
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """Yield the rings of a GeoJSON polygon, or of several."""
    parts = geometry["coordinates"]
    for polygon in parts if geometry["type"] == "MultiPolygon" else [parts]:
        yield from polygon


def hatched(rings: Sequence[Ring], step: float) -> Iterator[tuple[Point, Point]]:
    """Yield the parts inside of lines at 45 degrees, `step` degrees of longitude apart.

    Along x - y = c a ring is crossed where c lies between those of two neighbouring corners;
    between an odd and an even crossing, sorted, the line is inside (even-odd rule).
    """
    across = [x - y for ring in rings for x, y in (point[:2] for point in ring)]
    for number in range(math.ceil(min(across) / step), math.floor(max(across) / step) + 1):
        c = number * step
        found = sorted(x for ring in rings for x in _crossings(ring, c))
        for start, end in zip(found[::2], found[1::2], strict=False):
            yield (start, start - c), (end, end - c)


def _crossings(ring: Ring, c: float) -> Iterator[float]:
    for one, other in pairwise(ring):
        low, high = one[0] - one[1] - c, other[0] - other[1] - c
        if (low < 0) != (high < 0):
            yield one[0] + (other[0] - one[0]) * low / (low - high)
