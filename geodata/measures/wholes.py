"""Circles and the three places together: their figures from those of their parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geodata.measures.aggregation import add, computed, derive
from geodata.measures.workforce import YEARS, ZONES_NOTE
from geodata.records import REGION_ID, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.catalog import Recipe
    from geodata.chosen import Chosen
    from geodata.layout import Layout
    from geodata.measures.workforce import Workforce
    from geodata.records import Indicator

CENSUS_SOURCE: Final = "census7_county"
PROVINCES: Final = ("110000", "120000", "130000")

REFUSED: Final = "cannot be added up or averaged over its parts"
WITHOUT: Final = "no figure for and so without: "
INCOMPLETE: Final = "not computed: not every part has figures that fit together"
DRAWN_AREA: Final = "area as drawn on the map"
HEAD_NOTE: Final = "GDP over year-end population, both added over the parts"
HEAD: Final = "gdp_per_capita"
SCOPES_DIFFER: Final = {"130600": "2024"}
"""From this year on the GDP of Baoding includes Dingzhou and its year-end population does not."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure of a whole, the parts that went in and those without a figure."""

    value: Value
    used: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wholes:
    """Figures of circles and of the three places together.

    GDP per head is computed here from GDP and year-end population, because the published ones
    of the parts cannot be averaged.
    """

    chosen: Chosen
    layout: Layout
    workforce: Mapping[str, Workforce]
    recipes: Mapping[str, Recipe]
    indicators: Mapping[str, Indicator]

    def units(self, place: str) -> tuple[str, ...]:
        """Return the parts that make up a circle ("scheme/circle") or the whole region."""
        return PROVINCES if place == REGION_ID else self.layout.full_units(place)

    def figure(self, indicator: str, region: str, year: str) -> Value | None:
        """Return the figure of a region itself, or None where there is none."""
        level = self.layout.regions.level_of(region)
        found = self.chosen.value(indicator, level, year, region)
        return found if found is not None and found.value is not None else None

    def whole(self, indicator: str, place: str, year: str) -> Whole:
        """Return the figure of a circle or of the three places together.

        A figure that nothing allows to compute has the value None and says why in its note.
        """
        recipe = self.recipes[indicator]
        if place == REGION_ID:
            published = self.chosen.value(indicator, "region", year, REGION_ID)
            if published is not None:
                return Whole(published, (REGION_ID,))
        if indicator == HEAD:
            return self._head(recipe, place, year)
        if not recipe.operation and self.indicators[indicator].summable:
            return self._sum(recipe, place, year)
        ways = {
            "change_percent": self._change,
            "change_points": self._change,
            "density": self._density,
            "share": self._derived,
            "share_of_sum": self._derived,
            "ratio": self._derived,
            "sum": self._derived,
        }
        if recipe.operation in ways:
            return ways[recipe.operation](recipe, place, year)
        return Whole(Value(None, recipe.unit, year, note=(REFUSED,)))

    def _sum(self, recipe: Recipe, place: str, year: str) -> Whole:
        """Add what there is; the three places together only where all three have a figure."""
        units = self.units(place)
        found = {u: self.figure(recipe.indicator, u, year) for u in units}
        used = {u: v for u, v in found.items() if v is not None}
        lacking = tuple(u for u in units if u not in used)
        if not used or (lacking and place == REGION_ID):
            note = (INCOMPLETE,) if used else ()
            return Whole(Value(None, recipe.unit, year, note=note), lacking=lacking)
        value = add(list(used.values()))
        if len(units) > 1:
            value = replace(value, status="computed")
        return Whole(self._noted(value, tuple(used), lacking), tuple(used), lacking)

    def _derived(self, recipe: Recipe, place: str, year: str, *notes: str) -> Whole:
        """Compute a figure again from added ingredients, only where every part has them all."""
        units = self.units(place)
        rows = {u: [self.figure(i, u, year) for i in recipe.ingredients] for u in units}
        whole = [[v for v in row if v is not None] for row in rows.values() if all(row)]
        if len(whole) < len(units):
            lacking = tuple(u for u, row in rows.items() if not all(row))
            return Whole(Value(None, recipe.unit, year, note=(INCOMPLETE,)), lacking=lacking)
        sums = [add(column) for column in zip(*whole, strict=True)]
        numbers = [s.value for s in sums if s.value is not None]
        number = derive(recipe.operation, numbers, recipe.scale)
        value = computed(number, recipe.unit, year, sums, *notes)
        return Whole(self._noted(value, units, ()), units)

    def _head(self, recipe: Recipe, place: str, year: str) -> Whole:
        units = self.units(place)
        if differ := tuple(u for u in units if year >= SCOPES_DIFFER.get(u, "9999")):
            return Whole(Value(None, recipe.unit, year, note=(INCOMPLETE,)), lacking=differ)
        ingredients = ("gdp", "population_yearend")
        again = replace(recipe, operation="ratio", ingredients=ingredients, scale=10_000.0)
        return self._derived(again, place, year, HEAD_NOTE)

    def _density(self, recipe: Recipe, place: str, year: str) -> Whole:
        people = self._sum(self.recipes[recipe.ingredients[0]], place, year)
        places = self.layout.regions.places
        area = sum(places[u].drawn_area_km2 or 0.0 for u in people.used)
        if people.value.value is None or people.lacking:
            value = Value(None, recipe.unit, year, note=(INCOMPLETE,))
            return Whole(value, lacking=people.lacking)
        number = derive(recipe.operation, [people.value.value, area], recipe.scale)
        return Whole(computed(number, recipe.unit, year, [people.value], DRAWN_AREA), people.used)

    def _change(self, recipe: Recipe, place: str, year: str) -> Whole:
        """Compare the two censuses, only where every part can be compared."""
        unit, of = recipe.unit, recipe.ingredients[0]
        units = self.units(place)
        lacking = tuple(u for u in units if self.figure(recipe.indicator, u, year) is None)
        first, last = (self.whole(of, place, y) for y in YEARS)
        if lacking or first.value.value is None or last.value.value is None:
            return Whole(Value(None, unit, year, note=(INCOMPLETE,)), lacking=lacking)
        ratio = recipe.operation == "change_percent"
        difference = last.value.value - first.value.value
        number = 100 * difference / first.value.value if ratio else difference
        return Whole(computed(number, unit, year, [first.value, last.value]), units)

    def _noted(self, value: Value, used: tuple[str, ...], lacking: tuple[str, ...]) -> Value:
        """Name the parts without a figure, and the zones that no county row of a census has."""
        notes = [*value.note]
        places = self.layout.regions.places
        if lacking:
            notes.append(WITHOUT + "、".join(places[u].label.zh for u in lacking))
        if CENSUS_SOURCE in value.source_ids and value.year in self.workforce:
            counties = {u for u in used if places[u].kind == "county"}
            zones = self.workforce[value.year].zones
            if apart := sorted(zone for zone, where in zones.items() if where & counties):
                notes.append(ZONES_NOTE + "、".join(apart))
        return replace(value, note=tuple(notes))
