"""Industry structure of any place against any benchmark, from the completed census rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.errors import UnknownNameError
from geodata.ids import CENSUS_YEARS
from geodata.measures.specialisation import INDUSTRIES, SECTORS, STABLE_COUNT, shares
from geodata.measures.uncertainty import quotient_interval
from geodata.measures.workforce import BENCHMARKS, SUM_NOTE, UNIT
from geodata.records import Industry, IndustryRow, Name, Place, Status, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geodata.measures.workforce import Workforce, WorkforceRow

UNSTABLE: Final = f"rests on fewer than {STABLE_COUNT} sampled workers"
NOT_COMPARABLE: Final = "2010 and 2020 are not comparable"
NO_BENCHMARK: Final = "no workers of this industry in the benchmark"
BEFORE: Final = CENSUS_YEARS[0]
Limits = tuple[float | None, float | None]


@dataclass(frozen=True)
class Industries:
    """Location quotients, shares and counts of every place.

    `labels` are the short names of the sections; `places` resolves codes of lacking counties.
    """

    workforce: Mapping[str, Workforce]
    labels: Mapping[str, Name]
    places: Mapping[str, Place]
    _quotients: dict[tuple[str, str, tuple[str, ...]], NDArray[np.float64]] = field(
        default_factory=dict
    )

    def check(self, year: str, benchmark: str) -> None:
        """Raise an error unless there are industries for the year and benchmark.

        Raises
        ------
        UnknownNameError
            If the census year or the benchmark is not held.
        """
        if year not in self.workforce:
            message = f"The atlas has no census of {year!r}; choose {' or '.join(CENSUS_YEARS)}."
            raise UnknownNameError(message)
        if benchmark not in BENCHMARKS:
            message = f"There is no benchmark {benchmark!r}; choose {', '.join(BENCHMARKS)}."
            raise UnknownNameError(message)

    def breaks(self, place: str) -> tuple[str, ...]:
        """Return why the two censuses cannot be compared for a place; empty where they can."""
        reasons = [b for year in CENSUS_YEARS for b in self.workforce[year].rows[place].breaks]
        return tuple(dict.fromkeys(reasons))

    def structure(self, place: Place, year: str, benchmark: str) -> Industry:
        """Return the 19 industries of a place.

        Raises
        ------
        UnknownNameError
            If the year or the benchmark is not held.
        """
        self.check(year, benchmark)
        row = self.workforce[year].rows[place.id]
        reasons = self.breaks(place.id)
        lacking = tuple(self.places[c] for c in row.lacking if c in self.places)
        return Industry(
            place=place,
            year=year,
            benchmark=benchmark,
            total=_total(row, year),
            rows=tuple(self._rows(place.id, year, benchmark, list(INDUSTRIES))),
            comparable=not reasons,
            reason=reasons,
            lacking=lacking,
        )

    def row(self, place: str, sector: str, year: str, benchmark: str) -> IndustryRow:
        """Return one section of a place; T, international organisations, too."""
        self.check(year, benchmark)
        return self._rows(place, year, benchmark, [sector])[0]

    def limits(self, place: str, sector: str, year: str, benchmark: str) -> Limits:
        """Return the 95 % limits of the quotient of one section of a place, None where unknown."""
        row = self.row(place, sector, year, benchmark)
        return limits(row, self.workforce[year].rows[place].total)

    def _rows(self, place: str, year: str, benchmark: str, sectors: list[str]) -> list[IndustryRow]:
        now = self._measures(place, year, benchmark)
        earlier = year != BEFORE and not self.breaks(place)
        before = self._measures(place, BEFORE, benchmark) if earlier else None
        letters = list(SECTORS)
        return [
            IndustryRow(
                sector=letter,
                indicator=SECTORS[letter],
                name=self.labels[letter],
                count=None if now.counts[at] is None else int(now.counts[at] or 0),
                share=now.shares[at],
                benchmark_share=now.reference[at],
                lq=now.quotients[at],
                stable=(now.counts[at] or 0) >= STABLE_COUNT,
                share_before=before.shares[at] if before else None,
                lq_before=before.quotients[at] if before else None,
            )
            for letter, at in ((s, letters.index(s)) for s in sectors)
        ]

    def _measures(self, place: str, year: str, benchmark: str) -> _Measures:
        force = self.workforce[year]
        row, reference = force.rows[place], force.rows[benchmark]
        both = shares(
            np.array([row.counts, reference.counts]), np.array([row.total, reference.total])
        )
        return _Measures(
            _known(row.counts),
            _known(both[0]),
            _known(both[1]),
            _known(self.quotients((place,), year, benchmark)[0]),
        )

    def quotients(self, codes: tuple[str, ...], year: str, benchmark: str) -> NDArray[np.float64]:
        """Return the location quotients of places, shape (n, 20), kept once computed."""
        key = (year, benchmark, codes)
        if key not in self._quotients:
            self._quotients[key] = self.workforce[year].quotients(codes, benchmark)
        return self._quotients[key]

    def column(self, sector: str, codes: tuple[str, ...], year: str, benchmark: str) -> list[Value]:
        """Return the location quotient of one section for many places."""
        self.check(year, benchmark)
        at = list(SECTORS).index(sector)
        numbers = self.quotients(codes, year, benchmark)[:, at]
        rows = self.workforce[year].rows
        sources = rows[benchmark].sources
        return [
            _quotient(number, rows[code], at, year, sources)
            for code, number in zip(codes, numbers, strict=True)
        ]

    def change(
        self, sector: str, codes: tuple[str, ...], period: str, benchmark: str
    ) -> list[Value]:
        """Return the change of a location quotient between the censuses, where comparable.

        `period` is the year that the figures carry, such as "2010-2020".
        """
        first, last = (self.column(sector, codes, year, benchmark) for year in CENSUS_YEARS)
        return [
            self._difference(code, period, a, b)
            for code, a, b in zip(codes, first, last, strict=True)
        ]

    def _difference(self, code: str, period: str, first: Value, last: Value) -> Value:
        notes = tuple(dict.fromkeys((*first.note, *last.note)))
        neither = first.value is None and last.value is None
        if (breaks := self.breaks(code)) and not neither:
            return Value(None, "", period, note=(NOT_COMPARABLE, *breaks))
        if first.value is None or last.value is None:
            return Value(None, "", period, note=notes)
        sources = tuple(sorted({*first.source_ids, *last.source_ids}))
        return Value(last.value - first.value, "", period, "computed", sources, notes)


@dataclass(frozen=True, slots=True)
class _Measures:
    counts: Sequence[float | None]
    shares: Sequence[float | None]
    reference: Sequence[float | None]
    quotients: Sequence[float | None]


def _known(numbers: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(n) else float(n) for n in numbers]


def _quotient(
    number: float, row: WorkforceRow, at: int, year: str, benchmark_sources: Sequence[str]
) -> Value:
    count = row.counts[at]
    if np.isnan(number):
        note = row.breaks if np.isnan(count) else (NO_BENCHMARK,)
        return Value(None, "", year, note=note)
    sources = tuple(sorted({*row.sources, *benchmark_sources}))
    notes = () if count >= STABLE_COUNT else (UNSTABLE,)
    return Value(float(number), "", year, "computed", sources, notes)


def _total(row: WorkforceRow, year: str) -> Value:
    known = None if np.isnan(row.total) else float(row.total)
    status: Status = "computed" if SUM_NOTE in row.notes else "official"
    return Value(known, UNIT, year, status if known is not None else None, row.sources, row.notes)


def limits(row: IndustryRow, total: float) -> Limits:
    """Return the 95 % limits of a quotient from its sampled workers, None where unknown.

    Parameters
    ----------
    row
        The industry in the place.
    total
        All sampled workers of the place.
    """
    if row.count is None or not row.benchmark_share:
        return None, None
    low, high = quotient_interval(
        np.array([row.count], dtype=np.float64), np.array([total]), row.benchmark_share
    )
    return float(low[0]), float(high[0])
