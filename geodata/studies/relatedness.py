"""Relatedness of industries by county, and what that of 2010 told of the entries until 2020."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.ids import CENSUS_YEARS
from geodata.measures.discrimination import Discrimination, discrimination
from geodata.measures.relatedness import SPECIALISED, complexity, density, proximity
from geodata.measures.specialisation import INDUSTRIES
from geodata.measures.uncertainty import share_interval
from geodata.records import REGION_ID
from geodata.studies.industries import sector_of
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.records import Place

PARTS: Final = 5
"""Groups of equal size into which densities are put, from the lowest."""
FEWEST: Final = 10
"""Entries, and places without one, below which a single industry is not tested."""


@dataclass(frozen=True, eq=False)
class Space:
    """The counties and the 19 industries of a census year.

    `quotients` and `densities` have shape (n, 19), `proximities` (19, 19), `places_complexity`
    (n,) and `industries_complexity` (19,); `lacking` are counties without counts.
    """

    year: str
    places: tuple[Place, ...]
    quotients: NDArray[np.float64]
    proximities: NDArray[np.float64]
    densities: NDArray[np.float64]
    places_complexity: NDArray[np.float64]
    industries_complexity: NDArray[np.float64]
    lacking: tuple[Place, ...]
    source_ids: tuple[str, ...]

    @property
    def specialised(self) -> NDArray[np.bool_]:
        """Which county is specialised in which industry, shape (n, 19)."""
        return self.quotients >= SPECIALISED


@dataclass(frozen=True, slots=True)
class Part:
    """A fifth of the pairs by density, `start` to `end`: the share of entries and its limits."""

    start: float
    end: float
    n: int
    entries: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Entries among the pairs, in 0..1."""
        return self.entries / self.n


@dataclass(frozen=True, slots=True)
class BackTest:
    """What the densities of 2010 told of the entries until 2020.

    A pair is a county and an industry in which it was not specialised in 2010; it enters where it
    is in 2020. `density` tests relatedness, `own` the quotient of 2010 by itself; `left_out` are
    counties that cannot be compared. Both tests are None where there are too few to tell.
    """

    density: Discrimination | None
    own: Discrimination | None
    parts: tuple[Part, ...]
    pairs: int
    entries: int
    counties: int
    left_out: int
    source_ids: tuple[str, ...]


class Relatedness(Study):
    """Answers how near industries and counties are to one another."""

    def space(self, year: str) -> Space:
        """Return the industries of the counties in a census year, kept once computed.

        Raises
        ------
        UnknownNameError
            If the census year is unknown.
        """
        self._data.industries.check(year, REGION_ID)
        return self._space(year)

    def back_test(self, industry: str = "") -> BackTest:
        """Return the test of all pairs, or of one industry, kept once computed.

        Raises
        ------
        UnknownNameError
            If the industry is unknown.
        """
        return self._back_test(sector_of(industry) if industry else "")

    @kept()
    def _space(self, year: str) -> Space:
        force, regions = self._data.workforce[year], self._data.regions
        codes = regions.codes("county")
        held = [c for c in codes if not np.isnan(force.rows[c].counts).any()]
        quotients = force.quotients(held, REGION_ID)[:, : len(INDUSTRIES)]
        specialised = quotients >= SPECIALISED
        near = proximity(specialised)
        of_places, of_industries = complexity(specialised)
        return Space(
            year,
            tuple(regions.places[c] for c in held),
            quotients,
            near,
            density(specialised, near),
            of_places,
            of_industries,
            tuple(regions.places[c] for c in codes if c not in held),
            tuple(sorted({s for c in (*held, REGION_ID) for s in force.rows[c].sources})),
        )

    @kept()
    def _back_test(self, sector: str) -> BackTest:
        before, after = (self._space(year) for year in CENSUS_YEARS)
        rows = self._comparable(before, after)
        columns = [INDUSTRIES.index(sector)] if sector else range(len(INDUSTRIES))
        first, last = (np.ix_([pair[side] for pair in rows], list(columns)) for side in (0, 1))
        out = ~before.specialised[first]
        clusters = np.broadcast_to(np.arange(len(rows))[:, None], out.shape)[out]
        entered = after.specialised[last][out]
        scores, own = before.densities[first][out], before.quotients[first][out]
        few = min(int(entered.sum()), int((~entered).sum())) < FEWEST
        return BackTest(
            None if few else discrimination(scores, entered, clusters),
            None if few else discrimination(own, entered, clusters),
            () if sector or few else _parts(scores, entered),
            int(out.sum()),
            int(entered.sum()),
            len(rows),
            len(self._data.regions.codes("county")) - len(rows),
            tuple(sorted({*before.source_ids, *after.source_ids})),
        )

    def _comparable(self, before: Space, after: Space) -> list[tuple[int, int]]:
        """Return where the counties that both censuses have alike stand in each."""
        at = {place.id: row for row, place in enumerate(after.places)}
        return [
            (row, at[place.id])
            for row, place in enumerate(before.places)
            if place.id in at and not self._data.industries.breaks(place.id)
        ]


def _parts(scores: NDArray[np.float64], entered: NDArray[np.bool_]) -> tuple[Part, ...]:
    """Cut the pairs by density into groups; equal densities stay together."""
    limits = np.quantile(scores, np.arange(1, PARTS) / PARTS)
    group = np.searchsorted(limits, scores, side="right")
    sizes = np.bincount(group, minlength=PARTS).astype(np.float64)
    events = np.bincount(group[entered], minlength=PARTS).astype(np.float64)
    low, high = share_interval(events, sizes)
    return tuple(
        Part(
            float(scores[group == at].min()),
            float(scores[group == at].max()),
            int(sizes[at]),
            int(events[at]),
            float(low[at]),
            float(high[at]),
        )
        for at in range(PARTS)
        if sizes[at]
    )


def nearest(space: Space, sector: str, count: int) -> Sequence[tuple[str, float]]:
    """Return the industries nearest to one, with their proximity, from the nearest."""
    at = INDUSTRIES.index(sector)
    near = space.proximities[at].copy()
    near[at] = -1.0
    order = np.argsort(-np.nan_to_num(near, nan=-1.0), kind="stable")[:count]
    return [(INDUSTRIES[i], float(near[i])) for i in order if near[i] >= 0]
