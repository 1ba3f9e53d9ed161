"""Co-agglomeration of producer services and manufacturing on the counties of the censuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.measures.coagglomeration import coagglomeration, coagglomeration_interval
from geodata.measures.functions import MANUFACTURING, PRODUCER_SERVICES
from geodata.measures.specialisation import INDUSTRIES
from geodata.records import REGION_ID, Value
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from geodata.records import Place

ALL: Final = "all"
"""Producer services together."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Manufacturing and a section of producer services, or `ALL`: the index and its limits."""

    service: str
    index: Value
    low: float
    high: float

    @property
    def apart(self) -> bool:
        """Whether the index can be told apart from 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Together:
    """The pairs of a census year, all services first; `lacking` are counties without counts.

    There is no pair where an industry has no worker, or fewer than two counties have counts.
    """

    year: str
    counties: int
    pairs: tuple[Pair, ...]
    lacking: tuple[Place, ...]


class Coagglomeration(Study):
    """Answers whether producer services stand where manufacturing does."""

    def of(self, year: str) -> Together:
        """Return the index of manufacturing with producer services, kept once computed.

        Raises
        ------
        UnknownNameError
            If the census year is unknown.
        """
        self._data.industries.check(year, REGION_ID)
        return self._of(year)

    @kept()
    def _of(self, year: str) -> Together:
        rows, regions = self._data.workforce[year].rows, self._data.regions
        codes = regions.codes("county")
        held = [c for c in codes if not np.isnan(rows[c].counts).any()]
        lacking = tuple(regions.places[c] for c in codes if c not in held)
        counts = np.array([rows[c].counts[: len(INDUSTRIES)] for c in held])
        if len(held) <= 1 or not (counts.sum(axis=0) > 0).all():
            return Together(year, len(held), (), lacking)
        columns = [INDUSTRIES.index(letter) for letter in PRODUCER_SERVICES]
        services = counts[:, columns]
        making = counts[:, INDUSTRIES.index(MANUFACTURING)]
        workers = np.column_stack([making, services.sum(axis=1), services])
        index = coagglomeration(workers, counts)[0, 1:]
        low, high = (limit[0, 1:] for limit in coagglomeration_interval(workers, counts))
        sources = tuple(sorted({s for c in held for s in rows[c].sources}))
        pairs = zip((ALL, *PRODUCER_SERVICES), index, low, high, strict=True)
        return Together(
            year,
            len(held),
            tuple(
                Pair(key, Value(float(g), "", year, "computed", sources), float(a), float(b))
                for key, g, a, b in pairs
            ),
            lacking,
        )
