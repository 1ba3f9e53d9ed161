"""Round numbers in place of derived class limits, where they part the places all but the same."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from itertools import chain, pairwise
from math import ceil, floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.map.classes import Classes

MOVED = 0.02
"""Share of the places of any one year that may change class for a rounder limit."""
COARSENESS = (1.0, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001)
"""Steps tried for a limit, from the roundest, as shares of its power of ten."""

Years = tuple[tuple[float, ...], ...]


def rounded(classes: Classes, years: Years, centre: float | None = None) -> Classes:
    """Move derived limits to round numbers.

    Each limit goes to the roundest number near it, one step tried for all limits before the next
    finer one, as long as in no year more than `MOVED` of the places change class and no class
    loses its last value.

    Parameters
    ----------
    classes
        Derived from the values of all `years`.
    years
        The values of each year.
    centre
        The value on both sides of which limits lie at the same distances: those distances are
        made round then, and two limits move together.
    """
    limits = _round(classes.limits, years, classes.decimals, centre)
    return replace(classes, limits=limits, rounded=limits != classes.limits)


@lru_cache(maxsize=2048)
def _round(
    limits: tuple[float, ...], years: Years, decimals: int, centre: float | None
) -> tuple[float, ...]:
    ordered = [sorted(round(value, decimals) for value in year) for year in years]
    pooled = sorted(chain.from_iterable(ordered))
    room = [int(MOVED * len(year)) for year in ordered]
    filled = _filled(pooled, limits)

    def fits(trial: Sequence[float]) -> bool:
        return (
            all(a < b for a, b in pairwise(trial))
            and filled <= _filled(pooled, trial)
            and all(
                sum(_between(year, a, b) for a, b in zip(limits, trial, strict=True)) <= most
                for year, most in zip(ordered, room, strict=True)
            )
        )

    found, left = list(limits), _distances(limits, decimals, centre)
    for share in COARSENESS:
        for distance, places in tuple(left.items()):
            for number in _near(distance[-1], share, decimals):
                trial = list(found)
                for place in places:
                    away = number if limits[place] >= (centre or 0) else -number
                    trial[place] = round((centre or 0) + away, decimals) + 0.0
                if fits(trial):
                    found = trial
                    del left[distance]
                    break
    return tuple(found)


def _distances(
    limits: Sequence[float], decimals: int, centre: float | None
) -> dict[tuple[float, ...], list[int]]:
    """Gather the places of limits that move together by what is made round, the last of a key."""
    found: dict[tuple[float, ...], list[int]] = {}
    for place, limit in enumerate(limits):
        away = round(abs(limit - (centre or 0)), decimals)
        found.setdefault((away,) if centre is not None else (place, away), []).append(place)
    return found


def _filled(pooled: Sequence[float], limits: Sequence[float]) -> set[int]:
    """Return the classes that hold a value."""
    edges = [0, *(bisect_right(pooled, limit) for limit in limits), len(pooled)]
    return {place for place, (a, b) in enumerate(pairwise(edges)) if a < b}


def _between(year: Sequence[float], one: float, other: float) -> int:
    """Count the values that lie above one of two limits alone."""
    return abs(bisect_right(year, one) - bisect_right(year, other))


def _near(distance: float, share: float, decimals: int) -> Iterator[float]:
    """Yield the multiples of a step below and above a distance, the nearer one first."""
    if distance == 0:
        yield distance
        return
    step = share * 10.0 ** floor(log10(distance))
    if round(step, decimals) != round(step, 12):
        return
    ends = {round(way(round(distance / step, 9)) * step, decimals) for way in (floor, ceil)}
    yield from sorted(ends, key=lambda end: abs(end - distance))
