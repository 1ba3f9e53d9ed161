"""What of a place can be followed over the years: its own figures since their first year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.ids import CENSUS_YEARS
from geodata.measures.runs import runs
from geodata.records import WHOLE_KINDS, Break, Value
from geodata.studies.specialisation import PERIOD
from geodata.studies.yearly import YearlySeries

if TYPE_CHECKING:
    from geodata.records import Indicator, Place

FOLLOWED: Final = (
    "population_yearend",
    "gdp",
    "gdp_per_capita",
    "strata_tertiary_share",
    "fiscal_revenue",
    "retail_sales",
    "urbanization",
    "trade_total",
    "rd_intensity",
)
"""Yearly figures in the order in which a place is asked for them."""
COUNTED: Final = ("population", "urban_share_census", "schooling_years")
"""Figures of both censuses, told of counties where the censuses can be compared."""
CHANGE: Final = "population_change"
"""It has a figure where the boundaries of two censuses are the same, and only there."""
FEWEST: Final = 2
MOST: Final = 6
MOST_OWN: Final = 3
"""Figures that a reader has brought along, after those that are published."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure of one place over the years.

    `points` are its figures by year, none missing; `runs` the years that may be joined by a line;
    `breaks` the years not to be crossed. `partial` are the members whose subtotal it is, where a
    circle has no total.
    """

    indicator: Indicator
    points: tuple[Value, ...]
    runs: tuple[tuple[str, ...], ...]
    breaks: tuple[Break, ...]
    partial: tuple[Place, ...] = ()


class Trends(YearlySeries):
    """Answers of what can be followed, exposed as `Atlas.trends`."""

    def of(self, place_id: str) -> tuple[Trend, ...]:
        """Return the figures of a place that can be followed: at most `MOST`, and `MOST_OWN` own.

        A figure is followed where two years of it may be compared: years with a gap or a break of
        the series between them are not joined, and two censuses only where the boundaries agree.

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        place = self._readings.place(place_id)
        found = [self._yearly(name, place) for name in FOLLOWED]
        if place.kind in {"county", "new_area"}:
            found += [self._census(name, place) for name in COUNTED]
        told = [one for one in found if one is not None][:MOST]
        own = [self._yearly(name, place) for name in self._readings.own]
        return (*told, *[one for one in own if one is not None][:MOST_OWN])

    def _yearly(self, name: str, place: Place) -> Trend | None:
        entry = self.indicator(name)
        if place.kind in WHOLE_KINDS:
            series = self.series(name, place.id)
            known = tuple(v for v in series.points if v.value is not None)
            made = Trend(entry, known, series.runs, series.breaks, series.partial)
        else:
            if not self._readings.years(entry.id, place.id):
                entry = self._readings.indicator(name)
            known = self._known(entry.id, place.id)
            crossed = self._crossed(entry.id, place)
            joined = runs({v.year: [place.id] for v in known}, {b.year for b in crossed})
            made = Trend(entry, known, joined, crossed)
        return made if any(len(run) >= FEWEST for run in made.runs) else None

    def _known(self, indicator: str, place_id: str) -> tuple[Value, ...]:
        years = [y for y in self._readings.years(indicator, place_id) if y.isdecimal()]
        found = (self._readings.value(indicator, place_id, year) for year in years)
        return tuple(value for value in found if value.value is not None)

    def _crossed(self, indicator: str, place: Place) -> tuple[Break, ...]:
        """Return the breaks of an indicator, and of what it is made of, that are about a place."""
        of = (indicator, *self._data.catalog.recipes[indicator].ingredients)
        (level,) = self._levels([place.id])
        found = (b for name in of for b in self._data.catalog.breaks_of(name, level))
        each = {(b.year, b.reason): b for b in found if self._concerns(b, [place.id])}
        return tuple(sorted(each.values(), key=lambda b: b.year))

    def _census(self, name: str, place: Place) -> Trend | None:
        if self._readings.value(CHANGE, place.id, PERIOD).value is None:
            return None
        known = tuple(v for v in self._known(name, place.id) if v.year in CENSUS_YEARS)
        if len(known) < len(CENSUS_YEARS):
            return None
        return Trend(self._readings.indicator(name), known, (CENSUS_YEARS,), ())
