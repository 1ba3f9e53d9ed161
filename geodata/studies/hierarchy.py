"""The city system: who is how large, how steep it falls, and where a rung is missing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from geodata.errors import UnknownNameError
from geodata.ids import PROVINCES
from geodata.measures.aggregation import add
from geodata.measures.hierarchy import (
    RankSize,
    SizeClass,
    Step,
    rank_size,
    size_classes,
    steps,
)
from geodata.measures.primacy import city_index, share, telling_years
from geodata.records import FULL_ROLES, REGION_ID, Circle, Name, Place, Value
from geodata.studies.study import Study, kept
from geodata.studies.systems import (
    NEVER,
    NOTHING,
    UNLIKE,
    City,
    barred,
    in_part,
    one_rule,
    remarks,
    too_few,
    unlike_from,
)
from geodata.studies.towns import DENSE, YEAR, ZONES, Towns

if TYPE_CHECKING:
    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings

Measure = Literal["towns", "urban", "population", "gdp"]
Family = Literal["revised", "published"]

MEASURES: Final[dict[tuple[str, str], str]] = {
    ("population", "revised"): "population_yearend",
    ("population", "published"): "population_yearend",
    ("towns", "revised"): "population_urban",
    ("towns", "published"): "population_urban",
    ("urban", "revised"): "population_urban",
    ("urban", "published"): "population_urban",
    ("gdp", "revised"): "gdp_alike",
    ("gdp", "published"): "gdp_published",
}
"""The indicator of each measure in each family; only GDP has two."""

TOWNS: Final = "towns"


@dataclass(frozen=True, slots=True)
class Primacy:
    """How far the first city stands out in a system in one year.

    `two` = P₁/P₂ and `four` = P₁/(P₂+P₃+P₄) are None where there are too few cities; `share` is
    P₁ in per cent of all cities of the system. `reason` says why there is no system.
    """

    scope: Place
    indicator: str
    year: str
    n: int
    first: Place | None = None
    second: Place | None = None
    two: Value | None = None
    four: Value | None = None
    share: Value | None = None
    reason: Name = NOTHING


@dataclass(frozen=True, slots=True)
class System:
    """The cities of a scope in one year, the largest first, with what a line over them says.

    `line` is None and `steps` and `classes` are empty where `reason` says why nothing is drawn.
    `outside` are listed county units that lie in a city which is no full member. `remarks` are
    sentences to stand beside the figures.
    """

    scope: Place
    indicator: str
    year: str
    cities: tuple[City, ...]
    primacy: Primacy
    line: RankSize | None = None
    steps: tuple[Step, ...] = ()
    classes: tuple[SizeClass, ...] = ()
    outside: tuple[Place, ...] = ()
    reason: Name = NOTHING
    remarks: tuple[Name, ...] = field(default=())


class Hierarchy(Study):
    """Answers of the city system, exposed as `Atlas.hierarchy`.

    A system is made of whole cities: the 13 cities of the region, the 11 of Hebei, or the cities
    that are full members (core, wing, member) of a circle. Xiong'an has no yearly figures of its
    own and takes no rank; the figures of Baoding say whether it is in them. By "towns" it is made
    of urban places instead, see `geodata.studies.towns`.
    """

    def __init__(self, readings: Readings, data: AtlasData) -> None:
        super().__init__(readings, data)
        self._towns = Towns(readings, data)

    def scopes(self, scheme: str) -> tuple[Place, ...]:
        """Return what has a city system to ask for: the region, the provinces, the circles."""
        circles = self._data.layout.scheme(scheme).circles
        ids = (REGION_ID, *PROVINCES, *(circle.key for circle in circles))
        return tuple(self._readings.place(i) for i in ids)

    def system(
        self,
        scope: str = REGION_ID,
        measure: Measure = "population",
        year: str = "",
        family: Family = "revised",
    ) -> System:
        """Return the city system of a scope.

        Parameters
        ----------
        scope
            "JJJ", the code of a province or a circle key.
        measure
            Of whole cities "population" (year-end residents, 万人), "urban" (residents of urban
            places in the census, 万人) or "gdp" (亿元, current prices); "towns" the urban
            residents of districts together and of each county.
        year
            The year asked for; where a city has no figure then, or it is "", the latest year in
            which all cities have one is shown instead and a remark says so.
        family
            "revised" or "published" GDP.

        Raises
        ------
        UnknownNameError
            If there is no such place, or it is a single county or city of Hebei.
        """
        indicator = MEASURES[measure, family]
        if measure == TOWNS:
            return self._made_of_towns(scope, indicator, year)
        return self._made(scope, indicator, year)

    def primacy(
        self,
        scope: str = REGION_ID,
        measure: Measure = "gdp",
        year: str = "",
        family: Family = "revised",
    ) -> Primacy:
        """Return two- and four-city primacy of a scope; parameters and errors as `system`."""
        return self.system(scope, measure, year, family).primacy

    def years(
        self, scope: str, measure: Measure = "gdp", family: Family = "revised"
    ) -> tuple[str, ...]:
        """Return the years in which all whole cities of a scope have a figure of like scope."""
        cities = self._cities(scope)
        return self._full_years(MEASURES[measure, family], cities) if cities else ()

    def primacies(
        self, scope: str, measure: Measure = "gdp", family: Family = "revised"
    ) -> tuple[Primacy, ...]:
        """Return primacy in the telling years: the first, the last before each break, the latest.

        Where the scope has no system, one entry says why.
        """
        indicator = MEASURES[measure, family]
        if measure == TOWNS:
            return (self._made_of_towns(scope, indicator, "").primacy,)
        cities = self._cities(scope)
        years = list(self._full_years(indicator, cities))
        breaks = [b.year for b in self._readings.breaks(indicator, "city")]
        told = telling_years(years, breaks) if len(cities) > 1 else []
        return tuple(self._made(scope, indicator, y).primacy for y in told or [""])

    def _cities(self, scope: str) -> tuple[str, ...]:
        """Return the whole cities of a scope; Beijing or Tianjin alone for their provinces."""
        regions = self._data.regions
        cities = [c for c in regions.codes("city") if regions.places[c].kind == "city"]
        place = self._readings.place(scope)
        if place.kind == "region":
            return tuple(cities)
        if place.kind == "circle":
            roles = self._data.layout.roles([scope], "city")
            return tuple(c for c in cities if roles.get(c) in FULL_ROLES)
        if scope not in PROVINCES:
            message = f"{place.name.en} is no city system; choose JJJ, a province or a circle."
            raise UnknownNameError(message)
        return tuple(c for c in cities if regions.places[c].province == scope)

    def _full_years(self, indicator: str, cities: tuple[str, ...]) -> tuple[str, ...]:
        """Return the years in which all cities have a figure, ascending."""
        years = self._readings.indicator(indicator).years.get("city", ())
        read, first = self._readings, unlike_from(indicator, cities)
        return tuple(
            y
            for y in years
            if y < first and all(read.value(indicator, c, y).value is not None for c in cities)
        )

    @kept()
    def _made(self, scope: str, indicator: str, asked: str) -> System:
        place, codes = self._readings.place(scope), self._cities(scope)
        years = self._full_years(indicator, codes) if codes else ()
        year = asked if asked in years else (years[-1] if years else asked)
        outside = self._outside(scope, codes)
        bar = self._barred(place, year, outside)
        unlike = (UNLIKE,) if unlike_from(indicator, codes) < NEVER else ()
        found = self._sizes(indicator, codes if years else (), year)
        apart = [p for p in self._data.layout.in_part(scope) if p.kind == "city"]
        whole = [*found, *self._sizes(indicator, tuple(p.id for p in apart), year)]
        return _ranked(
            System(place, indicator, year, (), Primacy(place, indicator, year, 0)),
            found,
            bar if bar.zh else in_part(place, apart, found, whole),
            outside,
            (*unlike, *remarks(asked, year, outside, self._circle(place))),
        )

    @kept()
    def _made_of_towns(self, scope: str, indicator: str, asked: str) -> System:
        place = self._readings.place(scope)
        self._cities(scope)
        found, whole = (
            [(town.place, town.value) for town in self._towns.of(scope, parts=parts)]
            for parts in (False, True)
        )
        bar = self._barred(place, YEAR, ())
        if not bar.zh:
            bar = in_part(place, self._data.layout.in_part(scope), found, whole)
        made = _ranked(
            System(place, indicator, YEAR, (), Primacy(place, indicator, YEAR, 0)),
            found,
            bar,
            (),
            (*remarks(asked, YEAR, (), self._circle(place)), ZONES),
        )
        if made.line is not None:
            dense = self._towns.of(scope, DENSE)
            made = replace(made, remarks=(*made.remarks, one_rule(made.cities, dense, DENSE)))
        alone = (replace(c, catalogued=c.place.kind == "county") for c in made.cities)
        return replace(made, cities=tuple(alone))

    def _sizes(
        self, indicator: str, codes: tuple[str, ...], year: str
    ) -> list[tuple[Place, Value]]:
        read = self._readings
        return [(read.place(c), read.value(indicator, c, year)) for c in codes]

    def _circle(self, place: Place) -> Circle | None:
        return self._data.layout.circle(place.id) if place.kind == "circle" else None

    def _barred(self, place: Place, year: str, outside: tuple[Place, ...]) -> Name:
        """Say why a scope is no system of cities; empty where it is one."""
        circle = self._circle(place)
        if circle is None:
            return barred(place)
        units = self._data.layout.full_units(place.id)
        left_out = {one.id for one in outside}
        used = [unit for unit in units if unit not in left_out]
        coverage = self._data.wholes.covering.of(place.id, used, year or YEAR)
        members = [self._data.regions.places[unit] for unit in units]
        return barred(place, circle, members, coverage)

    def _outside(self, scope: str, cities: tuple[str, ...]) -> tuple[Place, ...]:
        """Return the listed units of a circle that are in none of its whole cities."""
        if self._readings.place(scope).kind != "circle":
            return ()
        regions, layout = self._data.regions, self._data.layout
        inside = frozenset[str]().union(*(regions.counties_of(c) for c in cities))
        units = (*layout.full_units(scope), *(one.id for one in layout.in_part(scope)))
        return tuple(regions.places[u] for u in units if not regions.counties_of(u) <= inside)


def _ranked(
    empty: System,
    found: list[tuple[Place, Value]],
    bar: Name,
    outside: tuple[Place, ...],
    said: tuple[Name, ...],
) -> System:
    """Rank the places of a system, and fit a line unless a reason stands against it.

    `bar` says why there is no system at all; then there is no first city either.
    """
    reason = bar if bar.zh else too_few(empty.scope, len(found))
    found.sort(key=lambda pair: -(pair[1].value or 0.0))
    cities = tuple(City(place, value, rank) for rank, (place, value) in enumerate(found, start=1))
    made = replace(
        empty,
        cities=cities,
        primacy=_primacy(
            empty.scope, empty.indicator, empty.year, () if bar.zh else cities, reason
        ),
        outside=outside,
        reason=reason,
        remarks=said,
    )
    if reason.zh:
        return made
    sizes = [c.value.value or 0.0 for c in cities]
    return replace(made, line=rank_size(sizes), steps=steps(sizes), classes=size_classes(sizes))


def _primacy(
    place: Place, indicator: str, year: str, cities: tuple[City, ...], reason: Name
) -> Primacy:
    values = [c.value for c in cities]
    n = len(cities)
    if n < 2:  # noqa: PLR2004 - the first needs a second
        return Primacy(place, indicator, year, n, reason=reason)
    return Primacy(
        scope=place,
        indicator=indicator,
        year=year,
        n=n,
        first=cities[0].place,
        second=cities[1].place,
        two=city_index(values, 1),
        four=city_index(values, 3) if n > 3 else None,  # noqa: PLR2004 - S₄ needs four
        share=share(values[0], add(values)),
        reason=reason,
    )
