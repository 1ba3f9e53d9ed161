"""The Linkages page: how the places hang together, on the map and in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.charts import (
    chain,
    coagglomeration,
    contracts,
    coupled,
    division,
    functions,
    linkages_map,
    matrix,
    planned,
    tables_linkages,
)
from dashboard.pages.controls import PLAIN, Controls, heading
from dashboard.pages.frame import side
from dashboard.pages.map_column import map_column
from dashboard.pages.page import Drawn, Page
from dashboard.pages.sections import Section, column
from dashboard.text import text
from dashboard.view import ALPHAS, CHOICES, EXPONENTS, USUAL_ALPHA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Panel, Tabled
    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.view import View

CONTROLS: Final = (
    "links",
    "mass",
    "exponent",
    "pulling",
    "among",
    "likeness",
    "weighing",
    "alpha",
    "census",
    "scheme",
    "rule",
    "circles",
    "regions",
)
ALPHA_MARKS: Final = {at: at for at in ("0.1", "0.9")}
UNFOLDED: Final = ("section-ties",)
"""The anchor of what a narrow screen shows whole."""


def section(
    name: str, block: Panel | Tabled, waits: tuple[str, ...] = (), *, later: bool = False
) -> Section:
    """Return a section of the page, which is linked to by its name."""
    anchors = (f"section-{name}",)
    return Section(
        f"linkages-{name}", (block,), waits, later, "blocks", anchors, "linkages", UNFOLDED
    )


SECTIONS: Final = {
    "ties": section("ties", tables_linkages.TIES, ("links", "mass", "exponent")),
    "contracts": section("contracts", contracts.PANEL),
    # The matrix of all counties is as large as the rest of the page.
    "matrix": section("matrix", matrix.PANEL, later=True),
    "nearest": section(
        "nearest", tables_linkages.NEAREST, ("scope", "likeness", "census", "regions")
    ),
    "chain": section("chain", chain.PANEL),
    "coupled": section("coupled", coupled.PANEL, later=True),
    "functions": section("functions", functions.PANEL),
    "division": section("division", division.PANEL),
    # The first reader of a census waits while its counties are drawn a thousand times.
    "coagglomeration": section("coagglomeration", coagglomeration.PANEL, later=True),
    "planned": section("planned", planned.PANEL, later=True),
    "roles": section("roles", tables_linkages.ROLES),
}
"""The parts of the page by the rest of their words `linkages.nav_<name>`."""


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return all below the header for a first look."""
    t = text(view.lang)
    make = Controls(scene, view)
    return html.Main(
        [
            side(controls(make), t),
            map_column(scene, view, screen, DRAWN),
            panel_column(scene, view, screen),
        ],
        className="desk",
    )


def controls(make: Controls) -> Component:
    """Return the column of controls."""
    t = make.t
    kinds = [{"value": kind, "label": t(f"linkages.link_{kind}")} for kind in CHOICES["links"]]
    exponent = slider(
        make.of("exponent"),
        t("linkages.exponent"),
        EXPONENTS,
        {b: b for b in ("0.5", "1", "1.5", "2", "2.5", "3")},
    )
    mass = make.choice("mass", {m: heading(t(f"linkages.mass_{m}")) for m in CHOICES["mass"]})
    return html.Div(
        [
            dmc.Select(label=t("linkages.links"), data=kinds, **make.of("links"), **PLAIN),
            html.Div([mass, exponent], className="applying", **make.of("pulling")),
            make.choice("among", {a: t(f"linkages.among_{a}") for a in CHOICES["among"]}),
            make.choice("likeness", {x: t(f"linkages.likeness_{x}") for x in CHOICES["likeness"]}),
            make.choice("weighing", {w: t(f"linkages.weighed_{w}") for w in CHOICES["weighing"]}),
            slider(
                make.of("alpha"),
                t("linkages.alpha"),
                ALPHAS,
                ALPHA_MARKS | {USUAL_ALPHA: t("linkages.alpha_usual")},
            ),
            make.choice("census", {year: year for year in CHOICES["census"]}),
            *make.scheme(),
            make.circles(),
            make.regions(),
            make.add_mode(),
        ],
        className="controls",
    )


def slider(
    settings: Mapping[str, Any], label: str, values: Sequence[str], marks: Mapping[str, str]
) -> Component:
    """Return a slider of even steps; the page is asked when it is let go."""
    low, high = float(values[0]), float(values[-1])
    return html.Div(
        [
            html.Div(label, className="control-label"),
            dmc.Slider(
                min=low,
                max=high,
                step=round((high - low) / (len(values) - 1), 2),
                precision=2,
                marks=[{"value": float(at), "label": word} for at, word in marks.items()],
                updatemode="mouseup",
                size="sm",
                thumbLabel=label,
                **settings,
            ),
        ],
        className="year",
    )


def panel_column(scene: Scene, view: View, screen: Screen) -> Component:
    """Return the panels below a row of links to them."""
    t = text(view.lang)
    framed = (one for part in SECTIONS.values() for one in part.frame(scene, view, screen))
    return column({name: t(f"linkages.nav_{name}") for name in SECTIONS}, framed, t)


DRAWN = Drawn(linkages_map.PANEL, linkages_map.no_colours)
PAGE = Page(
    "/linkages",
    "linkages",
    CONTROLS,
    body,
    DRAWN,
    sections=tuple(SECTIONS.values()),
)
