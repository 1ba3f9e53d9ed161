"""Thin callbacks: the address in, figures and panels out.

The address is the one state. Controls, clicks and links only write it (in the browser, see
assets/explore.js); the browser also cuts it into parts, so that a callback runs only when
something it shows has changed. Each callback reads the whole address anew through `view.parse`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, Patch, State, dcc, html, no_update

from dashboard.figures.fill import trace_update
from dashboard.figures.map import CHOSEN_CITIES, CHOSEN_COUNTIES, FILL, map_figure
from dashboard.pages import explore
from dashboard.pages.controls import control_values
from dashboard.pages.screen import read
from dashboard.palette import INK
from dashboard.text import text
from dashboard.view import View, parse

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.scene import Scene

PARTS = ("scope", "level", "layers", "colour", "benchmark", "regions", "census", "lang")
CONTROLS = (
    "scheme",
    "circles",
    "level",
    "indicator",
    "year",
    "classes",
    "k",
    "limits",
    "benchmark",
    "census",
    "layers",
    "filter-clusters",
    "filter-parks",
    "regions",
    "language",
)
ADDRESS = State("url", "search")
THEME = State("theme", "data")
SCREEN = State("screen", "data")


def frame(loading: Component) -> list[Component]:
    """Return what stays while pages come and go: the address, its parts, the page's place."""
    return [
        dcc.Location(id="url", refresh=False),
        dcc.Store(id="theme", storage_type="local"),
        dcc.Store(id="screen"),
        dcc.Store(id="view"),
        *(dcc.Store(id=f"part-{part}") for part in PARTS),
        html.Div(loading, id="page"),
    ]


def register(app: Dash, scene: Scene) -> None:
    """Connect the page to the scene."""
    _register_browser_side(app)
    _register_page(app, scene)
    _register_map(app, scene)
    _register_panels(app, scene)


def view_of(scene: Scene, search: str | None) -> View:
    """Read the address."""
    return parse(search, scene.vocabulary)[0]


def part(*names: str) -> list[Input]:
    """Return the parts of the address that a callback waits for."""
    return [Input(f"part-{name}", "data") for name in names]


def _register_browser_side(app: Dash) -> None:
    """Connect the functions of assets/explore.js."""

    def run(name: str, *arguments: Any) -> None:  # noqa: ANN401 - Dash dependencies
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("explore", name),
            *arguments,
            prevent_initial_call=name not in {"parts", "fit", "dress"},
        )

    run(
        "parts",
        [Output(f"part-{p}", "data") for p in PARTS] + [Output("screen", "data")],
        Input("url", "search"),
        [State(f"part-{p}", "data") for p in PARTS],
    )
    run(
        "intent",
        [Input(c, "value") for c in CONTROLS],
        [Input("map", "clickData"), Input("map", "selectedData"), Input("add-mode", "checked")],
        Input("ranking-chart", "clickData", allow_optional=True),
        State("view", "data"),
    )
    run("fit", Output("fitted", "data"), Input("map", "figure"))
    for button in ("zoom-in", "zoom-out", "reset", "lasso", "clear"):
        run("button", Input(button, "n_clicks"), State(button, "id"))
    run("theme", Output("theme", "data"), Input("theme-button", "n_clicks"), THEME)
    run("dress", Output("mantine", "forceColorScheme"), Input("theme", "data"))


def _register_page(app: Dash, scene: Scene) -> None:
    @app.callback(
        Output("page", "children"), part("lang"), ADDRESS, SCREEN, THEME, prevent_initial_call=True
    )
    def show_page(_: str, search: str, screen: Any, theme: str) -> Component:  # noqa: ANN401
        return explore.page(scene, view_of(scene, search), read(screen, theme))

    outputs = list(control_values(scene, view_of(scene, ""), text("zh")))

    @app.callback(
        [Output(*output) for output in outputs],
        Output("notices", "children"),
        Input("page", "children"),
        part("scope", "level", "layers", "colour", "benchmark", "regions", "census"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def set_controls(*arguments: Any) -> list[Any]:  # noqa: ANN401 - parts, then the address
        view, fallen = parse(arguments[-1], scene.vocabulary)
        t = text(view.lang)
        values = control_values(scene, view, t)
        return [*(values[output] for output in outputs), explore.notices_of(fallen, t)]


def _register_map(app: Dash, scene: Scene) -> None:
    @app.callback(
        Output("map", "figure"),
        part("scope", "level", "layers"),
        Input("theme", "data"),
        ADDRESS,
        SCREEN,
        prevent_initial_call=True,
    )
    def redraw(*arguments: Any) -> Any:  # noqa: ANN401 - parts, then theme, address, screen
        theme, search, screen = arguments[-3:]
        seen = read(screen, theme)
        return map_figure(scene.picture(view_of(scene, search), seen.renderer, seen.theme))

    @app.callback(
        Output("map", "figure", allow_duplicate=True),
        part("colour", "benchmark"),
        ADDRESS,
        THEME,
        prevent_initial_call=True,
    )
    def recolour(_colour: str, _benchmark: str, search: str, theme: str) -> Any:  # noqa: ANN401
        view = view_of(scene, search)
        if not view.shows("fill"):
            return no_update
        ink = INK[read(None, theme).theme]
        update = trace_update(scene.fill(view), text(view.lang), ink, scene.atlas.term)
        patch = Patch()
        trace = patch["data"][FILL]
        trace["marker"]["opacity"] = update.pop("marker.opacity")
        for name, value in update.items():
            trace[name] = value
        return patch

    @app.callback(
        Output("map", "figure", allow_duplicate=True),
        part("regions"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def outline(_: str, search: str) -> Patch:
        patch = Patch()
        chosen = scene.chosen(view_of(scene, search).regions)
        for trace, codes in zip((CHOSEN_COUNTIES, CHOSEN_CITIES), chosen, strict=True):
            patch["data"][trace]["locations"] = codes
            patch["data"][trace]["z"] = [0] * len(codes)
        return patch

    @app.callback(
        Output("legend", "children"),
        part("scope", "level", "layers", "colour", "benchmark"),
        Input("theme", "data"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def describe(*arguments: Any) -> Component:  # noqa: ANN401 - parts, then theme and address
        theme, search = arguments[-2:]
        return explore.legend_of(scene, view_of(scene, search), read(None, theme).theme)


def _register_panels(app: Dash, scene: Scene) -> None:
    @app.callback(
        [Output(panel, "children") for panel in explore.PANELS],
        part("scope", "benchmark", "regions", "census"),
        Input("theme", "data"),
        ADDRESS,
        SCREEN,
        prevent_initial_call=True,
    )
    def show_panels(*arguments: Any) -> list[Component]:  # noqa: ANN401 - parts, theme, address …
        theme, search, screen = arguments[-3:]
        return explore.panels_of(scene, view_of(scene, search), read(screen, theme))

    @app.callback(
        Output("ranking", "children"),
        part("scope", "level", "colour", "benchmark", "regions"),
        Input("theme", "data"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def rank(*arguments: Any) -> Component:  # noqa: ANN401 - parts, then theme and address
        theme, search = arguments[-2:]
        return explore.ranking_of(scene, view_of(scene, search), read(None, theme).theme)
