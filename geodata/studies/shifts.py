"""What a place's change from 2010 to 2020 owes to the nation, to its industries and to itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geodata.catalog.derive import NATIONAL
from geodata.ids import CENSUS_YEARS, NATION, NATION_CODE
from geodata.measures.industry import NOT_COMPARABLE
from geodata.measures.shift_share import evened_local, shift_share
from geodata.measures.specialisation import SECTORS
from geodata.records import Name, Place
from geodata.studies.study import Study

"""The benchmark whose growth is the national component."""
PEOPLE: Final = "population"
PER_HUNDRED: Final = 100 / 10_000
"""Per cent; populations are in 10,000."""
Fractions = tuple[float, float]
NO_COUNTS: Final = "no counts by industry in both censuses"


@dataclass(frozen=True, slots=True)
class Shift:
    """The change of one industry, in sampled workers; the three components add up to it.

    `sector` is a letter A to T, empty for all sections together.
    """

    sector: str
    name: Name
    before: int
    after: int
    national: float
    mix: float
    local: float

    @property
    def change(self) -> int:
        """Sampled workers of 2020 less those of 2010."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class PlaceShift:
    """Shift–share of a place against the nation.

    `rows` are the 20 sections and `total` all of them; without comparable counts `rows` is empty,
    `total` None, and `reasons` say why. `fractions` are the sampled workers per 100 residents of
    2010 and 2020, here and in the nation, and `evened` what the local component of all sections
    would be had the former moved like the latter; both None where a population is not known.
    """

    place: Place
    rows: tuple[Shift, ...]
    total: Shift | None
    source_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    fractions: tuple[Fractions, Fractions] | None = None
    evened: float | None = None


class Shifts(Study):
    """Shift–share of any place."""

    def of(self, place: str) -> PlaceShift:
        """Return the shift–share of a place between the censuses.

        Parameters
        ----------
        place
            Region code, circle ("scheme/circle") or "JJJ".

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        named = self._readings.place(place)
        if breaks := self._data.industries.breaks(place):
            return PlaceShift(named, (), None, reasons=(NOT_COMPARABLE, *breaks))
        own = [self._data.workforce[year].rows[place] for year in CENSUS_YEARS]
        if any(np.isnan(row.counts).any() for row in own):
            return PlaceShift(named, (), None, reasons=(NO_COUNTS,))
        reference = [self._data.workforce[year].rows[NATION] for year in CENSUS_YEARS]
        found = shift_share(*(row.counts for row in own), *(row.counts for row in reference))
        numbers = np.array([*(row.counts for row in own), found.national, found.mix, found.local])
        rows = tuple(
            _shift(letter, self._data.industries.labels[letter], numbers[:, at])
            for at, letter in enumerate(SECTORS)
        )
        total = _shift("", Name("", ""), numbers.sum(axis=1))
        fractions = self._fractions(place)
        evened = evened_local(total.local, total.after, *fractions) if fractions else None
        return PlaceShift(
            place=named,
            rows=rows,
            total=total,
            fractions=fractions,
            evened=evened,
            source_ids=tuple(sorted({s for row in (*own, *reference) for s in row.sources})),
            notes=tuple(dict.fromkeys(n for row in own for n in row.notes)),
        )

    def _fractions(self, place: str) -> tuple[Fractions, Fractions] | None:
        """Return sampled workers per 100 residents in both censuses, here and in the nation."""
        here = [self._readings.value(PEOPLE, place, year) for year in CENSUS_YEARS]
        there = [
            self._data.chosen.value(PEOPLE, NATIONAL, year, NATION_CODE) for year in CENSUS_YEARS
        ]
        found = []
        for code, known in ((place, here), (NATION, there)):
            people = [value.value if value else None for value in known]
            totals = [self._data.workforce[year].rows[code].total for year in CENSUS_YEARS]
            parts = [PER_HUNDRED * n / p for n, p in zip(totals, people, strict=True) if p]
            if len(parts) < len(CENSUS_YEARS):
                return None
            found.append((parts[0], parts[1]))
        return found[0], found[1]


def _shift(sector: str, name: Name, numbers: np.ndarray) -> Shift:
    before, after, national, mix, local = (float(n) for n in numbers)
    return Shift(sector, name, int(before), int(after), national, mix, local)
