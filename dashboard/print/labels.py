"""Names on a printed map: sized for the sheet, each on the side where it meets no other."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any, Final

from dashboard.labels import Box, Wanted, around, chosen
from dashboard.lettering import width_of
from dashboard.print.cartography import mercator
from dashboard.print.floors import LEAST_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.map.figure import Bounds

USUAL: Final = 520.0
"""Pixels of a map's frame for which the sizes of the screen are right."""
HALO: Final = "0 0 2px #ffffff, 0 0 2px #ffffff, 0 0 3px #ffffff"
"""A light edge around names, so that they are read on any colour."""
LEAST: Final = 0.62
SIDES: Final = (
    "top center",
    "middle right",
    "bottom center",
    "middle left",
    "top right",
    "bottom right",
    "top left",
    "bottom left",
)


def placed(
    traces: list[dict[str, Any]], bounds: Bounds, size: tuple[float, float]
) -> list[dict[str, Any]]:
    """Return the traces with names and points scaled to the map, and sides chosen for the names.

    Parameters
    ----------
    traces
        Those of a `geo` map; later ones are drawn above earlier ones and named first.
    bounds, size
        What the map shows, in degrees, and its width and height in pixels.
    """
    factor = max(LEAST, min(1.0, size[0] / USUAL, size[1] / USUAL))
    scaled = [_scaled(trace, factor) for trace in traces]
    at = projection(bounds, size)
    named = [t for t in scaled if t["type"] == "scattergeo" and "text" in str(t.get("mode"))]
    taken = [box for trace in named for box in _points(trace, at)]
    for trace in sorted(named, key=_importance):
        trace["textposition"] = _sides(trace, at, taken)
    return scaled


def projection(
    bounds: Bounds, size: tuple[float, float]
) -> Callable[[float, float], tuple[float, float]]:
    """Return what turns longitude and latitude into pixels from the map's top left corner."""
    west, south, east, north = bounds
    across, top = size[0] / math.radians(east - west), mercator(north)
    down = size[1] / (top - mercator(south))
    return lambda lon, lat: (math.radians(lon - west) * across, (top - mercator(lat)) * down)


def _importance(trace: Mapping[str, Any]) -> float:
    """Sort large type first; names without a point of their own cannot move."""
    fixed = trace["marker"].get("opacity") == 0
    return -math.inf if fixed else -float(trace["textfont"]["size"])


def _scaled(trace: dict[str, Any], factor: float) -> dict[str, Any]:
    if not trace["type"].startswith("scatter"):
        return dict(trace)
    made = dict(trace)
    for part in ("marker", "textfont"):
        if part in made and "size" in made[part]:
            size = made[part]["size"]
            smaller = [one * factor for one in size] if isinstance(size, list) else size * factor
            made[part] = {**made[part], "size": smaller}
    if "textfont" in made:
        font = made["textfont"]
        made["textfont"] = {**font, "size": max(font["size"], LEAST_TYPE), "shadow": HALO}
    return made


def _points(
    trace: Mapping[str, Any], at: Callable[[float, float], tuple[float, float]]
) -> list[Box]:
    size = trace["marker"].get("size", 0)
    if trace["marker"].get("opacity") == 0 or isinstance(size, list):
        return []
    spots = (at(lon, lat) for lon, lat in zip(trace["lon"], trace["lat"], strict=True))
    return [around(spot, size / 2) for spot in spots]


def _sides(
    trace: Mapping[str, Any], at: Callable[[float, float], tuple[float, float]], taken: list[Box]
) -> list[str]:
    """Choose for each name the side that covers least of what is taken, its usual side first."""
    usual = str(trace.get("textposition", SIDES[0]))
    sides = [usual, *(side for side in SIDES if side != usual)]
    if trace["marker"].get("opacity") == 0:
        sides = [usual]
    asked = []
    for lon, lat, words in zip(trace["lon"], trace["lat"], trace["text"], strict=True):
        size = float(trace["textfont"]["size"])
        wide, tall = width_of(html.unescape(words), size), size * 1.1
        spot, gap = at(lon, lat), float(trace["marker"].get("size", 0)) / 2 + 2
        asked.append(Wanted([_box(spot, side, (wide, tall), gap) for side in sides]))
    places = [place or 0 for place in chosen(asked, taken)]
    taken += [one.boxes[place] for one, place in zip(asked, places, strict=True)]
    return [sides[place] for place in places]


def _box(spot: tuple[float, float], side: str, size: tuple[float, float], gap: float) -> Box:
    """Return where a name stands, as Plotly sets it."""
    (x, y), (wide, tall) = spot, size
    down, across = side.split(" ")
    left = {"left": x - wide - gap, "right": x + gap}.get(across, x - wide / 2)
    if down != "middle" and across != "center":
        left += -gap / 2 if across == "right" else gap / 2
    top = {"top": y - tall - gap, "bottom": y + gap}.get(down, y - tall / 2)
    return left, top, left + wide, top + tall
