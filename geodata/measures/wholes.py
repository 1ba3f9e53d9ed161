"""Circles and the three places together: their figures from those of their parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geodata.catalog.derive import YEAREND, scopes_fit
from geodata.ids import CENSUS_YEARS, OWN, PROVINCES
from geodata.measures.aggregation import add, computed, derive
from geodata.measures.coverage import without_parts
from geodata.measures.workforce import ZONES_NOTE
from geodata.records import REGION_ID, Coverage, Subtotal, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.catalog import Recipe
    from geodata.catalog.chosen import Chosen
    from geodata.measures.coverage import Covering
    from geodata.measures.workforce import Workforce
    from geodata.places.layout import Layout
    from geodata.records import Indicator

CENSUS_SOURCE: Final = "census7_county"

REFUSED: Final = "cannot be added up or averaged over its parts"
WITHOUT: Final = "no figure for and so without: "
UNPUBLISHED: Final = "no total: no member has a published figure"
INCOMPLETE: Final = "not computed: not every part has figures that fit together"
DRAWN_AREA: Final = "area as drawn on the map"
HEAD_NOTE: Final = "GDP over year-end population, both added over the parts"
ALIKE_NOTE: Final = "cities on one basis"
HEAD: Final = "gdp_per_capita"
GDP: Final = "gdp"
ALIKE: Final = {GDP: "gdp_alike", HEAD: "gdp_per_capita_alike"}
"""The series in which municipalities, cities and Hebei stand in one kind of figure every year.

It is added over the parts of a circle, and set in proportion to; counties have one series only.
"""
OF_COUNTIES: Final = {alike: own for own, alike in ALIKE.items()}
COUNTIES_ALONE: Final = ("county",)
"""What only counties have stands beside a whole in the one kind of GDP that counties have, too."""
AGAIN: Final = frozenset({"share", "share_of_sum", "ratio", "sum"})
CHANGES: Final = frozenset({"change_percent", "change_points"})
HEADS: Final = frozenset({HEAD, ALIKE[HEAD]})


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure of a whole, the parts that went in and those without a figure.

    Where a circle has no total the value is None; `subtotal` is then what its members add up to,
    for amounts only.
    """

    value: Value
    used: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    coverage: Coverage | None = None
    subtotal: Subtotal | None = None


