"""Yearly series: one indicator of a place over the years, and the years not to be crossed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isclose
from typing import TYPE_CHECKING, Final

from geodata.catalog.derive import YEAREND
from geodata.measures.coverage import ENOUGH
from geodata.measures.runs import runs
from geodata.measures.wholes import GDP, HEAD, REFUSED, Whole
from geodata.records import LEVELS, REGION_ID, Break, Indicator, Level, Name, Place, Value
from geodata.studies.study import Study, kept
from geodata.studies.systems import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geodata.studies.hierarchy import Family

FIRST, LAST = 2013, 2025
YEARS: Final = tuple(str(year) for year in range(FIRST, LAST + 1))
YEARLY: Final = 3
"""An indicator has a series from this many years within the span on."""

USUAL: Final = "gdp"
"""Shown where the chosen indicator has no series."""

ALIKE, PUBLISHED = "_alike", "_published"
"""Endings of the two families: places side by side stand in one kind of figure every year."""

PER_HEAD: Final = HEAD + ALIKE
"""Of either family it is computed as GDP over year-end residents."""

HEAD_PUBLISHED: Final = Name(
    "人均地区生产总值（当时公布的GDP÷年末常住人口）",
    "GDP per head of year-end residents (GDP as first published)",
)
"""Its name where GDP is that of its day: neither series of the catalogue has these figures."""


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one place in `YEARS`; a gap is a value of None.

    `runs` are the years that may be joined by a line, of a circle those with one set of members;
    `breaks` the years not to be crossed, one for each reason. A circle without any total may have
    a subtotal: then `partial` are its members, the same in every year, and to be named wherever it
    is drawn. `outside` are members without a figure, with the years drawn without them; `in_part`
    those of which only a part belongs, which are drawn in no year. `reason` says why
    there is nothing to draw. `catalogued` are the years whose figure is that of the catalogue.
    """

    place: Place
    points: tuple[Value, ...]
    runs: tuple[tuple[str, ...], ...]
    breaks: tuple[Break, ...]
    partial: tuple[Place, ...] = ()
    outside: tuple[tuple[tuple[str, ...], tuple[Place, ...]], ...] = ()
    in_part: tuple[Place, ...] = ()
    reason: Name = NOTHING
    catalogued: frozenset[str] = frozenset()


