"""More than one map, or one of two indicators: the switch that asks for it, and what chooses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard.charts.paired_map import why_not
from dashboard.charts.record import graph_id
from dashboard.companion import SEVERAL
from dashboard.pages.controls import PLAIN, indicator_groups
from dashboard.pages.sections import Section
from dashboard.panels import method
from dashboard.text import text
from dashboard.view import ALL_YEARS, CHOICES, PAIRED, YEARS, View

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.charts.record import Panel
    from dashboard.pages.controls import Controls
    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene

CHOOSING: Final = ("then", "beside", "paired-with")
"""Ids of what chooses the second map, or the second indicator of one map: each comes anew with
what it chooses, and so follows the address."""


def maps(make: Controls) -> Component:
    """Return the switch between one map, two, and one for each year."""
    return make.choice("maps", {one: make.t(f"second.maps_{one}") for one in CHOICES["maps"]})


def choosing(scene: Scene, view: View, _: Screen) -> list[Component]:
    """Return the list of the other years, or of the other indicators."""
    t, other, joined = text(view.lang), scene.second(view).view, dcc.Store(id="joined")
    if view.maps == ALL_YEARS:
        return [joined]
    if view.maps == YEARS:
        years = scene.atlas.indicators[view.indicator].years[view.level]
        if len(years) == 1:
            return [joined]
        made = dmc.Select(
            id="then",
            label=t("second.then"),
            data=[year for year in reversed(years) if year != view.year],
            value=other.year if other else None,
            **PLAIN,
        )
    else:
        made = _second_indicator(scene, view, "beside", t("second.beside"))
    return [html.Div(made, className="second-chosen"), joined]


def _second_indicator(scene: Scene, view: View, id_: str, label: str) -> Component:
    """Return the list from which the second of two indicators is chosen."""
    t = text(view.lang)
    made: Component = dmc.Select(
        id=id_,
        label=label,
        data=indicator_groups(scene, t),
        value=view.across,
        searchable=True,
        nothingFoundMessage=t("shell.indicator_none"),
        maxDropdownHeight=420,
        **PLAIN,
    )
    return made


def pairing(scene: Scene, view: View, _: Screen) -> list[Component]:
    """Return the list of the indicators to lay over the first, and why that cannot be, if so."""
    t = text(view.lang)
    made = _second_indicator(scene, view, "paired-with", t("paired.with"))
    why = why_not(scene, view, scene.context(view))
    said = [html.P(one, className="paired-why", role="status") for one in why]
    return [made, *said, method.note("explore", "paired", t)]


PAIRED_WITH: Final = Section(
    "paired",
    (pairing,),
    ("level", "layers", "colour", "across", "benchmark", "scope"),
    class_name="paired",
    needs="maps",
    values=(PAIRED,),
)
"""What chooses the second indicator of one map, below the switch that asks for it."""


def section(panel: Panel) -> Section:
    """Return the part of the page that holds the second map, where more than one is asked for."""
    return Section(
        "second",
        (choosing, panel),
        class_name="second",
        needs="maps",
        values=SEVERAL,
    )


def register(app: Dash, panel: Panel) -> None:
    """Connect assets/second.js to the second map, and what chooses it to the address."""
    for name in CHOOSING:
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("atlas", "choose"),
            Input(name, "value"),
            State(name, "id"),
            State("view", "data"),
            prevent_initial_call=True,
        )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("second", "join"),
        Output("joined", "data"),
        Input(graph_id(*panel.names), "figure"),
        prevent_initial_call=False,
    )
