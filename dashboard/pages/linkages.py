"""The Linkages page: how the places hang together, on the map and in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, dcc, html

from dashboard.attributes import aria
from dashboard.charts import linkages_map
from dashboard.charts.linkages_map import gravity, ties
from dashboard.charts.look import Look
from dashboard.map.figure import circle_colour
from dashboard.pages.address import ADDRESS, SCREEN, part, view_of
from dashboard.pages.controls import PLAIN, Controls, heading
from dashboard.pages.frame import side
from dashboard.pages.map_column import map_column
from dashboard.pages.page import Drawn, Page
from dashboard.pages.screen import read
from dashboard.panels.chain import chain_panel
from dashboard.panels.contracts import contracts_panel
from dashboard.panels.matrix import matrix_panel, nearest_panel
from dashboard.panels.roles import roles_panel
from dashboard.panels.ties import flows_panel, gravity_panel
from dashboard.still import still
from dashboard.text import text
from dashboard.view import CHOICES
from geodata.studies.gravity import GRAVITY

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.pages.screen import Screen
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Place

SECTIONS: Final = ("ties", "contracts", "matrix", "nearest", "chain", "roles")
CONTROLS: Final = (
    "links",
    "mass",
    "exponent",
    "among",
    "likeness",
    "census",
    "scheme",
    "circles",
    "regions",
)
CHARTS: Final = ("map", "matrix-chart", "chain-chart")
LATE: Final = 50
"""Milliseconds after which the page asks for what it came without."""
ENDS: Final = 3
"""Pairs named at either end of the likeness."""


def look_of(scene: Scene, view: View, theme: Theme) -> Look:
    """Return how the charts look: circles in the colours of the map, the selection outlined."""
    circles = scene.atlas.circles(view.scheme)
    colours = {circle.key: circle_colour(at) for at, circle in enumerate(circles)}
    return Look(text(view.lang), theme, colours, {*view.regions, *view.circle_keys})


def subject(scene: Scene, view: View) -> Place | None:
    """Return the place that the panels ask of: the first one selected, else the first circle."""
    chosen = (*view.regions, *view.circle_keys)
    return scene.atlas.place(chosen[0]) if chosen else None


def ties_of(scene: Scene, view: View) -> Component:
    """Return the links in figures."""
    spoken = scene.context(view)
    if view.links == GRAVITY:
        return still(gravity_panel(gravity(scene, view), spoken))
    flows = scene.atlas.links.flows(view.links)
    return still(flows_panel(flows, view.links, ties(scene, view).unplaced, spoken))


def contracts_of(scene: Scene, view: View, theme: Theme) -> Component:
    """Return Beijing's technology contracts by year."""
    found = scene.atlas.links.contracts()
    return still(contracts_panel(found, scene.context(view), theme))


def matrix_of(scene: Scene, view: View, screen: Screen) -> Component:
    """Return the matrix of likeness."""
    structure = scene.atlas.structure
    found = structure.similarity(view.among, view.census, view.likeness, view.scheme)
    ends = structure.extremes(found, ENDS)
    look = look_of(scene, view, screen.theme)
    return still(matrix_panel(found, ends, scene.context(view), look, screen.panel))


def nearest_of(scene: Scene, view: View) -> Component:
    """Return the places most like the selected one."""
    place = subject(scene, view)
    asked = (view.census, view.likeness, view.scheme)
    pairs = scene.atlas.structure.nearest(place.id, *asked) if place else ()
    return still(nearest_panel(place, pairs, scene.context(view), view.census))


def chain_of(scene: Scene, view: View, screen: Screen) -> Component:
    """Return the chain match."""
    chains = scene.atlas.chains
    found = chains.match(view.among, view.census, view.scheme)
    place = subject(scene, view)
    partners = chains.partners(place.id, found) if place else ()
    look = look_of(scene, view, screen.theme)
    asked = (place, partners)
    return still(chain_panel(found, asked, scene.context(view), look, screen.panel))


