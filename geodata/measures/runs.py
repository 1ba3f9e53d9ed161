"""Runs of years that may be joined by a line: no gap, no break, the same set of places."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping


def runs(
    sets: Mapping[str, Collection[Hashable]], breaks: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """Split years into runs within which figures may be compared.

    Parameters
    ----------
    sets
        Year (four digits) → the places with a figure in it; a year without any is a gap.
    breaks
        Years b such that nothing before b may be compared with b or later.

    Returns
    -------
    tuple of tuples
        The years with figures, ascending; each run holds consecutive years with one and the
        same set of places and no break after its first year.
    """
    years = sorted(year for year, places in sets.items() if places)
    if not years:
        return ()
    found = [[years[0]]]
    for before, year in pairwise(years):
        apart = int(year) - int(before) > 1
        if apart or year in breaks or frozenset(sets[before]) != frozenset(sets[year]):
            found.append([])
        found[-1].append(year)
    return tuple(tuple(run) for run in found)
