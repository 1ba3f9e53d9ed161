"""The Clusters page: who specialises in an industry, how sure that is, how it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.charts import (
    beijing,
    changes,
    clusters_map,
    entry,
    relatedness,
    shift,
    sizes,
    specialists,
    tables_clusters,
    tables_sites,
)
from dashboard.pages import result
from dashboard.pages.controls import PLAIN, Controls
from dashboard.pages.frame import side
from dashboard.pages.map_column import map_column
from dashboard.pages.page import Drawn, Page
from dashboard.pages.sections import Section, column
from dashboard.panels import method
from dashboard.text import text
from dashboard.view import CHOICES
from geodata.studies.industries import SECTOR_OF

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.charts.record import Panel, Tabled
    from dashboard.pages.screen import Screen
    from dashboard.pages.sections import Maker
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Level

CONTROLS = (
    "industry",
    "paint",
    "weights",
    "census",
    "benchmark",
    "scheme",
    "rule",
    "circles",
    "level",
    "regions",
)


UNFOLDED: Final = ("section-standing",)
"""The anchor of what a narrow screen shows whole."""


def quotient(_: Scene, view: View) -> tuple[str, Level]:
    """Return the location quotient of the industry, at the level of the map."""
    return f"lq_{view.industry}", view.level


def section(
    name: str, *, waits: tuple[str, ...] = (), later: bool = False, **blocks: Panel | Tabled | Maker
) -> Section:
    """Return a section of the page; each of its blocks is linked to by its name."""
    anchors = tuple(f"section-{block}" for block in blocks)
    return Section(
        f"clusters-{name}",
        tuple(blocks.values()),
        waits,
        later,
        "blocks",
        anchors,
        "clusters",
        UNFOLDED,
    )


SECTIONS: Final = (
    section(
        "selection",
        waits=("scope", "level", "regions", "benchmark", "census", "industry"),
        standing=tables_clusters.STANDING,
        specialists=specialists.PANEL,
        sizes=sizes.PANEL,
        changes=changes.PANEL,
        strength=tables_clusters.STRENGTH,
    ),
    section("spread", waits=("scope", "level", "industry"), spread=tables_clusters.SPREAD),
    section("shift", shift=shift.PANEL),
    section("relatedness", relatedness=relatedness.PANEL, entry=entry.PANEL, later=True),
    section("sites", waits=("scope", "level", "industry"), sites=tables_sites.CLUSTERS),
    section("beijing", later=True, beijing=beijing.PANEL),
)
"""What follows the address; the panels of the first share the standings of the places."""
RESULT: Final = result.section(
    "clusters",
    lambda _, view: (f"lq_{view.industry}", view.census),
    "section-standing",
    ("scope", "regions", "industry", "census", "benchmark"),
)
NAMES: Final = tuple(one.removeprefix("section-") for part in SECTIONS for one in part.anchors)
"""The blocks of the page, by the rest of their words `clusters.nav_<name>`."""


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return all below the header."""
    t = text(view.lang)
    make = Controls(scene, view)
    terms = scene.atlas.term
    industries = [
        {"value": key, "label": terms("industry", letter)[view.lang]}
        for key, letter in SECTOR_OF.items()
    ]
    paints = {name: t(f"clusters.paint_{name}") for name in CHOICES["paint"]}
    weights = {name: t(f"clusters.weights_{name}_short") for name in CHOICES["weights"]}
    controls = html.Div(
        [
            dmc.Select(
                label=make.named("industry"),
                data=industries,
                searchable=True,
                allowDeselect=False,
                nothingFoundMessage=t("clusters.industry_none"),
                **make.of("industry"),
                **PLAIN,
            ),
            make.choice("paint", paints),
            make.choice("weights", weights),
            html.Div([html.Div(t("shell.census"), className="control-label"), make.census()]),
            make.benchmark(),
            *make.scheme(),
            make.circles(),
            make.level(),
            make.regions(),
            make.add_mode(),
        ],
        className="controls",
    )
    return html.Main(
        [
            side(controls, t),
            map_column(
                scene,
                view,
                screen,
                DRAWN,
                above=[method.note("clusters", "map", t)],
                below=RESULT.frame(scene, view, screen) if screen.narrow else [],
            ),
            panel_column(scene, view, screen),
        ],
        className="desk",
    )


def panel_column(scene: Scene, view: View, screen: Screen) -> Component:
    """Return the panels below a row of links to them."""
    t = text(view.lang)
    framed = (one for part in SECTIONS for one in part.frame(scene, view, screen))
    return column({name: t(f"clusters.nav_{name}") for name in NAMES}, framed, t)


DRAWN = Drawn(clusters_map.PANEL, clusters_map.colours)
PAGE = Page(
    "/clusters",
    "clusters",
    CONTROLS,
    body,
    DRAWN,
    quotient,
    (RESULT, *SECTIONS),
)
