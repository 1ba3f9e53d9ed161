"""Places side by side: key figures in one year, and shares and rates as indices of the region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.build.readings import CHANGE_OF_QUOTIENT, QUOTIENT
from geodata.measures.wholes import Whole
from geodata.records import REGION_ID, Indicator, Subtotal, Value
from geodata.studies.yearly import PER_HEAD, YearlySeries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.studies.hierarchy import Family

KEYS: Final = (
    "population",
    "population_change",
    "population_density",
    "urban_share_census",
    "tertiary_education_share",
    "gdp",
    PER_HEAD,
    "gdp_tertiary_share",
    "fiscal_revenue",
    "retail_sales",
    "trade_total",
)
RATES: Final = (
    PER_HEAD,
    "gdp_secondary_share",
    "gdp_tertiary_share",
    "urban_share_census",
    "tertiary_education_share",
    "floating_other_province_share",
    "population_density",
)
"""What is compared as an index: shares and rates, which do not grow with the size of a place."""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A key figure of several places in one year, in the order of the places.

    `catalogued` tells of each whether it is the figure of the catalogue; `subtotals` are what the
    members of a circle without a total add up to.
    """

    indicator: Indicator
    year: str
    cells: tuple[Value, ...]
    catalogued: tuple[bool, ...]
    subtotals: tuple[Subtotal | None, ...]


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


class Comparisons(YearlySeries):
    """Answers of places side by side, exposed as `Atlas.comparison`."""

    def rows(
        self, places: Sequence[str], indicators: Sequence[str] = KEYS, family: Family = "revised"
    ) -> tuple[ComparedRow, ...]:
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
                none = [self._withheld(name, place, year, family) for place in places]
                cells = tuple(
                    column.get(year, whole.value if whole else gap)
                    for column, whole in zip(columns, none, strict=True)
                )
                known = self._each_catalogued(name, places, cells)
                parts = tuple(whole.subtotal if whole else None for whole in none)
                found.append(ComparedRow(self.indicator(name, family), year, cells, known, parts))
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

    def _figures(self, indicator: str, place: str, family: Family) -> dict[str, Value]:
        """Return the figures of a place by year: its series, or those of the censuses."""
        if self.is_yearly(indicator):
            series = self._series_of(indicator, place, family)
            points = () if series.partial else series.points
        else:
            years = self._readings.years(indicator, place)
            points = tuple(self._readings.value(indicator, place, y) for y in years)
        return {v.year: v for v in points if v.value is not None}

    def _withheld(self, indicator: str, place: str, year: str, family: Family) -> Whole | None:
        """Return what stands for the total that a circle does not have."""
        if self._readings.place(place).kind != "circle":
            return None
        if self._data.catalog.operation(indicator) in {QUOTIENT, CHANGE_OF_QUOTIENT}:
            whole = Whole(self._readings.value(indicator, place, year))
        else:
            whole = self._whole(indicator, place, year, family)
        return whole if whole.value.value is None else None
