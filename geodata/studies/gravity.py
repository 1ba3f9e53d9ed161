"""Gravity: how strongly cities attract one another, where a rail time is published."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.errors import UnknownNameError
from geodata.ids import BEIJING, SHIJIAZHUANG, TIANJIN
from geodata.measures.interaction import gravity, relative
from geodata.records import Value
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.records import Place
    from geodata.studies.links import Links

GRAVITY: Final = "gravity"
"""Links of gravity beside those of `geodata.studies.links.KINDS`."""
MASSES: Final[Mapping[str, tuple[str, str]]] = {
    "gdp": ("gdp_alike", "2024"),
    "population": ("population", "2020"),
}
"""Mass → indicator and year: the latest in which all 13 cities have a figure."""

LEAST: Final = 0.5
MOST: Final = 3.0
LEADING: Final = (BEIJING, TIANJIN, SHIJIAZHUANG)
"""The cores of the circles."""
ENOUGH: Final = 3
"""Links below which nothing is said of a core's circle."""
"""Exponents that a reader may assume."""


@dataclass(frozen=True, slots=True)
class GravityLink:
    """A pair of cities with a published rail time.

    `strength` is M·M ÷ t^b in mass² ÷ minutes^b, `index` the same with the strongest link as 100.
    """

    one: Place
    other: Place
    minutes: Value
    strength: float
    index: Value


@dataclass(frozen=True, slots=True)
class Gravity:
    """Gravity links of the 13 cities and Xiong'an for one mass and exponent, strongest first.

    `pairs` counts all pairs of cities, `untimed` are those without a published rail time,
    `massless` cities without a mass, whose
    timed pairs are not linked either; `below` counts published times to counties and stations
    within a city, which are not used because their mass lies in that of the city.
    """

    mass: str
    exponent: float
    year: str
    pairs: int
    links: tuple[GravityLink, ...]
    untimed: tuple[tuple[Place, Place], ...]
    massless: tuple[Place, ...]
    below: int

    @property
    def lonely(self) -> tuple[tuple[Place, int], ...]:
        """Return the leading cities with fewer than `ENOUGH` links, with their number.

        Of such a city the model says nothing on its circle.
        """
        ends = [p for link in self.links for p in (link.one, link.other)]
        leading = {p.id: p for pair in self.untimed for p in pair if p.id in LEADING}
        counts = {code: sum(p.id == code for p in ends) for code in LEADING}
        return tuple((leading[c], n) for c, n in counts.items() if n < ENOUGH and c in leading)


class Attraction(Study):
    """Answers how strongly cities attract one another.

    Parameters
    ----------
    links
        Asked for the published rail times.
    """

    def __init__(self, readings: Readings, data: AtlasData, links: Links) -> None:
        super().__init__(readings, data)
        self._published = links

    def gravity(self, mass: str, exponent: float) -> Gravity:
        """Return the gravity links of the cities, kept for the masses and exponents asked for.

        A pair takes its latest published time, of several in one year the shortest.

        Parameters
        ----------
        mass
            "gdp" or "population".
        exponent
            The assumed exponent of time, 0.5 to 3.

        Raises
        ------
        UnknownNameError
            If the mass is unknown or the exponent lies outside its limits.
        """
        if mass not in MASSES:
            message = f"There is no mass {mass!r}; choose {' or '.join(MASSES)}."
            raise UnknownNameError(message)
        if not LEAST <= exponent <= MOST:
            message = f"The exponent {exponent} lies outside {LEAST} to {MOST}; choose one within."
            raise UnknownNameError(message)
        return self._links(mass, exponent)

    @kept(64)
    def _links(self, mass: str, exponent: float) -> Gravity:
        cities = [self._readings.place(c) for c in self._data.regions.codes("city")]
        indicator, year = MASSES[mass]
        masses = [self._readings.value(indicator, p.id, year) for p in cities]
        pairs = list(combinations(range(len(cities)), 2))
        times = self._published.times()
        timed = {p: f for p in pairs if (f := times.get(_key(cities, p))) is not None}
        minutes = np.full((len(cities), len(cities)), np.nan)
        for (i, j), flow in timed.items():
            minutes[i, j] = minutes[j, i] = flow.value.value
        known = np.array([np.nan if m.value is None else m.value for m in masses])
        strengths = gravity(known, minutes, exponent)
        indices = relative(strengths)
        links = [
            GravityLink(
                one=cities[i],
                other=cities[j],
                minutes=flow.value,
                strength=float(strengths[i, j]),
                index=_index(float(indices[i, j]), year, (masses[i], masses[j], flow.value)),
            )
            for (i, j), flow in timed.items()
            if not np.isnan(indices[i, j])
        ]
        codes = {p.id for p in cities}
        return Gravity(
            mass=mass,
            exponent=exponent,
            year=year,
            pairs=len(pairs),
            links=tuple(sorted(links, key=lambda link: -link.strength)),
            untimed=tuple((cities[i], cities[j]) for i, j in pairs if (i, j) not in timed),
            massless=tuple(p for p, m in zip(cities, masses, strict=True) if m.value is None),
            below=sum(not pair <= codes for pair in times),
        )


def _key(cities: Sequence[Place], pair: tuple[int, int]) -> frozenset[str]:
    return frozenset(cities[at].id for at in pair)


def _index(number: float, year: str, parts: Sequence[Value]) -> Value:
    ids = tuple(sorted({s for v in parts for s in v.source_ids}))
    notes = tuple(dict.fromkeys(n for v in parts for n in v.note))
    return Value(number, "", year, "computed", ids, notes)
