"""The city system: who is how large, how steep it falls, and where a rung is missing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from geodata.errors import UnknownNameError
from geodata.measures.aggregation import add
from geodata.measures.hierarchy import (
    FEWEST,
    RankSize,
    SizeClass,
    Step,
    rank_size,
    size_classes,
    steps,
)
from geodata.measures.primacy import city_index, share, telling_years
from geodata.records import FULL_ROLES, REGION_ID, Name, Place, Value
from geodata.studies.towns import YEAR, ZONES, Towns

if TYPE_CHECKING:
    from geodata.parts import Parts
    from geodata.readings import Readings

Measure = Literal["towns", "urban", "population", "gdp"]
Family = Literal["revised", "published"]

MEASURES: Final[dict[tuple[str, str], str]] = {
    ("population", "revised"): "population_yearend",
    ("population", "published"): "population_yearend",
    ("towns", "revised"): "population_urban",
    ("towns", "published"): "population_urban",
    ("urban", "revised"): "population_urban",
    ("urban", "published"): "population_urban",
    ("gdp", "revised"): "gdp",
    ("gdp", "published"): "gdp_published",
}
"""The indicator of each measure in each family; only GDP has two."""

NOTHING: Final = Name("", "")
PROVINCES: Final = ("110000", "120000", "130000")
TOWNS: Final = "towns"


@dataclass(frozen=True, slots=True)
class City:
    """A city of a system with its size; `rank` is 1 for the largest.

    `catalogued` is False for districts put together, whose sum the catalogue does not have.
    """

    place: Place
    value: Value
    rank: int
    catalogued: bool = True


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


class Hierarchy:
    """Answers of the city system, exposed as `Atlas.hierarchy`.

    A system is made of whole cities: the 13 cities of the region, the 11 of Hebei, or the cities
    that are full members (core, wing, member) of a circle. Xiong'an has no yearly figures of its
    own and takes no rank; the figures of Baoding say whether it is in them. By "towns" it is made
    of urban places instead, see `geodata.studies.towns`.

    Parameters
    ----------
    readings
        Asked for the figures.
    parts
        The rooms behind it.
    """

    def __init__(self, readings: Readings, parts: Parts) -> None:
        self._readings = readings
        self._parts = parts
        self._system = lru_cache(maxsize=None)(self._made)
        self._town_system = lru_cache(maxsize=None)(self._made_of_towns)
        self._towns = Towns(readings, parts)

    def scopes(self, scheme: str) -> tuple[Place, ...]:
        """Return what has a city system to ask for: the region, the provinces, the circles."""
        circles = self._parts.layout.scheme(scheme).circles
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
            return self._town_system(scope, indicator, year)
        return self._system(scope, indicator, year)

    def primacy(
        self,
        scope: str = REGION_ID,
        measure: Measure = "gdp",
        year: str = "",
        family: Family = "revised",
    ) -> Primacy:
        """Return two- and four-city primacy of a scope; parameters and errors as `system`."""
        return self.system(scope, measure, year, family).primacy

    def primacies(
        self, scope: str, measure: Measure = "gdp", family: Family = "revised"
    ) -> tuple[Primacy, ...]:
        """Return primacy in the telling years: the first, the last before each break, the latest.

        Where the scope has no system, one entry says why.
        """
        indicator = MEASURES[measure, family]
        if measure == TOWNS:
            return (self._town_system(scope, indicator, "").primacy,)
        cities = self._cities(scope)
        years = list(self._full_years(indicator, cities))
        breaks = [b.year for b in self._readings.breaks(indicator, "city")]
        told = telling_years(years, breaks)[-4:] if len(cities) > 1 else []
        return tuple(self._system(scope, indicator, y).primacy for y in told or [""])

    def _cities(self, scope: str) -> tuple[str, ...]:
        """Return the whole cities of a scope; Beijing or Tianjin alone for their provinces."""
        regions = self._parts.regions
        cities = [c for c in regions.codes("city") if regions.places[c].kind == "city"]
        place = self._readings.place(scope)
        if place.kind == "region":
            return tuple(cities)
        if place.kind == "circle":
            roles = self._parts.layout.roles([scope], "city")
            return tuple(c for c in cities if roles.get(c) in FULL_ROLES)
        if scope not in PROVINCES:
            message = f"{place.name.en} is no city system; choose JJJ, a province or a circle."
            raise UnknownNameError(message)
        return tuple(c for c in cities if regions.places[c].province == scope)

    def _full_years(self, indicator: str, cities: tuple[str, ...]) -> tuple[str, ...]:
        """Return the years in which all cities have a figure, ascending."""
        years = self._readings.indicator(indicator).years.get("city", ())
        read = self._readings
        return tuple(
            y for y in years if all(read.value(indicator, c, y).value is not None for c in cities)
        )

    def _made(self, scope: str, indicator: str, asked: str) -> System:
        place, codes = self._readings.place(scope), self._cities(scope)
        years = self._full_years(indicator, codes) if codes else ()
        year = asked if asked in years else (years[-1] if years else asked)
        outside = self._outside(scope, codes)
        found = [
            (self._readings.place(c), self._readings.value(indicator, c, year))
            for c in codes
            if years
        ]
        return _ranked(
            System(place, indicator, year, (), Primacy(place, indicator, year, 0)),
            found,
            self._reason(place, len(found)),
            outside,
            self._remarks(place, asked, year, outside),
        )

    def _made_of_towns(self, scope: str, indicator: str, asked: str) -> System:
        place = self._readings.place(scope)
        self._cities(scope)
        found = self._towns.of(scope)
        made = _ranked(
            System(place, indicator, YEAR, (), Primacy(place, indicator, YEAR, 0)),
            [(town.place, town.value) for town in found],
            self._reason(place, len(found)),
            (),
            (*self._remarks(place, asked, YEAR, ()), ZONES),
        )
        alone = (replace(c, catalogued=c.place.kind == "county") for c in made.cities)
        return replace(made, cities=tuple(alone))

    def _outside(self, scope: str, cities: tuple[str, ...]) -> tuple[Place, ...]:
        """Return the listed units of a circle that are in none of its whole cities."""
        if self._readings.place(scope).kind != "circle":
            return ()
        regions, layout = self._parts.regions, self._parts.layout
        inside = frozenset[str]().union(*(regions.counties_of(c) for c in cities))
        units = layout.full_units(scope)
        return tuple(regions.places[u] for u in units if not regions.counties_of(u) <= inside)

    def _reason(self, place: Place, n: int) -> Name:
        """Say why a scope has no hierarchy to draw; empty where it has."""
        if place.id in PROVINCES[:2]:
            return Name(
                f"{place.name.zh}是一个城市，没有下辖的地级市，城市之间的等级在此无从谈起；"
                "请看京津冀或河北省。",
                f"{place.name.en} is one single city without prefectures below it: there is no "
                "hierarchy of cities within it. See the region or Hebei.",
            )
        if place.kind == "circle":
            missing = self._parts.layout.circle(place.id).missing
            if missing:
                return Name(
                    f"{place.name.zh}有{missing}个成员未查到名称，成员不全，不作位序—规模分析。",
                    f"{missing} members of the {_low(place.name.en)} are not named by any source: "
                    "no rank–size analysis on an incomplete list.",
                )
        if n < FEWEST:
            return Name(
                f"{place.name.zh}完整纳入的城市只有{n}个，不足{FEWEST}个，画不出位序—规模曲线。",
                f"Only {n} whole {'city' if n == 1 else 'cities'} in the {_low(place.name.en)}: a "
                f"rank–size line needs at least {FEWEST}.",
            )
        return NOTHING

    def _remarks(
        self, place: Place, asked: str, year: str, outside: tuple[Place, ...]
    ) -> tuple[Name, ...]:
        found = []
        if asked and asked != year:
            found.append(
                Name(
                    f"{asked}年并非所有城市都有数据，改示各城市齐备的{year}年。",
                    f"Not all cities have a figure for {asked}; {year} is shown instead, the "
                    "latest year with all of them.",
                )
            )
        if outside:
            zh = "、".join(p.label.zh for p in outside[:6])
            en = ", ".join(p.label.en for p in outside[:6])
            more = len(outside) - 6
            found.append(
                Name(
                    f"按整市排位，未计入：{zh}{f'等{len(outside)}个单元' if more > 0 else ''}。",
                    f"Whole cities only, so without {en}{f' and {more} more' if more > 0 else ''}.",
                )
            )
        if place.kind == "circle" and self._parts.layout.circle(place.id).missing is None:
            found.append(
                Name(
                    "该圈未公布完整边界，只计已点名的完整成员城市。",
                    "The circle has no complete published boundary: only its named whole cities "
                    "are ranked.",
                )
            )
        return tuple(found)


def _ranked(
    empty: System,
    found: list[tuple[Place, Value]],
    reason: Name,
    outside: tuple[Place, ...],
    remarks: tuple[Name, ...],
) -> System:
    """Rank the places of a system, and fit a line unless a reason stands against it."""
    found.sort(key=lambda pair: -(pair[1].value or 0.0))
    cities = tuple(City(place, value, rank) for rank, (place, value) in enumerate(found, start=1))
    made = replace(
        empty,
        cities=cities,
        primacy=_primacy(empty.scope, empty.indicator, empty.year, cities, reason),
        outside=outside,
        reason=reason,
        remarks=remarks,
    )
    if reason.zh:
        return made
    sizes = [c.value.value or 0.0 for c in cities]
    return replace(made, line=rank_size(sizes), steps=steps(sizes), classes=size_classes(sizes))


def _low(name: str) -> str:
    """Write "Capital metropolitan circle" as it stands within a sentence."""
    proper = ("Tianjin", "Shijiazhuang", "Beijing", "Hebei")
    return name if name.startswith(proper) else name[:1].lower() + name[1:]


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
