"""Arcs on the map: curved lines between points, their width by class, a handle to point at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from dashboard.labels import Wanted, around, chosen
from dashboard.lettering import plain
from dashboard.map.figure import CLASSES, Point, Renderer
from dashboard.map.names import Style
from dashboard.map.room import SHEET, pixels, place_at
from dashboard.palette import INK, Ink, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.labels import Box

WIDTHS: Final = (1.0, 1.9, 3.2, 5.0, 7.4)
"""Pixels of a line by class, the weakest first."""
LOOSE: Final = 1.1
"""Pixels of a dashed line, whose width says nothing."""
BEND: Final = 0.16
"""How far an arc swings out, as part of its length: to the left of its direction."""
STEPS: Final = 24
HELD, TIP = 14, 20
"""Steps of a curve at which its handle and its arrow stand."""
OFF: Final = (2, 6, 11, 18, 26, 40)
"""Pixels between a curve and the figure beside it, the best first."""
AT: Final = (HELD, 11, 17, 9, 19, 7, 21)
"""Steps of a curve beside which its figure may stand, the best first."""
BETWEEN: Final = " · "
"""What stands between a figure and its year."""
FIGURE: Final = Style(1, 13, bold=True)
"""How figures are written."""
APART: Final = 1.0
"""Pixels kept free around a figure."""
BARB: Final = 0.11
"""Degrees of latitude that the barbs of an arrow reach back."""
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


def beside(points: Sequence[Point], step: int, off: float, size: Point) -> Box:
    """Return where a box of a size stands so many pixels off a curve.

    It is on the side to which the curve swings out, and on the other where `off` is negative.
    """
    (x, y), (wide, tall) = pixels(*points[step]), size
    before, after = pixels(*points[step - 1]), pixels(*points[step + 1])
    right, down = after[0] - before[0], after[1] - before[1]
    length = math.hypot(right, down) or 1.0
    across, along = down / length, -right / length
    far = math.copysign(abs(across) * wide / 2 + abs(along) * tall / 2 + abs(off), off)
    x, y = x + far * across, y + far * along
    return x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2


def dashed(points: Sequence[Point]) -> Line:
    """Return every other stretch of a line: MapLibre traces know no dashes of their own."""
    line: Line = []
    for one, other in zip(points[::2], points[1::2], strict=False):
        line += [one, other, (None, None)]
    return line


def arc_traces(
    arcs: Sequence[Arc], renderer: Renderer, theme: Theme, taken: Sequence[Box] = ()
) -> list[dict[str, Any]]:
    """Draw arcs between places; `taken` are names that their figures had better not cover.

    Returns
    -------
    list of dict
        One trace for dashed lines and one for the lines of each class of width, figures beside the
        arcs, and last the handles that answer to the pointer; what is empty is left out.
    """
    ink = INK[theme]
    kind = CLASSES[renderer][1]
    loose = [at for arc in arcs if arc.rank is None for at in dashed(curve(arc.start, arc.end))]
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
    if any(arc.label for arc in arcs):
        traces.append(_labels(kind, arcs, ink, taken))
    return [*traces, _handles(kind, arcs, ink)] if arcs else traces


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


def _stands(arc: Arc) -> list[tuple[str, Box]]:
    """Return how the figure of an arc may be written and stand, the best first."""
    points = curve(arc.start, arc.end)
    found = []
    for off, side, lines in product(OFF, (1, -1), ([arc.label], arc.label.split(BETWEEN))):
        wide, tall = FIGURE.size(lines)
        size = wide + 2 * APART, tall + 2 * APART
        words = "<br>".join(map(plain, lines))
        found += [(words, beside(points, step, side * off, size)) for step in AT]
    return found


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


def _labels(kind: str, arcs: Sequence[Arc], ink: Ink, taken: Sequence[Box]) -> dict[str, Any]:
    """Write figures beside their arcs, as near as they stand clear of all names and arcs.

    MapLibre draws no text without a marker under it, here an unseen one.
    """
    tried = [_stands(arc) for arc in arcs if arc.label]
    wanted = [Wanted([box for _, box in own]) for own in tried]
    lines = [
        around(pixels(*at), WIDTHS[0]) for arc in arcs for at in curve(arc.start, arc.end)[::2]
    ]
    held = chosen(wanted, [*taken, *lines], SHEET)
    set_ = [own[at or 0] for own, at in zip(tried, held, strict=True)]
    spots = [place_at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for _, box in set_]
    return {
        "type": kind,
        "mode": "markers+text",
        "marker": {"size": 1, "color": ink.arc, "opacity": 0},
        "lon": [round(spot[0], 3) for spot in spots],
        "lat": [round(spot[1], 3) for spot in spots],
        "text": [words for words, _ in set_],
        "textposition": "middle center",
        "textfont": FIGURE.font | {"color": ink.label},
        "hoverinfo": "skip",
        "showlegend": False,
    }
