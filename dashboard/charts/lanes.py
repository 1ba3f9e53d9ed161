"""Numbered points in rows: those that would cover one another stand on levels of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

DOT: Final = 17
"""Pixels across a point, wide enough for a number of two figures."""
STEP: Final = 18
"""Pixels from level to level."""
AROUND: Final = 12
"""Pixels of a row beyond its levels."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row, in pixels below the top of the first: its middle, its end, each point's height."""

    middle: float
    end: float
    heights: tuple[float, ...]


def lifted(positions: Sequence[float], near: float) -> list[int]:
    """Return a level (0, 1, −1, 2 …) for each position, so that none on one level are near."""
    levels: list[int] = []
    for at, position in enumerate(positions):
        taken = {levels[i] for i in range(at) if abs(positions[i] - position) < near}
        free = (level for n in range(len(positions)) for level in (n, -n) if level not in taken)
        levels.append(next(free))
    return levels


def lanes_of(rows: Sequence[Sequence[int]], least: float) -> list[Lane]:
    """Stack rows, each as high as its levels need and no lower than `least` pixels."""
    found: list[Lane] = []
    begin = 0.0
    for levels in rows:
        up, down = max([0, *levels]), min([0, *levels])
        high = max(least, STEP * (up - down + 1) + AROUND)
        middle = begin + high / 2 + STEP * (up + down) / 2
        heights = tuple(middle - STEP * level for level in levels)
        begin += high
        found.append(Lane(middle, begin, heights))
    return found
