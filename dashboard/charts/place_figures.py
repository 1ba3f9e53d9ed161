"""The key figures of the place of a page, as it shows them and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.record import Tabled
from dashboard.charts.tables_explore import rows_of
from dashboard.panels.place import asked_of, figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context


def _shown(scene: Scene, view: View) -> Component:
    atlas, place = scene.atlas, scene.subject(view)
    known = [(name, atlas.indicators[name].name) for name in asked_of(place)]
    return figures(atlas.profile(place.id, view.scheme), known, scene.context(view))


def _rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    place = scene.subject(view)
    yield from rows_of([scene.atlas.profile(place.id, view.scheme)], context)


FIGURES: Final = Tabled(
    "place",
    "figures",
    _shown,
    _rows,
    lambda _: "place.figures",
    lambda _: "figures",
)
