"""When a sum over the members of a circle is its total: one rule for all that is read out.

A circle has a total, and all that rests on one (share, rank, rate, growth, primacy), only where

1. every member is known by name,
2. at least two full members have a figure: one place is no circle, and
3. those members hold at least `ENOUGH` per cent of the people of all full members, by the census
   nearest to the year (of two equally near the later one).

Otherwise what its members add up to is a subtotal, which says how much of the circle it covers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geodata.ids import CENSUS_YEARS
from geodata.records import Coverage

if TYPE_CHECKING:
    from collections.abc import Collection

    from geodata.catalog.chosen import Chosen
    from geodata.places.layout import Layout
    from geodata.records import Circle

ENOUGH: Final = 95.0
"""Per cent of a circle's people that its members with a figure must hold."""
FEWEST: Final = 2
PEOPLE: Final = "population"

UNNAMED: Final = "no total: {missing} of {of} members are not named by any source"
IN_PART: Final = "without the members of which only a part belongs: "
UNBOUNDED: Final = "no total: of some members only a part belongs and no source says which"
TOO_FEW: Final = (
    "no total: {n} of {of} members with a figure, holding {people}% of the people of the circle "
    "(census of {census})"
)


class Covering:
    """Judges how much of a circle some of its members make up.

    Parameters
    ----------
    chosen
        Holds the census population.
    layout
        The circles and their members.
    """

    def __init__(self, chosen: Chosen, layout: Layout) -> None:
        self._chosen = chosen
        self._layout = layout

    def of(self, key: str, used: Collection[str], year: str) -> Coverage:
        """Return how much of a circle the members with a figure make up.

        Parameters
        ----------
        key
            "scheme/circle".
        used
            The full members with a figure, among `Layout.full_units`.
        year
            Of the figure; a period counts with its last year.
        """
        circle, census = self._layout.circle(key), nearest_census(year)
        people = {unit: self._people(unit, census) for unit in self._layout.full_units(key)}
        known = circle.all_named
        everyone = sum(people.values())
        held = 100 * sum(people[unit] for unit in used) / everyone if everyone else 0.0
        return Coverage(
            n=len(used),
            of=len(people) + (circle.missing or 0) if known or circle.missing else None,
            people=held if known else None,
            census=census,
            is_total=known and len(used) >= FEWEST and held >= ENOUGH,
        )

    def why_not(self, circle: Circle, coverage: Coverage) -> str:
        """Return why the members make no total, as a fragment of a note."""
        if circle.missing:
            return UNNAMED.format(missing=circle.missing, of=coverage.of)
        if not circle.all_named:
            return UNBOUNDED
        people = f"{coverage.people or 0.0:.1f}"
        return TOO_FEW.format(n=coverage.n, of=coverage.of, people=people, census=coverage.census)

    def _people(self, unit: str, census: str) -> float:
        level = self._layout.regions.level_of(unit)
        found = self._chosen.value(PEOPLE, level, census, unit)
        return (found.value if found else None) or 0.0


def without_parts(layout: Layout, place: str) -> tuple[str, ...]:
    """Name the members of a circle that no sum has as only a part belongs, in a note or none."""
    parted = "、".join(one.label.zh for one in layout.in_part(place))
    return (IN_PART + parted,) if parted else ()


def nearest_census(year: str) -> str:
    """Return the census nearest to a year or to the end of a period, the later of two.

    Raises
    ------
    ValueError
        If there is no year of four digits in it.
    """
    years = re.findall(r"\d{4}", year)
    if not years:
        message = f"{year!r} names no year of four digits."
        raise ValueError(message)
    return min(CENSUS_YEARS, key=lambda c: (abs(int(c) - int(years[-1])), -int(c)))
