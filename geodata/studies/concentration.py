"""How gathered an industry is over places, and how special or diverse a place's industries are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.ids import CENSUS_YEARS
from geodata.measures.concentration import (
    FEWEST,
    entropy,
    herfindahl,
    hoover,
    krugman,
    locational_gini,
    top_share,
)
from geodata.measures.specialisation import SECTORS, shares
from geodata.records import REGION_ID, Place, Value
from geodata.studies.industries import sector_of
from geodata.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.measures.workforce import WorkforceRow

TOP: Final = 10
"""Places whose share of an industry is told."""
TOO_FEW: Final = f"fewer than {FEWEST} places with counts"
NO_WORKERS: Final = "no sampled workers of this industry in any of these places"
PERCENT: Final = 100.0


@dataclass(frozen=True, slots=True)
class Spread:
    """How an industry is spread over places in a census year.

    `gini` and `hoover` are in 0..1; `top` is the share in per cent of the `TOP` places with most
    workers, which `largest` names. Where they cannot be told they are None and say why.
    """

    year: str
    used: tuple[Place, ...]
    gini: Value
    hoover: Value
    top: Value
    largest: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Spreads:
    """The spread in both years over the places that can be compared, and over all of each year.

    `excluded` are the places that cannot be compared.
    """

    compared: tuple[Spread, ...]
    full: tuple[Spread, ...]
    excluded: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """How special and how diverse a place's 20 sections are in a census year.

    `krugman` is in 0..2 against the benchmark, `herfindahl` in 0..1, `diversity` its inverse, the
    number of equally large sections, `entropy` in natural units.
    """

    place: Place
    year: str
    krugman: Value
    herfindahl: Value
    diversity: Value
    entropy: Value


class Concentration(Study):
    """Concentration of industries over places, and of places over industries."""

    def spreads(self, industry: str, codes: Sequence[str]) -> Spreads:
        """Return how an industry is spread over places in both censuses.

        Parameters
        ----------
        industry
            Key of catalog/industries.csv.
        codes
            Places that do not overlap, such as the counties of a circle.

        Raises
        ------
        UnknownNameError
            If the industry or a place is unknown.
        """
        sector = sector_of(industry)
        broken = [code for code in codes if self._data.industries.breaks(code)]
        compared = [code for code in codes if code not in broken]
        return Spreads(
            tuple(self._spread(sector, compared, year) for year in CENSUS_YEARS),
            tuple(self._spread(sector, codes, year) for year in CENSUS_YEARS),
            tuple(self._readings.place(code) for code in broken),
        )

    def structures(self, place: str, benchmark: str = REGION_ID) -> tuple[Structure, ...]:
        """Return how special and diverse a place is, in each census that has its counts.

        Raises
        ------
        UnknownNameError
            If the place or the benchmark is unknown.
        """
        named = self._readings.place(place)
        self._data.industries.check(CENSUS_YEARS[0], benchmark)
        found = (self._structure(named, year, benchmark) for year in CENSUS_YEARS)
        return tuple(one for one in found if one is not None)

    def _spread(self, sector: str, codes: Sequence[str], year: str) -> Spread:
        at = list(SECTORS).index(sector)
        rows = {code: self._data.workforce[year].rows[code] for code in codes}
        known = [c for c, row in rows.items() if not np.isnan(row.counts[at]) and row.total > 0]
        used = tuple(self._readings.place(code) for code in known)
        counts = np.array([rows[code].counts[at] for code in known])
        totals = np.array([rows[code].total for code in known])
        if len(known) < FEWEST:
            return _silent(year, used, TOO_FEW)
        top = top_share(counts, TOP)
        if top is None:
            return _silent(year, used, NO_WORKERS)
        sources = tuple(sorted({s for code in known for s in rows[code].sources}))
        largest = [used[i] for i in np.argsort(-counts, kind="stable")[:TOP]]

        def computed_value(number: float | None, unit: str = "") -> Value:
            return Value(number, unit, year, "computed", sources)

        return Spread(
            year=year,
            used=used,
            gini=computed_value(locational_gini(counts, totals)),
            hoover=computed_value(hoover(counts, totals)),
            top=computed_value(PERCENT * top, "%"),
            largest=tuple(largest),
        )

    def _structure(self, place: Place, year: str, benchmark: str) -> Structure | None:
        rows = self._data.workforce[year].rows
        own, reference = _parts_of(rows[place.id]), _parts_of(rows[benchmark])[0]
        if np.isnan(own).any():
            return None
        row = rows[place.id]
        both = tuple(sorted({*row.sources, *rows[benchmark].sources}))
        special, squares = float(krugman(own, reference)[0]), float(herfindahl(own)[0])

        def computed_value(number: float, sources: tuple[str, ...] = row.sources) -> Value:
            return Value(number, "", year, "computed", sources, row.breaks)

        return Structure(
            place=place,
            year=year,
            krugman=computed_value(special, both),
            herfindahl=computed_value(squares),
            diversity=computed_value(1 / squares),
            entropy=computed_value(float(entropy(own)[0])),
        )


def _parts_of(row: WorkforceRow) -> np.ndarray:
    """Return the shares of the 20 sections in their own sum, shape (1, 20)."""
    return shares(row.counts[None, :], np.array([row.counts.sum()]))


def _silent(year: str, used: tuple[Place, ...], reason: str) -> Spread:
    nothing = Value(None, "", year, note=(reason,))
    return Spread(year, used, nothing, nothing, nothing, ())
