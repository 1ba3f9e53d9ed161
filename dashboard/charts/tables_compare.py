"""The tables of the Compare page that are below no chart, and their figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.charts.choices import family_of
from dashboard.charts.compared import measure_of, places_of, size_of, subtotal_item
from dashboard.charts.record import tabled
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.panels.definitions import Compared, definitions_table
from dashboard.panels.key_table import key_table
from dashboard.panels.primacy import primacy_table
from dashboard.units import counted
from geodata.records import Value
from geodata.studies.comparison import KEYS
from geodata.studies.definitions import SIZE, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place
    from geodata.studies.comparison import ComparedRow
    from geodata.studies.hierarchy import Primacy

PRIMACIES: Final = ("two", "four", "share")
"""Fields of a primacy that are figures."""


def _keys(scene: Scene, view: View) -> tuple[Sequence[Place], Sequence[ComparedRow]]:
    places, asked = places_of(scene, view), (view.indicator, *KEYS)
    return places, scene.atlas.comparison.rows([p.id for p in places], asked, family_of(view))


def _key_table(scene: Scene, view: View) -> Component:
    places, rows = _keys(scene, view)
    return key_table(counted(rows, view.lang), places, scene.context(view))


def key_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield each key figure of each place; what is no total is named as a subtotal."""
    places, found = _keys(scene, view)
    for one in found:
        item = (one.indicator.id, one.indicator.name)
        cells = zip(places, one.cells, one.catalogued, one.subtotals, strict=True)
        for place, value, known, subtotal in cells:
            yield replace(value_row(place, item, value, context), catalogued=known)
            if subtotal:
                part = subtotal_item(one.indicator, subtotal.used)
                yield value_row(place, part, subtotal.value, context)


def _primacies(scene: Scene, view: View) -> list[Primacy]:
    hierarchy = scene.atlas.hierarchy
    return [
        row
        for scope in hierarchy.scopes(view.scheme)
        for row in hierarchy.primacies(scope.id, measure_of(view), family_of(view))
    ]


def _primacy_table(scene: Scene, view: View) -> Component:
    entry = counted(size_of(scene, view), view.lang)
    return primacy_table(_primacies(scene, view), entry, scene.context(view))


def primacy_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield the figures of each scope and year with the two cities; why there are none."""
    name = size_of(scene, view).name
    for one in _primacies(scene, view):
        for field in PRIMACIES:
            item = (f"primacy_{field}", joined(name, both_words(f"compare.primacy_{field}")))
            value: Value | None = getattr(one, field)
            row = value_row(one.scope, item, value or Value(None, "", one.year), context)
            yield replace(row, note=_told(one, row.note, context), catalogued=False)


def _told(one: Primacy, note: str, context: Context) -> str:
    """Say which cities are first and second, or why no city is."""
    lang, t = context.lang, context.t
    if one.first is None or one.second is None:
        return one.reason[lang]
    first, second = one.first.label[lang], one.second.label[lang]
    pair = t("compare.primacy_pair", first=first, second=second)
    return t("export.note_join").join(words for words in (pair, note) if words)


def _compared(scene: Scene) -> Compared:
    atlas = scene.atlas
    cities, schemes = atlas.definitions.cities, atlas.schemes
    return Compared(
        schemes,
        cities,
        {(c.id, s.id): atlas.definitions.standings(c.id, s) for c in cities for s in schemes},
        {c.key: atlas.aggregate(c.key, *SIZE) for s in schemes for c in s.circles},
        atlas.indicators[SIZE[0]],
    )


def _definitions_table(scene: Scene, view: View) -> Component:
    return definitions_table(_compared(scene), scene.context(view))


def definition_rows(scene: Scene, _: View, context: Context) -> Iterator[Row]:
    """Yield how many county units of a city a circle has in each role; then the circles' sizes."""
    atlas, found = scene.atlas, _compared(scene)
    for (city, id_), standings in found.standings.items():
        scheme = atlas.scheme(id_)
        for one in standings:
            for role, n in one.roles.items():
                names = (scheme.name, one.circle.name, atlas.term("role", role))
                value = Value(n, UNITS, scheme.year, None, scheme.source_ids)
                item = (f"{one.circle.key}/{role}", joined(*names))
                row = value_row(atlas.place(city), item, value, context)
                yield replace(row, catalogued=False)
    size = found.size
    for key, total in found.totals.items():
        yield value_row(atlas.place(key), (size.id, size.name), total.value, context)
        if total.subtotal:
            part = subtotal_item(size, total.subtotal.used)
            yield value_row(atlas.place(key), part, total.subtotal.value, context)


DEFINITIONS: Final = tabled("compare", "definitions", _definitions_table, definition_rows)
KEY_FIGURES: Final = tabled("compare", "keys", _key_table, key_rows)
PRIMACY: Final = tabled("compare", "primacy", _primacy_table, primacy_rows)
