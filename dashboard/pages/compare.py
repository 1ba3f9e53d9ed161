"""The Compare page: places side by side, the city system, the gap, and the milestones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.charts import (
    beta,
    indices,
    multiples,
    primacy_years,
    rank_size,
    regional_index,
    sigma,
    slope,
    tables_compare,
    theil,
    timeline,
)
from dashboard.charts.compared import drawn_indicator
from dashboard.pages.controls import PLAIN, Controls
from dashboard.pages.frame import side
from dashboard.pages.page import Page
from dashboard.pages.sections import Section, column, folded
from dashboard.view import CHOICES

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.charts.record import Panel, Tabled
    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View

CONTROLS = (
    "scheme",
    "rule",
    "circles",
    "regions",
    "indicator",
    "definition",
    "family",
    "weighting",
    "system",
    "size",
)
LATER: Final = frozenset({"course", "definitions", "timeline", "index"})
"""Sections asked for by a store that comes with the page, which so keeps within its budget."""
UNFOLDED: Final = "places"
"""The section that a narrow screen shows whole."""


def section(name: str, *blocks: Panel | Tabled, waits: tuple[str, ...] = ()) -> Section:
    """Return a section of the page."""
    return Section(f"compare-{name}", blocks, waits, name in LATER, f"sheet sheet-{name}")


SECTIONS: Final = {
    "places": section(
        "places",
        multiples.PANEL,
        tables_compare.KEY_FIGURES,
        indices.PANEL,
        waits=("scope", "regions", "colour", "family"),
    ),
    "system": section(
        "system", rank_size.PANEL, tables_compare.PRIMACY, waits=("scope", "family", "size")
    ),
    "course": section("course", primacy_years.PANEL),
    "gap": section("gap", theil.PANEL, sigma.PANEL, beta.PANEL, slope.PANEL),
    "definitions": section("definitions", tables_compare.DEFINITIONS, waits=("scope", "regions")),
    "timeline": section("timeline", timeline.PANEL),
    "index": section("index", regional_index.PANEL),
}
"""The parts of the page by the rest of their words `compare.section_<name>`."""


def controls(make: Controls) -> Component:
    """Return the column of controls: what is compared, of what, and how."""
    t = make.t
    return html.Div(
        [
            *make.scheme(),
            make.circles(),
            make.regions(mapped=False),
            *make.indicator(),
            make.choice("family", {v: t(f"compare.family_{v}") for v in CHOICES["family"]}),
            make.choice(
                "weighting", {v: t(f"compare.weighting_{v}") for v in CHOICES["weighting"]}
            ),
        ],
        className="controls",
    )


def system_controls(make: Controls, t: Text) -> Component:
    """Return what chooses the city system, beside its chart."""
    return html.Div(
        [
            dmc.Select(label=make.named("system"), **make.of("system"), **PLAIN),
            make.choice("size", {v: t(f"compare.size_{v}") for v in CHOICES["size"]}),
        ],
        className="beside-chart",
    )


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return all below the header for a first look, so that nothing moves while it loads."""
    make = Controls(scene, view)
    t = make.t
    names = {name: t(f"compare.section_{name}") for name in SECTIONS}
    sections = []
    for name, section in SECTIONS.items():
        title = [] if screen.narrow else [html.H2(names[name], className="section-title")]
        control = [system_controls(make, t)] if name == "system" else []
        inside = [*title, *control, *section.frame(scene, view, screen)]
        opened = name == UNFOLDED
        sections.append(folded(inside, f"section-{name}", names[name], screen, opened=opened))
    panels = column(names, sections, t)
    return html.Main([side(controls(make), t), panels], className="desk desk-wide")


PAGE = Page(
    "/compare",
    "compare",
    CONTROLS,
    body,
    indicator=drawn_indicator,
    sections=tuple(SECTIONS.values()),
)
