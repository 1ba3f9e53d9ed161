"""Figures of any place in any year: what the atlas reads out, regions and wholes alike."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geodata.catalog.chosen import ranks
from geodata.errors import UnknownNameError
from geodata.ids import OWN
from geodata.measures.workforce import BENCHMARKS
from geodata.records import (
    REGION_ID,
    WHOLE_KINDS,
    Break,
    Circle,
    Column,
    Indicator,
    Level,
    Name,
    Place,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.build.atlas_data import AtlasData
    from geodata.measures.wholes import Whole

CHANGE_OF_QUOTIENT: Final = "lq_change"
QUOTIENT: Final = "lq"


class Readings:
    """Places and their figures.

    Parameters
    ----------
    data
        What the atlas is made of, as `geodata.build.atlas_data.assemble` puts them together..
    """

    def __init__(self, data: AtlasData) -> None:
        self._data = data
        self.indicators: dict[str, Indicator] = dict(data.indicators)
        self.own = tuple(i for i, entry in self.indicators.items() if entry.theme == OWN)
        self._circles = {
            circle.key: _circle_place(circle)
            for scheme in data.layout.schemes
            for circle in scheme.circles
        }
        self._columns: dict[tuple[str, str, str, str], Column] = {}
        self._whole = lru_cache(maxsize=None)(data.wholes.whole)

    def place(self, place: str) -> Place:
        """Return a region by code, a circle by "scheme/circle", or the whole by "JJJ".

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        if place in self._circles:
            return self._circles[place]
        return self._data.regions.place(place)

    def indicator(self, indicator: str) -> Indicator:
        """Return a catalogue entry; UnknownNameError if there is none."""
        try:
            return self.indicators[indicator]
        except KeyError:
            message = (
                f"The atlas has no indicator {indicator!r}; the catalogue lists "
                f"{len(self.indicators)}, such as population or gdp."
            )
            raise UnknownNameError(message) from None

    def breaks(self, indicator: str, level: Level) -> tuple[Break, ...]:
        """Return the years across which an indicator must not be compared."""
        return self._data.catalog.breaks_of(self.indicator(indicator).id, level)

    def values(self, indicator: str, year: str, level: Level, benchmark: str = REGION_ID) -> Column:
        """Return an indicator in one year for all regions of a level, kept once computed.

        Parameters
        ----------
        indicator, year, level
            What and where; a year that only another level has gives a column without values.
        benchmark
            The reference of location quotients; other indicators do not depend on it.

        Raises
        ------
        UnknownNameError
            If the indicator, the level, the benchmark, or the year at every level is unknown.
        """
        key = (indicator, year, level, benchmark)
        if key not in self._columns:
            self._columns[key] = self._column(*key)
        return self._columns[key]

    def value(self, indicator: str, place_id: str, year: str, benchmark: str = REGION_ID) -> Value:
        """Return one figure of any place; that of a circle or of the whole is computed.

        Where no figure exists the value is None.
        """
        place = self.place(place_id)
        if place.kind not in WHOLE_KINDS:
            level = self._data.regions.level_of(place_id)
            column = self.values(indicator, year, level, benchmark)
            return column.values[column.codes.index(place_id)]
        self._check(indicator, year, benchmark)
        if self._operation(indicator) in {QUOTIENT, CHANGE_OF_QUOTIENT}:
            return self._quotients(indicator, year, (place_id,), benchmark)[0]
        return self.whole(indicator, place_id, year).value

    def whole(self, indicator: str, place_id: str, year: str) -> Whole:
        """Return the figure of a circle or of the whole with its parts, kept once computed.

        Where a circle has no total, `subtotal` is what its members with a figure add up to.
        """
        return self._whole(indicator, place_id, year)

    def series(
        self, indicator: str, places: Sequence[str], benchmark: str = REGION_ID
    ) -> dict[str, tuple[Value, ...]]:
        """Return the figures of places in all years of their level, gaps as values of None."""
        return {
            p: tuple(self.value(indicator, p, y, benchmark) for y in self.years(indicator, p))
            for p in places
        }

    def years(self, indicator: str, place_id: str) -> tuple[str, ...]:
        """Return the years in which places like this one have figures of an indicator."""
        kind = self.place(place_id).kind
        years = self.indicator(indicator).years
        if kind not in WHOLE_KINDS:
            return years.get(self._data.regions.level_of(place_id), ())
        return tuple(sorted({y for of_level in years.values() for y in of_level}))

    def term(self, vocabulary: str, term: str) -> Name:
        """Return the name of a term; UnknownNameError if the vocabulary does not have it."""
        return self._data.catalog.term(vocabulary, term)

    def _operation(self, indicator: str) -> str:
        return self._data.catalog.operation(indicator)

    def _check(self, indicator: str, year: str, benchmark: str) -> None:
        years = {y for of_level in self.indicator(indicator).years.values() for y in of_level}
        if year not in years:
            message = (
                f"The atlas has no {indicator} of {year!r}; there is {', '.join(sorted(years))}."
            )
            raise UnknownNameError(message)
        if benchmark not in BENCHMARKS:
            message = f"There is no benchmark {benchmark!r}; choose {', '.join(BENCHMARKS)}."
            raise UnknownNameError(message)

    def _column(self, indicator: str, year: str, level: Level, benchmark: str) -> Column:
        self._check(indicator, year, benchmark)
        codes, unit = self._data.regions.codes(level), self.indicators[indicator].unit
        if self._operation(indicator) in {QUOTIENT, CHANGE_OF_QUOTIENT}:
            values = self._quotients(indicator, year, codes, benchmark)
        else:
            found, gap = self._data.chosen.slice(indicator, level, year), Value(None, unit, year)
            values = tuple(found.get(code, gap) for code in codes)
        return Column(indicator, year, level, unit, codes, values, ranks(values))

    def _quotients(
        self, indicator: str, year: str, codes: tuple[str, ...], benchmark: str
    ) -> tuple[Value, ...]:
        sector, industries = self.indicators[indicator].sector, self._data.industries
        if self._operation(indicator) == QUOTIENT:
            return tuple(industries.column(sector, codes, year, benchmark))
        return tuple(industries.change(sector, codes, year, benchmark))


def _circle_place(circle: Circle) -> Place:
    return Place(circle.key, "circle", circle.name, circle.name, parent=REGION_ID)
