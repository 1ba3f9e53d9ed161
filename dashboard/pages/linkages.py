"""The Linkages page: how the places hang together, on the map and in figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, dcc, html

from dashboard.attributes import aria
from dashboard.charts.look import Look
from dashboard.map.arcs import arc_traces
from dashboard.map.figure import Point, circle_colour
from dashboard.map.ties import Ties, Words, flow_ties, gravity_ties
from dashboard.pages.address import ADDRESS, SCREEN, part, view_of
from dashboard.pages.controls import PLAIN, Controls, heading
from dashboard.pages.frame import side
from dashboard.pages.map_column import map_column
from dashboard.pages.page import Drawn, Page
from dashboard.pages.screen import read
from dashboard.palette import INK
from dashboard.panels.chain import chain_panel
from dashboard.panels.contracts import contracts_panel
from dashboard.panels.matrix import matrix_panel, nearest_panel
from dashboard.panels.roles import roles_panel
from dashboard.panels.ties import flows_panel, gravity_panel, ties_legend
from dashboard.still import still
from dashboard.text import text
from dashboard.view import CHOICES
from dashboard.wording import year_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.map.figure import Picture, Renderer
    from dashboard.pages.screen import Screen
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Level, Place
    from geodata.studies.gravity import Gravity

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
ON_THE_MAP: Final = frozenset({"circles", "cities", "lines", "labels"})
"""Layers of the view that this map shows too."""
LATE: Final = 50
"""Milliseconds after which the page asks for what it came without."""
GRAVITY: Final = "gravity"
ENDS: Final = 3
"""Pairs named at either end of the likeness."""


def ties(scene: Scene, view: View) -> Ties:
    """Return the links that the view asks for, as arcs."""
    atlas = scene.atlas
    t = text(view.lang)
    source = scene.context(view).source
    words = Words(t, atlas.term, source, lambda year: year_text(year, t))
    spots = _spots(scene)
    if view.links == GRAVITY:
        return gravity_ties(gravity(scene, view), spots, words)
    # Both directions of a railway are one time, the fresher one.
    rail = view.links == "rail"
    flows = tuple(atlas.links.times().values()) if rail else atlas.links.latest(view.links)
    return flow_ties(flows, view.links, spots, words)


def gravity(scene: Scene, view: View) -> Gravity:
    """Return the links of gravity for the chosen mass and exponent."""
    return scene.atlas.attraction.gravity(view.mass, float(view.exponent))


def _spots(scene: Scene) -> Callable[[Place], Point | None]:
    """Return where places stand: cities at their anchor, others at their label point."""
    anchors = {
        site.regions[0]: (site.lon, site.lat)
        for site in reversed(scene.atlas.anchors())
        if site.regions and site.kind not in {"airport", "port"}
    }

    def spot(place: Place) -> Point | None:
        lon, lat = anchors.get(place.id, (place.lon, place.lat))
        return None if lon is None or lat is None else (lon, lat)

    return spot


def picture(scene: Scene, view: View, renderer: Renderer, theme: Theme) -> Picture:
    """Return the layout of circles and cities with the links over it."""
    layers = tuple(token for token in view.layers if token in ON_THE_MAP)
    level: Level = "county" if view.among == "county" else "city"
    plain = replace(view, layers=layers, level=level)
    found = ties(scene, view)
    over = arc_traces(found.arcs, found.gatherings, renderer, theme)
    return replace(scene.picture(plain, renderer, theme), over=over)


def legend_of(scene: Scene, view: View, theme: Theme) -> Component:
    """Return the legend of the links."""
    outlines = scene.outlines(view) if view.shows("circles") else ()
    exponent = view.exponent if view.links == GRAVITY else ""
    return ties_legend(ties(scene, view), outlines, scene.context(view), INK[theme], exponent)


def no_colours(_scene: Scene, _view: View, _theme: Theme) -> None:
    """Return nothing: no area of this map is coloured by a figure."""


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


DRAWN = Drawn(no_colours, picture, legend_of, "linkages")
PAGE = Page("/linkages", "linkages", CONTROLS, CHARTS, body, register, DRAWN)
