"""The Explore page: map, controls and panels as one view shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import ClientsideFunction, Input, Output, dcc, html

from dashboard.attributes import aria
from dashboard.charts import (
    explore_map,
    industry,
    ranking,
    scatter,
    second_map,
    tables_explore,
    tables_over,
    tables_plan,
    tables_sites,
)
from dashboard.charts.tables_sites import DIGITAL, NO_STORY, power_of
from dashboard.pages import findings, presets, result, second, tour, years
from dashboard.pages.controls import Controls
from dashboard.pages.frame import side
from dashboard.pages.map_column import map_column
from dashboard.pages.page import Drawn, Page, chosen
from dashboard.pages.sections import Section, column, folded
from dashboard.panels import method
from dashboard.panels.stories import headlines, story
from dashboard.scene import Scene
from dashboard.text import text
from dashboard.web.root import rooted
from geodata.studies.stories import HEADLINES

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.pages.screen import Screen
    from dashboard.text import Text
    from dashboard.view import View

CONTROLS = (
    "scheme",
    "rule",
    "over",
    "circles",
    "level",
    "indicator",
    "definition",
    "maps",
    "draw",
    "drawing",
    "classification",
    "year",
    "year-shown",
    "play",
    "classes",
    "k",
    "limits",
    "benchmark",
    "census",
    "layers",
    "filter-clusters",
    "filter-parks",
    "regions",
    "across",
)


def story_of(scene: Scene, view: View, _: Screen) -> list[Component]:
    """Return the story beside a preset view; without one, the lines of a first look."""
    stories, spoken = scene.atlas.stories, scene.context(view)

    def tested(claim: str) -> str:
        return rooted(findings.PATH) + view.query(claim=claim)

    if view.story == NO_STORY:
        return [headlines(stories.story(HEADLINES), tested, spoken)]
    power = power_of(scene, scene.subjects(view), spoken) if view.story == DIGITAL else []
    closed = view.query(story=NO_STORY) or rooted("/")
    told = story(view.story, stories.story(view.story), tested, closed, spoken)
    return [told, *power]


SECTIONS: Final = {
    "story": Section("story-panel", (story_of,), ("story", "scope", "regions")),
    "identity": Section("selection-panel", (tables_explore.KEY_FIGURES,), ("scope", "regions")),
    "industry": Section("industry-panel", (industry.PANEL,)),
    "cluster": Section(
        "cluster-panel", (tables_sites.EXPLORE,), ("scope", "regions", "story"), later=True
    ),
    "plan": Section("plan-panel", (tables_plan.EXPLORE,), ("scope", "regions"), later=True),
    "ranking": Section("ranking", (ranking.PANEL,)),
    "scatter": Section("scatter", (scatter.PANEL,), later=True),
}
"""The parts of the page by the rest of their words `shell.nav_<name>`."""
FOLLOWERS: Final = tuple(name for name, one in SECTIONS.items() if "colour" in one.parts)
"""The parts that show the year of the map."""
OVER: Final = Section(
    "over-panel",
    (tables_over.OVER,),
    ("scope", "colour", "benchmark"),
    class_name="over",
    needs="over",
)
SECOND: Final = second.section(second_map.PANEL)
BESIDE: Final = (SECOND, OVER)
"""What stands beside the map and below it, where asked for; the desk then makes room for it."""
TOUR: Final = Section("tour", (lambda _, view, __: tour.card(view),), ("tour",))
RESULT: Final = result.section(
    "explore",
    lambda _, view: (view.indicator, view.year),
    "section-identity",
    ("scope", "regions", "colour", "level", "benchmark"),
)
UNFOLDED: Final = ("story", "identity")
"""The sections that a narrow screen shows whole."""
NOTES: Final = {"identity": "identity", "cluster": "sites", "plan": "plan"}
"""Section → method note of what is no chart; charts have theirs within."""


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return all below the header for a first look, so that nothing moves while it loads."""
    t = text(view.lang)
    make = Controls(scene, view)
    controls = html.Div(
        [
            *make.scheme(),
            make.over(),
            make.circles(),
            make.level(),
            *make.indicator(),
            make.draw(),
            years.slider(make, FOLLOWERS),
            second.maps(make),
            *second.PAIRED_WITH.frame(scene, view, screen),
            make.benchmark(),
            make.regions(),
            make.add_mode(),
            make.layers(),
            make.classification(),
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
                above=[ways_in(view, t), method.note("explore", "map", t)],
                below=RESULT.frame(scene, view, screen) if screen.narrow else [],
                beside=[part for one in BESIDE for part in one.frame(scene, view, screen)],
            ),
            panel_column(scene, view, screen, make),
            *TOUR.frame(scene, view, screen),
        ],
        id="desk",
        className=" ".join(
            ["desk", *(f"with-{one.class_name}" for one in BESIDE if one.when(view))]
        ),
    )


def ways_in(view: View, t: Text) -> Component:
    """Return the links to the tour and to the six presets."""
    shortcuts = [
        dcc.Link(
            t(f"shell.preset_{name}"),
            href=presets.address(name, view),
            id=f"preset-{name}",
            title=t(f"shell.preset_{name}_hint"),
            className="preset",
        )
        for name in presets.PRESETS
    ]
    return html.Nav(
        [tour.invitation(view, t), *shortcuts],
        className="presets",
        **aria(label=t("shell.presets")),
    )


def _note(name: str, section: Section, t: Text) -> list[Component]:
    """Return the method note of what is no chart, with the button of its table if it has one."""
    tables = [table.name for table in section.tables]
    if name not in NOTES:
        return []
    return [method.note("explore", NOTES[name], t, table="".join(tables))]


def panel_column(scene: Scene, view: View, screen: Screen, make: Controls) -> Component:
    """Return the panels below a row of links to them."""
    t = make.t
    census = html.Div([t("shell.census"), make.census()], className="census")
    beside = {
        "industry": census,
        "scatter": html.Div(make.across(), className="beside-chart"),
    }
    names = {name: t(f"shell.nav_{name}") for name in SECTIONS}
    framed = []
    for name, section in SECTIONS.items():
        control = [beside[name]] if name in beside else []
        inside = [*control, *section.frame(scene, view, screen), *_note(name, section, t)]
        opened = name in UNFOLDED
        framed.append(folded(inside, f"section-{name}", names[name], screen, opened=opened))
    return column(names, framed, t)


def register(app: Dash, scene: Scene) -> None:
    """Connect what only this page has."""
    years.register(app, scene, {PAGE.path: DRAWN})
    second.register(app, second_map.PANEL)
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("second", "room"),
        Output("desk", "className"),
        [Input(one.id, "children") for one in BESIDE],
        prevent_initial_call=True,
    )


DRAWN = Drawn(explore_map.PANEL, Scene.colours)
PAGE = Page(
    "/",
    "explore",
    CONTROLS,
    body,
    DRAWN,
    chosen,
    sections=(second.PAIRED_WITH, RESULT, SECOND, OVER, *SECTIONS.values(), TOUR),
    register=register,
)
