"""The map as pages share it: its column on the page, and the callbacks that keep it true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.attributes import aria, data
from dashboard.charts.record import Canvas
from dashboard.pages.address import ADDRESS, PATH, THEME, at, part, view_of
from dashboard.pages.screen import read
from dashboard.panels.graph import as_table
from dashboard.panels.taking import button
from dashboard.static import static
from dashboard.text import text
from dashboard.web.root import rooted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.pages.page import Drawn
    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.view import View

CONFIG: Any = {
    "displayModeBar": False,
    "scrollZoom": True,
    "doubleClick": False,
    "showTips": False,
}
BUTTONS = (
    ("+", "zoom-in", "zoom_in"),
    ("−", "zoom-out", "zoom_out"),
    ("⌂", "reset", "reset"),
    ("◌", "lasso", "lasso"),
    ("✕", "clear", "clear"),
)
COLOURS = ("colour", "across", "draw", "benchmark", "census", "paint", "weights")
"""Parts of the address that change nothing but the colours of a map."""
DRAWING = ("redrawn", "recoloured", "outlined")
NEWS = (*DRAWING, "described")
"""Where the server leaves what it has to say of the map. assets/map.js takes it to the map unless
the reader has gone on to another page: that one came with a map of its own."""
SHAPES = ("industry", "scope", "level", "layers", "links", "mass", "exponent", "among")
"""Parts of the address for which a map is drawn anew."""


def map_column(  # noqa: PLR0913 - what stands around the map
    scene: Scene,
    view: View,
    screen: Screen,
    drawn: Drawn,
    *,
    above: Sequence[Component] = (),
    below: Sequence[Component] = (),
    beside: Sequence[Component] = (),
) -> Component:
    """Return the map of a page with its buttons, legend and credit.

    `above` and `below` stand on top of it and right beneath, `beside` is a second map.
    """
    t = text(view.lang)
    buttons = [
        html.Button(
            sign,
            id=name,
            className="icon",
            title=t(f"shell.{word}"),
            **aria(label=t(f"shell.{word}")),
        )
        for sign, name, word in BUTTONS
    ]
    chart = drawn.chart(scene, view)
    return html.Section(
        [
            *above,
            html.Div(
                [
                    dcc.Graph(
                        id="map",
                        figure=chart.draw(canvas(screen)),
                        config=config(),
                        responsive=True,
                        className="map",
                    ),
                    html.Div(buttons, className="map-buttons"),
                    html.P(id="map-said", className="map-said", role="status"),
                    *below,
                    html.Details(
                        [
                            html.Summary(t("map.legend")),
                            html.Div(
                                drawn.legend(scene, view, screen.theme),
                                id="legend",
                                **data(shows="described"),
                            ),
                            html.Div(id="histogram"),
                        ],
                        open=True,
                        className="legend",
                    ),
                ],
                className="map-frame",
                role="group",
                **aria(label=t("shell.map"), describedby="map-help legend"),
                **data(touch=t("shell.touch"), vectors=t("shell.lost"), shows=" ".join(DRAWING)),
            ),
            *beside,
            html.P(t("shell.map_help"), id="map-help", className="unseen"),
            html.P([t("shell.credit"), html.Br(), t("shell.xiongan")], className="credit"),
            html.Div(
                [
                    as_table("map", drawn.panel.page, chart.name, t),
                    button(drawn.panel.page, t, *drawn.panel.names),
                ],
                className="map-foot",
            ),
            *(dcc.Store(id=name) for name in ("fitted", *NEWS)),
        ],
        className="map-column",
    )


def config() -> Any:  # noqa: ANN401 - what Plotly is told
    """Return how the map behaves, and where it finds the outline of the world."""
    return {**CONFIG, "topojsonURL": rooted("/assets/topology/")}


def canvas(screen: Screen) -> Canvas:
    """Return what a map is drawn on: it fills whatever room it has."""
    return Canvas(screen.panel, screen.theme, screen.renderer)


def register(app: Dash, scene: Scene, maps: Mapping[str, Drawn]) -> None:
    """Connect the map of whichever page is open; `maps` holds what each path draws."""
    _register_browser_side(app)
    _register_drawing(app, scene, maps)
    _register_selection(app, scene, maps)
    _register_legend(app, scene, maps)


def _register_browser_side(app: Dash) -> None:
    """Connect the functions of assets/map.js."""

    def run(name: str, *arguments: Any) -> None:  # noqa: ANN401 - Dash dependencies
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("map", name), *arguments, prevent_initial_call=name != "fit"
        )

    *drawing, described = (Input(name, "data") for name in NEWS)
    run("paint", Output("map", "figure"), drawing, State("map", "figure"))
    run("describe", Output("legend", "children"), described)
    run("lasso", Input("map", "selectedData"))
    run("fit", Output("fitted", "data"), Input("map", "figure"))
    for _, name, _ in BUTTONS:
        run("button", Input(name, "n_clicks"), State(name, "id"))


def _register_drawing(app: Dash, scene: Scene, maps: Mapping[str, Drawn]) -> None:
    @app.callback(
        Output("redrawn", "data"),
        part(*SHAPES),
        Input("theme", "data"),
        Input("screen", "data"),
        ADDRESS,
        PATH,
        prevent_initial_call=True,
    )
    def redraw(*arguments: Any) -> Any:  # noqa: ANN401 - parts, then theme, screen, address, path
        theme, screen, search, path = arguments[-4:]
        drawn = at(path, maps)
        if drawn is None:
            return no_update
        chart = drawn.chart(scene, view_of(scene, search))
        return {"path": path, "figure": chart.draw(canvas(read(screen, theme)))}

    @app.callback(
        Output("recoloured", "data"),
        part(*COLOURS),
        ADDRESS,
        PATH,
        THEME,
        prevent_initial_call=True,
    )
    def recolour(*arguments: Any) -> Any:  # noqa: ANN401 - parts, then address, path, theme
        search, path, theme = arguments[-3:]
        drawn = at(path, maps)
        seen = read(None, theme)
        update = drawn and drawn.colours(scene, view_of(scene, search), seen.theme)
        if not update:
            return no_update
        return {"path": path, "traces": update}


def _register_selection(app: Dash, scene: Scene, maps: Mapping[str, Drawn]) -> None:
    @app.callback(
        Output("outlined", "data"),
        part("regions"),
        ADDRESS,
        PATH,
        prevent_initial_call=True,
    )
    def outline(_: str, search: str, path: str) -> Any:  # noqa: ANN401 - news, or none
        if at(path, maps) is None:
            return no_update
        view = view_of(scene, search)
        return {
            "path": path,
            "chosen": scene.chosen(view.regions),
            "lit": scene.lit(view),
            "at": scene.around_chosen(view),
        }


def _register_legend(app: Dash, scene: Scene, maps: Mapping[str, Drawn]) -> None:
    @app.callback(
        Output("described", "data"),
        part(*SHAPES, *COLOURS),
        Input("theme", "data"),
        ADDRESS,
        PATH,
        prevent_initial_call=True,
    )
    def describe(*arguments: Any) -> Any:  # noqa: ANN401 - parts, then theme, address and path
        theme, search, path = arguments[-3:]
        drawn = at(path, maps)
        if drawn is None:
            return no_update
        words = drawn.legend(scene, view_of(scene, search), read(None, theme).theme)
        return {"path": path, "legend": static(words)}
