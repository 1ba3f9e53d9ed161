"""How far an order depends on the weight of two sides: exact, since each figure is a straight line.

A figure that is (1 − α)·a + α·b changes places with another only where their lines cross, so the
ranges of α over which the order stays the same are computed and not searched for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Span:
    """A range of α with the order that holds within, the position of the highest figure first."""

    low: float
    high: float
    order: tuple[int, ...]


def orders(at_zero: Sequence[float], at_one: Sequence[float]) -> tuple[Span, ...]:
    """Return the ranges of α from 0 to 1, ascending, each with its order.

    Parameters
    ----------
    at_zero, at_one
        Each figure with all weight on the second side, and with all on the first.

    Returns
    -------
    tuple of Span
        Neighbours differ in their order. What is alike throughout stands as it was given.

    Raises
    ------
    ValueError
        If the two are not of one length.
    """
    lines = list(zip(at_zero, at_one, strict=True))
    crossings = set()
    for (a, b), (c, d) in combinations(lines, 2):
        steeper = (b - a) - (d - c)
        where = (c - a) / steeper if steeper else 0.0
        if 0 < where < 1:
            crossings.add(where)
    found: list[Span] = []
    for low, high in pairwise((0.0, *sorted(crossings), 1.0)):
        middle = (low + high) / 2
        figures = [(1 - middle) * a + middle * b for a, b in lines]
        order = tuple(sorted(range(len(lines)), key=lambda at: -figures[at]))
        if found and found[-1].order == order:
            low = found.pop().low  # noqa: PLW2901 - the same order goes on
        found.append(Span(low, high, order))
    return tuple(found)
