"""The page of a reader's own firms: there is one only where he has brought a register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, dcc, html

from dashboard.attributes import data
from dashboard.charts import (
    own_clusters,
    own_distances,
    own_gamma,
    own_likeness,
    own_map,
    own_quotients,
    own_shift,
    own_special,
    own_survival,
    own_turnover,
)
from dashboard.charts.own_registers import division_name, register_of
from dashboard.pages.controls import PLAIN, Controls
from dashboard.pages.frame import side
from dashboard.pages.page import Page
from dashboard.pages.sections import Section, column
from dashboard.view import CHOICES, DECADE, DIVISIONS_ASKED, LATEST
from dashboard.web.local import OWN_PAGE
from dashboard.web.root import rooted
from geodata.own.firms.cube import FIRST_YEAR

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.charts.record import Panel
    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View

LINE: Final = "firm-points"
"""The element that says how many firms of the view are shown; assets/firms.js writes it."""
FROM_ZOOM: Final = 9
CONTROLS = ("firms", "division", "regions", "since", "until", "likeness")


def section(name: str, *blocks: Panel, later: bool = False) -> Section:
    """Return a section of the page."""
    return Section(f"firms-{name}", blocks, (), later, "sheet")


def points_line(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return the line that says how many firms of the view are shown as points."""
    own, t = register_of(scene, view), scene.context(view).t
    if not own.pointed:
        return []
    if not own.keeps_points:
        return [html.P(t("firms.points_large"), className="panel-say")]
    words = {
        "at": rooted(f"{OWN_PAGE}/points/{own.name}?division={view.division}"),
        "from": str(FROM_ZOOM),
        "far": t("firms.points_far", zoom=FROM_ZOOM),
        "shown": t("firms.points_shown", n="{n}", of="{of}"),
    }
    said = words["far"] if screen.renderer == "map" else t("firms.points_vectors")
    return [html.P(said, id=LINE, className="panel-say", role="status", **data(**words))]


def followed(_scene: Scene, _view: View, _screen: Screen) -> list[Component]:
    """Return what tells that assets/firms.js follows the map."""
    return [dcc.Store(id="firms-followed")]


SECTIONS: Final = {
    "map": Section(
        "firms-map",
        (own_map.PANEL, points_line, followed),
        later=True,
        class_name="sheet",
    ),
    "moves": section("moves", own_turnover.PANEL, own_survival.PANEL),
    "structure": section(
        "structure", own_quotients.PANEL, own_special.PANEL, own_shift.PANEL, own_likeness.PANEL
    ),
    "near": section("near", own_gamma.PANEL),
    # Whoever asks first waits while the bands are drawn, and the points are read.
    "distances": section("distances", own_distances.PANEL, later=True),
    "clusters": section("clusters", own_clusters.PANEL, later=True),
}
"""The parts of the page by the rest of their words `firms.section_<name>`."""


def controls(make: Controls, scene: Scene, t: Text) -> Component:
    """Return the column of controls: which register, which division, where."""
    registers = [{"value": one, "label": one} for one in scene.vocabulary.firms]
    names = {one: division_name(None if one == "all" else int(one)) for one in DIVISIONS_ASKED}
    listed = [{"value": one, "label": name[t.lang]} for one, name in names.items()]
    latest = max(one.last for one in scene.atlas.own_firms)
    years = [{"value": str(y), "label": str(y)} for y in range(latest, FIRST_YEAR - 1, -1)]
    first, last = (
        [{"value": one, "label": t(f"firms.year_{one}")}, *years] for one in (DECADE, LATEST)
    )
    likenesses = {one: t(f"linkages.likeness_{one}") for one in CHOICES["likeness"]}
    chosen = {"searchable": True, "allowDeselect": False, **PLAIN}
    return html.Div(
        [
            dmc.Select(label=make.named("firms"), data=registers, **make.of("firms"), **chosen),
            dmc.Select(label=make.named("division"), data=listed, **make.of("division"), **chosen),
            make.regions(mapped=False),
            dmc.Select(label=make.named("since"), data=first, **make.of("since"), **chosen),
            dmc.Select(label=make.named("until"), data=last, **make.of("until"), **chosen),
            make.choice("likeness", likenesses),
        ],
        className="controls",
    )


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return all below the header."""
    make = Controls(scene, view)
    t = make.t
    parts = [
        html.Div(
            [
                html.H2(t(f"firms.section_{name}"), className="section-title"),
                *part.frame(scene, view, screen),
            ],
            id=f"section-{name}",
        )
        for name, part in SECTIONS.items()
    ]
    panels = column({name: t(f"firms.section_{name}") for name in SECTIONS}, parts, t)
    return html.Main([side(controls(make, scene, t), t), panels], className="desk desk-wide")


def register(app: Dash, _scene: Scene) -> None:
    """Connect assets/firms.js to the map."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("firms", "follow"),
        Output("firms-followed", "data"),
        Input(own_map.GRAPH, "figure"),
        prevent_initial_call=False,
    )


PAGE = Page(
    "/firms",
    "firms",
    CONTROLS,
    body,
    sections=tuple(SECTIONS.values()),
    register=register,
    own=True,
)
