"""What can be taken away from the Clusters page, with the figures behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.captions import scope
from dashboard.pages import clusters
from dashboard.pages.taken import Chart, charts
from dashboard.panels import changes, specialists
from dashboard.print import chart_rows
from geodata.ids import BEIJING
from geodata.records import Name
from geodata.studies.specialisation import PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.studies.shifts import PlaceShift
    from geodata.studies.specialisation import Standing


def industry(scene: Scene, view: View) -> Name:
    """Name the industry in the chosen circles."""
    where = scope(scene, view)
    name = scene.atlas.term("industry", clusters.scope(scene, view).sector)
    return Name(where.zh + name.zh, f"{where.en}, {name.en}")


def shifted_place(scene: Scene, view: View) -> Name:
    """Name the place whose industries are drawn."""
    return _shifted(scene, view).place.label


def specialist_rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
    """Return the places that are listed, in their rank."""
    asked = clusters.scope(scene, view)
    own = specialists.ranked(_standings(scene, view), asked.year)
    shown = specialists.listed(own, clusters.others(scene, asked), asked)
    found = [one.standing for one in shown]
    return chart_rows.standings(found, [asked.year], _item(scene, view), context)


def size_rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
    """Return all places with workers of the industry."""
    asked = clusters.scope(scene, view)
    found = (*_standings(scene, view), *clusters.others(scene, asked))
    return chart_rows.standings(found, [asked.year], _item(scene, view), context)


def change_rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
    """Return the places drawn: both years, then the changes."""
    asked = clusters.scope(scene, view)
    others = clusters.others(scene, asked)
    shown = changes.shown(_standings(scene, view), others, asked.selected)
    item = _item(scene, view)
    change = scene.atlas.indicators[f"lq_change_{view.industry}"]
    yield from chart_rows.standings(shown, PERIOD.split("-"), item, context)
    yield from chart_rows.changes(shown, (change.id, change.name), context)


def shift_rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
    """Return the components of each industry of the place drawn."""
    return chart_rows.shift(_shifted(scene, view), context)


def beijing_panels(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return the panel of Beijing's industries."""
    return [clusters.beijing_of(scene, view, screen)]


def beijing_place(scene: Scene, _view: View) -> Name:
    """Name Beijing."""
    return scene.atlas.place(BEIJING).label


def section_rows(scene: Scene, _view: View, context: Context) -> Iterable[Row]:
    """Return the three quotients of each section."""
    return chart_rows.beijing_sections(scene.atlas, context)


def division_rows(scene: Scene, _view: View, context: Context) -> Iterable[Row]:
    """Return quotient and employees of each division."""
    return chart_rows.beijing_divisions(scene.atlas, context)


def _shifted(scene: Scene, view: View) -> PlaceShift:
    found = [scene.atlas.shifts.of(place.id) for place in scene.subjects(view)]
    return next((one for one in found if one.total), found[0])


def _standings(scene: Scene, view: View) -> tuple[Standing, ...]:
    asked = clusters.scope(scene, view)
    return scene.atlas.specialisation.standings(asked.industry, asked.codes, asked.benchmark)


def _item(scene: Scene, view: View) -> tuple[str, Name]:
    quotient = scene.atlas.indicators[f"lq_{view.industry}"]
    return quotient.id, quotient.name


EXHIBITS = {
    **charts(
        "clusters",
        {
            "specialists": Chart(clusters.selection_panels, specialist_rows, industry, panel=1),
            "sizes": Chart(clusters.selection_panels, size_rows, industry, panel=2),
            "changes": Chart(clusters.selection_panels, change_rows, industry, panel=3),
            "shift": Chart(lambda *asked: [clusters.shift_of(*asked)], shift_rows, shifted_place),
            "beijing": Chart(beijing_panels, section_rows, beijing_place),
            "beijing-divisions": Chart(beijing_panels, division_rows, beijing_place, graph=1),
        },
    ),
}
