"""The slider of years with its button of play, and all years of the indicator shown.

The browser holds these, so that nothing is asked while the slider is moved or the years are played.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, html, no_update

from dashboard.attributes import aria
from dashboard.map.figure import FILL, SIZED
from dashboard.pages.address import ADDRESS, PATH, THEME, at, view_of
from dashboard.pages.screen import read
from dashboard.pages.settings import slot
from dashboard.static import static
from dashboard.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dash.development.base_component import Component

    from dashboard.pages.controls import Controls
    from dashboard.pages.page import Drawn
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.view import View


def slider(make: Controls, followers: Iterable[str]) -> Component:
    """Return the slider of years with the button that plays them.

    `followers` are the parts of the page, by the rest of their words `shell.nav_<name>`, that show
    the year of the slider, as the map does.
    """
    t = make.t
    names = listing((t(f"shell.nav_{name}") for name in followers), t)
    play = html.Button(
        html.I(),
        **make.of("play"),
        className="play",
        title=t("shell.play"),
        **aria(label=t("shell.play"), pressed="false"),
    )
    return make.year(play, below=[html.P(t("shell.follow", names=names), className="follow")])


def years_of(scene: Scene, view: View, drawn: Drawn, theme: Theme) -> dict[int, dict[str, Any]]:
    """Return by its place on the slider what another year moves: colours, sizes, year and legend.

    Classes and palette are those of all years together, so that a year needs no more of the areas
    than `z`; a map without colours has no years. A map of two indicators has those of both.
    """
    found, alone = {}, scene.pairing(view).paired is None
    for year in scene.atlas.indicators[view.indicator].years[view.level]:
        then = replace(view, year=year)
        if (scene.pairing(then).paired is None) is not alone:
            continue
        traces = drawn.colours(scene, then, theme)
        if traces is None:
            return {}
        sizes = {SIZED: {"marker": traces[SIZED]["marker"]}} if alone and scene.sized(then) else {}
        found[slot(year)] = {
            "year": year,
            "traces": {FILL: {"z": traces[FILL]["z"]}, **sizes},
            "legend": static(drawn.legend(scene, then, theme)),
        }
    return found


def register(app: Dash, scene: Scene, maps: Mapping[str, Drawn]) -> None:
    """Connect the slider of years on the pages whose path is in `maps`."""

    @app.callback(
        Output("years", "data"),
        Input("years-asked", "data"),
        ADDRESS,
        PATH,
        THEME,
        prevent_initial_call=True,
    )
    def tell(_: str, search: str, path: str, theme: Theme) -> Any:  # noqa: ANN401 - or none
        drawn = at(path, maps)
        if drawn is None:
            return no_update
        seen = read(None, theme).theme
        return years_of(scene, view_of(scene, search), drawn, seen)

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("years", "take"), Input("years", "data"), prevent_initial_call=True
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("years", "play"),
        Input("play", "n_clicks"),
        State("year", "value"),
        State("view", "data"),
        prevent_initial_call=True,
    )
