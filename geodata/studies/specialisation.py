"""Who specialises in an industry: every place with its quotient, how sure it is, how it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.ids import CENSUS_YEARS
from geodata.measures.specialisation import SECTORS, STABLE_COUNT
from geodata.measures.strength import mean_percentile, percentiles, relative_growth
from geodata.measures.uncertainty import quotient_interval
from geodata.measures.workforce import SAMPLE_NOTE, UNIT
from geodata.records import REGION_ID, Place, Status, Value
from geodata.studies.industries import SECTOR_OF, sector_of
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


PERIOD: Final = "-".join(CENSUS_YEARS)
"""The year that a change between the censuses carries."""
KEPT: Final = 256
"""Answers that are kept; one of all counties takes some 200 kB."""
SUMMED: Final = frozenset({"circle", "region", "new_area"})
"""Kinds of places whose counts are sums of printed ones."""
UNSTABLE_GROWTH: Final = f"one of the years rests on fewer than {STABLE_COUNT} sampled workers"
NOBODY_BEFORE: Final = "no sampled workers of this industry in 2010"


@dataclass(frozen=True, slots=True)
class Sampled:
    """One industry of one place in one census.

    `count` of the `workers` in the long-form sample are in the industry; `share` is in 0..1;
    `low` and `high` are the limits of the quotient with a confidence of 95 %.
    """

    count: int
    workers: int
    share: float
    lq: Value
    low: float
    high: float

    @property
    def stable(self) -> bool:
        """Tell whether the quotient rests on enough sampled workers."""
        return self.count >= STABLE_COUNT


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a place stands in an industry.

    `sampled` maps the years that the place has counts of; `change` is that of the quotient, None
    with a note where the two censuses cannot be compared; `clear` says that the intervals of the
    two years do not overlap.
    """

    place: Place
    sampled: Mapping[str, Sampled]
    change: Value
    comparable: bool
    clear: bool


@dataclass(frozen=True, slots=True)
class Component:
    """One component of strength, its percentile among the places compared, and its rank."""

    value: Value
    percentile: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Strength:
    """The three components of a place's strength in an industry.

    `mean` is the mean of the three percentiles and `rank` its rank; None where one of the three
    is not known.
    """

    place: Place
    specialisation: Component
    size: Component
    growth: Component
    mean: float | None
    rank: int | None