class YearlySeries(Study):
    """Answers an indicator of a place over the years."""

    def indicator(self, indicator: str, family: Family = "revised") -> Indicator:
        """Return an indicator in a family of GDP, where it has two; GDP per head as computed here.

        Raises
        ------
        UnknownNameError
            If there is no such indicator.
        """
        base = indicator.removesuffix(ALIKE).removesuffix(PUBLISHED)
        known = self._readings.indicators
        if base == HEAD:
            alike = known[PER_HEAD]
            return replace(alike, name=HEAD_PUBLISHED) if family == "published" else alike
        wanted = (base + (PUBLISHED if family == "published" else ALIKE), base)
        return self._readings.indicator(next((n for n in wanted if n in known), indicator))

    def is_yearly(self, indicator: str) -> bool:
        """Tell whether cities or provinces have figures in enough of the years."""
        years = self._readings.indicator(indicator).years
        return any(len(set(years.get(level, ())) & set(YEARS)) >= YEARLY for level in LEVELS)

    def series(self, indicator: str, place: str, family: Family = "revised") -> Series:
        """Return an indicator of any place over the years.

        Raises
        ------
        UnknownNameError
            If the indicator or the place is unknown.
        """
        return self._series_of(self.indicator(indicator, family).id, place, family)

    @kept(4096)
    def _series_of(self, indicator: str, place_id: str, family: Family) -> Series:
        found = self._told(indicator, place_id, family)
        known = (v.year for v in found.points if self._is_catalogued(indicator, place_id, v))
        return replace(found, catalogued=frozenset(known))

    def _told(self, indicator: str, place_id: str, family: Family) -> Series:
        place = self._readings.place(place_id)
        if place.kind == "circle":
            return self._circle_series(indicator, place, family)
        if indicator == PER_HEAD:
            points = tuple(self._head(place_id, year, family).value for year in YEARS)
        else:
            known = set(self._readings.years(indicator, place_id))
            gap = Value(None, self._readings.indicator(indicator).unit, "")
            points = tuple(
                self._readings.value(indicator, place_id, y) if y in known else replace(gap, year=y)
                for y in YEARS
            )
        return self._joined(place, points, self._breaks(indicator, [place_id], family))

    def _circle_series(self, indicator: str, place: Place, family: Family) -> Series:
        """Read a circle's totals; without any, its subtotals where their members never change."""
        wholes = [self._whole(indicator, place.id, year, family) for year in YEARS]
        totals = {w.value.year: w.used for w in wholes if w.value.value is not None}
        sets = {w.used for w in wholes if w.subtotal}
        if not totals and len(sets) != 1:
            return self._nothing(place, wholes)
        used = totals or {w.value.year: w.used for w in wholes if w.subtotal}
        points = tuple(w.subtotal.value if w.subtotal and not totals else w.value for w in wholes)
        every = dict.fromkeys(unit for units in used.values() for unit in units)
        breaks = self._breaks_of(indicator, used, family)
        lacking: dict[tuple[str, ...], list[str]] = {}
        for one in wholes:
            if one.lacking and one.value.year in used:
                lacking.setdefault(one.lacking, []).append(one.value.year)
        regions = self._data.regions.places
        return Series(
            place,
            points,
            runs(used, {b.year for b in breaks}),
            breaks,
            partial=() if totals else tuple(regions[u] for u in every),
            outside=tuple(
                (tuple(years), tuple(regions[u] for u in units)) for units, years in lacking.items()
            ),
            in_part=self._data.layout.in_part(place.id),
        )

    def _whole(self, indicator: str, place: str, year: str, family: Family) -> Whole:
        """Return a circle's figure, GDP per head from the GDP of the family."""
        if indicator == PER_HEAD:
            return self._head(place, year, family)
        return self._readings.whole(indicator, place, year)

    def _head(self, place: str, year: str, family: Family) -> Whole:
        return self._data.wholes.per_head(place, year, self.indicator(GDP, family).id)

    def _is_catalogued(self, indicator: str, place: str, value: Value) -> bool:
        """Tell a figure of the catalogue from one put together here.

        A circle may add other parts than the catalogue does, and GDP per head is computed anew.
        """
        if value.value is None or value.year not in self._readings.years(indicator, place):
            return False
        known = self._readings.value(indicator, place, value.year).value
        return known is not None and isclose(known, value.value)

    def _joined(self, place: Place, points: tuple[Value, ...], breaks: tuple[Break, ...]) -> Series:
        there = {v.year: [place.id] for v in points if v.value is not None}
        reason = NOTHING if there else _no_figures(place)
        return Series(place, points, runs(there, {b.year for b in breaks}), breaks, reason=reason)

    def _nothing(self, place: Place, wholes: Sequence[Whole]) -> Series:
        points = tuple(replace(w.value, note=()) for w in wholes)
        can = all(REFUSED not in w.value.note for w in wholes)
        return Series(place, points, (), (), reason=_no_total(place, can=can))

    def _levels(self, units: Sequence[str]) -> tuple[Level, ...]:
        """Return the levels at which the units have their figures."""
        found = {"province" if u == REGION_ID else self._data.regions.level_of(u) for u in units}
        return tuple(level for level in LEVELS if level in found)

    def _breaks_of(
        self, indicator: str, used: Mapping[str, tuple[str, ...]], family: Family
    ) -> tuple[Break, ...]:
        """Return the breaks between years of one set of members, by those members."""
        found = (
            b
            for units in dict.fromkeys(used.values())
            for b in self._breaks(indicator, units, family)
            if {year < b.year for year, own in used.items() if own == units} == {True, False}
        )
        return _each_reason(found)

    def _breaks(self, indicator: str, units: Sequence[str], family: Family) -> tuple[Break, ...]:
        """Return the breaks, about any of the units, of an indicator and what it is made of."""
        levels = self._levels(units)
        of = self._data.catalog.recipes[indicator].ingredients
        names = (
            (self.indicator(GDP, family).id, YEAREND) if indicator == PER_HEAD else (indicator, *of)
        )
        found = (
            b
            for name in names
            for level in levels
            for b in self._data.catalog.breaks_of(name, level)
            if YEARS[0] < b.year <= YEARS[-1] and self._concerns(b, units)
        )
        return _each_reason(found)

    def _concerns(self, one: Break, units: Sequence[str]) -> bool:
        """Tell whether a break is about one of the units; the region is made of all places."""
        if not one.places or REGION_ID in units:
            return True
        places = self._data.regions.places
        return any({unit, places[unit].province} & {*one.places} for unit in units)


def _each_reason(found: Iterable[Break]) -> tuple[Break, ...]:
    """Return breaks by year, each reason of a year once."""
    reasons = {(b.year, b.reason): b for b in found}
    return tuple(sorted(reasons.values(), key=lambda b: b.year))


def _no_figures(place: Place) -> Name:
    return Name(
        f"{place.label.zh}没有该指标的逐年数据，不画。",
        f"{place.label.en} has no yearly figures of this indicator; not drawn.",
    )


def _no_total(place: Place, *, can: bool) -> Name:
    """Say why a circle has no series; `can` says that the indicator is put together at all."""
    if not can:
        return Name(
            f"{place.name.zh}：该指标不能由成员相加或重算，不画。",
            f"{place.name.en}: the indicator cannot be put together from members; not drawn.",
        )
    return Name(
        f"{place.name.zh}没有一年可作合计（成员须全部列名，有数据的须占该圈人口{ENOUGH:g}%），也没有"
        "成员各年相同的部分小计，不画。",
        f"{place.name.en}: no year has a total (all members must be named, and those with a figure "
        f"hold {ENOUGH:g}% of its people) nor a subtotal of the same members in every year; not "
        "drawn.",
    )
