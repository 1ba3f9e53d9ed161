"""Places of a kind, in the order of the circles of a scheme, and what is left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from geodata.errors import UnknownNameError
from geodata.records import FULL_ROLES, MAP_LEVELS, REGION_ID
from geodata.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.records import Place

Among = Literal["city", "circle", "county"]
Reason = Literal["no_counts", "unknown_members"]
FEWEST: Final = 3
"""Fewer places than this are no comparison."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A place that is left out, and why.

    "no_counts": the census prints no industries for it (or for all of its parts);
    "unknown_members": the circle has members that no source names.
    """

    place: Place
    reason: Reason


@dataclass(frozen=True, slots=True)
class Group:
    """A run of places that belong to one circle; `circle` is None for those outside all."""

    circle: Place | None
    first: int
    size: int


@dataclass(frozen=True, slots=True)
class Comparable:
    """The places of a kind that can be compared in a census year, in the order of the circles."""

    places: tuple[Place, ...]
    groups: tuple[Group, ...]
    lacking: tuple[Lack, ...]

    @property
    def enough(self) -> bool:
        """Whether there are at least `FEWEST` places."""
        return len(self.places) >= FEWEST

    def circle_of(self, at: int) -> Place | None:
        """Return the circle of the place at a position."""
        return next(g.circle for g in self.groups if g.first <= at < g.first + g.size)


class Groups(Study):
    """Answers which places of a kind can be compared."""

    def comparable(self, among: str, year: str, scheme: str) -> Comparable:
        """Return the comparable places of a kind, by circle.

        A place in several circles of the scheme stands with the first one of which it is a full
        member; circles themselves are each their own.

        Raises
        ------
        UnknownNameError
            If the kind, the census year or the scheme is unknown.
        """
        self._data.industries.check(year, REGION_ID)
        circles = self._data.layout.scheme(scheme).circles
        if among == "circle":
            return self._circles([c.key for c in circles], year)
        rows = self._data.workforce[year].rows
        codes = self._data.regions.codes(_level(among))
        known = [c for c in codes if not np.isnan(rows[c].counts).any()]
        lacking = tuple(Lack(self._readings.place(c), "no_counts") for c in codes if c not in known)
        left, runs = dict.fromkeys(known), []
        for circle in circles:
            roles = {c: self._data.layout.role(circle.key, c) for c in left}
            run = [c for c in left if roles[c] in FULL_ROLES]
            runs.append((self._readings.place(circle.key), run))
            for code in run:
                del left[code]
        return self._grouped([*runs, (None, list(left))], lacking)

    def _circles(self, keys: Sequence[str], year: str) -> Comparable:
        rows, layout = self._data.workforce[year].rows, self._data.layout
        lacking: list[Lack] = []
        runs: list[tuple[Place | None, list[str]]] = []
        for key in keys:
            place = self._readings.place(key)
            if not layout.circle(key).all_named:
                lacking.append(Lack(place, "unknown_members"))
            elif rows[key].lacking or np.isnan(rows[key].counts).any():
                lacking.append(Lack(place, "no_counts"))
            else:
                runs.append((place, [key]))
        return self._grouped(runs, tuple(lacking))

    def _grouped(
        self, runs: Sequence[tuple[Place | None, Sequence[str]]], lacking: tuple[Lack, ...]
    ) -> Comparable:
        places: list[Place] = []
        groups: list[Group] = []
        for circle, run in runs:
            if run:
                groups.append(Group(circle, len(places), len(run)))
                places += [self._readings.place(code) for code in run]
        return Comparable(tuple(places), tuple(groups), lacking)


def _level(among: str) -> str:
    if among not in MAP_LEVELS:
        message = f"Places can be compared among city, circle or county, not {among!r}."
        raise UnknownNameError(message)
    return among
