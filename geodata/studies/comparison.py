"""Places side by side: one indicator over the years, key figures, and indices of the region."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import isclose
from typing import TYPE_CHECKING, Final

from geodata.measures.aggregation import add, computed, derive
from geodata.measures.runs import runs
from geodata.measures.wholes import HEAD, HEAD_NOTE, SCOPES_DIFFER
from geodata.records import REGION_ID, Break, Indicator, Name, Place, Value
from geodata.studies.hierarchy import NOTHING, Family

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.catalog import Recipe
    from geodata.parts import Parts
    from geodata.readings import Readings

FIRST, LAST = 2013, 2025
YEARS: Final = tuple(str(year) for year in range(FIRST, LAST + 1))
YEARLY: Final = 3
"""An indicator has a series from this many years within the span on."""

USUAL: Final = "gdp"
"""Shown where the chosen indicator has no series."""

HEAD_NAME: Final = Name(
    "人均地区生产总值（GDP÷年末常住人口）", "GDP per head of year-end residents"
)
PEOPLE: Final = "population_yearend"
KEYS: Final = (
    "population",
    "population_change",
    "population_density",
    "urban_share_census",
    "tertiary_education_share",
    "gdp",
    HEAD,
    "gdp_tertiary_share",
    "fiscal_revenue",
    "retail_sales",
    "trade_total",
)
RATES: Final = (
    HEAD,
    "gdp_secondary_share",
    "gdp_tertiary_share",
    "urban_share_census",
    "tertiary_education_share",
    "floating_other_province_share",
    "population_density",
)
"""What is compared as an index: shares and rates, which do not grow with the size of a place."""

SUFFIX: Final = "_published"
WITHOUT: Final = "no figure for and so without: "


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one place in `YEARS`; a gap is a value of None.

    `runs` are the years that may be joined by a line; `breaks` the years not to be crossed. The
    figure of a circle adds the same `used` parts in every year; `outside` are parts without
    enough figures, left out of all of them. `reason` says why there is nothing to draw.
    `catalogued` are the years whose figure is that of the catalogue.
    """

    place: Place
    points: tuple[Value, ...]
    runs: tuple[tuple[str, ...], ...]
    breaks: tuple[Break, ...]
    used: tuple[Place, ...] = ()
    outside: tuple[Place, ...] = ()
    reason: Name = NOTHING
    catalogued: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """A key figure of several places in one year, in the order of the places.

    `catalogued` tells of each whether it is the figure of the catalogue.
    """

    indicator: Indicator
    year: str
    cells: tuple[Value, ...]
    catalogued: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """A rate of several places, the region being 100; None where a place has no figure.

    `catalogued` tells of each of `values` whether it is the figure of the catalogue.
    """

    indicator: Indicator
    year: str
    whole: Value
    values: tuple[Value, ...]
    cells: tuple[float | None, ...]
    catalogued: tuple[bool, ...]


