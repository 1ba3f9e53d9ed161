"""The page of a reader's own firms: there is one only where he has brought a register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.charts import own_clusters, own_distances, own_gamma, own_survival, own_turnover
from dashboard.charts.own_registers import division_name
from dashboard.pages.controls import PLAIN, Controls
from dashboard.pages.frame import side
from dashboard.pages.page import Page
from dashboard.pages.sections import Section, column
from dashboard.view import DIVISIONS_ASKED

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.charts.record import Panel
    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View

CONTROLS = ("firms", "division", "regions")


def section(name: str, *blocks: Panel, later: bool = False) -> Section:
    """Return a section of the page."""
    return Section(f"firms-{name}", blocks, (), later, "sheet")


SECTIONS: Final = {
    "moves": section("moves", own_turnover.PANEL, own_survival.PANEL),
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
    data = [{"value": one, "label": name[t.lang]} for one, name in names.items()]
    chosen = {"searchable": True, "allowDeselect": False, **PLAIN}
    return html.Div(
        [
            dmc.Select(label=make.named("firms"), data=registers, **make.of("firms"), **chosen),
            dmc.Select(label=make.named("division"), data=data, **make.of("division"), **chosen),
            make.regions(),
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


PAGE = Page("/firms", "firms", CONTROLS, body, sections=tuple(SECTIONS.values()), own=True)
