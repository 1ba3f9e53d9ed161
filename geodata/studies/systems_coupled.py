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
from geodata.measures.order import orders
from geodata.measures.runs import runs
from geodata.records import Value
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geodata.measures.order import Span
    from geodata.records import Break, Name, Place

Weighing = Literal["entropy", "equal"]
WEIGHINGS: Final = get_args(Weighing)
"""How the figures of a side are weighed; the first is the usual one."""
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
    """D of each province in each year under one weighing and one α, `d[year][place]`.

    `weights` are those of the figures in the order of `SIDES`; `runs` the years that may be joined.
    `orders` are, by year, the ranges of α over which the order of `places` stays the same.
    """

    places: tuple[Place, ...]
    years: tuple[str, ...]
    d: Mapping[str, Mapping[str, float]]
    weights: tuple[tuple[float, ...], ...]
    orders: Mapping[str, tuple[Span, ...]]
    runs: tuple[tuple[str, ...], ...]
    breaks: tuple[Break, ...]
    source_ids: tuple[str, ...]

    def within(self, year: str, alpha: float) -> Span:
        """Return the range of α around a given one over which the order of a year stays."""
        return next(span for span in self.orders[year] if alpha <= span.high)


class Coupled(Study):
    """Answers coupling coordination of the provinces, exposed as `Atlas.coupled`."""

    @kept()
    def degrees(self, weighing: Weighing, alpha: float) -> Degrees:
        """Return the degrees of all years in which every province has every figure.

        `alpha` is the weight of innovation in T; industry has the rest.
        """
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
        c, _, degree = coupling(first, second, alpha)
        rows = iter(degree.tolist())
        d = {year: {place: next(rows) for place in PROVINCES} for year in years}
        # D² = C·(αU₁ + (1 − α)U₂) is a straight line in α and has the order of D.
        ends = (np.nan_to_num(c * side).reshape(len(years), -1) for side in (second, first))
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
            orders={
                year: orders(low.tolist(), high.tolist())
                for year, low, high in zip(years, *ends, strict=True)
            },
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
