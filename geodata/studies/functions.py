"""Functions: whether professionals or production workers live in a place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.ids import CENSUS_YEARS, DEFAULT_SCHEME
from geodata.measures.functions import functional_interval, functional_specialisation
from geodata.records import REGION_ID, Value
from geodata.studies.groups import Comparable, Groups
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.records import Place

PROFESSIONALS: Final = "occ_professional_technical"
PRODUCTION: Final = "occ_production_workers"
YEAR: Final = CENSUS_YEARS[-1]
"""The census whose occupations the tables hold."""


@dataclass(frozen=True, slots=True)
class Functional:
    """The functions of one place.

    `index` is functional specialisation against the region, `low` and `high` its limits (95 %);
    `professionals` and `production` are sampled persons.
    """

    place: Place
    index: Value
    low: float
    high: float
    professionals: Value
    production: Value

    @property
    def per_hundred(self) -> float:
        """Professionals for each hundred production workers."""
        return 100 * (self.professionals.value or 0.0) / (self.production.value or np.nan)

    @property
    def apart(self) -> bool:
        """Whether the place can be told apart from the region."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Specialised:
    """The places of a kind from the highest index to the lowest.

    `whole` is the reference, the region, whose index is 0, and None where its occupations are not
    held: then nothing can be compared. `without` are places whose occupations are not held.
    """

    among: Comparable
    places: tuple[Functional, ...]
    whole: Functional | None
    without: tuple[Place, ...]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Return the publications of all figures."""
        found = (*self.places, *([self.whole] if self.whole else []))
        return tuple(sorted({i for one in found for i in one.index.source_ids}))


class Functions(Study):
    """Answers which functions places have."""

    def __init__(self, readings: Readings, data: AtlasData) -> None:
        super().__init__(readings, data)
        self._groups = Groups(readings, data)

    def specialised(self, among: str, scheme: str = DEFAULT_SCHEME) -> Specialised:
        """Return the functional specialisation of the places of a kind in 2020, kept.

        Raises
        ------
        UnknownNameError
            If the kind or the scheme is unknown.
        """
        return self._specialised(among, scheme)

    def of(self, place_ids: Sequence[str]) -> tuple[Functional, ...]:
        """Return the functional specialisation of places; those without figures are left out.

        Raises
        ------
        UnknownNameError
            If a place is unknown.
        """
        counts = [self._counts(place_id) for place_id in (REGION_ID, *place_ids)]
        numbers = np.array([[_number(value) for value in pair] for pair in counts])
        if not (numbers[0] > 0).all():
            return ()
        reference = float(numbers[0, 0] / numbers[0, 1])
        index = functional_specialisation(numbers[:, 0], numbers[:, 1], reference)
        low, high = functional_interval(numbers[:, 0], numbers[:, 1], reference)
        return tuple(
            Functional(
                self._readings.place(place_ids[at - 1]),
                with_parts(Value(float(index[at]), "", YEAR, "computed"), *counts[at], *counts[0]),
                float(low[at]),
                float(high[at]),
                *counts[at],
            )
            for at in range(1, len(counts))
            if not np.isnan(index[at])
        )

    @kept()
    def _specialised(self, among: str, scheme: str) -> Specialised:
        found = self._groups.comparable(among, YEAR, scheme)
        places = self.of([place.id for place in found.places])
        whole = self.of([REGION_ID])
        known = {one.place.id for one in places}
        return Specialised(
            found,
            tuple(sorted(places, key=lambda one: -(one.index.value or 0))),
            whole[0] if whole else None,
            tuple(place for place in found.places if place.id not in known),
        )

    def _counts(self, place_id: str) -> tuple[Value, Value]:
        first, second = (
            self._readings.value(item, place_id, YEAR) for item in (PROFESSIONALS, PRODUCTION)
        )
        return first, second


def with_parts(value: Value, *parts: Value) -> Value:
    """Return a figure with the publications of those that it was computed from."""
    return replace(value, source_ids=tuple(sorted({i for one in parts for i in one.source_ids})))


def _number(value: Value) -> float:
    return np.nan if value.value is None else float(value.value)
