"""Circles as measured beside circles as planned: published rail minutes, and gravity.

Measured by rail, a place belongs to a circle where its published time from a core is 60 minutes or
less; by gravity, where of Beijing, Tianjin and Shijiazhuang a core of the circle pulls strongest,
which only a city with published times to two of them can tell. Commuting is published as one sum
for all counties around Beijing and draws no contour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geodata.measures.agreement import Agreement, agreement
from geodata.records import FULL_ROLES
from geodata.studies.gravity import LEADING
from geodata.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.records import Circle, Place, Value
    from geodata.studies.gravity import Attraction
    from geodata.studies.links import Flow, Links

By = Literal["rail", "gravity"]
LIMIT: Final = 60.0
"""Minutes of the one-hour circle."""
COMMUTERS: Final = "commuters"
TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """A circle of a scheme by one measure.

    `cores` are its leading cities; `found` compares the places of which both are known; `untold`
    are full members without the measure, `parts` places of which only a part is planned.
    """

    circle: Circle
    by: By
    cores: tuple[Place, ...]
    found: Agreement
    untold: tuple[Place, ...]
    parts: tuple[Place, ...]
    values: tuple[Value, ...]


class DrawnCircles(Study):
    """Answers circles as measured and as planned, exposed as `Atlas.drawn_circles`."""

    def __init__(
        self, readings: Readings, data: AtlasData, links: Links, attraction: Attraction
    ) -> None:
        super().__init__(readings, data)
        self._links = links
        self._attraction = attraction

    def compared(self, mass: str, exponent: float) -> tuple[Compared, ...]:
        """Return every circle that has a leading city as core, by rail and by gravity.

        Raises
        ------
        UnknownNameError
            As `Attraction.gravity`.
        """
        pulls = self._pulls(mass, exponent)
        made = []
        for scheme in self._data.layout.schemes:
            for circle in scheme.circles:
                cores = self._cores(circle)
                if cores:
                    times = self._times(circle, cores)
                    near = {p for p, value in times.items() if (value.value or 0.0) <= LIMIT}
                    made.append(self._one(circle, "rail", cores, near, times))
                    won = {p for p, (core, _) in pulls.items() if core in cores}
                    figures = {p: value for p, (_, value) in pulls.items()}
                    made.append(self._one(circle, "gravity", cores, won, figures))
        return tuple(made)

    def coreless(self) -> tuple[Circle, ...]:
        """Return the circles without a leading city as core, from which nothing is measured."""
        circles = (c for scheme in self._data.layout.schemes for c in scheme.circles)
        return tuple(one for one in circles if not self._cores(one))

    def commuting(self) -> tuple[Flow, ...]:
        """Return what is published of commuters: sums for groups of places."""
        return tuple(f for f in self._links.flows("moves") if f.indicator == COMMUTERS)

    def _cores(self, circle: Circle) -> tuple[str, ...]:
        """Return the leading cities that are cores, or of which some county is one."""
        regions = self._data.regions
        of = [m.place for m in circle.members if m.role == "core"]
        held = frozenset[str]().union(*(regions.counties_of(one) for one in of))
        return tuple(city for city in LEADING if regions.counties_of(city) & held)

    def _times(self, circle: Circle, cores: Sequence[str]) -> Mapping[str, Value]:
        """Return the shortest published time of each place from a core, no place twice.

        A county counts on its own only where its city has no time or is planned in part; else it
        is in the city.
        """
        regions = self._data.regions
        found: dict[str, Value] = {}
        for pair, flow in self._links.times().items():
            for core in {*cores} & pair:
                (place,) = pair - {core}
                if any(regions.counties_of(place) <= regions.counties_of(c) for c in cores):
                    continue
                known = found.get(place)
                if known is None or (flow.value.value or 0.0) < (known.value or 0.0):
                    found[place] = flow.value
        role, read = self._data.layout.role, self._readings
        cities = {p for p in found if role(circle.key, p) != "partial"}
        return {
            place: value
            for place, value in found.items()
            if read.place(place).kind != "county"
            or not any(
                place != city and regions.counties_of(place) <= regions.counties_of(city)
                for city in cities
            )
        }

    def _pulls(self, mass: str, exponent: float) -> Mapping[str, tuple[str, Value]]:
        """Return the leading city that pulls each city strongest, where two can be compared."""
        pulls: dict[str, list[tuple[float, str, Value]]] = {}
        for link in self._attraction.gravity(mass, exponent).links:
            for one, other in ((link.one, link.other), (link.other, link.one)):
                if other.id in LEADING and one.id not in LEADING:
                    pulls.setdefault(one.id, []).append((link.strength, other.id, link.index))
        strongest = {place: max(of) for place, of in pulls.items() if len(of) >= TWO}
        return {place: (core, index) for place, (_, core, index) in strongest.items()}

    def _one(
        self,
        circle: Circle,
        by: By,
        cores: Sequence[str],
        measured: set[str],
        values: Mapping[str, Value],
    ) -> Compared:
        read, layout, regions = self._readings, self._data.layout, self._data.regions
        roles = {place: layout.role(circle.key, place) for place in values}
        parts = [place for place, role in roles.items() if role == "partial"]
        universe = [place for place in values if place not in parts]
        planned = {place for place, role in roles.items() if role in FULL_ROLES}
        known = frozenset[str]().union(*(regions.counties_of(p) for p in (*universe, *cores)))
        untold = [
            unit for unit in layout.full_units(circle.key) if not regions.counties_of(unit) <= known
        ]
        return Compared(
            circle=circle,
            by=by,
            cores=tuple(map(read.place, cores)),
            found=agreement(planned, measured, universe),
            untold=tuple(map(read.place, untold)),
            parts=tuple(map(read.place, parts)),
            values=tuple(values.values()),
        )