class Comparisons:
    """Answers of places side by side, exposed as `Atlas.comparison`.

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
        self._series = lru_cache(maxsize=4096)(self._series_of)

    def indicator(self, indicator: str, family: Family = "revised") -> Indicator:
        """Return an indicator in a family of GDP, where it has two; GDP per head as computed here.

        Raises
        ------
        UnknownNameError
            If there is no such indicator.
        """
        base = indicator.removesuffix(SUFFIX)
        wanted = base + SUFFIX if family == "published" else base
        known = self._readings.indicators
        entry = self._readings.indicator(wanted if wanted in known else indicator)
        return replace(entry, name=HEAD_NAME) if entry.id == HEAD else entry

    def is_yearly(self, indicator: str) -> bool:
        """Tell whether cities or provinces have figures in enough of the years."""
        years = self._readings.indicator(indicator).years
        return any(len(set(years.get(level, ())) & set(YEARS)) >= YEARLY for level in _LEVELS)

    def series(self, indicator: str, place: str, family: Family = "revised") -> Series:
        """Return an indicator of any place over the years.

        Raises
        ------
        UnknownNameError
            If the indicator or the place is unknown.
        """
        return self._series(self.indicator(indicator, family).id, place, family)

    def rows(
        self, places: Sequence[str], indicators: Sequence[str] = KEYS, family: Family = "revised"
    ) -> tuple[Row, ...]:
        """Return key figures, each in the latest year that most of the places have.

        Raises
        ------
        UnknownNameError
            If an indicator or a place is unknown.
        """
        found = []
        for name in dict.fromkeys(self.indicator(i, family).id for i in indicators):
            columns = [self._figures(name, place, family) for place in places]
            years = sorted({year for column in columns for year in column})
            if years:
                year = max(years, key=lambda y: (sum(y in c for c in columns), y))
                gap = Value(None, self.indicator(name, family).unit, year)
                cells = tuple(column.get(year, gap) for column in columns)
                known = self._each_catalogued(name, places, cells)
                found.append(Row(self.indicator(name, family), year, cells, known))
        return tuple(found)

    def indices(self, places: Sequence[str], family: Family = "revised") -> tuple[Index, ...]:
        """Return shares and rates as indices, the region of the three places being 100.

        Each is read in the latest year in which the region and most places have a figure.
        """
        found = []
        for name in RATES:
            whole = self._figures(name, REGION_ID, family)
            columns = [self._figures(name, place, family) for place in places]
            years = [y for y in whole if any(y in column for column in columns)]
            if not years:
                continue
            year = max(years, key=lambda y: (sum(y in c for c in columns), y))
            entry, base = self.indicator(name, family), whole[year].value or 0.0
            values = tuple(c.get(year, Value(None, entry.unit, year)) for c in columns)
            cells = tuple(None if v.value is None else 100 * v.value / base for v in values)
            known = self._each_catalogued(name, places, values)
            found.append(Index(entry, year, whole[year], values, cells, known))
        return tuple(found)

    def _each_catalogued(
        self, indicator: str, places: Sequence[str], values: Sequence[Value]
    ) -> tuple[bool, ...]:
        pairs = zip(places, values, strict=True)
        return tuple(self._is_catalogued(indicator, place, value) for place, value in pairs)

    def _is_catalogued(self, indicator: str, place: str, value: Value) -> bool:
        """Tell a figure of the catalogue from one put together here.

        A circle may add other parts than the catalogue does, and GDP per head is computed anew.
        """
        if value.value is None or value.year not in self._readings.years(indicator, place):
            return False
        known = self._readings.value(indicator, place, value.year).value
        return known is not None and isclose(known, value.value)

    def _figures(self, indicator: str, place: str, family: Family) -> dict[str, Value]:
        """Return the figures of a place by year: its series, or those of the censuses."""
        if self.is_yearly(indicator):
            points = self._series(indicator, place, family).points
        else:
            years = self._readings.years(indicator, place)
            points = tuple(self._readings.value(indicator, place, y) for y in years)
        return {v.year: v for v in points if v.value is not None}

    def _series_of(self, indicator: str, place_id: str, family: Family) -> Series:
        found = self._told(indicator, place_id, family)
        known = (v.year for v in found.points if self._is_catalogued(indicator, place_id, v))
        return replace(found, catalogued=frozenset(known))

    def _told(self, indicator: str, place_id: str, family: Family) -> Series:
        place = self._readings.place(place_id)
        if place.kind == "circle":
            return self._circle_series(indicator, place, family)
        if indicator == HEAD:
            levels = self._levels([place_id])
            points = tuple(self._head(self._own_units(place), y, family) for y in YEARS)
        else:
            levels = self._levels([place_id])
            known = set(self._readings.years(indicator, place_id))
            gap = Value(None, self._readings.indicator(indicator).unit, "")
            points = tuple(
                self._readings.value(indicator, place_id, y) if y in known else replace(gap, year=y)
                for y in YEARS
            )
        return self._joined(place, points, self._breaks(indicator, levels, family))

    def _circle_series(self, indicator: str, place: Place, family: Family) -> Series:
        """Add the same parts in every year: those with figures in half of the years or more.

        Where these are fewer than half of the parts, their sum would not stand for the circle.
        """
        needed = self._ingredients(indicator, family)
        if not needed:
            return self._nothing(place, indicator)
        units = self._parts.wholes.units(place.id)
        complete = {u: [y for y in YEARS if self._parts_of(needed, u, y)] for u in units}
        spanned = {y for years in complete.values() for y in years}
        used = tuple(u for u in units if 2 * len(complete[u]) >= max(len(spanned), YEARLY))
        if 2 * len(used) < len(units):
            return self._nothing(place, indicator)
        outside = tuple(u for u in units if u not in used)
        points = tuple(self._added(indicator, used, y, family) for y in YEARS)
        regions = self._parts.regions.places
        note = WITHOUT + "、".join(regions[u].label.zh for u in outside)
        if outside:
            points = tuple(
                v if v.value is None else replace(v, note=(*v.note, note)) for v in points
            )
        breaks = self._breaks(indicator, self._levels(used), family)
        series = self._joined(place, points, breaks)
        return replace(
            series,
            used=tuple(regions[u] for u in used),
            outside=tuple(regions[u] for u in outside),
        )

    def _joined(self, place: Place, points: tuple[Value, ...], breaks: tuple[Break, ...]) -> Series:
        there = {v.year: [place.id] for v in points if v.value is not None}
        reason = NOTHING if there else _no_figures(place)
        return Series(place, points, runs(there, {b.year for b in breaks}), breaks, reason=reason)

    def _nothing(self, place: Place, indicator: str) -> Series:
        unit = self._readings.indicator(indicator).unit
        points = tuple(Value(None, unit, year) for year in YEARS)
        return Series(place, points, (), (), reason=_no_figures(place))

    def _own_units(self, place: Place) -> tuple[str, ...]:
        return self._parts.wholes.units(place.id) if place.kind == "region" else (place.id,)

    def _recipe(self, indicator: str) -> Recipe:
        return self._parts.catalog.recipes[indicator]

    def _ingredients(self, indicator: str, family: Family) -> tuple[str, ...]:
        """Return what is added over the parts of a circle; nothing where that makes no figure."""
        if indicator == HEAD:
            return (self.indicator("gdp", family).id, PEOPLE)
        recipe = self._recipe(indicator)
        if recipe.operation in {"share", "share_of_sum", "ratio", "sum"}:
            return recipe.ingredients
        plain = not recipe.operation and self._readings.indicator(indicator).summable
        return (indicator,) if plain else ()

    def _parts_of(self, needed: tuple[str, ...], unit: str, year: str) -> list[Value]:
        """Return all ingredients of a unit, or nothing."""
        if PEOPLE in needed and len(needed) > 1 and year >= SCOPES_DIFFER.get(unit, "9999"):
            return []
        found = [self._parts.wholes.figure(i, unit, year) for i in needed]
        whole = [v for v in found if v is not None]
        return whole if len(whole) == len(needed) else []

    def _added(self, indicator: str, units: tuple[str, ...], year: str, family: Family) -> Value:
        if indicator == HEAD:
            return self._head(units, year, family)
        recipe = self._recipe(indicator)
        needed = self._ingredients(indicator, family)
        rows = [self._parts_of(needed, u, year) for u in units]
        if not all(rows):
            return Value(None, recipe.unit, year)
        sums = [add(column) for column in zip(*rows, strict=True)]
        if not recipe.operation:
            return replace(sums[0], status="computed") if len(units) > 1 else sums[0]
        number = derive(recipe.operation, [s.value or 0.0 for s in sums], recipe.scale)
        return computed(number, recipe.unit, year, sums)

    def _head(self, units: tuple[str, ...], year: str, family: Family) -> Value:
        needed = self._ingredients(HEAD, family)
        rows = [self._parts_of(needed, u, year) for u in units]
        if not all(rows):
            return Value(None, "元", year)
        sums = [add(column) for column in zip(*rows, strict=True)]
        number = derive("ratio", [s.value or 0.0 for s in sums], 10_000.0)
        return computed(number, "元", year, sums, HEAD_NOTE)

    def _levels(self, units: Sequence[str]) -> tuple[str, ...]:
        """Return the levels at which the units have their figures."""
        found = {"province" if u == REGION_ID else self._parts.regions.level_of(u) for u in units}
        return tuple(level for level in _LEVELS if level in found)

    def _breaks(self, indicator: str, levels: Sequence[str], family: Family) -> tuple[Break, ...]:
        """Return the breaks of an indicator and of what it is computed from, one a year."""
        names = dict.fromkeys((indicator, *self._ingredients(indicator, family)))
        if indicator == HEAD:
            names.pop(HEAD)
        found = [
            b
            for name in names
            for level in _LEVELS
            if level in levels
            for b in self._parts.catalog.breaks_of(name, level)
            if YEARS[0] < b.year <= YEARS[-1]
        ]
        by_year = {b.year: b for b in sorted(found, key=lambda b: b.year, reverse=True)}
        return tuple(by_year[year] for year in sorted(by_year))


_LEVELS: Final = ("county", "city", "province")


def _no_figures(place: Place) -> Name:
    if place.kind == "circle":
        return Name(
            f"{place.name.zh}的成员大多没有逐年数据，或该指标不能按成员汇总，不画。",
            f"{place.name.en}: most members have no yearly figures, or the indicator cannot be "
            "put together from its members; not drawn.",
        )
    return Name(
        f"{place.label.zh}没有该指标的逐年数据，不画。",
        f"{place.label.en} has no yearly figures of this indicator; not drawn.",
    )
