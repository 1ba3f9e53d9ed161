"""Places like one in size, and the larger labour markets that published trains reach from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.ids import CENSUS_YEARS, HOLDING
from geodata.measures.similarity import nearest_in_size
from geodata.records import WHOLE_KINDS, Place, Value
from geodata.studies.study import Study

if TYPE_CHECKING:
    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.studies.links import Links

POPULATION: Final = "population"
WORKERS: Final = "emp_sample_total"
"""Sampled workers of the census, where they live: one in ten."""
YEAR: Final = CENSUS_YEARS[-1]
NEAREST: Final = 5
"""Places most like one that are named."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A place of the same kind, with its size and that size over the size of the place asked of."""

    place: Place
    size: Value
    ratio: float


@dataclass(frozen=True, slots=True)
class Market:
    """A larger labour market, and the shortest of the latest rail times to it.

    `start` is where the time is published from, which may be a part of the place asked of or the
    city around it. `workers` are the sampled workers of the market.
    """

    place: Place
    start: Place
    minutes: Value
    workers: Value


class Neighbours(Study):
    """Answers which places are near one in size, and by rail.

    Parameters
    ----------
    links
        The published rail times.
    """

    def __init__(self, readings: Readings, data: AtlasData, links: Links) -> None:
        super().__init__(readings, data)
        self._links = links

    def by_size(self, place_id: str) -> tuple[Peer, ...]:
        """Return the places of the same kind from the nearest in census residents on.

        Counties are compared with counties, cities with cities, circles with those of their
        definition that have a total; empty for provinces, the whole, and a place without residents.

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        place = self._readings.place(place_id)
        codes = self._alike(place)
        values = [self._readings.value(POPULATION, code, YEAR) for code in codes]
        if place_id not in codes:
            return ()
        sizes = np.array([np.nan if v.value is None else v.value for v in values])
        at = codes.index(place_id)
        return tuple(
            Peer(self._readings.place(codes[i]), values[i], float(sizes[i] / sizes[at]))
            for i in nearest_in_size(sizes, at)
        )

    def _alike(self, place: Place) -> tuple[str, ...]:
        if place.kind == "circle":
            scheme = self._data.layout.scheme(place.id.partition("/")[0])
            return tuple(circle.key for circle in scheme.circles)
        if place.kind in WHOLE_KINDS or place.kind == "province":
            return ()
        return self._data.regions.codes("county" if place.kind == "county" else "city")

    def markets(self, place_id: str) -> tuple[Market, ...]:
        """Return the larger labour markets that a published rail time leads to, the nearest first.

        Times are published between some pairs of cities and districts. One counts for a place that
        it starts from, that holds where it starts, or that lies in the city where it starts; of a
        circle it starts from a core. Of several times to one market that from the place itself
        goes first, then the shortest. Larger is what has more sampled workers than the place, and
        than the city around it where the time starts from that.

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        place = self._readings.place(place_id)
        own = self._workers(place_id)
        if place.kind == "region" or own.value is None:
            return ()
        found: dict[str, tuple[tuple[bool, float], Market]] = {}
        for flow in self._links.times().values():
            for start, end in ((flow.origin, flow.destination), (flow.destination, flow.origin)):
                if start.group or end.group or not self._starts(place, start.id):
                    continue
                if self._overlap(place_id, end.id):
                    continue
                workers, least = self._workers(end.id), own.value
                if self._counties(place_id) < self._counties(start.id):
                    least = max(least, self._workers(start.id).value or 0.0)
                if workers.value is None or workers.value <= least:
                    continue
                first, last = self._readings.place(start.id), self._readings.place(end.id)
                market = Market(last, first, flow.value, workers)
                order = (start.id != place_id, flow.value.value or 0.0)
                if end.id not in found or order < found[end.id][0]:
                    found[end.id] = (order, market)
        return tuple(sorted((m for _, m in found.values()), key=lambda m: m.minutes.value or 0.0))

    def _workers(self, place_id: str) -> Value:
        return self._readings.value(WORKERS, place_id, YEAR)

    def _starts(self, place: Place, start: str) -> bool:
        regions = self._data.regions
        if place.kind == "circle":
            circle = self._data.layout.circle(place.id)
            return start in {m.place for m in circle.members if m.role == "core"}
        if place.id == start:
            return True
        if place.kind == "province":
            return False
        around = {p.id for p in regions.parents(place.id) if p.kind not in HOLDING}
        within = regions.counties_of(start) < regions.counties_of(place.id)
        return within or start in around

    def _overlap(self, one: str, other: str) -> bool:
        return bool(self._counties(one) & self._counties(other))

    def _counties(self, place_id: str) -> frozenset[str]:
        if self._readings.place(place_id).kind == "circle":
            return self._data.layout.counties(place_id)
        return self._data.regions.counties_of(place_id)
