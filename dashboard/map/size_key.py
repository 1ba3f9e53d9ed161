"""The circles of a legend of sizes: nested, on one ground line, each with its value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

EDGE: Final = 1.0
"""Pixels around the largest circle."""
LEADER: Final = 10.0
"""Pixels of the line from a circle to its value."""
APART: Final = 13.0
"""Pixels between the values."""


@dataclass(frozen=True, slots=True)
class Nested:
    """One circle of the legend in pixels from the top left corner.

    `top` is its upper end, where a line leads to its value at height `word`.
    """

    centre: tuple[float, float]
    radius: float
    top: float
    word: float
    written: str


def nested(circles: Sequence[tuple[str, float]]) -> tuple[list[Nested], float, float]:
    """Place circles with their values, given as words and diameters, the largest first.

    Returns
    -------
    tuple
        The circles, where the values begin from the left, and the height of all.
    """
    if not circles:
        return [], 0.0, 0.0
    largest = circles[0][1]
    ground = max(largest, APART * len(circles)) + EDGE
    heights: list[float] = []
    for _, size in reversed(circles):
        lowest = heights[-1] - APART if heights else ground - APART / 2
        heights.append(min(ground - size, lowest))
    middle = EDGE + largest / 2
    placed = [
        Nested((middle, ground - size / 2), size / 2, ground - size, height, written)
        for (written, size), height in zip(circles, reversed(heights), strict=True)
    ]
    # The highest value may stand above the largest circle.
    up = min(0.0, min(one.word for one in placed) - APART / 2)
    moved = [
        Nested(
            (one.centre[0], one.centre[1] - up),
            one.radius,
            one.top - up,
            one.word - up,
            one.written,
        )
        for one in placed
    ]
    return moved, middle + largest / 2 + LEADER, ground - up + EDGE


def picture(circles: Sequence[tuple[str, float]], fill: str, ink: tuple[str, str]) -> str:
    """Draw nested circles as SVG; `ink` are the colours of lines and of words."""
    placed, left, height = nested(circles)
    line, words = ink
    width = left + 4 + max((7.0 * len(one.written) for one in placed), default=0)
    parts = [
        f'<circle cx="{one.centre[0]:.1f}" cy="{one.centre[1]:.1f}" r="{one.radius:.1f}" '
        f'fill="{fill}" fill-opacity="0.35" stroke="{line}" stroke-width="0.8"/>'
        f'<path d="M{one.centre[0]:.1f} {one.top:.1f} L{left - 3:.1f} {one.word:.1f}" '
        f'stroke="{line}" stroke-width="0.6" fill="none"/>'
        f'<text x="{left:.1f}" y="{one.word + 4:.1f}" font-size="11" font-family="sans-serif" '
        f'fill="{words}">{one.written}</text>'
        for one in placed
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}">'
        f"{''.join(parts)}</svg>"
    )
