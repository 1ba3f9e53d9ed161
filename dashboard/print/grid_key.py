"""The key of two measures on paper: a square of classes with the limits and names of both."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dashboard.lettering import width_of
from dashboard.wrap import LINE, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.record import Grid
    from dashboard.print.pen import Pen

TYPE: Final = 11.0
LOW, HIGH = 44.0, 22.0
"""Pixels of a cell: the least width, and the height."""
GAP: Final = 6.0
"""Pixels around the words beside the cells."""
SPARE: Final = 1.04
"""What is kept free around words, since widths are estimates."""
PARTS: Final = re.compile(r"(?<=[–/]) ")
"""Where a limit below a narrow cell may be broken: behind its dash, and between languages."""


@dataclass(frozen=True, slots=True)
class GridKey:
    """A grid laid out for a width of so many pixels."""

    grid: Grid
    width: float

    @property
    def _cell(self) -> float:
        """Return the width of a cell: its limits stand below it on a line, where that has room."""
        most = (self.width - self._beside) / len(self.grid.ranges[1])
        return max(self._narrow, min(self._wide, most))

    @property
    def _wide(self) -> float:
        return max(LOW, *map(_room, self.grid.ranges[1]))

    @property
    def _narrow(self) -> float:
        parts = (part for words in self.grid.ranges[1] for part in PARTS.split(words))
        return max(LOW, *map(_room, parts))

    @property
    def _beside(self) -> float:
        return max(map(_room, self.grid.ranges[0]))

    @property
    def usual(self) -> float:
        """Return the pixels across of cells and the words beside them, limits on one line."""
        return len(self.grid.ranges[1]) * self._wide + self._beside

    @property
    def least(self) -> float:
        """Return those where limits are broken, which it takes in any case."""
        return len(self.grid.ranges[1]) * self._narrow + self._beside

    def _axes(self) -> tuple[list[str], list[str]]:
        up, across = self.grid.axes
        return lines(f"↑ {up}", self.width, TYPE), lines(f"→ {across}", self.width, TYPE)

    def _limits(self) -> list[list[str]]:
        """Return the lines below each cell."""
        return [lines(words, self._cell - GAP, TYPE) for words in self.grid.ranges[1]]

    @property
    def height(self) -> float:
        """Return the pixels it takes."""
        above, below = self._axes()
        words = (len(above) + len(below) + max(map(len, self._limits()))) * TYPE * LINE
        return words + len(self.grid.ranges[0]) * HIGH + 3 * GAP

    def write(self, pen: Pen, at: tuple[float, float]) -> None:
        """Draw it with its top left corner at a point."""
        (x, y), (above, below) = at, self._axes()
        y += pen.words((x, y), above, TYPE) + GAP / 2
        edge = {"color": pen.ink.muted, "width": 0.5}
        for words, cells in self.grid.rows():
            for place, (colour, count) in enumerate(cells):
                left = x + place * self._cell
                pen.box((left, y), (self._cell, HIGH), fillcolor=colour, line=edge)
                self._count(pen, (left, y), str(count))
            beside = (x + len(cells) * self._cell + GAP, y + HIGH / 2)
            pen.words(beside, [words], TYPE, middle=True)
            y += HIGH
        limits = self._limits()
        for place, broken in enumerate(limits):
            room = (self._cell - max(width_of(one, TYPE) for one in broken)) / 2
            pen.words((x + place * self._cell + room, y + GAP / 2), broken, TYPE)
        pen.words((x, y + GAP / 2 + max(map(len, limits)) * TYPE * LINE), below, TYPE)

    def _count(self, pen: Pen, corner: tuple[float, float], count: str) -> None:
        """Write how many places a class has on a ground of paper, so that it is read on any."""
        wide, high = width_of(count, TYPE) + GAP, TYPE * LINE
        left, top = corner[0] + (self._cell - wide) / 2, corner[1] + (HIGH - high) / 2
        pen.box((left, top), (wide, high), fillcolor=pen.ink.paper, line={"width": 0})
        pen.words((left + GAP / 2, corner[1] + HIGH / 2), [count], TYPE, middle=True)


def _room(words: str) -> float:
    """Return the pixels that words take with those around them."""
    return width_of(words, TYPE) * SPARE + GAP


def both_grids(same: Sequence[Grid]) -> Grid:
    """Return one grid for all languages; equal words stand once."""

    def joined(words: Sequence[str]) -> str:
        return " / ".join(dict.fromkeys(words))

    up, across = (joined(one) for one in zip(*(grid.axes for grid in same), strict=True))
    rows, columns = (
        tuple(map(joined, zip(*(grid.ranges[axis] for grid in same), strict=True)))
        for axis in (0, 1)
    )
    return replace(same[0], axes=(up, across), ranges=(rows, columns))