@dataclass(frozen=True)
class Wholes:
    """Figures of circles and of the three places together.

    A circle has a figure by the rule of `geodata.measures.coverage`, the three places together
    only where all three have one. Shares and figures per head are computed again from what is
    added, because those of the parts cannot be averaged.
    """

    chosen: Chosen
    layout: Layout
    workforce: Mapping[str, Workforce]
    recipes: Mapping[str, Recipe]
    indicators: Mapping[str, Indicator]
    covering: Covering

    def units(self, place: str) -> tuple[str, ...]:
        """Return the parts of a circle ("scheme/circle") or of the whole region, else itself."""
        if place == REGION_ID:
            return PROVINCES
        return (place,) if place in self.layout.regions.places else self.layout.full_units(place)

    def figure(self, indicator: str, region: str, year: str) -> Value | None:
        """Return the figure of a region itself, or None where there is none."""
        level = self.layout.regions.level_of(region)
        name = OF_COUNTIES.get(indicator, indicator) if level == "county" else indicator
        found = self.chosen.value(name, level, year, region)
        return found if found is not None and found.value is not None else None

    def series_of(self, indicator: str, place: str) -> str:
        """Return the series that a figure of a place is made of: a circle adds one kind only."""
        is_own = place == REGION_ID or place in self.layout.regions.places
        return indicator if is_own else ALIKE.get(indicator, indicator)

    def whole(self, indicator: str, place: str, year: str) -> Whole:
        """Return the figure of a circle or of the three places together.

        A figure that nothing allows to compute has the value None and says why in its note.
        """
        recipe = self.recipes[self.series_of(indicator, place)]
        if place == REGION_ID:
            published = self.chosen.value(indicator, "region", year, REGION_ID)
            if published is not None:
                return Whole(published, (REGION_ID,))
        if recipe.levels == COUNTIES_ALONE:
            recipe = replace(recipe, ingredients=tuple(ALIKE.get(i, i) for i in recipe.ingredients))
        plain = not recipe.operation and self.indicators[indicator].summable
        if plain or recipe.operation in AGAIN | CHANGES | {"density"}:
            return self._judged(recipe, place, year)
        return Whole(Value(None, recipe.unit, year, note=(REFUSED,)))

    def per_head(self, place: str, year: str, gdp: str) -> Whole:
        """Return a series of GDP over year-end population, both added over the parts of a place."""
        again = replace(self.recipes[HEAD], ingredients=(gdp, YEAREND))
        return self._judged(again, place, year)

    def over(self, indicator: str, units: tuple[str, ...], year: str) -> Value:
        """Return an indicator over some parts that all have it."""
        return self._computed(self.recipes[indicator], units, year)

    def _judged(self, recipe: Recipe, place: str, year: str) -> Whole:
        """Compute over the parts that have all it takes, and withhold what is no total."""
        units = self.units(place)
        used = tuple(u for u in units if self._has(recipe, u, year))
        lacking = tuple(u for u in units if u not in used)
        is_circle = place != REGION_ID and place not in self.layout.regions.places
        coverage = self.covering.of(place, used, year) if is_circle else None
        if used and (coverage.is_total if coverage else not lacking):
            value = self._computed(recipe, used, year)
            value = self._noted(self._of_kind(value, recipe, used), place, used, lacking)
            value = _computed(value) if len(units) > 1 else value
            return Whole(value, used, lacking, coverage)
        summed = not recipe.operation
        if not used or coverage is None:
            note = (INCOMPLETE,) if len(units) > 1 and (used or not summed) else ()
            note = (UNPUBLISHED,) if summed and is_circle else note
            return Whole(Value(None, recipe.unit, year, note=note), (), lacking, coverage)
        why = self.covering.why_not(self.layout.circle(place), coverage)
        missing = Value(None, recipe.unit, year, note=(why,))
        if not summed:
            return Whole(missing, used, lacking, coverage)
        value = _computed(self._computed(recipe, used, year))
        value = self._of_kind(value, recipe, used)
        if ALIKE_NOTE in value.note:
            missing = replace(missing, note=(why, ALIKE_NOTE))
        places = tuple(self.layout.regions.places[u] for u in used)
        subtotal = Subtotal(self._noted(value, place, used, lacking), places, coverage)
        return Whole(missing, used, lacking, coverage, subtotal)

    def _has(self, recipe: Recipe, unit: str, year: str) -> bool:
        """Tell whether a part has all that the figure takes, of one scope."""
        if not scopes_fit(recipe, unit, year):
            return False
        needed: tuple[str, ...] = (recipe.indicator,)
        if recipe.operation in AGAIN:
            needed = recipe.ingredients
        elif recipe.operation == "density":
            needed = recipe.ingredients[:1]
        return all(self.figure(name, unit, year) is not None for name in needed)

    def _computed(self, recipe: Recipe, units: tuple[str, ...], year: str) -> Value:
        """Add a figure over parts that all have it, or compute it again from what is added."""
        if recipe.operation in CHANGES:
            return self._change(recipe, units, year)
        if not recipe.operation:
            return self.added(recipe.indicator, units, year)
        if recipe.operation == "density":
            people = self.added(recipe.ingredients[0], units, year)
            area = sum(self.layout.regions.places[u].drawn_area_km2 or 0.0 for u in units)
            number = derive(recipe.operation, [people.value or 0.0, area], recipe.scale)
            return computed(number, recipe.unit, year, [people], DRAWN_AREA)
        sums = [self.added(name, units, year) for name in recipe.ingredients]
        number = derive(recipe.operation, [s.value or 0.0 for s in sums], recipe.scale)
        notes = (HEAD_NOTE,) if recipe.indicator in HEADS else ()
        return computed(number, recipe.unit, year, sums, *notes)

    def added(self, indicator: str, units: tuple[str, ...], year: str) -> Value:
        """Return the figures of some parts added up; ValueError unless there is one at least."""
        found = [self.figure(indicator, unit, year) for unit in units]
        return add([v for v in found if v is not None])

    def _change(self, recipe: Recipe, units: tuple[str, ...], year: str) -> Value:
        """Compare the two censuses over parts that can all be compared."""
        of = recipe.ingredients[0]
        first, last = (self.over(of, units, census) for census in CENSUS_YEARS)
        percent = recipe.operation == "change_percent"
        if first.value is None or last.value is None or (percent and not first.value):
            return Value(None, recipe.unit, year, note=(INCOMPLETE,))
        difference = last.value - first.value
        number = 100 * difference / first.value if percent else difference
        return computed(number, recipe.unit, year, [first, last])

    def _of_kind(self, value: Value, recipe: Recipe, used: tuple[str, ...]) -> Value:
        """Name the kind of GDP that is added; counties have one only."""
        kinds = {self.layout.regions.places[u].kind for u in used}
        made = {recipe.indicator, *recipe.ingredients}
        if made.isdisjoint(OF_COUNTIES) or kinds == {"county"}:
            return value
        return replace(value, note=(ALIKE_NOTE, *value.note))

    def _noted(
        self, value: Value, place: str, used: tuple[str, ...], lacking: tuple[str, ...]
    ) -> Value:
        """Name the parts not in a sum, and the zones that no county row of a census has."""
        notes = [*value.note, *without_parts(self.layout, place)]
        places = self.layout.regions.places
        if lacking:
            notes.append(WITHOUT + "、".join(places[u].label.zh for u in lacking))
        if CENSUS_SOURCE in value.source_ids and value.year in self.workforce:
            counties = {u for u in used if places[u].kind == "county"}
            zones = self.workforce[value.year].zones
            if apart := sorted(zone for zone, where in zones.items() if where & counties):
                notes.append(ZONES_NOTE + "、".join(apart))
        return replace(value, note=tuple(notes))


def _computed(value: Value) -> Value:
    """Mark a figure as computed; a reader's own stays his own."""
    return value if value.status == OWN else replace(value, status="computed")
