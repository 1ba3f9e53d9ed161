"""Places names beside points: each where it covers nothing, or as little as can be.

Greedy point-feature labelling: the names are set in order of importance, each at the first of its
candidate positions that is free (Christensen, Marks & Shieber 1995, ACM Transactions on Graphics
14(3), 203-232, section 3.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels from the upper left."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name to set: the boxes where it may stand, the best first; left out unless it `must`."""

    boxes: Sequence[Box]
    must: bool = True


def chosen(
    wanted: Iterable[Wanted], taken: Iterable[Box] = (), size: tuple[float, float] | None = None
) -> list[int | None]:
    """Set names in order of importance.

    Parameters
    ----------
    wanted
        The names, the most important first.
    taken
        What names must not cover either.
    size
        Width and height of the sheet in pixels, which names do not leave.

    Returns
    -------
    list
        For each name which of its boxes it has: the first that is free, else the one that covers
        least where it must stand, else None.
    """
    boxes = list(taken)
    found: list[int | None] = []
    for one in wanted:
        near = _near(one.boxes, boxes)
        costs = []
        for box in one.boxes:
            costs.append(cost(box, near, size))
            if costs[-1] == 0:
                break
        best = costs.index(min(costs))
        at = best if one.must or costs[best] == 0 else None
        if at is not None:
            boxes.append(one.boxes[at])
        found.append(at)
    return found


def _near(candidates: Sequence[Box], taken: Sequence[Box]) -> list[Box]:
    """Return what any of the candidates could cover."""
    lefts, tops, rights, bottoms = zip(*candidates, strict=True)
    around = (min(lefts), min(tops), max(rights), max(bottoms))
    return [box for box in taken if overlap(around, box) > 0]


def cost(box: Box, taken: Iterable[Box], size: tuple[float, float] | None = None) -> float:
    """Return the square pixels of others that a box covers, and twice those off the sheet."""
    covered = sum(overlap(box, other) for other in taken)
    if size is None:
        return round(covered, 3)
    outside = (box[2] - box[0]) * (box[3] - box[1]) - overlap(box, (0, 0, *size))
    return round(covered + 2 * outside, 3)


def overlap(one: Box, other: Box) -> float:
    """Return the square pixels that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


def around(point: tuple[float, float], radius: float) -> Box:
    """Return the box around a dot."""
    x, y = point
    return x - radius, y - radius, x + radius, y + radius
