"""Places names beside points: each where it covers nothing, or as little as can be.

Greedy point-feature labelling: the names are set in order of importance, each at the first of its
candidate positions that is free (Christensen, Marks & Shieber 1995, ACM Transactions on Graphics
14(3), 203-232, section 3.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels from the upper left."""
PATIENCE: Final = 1000
"""How many boxes are tried before it is given up that all names fit."""
LEAST: Final = 0.001
"""Square pixels that are none."""


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


def fitting(
    wanted: Sequence[Sequence[Box]], taken: Sequence[Box], size: tuple[float, float]
) -> list[int] | None:
    """Return for each name which of its boxes it has so that none covers anything.

    Parameters
    ----------
    wanted
        The boxes of each name, the best first.
    taken
        What names must not cover either.
    size
        Width and height of the sheet in pixels, which names do not leave.

    Returns
    -------
    list or None
        None where it was not found within `PATIENCE` trials.
    """
    free = {
        name: [(at, box) for at, box in enumerate(own) if not cost(box, taken, size)]
        for name, own in enumerate(wanted)
    }
    found = _fitting(free, iter(range(PATIENCE))) if all(free.values()) else None
    return None if found is None else [found[name] for name in free]


def eased(
    wanted: Sequence[Sequence[Box]],
    found: Sequence[int],
    taken: Sequence[Box],
    points: Sequence[Box],
    size: tuple[float, float],
) -> list[int]:
    """Move names that fit, one or two at a time, to where they cover less of the points.

    Parameters
    ----------
    wanted, taken, size
        As `fitting` takes them.
    found
        Which of its boxes each name has.
    points
        What names cover only where they have no better place.

    Returns
    -------
    list
        Which of its boxes each name has now; nothing is covered that was not.
    """
    ease = _Easing(wanted, list(found), taken, points, size)
    while any([ease.step(name) for name in range(len(wanted))]):  # noqa: C419 - each has its turn
        pass
    return ease.now


class _Easing:
    """Names that stand, and how one of them comes to cover less of the points."""

    def __init__(
        self,
        wanted: Sequence[Sequence[Box]],
        now: list[int],
        taken: Sequence[Box],
        points: Sequence[Box],
        size: tuple[float, float],
    ) -> None:
        self.wanted, self.now = wanted, now
        self.costs = [[cost(box, points) for box in own] for own in wanted]
        self.best = [sorted(range(len(own)), key=own.__getitem__) for own in self.costs]
        self.free = lru_cache(None)(lambda name, at: not cost(wanted[name][at], taken, size))

    def step(self, name: int) -> bool:
        """Move a name to where it covers less, and the one that stands there out of its way."""
        for at in self.best[name]:
            gain = self.costs[name][self.now[name]] - self.costs[name][at]
            if gain <= 0:
                return False
            met = self._met(name, at) if self.free(name, at) else None
            if met == []:
                self.now[name] = at
                return True
            if met is not None and len(met) == 1 and self._gives_way(met[0], name, at, gain):
                self.now[name] = at
                return True
        return False

    def _gives_way(self, name: int, other: int, at: int, gain: float) -> bool:
        """Move a name from where another comes to stand, where that gains more than it loses."""
        box = self.wanted[other][at]
        for place in self.best[name]:
            if self.costs[name][place] - self.costs[name][self.now[name]] >= gain:
                return False
            clear = self.free(name, place) and overlap(self.wanted[name][place], box) < LEAST
            if clear and set(self._met(name, place)) <= {other}:
                self.now[name] = place
                return True
        return False

    def _met(self, name: int, at: int) -> list[int]:
        """Return the other names that one would cover at one of its places."""
        box, standing = self.wanted[name][at], enumerate(self.now)
        return [
            other
            for other, place in standing
            if other != name and overlap(box, self.wanted[other][place]) >= LEAST
        ]


def _fitting(
    free: Mapping[int, Sequence[tuple[int, Box]]], trials: Iterator[int]
) -> dict[int, int] | None:
    """Set the name that has the fewest boxes, then the others in what that leaves them."""
    if not free:
        return {}
    name = min(free, key=lambda one: len(free[one]))
    for at, box in free[name]:
        if next(trials, None) is None:
            return None
        left = {
            other: [(n, one) for n, one in own if overlap(one, box) < LEAST]
            for other, own in free.items()
            if other != name
        }
        found = _fitting(left, trials) if all(left.values()) else None
        if found is not None:
            return {name: at, **found}
    return None


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
