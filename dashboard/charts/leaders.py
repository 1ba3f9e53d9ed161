"""Names beside points that are all set: a name without room beside its point gets a leader."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from dashboard.labels import Box, Wanted, around, chosen
from dashboard.lettering import plain, width_of
from dashboard.palette import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.palette import Theme

LINE: Final = 16
"""Pixels of a line of type at 11 pixels."""
TYPE: Final = 11
DOT: Final = 6
"""Half the box that a point keeps free of names."""
REACH: Final = (9, 17, 27, 39, 53, 69, 87, 107)
"""How far a name's nearest edge may stand from its point, the nearest first."""
SIDES: Final = ((1, 0), (0, -1), (0, 1), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))
"""Directions in order of liking: right, above, below, left, and the corners."""
PLACES: Final = tuple(product(REACH, SIDES))
LED: Final = 14
"""From this distance on a thin line leads from the point to its name."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plot:
    """The plot within its margins: the spans of both axes, and its width and height in pixels."""

    x: tuple[float, float]
    y: tuple[float, float]
    size: tuple[float, float]

    def pixel(self, point: Point) -> Point:
        """Return where a point lies, from the upper left corner."""
        right = (point[0] - self.x[0]) / (self.x[1] - self.x[0])
        down = (self.y[1] - point[1]) / (self.y[1] - self.y[0])
        return right * self.size[0], down * self.size[1]


def offsets(
    points: Sequence[Point], names: Sequence[str], size: tuple[float, float]
) -> list[tuple[float, float, float]]:
    """Place every name, in the order given, where it covers least.

    Parameters
    ----------
    points
        Pixels from the upper left corner of the plot.
    names
        The names of the first points; the others only keep their own place free.
    size
        Width and height of the plot in pixels.

    Returns
    -------
    list of tuple
        How far the middle of each name lies right of and below its point, and its reach.
    """
    wide = [width_of(name, TYPE) for name in names]
    asked = [
        Wanted([_at(point, width, side, reach) for reach, side in PLACES])
        for point, width in zip(points, wide, strict=False)
    ]
    places = chosen(asked, (around(point, DOT) for point in points), size)
    found = []
    for point, one, place in zip(points, asked, places, strict=False):
        at = place or 0
        left, top, right, bottom = one.boxes[at]
        middle = ((left + right) / 2 - point[0], (top + bottom) / 2 - point[1])
        found.append((round(middle[0], 1), round(middle[1], 1), float(PLACES[at][0])))
    return found


def named(
    points: Sequence[Point], names: Sequence[str], plot: Plot, theme: Theme
) -> list[dict[str, Any]]:
    """Return the names of the first points, in the units of the axes, as annotations."""
    ink = INK[theme]
    pixels = [plot.pixel(point) for point in points]
    return [
        {
            "x": round(x, 4),
            "y": round(y, 4),
            "ax": right,
            "ay": down,
            "text": plain(name),
            "font": {"size": TYPE, "color": ink.text},
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 0.7,
            "standoff": 4,
            "arrowcolor": ink.muted if reach > LED else "rgba(0,0,0,0)",
            "borderpad": 0,
        }
        for (x, y), name, (right, down, reach) in zip(
            points, names, offsets(pixels, names, plot.size), strict=False
        )
    ]


def _at(point: Point, wide: float, side: tuple[int, int], reach: float) -> Box:
    """Return the box of a name on one side of a point; on corners it slides along the edge."""
    across, down = side
    corner = 0.72 if across and down else 1.0
    x = point[0] + across * (reach * corner + wide / 2)
    y = point[1] + down * (reach * corner + LINE / 2)
    return x - wide / 2, y - LINE / 2, x + wide / 2, y + LINE / 2