class Specialisation(Study):
    """Standing and strength of places in the 19 industries; the latest answers are kept."""

    def standings(
        self, industry: str, codes: Sequence[str], benchmark: str = REGION_ID
    ) -> tuple[Standing, ...]:
        """Return where places stand in an industry, in the order asked.

        Parameters
        ----------
        industry
            Key of catalog/industries.csv, such as "manufacturing".
        codes
            Regions, circles ("scheme/circle") or "JJJ".
        benchmark
            The reference of the quotients, such as JJJ or CN.

        Raises
        ------
        UnknownNameError
            If the industry, a place or the benchmark is unknown.
        """
        return self._find_standings(industry, benchmark, tuple(codes))

    def industries(
        self, place_id: str, benchmark: str = REGION_ID
    ) -> tuple[tuple[str, Standing], ...]:
        """Return where one place stands in each of the 19 industries, each with its key.

        Raises
        ------
        UnknownNameError
            If the place or the benchmark is unknown.
        """
        return tuple(
            (key, self._find_standings(key, benchmark, (place_id,))[0]) for key in SECTOR_OF
        )

    def strengths(
        self, industry: str, codes: Sequence[str], year: str, benchmark: str = REGION_ID
    ) -> tuple[Strength, ...]:
        """Return the components of strength, ranked among the places with counts in `year`.

        Specialisation is the quotient, size the sampled workers of the industry, growth what the
        industry grew here from 2010 to 2020 relative to the three places together, in per cent.

        Raises
        ------
        UnknownNameError
            If the industry, the year, a place or the benchmark is unknown.
        """
        self._data.industries.check(year, benchmark)
        return self._find_strengths(industry, year, benchmark, tuple(codes))

    @kept(KEPT)
    def _find_strengths(
        self, industry: str, year: str, benchmark: str, codes: tuple[str, ...]
    ) -> tuple[Strength, ...]:
        found = [s for s in self.standings(industry, codes, benchmark) if year in s.sampled]
        growth = self.growths(industry, found)
        columns = (
            [s.sampled[year].lq for s in found],
            [sampled_workers(s, year) for s in found],
            growth,
        )
        components = [_components(values) for values in columns]
        numbers = np.array([[_number(c.percentile) for c in column] for column in components])
        means = mean_percentile(numbers.T) if found else np.array([])
        order = _ranks(means)
        return tuple(
            Strength(s.place, special, size, grown, _known(mean), rank)
            for s, special, size, grown, mean, rank in zip(
                found, *components, means, order, strict=True
            )
        )

    def growths(self, industry: str, standings: Sequence[Standing]) -> list[Value]:
        """Return the growth of an industry relative to its growth in the three places together."""
        at = list(SECTORS).index(sector_of(industry))
        whole = [self._data.workforce[year].rows[REGION_ID] for year in CENSUS_YEARS]
        before, after = (
            np.array([_count(s, year) if s.comparable else np.nan for s in standings])
            for year in CENSUS_YEARS
        )
        first, last = (float(row.counts[at]) for row in whole)
        numbers = relative_growth(before, after, first, last)
        shared = {source for row in whole for source in row.sources}
        return [_growth(s, number, shared) for s, number in zip(standings, numbers, strict=True)]

    @kept(KEPT)
    def _find_standings(
        self, industry: str, benchmark: str, codes: tuple[str, ...]
    ) -> tuple[Standing, ...]:
        sector = sector_of(industry)
        if not codes:
            return ()
        places = [self._readings.place(code) for code in codes]
        by_year = {year: self._sampled(sector, codes, year, benchmark) for year in CENSUS_YEARS}
        changes = self._data.industries.change(sector, codes, PERIOD, benchmark)
        found = []
        for at, (place, change) in enumerate(zip(places, changes, strict=True)):
            known = {year: one for year, rows in by_year.items() if (one := rows[at])}
            comparable = not self._data.industries.breaks(place.id)
            apart = comparable and len(known) > 1 and _apart(*known.values())
            found.append(Standing(place, known, change, comparable, apart))
        return tuple(found)

    def _sampled(
        self, sector: str, codes: tuple[str, ...], year: str, benchmark: str
    ) -> list[Sampled | None]:
        at = list(SECTORS).index(sector)
        quotients = self._data.industries.column(sector, codes, year, benchmark)
        rows = self._data.workforce[year].rows
        counts = np.array([rows[code].counts[at] for code in codes])
        totals = np.array([rows[code].total for code in codes])
        reference = rows[benchmark]
        share = float(reference.counts[at] / reference.total)
        limits = zip(*quotient_interval(counts, totals, share), strict=True)
        return [
            Sampled(int(count), int(total), float(count / total), lq, float(low), float(high))
            if lq.value is not None
            else None
            for count, total, lq, (low, high) in zip(counts, totals, quotients, limits, strict=True)
        ]


def _apart(first: Sampled, last: Sampled) -> bool:
    return first.high < last.low or last.high < first.low


def _count(standing: Standing, year: str) -> float:
    return standing.sampled[year].count if year in standing.sampled else np.nan


def sampled_workers(standing: Standing, year: str) -> Value:
    """Return the sampled workers of the industry in a year as a figure to quote."""
    summed = standing.place.kind in SUMMED
    sampled = standing.sampled[year]
    status: Status = "computed" if summed else "official"
    return Value(sampled.count, UNIT, year, status, sampled.lq.source_ids, (SAMPLE_NOTE,))


def _growth(standing: Standing, number: float, shared: set[str]) -> Value:
    if np.isnan(number):
        nobody = standing.comparable and len(standing.sampled) > 1
        return Value(None, "%", PERIOD, note=(NOBODY_BEFORE,) if nobody else standing.change.note)
    own = {source for one in standing.sampled.values() for source in one.lq.source_ids}
    unstable = not all(one.stable for one in standing.sampled.values())
    notes = (UNSTABLE_GROWTH,) if unstable else ()
    return Value(float(number), "%", PERIOD, "computed", tuple(sorted(own | shared)), notes)


def _components(values: Sequence[Value]) -> list[Component]:
    numbers = np.array([_number(v.value) for v in values])
    among = percentiles(numbers)
    return [
        Component(value, _known(percentile), rank)
        for value, percentile, rank in zip(values, among, _ranks(numbers), strict=True)
    ]


def _ranks(numbers: NDArray[np.float64]) -> list[int | None]:
    """Rank from the largest; ties share a rank."""
    known = numbers[~np.isnan(numbers)]
    return [None if np.isnan(n) else int((known > n).sum()) + 1 for n in numbers]


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)
