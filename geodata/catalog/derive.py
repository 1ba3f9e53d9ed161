"""Computes the derived indicators, each with the provenance of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from geodata.catalog.entries import ASKED_LATER, Catalog, Recipe
from geodata.ids import BAODING, CENSUS_YEARS, NATION_CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

PERIOD: Final = "2010-2020"
"""The year of a change between the censuses."""

NATIONAL: Final = "nation"
LQ_PARTS: Final = 4
YEAREND: Final = "population_yearend"
SCOPES_DIFFER: Final[Mapping[str, str]] = {BAODING: "2024"}
"""From this year on the year-end population of Baoding is without Dingzhou and Xiong'an.

Its GDP has Dingzhou still, and Shijiazhuang has Xinji: neither a figure per head nor a rank of
Baoding among the cities can be made of it.
"""


class Figure(NamedTuple):
    """A figure with its provenance."""

    value: float
    status: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]


class Key(NamedTuple):
    """Where and when a figure holds."""

    reach: str
    region_code: str
    year: str


Figures = dict[Key, Figure]


class Ground(NamedTuple):
    """What the operations need besides the figures.

    `areas` are measured on the map, square kilometres by region code; `incomparable` are the
    regions (reach, code) that may not be compared between the censuses; `remarks` are notes on
    those that may.
    """

    areas: Mapping[str, float]
    incomparable: frozenset[tuple[str, str]]
    remarks: Mapping[tuple[str, str], str]


def derive(catalog: Catalog, chosen: Mapping[str, Figures], ground: Ground) -> dict[str, Figures]:
    """Return the figures of all indicators, observed and computed.

    Parameters
    ----------
    catalog
        The recipes.
    chosen
        Figures of the observed indicators.
    ground
        Areas and comparability.
    """
    done: dict[str, Figures] = {}

    def ready(indicator: str) -> Figures:
        if indicator not in done:
            recipe = catalog.recipes[indicator]
            if not recipe.operation:
                done[indicator] = chosen.get(indicator, {})
            elif recipe.operation in ASKED_LATER:
                done[indicator] = {}
            else:
                parts = [ready(i) for i in recipe.ingredients]
                done[indicator] = _narrowed(
                    recipe, OPERATIONS[recipe.operation](recipe, parts, ground)
                )
        return done[indicator]

    return {indicator: ready(indicator) for indicator in catalog.recipes}


def scopes_fit(recipe: Recipe, region_code: str, year: str) -> bool:
    """Tell whether what a figure is computed from covers one area in a region and year."""
    return YEAREND not in recipe.ingredients[1:] or year < SCOPES_DIFFER.get(region_code, "9999")


def computed(value: float, parts: Iterable[Figure], *notes: str) -> Figure:
    """Return a computed figure with the sources and notes of all its parts, each once."""
    sources: dict[str, None] = {}
    fragments: dict[str, None] = {}
    for part in parts:
        sources.update(dict.fromkeys(part.sources))
        fragments.update(dict.fromkeys(part.notes))
    fragments.update(dict.fromkeys(notes))
    return Figure(value, "computed", tuple(sources), tuple(fragments))


def _narrowed(recipe: Recipe, figures: Figures) -> Figures:
    return {
        key: figure
        for key, figure in figures.items()
        if (not recipe.levels or key.reach in recipe.levels)
        and (not recipe.years or key.year in recipe.years)
        and scopes_fit(recipe, key.region_code, key.year)
    }


def _together(parts: list[Figures]) -> Iterable[tuple[Key, list[Figure]]]:
    """Yield the keys that all parts have."""
    for key in parts[0]:
        if all(key in part for part in parts):
            yield key, [part[key] for part in parts]


def _share(_: Recipe, parts: list[Figures], __: Ground) -> Figures:
    return {
        key: computed(100 * part.value / whole.value, (part, whole))
        for key, (part, whole) in _together(parts)
        if whole.value > 0
    }


def _share_of_sum(_: Recipe, parts: list[Figures], __: Ground) -> Figures:
    return {
        key: computed(100 * own[0].value / sum(f.value for f in own), own)
        for key, own in _together(parts)
        if sum(f.value for f in own) > 0
    }


def _ratio(recipe: Recipe, parts: list[Figures], _: Ground) -> Figures:
    return {
        key: computed(recipe.scale * above.value / below.value, (above, below))
        for key, (above, below) in _together(parts)
        if below.value > 0
    }


def _sum(_: Recipe, parts: list[Figures], __: Ground) -> Figures:
    return {key: computed(sum(f.value for f in own), own) for key, own in _together(parts)}


def _density(recipe: Recipe, parts: list[Figures], ground: Ground) -> Figures:
    """Divide by the published area where there is one, else by the area measured on the map."""
    found: Figures = {}
    people, published = parts
    for key, figure in people.items():
        # A union such as Xiong'an is counted with townships outside its outline.
        if figure.status == "computed":
            continue
        if area := published.get(key):
            note = "density by the published area"
            density = recipe.scale * figure.value / area.value
            found[key] = computed(density, (figure, area), note)
        elif drawn := ground.areas.get(key.region_code):
            note = "density by the area measured on the map"
            found[key] = computed(recipe.scale * figure.value / drawn, (figure,), note)
    return found


def _change(
    parts: list[Figures], ground: Ground, between: Callable[[float, float], float]
) -> Figures:
    found: Figures = {}
    for key, after in parts[0].items():
        place = (key.reach, key.region_code)
        before = parts[0].get(key._replace(year=CENSUS_YEARS[0]))
        if key.year != CENSUS_YEARS[1] or before is None or place in ground.incomparable:
            continue
        remark = ground.remarks.get(place)
        notes = (remark,) if remark else ()
        value = between(before.value, after.value)
        found[key._replace(year=PERIOD)] = computed(value, (before, after), *notes)
    return found


def _change_percent(_: Recipe, parts: list[Figures], ground: Ground) -> Figures:
    return _change(parts, ground, lambda before, after: 100 * (after / before - 1))


def _change_points(_: Recipe, parts: list[Figures], ground: Ground) -> Figures:
    return _change(parts, ground, lambda before, after: after - before)


def _lq_nation(_: Recipe, parts: list[Figures], __: Ground) -> Figures:
    """Share of an industry here over its share in the reference kept at "nation"."""
    found: Figures = {}
    for key, own in _together(parts):
        reference = [part.get(Key(NATIONAL, NATION_CODE, key.year)) for part in parts]
        together = [*own, *(f for f in reference if f is not None)]
        if key.reach == "nation" or len(together) < LQ_PARTS or not own[1].value:
            continue
        here, total, there, whole = (f.value for f in together)
        found[key] = computed(here / total / (there / whole), together)
    return found


OPERATIONS: Final[Mapping[str, Callable[[Recipe, list[Figures], Ground], Figures]]] = {
    "share": _share,
    "share_of_sum": _share_of_sum,
    "ratio": _ratio,
    "sum": _sum,
    "density": _density,
    "change_percent": _change_percent,
    "change_points": _change_points,
    "lq_nation": _lq_nation,
}
