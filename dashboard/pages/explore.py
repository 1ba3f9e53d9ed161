"""The Explore page: map, controls and panels as one view shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, dcc, html

from dashboard.attributes import aria
from dashboard.charts.ranking import ranked
from dashboard.map.legend import legend
from dashboard.map.points import LAYER_COLOURS
from dashboard.pages import presets
from dashboard.pages.address import ADDRESS, SCREEN, part, view_of
from dashboard.pages.controls import Controls
from dashboard.pages.frame import side
from dashboard.pages.map_column import map_column
from dashboard.pages.page import Drawn, Page, chosen
from dashboard.pages.screen import read
from dashboard.palette import INK
from dashboard.panels import method
from dashboard.panels.compute import compute
from dashboard.panels.identity import identity
from dashboard.panels.industry import industry
from dashboard.panels.plan import plan
from dashboard.panels.ranking import ranking
from dashboard.panels.sites import sites
from dashboard.scene import Scene
from dashboard.still import still
from dashboard.text import Text, text
from geodata.ids import NATION
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.pages.screen import Screen
    from dashboard.palette import Theme
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place

PANELS = ("selection-panel", "industry-panel", "cluster-panel", "plan-panel")
SECTIONS = ("identity", "industry", "cluster", "plan", "ranking")
CONTROLS = (
    "scheme",
    "circles",
    "level",
    "indicator",
    "definition",
    "draw",
    "drawing",
    "classification",
    "year",
    "year-shown",
    "classes",
    "k",
    "limits",
    "benchmark",
    "census",
    "layers",
    "filter-clusters",
    "filter-parks",
    "regions",
)


def legend_of(scene: Scene, view: View, theme: Theme) -> Component:
    """Return the legend for the view."""
    return legend(
        scene.fill(view) if view.shows("fill") else None,
        scene.outlines(view) if view.shows("circles") else (),
        [layer for layer in LAYER_COLOURS if view.shows(layer)],
        scene.context(view),
        INK[theme],
    )


def panels_of(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return the contents of the four panels in the order of `PANELS`."""
    atlas = scene.atlas
    spoken = scene.context(view)
    places = scene.subjects(view)
    # Against itself the whole region has a quotient of 1 everywhere: the nation says more.
    itself = view.benchmark == REGION_ID == places[0].id
    benchmark = NATION if itself else view.benchmark
    industries = [atlas.industry(p.id, view.census, benchmark) for p in places]
    found = [(p, (*atlas.clusters(p.id), *atlas.parks(p.id))) for p in places]
    asked = [(p, atlas.plan(p.id, view.scheme)) for p in places]
    return [
        identity(atlas.profiles([p.id for p in places], view.scheme), spoken),
        industry(industries, spoken, screen.theme, "industry-chart", screen.panel),
        html.Div([sites(found, spoken), *compute_of(scene, places, spoken)]),
        plan(asked, spoken),
    ]


def compute_of(scene: Scene, places: Sequence[Place], spoken: Context) -> list[Component]:
    """Return the panel of computing power where the places have any."""
    study = scene.atlas.compute
    parks = dict.fromkeys(site for place in places for site in scene.atlas.parks(place.id))
    shown = compute(study.of(tuple(parks)), study.conflicts(tuple(parks)), spoken)
    return [shown] if shown else []


def ranking_of(scene: Scene, view: View, theme: Theme) -> Component:
    """Return the ranking for the view."""
    indicator = scene.atlas.indicators[view.indicator]
    return ranking(ranked(scene, view), indicator, scene.context(view), theme, "ranking-chart")


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return all below the header for a first look, so that nothing moves while it loads."""
    t = text(view.lang)
    make = Controls(scene, view)
    controls = html.Div(
        [
            make.scheme(),
            make.circles(),
            make.level(),
            *make.indicator(),
            make.draw(),
            make.year(),
            make.benchmark(),
            make.regions(),
            make.add_mode(),
            make.layers(),
            make.classification(),
        ],
        className="controls",
    )
    return html.Main(
        [
            side(controls, screen, t),
            map_column(
                scene, view, screen, DRAWN, [tour(view, t), method.note("explore", "map", t)]
            ),
            panel_column(scene, view, screen, make),
        ],
        className="desk",
    )


def tour(view: View, t: Text) -> Component:
    """Return the links to the six presets."""
    links = [
        dcc.Link(
            t(f"shell.preset_{name}"),
            href=presets.address(name, view),
            id=f"preset-{name}",
            title=t(f"shell.preset_{name}_hint"),
            className="preset",
        )
        for name in presets.PRESETS
    ]
    return html.Nav(links, className="presets", **aria(label=t("shell.presets")))


def panel_column(scene: Scene, view: View, screen: Screen, make: Controls) -> Component:
    """Return the panels below a row of links to them."""
    t = make.t
    ranked = ranking_of(scene, view, screen.theme)
    contents = dict(zip(PANELS, panels_of(scene, view, screen), strict=True))
    return html.Section(
        [
            html.Nav(
                [html.A(t(f"shell.nav_{s}"), href=f"#section-{s}") for s in SECTIONS],
                className="panel-nav",
                **aria(label=t("shell.panels")),
            ),
            html.Div(
                [
                    html.Div(contents["selection-panel"], id="selection-panel"),
                    method.note("explore", "identity", t),
                ],
                id="section-identity",
            ),
            html.Div(
                [
                    html.Div([t("shell.census"), make.census()], className="census"),
                    html.Div(contents["industry-panel"], id="industry-panel"),
                    method.note("explore", "industry", t),
                ],
                id="section-industry",
            ),
            html.Div(
                [
                    html.Div(contents["cluster-panel"], id="cluster-panel"),
                    method.note("explore", "sites", t),
                ],
                id="section-cluster",
            ),
            html.Div(
                [
                    html.Div(contents["plan-panel"], id="plan-panel"),
                    method.note("explore", "plan", t),
                ],
                id="section-plan",
            ),
            html.Div(
                [html.Div(ranked, id="ranking"), method.note("explore", "ranking", t)],
                id="section-ranking",
            ),
        ],
        className="panels",
        id="panels",
    )


def register(app: Dash, scene: Scene) -> None:
    """Connect the panels."""

    @app.callback(
        [Output(panel, "children") for panel in PANELS],
        part("scope", "benchmark", "regions", "census"),
        Input("theme", "data"),
        ADDRESS,
        SCREEN,
        prevent_initial_call=True,
    )
    def show_panels(*arguments: Any) -> list[Component]:  # noqa: ANN401 - parts, theme, address …
        theme, search, screen = arguments[-3:]
        shown = panels_of(scene, view_of(scene, search), read(screen, theme))
        return [still(panel) for panel in shown]

    @app.callback(
        Output("ranking", "children"),
        part("scope", "level", "colour", "draw", "benchmark", "regions"),
        Input("theme", "data"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def rank(*arguments: Any) -> Component:  # noqa: ANN401 - parts, then theme and address
        theme, search = arguments[-2:]
        return still(ranking_of(scene, view_of(scene, search), read(None, theme).theme))


DRAWN = Drawn(Scene.colours, Scene.picture, legend_of, "explore")
PAGE = Page("/", "explore", CONTROLS, ("map", "ranking-chart"), body, register, DRAWN, chosen)
