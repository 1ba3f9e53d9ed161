"""Tables of reports: columns as wide as their words ask, and rows that fit on a slide."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from dashboard.lettering import width_of
from dashboard.print.paper import PER_MM
from dashboard.wrap import LINE, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Row = tuple[str, ...]

POINT: Final = 96 / 72
"""CSS pixels in a point."""
INSIDE: Final = (5.2, 2.6)
"""Millimetres that a cell's margins take across and down, as Office sets them."""


def columns(rows: Sequence[Row], room: float) -> list[float]:
    """Share a width among columns by the root of their longest words.

    A column of long remarks so gets more than one of numbers, but leaves those enough.
    """
    roots = [
        math.sqrt(max(width_of(words) for words in column)) for column in zip(*rows, strict=True)
    ]
    return [room * root / sum(roots) for root in roots]


def tall(row: Row, across: Sequence[float], size: float) -> float:
    """Return about how many millimetres a row takes in columns of so many, in type of `size` pt."""
    pixels = size * POINT
    most = max(
        len(lines(words, (width - INSIDE[0]) * PER_MM, pixels))
        for words, width in zip(row, across, strict=True)
    )
    return max(most, 1) * pixels * LINE / PER_MM + INSIDE[1]


def parts(
    rows: Sequence[Row], across: Sequence[float], size: float, most: float
) -> Iterator[list[Row]]:
    """Yield the rows in tables no taller than `most` millimetres, each beginning with the head."""
    head, *others = rows
    start = tall(head, across, size)
    part, used = [head], start
    for row in others:
        height = tall(row, across, size)
        if len(part) > 1 and used + height > most:
            yield part
            part, used = [head], start
        part.append(row)
        used += height
    yield part
