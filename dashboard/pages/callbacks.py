"""The frame's callbacks: the address in, a page out; thin, as those of the pages are.

The address is the one state. Controls, clicks and links only write it (in the browser, see
assets/atlas.js); the browser also cuts it into parts, so that a callback runs only when
something it shows has changed. Each callback reads the whole address anew through `view.parse`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.pages import (
    clusters,
    compare,
    data,
    explore,
    findings,
    firms,
    linkages,
    map_column,
    methods,
    origin,
    place,
    sections,
)
from dashboard.pages.address import (
    ADDRESS,
    PATH,
    SCREEN,
    THEME,
    accepted,
    at,
    lone_levels,
    part,
    stray,
    view_of,
)
from dashboard.pages.frame import framed, freshness, notices_of, own_words
from dashboard.pages.screen import SCREENS, read
from dashboard.pages.settings import settings, told
from dashboard.static import static
from dashboard.text import text
from dashboard.view import DEFAULTS, MAX_REGIONS, PARTS, parse
from dashboard.web.root import rooted
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.pages.page import Page
    from dashboard.scene import Scene
    from dashboard.view import Vocabulary

PAGES: Final[Mapping[str, Page]] = {
    page.path: page
    for page in (
        explore.PAGE,
        findings.PAGE,
        place.PAGE,
        clusters.PAGE,
        linkages.PAGE,
        compare.PAGE,
        data.PAGE,
        methods.PAGE,
    )
}
"""Path → page, in the order of the header."""


def pages_of(scene: Scene) -> Mapping[str, Page]:
    """Return the pages, with that of own firms where the reader has brought a register."""
    return {**PAGES, firms.PAGE.path: firms.PAGE} if scene.atlas.own_firms else PAGES


LAYER_CONTROLS = ("layers", "filter-clusters", "filter-parks")
SHOWING_ONLY = frozenset(
    {"definition", "rule", "year-shown", "drawing", "pulling", "classification"}
)
"""What follows the address and writes nothing."""
SHOWN = State("view", "data")


def frame(
    loading: Component, words: Vocabulary, pages: Mapping[str, Page] = PAGES
) -> list[Component]:
    """Return what stays while pages come and go: the address, its parts, the page's place."""
    titles = {lang: {path: title(page, lang) for path, page in pages.items()} for lang in LANGUAGES}
    address = {
        "defaults": DEFAULTS,
        "parts": PARTS,
        "lone": lone_levels(words),
        "titles": titles,
        "most_regions": MAX_REGIONS,
        "most": {lang: text(lang)("shell.most", n=MAX_REGIONS) for lang in LANGUAGES},
        "screens": SCREENS,
    }
    return [
        dcc.Location(id="url", refresh=False),
        dcc.Store(id="theme"),
        dcc.Store(id="screen"),
        dcc.Store(id="view"),
        dcc.Store(id="address", data=address),
        dcc.Store(id="part-path"),
        *(dcc.Store(id=f"part-{name}") for name in PARTS),
        html.Div(loading, id="page"),
        html.Div(
            [html.Div(id="notices"), html.P(id="said", className="said")],
            role="status",
            className="notices",
        ),
        *origin.drawer(),
    ]


def title(page: Page, lang: Any) -> str:  # noqa: ANN401 - one of the two languages
    """Return what the browser's tab says."""
    t = text(lang)
    name = "" if page.path == "/" else f"{t(f'shell.page_{page.name}')} · "
    return name + t("shell.title")


def register(app: Dash, scene: Scene) -> None:
    """Connect the frame and all pages to the scene."""
    pages = pages_of(scene)
    _register_browser_side(app, pages)
    _register_frame(app, scene, pages)
    maps = {path: page.drawn for path, page in pages.items() if page.drawn}
    map_column.register(app, scene, maps)
    origin.register(app, scene)
    for page in pages.values():
        if page.register:
            page.register(app, scene)
        sections.register(app, scene, page.sections)


def _register_browser_side(app: Dash, pages: Mapping[str, Page]) -> None:
    """Connect the functions of assets/atlas.js."""

    def run(name: str, *arguments: Any) -> None:  # noqa: ANN401 - Dash dependencies
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("atlas", name),
            *arguments,
            prevent_initial_call=name not in {"parts", "dress"},
        )

    stores = ["part-path", *(f"part-{name}" for name in PARTS)]
    run(
        "parts",
        [Output(store, "data") for store in (*stores, "screen", "theme")],
        [Input("url", "pathname"), Input("url", "search")],
        State("address", "data"),
    )
    run("follow", Input("view", "data"))
    controls = {name for page in pages.values() for name in page.controls}
    for name in sorted({"language", *controls} - {*LAYER_CONTROLS, *SHOWING_ONLY}):
        run("choose", Input(name, "value"), State(name, "id"), SHOWN)
    run("layer", [Input(name, "value") for name in LAYER_CONTROLS], SHOWN)
    run("theme", Input("theme-button", "n_clicks"), THEME)
    run("dress", Output("mantine", "forceColorScheme"), Input("theme", "data"))


def _register_frame(app: Dash, scene: Scene, pages: Mapping[str, Page]) -> None:
    @app.callback(
        Output("page", "children"),
        part("path", "lang"),
        ADDRESS,
        PATH,
        SCREEN,
        THEME,
        prevent_initial_call=True,
    )
    def show_page(*arguments: Any) -> Any:  # noqa: ANN401 - parts, then address, path, screen …
        search, path, screen, theme = arguments[-4:]
        page = at(path, pages)
        if page is None:
            return no_update
        view = view_of(scene, search)
        inner = page.body(scene, view, read(screen, theme))
        return static(framed(inner, view, page, pages, scene))

    @app.callback(
        Output("view", "data"),
        Output("notices", "children"),
        part("path", *PARTS),
        ADDRESS,
        PATH,
        prevent_initial_call=True,
    )
    def follow_address(*arguments: Any) -> Any:  # noqa: ANN401 - parts, then address and path
        search, path = arguments[-2:]
        page = at(path, pages)
        if page is None:
            return no_update, no_update
        view, fallen = parse(search, scene.vocabulary)
        if "query" not in fallen:
            fallen = (*fallen, *stray(search))
        shown = told(settings(scene, view), rooted(page.path), page.controls)
        shown["settings"] |= {
            "fresh": {"children": freshness(scene, view, page)},
            "own-band": {"children": own_words(scene, view, page)},
        }
        shown["taken"] = {"search": accepted(search, view, fallen), "whole": not fallen}
        return shown, notices_of(fallen, text(view.lang))
