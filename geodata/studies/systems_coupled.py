"""Coupling coordination of innovation and industry in the three provinces by year.

U₁ is made of R&D intensity and of technology contracts sold and absorbed over GDP; U₂ of secondary
value added per resident and over GDP. Each figure is set against the highest of all provinces and
years, so that years stand on one scale; entropy weights are those of all rows together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from geodata.ids import PROVINCES
from geodata.measures.coupling import against_highest, coupling
from geodata.measures.entropy import entropy_weights
from geodata.measures.runs import runs
from geodata.records import Value
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geodata.records import Break, Name, Place

Weighing = Literal["entropy", "equal", "innovation", "industry"]
WEIGHINGS: Final = get_args(Weighing)
ALPHA: Final[Mapping[str, float]] = {"innovation": 0.7, "industry": 0.3}
"""The part of innovation in T where one side counts more; ½ elsewhere."""
OVER_GDP: Final = "gdp"
PER_HEAD: Final = "population_yearend"
SIDES: Final = (
    (
        ("rd_intensity", ""),
        ("tech_contract_value", OVER_GDP),
        ("tech_contract_absorbed_value", OVER_GDP),
    ),
    (("gdp_secondary", PER_HEAD), ("gdp_secondary", OVER_GDP)),
)
"""Numerator and denominator of each figure, innovation first."""


@dataclass(frozen=True, slots=True)
class Degrees:
    """D of each province in each year under one weighing, `d[year][place]`.

    `weights` are those of the figures in the order of `SIDES`; `runs` the years that may be joined.
    """

    places: tuple[Place, ...]
    years: tuple[str, ...]
    d: Mapping[str, Mapping[str, float]]
    weights: tuple[tuple[float, ...], ...]
    runs: tuple[tuple[str, ...], ...]
    breaks: tuple[Break, ...]
    source_ids: tuple[str, ...]

    def ranks(self, year: str) -> Mapping[str, int]:
        """Return the rank of each province in a year, 1 for the highest degree."""
        ordered = sorted(self.d[year], key=lambda place: -self.d[year][place])
        return {place: at for at, place in enumerate(ordered, 1)}


class Coupled(Study):
    """Answers coupling coordination of the provinces, exposed as `Atlas.coupled`."""

    @kept()
    def degrees(self, weighing: Weighing) -> Degrees:
        """Return the degrees of all years in which every province has every figure."""
        parts = {name for side in SIDES for pair in side for name in pair if name}
        years = [
            year
            for year in self._readings.indicator(SIDES[0][0][0]).years.get("province", ())
            if not self._without(year)
        ]
        scaled = [self._scaled(side, years) for side in SIDES]
        weights = [
            entropy_weights(of) if weighing == "entropy" else np.full(of.shape[1], 1 / of.shape[1])
            for of in scaled
        ]
        first, second = (of @ w for of, w in zip(scaled, weights, strict=True))
        _, _, degree = coupling(first, second, ALPHA.get(weighing, 0.5))
        rows = iter(degree.tolist())
        d = {year: {place: next(rows) for place in PROVINCES} for year in years}
        breaks = self._broken(parts, years)
        sources = {
            i
            for name in parts
            for year in years
            for place in PROVINCES
            for i in self._value(name, place, year).source_ids
        }
        return Degrees(
            places=tuple(self._readings.place(p) for p in PROVINCES),
            years=tuple(years),
            d=d,
            weights=tuple(tuple(map(float, w)) for w in weights),
            runs=runs(dict.fromkeys(years, PROVINCES), {b.year for b in breaks}),
            breaks=breaks,
            source_ids=tuple(sorted(sources)),
        )

    def lacking(self) -> tuple[tuple[str, tuple[tuple[Place, Name], ...]], ...]:
        """Return the years left out with the figures that provinces lack in them."""
        years = self._readings.indicator(SIDES[0][0][0]).years.get("province", ())
        return tuple((year, lacking) for year in years if (lacking := self._without(year)))

    def _without(self, year: str) -> tuple[tuple[Place, Name], ...]:
        """Return the provinces without a figure in a year, each with the figure."""
        names = dict.fromkeys(name for side in SIDES for pair in side for name in pair if name)
        read = self._readings
        return tuple(
            (read.place(place), read.indicator(name).name)
            for place in PROVINCES
            for name in names
            if self._value(name, place, year).value is None
        )

    def _value(self, name: str, place: str, year: str) -> Value:
        """Return a figure as a province's: Beijing and Tianjin have series of their own there."""
        if year not in self._readings.indicator(name).years.get("province", ()):
            return Value(None, "", year)
        column = self._readings.values(name, year, "province")
        return column.values[column.codes.index(place)]

    def _scaled(self, side: tuple[tuple[str, str], ...], years: list[str]) -> NDArray[np.float64]:
        """Return the figures of a side against their highest, a row for each year and province."""
        columns = []
        for name, over in side:
            numbers = [
                (self._value(name, place, year).value or 0.0)
                / ((self._value(over, place, year).value or 1.0) if over else 1.0)
                for year in years
                for place in PROVINCES
            ]
            columns.append(against_highest(np.array(numbers)))
        return np.column_stack(columns)

    def _broken(self, parts: set[str], years: list[str]) -> tuple[Break, ...]:
        found = {
            (b.year, b.reason): b
            for name in parts
            for b in self._readings.breaks(name, "province")
            if years and years[0] < b.year <= years[-1]
        }
        return tuple(sorted(found.values(), key=lambda b: b.year))
