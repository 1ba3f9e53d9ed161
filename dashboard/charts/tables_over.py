"""What the total of the indicator becomes under each of the schemes that lie over each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.charts.compared import subtotal_item
from dashboard.charts.record import Tabled
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.panels.overlaid import overlaid
from geodata.records import Value
from geodata.studies.definitions import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Aggregate, Indicator, Place, Scheme


def totals(scene: Scene, view: View) -> Iterator[tuple[Scheme, list[Aggregate]]]:
    """Yield the chosen scheme and those over it with the figure of each of their circles."""
    for one in (view.scheme, *view.over):
        scheme = scene.atlas.scheme(one)
        yield (
            scheme,
            [
                scene.atlas.aggregate(circle.key, view.indicator, view.year, view.benchmark)
                for circle in scheme.circles
            ],
        )


def undrawn(scene: Scene, view: View) -> list[Scheme]:
    """Return the schemes over the chosen one of which no line can be drawn: no full member."""
    atlas = scene.atlas
    return [
        atlas.scheme(one)
        for one in view.over
        if all("#" in shape for shape in atlas.circle_groups(one))
    ]


def _shown(scene: Scene, view: View) -> Component:
    indicator = scene.atlas.indicators[view.indicator]
    found = list(totals(scene, view))
    return overlaid(found, indicator, undrawn(scene, view), scene.context(view))


def rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield each circle's figure or what there is of a total, and how many members have one."""
    indicator = scene.atlas.indicators[view.indicator]
    for _, found in totals(scene, view):
        for one in found:
            place = scene.atlas.place(one.circle.key)
            yield value_row(place, (indicator.id, indicator.name), one.value, context)
            if one.subtotal:
                part = subtotal_item(indicator, one.subtotal.used)
                yield value_row(place, part, one.subtotal.value, context)
            yield from _members(place, one, indicator, context)


def _members(place: Place, one: Aggregate, indicator: Indicator, context: Context) -> Iterator[Row]:
    """Yield how many full members have a figure, and how many are named."""
    with_figure = len(one.used)
    for id_, words, n in (
        ("used", both_words("over.used"), with_figure),
        ("named", both_words("over.named"), with_figure + len(one.lacking)),
    ):
        count = Value(n, UNITS, one.value.year, "computed", one.value.source_ids)
        item = (f"{indicator.id}_{id_}", joined(indicator.name, words))
        row = value_row(place, item, count, context)
        yield replace(row, catalogued=False)


OVER: Final = Tabled("explore", "over", _shown, rows, lambda _: "over.title", lambda _: "over")
