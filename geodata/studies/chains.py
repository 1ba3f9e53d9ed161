"""Chains: where innovation and manufacturing meet, and which places complement one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.ids import CENSUS_YEARS, DEFAULT_SCHEME
from geodata.measures.coupling import (
    INDUSTRY,
    INNOVATION,
    against_highest,
    complementarity,
    complementarity_interval,
    coupling,
    grade,
)
from geodata.measures.specialisation import SECTORS, STABLE_COUNT
from geodata.records import REGION_ID, Value
from geodata.studies.groups import Comparable, Groups
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.measures.workforce import WorkforceRow
    from geodata.records import Place

SIDES: Final = (INNOVATION, INDUSTRY)
PERCENT: Final = 100.0


@dataclass(frozen=True, slots=True)
class Chain:
    """Both sides of the chain in one place.

    `innovation` and `industry` are per cent of all sampled workers, `innovation_lq` and
    `industry_lq` the quotients against the three places together, `counts` the sampled workers
    of both sides; `stable` is False where one of them is below 30. `c`, `t` and `d` are coupling,
    development and coupling coordination, each None where nothing can be said; `grade` names d.
    """

    place: Place
    circle: Place | None
    innovation: Value
    industry: Value
    innovation_lq: float | None
    industry_lq: float | None
    counts: tuple[int, int]
    stable: bool
    c: float | None
    t: float | None
    d: float | None
    grade: str


@dataclass(frozen=True, slots=True)
class Partner:
    """A place and how well one's innovation meets the other's manufacturing, both ways.

    `supplied` is LQ of innovation there × LQ of manufacturing here, `taken` the other way round.
    """

    place: Place
    supplied: float
    taken: float


@dataclass(frozen=True, slots=True)
class Match:
    """Two places: how well the innovation of `supplier` meets the manufacturing of `user`.

    `low` and `high` are the limits of the index (95 %).
    """

    supplier: Place
    user: Place
    index: Value
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ChainMatch:
    """The places of a kind in a census year; `whole` are the shares of the three together.

    `empty` is True where one side has no worker at all, so that no degree can be computed.
    """

    kind: str
    year: str
    among: Comparable
    chains: tuple[Chain, ...]
    whole: tuple[Value, Value]
    source_ids: tuple[str, ...]
    empty: bool = False


class Chains(Study):
    """Answers how innovation and manufacturing match."""

    def __init__(self, readings: Readings, data: AtlasData) -> None:
        super().__init__(readings, data)
        self._groups = Groups(readings, data)

    def match(self, among: str, year: str, scheme: str = DEFAULT_SCHEME) -> ChainMatch:
        """Return the chain match of the places of a kind, kept once computed.

        Both sides are normalised by the highest share among the places of the kind in both
        censuses, so that the degrees of 2010 and 2020 stand on one scale; equal weights.

        Raises
        ------
        UnknownNameError
            If the kind, the census year or the scheme is unknown.
        """
        return self._match(among, year, scheme)

    def partners(self, place_id: str, found: ChainMatch) -> tuple[Partner, ...]:
        """Return the other places by how well their innovation meets a place's manufacturing.

        Empty where the place is not among those compared or has no quotient.
        """
        known = [c for c in found.chains if None not in (c.innovation_lq, c.industry_lq)]
        ids = [c.place.id for c in known]
        if place_id not in ids:
            return ()
        supply = np.array([c.innovation_lq for c in known], dtype=np.float64)
        use = np.array([c.industry_lq for c in known], dtype=np.float64)
        matrix, at = complementarity(supply, use), ids.index(place_id)
        partners = [
            Partner(c.place, float(matrix[i, at]), float(matrix[at, i]))
            for i, c in enumerate(known)
            if i != at
        ]
        return tuple(sorted(partners, key=lambda p: -p.supplied))

    def pairs(self, found: ChainMatch, count: int) -> tuple[Match, ...]:
        """Return the pairs of different places that complement one another best, the best first."""
        known = [c for c in found.chains if c.innovation_lq and c.industry_lq]
        supply, use = (
            np.array([getattr(c, side) for c in known], dtype=np.float64)
            for side in ("innovation_lq", "industry_lq")
        )
        matrix = complementarity(supply, use)
        totals = np.array([self._data.workforce[found.year].rows[c.place.id].total for c in known])
        sides = [(np.array([float(c.counts[side]) for c in known]), totals) for side in (0, 1)]
        low, high = complementarity_interval(matrix, sides[0], sides[1])
        apart = np.where(np.eye(len(known), dtype=bool), -1.0, matrix)
        order = np.argsort(-apart, axis=None, kind="stable")[: min(count, apart.size - len(known))]
        return tuple(
            Match(
                known[i].place,
                known[j].place,
                Value(float(matrix[i, j]), "", found.year, "computed", found.source_ids),
                float(low[i, j]),
                float(high[i, j]),
            )
            for i, j in (divmod(int(at), len(known)) for at in order)
        )

    @kept()
    def _match(self, among: str, year: str, scheme: str) -> ChainMatch:
        found = self._groups.comparable(among, year, scheme)
        force = self._data.workforce[year].rows
        rows = [force[p.id] for p in found.places]
        region = force[REGION_ID]
        sources = tuple(sorted({s for row in (*rows, region) for s in row.sources}))
        sides = [_shares(rows, side) for side in SIDES]
        whole = tuple(float(_shares([region], side)[0]) for side in SIDES)
        try:
            scaled = [
                against_highest(side, *self._others(among, year, scheme, i))
                for i, side in enumerate(sides)
            ]
        except ValueError:
            empty = _values(whole, year, sources)
            return ChainMatch(among, year, found, (), empty, sources, empty=True)
        degrees = np.array(coupling(scaled[0], scaled[1]))
        chains = tuple(
            self._chain(
                place=place,
                circle=found.circle_of(i),
                row=rows[i],
                shares=[s[i] for s in sides],
                whole=whole,
                year=year,
                degrees=degrees[:, i],
            )
            for i, place in enumerate(found.places)
        )
        return ChainMatch(among, year, found, chains, _values(whole, year, sources), sources)

    def _others(self, among: str, year: str, scheme: str, side: int) -> list[NDArray[np.float64]]:
        others = []
        for other in CENSUS_YEARS:
            if other != year:
                places = self._groups.comparable(among, other, scheme).places
                rows = [self._data.workforce[other].rows[p.id] for p in places]
                others.append(_shares(rows, SIDES[side]))
        return others

    def _chain(  # noqa: PLR0913 - one row of a table
        self,
        *,
        place: Place,
        circle: Place | None,
        row: WorkforceRow,
        shares: Sequence[float],
        whole: Sequence[float],
        year: str,
        degrees: NDArray[np.float64],
    ) -> Chain:
        counts = [int(_count(row, side)) for side in SIDES]
        values = _values(shares, year, row.sources)
        quotients = [s / w if w else None for s, w in zip(shares, whole, strict=True)]
        c, t, d = (None if np.isnan(x) else float(x) for x in degrees)
        return Chain(
            place=place,
            circle=circle,
            innovation=values[0],
            industry=values[1],
            innovation_lq=quotients[0],
            industry_lq=quotients[1],
            counts=(counts[0], counts[1]),
            stable=min(counts) >= STABLE_COUNT,
            c=c,
            t=t,
            d=d,
            grade="" if d is None else grade(d),
        )


def _count(row: WorkforceRow, side: Sequence[str]) -> float:
    letters = list(SECTORS)
    return float(sum(row.counts[letters.index(letter)] for letter in side))


def _shares(rows: Sequence[WorkforceRow], side: Sequence[str]) -> NDArray[np.float64]:
    return np.array([_count(r, side) / r.total if r.total else np.nan for r in rows])


def _values(shares: Sequence[float], year: str, sources: tuple[str, ...]) -> tuple[Value, Value]:
    first, second = (Value(PERCENT * s, "%", year, "computed", sources) for s in shares)
    return first, second
