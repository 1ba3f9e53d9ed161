"""Where a box fits within an area: the area is known by its stretches along parallels."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geodata.records import PARALLELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.labels import Box
    from geodata.records import Strip

    Point = tuple[float, float]
    Span = tuple[float, float]

SHEET: Final = (390.0, 520.0)
"""Pixels of the smallest map that is first shown, a phone's."""
SCALE, WEST, NORTH = 54.6, 113.09, 47.65
"""Pixels of a degree of longitude there; its left edge, and its upper one as Mercator has it."""


def pixels(lon: float, lat: float) -> Point:
    """Return pixels from the left and the upper edge of the smallest map."""
    north = math.degrees(math.asinh(math.tan(math.radians(lat))))
    return (lon - WEST) * SCALE, (NORTH - north) * SCALE


def place_at(right: float, down: float) -> Point:
    """Return longitude and latitude of a pixel of the smallest map."""
    north = math.radians(NORTH - down / SCALE)
    return right / SCALE + WEST, math.degrees(math.atan(math.sinh(north)))


def _parallel(down: float) -> int:
    """Return the number of the parallel that is nearest to so many pixels below the upper edge."""
    return round(place_at(0, down)[1] * PARALLELS)


class Room:
    """An area by the numbers of its parallels.

    Parameters
    ----------
    strips
        Its stretches along parallels.
    others
        Areas that are not part of it.
    """

    def __init__(self, strips: Iterable[Strip], others: Iterable[Room] = ()) -> None:
        self.rows: dict[int, list[Span]] = defaultdict(list)
        for number, west, east in strips:
            self.rows[number].append((pixels(west, 0)[0], pixels(east, 0)[0]))
        for other in others:
            for number, spans in other.rows.items():
                if number in self.rows:
                    self.rows[number] = less(self.rows[number], spans)

    def places(
        self, size: Point, taken: Sequence[Box], aim: Point, apart: Point = (0, 0)
    ) -> list[Point]:
        """Return where a box lies inside and covers nothing, the place nearest to `aim` first.

        Parameters
        ----------
        size
            Width and height of the box in pixels.
        taken
            What it does not cover, in pixels.
        aim
            Longitude and latitude.
        apart
            Pixels that it keeps beside, and above and below, from what it does not cover.

        Returns
        -------
        list
            Longitude and latitude of its middle: the nearest and the ends of each free stretch of
            each parallel.
        """
        x, y = pixels(*aim)
        beside, over = apart
        kept = [(a - beside, b - over, c + beside, d + over) for a, b, c, d in taken]
        found = []
        for number in self.rows:
            lat = number / PARALLELS
            down = pixels(0, lat)[1]
            for start, end in self._free(number, size, kept):
                for across in {min(max(x, start), end), start, end}:
                    far = math.hypot(across - x, down - y)
                    found.append((far, (across / SCALE + WEST, lat)))
        return [place for _, place in sorted(found)]

    def share(self, box: Box) -> float:
        """Return how much of a box lies within the area."""
        left, top, right, bottom = box
        rows = range(_parallel(bottom), _parallel(top) + 1)
        inside = shared([(left, right)], [span for one in rows for span in self.rows.get(one, ())])
        return sum(end - start for start, end in inside) / (right - left) / len(rows)

    def _free(self, number: int, size: Point, taken: Sequence[Box]) -> list[Span]:
        """Return from where to where the middle of a box may stand on a parallel."""
        (wide, tall), (_, down) = size, pixels(0, number / PARALLELS)
        step = down - pixels(0, (number + 1) / PARALLELS)[1]
        reach = math.ceil(tall / 2 / step)
        free = [(-math.inf, math.inf)]
        for one in range(number - reach, number + reach + 1):
            inner = [(w + wide / 2, e - wide / 2) for w, e in self.rows.get(one, ())]
            free = shared(free, [span for span in inner if span[0] <= span[1]])
        barred = [
            (left - wide / 2, right + wide / 2)
            for left, top, right, bottom in taken
            if top < down + tall / 2 and bottom > down - tall / 2
        ]
        return less(free, barred)


def shared(some: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Return the spans that lie in both."""
    both = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return [(start, end) for start, end in both if start <= end]


def less(some: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Return what is left of the spans without others."""
    left = list(some)
    for start, end in others:
        left = [
            part
            for a, b in left
            for part in ([(a, b)] if end <= a or b <= start else [(a, start), (end, b)])
            if part[0] <= part[1]
        ]
    return left
