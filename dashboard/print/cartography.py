"""What makes a map of a picture: bounds that fill the sheet, a scale bar, a north arrow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from dashboard.lettering import width_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.labels import Box
    from dashboard.map.figure import Bounds
    from dashboard.print.pen import Pen

EARTH_KM: Final = 6371.0088
"""Mean radius of the Earth."""
BAR: Final = (0.12, 0.24)
"""Least and greatest part of the map's width that a scale bar takes."""
TYPE: Final = 11
"""Pixels of type at the scale bar and the north arrow."""
SCALE_WORDS: Final = 62
"""Pixels that the words below the bar take at most."""
ROUND: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)
"""Kilometres that a scale bar may show."""


def mercator(latitude: float) -> float:
    """Return the northing of a latitude in degrees, in radians of longitude."""
    return math.asinh(math.tan(math.radians(latitude)))


def latitude_of(northing: float) -> float:
    """Return the latitude in degrees of a northing; the inverse of `mercator`."""
    return math.degrees(math.atan(math.sinh(northing)))


def bounds_of(figure: Mapping[str, Any]) -> Bounds:
    """Return what a `geo` map shows: west, south, east, north."""
    geo = figure["layout"]["geo"]
    (west, east), (south, north) = geo["lonaxis"]["range"], geo["lataxis"]["range"]
    return west, south, east, north


def shape(bounds: Bounds) -> float:
    """Return height over width of an area as Mercator draws it."""
    west, south, east, north = bounds
    return (mercator(north) - mercator(south)) / math.radians(east - west)


def filled(bounds: Bounds, width: float, height: float) -> Bounds:
    """Widen bounds (west, south, east, north) so that they fill `width` × `height` pixels."""
    west, south, east, north = bounds
    low, high = mercator(south), mercator(north)
    across, up = math.radians(east - west), high - low
    if across / up < width / height:
        more = math.degrees(up * width / height - across) / 2
        return west - more, south, east + more, north
    more = (across * height / width - up) / 2
    return west, latitude_of(low - more), east, latitude_of(high + more)


def km_per_pixel(bounds: Bounds, width: float) -> float:
    """Return the kilometres of a pixel at the middle latitude, as Mercator stretches it."""
    west, south, east, north = bounds
    middle = latitude_of((mercator(south) + mercator(north)) / 2)
    return EARTH_KM * math.cos(math.radians(middle)) * math.radians(east - west) / width


def bar_km(bounds: Bounds, width: float) -> int:
    """Return the round number of kilometres that a scale bar shows."""
    most = BAR[1] * width * km_per_pixel(bounds, width)
    return max((km for km in ROUND if km <= most), default=ROUND[0])


def furniture(bounds: Bounds, size: tuple[float, float]) -> Box:
    """Return the box that scale bar and north arrow take on a map of so many pixels."""
    width, height = size
    length = bar_km(bounds, width) / km_per_pixel(bounds, width)
    left = width - 10 - max(length, SCALE_WORDS) - 4
    return left, height - 22 - 60 - 17, width - 2, height - 2


def draw(pen: Pen, bounds: Bounds, frame: tuple[float, float, float, float], at: str) -> None:
    """Draw scale bar and north arrow into the lower right corner of `frame` (x, y, w, h).

    `at` says for which latitude the scale holds, with a gap `{latitude}`: along a Mercator map it
    changes by some per cent.
    """
    x, y, width, height = frame
    right, bottom = x + width - 10, y + height - 22
    box = furniture(bounds, (width, height))
    size = (box[2] - box[0], box[3] - box[1])
    pen.box(
        (x + box[0], y + box[1]), size, fillcolor=pen.ink.paper, opacity=0.85, line={"width": 0}
    )
    _bar(pen, bounds, (right, bottom, width), at)
    _arrow(pen, (right - 8, bottom - 60))


STRIP: Final = 42
"""Pixels that `draw_below` takes."""


def draw_below(pen: Pen, bounds: Bounds, frame: tuple[float, float, float, float], at: str) -> None:
    """Draw scale bar and north arrow below a small map, where they cover none of it."""
    x, y, width, height = frame
    right, bottom = x + width, y + height + STRIP - 18
    length = _bar(pen, bounds, (right, bottom, width), at)
    _arrow(pen, (right - max(length, SCALE_WORDS) - 18, bottom - 6))


def _bar(pen: Pen, bounds: Bounds, at_width: tuple[float, float, float], at: str) -> float:
    """Draw the bar up to (right, bottom) for a map of a width; return its length in pixels."""
    right, bottom, width = at_width
    ink, km = pen.ink, bar_km(bounds, width)
    length = km / km_per_pixel(bounds, width)
    half = length / 2
    line = {"color": ink.text, "width": 0.8}
    pen.box((right - length, bottom - 4), (half, 4), fillcolor=ink.text, line=line)
    pen.box((right - half, bottom - 4), (half, 4), fillcolor=ink.paper, line=line)
    middle = latitude_of((mercator(bounds[1]) + mercator(bounds[3])) / 2)
    pen.words((right, bottom - 19), [f"{km} km"], TYPE, right=True)
    if length > width_of(f"0 {km} km", TYPE):
        pen.words((right - length, bottom - 19), ["0"], TYPE)
    pen.words((right, bottom + 3), [at.format(latitude=round(middle))], TYPE, right=True)
    return length


def _arrow(pen: Pen, tip: tuple[float, float]) -> None:
    """Draw the north arrow below its tip, with its letter above."""
    centre, top = tip
    pen.path(
        [(centre, top), (centre + 7, top + 22), (centre, top + 17), (centre - 7, top + 22)],
        pen.ink.text,
    )
    pen.words((centre + 4, top - 15), ["N"], TYPE, bold=True, right=True)
