"""All years of the indicator shown, so that its slider asks nothing while it is moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, no_update

from dashboard.map.figure import FILL, SIZED
from dashboard.pages.address import ADDRESS, PATH, THEME, at, view_of
from dashboard.pages.screen import read
from dashboard.pages.settings import slot
from dashboard.static import static

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.pages.page import Drawn
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.view import View


def years_of(scene: Scene, view: View, drawn: Drawn, theme: Theme) -> dict[int, dict[str, Any]]:
    """Return by its place on the slider what another year moves: colours, sizes, year and legend.

    Classes and palette are those of all years together, so that a year needs no more of the areas
    than `z`; a map without colours has no years.
    """
    found = {}
    for year in scene.atlas.indicators[view.indicator].years[view.level]:
        then = replace(view, year=year)
        traces = drawn.colours(scene, then, theme)
        if traces is None:
            return {}
        sizes = {SIZED: {"marker": traces[SIZED]["marker"]}} if scene.sized(then) else {}
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
