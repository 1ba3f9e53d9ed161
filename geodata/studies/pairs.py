"""Any two figures of the same places, and whether a line over them would mean anything.

The rule: no line where both are the same figure, or one is made of the other; where they share an
ingredient, such as two shares of one whole or two figures per head, which go together by
construction (Pearson 1897); where both are totals, since large places have much of everything;
where fewer than ten places have both; or where one of them does not vary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from geodata.measures.correlation import FEWEST, Fit, fitted
from geodata.records import REGION_ID
from geodata.studies.study import Study, kept
from geodata.studies.yearly import ALIKE, PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from geodata.records import Indicator, Level, Place, Value

Bar = Literal["same", "shared", "totals", "few", "constant", ""]
ALIASES: Final = {"population_yearend": "population"}
"""Ingredients that count the same thing on another day."""
PEOPLE: Final = frozenset({"population"})
OUTPUT: Final = frozenset({"gdp"})
MADE_OF: Final[Mapping[str, frozenset[str]]] = {
    "urbanization": PEOPLE,
    "age_share_0_14": PEOPLE,
    "age_share_15_64": PEOPLE,
    "age_share_65_plus": PEOPLE,
    "schooling_years": PEOPLE,
    "income_per_capita": PEOPLE,
    "gdp_per_capita_published": OUTPUT | PEOPLE,
    "gdp_growth": OUTPUT,
    "gdp_growth_published": OUTPUT,
    "rd_intensity": OUTPUT | {"rd_expenditure"},
}
"""What published rates are divided by or made of, where the tables hold only the rate."""
WIDE: Final = 50.0
"""Figures that differ by more than this factor, all positive, are laid out by their logarithms."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of places, `first` across and `second` upwards.

    `points` are the places with both; `lacking` those without one of them. `logs` tells of each
    figure whether it is laid out, and the line fitted, by its logarithm of base 10. `bar` says why
    there is no `line`.
    """

    first: Indicator
    second: Indicator
    years: tuple[str, str]
    points: tuple[tuple[Place, Value, Value], ...]
    lacking: tuple[Place, ...]
    logs: tuple[bool, bool]
    line: Fit | None
    bar: Bar


class Pairs(Study):
    """Answers two figures beside one another, exposed as `Atlas.pairs`."""

    def year(self, indicator: str, level: Level, wanted: str) -> str:
        """Return the year wanted where a figure has it at a level, else its latest; "" if none."""
        years = self._readings.indicator(indicator).years.get(level, ())
        return wanted if wanted in years else (years[-1] if years else "")

    def of(
        self,
        names: tuple[str, str],
        level: Level,
        year: str,
        inside: Collection[str] = (),
        benchmark: str = REGION_ID,
    ) -> Pair:
        """Return two figures of the places of a level.

        Parameters
        ----------
        names
            Indicators, the first and the second.
        level
            "county" or "city".
        year
            Of both, where they have it; each falls back on its latest year.
        inside
            Codes of the places looked at; all of the level where it is empty.
        benchmark
            The reference of location quotients; other indicators do not depend on it.

        Raises
        ------
        UnknownNameError
            If an indicator is unknown.
        """
        return self._pair(names, level, year, frozenset(inside), benchmark)

    @kept(64)
    def _pair(
        self,
        names: tuple[str, str],
        level: Level,
        year: str,
        inside: frozenset[str],
        benchmark: str,
    ) -> Pair:
        entries = [self._readings.indicator(name) for name in names]
        years = [self.year(name, level, year) for name in names]
        places = [
            place
            for code in self._data.regions.codes(level)
            if not inside or code in inside
            for place in (self._readings.place(code),)
        ]
        points, lacking = [], []
        for place in places:
            one, other = (
                self._readings.value(name, place.id, y, benchmark) if y else None
                for name, y in zip(names, years, strict=True)
            )
            if one is None or other is None or one.value is None or other.value is None:
                lacking.append(place)
            else:
                points.append((place, one, other))
        # Xiong'an lies within Baoding in most figures: drawn, but not counted twice in the line.
        apart = [pair for place, *pair in points if place.kind != "new_area"]
        numbers = [[pair[at].value or 0.0 for pair in apart] for at in (0, 1)]
        logs = tuple(_wide(found) for found in numbers)
        bar = self._bar(entries[0], entries[1], numbers)
        scaled = [np.log10(x) if log else np.array(x) for x, log in zip(numbers, logs, strict=True)]
        return Pair(
            first=entries[0],
            second=entries[1],
            years=(years[0], years[1]),
            points=tuple(points),
            lacking=tuple(lacking),
            logs=(logs[0], logs[1]),
            line=None if bar else fitted(scaled[0].tolist(), scaled[1].tolist()),
            bar=bar,
        )

    def _bar(self, first: Indicator, second: Indicator, numbers: list[list[float]]) -> Bar:
        """Say why a line would mean nothing; empty where it may be drawn."""
        if first.id == second.id:
            return "same"
        if self.roots(first.id) & self.roots(second.id):
            return "shared"
        if first.kind == second.kind == "amount":
            return "totals"
        if len(numbers[0]) < FEWEST:
            return "few"
        return "constant" if any(min(found) == max(found) for found in numbers) else ""

    def roots(self, indicator: str) -> frozenset[str]:
        """Return what an indicator is made of in the end, itself where it is observed."""
        if indicator in MADE_OF:
            return MADE_OF[indicator]
        recipe = self._data.catalog.recipes.get(indicator)
        if recipe is None or not recipe.ingredients:
            base = indicator.removesuffix(ALIKE).removesuffix(PUBLISHED)
            return frozenset({ALIASES.get(base, base)})
        return frozenset[str]().union(*(self.roots(one) for one in recipe.ingredients))


def _wide(numbers: list[float]) -> bool:
    return bool(numbers) and min(numbers) > 0 and max(numbers) > WIDE * min(numbers)
