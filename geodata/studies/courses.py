"""Primacy and the rank–size slope year by year, joined only where the scope is the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geodata.measures.aggregation import add
from geodata.measures.primacy import share
from geodata.measures.runs import runs
from geodata.records import Break, Name, Place, Value
from geodata.studies.hierarchy import TOWNS
from geodata.studies.study import kept
from geodata.studies.systems import NEVER, NOTHING, UNLIKE, unlike_from
from geodata.studies.yearly import YearlySeries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.measures.hierarchy import RankSize
    from geodata.studies.hierarchy import Family, Hierarchy, Measure, System

LEADERS: Final = 2
"""A city that was among so many first ones in any year is followed through all of them."""
INSTEAD: Final = "population"
ONE_CENSUS: Final = Name(
    "城区与县城只有2020年一次普查的数，没有逐年变化，改示各市年末常住人口。",
    "Urban places are known from the census of 2020 alone: the year-end residents of whole cities "
    "are shown instead.",
)
SCOPE: Final = "scope "
"""So begins the note of a figure that says what it covers."""


@dataclass(frozen=True, slots=True)
class SystemYear:
    """One year of a city system.

    `two` and `four` are the indices of `Primacy`, `four` None with fewer than four cities;
    `shares` of all cities together in per cent, in the order of `Course.leaders`; `line` is None
    where its interval does not tell the slope from none at all.
    """

    year: str
    two: Value
    four: Value | None
    shares: tuple[Value, ...]
    line: RankSize | None


@dataclass(frozen=True, slots=True)
class Course:
    """A city system over the years in which all of its cities have a figure of like scope.

    `runs` are the years that may be joined by a line, `breaks` those not to be crossed; `lacking`
    are years left out with the cities that have no figure then; `scopes` are what the figures of a
    city cover where that is noted, with the years. `n` is the number of cities. `reason` says why
    there is nothing to follow, `remarks` what to know besides.
    """

    scope: Place
    indicator: str
    n: int
    years: tuple[SystemYear, ...]
    leaders: tuple[Place, ...]
    runs: tuple[tuple[str, ...], ...]
    breaks: tuple[Break, ...]
    lacking: tuple[tuple[tuple[str, ...], tuple[Place, ...]], ...]
    scopes: tuple[tuple[Place, str, tuple[str, ...]], ...] = ()
    reason: Name = NOTHING
    remarks: tuple[Name, ...] = ()


class Courses(YearlySeries):
    """Answers of city systems over the years, exposed as `Atlas.courses`."""

    def __init__(self, readings: Readings, data: AtlasData, hierarchy: Hierarchy) -> None:
        super().__init__(readings, data)
        self._hierarchy = hierarchy

    @kept()
    def of(self, scope: str, measure: Measure, family: Family) -> Course:
        """Return primacy, shares and slope of a scope in every year that all cities have.

        Parameters
        ----------
        scope
            "JJJ", the code of a province or a circle key.
        measure, family
            As `Hierarchy.system`; urban places ("towns") have one census only, and the year-end
            residents of whole cities are followed instead, with a remark.

        Raises
        ------
        UnknownNameError
            As `Hierarchy.system`.
        """
        if measure == TOWNS:
            found = self.of(scope, INSTEAD, family)
            return replace(found, remarks=(ONE_CENSUS, *found.remarks)) if found.years else found
        years = self._hierarchy.years(scope, measure, family)
        systems = [self._hierarchy.system(scope, measure, year, family) for year in years]
        told = [one for one in systems if one.primacy.two is not None]
        latest = self._hierarchy.system(scope, measure, "", family)
        cities = tuple(city.place.id for city in latest.cities)
        if len(told) <= 1:
            return _nothing(latest, told)
        breaks = self._breaks(latest.indicator, cities, family)
        unlike = unlike_from(latest.indicator, cities) < NEVER
        leaders = _leaders(told)
        scopes = {one.year: _scopes(one) for one in told}
        return Course(
            scope=latest.scope,
            indicator=latest.indicator,
            n=len(cities),
            years=tuple(_year(one, leaders) for one in told),
            leaders=leaders,
            runs=runs(scopes, {b.year for b in breaks}),
            breaks=tuple(b for b in breaks if told[0].year < b.year <= told[-1].year),
            lacking=self._lacking(latest.indicator, cities),
            scopes=_noted(told[-1], scopes),
            remarks=(UNLIKE,) if unlike else (),
        )

    def _lacking(
        self, indicator: str, cities: Sequence[str]
    ) -> tuple[tuple[tuple[str, ...], tuple[Place, ...]], ...]:
        """Return the cities without a figure, by the years in which they lack one."""
        found: dict[tuple[str, ...], list[str]] = {}
        read, end = self._readings, unlike_from(indicator, tuple(cities))
        for year in read.indicator(indicator).years.get("city", ()):
            without = tuple(c for c in cities if read.value(indicator, c, year).value is None)
            if without and year < end:
                found.setdefault(without, []).append(year)
        return tuple(
            (tuple(years), tuple(read.place(c) for c in codes)) for codes, years in found.items()
        )


def _leaders(systems: Sequence[System]) -> tuple[Place, ...]:
    """Return the cities that were first or second in any year, in the order of the latest."""
    ever = {city.place.id for one in systems for city in one.cities[:LEADERS]}
    return tuple(city.place for city in systems[-1].cities if city.place.id in ever)


def _scopes(system: System) -> frozenset[tuple[str, str]]:
    """Return the cities with what the figure of each covers, "" where nothing is noted."""
    return frozenset(
        (city.place.id, next((note for note in city.value.note if note.startswith(SCOPE)), ""))
        for city in system.cities
    )


def _noted(
    latest: System, scopes: Mapping[str, frozenset[tuple[str, str]]]
) -> tuple[tuple[Place, str, tuple[str, ...]], ...]:
    """Return what is noted of a city's figures, with the years of each note."""
    found: dict[tuple[str, str], list[str]] = {}
    for year, covered in scopes.items():
        for city, note in covered:
            if note:
                found.setdefault((city, note), []).append(year)
    places = {city.place.id: city.place for city in latest.cities}
    ordered = sorted(found.items(), key=lambda one: (one[0][0], one[1]))
    return tuple((places[city], note, tuple(years)) for (city, note), years in ordered)


def _year(system: System, leaders: Sequence[Place]) -> SystemYear:
    values = {city.place.id: city.value for city in system.cities}
    whole = add(list(values.values()))
    two, line = system.primacy.two, system.line
    if two is None:
        message = f"{system.scope.name.en} has no primacy in {system.year}."
        raise ValueError(message)
    return SystemYear(
        year=system.year,
        two=two,
        four=system.primacy.four,
        shares=tuple(share(values[place.id], whole) for place in leaders),
        line=line if line is not None and line.limits[0] > 0 else None,
    )


def _nothing(latest: System, told: Sequence[System]) -> Course:
    """Say why a scope has no course: no system at all, or a single year of it."""
    years = "、".join(one.year for one in told)
    single = Name(
        f"{latest.scope.name.zh}只有{years}年可算首位度，一年不成变化，不画。",
        f"{latest.scope.name.en}: primacy can be computed for {years} only, and one year is no "
        "course; not drawn.",
    )
    reason = single if told else latest.primacy.reason
    return Course(
        latest.scope, latest.indicator, len(latest.cities), (), (), (), (), (), reason=reason
    )
