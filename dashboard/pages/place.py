"""One place on one page: what it is, who claims it, its figures, its industries, its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, dcc, html

from dashboard.charts import (
    place_figures,
    place_industries,
    place_tables,
    place_trend,
    tables_plan,
    tables_sites,
)
from dashboard.charts.place_said import said
from dashboard.pages.controls import PLAIN, Controls, place_groups
from dashboard.pages.page import Page
from dashboard.pages.sections import Section
from dashboard.panels.components import PLACES
from dashboard.panels.place import heading
from dashboard.panels.place_beside import limits
from dashboard.panels.taking import documents
from dashboard.print.report import about
from dashboard.web.root import rooted
from geodata.ids import DEFAULT_SCHEME

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.charts.record import Tabled
    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place

PATH: Final = PLACES
WAITS: Final = ("scope", "regions")


def head_of(scene: Scene, view: View, _: Screen) -> list[Component]:
    """Return name, sentence and the ways on: the place on the map and in comparison."""
    context = scene.context(view)
    profile = scene.atlas.profile(scene.subject(view).id, view.scheme)
    query = context.href(profile.place.id)
    ways = [
        dcc.Link(context.t(f"shell.page_{name}"), href=rooted(path) + query)
        for name, path in (("explore", "/"), ("compare", "/compare"), ("linkages", "/linkages"))
    ]
    return [
        *heading(profile, said(scene, profile.place, view, context), context),
        html.P([context.t("place.ways"), *ways], className="place-ways"),
        taken(profile.place, view, context),
    ]


def taken(place: Place, view: View, context: Context) -> Component:
    """Return the links to the page as a document."""
    return documents("place", about(view, place).query(), context.t("place.take"), context.t)


def limits_of(scene: Scene, view: View, _: Screen) -> list[Component]:
    """Return what the figures of the place cannot say."""
    atlas, place, context = scene.atlas, scene.subject(view), scene.context(view)
    t, name = context.t, place.label[context.lang]
    items = atlas.plan(place.id, DEFAULT_SCHEME)
    untested = sum(item.test == "untested" for item in items)
    lines = [t("place.limit_residence"), t("place.limit_sections"), t("place.limit_flows")]
    if untested:
        lines.append(t("place.limit_plan", n=untested, of=len(items)))
    if place.kind in {"circle", "region"}:
        lines.append(t("place.limit_rank"))
    if not any(m.start == place for m in atlas.neighbours.markets(place.id)):
        lines.append(t("place.limit_rail", place=name))
    return [limits(lines, context)]


def pair(name: str, *blocks: Tabled, later: bool = False) -> Section:
    """Return tables beside each other; on a narrow screen each is folded."""
    anchors = tuple(f"section-{one.name}" for one in blocks)
    return Section(name, blocks, WAITS, later, "place-pair", anchors, paired=True)


HEAD: Final = Section("place-head", (head_of,), (*WAITS, "benchmark"))
ROLES: Final = pair("place-roles", tables_plan.PLANNED, tables_plan.CLAIMED)
FIGURES: Final = Section("place-figures", (place_figures.FIGURES,), WAITS)
TREND: Final = Section("place-trend", (place_trend.PANEL,))
INDUSTRIES: Final = Section("place-industries", (place_industries.PANEL,))
SITES: Final = pair("place-sites", tables_sites.PLACE, tables_plan.FIRMS, later=True)
BESIDE: Final = pair("place-beside", place_tables.ALIKE, place_tables.MARKETS)
LIMITS: Final = Section("place-limits", (limits_of,), WAITS)
SECTIONS: Final = (HEAD, FIGURES, TREND, ROLES, INDUSTRIES, SITES, BESIDE, LIMITS)


def finder(scene: Scene, view: View) -> Component:
    """Return the list of all places, in which one can be searched."""
    make = Controls(scene, view)
    made: Component = dmc.Select(
        label=make.t("place.find"),
        placeholder=make.t("shell.regions_find"),
        data=place_groups(scene.atlas, view.lang),
        searchable=True,
        nothingFoundMessage=make.t("shell.regions_none"),
        className="place-finder",
        **make.of("place"),
        **PLAIN,
    )
    return made


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return all below the header for a first look, so that nothing moves while it loads."""
    parts = [part for one in SECTIONS for part in one.frame(scene, view, screen)]
    return html.Main(
        [html.Section([finder(scene, view), *parts], className="panels", id="panels")],
        className="desk desk-place",
    )


def register(app: Dash, _: Scene) -> None:
    """Let the tab say which place the page is about."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("atlas", "named"), Input(HEAD.id, "children")
    )


PAGE = Page(PATH, "place", ("place",), body, sections=SECTIONS, register=register)
