"""What a computed figure is made of: its ingredients, each with its own sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.build.readings import CHANGE_OF_QUOTIENT, QUOTIENT
from geodata.catalog.derive import NATIONAL
from geodata.errors import UnknownNameError
from geodata.ids import CENSUS_YEARS, NATION_CODE
from geodata.measures.specialisation import SECTORS, TOTAL
from geodata.measures.wholes import CHANGES, DRAWN_AREA
from geodata.measures.workforce import SUM_NOTE, UNIT
from geodata.records import LEVELS, REGION_ID, WHOLE_KINDS, Value
from geodata.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geodata.build.readings import Readings
    from geodata.records import Level, Status

AREA: Final = "area"
MEASURED: Final = "density by the area measured on the map"


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One figure that went into another: of which indicator, where, and the figure itself.

    `place` is a place id, a benchmark of location quotients, or "000000" for the nation.
    """

    indicator: str
    place: str
    value: Value


@dataclass(frozen=True, slots=True)
class _Asked:
    """The place a question is about; `level` is None for a circle or the whole."""

    readings: Readings
    place: str
    benchmark: str
    level: Level | None

    def value(self, indicator: str, year: str) -> Value:
        if self.level is None:
            return self.readings.value(indicator, self.place, year, self.benchmark)
        column = self.readings.values(indicator, year, self.level, self.benchmark)
        if self.place not in column.codes:
            message = f"{self.place} is no region of the level {self.level}."
            raise UnknownNameError(message)
        return column.values[column.codes.index(self.place)]

    def ingredient(self, indicator: str, year: str) -> Ingredient:
        return Ingredient(indicator, self.place, self.value(indicator, year))


class Provenance(Study):
    """Answers what figures are made of, exposed as `Atlas.provenance`."""

    @cached_property
    def resting(self) -> Mapping[str, int]:
        """How many figures rest on each source, published or computed; quotients are not in it."""
        return self._data.chosen.resting()

    @cached_property
    def incomparable(self) -> Mapping[str, tuple[str, ...]]:
        """The regions whose two censuses cannot be compared, each with the reasons."""
        codes = (c for level in LEVELS[:2] for c in self._data.regions.codes(level))
        found = {code: self._data.industries.breaks(code) for code in codes}
        return {code: reasons for code, reasons in found.items() if reasons}

    def ingredients(
        self,
        indicator: str,
        place_id: str,
        year: str,
        benchmark: str = REGION_ID,
        level: Level | None = None,
    ) -> tuple[Ingredient, ...]:
        """Return what a figure was computed from; empty for a published one or a gap.

        From the ingredients and the operation of the catalogue the figure can be computed again.
        Shares of the long series since 2003 have none: their amounts are not given out.

        Parameters
        ----------
        indicator, place_id, year, benchmark
            As for `Readings.value`.
        level
            Level of a region that has two: Beijing is a city and a province. None means the one
            it is ranked in.

        Raises
        ------
        UnknownNameError
            If the indicator, the place, the year or the benchmark is unknown.
        """
        whole = self._readings.place(place_id).kind in WHOLE_KINDS
        found = None if whole else level or self._data.regions.level_of(place_id)
        asked = _Asked(self._readings, place_id, benchmark, found)
        value = asked.value(indicator, year)
        return () if value.value is None else tuple(self._parts_of(indicator, value, asked))

    def _parts_of(self, indicator: str, value: Value, asked: _Asked) -> Iterator[Ingredient]:
        recipe = self._data.catalog.recipes[indicator]
        if recipe.operation == QUOTIENT:
            sector = self._readings.indicators[indicator].sector
            for where in (asked.place, asked.benchmark):
                yield from self._workers(sector, where, value.year)
        elif recipe.operation == CHANGE_OF_QUOTIENT:
            yield from (asked.ingredient(recipe.ingredients[-1], year) for year in CENSUS_YEARS)
        elif recipe.operation in CHANGES:
            name, units = recipe.ingredients[0], self._units(indicator, value.year, asked)
            over = self._data.wholes.over
            yield from (
                Ingredient(name, asked.place, over(name, units, year))
                if units
                else asked.ingredient(name, year)
                for year in CENSUS_YEARS
            )
        elif recipe.operation:
            yield from self._operands(indicator, value, asked)
        elif asked.level is None:
            yield from self._added(indicator, value.year, asked)

    def _workers(self, sector: str, place: str, year: str) -> Iterator[Ingredient]:
        """Yield the workers of an industry and of all, as sampled."""
        row = self._data.workforce[year].rows[place]
        status: Status = "computed" if SUM_NOTE in row.notes else "official"
        counts = {SECTORS[sector]: row.counts[list(SECTORS).index(sector)], TOTAL: row.total}
        for indicator, count in counts.items():
            known = None if np.isnan(count) else float(count)
            number = Value(known, UNIT, year, status, row.sources, row.notes)
            yield Ingredient(indicator, place, number)

    def _operands(self, indicator: str, value: Value, asked: _Asked) -> Iterator[Ingredient]:
        units = self._units(indicator, value.year, asked)
        own = self._data.wholes.series_of(indicator, asked.place) if units else indicator
        recipe = self._data.catalog.recipes[own]
        for name in recipe.ingredients:
            if name == AREA and {MEASURED, DRAWN_AREA} & {*value.note}:
                area = self._drawn(units or (asked.place,), value.year)
                yield Ingredient(name, asked.place, area)
            elif name in self._readings.indicators and units:
                added = self._data.wholes.added(name, units, value.year)
                yield Ingredient(name, asked.place, added)
            elif name in self._readings.indicators:
                yield asked.ingredient(name, value.year)
        if recipe.operation == "lq_nation":
            for name in recipe.ingredients:
                found = self._data.chosen.value(name, NATIONAL, value.year, NATION_CODE)
                if found is not None:
                    yield Ingredient(name, NATION_CODE, found)

    def _units(self, indicator: str, year: str, asked: _Asked) -> tuple[str, ...]:
        """Return the parts that went into the figure of a whole; none of a published one."""
        if asked.level is not None:
            return ()
        used = self._readings.whole(indicator, asked.place, year).used
        return () if used == (asked.place,) else used

    def _drawn(self, units: tuple[str, ...], year: str) -> Value:
        """Return the area on the map; that of a circle is the sum of its members."""
        places = self._data.regions.places
        area = round(sum(places[unit].drawn_area_km2 or 0.0 for unit in units), 6)
        return Value(area, "平方公里", year, "computed", note=(DRAWN_AREA,))

    def _added(self, indicator: str, year: str, asked: _Asked) -> Iterator[Ingredient]:
        units = self._units(indicator, year, asked)
        for unit in units:
            is_county = self._readings.place(unit).kind == "county"
            name = indicator if is_county else self._data.wholes.series_of(indicator, asked.place)
            yield Ingredient(name, unit, self._readings.value(name, unit, year))
