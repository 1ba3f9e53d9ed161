"""Names on a printed map: sized for the sheet, each where it meets no other and nothing cuts it."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any, Final

from dashboard.labels import Box, Wanted, around, chosen, overlap
from dashboard.lettering import halo, width_of
from dashboard.palette import INK
from dashboard.print.cartography import latitude_of, mercator
from dashboard.print.floors import LEAST_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dashboard.map.figure import Bounds

    Spot = tuple[float, float]
    Projection = Callable[[float, float], Spot]

USUAL: Final = 520.0
"""Pixels of a map's frame for which the sizes of the screen are right."""
HALO: Final = halo(INK["light"].paper)
"""A light edge around names, so that they are read on any colour."""
LEAST: Final = 0.62
LINE: Final = 1.15
"""Height of a name in parts of its size."""
BOLD: Final = 1.06
"""How much wider bold type is."""
APART: Final = 0.3
"""Parts of the type's size between two names on one line, so that they are not read as one."""
GAPS: Final = (2.0, 7.0)
"""Pixels that a name may stand away from its dot."""
SIDES: Final = ((0, -1), (1, 0), (0, 1), (-1, 0), (1, -1), (1, 1), (-1, 1), (-1, -1))
"""Where a name may stand about its dot, across and down, the best first."""
SHIFTS: Final = (0, -1, 1, -2, 2, -3, 3)
"""Lines that the name of an area may stand above or below its place."""


def placed(
    traces: list[dict[str, Any]],
    bounds: Bounds,
    size: tuple[float, float],
    kept_free: Sequence[Box] = (),
) -> list[dict[str, Any]]:
    """Return the traces scaled to the map, their names in traces of their own, each in its place.

    A name that would meet another, leave the frame or cover what is kept free wherever it may
    stand is left out, its dot is not.

    Parameters
    ----------
    traces
        Those of a `geo` map; names of large type are set first, those of areas after all of dots.
    bounds, size
        What the map shows, in degrees, and its width and height in pixels.
    kept_free
        Boxes of the map that no name may cover, such as the scale bar's.
    """
    factor = max(LEAST, min(1.0, size[0] / USUAL, size[1] / USUAL))
    scaled = [_scaled(trace, factor) for trace in traces]
    at = projection(bounds, size)
    named = [t for t in scaled if t["type"] == "scattergeo" and "text" in str(t.get("mode"))]
    taken = [*kept_free, *(box for trace in named for box in _points(trace, at))]
    names = []
    for trace in sorted(named, key=_importance):
        names.append(_set(trace, bounds, size, (kept_free, taken)))
        trace["mode"] = "markers"
    kept = [trace for trace in scaled if trace.get("mode") != "markers" or _has_dots(trace)]
    return [*kept, *reversed(names)]


def projection(bounds: Bounds, size: tuple[float, float]) -> Projection:
    """Return what turns longitude and latitude into pixels from the map's top left corner."""
    west, south, east, north = bounds
    across, top = size[0] / math.radians(east - west), mercator(north)
    down = size[1] / (top - mercator(south))
    return lambda lon, lat: (math.radians(lon - west) * across, (top - mercator(lat)) * down)


def place_of(bounds: Bounds, size: tuple[float, float], spot: Spot) -> Spot:
    """Return longitude and latitude of pixels from the map's top left corner."""
    west, south, east, north = bounds
    top, low = mercator(north), mercator(south)
    lon = west + (east - west) * spot[0] / size[0]
    return lon, latitude_of(top - (top - low) * spot[1] / size[1])


def _importance(trace: Mapping[str, Any]) -> tuple[int, float]:
    """Sort names of great places first, then of others by their type, of circles, of counties."""
    size = -float(trace["textfont"]["size"])
    if _has_dots(trace):
        return (0 if trace["textfont"].get("weight") else 1), size
    return (2 if "marker" in trace else 3), size


def _has_dots(trace: Mapping[str, Any]) -> bool:
    return "marker" in trace and trace["marker"].get("opacity") != 0


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


def _points(trace: Mapping[str, Any], at: Projection) -> list[Box]:
    size = trace.get("marker", {}).get("size", 0)
    if not _has_dots(trace) or isinstance(size, list):
        return []
    spots = (at(lon, lat) for lon, lat in zip(trace["lon"], trace["lat"], strict=True))
    return [around(spot, size / 2) for spot in spots]


def _set(
    trace: Mapping[str, Any],
    bounds: Bounds,
    size: tuple[float, float],
    met: tuple[Sequence[Box], list[Box]],
) -> dict[str, Any]:
    """Return the names of a trace in their places; what they take is added to the second of `met`.

    The first of `met` is what no name may cover at all.
    """
    kept_free, taken = met
    at, asked, said = projection(bounds, size), [], []
    for lon, lat, words in zip(trace["lon"], trace["lat"], trace["text"], strict=True):
        spot = at(lon, lat)
        boxes = [
            box
            for box in (
                _beside(trace, spot, words) if _has_dots(trace) else _over(trace, spot, words)
            )
            if _within(box, size) and not any(overlap(box, other) for other in kept_free)
        ]
        if boxes and _within((*spot, *spot), size):
            asked.append(Wanted(boxes, must=False))
            said.append(words)
    places = chosen(asked, taken)
    found = [
        (words, one.boxes[place])
        for words, one, place in zip(said, asked, places, strict=True)
        if place is not None
    ]
    taken += [box for _, box in found]
    middles = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for _, box in found]
    spots = [place_of(bounds, size, middle) for middle in middles]
    return {
        "type": trace["type"],
        "mode": "text",
        "lon": [lon for lon, _ in spots],
        "lat": [lat for _, lat in spots],
        "text": [words for words, _ in found],
        "textposition": "middle center",
        "textfont": _fonts(trace, [words for words, _ in found]),
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _fonts(trace: Mapping[str, Any], kept: Sequence[str]) -> dict[str, Any]:
    """Return the type of the names that are kept; of circles each has its colour."""
    font = dict(trace["textfont"])
    if isinstance(font.get("color"), list):
        colours = dict(zip(trace["text"], font["color"], strict=True))
        font["color"] = [colours[words] for words in kept]
    return font


def _measured(trace: Mapping[str, Any], words: str) -> tuple[float, float]:
    size = float(trace["textfont"]["size"])
    lines = html.unescape(words).split("<br>")
    wide = max(width_of(line, size) for line in lines)
    bold = BOLD if trace["textfont"].get("weight") else 1
    return wide * bold + APART * size, size * LINE * len(lines)


def _beside(trace: Mapping[str, Any], spot: Spot, words: str) -> Iterator[Box]:
    """Yield where the name of a dot may stand, close to it first."""
    (x, y), (wide, tall) = spot, _measured(trace, words)
    for gap in GAPS:
        clear = float(trace["marker"].get("size", 0)) / 2 + gap
        for across, down in SIDES:
            reach = clear * (0.7 if across and down else 1)
            middle = x + across * (wide / 2 + reach), y + down * (tall / 2 + reach)
            yield _about(middle, wide, tall)


def _over(trace: Mapping[str, Any], spot: Spot, words: str) -> Iterator[Box]:
    """Yield where the name of an area may stand: in its place, or not far from it."""
    (x, y), (wide, tall) = spot, _measured(trace, words)
    line = tall if "marker" in trace else tall / 2
    for down in SHIFTS:
        for across in (0, -0.3, 0.3):
            yield _about((x + across * wide, y + down * line), wide, tall)


def _about(middle: Spot, wide: float, tall: float) -> Box:
    x, y = middle
    return x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2


def _within(box: Box, size: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
