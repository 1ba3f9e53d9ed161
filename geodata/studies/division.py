"""The division of functions between core and periphery, by year, from employment in urban units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.ids import BEIJING, DEFAULT_SCHEME
from geodata.measures.functions import (
    MANUFACTURING,
    PRODUCER_SERVICES,
    TRANSPORT,
    division_of_functions,
)
from geodata.measures.runs import runs
from geodata.measures.specialisation import SECTORS
from geodata.records import Value
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geodata.records import Break, Place


def urban(letter: str) -> str:
    """Return the indicator of employment in urban units of a section."""
    return SECTORS[letter].replace("emp_", "urban_emp_", 1)


NARROW: Final = tuple(letter for letter in PRODUCER_SERVICES if letter != TRANSPORT)
"""Producer services without transport."""


@dataclass(frozen=True, slots=True)
class Line:
    """A core against all other cities; `values` and `narrow` are by year, None where unknown.

    `narrow` counts producer services without transport.
    """

    core: tuple[Place, ...]
    periphery: tuple[Place, ...]
    values: tuple[Value, ...]
    narrow: tuple[Value, ...]

    def of(self, year: str) -> Value:
        """Return the ratio of a year."""
        return next(value for value in self.values if value.year == year)


@dataclass(frozen=True, slots=True)
class Division:
    """The lines of a scheme, none where it has no city as a core.

    `runs` are the years that may be compared with one another, `lacking` the cities without all
    figures by year.
    """

    lines: tuple[Line, ...]
    runs: tuple[tuple[str, ...], ...]
    breaks: tuple[Break, ...]
    lacking: Mapping[str, tuple[Place, ...]]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Return the publications of all figures."""
        values = (value for line in self.lines for value in line.values)
        return tuple(sorted({i for value in values for i in value.source_ids}))


class Divisions(Study):
    """Answers how far core and periphery divide functions."""

    def of(self, scheme: str = DEFAULT_SCHEME) -> Division:
        """Return the division of functions by a scheme's cores, kept once computed.

        The first line is that of Beijing, where it is a core; the second that of all cities that
        are cores, where these are others too. The periphery are all other cities of the 13.

        Raises
        ------
        UnknownNameError
            If the scheme is unknown.
        """
        return self._division(scheme)

    @kept()
    def _division(self, scheme: str) -> Division:
        layout, regions = self._data.layout, self._data.regions
        cities = [c for c in regions.codes("city") if regions.places[c].kind != "new_area"]
        roles = layout.roles([circle.key for circle in layout.scheme(scheme).circles], "city")
        cores = [c for c in cities if roles.get(c) == "core"]
        wanted = [[BEIJING], cores] if BEIJING in cores else [cores]
        new = (one for at, one in enumerate(wanted) if one not in wanted[:at])
        chosen = [one for one in new if 0 < len(one) < len(cities)]
        years = self._readings.years(urban(MANUFACTURING), BEIJING)
        held = self._held(cities, years)
        lacking = {
            year: tuple(regions.places[c] for c in cities if not _complete(held, c, year))
            for year in years
        }
        whole = {year: cities if not places else () for year, places in lacking.items()}
        breaks = self._breaks()
        return Division(
            tuple(self._line(core, cities, years, held) for core in chosen),
            runs(whole, {b.year for b in breaks}),
            breaks,
            {year: places for year, places in lacking.items() if places},
        )

    def _held(
        self, cities: Sequence[str], years: Sequence[str]
    ) -> dict[tuple[str, str, str], Value]:
        return {
            (letter, city, year): self._readings.value(urban(letter), city, year)
            for letter in (MANUFACTURING, *PRODUCER_SERVICES)
            for city in cities
            for year in years
        }

    def _breaks(self) -> tuple[Break, ...]:
        found = {
            (b.year, b.reason): b
            for letter in (MANUFACTURING, *PRODUCER_SERVICES)
            for b in self._readings.breaks(urban(letter), "city")
        }
        return tuple(sorted(found.values(), key=lambda b: b.year))

    def _line(
        self,
        core: Sequence[str],
        cities: Sequence[str],
        years: Sequence[str],
        held: Mapping[tuple[str, str, str], Value],
    ) -> Line:
        places = self._data.regions.places
        inside = np.array([city in core for city in cities])

        def ratios(letters: Sequence[str]) -> tuple[Value, ...]:
            services, making = (_sums(held, of, cities, years) for of in (letters, MANUFACTURING))
            found = division_of_functions(services, making, inside)
            parts = (MANUFACTURING, *letters)
            used = {y: [held[i, c, y] for i in parts for c in cities] for y in years}
            return tuple(
                _ratio(number, year, used[year]) for number, year in zip(found, years, strict=True)
            )

        return Line(
            tuple(places[c] for c in core),
            tuple(places[c] for c in cities if c not in core),
            ratios(PRODUCER_SERVICES),
            ratios(NARROW),
        )


def _complete(held: Mapping[tuple[str, str, str], Value], city: str, year: str) -> bool:
    letters = (MANUFACTURING, *PRODUCER_SERVICES)
    return all(held[letter, city, year].value is not None for letter in letters)


def _sums(
    held: Mapping[tuple[str, str, str], Value],
    letters: Sequence[str],
    cities: Sequence[str],
    years: Sequence[str],
) -> NDArray[np.float64]:
    """Add sections up, shape (cities, years); NaN where one of them is unknown."""
    numbers = [
        [[held[letter, city, year].value for year in years] for city in cities]
        for letter in letters
    ]
    return np.asarray(np.array(numbers, dtype=np.float64).sum(axis=0), dtype=np.float64)


def _ratio(number: float, year: str, parts: Sequence[Value]) -> Value:
    if np.isnan(number):
        return Value(None, "", year)
    sources = tuple(sorted({i for value in parts for i in value.source_ids}))
    return Value(float(number), "", year, "computed", sources)