def roles_of(scene: Scene, view: View) -> Component:
    """Return the roles and their evidence."""
    return still(roles_panel(scene.atlas.role_evidence.evidence(), scene.context(view)))


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return all below the header for a first look."""
    t = text(view.lang)
    make = Controls(scene, view)
    return html.Main(
        [
            side(controls(make), screen, t),
            map_column(scene, view, screen, DRAWN),
            panel_column(scene, view, screen, t),
        ],
        className="desk",
    )


def controls(make: Controls) -> Component:
    """Return the column of controls."""
    t = make.t
    kinds = [{"value": kind, "label": t(f"linkages.link_{kind}")} for kind in CHOICES["links"]]
    exponent = html.Div(
        [
            html.Div(t("linkages.exponent"), className="control-label", id="exponent-label"),
            dmc.Slider(
                min=0.5,
                max=3.0,
                step=0.1,
                precision=1,
                marks=[{"value": x, "label": f"{x:g}"} for x in (0.5, 1, 1.5, 2, 2.5, 3)],
                updatemode="mouseup",
                size="sm",
                thumbLabel=t("linkages.exponent"),
                **make.of("exponent"),
            ),
        ],
        className="year",
    )
    return html.Div(
        [
            dmc.Select(label=t("linkages.links"), data=kinds, **make.of("links"), **PLAIN),
            make.choice("mass", {m: heading(t(f"linkages.mass_{m}")) for m in CHOICES["mass"]}),
            exponent,
            make.choice("among", {a: t(f"linkages.among_{a}") for a in CHOICES["among"]}),
            make.choice("likeness", {x: t(f"linkages.likeness_{x}") for x in CHOICES["likeness"]}),
            make.choice("census", {year: year for year in CHOICES["census"]}),
            make.scheme(),
            make.circles(),
            make.regions(),
            make.add_mode(),
        ],
        className="controls",
    )


def panel_column(scene: Scene, view: View, screen: Screen, t: Text) -> Component:
    """Return the panels below a row of links to them."""
    # The matrix of all counties is as large as the rest of the page: it follows a moment later.
    late = view.among == "county"
    contents = {
        "ties": ties_of(scene, view),
        "contracts": contracts_of(scene, view, screen.theme),
        "matrix": html.P(t("shell.loading")) if late else matrix_of(scene, view, screen),
        "nearest": nearest_of(scene, view),
        "chain": chain_of(scene, view, screen),
        "roles": roles_of(scene, view),
    }
    return html.Section(
        [
            html.Nav(
                [html.A(t(f"linkages.nav_{s}"), href=f"#section-{s}") for s in SECTIONS],
                className="panel-nav",
                **aria(label=t("shell.panels")),
            ),
            *(
                html.Div(html.Div(content, id=f"{name}-panel"), id=f"section-{name}")
                for name, content in contents.items()
            ),
            dcc.Interval(id="late", interval=LATE, max_intervals=1, disabled=not late),
        ],
        className="panels",
        id="panels",
    )


def register(app: Dash, scene: Scene) -> None:
    """Connect the panels."""

    @app.callback(
        Output("ties-panel", "children"),
        part("links", "mass", "exponent"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def show_ties(*arguments: Any) -> Component:  # noqa: ANN401 - parts, then the address
        return ties_of(scene, view_of(scene, arguments[-1]))

    @app.callback(
        Output("contracts-panel", "children"),
        Input("theme", "data"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def show_contracts(theme: str, search: str) -> Component:
        return contracts_of(scene, view_of(scene, search), read(None, theme).theme)

    @app.callback(
        Output("matrix-panel", "children"),
        part("scope", "among", "likeness", "census", "regions"),
        Input("late", "n_intervals"),
        Input("theme", "data"),
        ADDRESS,
        SCREEN,
        prevent_initial_call=True,
    )
    def show_matrix(*arguments: Any) -> Component:  # noqa: ANN401 - parts, theme, address, screen
        theme, search, screen = arguments[-3:]
        return matrix_of(scene, view_of(scene, search), read(screen, theme))

    @app.callback(
        Output("nearest-panel", "children"),
        part("scope", "likeness", "census", "regions"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def show_nearest(*arguments: Any) -> Component:  # noqa: ANN401 - parts, then the address
        return nearest_of(scene, view_of(scene, arguments[-1]))

    @app.callback(
        Output("chain-panel", "children"),
        part("scope", "among", "census", "regions"),
        Input("theme", "data"),
        ADDRESS,
        SCREEN,
        prevent_initial_call=True,
    )
    def show_chain(*arguments: Any) -> Component:  # noqa: ANN401 - parts, theme, address, screen
        theme, search, screen = arguments[-3:]
        return chain_of(scene, view_of(scene, search), read(screen, theme))


DRAWN = Drawn(linkages_map.PANEL, linkages_map.no_colours)
PAGE = Page("/linkages", "linkages", CONTROLS, CHARTS, body, register, DRAWN)
