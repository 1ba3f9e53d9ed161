"""Arcs on the map: curved lines between points, their width by class, a handle to point at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dashboard.lettering import FONT, plain
from dashboard.map.figure import CLASSES, Point, Renderer
from dashboard.palette import INK, Ink, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTHS: Final = (1.0, 1.9, 3.2, 5.0, 7.4)
"""Pixels of a line by class, the weakest first."""
LOOSE: Final = 1.1
"""Pixels of a dashed line, whose width says nothing."""
BEND: Final = 0.16
"""How far an arc swings out, as part of its length: to the left of its direction."""
STEPS: Final = 24
HELD, TIP = 14, 20
"""Steps of a curve at which its handle and its arrow stand."""
BARB: Final = 0.11
"""Degrees of latitude that the barbs of an arrow reach back."""
CLEAR: Final = 0.22
"""Degrees of latitude between a line and the figure beside it."""
WEST: Final = 114.0
"""Longitude at the left edge of the map: names of markers beyond it must read inwards."""
Line = list[tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class Arc:
    """One link: from where to where, how wide, and what it says.

    `rank` is the class of the width, None for a dashed line; `arrow` marks a flow with a
    direction; `target` is what a click on the handle selects.
    """

    start: Point
    end: Point
    rank: int | None
    hover: str
    label: str
    target: str
    arrow: bool


@dataclass(frozen=True, slots=True)
class Gathering:
    """An end of flows that is no city: its marker, and where the members of a group are."""

    at: Point
    name: str
    hover: str
    members: tuple[Point, ...]


def curve(start: Point, end: Point) -> list[Point]:
    """Return the points of a quadratic Bézier curve that leaves the straight line by `BEND`."""
    # A degree of longitude is shorter than one of latitude; without this arcs would lean.
    narrow = math.cos(math.radians((start[1] + end[1]) / 2))
    east, north = (end[0] - start[0]) * narrow, end[1] - start[1]
    middle = (
        (start[0] + end[0]) / 2 - 2 * BEND * north / narrow,
        (start[1] + end[1]) / 2 + 2 * BEND * east,
    )
    found = []
    for step in range(STEPS + 1):
        t = step / STEPS
        one, two, three = (1 - t) ** 2, 2 * t * (1 - t), t**2
        lon = one * start[0] + two * middle[0] + three * end[0]
        lat = one * start[1] + two * middle[1] + three * end[1]
        found.append((round(lon, 3), round(lat, 3)))
    return found


def barbs(points: Sequence[Point]) -> Line:
    """Return the two strokes of an arrow near the end of a curve."""
    tip, before = points[TIP], points[TIP - 1]
    narrow = math.cos(math.radians(tip[1]))
    angle = math.atan2(tip[1] - before[1], (tip[0] - before[0]) * narrow)
    strokes: Line = []
    for turn in (2.6, -2.6):
        lon = tip[0] + BARB * math.cos(angle + turn) / narrow
        lat = tip[1] + BARB * math.sin(angle + turn)
        strokes += [(round(lon, 3), round(lat, 3)), tip, (None, None)]
    return strokes


def beside(points: Sequence[Point]) -> Point:
    """Return a point off the middle of a curve, on the side to which it swings out."""
    (lon, lat), before, after = points[HELD], points[HELD - 1], points[HELD + 1]
    narrow = math.cos(math.radians(lat))
    east, north = (after[0] - before[0]) * narrow, after[1] - before[1]
    length = math.hypot(east, north) or 1.0
    return (
        round(lon - CLEAR * north / length / narrow, 3),
        round(lat + CLEAR * east / length, 3),
    )


def dashed(points: Sequence[Point]) -> Line:
    """Return every other stretch of a line: MapLibre traces know no dashes of their own."""
    line: Line = []
    for one, other in zip(points[::2], points[1::2], strict=False):
        line += [one, other, (None, None)]
    return line


def straight(start: Point, end: Point) -> list[Point]:
    """Return the points of a straight line, close enough to be dashed."""
    return [
        (
            round(start[0] + (end[0] - start[0]) * step / STEPS, 3),
            round(start[1] + (end[1] - start[1]) * step / STEPS, 3),
        )
        for step in range(STEPS + 1)
    ]


def arc_traces(
    arcs: Sequence[Arc], gatherings: Sequence[Gathering], renderer: Renderer, theme: Theme
) -> list[dict[str, Any]]:
    """Draw arcs, and dashed lines from the marker of a group to its members.

    Returns
    -------
    list of dict
        One trace of lines for each class of width, one for dashed lines, group markers, figures
        beside the arcs, and last the handles that answer to the pointer; what is empty is left
        out.
    """
    ink = INK[theme]
    kind = CLASSES[renderer][1]
    loose = _loose(arcs, gatherings)
    traces = [_line(kind, loose, LOOSE, ink)] if loose else []
    for rank, width in enumerate(WIDTHS):
        line: Line = []
        for arc in arcs:
            if arc.rank == rank:
                points = curve(arc.start, arc.end)
                line += [*points, (None, None)]
                line += barbs(points) if arc.arrow else []
        if line:
            traces.append(_line(kind, line, width, ink))
    for west in (True, False):
        beside = [g for g in gatherings if (g.at[0] < WEST) == west]
        if beside:
            traces.append(_markers(kind, beside, ink, "bottom right" if west else "bottom center"))
    if any(arc.label for arc in arcs):
        traces.append(_labels(kind, arcs, ink))
    return [*traces, _handles(kind, arcs, ink)] if arcs else traces


def _loose(arcs: Sequence[Arc], gatherings: Sequence[Gathering]) -> Line:
    """Return all dashes: arcs that are not to scale, and the ways to members of groups."""
    loose: Line = []
    for arc in arcs:
        if arc.rank is None:
            loose += dashed(curve(arc.start, arc.end))
    for gathering in gatherings:
        for member in gathering.members:
            loose += dashed(straight(gathering.at, member))
    return loose


def _line(kind: str, line: Line, width: float, ink: Ink) -> dict[str, Any]:
    return {
        "type": kind,
        "mode": "lines",
        "lon": [point[0] for point in line],
        "lat": [point[1] for point in line],
        "line": {"width": width, "color": ink.arc},
        "opacity": 0.85,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _handles(kind: str, arcs: Iterable[Arc], ink: Ink) -> dict[str, Any]:
    held = list(arcs)
    middle = [curve(arc.start, arc.end)[HELD] for arc in held]
    return {
        "type": kind,
        "mode": "markers",
        "lon": [point[0] for point in middle],
        "lat": [point[1] for point in middle],
        "marker": {"size": 8, "color": ink.arc},
        "customdata": [[arc.target] for arc in held],
        "hovertext": [arc.hover for arc in held],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }


def _labels(kind: str, arcs: Iterable[Arc], ink: Ink) -> dict[str, Any]:
    """Write the figures beside their arcs, on the outer side, so that no line cuts a digit.

    MapLibre draws no text without a marker under it, here an unseen one.
    """
    written = [arc for arc in arcs if arc.label]
    spots = [beside(curve(arc.start, arc.end)) for arc in written]
    return {
        "type": kind,
        "mode": "markers+text",
        "marker": {"size": 1, "color": ink.arc, "opacity": 0},
        "lon": [spot[0] for spot in spots],
        "lat": [spot[1] for spot in spots],
        "text": [plain(arc.label) for arc in written],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": ink.label, "family": FONT, "weight": 700},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _markers(kind: str, gatherings: Sequence[Gathering], ink: Ink, side: str) -> dict[str, Any]:
    return {
        "type": kind,
        "mode": "markers+text",
        "lon": [g.at[0] for g in gatherings],
        "lat": [g.at[1] for g in gatherings],
        "text": [plain(g.name) for g in gatherings],
        "textposition": side,
        "textfont": {"size": 12, "color": ink.arc, "family": FONT, "weight": 700},
        "marker": {"size": 13, "color": ink.arc, "opacity": 0.9},
        "hovertext": [g.hover for g in gatherings],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }
