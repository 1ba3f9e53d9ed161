"""The Explore page: map, controls and panels as one view shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.attributes import aria, data
from dashboard.figures.map import map_figure
from dashboard.figures.points import LAYER_COLOURS
from dashboard.pages import presets
from dashboard.pages.controls import controls
from dashboard.palette import INK
from dashboard.panels.identity import identity
from dashboard.panels.industry import industry
from dashboard.panels.legend import legend
from dashboard.panels.parts import Context
from dashboard.panels.plan import plan
from dashboard.panels.ranking import ranking
from dashboard.panels.sites import sites
from dashboard.text import Text, text
from dashboard.view import CENSUS_YEARS, View
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.pages.screen import Screen
    from dashboard.palette import Theme
    from dashboard.scene import Scene

PANELS = ("selection-panel", "industry-panel", "cluster-panel", "plan-panel")
SECTIONS = ("identity", "industry", "cluster", "plan", "ranking")
MAP_CONFIG: Any = {
    "displayModeBar": False,
    "scrollZoom": True,
    "topojsonURL": "/assets/topology/",
    "doubleClick": False,
    "showTips": False,
}


def context(scene: Scene, view: View) -> Context:
    """Return what the panels need to speak to the reader of this view."""
    atlas = scene.atlas
    lang = view.lang

    def href(place: str) -> str:
        if "/" in place:
            scheme, _, circle = place.partition("/")
            return view.query(scheme=scheme, circle=(circle,), regions=())
        return view.query(regions=() if place == "JJJ" else (place,))

    return Context(
        t=text(lang),
        href=href,
        source=atlas.source,
        term=atlas.term,
        place=atlas.place,
        scheme=atlas.scheme,
        note=lambda fragment: atlas.note(fragment, lang),
    )


def legend_of(scene: Scene, view: View, theme: Theme) -> Component:
    """Return the legend for the view."""
    return legend(
        scene.fill(view) if view.shows("fill") else None,
        scene.outlines(view) if view.shows("circles") else (),
        [layer for layer in LAYER_COLOURS if view.shows(layer)],
        context(scene, view),
        INK[theme],
    )


def panels_of(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return the contents of the four panels in the order of `PANELS`."""
    atlas = scene.atlas
    spoken = context(scene, view)
    places = scene.subjects(view)
    # Against itself the whole region has a quotient of 1 everywhere: the nation says more.
    itself = view.benchmark == REGION_ID == places[0].id
    benchmark = "CN" if itself else view.benchmark
    industries = [atlas.industry(p.id, view.census, benchmark) for p in places]
    found = [(p, (*atlas.clusters(p.id), *atlas.parks(p.id))) for p in places]
    asked = [(p, atlas.plan(p.id, view.scheme)) for p in places]
    return [
        identity([atlas.profile(p.id, view.scheme) for p in places], spoken),
        industry(industries, spoken, screen.theme, "industry-chart", screen.panel),
        sites(found, spoken),
        plan(asked, spoken),
    ]


def ranking_of(scene: Scene, view: View, theme: Theme) -> Component:
    """Return the ranking for the view."""
    indicator = scene.atlas.indicators[view.indicator]
    return ranking(scene.ranking(view), indicator, context(scene, view), theme, "ranking-chart")


def page(scene: Scene, view: View, screen: Screen) -> Component:
    """Return the whole page for a first look, so that nothing moves while it loads."""
    t = text(view.lang)
    return html.Div(
        [
            html.A(t("shell.skip"), href="#panels", className="skip"),
            header(view, t),
            dcc.Store(id="fitted"),
            html.Div(id="notices", role="status", className="notices"),
            html.Main(
                [
                    html.Aside(
                        html.Details(
                            [
                                html.Summary(t("shell.controls"), className="controls-summary"),
                                controls(scene, view, t),
                            ],
                            open=not screen.narrow,
                            id="controls-fold",
                        ),
                        className="side",
                    ),
                    map_column(scene, view, screen, t),
                    panel_column(scene, view, screen, t),
                ],
                className="desk",
            ),
        ],
        className="page",
        lang="zh-Hans" if view.lang == "zh" else "en",
    )


def header(view: View, t: Text) -> Component:
    """Return the title, the six presets, language and theme."""
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
    return html.Header(
        [
            html.Div(
                [
                    html.H1(dcc.Link(t("shell.title"), href="/" + view.query_home())),
                    html.P(t("shell.subtitle")),
                ],
                className="brand",
            ),
            html.Nav(links, className="presets", **aria(label=t("shell.presets"))),
            html.Div(
                [
                    dmc.SegmentedControl(
                        id="language",
                        data=[{"value": "zh", "label": "中文"}, {"value": "en", "label": "EN"}],
                        value=view.lang,
                        size="xs",
                        **aria(label=t("shell.language")),
                    ),
                    html.Button(
                        "◐",
                        id="theme-button",
                        className="icon",
                        title=t("shell.theme"),
                        **aria(label=t("shell.theme")),
                    ),
                ],
                className="tools",
            ),
        ],
        className="top",
    )


def map_column(scene: Scene, view: View, screen: Screen, t: Text) -> Component:
    """Return the map with its buttons, legend and credit."""
    buttons = [
        html.Button(
            sign,
            id=name,
            className="icon",
            title=t(f"shell.{word}"),
            **aria(label=t(f"shell.{word}")),
        )
        for sign, name, word in (
            ("+", "zoom-in", "zoom_in"),
            ("−", "zoom-out", "zoom_out"),
            ("⌂", "reset", "reset"),
            ("◌", "lasso", "lasso"),
            ("✕", "clear", "clear"),
        )
    ]
    return html.Section(
        [
            html.Div(
                [
                    dcc.Graph(
                        id="map",
                        figure=map_figure(scene.picture(view, screen.renderer, screen.theme)),
                        config=MAP_CONFIG,
                        responsive=True,
                        className="map",
                    ),
                    html.Div(buttons, className="map-buttons"),
                    html.Details(
                        [
                            html.Summary(t("map.legend")),
                            html.Div(legend_of(scene, view, screen.theme), id="legend"),
                        ],
                        open=True,
                        className="legend",
                    ),
                ],
                className="map-frame",
                role="group",
                **aria(label=t("shell.map"), describedby="map-help"),
                **data(touch=t("shell.touch")),
            ),
            html.P(t("shell.map_help"), id="map-help", className="unseen"),
            html.P([t("shell.credit"), html.Br(), t("shell.xiongan")], className="credit"),
        ],
        className="map-column",
    )


def panel_column(scene: Scene, view: View, screen: Screen, t: Text) -> Component:
    """Return the panels below a row of links to them."""
    ranked = ranking_of(scene, view, screen.theme)
    contents = dict(zip(PANELS, panels_of(scene, view, screen), strict=True))
    census = dmc.SegmentedControl(
        id="census",
        data=[{"value": y, "label": y} for y in CENSUS_YEARS],
        value=view.census,
        size="xs",
        **aria(label=t("shell.census")),
    )
    return html.Section(
        [
            html.Nav(
                [html.A(t(f"shell.nav_{s}"), href=f"#section-{s}") for s in SECTIONS],
                className="panel-nav",
                **aria(label=t("shell.panels")),
            ),
            html.Div(
                html.Div(contents["selection-panel"], id="selection-panel"), id="section-identity"
            ),
            html.Div(
                [
                    html.Div([t("shell.census"), census], className="census"),
                    html.Div(contents["industry-panel"], id="industry-panel"),
                ],
                id="section-industry",
            ),
            html.Div(html.Div(contents["cluster-panel"], id="cluster-panel"), id="section-cluster"),
            html.Div(html.Div(contents["plan-panel"], id="plan-panel"), id="section-plan"),
            html.Div(html.Div(ranked, id="ranking"), id="section-ranking"),
        ],
        className="panels",
        id="panels",
    )


def notices_of(fallen: tuple[str, ...], t: Text) -> list[Component]:
    """Return what the reader is told about parameters that fell back, by name only."""
    if not fallen:
        return []
    own = {"query", "regions", "year", "level"}
    lines = [t(f"shell.notice_{name}") for name in fallen if name in own]
    others = [t(f"shell.p_{name}") for name in fallen if name not in own]
    if others:
        separator = "、" if t.lang == "zh" else ", "
        lines.insert(0, t("shell.notice_lead") + separator.join(others))
    return [
        dmc.Alert(
            [html.Div(line) for line in lines],
            id="notice",
            withCloseButton=True,
            closeButtonLabel=t("shell.close"),
            className="notice",
            color="yellow",
            py="xs",
        )
    ]
