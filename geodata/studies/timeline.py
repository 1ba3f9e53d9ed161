"""The milestones of coordinated development since 2014, as the table of places has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from geodata.records import REGION_ID, Name, Place
from geodata.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


KINDS: Final = ("strategy", "plan", "relocation", "transport", "industry")
MONTHS, DAYS = 12, 31
MIDDLE: Final = 0.5
"""A date without a day stands in the middle of its month."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One event; `number` counts from 1 in order of date, `at` is its date as a decimal year."""

    number: int
    date: str
    at: float
    title: Name
    kind: str
    places: tuple[Place, ...]
    source_ids: tuple[str, ...]


class Timeline(Study):
    """Answers of the milestones, exposed as `Atlas.timeline`."""

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """The milestones in order of date."""
        ordered = sorted(self._data.timeline, key=_when)
        return tuple(
            Milestone(
                number=number,
                date=row["date"],
                at=decimal_year(row["date"]),
                title=Name(row["title_zh"], row["title_en"]),
                kind=row["kind"],
                places=tuple(self._readings.place(c) for c in row["region_codes"].split(";")),
                source_ids=tuple(row["source_id"].split(";")),
            )
            for number, row in enumerate(ordered, start=1)
        )

    def touching(self, places: Sequence[str]) -> frozenset[int]:
        """Return the numbers of the milestones in or around any of the places.

        A milestone of the region concerns every place in it; one of a county concerns its city,
        and one of a city its counties.
        """
        wanted = [self._counties(place) for place in places]
        return frozenset(
            m.number
            for m in self.milestones
            if any(self._counties(p.id) & there for p in m.places for there in wanted)
        )

    def _counties(self, place: str) -> frozenset[str]:
        if self._readings.place(place).kind == "circle":
            return self._data.layout.counties(place)
        if place == REGION_ID:
            return frozenset(self._data.regions.codes("county"))
        return self._data.regions.counties_of(place)


def decimal_year(date: str) -> float:
    """Return "2015-04-28" or "2015-04" as a decimal year, months and days of equal length."""
    year, month, *day = (int(part) for part in date.split("-"))
    within = (day[0] - 1) / DAYS if day else MIDDLE
    return year + (month - 1 + within) / MONTHS


def _when(row: Mapping[str, str]) -> float:
    return decimal_year(row["date"])
