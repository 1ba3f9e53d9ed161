"""Structure: how alike the industries of cities, circles and counties are, pair by pair."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.errors import UnknownNameError
from geodata.ids import DEFAULT_SCHEME, HEBEI
from geodata.measures.similarity import LIKENESSES, nearest
from geodata.records import Value
from geodata.studies.groups import Comparable, Groups
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.records import Place

UNIT: Final = ""


@dataclass(frozen=True, eq=False)
class Similarity:
    """A matrix of likeness.

    `matrix` has shape (n, n) in the order of `among.places`, between 0 and 1, symmetric.
    """

    kind: str
    year: str
    likeness: str
    among: Comparable
    matrix: NDArray[np.float64]
    source_ids: tuple[str, ...]

    def value(self, one: int, other: int) -> Value:
        """Return the coefficient of a pair as a figure to quote."""
        number = float(self.matrix[one, other])
        return Value(number, UNIT, self.year, "computed", self.source_ids)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two places and how alike they are; `first` is the place asked of, where one is."""

    first: Place
    second: Place
    value: Value


class Structure(Study):
    """Answers how alike places are."""

    def __init__(self, readings: Readings, data: AtlasData) -> None:
        super().__init__(readings, data)
        self._groups = Groups(readings, data)

    def similarity(
        self, among: str, year: str, likeness: str = "cosine", scheme: str = DEFAULT_SCHEME
    ) -> Similarity:
        """Return the likeness of every pair, kept once computed.

        The structure of a place are the shares of the 20 sections A to T among its sampled
        workers. Places without printed industries, and circles with members that no source
        names, are left out and named.

        Parameters
        ----------
        among
            "city" (13 cities and Xiong'an), "circle" (those of the scheme) or "county".
        year
            A census year.
        likeness
            "cosine" or "krugman", see `geodata.measures.similarity`.
        scheme
            The circles by which places are ordered.

        Raises
        ------
        UnknownNameError
            If one of the four is unknown.
        """
        if likeness not in LIKENESSES:
            message = f"There is no likeness {likeness!r}; choose {' or '.join(LIKENESSES)}."
            raise UnknownNameError(message)
        return self._matrix(among, year, likeness, scheme)

    @kept()
    def _matrix(self, among: str, year: str, likeness: str, scheme: str) -> Similarity:
        found = self._groups.comparable(among, year, scheme)
        rows = [self._data.workforce[year].rows[p.id] for p in found.places]
        values = np.zeros((0, 0))
        if rows:
            counts = np.array([row.counts for row in rows])
            values = LIKENESSES[likeness](counts / counts.sum(axis=1, keepdims=True))
        sources = tuple(sorted({s for row in rows for s in row.sources}))
        return Similarity(among, year, likeness, found, values, sources)

    def nearest(
        self, place_id: str, year: str, likeness: str = "cosine", scheme: str = DEFAULT_SCHEME
    ) -> tuple[Pair, ...]:
        """Return the places of the same kind from the most to the least like one.

        Empty where the place itself cannot be compared, and for the three places together.

        Raises
        ------
        UnknownNameError
            If the place, the year, the likeness or the scheme is unknown.
        """
        place = self._readings.place(place_id)
        if place.kind == "region" or (place.kind == "province" and place.id == HEBEI):
            return ()
        if place.kind == "circle":
            scheme = place_id.partition("/")[0]
        among = "city" if place.kind in {"city", "new_area", "province"} else place.kind
        found = self.similarity(among, year, likeness, scheme)
        ids = [p.id for p in found.among.places]
        if place_id not in ids:
            return ()
        at = ids.index(place_id)
        return tuple(
            Pair(place, found.among.places[other], found.value(at, other))
            for other in nearest(found.matrix, at)
        )

    def pairs(self, place_ids: Sequence[str], year: str) -> tuple[Pair, ...]:
        """Return the cosine of every pair of places of any kind, in their order.

        Raises
        ------
        UnknownNameError
            If a place is unknown.
        """
        places = [self._readings.place(p) for p in place_ids]
        rows = [self._data.workforce[year].rows[p.id] for p in places]
        counts = np.array([row.counts for row in rows])
        matrix = LIKENESSES["cosine"](counts / counts.sum(axis=1, keepdims=True))
        return tuple(
            Pair(
                places[i],
                places[j],
                Value(
                    float(matrix[i, j]),
                    UNIT,
                    year,
                    "computed",
                    tuple(sorted({*rows[i].sources, *rows[j].sources})),
                ),
            )
            for i, j in combinations(range(len(places)), 2)
        )

    def extremes(self, found: Similarity, count: int) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """Return the pairs that are most and least alike, each from its extreme inwards."""
        size = len(found.among.places)
        first, second = np.tril_indices(size, -1)
        order = np.argsort(-found.matrix[first, second], kind="stable")

        def pairs(chosen: NDArray[np.intp]) -> tuple[Pair, ...]:
            places = found.among.places
            return tuple(
                Pair(places[b], places[a], found.value(a, b))
                for a, b in zip(first[chosen], second[chosen], strict=True)
            )

        return pairs(order[:count]), pairs(order[::-1][:count])

    def mean_within(self, found: Similarity) -> float | None:
        """Return the mean coefficient of all pairs; None below two places."""
        lower = np.tril_indices(len(found.among.places), -1)
        return float(found.matrix[lower].mean()) if len(lower[0]) else None
