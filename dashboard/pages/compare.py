"""The Compare page: places side by side, the city system, the gap, and the milestones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import dash_mantine_components as dmc
from dash import html

from dashboard.charts import beta, sigma
from dashboard.charts.choices import family_of
from dashboard.pages.controls import PLAIN, Controls
from dashboard.pages.frame import side
from dashboard.pages.page import Page
from dashboard.pages.sections import Section, links
from dashboard.pages.settings import chosen_system, city_systems
from dashboard.panels.city_system import primacy_table, rank_size
from dashboard.panels.compare_places import indices, key_table, multiples
from dashboard.panels.gap import theil
from dashboard.panels.milestones import milestones
from dashboard.panels.regional_index import regional_index
from dashboard.text import text
from dashboard.units import counted
from dashboard.view import CHOICES
from geodata.ids import MOST_CIRCLES
from geodata.records import REGION_ID
from geodata.studies.comparison import KEYS, USUAL
from geodata.studies.gap import PROVINCE
from geodata.studies.hierarchy import MEASURES

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.charts.record import Panel
    from dashboard.pages.screen import Screen
    from dashboard.pages.sections import Maker
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Place
    from geodata.studies.comparison import Series
    from geodata.studies.gap import Weighting
    from geodata.studies.hierarchy import Measure, System

CONTROLS = (
    "scheme",
    "circles",
    "regions",
    "indicator",
    "definition",
    "family",
    "weighting",
    "system",
    "size",
)
CHARTS = ("rank-size-chart",)
LATER: Final = frozenset({"index"})
"""Sections asked for by a store that comes with the page, which so keeps within its budget."""
MOST_PLACES: Final = MOST_CIRCLES
"""Places side by side: all circles of a scheme, each in a colour of its own."""
LINES = 4
"""Places whose series stand over the milestones."""


def places_of(scene: Scene, view: View) -> tuple[Place, ...]:
    """Return the chosen regions and circles, or the circles of the scheme."""
    circles = [c.key for c in scene.atlas.circles(view.scheme)]
    ids = (*view.regions, *view.circle_keys) or tuple(circles)
    return tuple(scene.atlas.place(i) for i in ids[:MOST_PLACES])


def shown_indicator(scene: Scene, view: View) -> tuple[str, list[str]]:
    """Return the indicator of the series, and what is said where it is not the chosen one."""
    comparison = scene.atlas.comparison
    if comparison.is_yearly(view.indicator):
        return view.indicator, []
    t = text(view.lang)
    usual = comparison.indicator(USUAL, family_of(view))
    chosen = scene.atlas.indicators[view.indicator]
    words = t("compare.not_yearly", chosen=chosen.name[t.lang], shown=usual.name[t.lang])
    return USUAL, [words]


def drawn_indicator(scene: Scene, view: View) -> tuple[str, None]:
    """Return the indicator of the series in its family of GDP, of places of any level."""
    name, _ = shown_indicator(scene, view)
    return scene.atlas.comparison.indicator(name, family_of(view)).id, None


def places_panels(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return small multiples, key figures and indices of the chosen places."""
    comparison, spoken = scene.atlas.comparison, scene.context(view)
    family = family_of(view)
    places = places_of(scene, view)
    ids = [p.id for p in places]
    name, remarks = shown_indicator(scene, view)
    if len(view.regions) + len(view.circle) > MOST_PLACES:
        remarks.append(spoken.t("compare.most", n=MOST_PLACES))
    series = counted([comparison.series(name, i, family) for i in ids], view.lang)
    rows = counted(comparison.rows(ids, (view.indicator, *KEYS), family), view.lang)
    return [
        multiples(
            series,
            counted(comparison.indicator(name, family), view.lang),
            remarks,
            spoken,
            (screen.theme, screen.narrow),
        ),
        key_table(rows, places, spoken),
        indices(comparison.indices(ids, family), places, spoken, (screen.theme, screen.column)),
    ]


def system_panels(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return rank–size of the chosen system, and primacy of all."""
    hierarchy, spoken = scene.atlas.hierarchy, scene.context(view)
    family, measure = family_of(view), cast("Measure", view.size)
    indicator = counted(scene.atlas.indicators[MEASURES[measure, family]], view.lang)
    system = counted(system_of(scene, view), view.lang)
    rows = [
        row
        for scope in hierarchy.scopes(view.scheme)
        for row in hierarchy.primacies(scope.id, measure, family)
    ]
    return [
        rank_size(system, indicator, spoken, (screen.theme, screen.column)),
        primacy_table(rows, indicator, spoken),
    ]


def system_of(scene: Scene, view: View) -> System:
    """Return the chosen city system, in the year of the view where that speaks of its measure."""
    family, measure = family_of(view), cast("Measure", view.size)
    chosen = scene.atlas.comparison.indicator(view.indicator, family).id
    year = view.year if chosen == MEASURES[measure, family] else ""
    return scene.atlas.hierarchy.system(scope_of(scene, view), measure, year, family)


def scope_of(scene: Scene, view: View) -> str:
    """Return the id of the place whose city system is chosen."""
    systems = city_systems(scene, view)
    return systems[chosen_system(systems, view)].id


def gap_panels(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return Theil's index split by province and by circle."""
    gap, spoken = scene.atlas.gap, scene.context(view)
    family, weighting = family_of(view), cast("Weighting", view.weighting)
    by = [
        (PROVINCE, spoken.t("compare.by_province"), gap.splits(family, weighting, PROVINCE)),
        (
            "circle",
            spoken.t("compare.by_circle", scheme=scene.atlas.scheme(view.scheme).name[view.lang]),
            gap.splits(family, weighting, view.scheme),
        ),
    ]
    return [theil(by, spoken, (screen.theme, screen.column), weighting)]


def timeline_series(scene: Scene, view: View) -> tuple[list[Series], str]:
    """Return the series over the milestones: of the chosen places, else of the region."""
    comparison, family = scene.atlas.comparison, family_of(view)
    name, _ = shown_indicator(scene, view)
    asked = [p.id for p in places_of(scene, view)]
    for indicator, ids in ((name, asked), (name, [REGION_ID]), (USUAL, [REGION_ID])):
        found = [comparison.series(indicator, i, family) for i in ids]
        if drawn := [one for one in found if one.runs and not one.partial][:LINES]:
            return drawn, indicator
    return [], USUAL


def timeline_panels(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return the milestones over the series."""
    atlas = scene.atlas
    series, name = counted(timeline_series(scene, view), view.lang)
    indicator = counted(atlas.comparison.indicator(name, family_of(view)), view.lang)
    chosen = (*view.regions, *view.circle_keys) or (REGION_ID,)
    asked = places_of(scene, view)
    of_asked = bool(series) and series[0].place.id in {place.id for place in asked}
    return [
        milestones(
            atlas.timeline.milestones,
            atlas.timeline.touching(chosen),
            (series, indicator, len(asked) - len(series) if of_asked else 0),
            scene.context(view),
            (screen.theme, screen.sheet),
        )
    ]


def index_panels(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return the indices that others publish of the region."""
    return [regional_index(scene.atlas.regional_index, scene.context(view), screen.theme)]


def section(name: str, *blocks: Panel | Maker, waits: tuple[str, ...] = ()) -> Section:
    """Return a section of the page."""
    return Section(f"compare-{name}", blocks, waits, name in LATER, f"sheet sheet-{name}")


SECTIONS: Final = {
    "places": section("places", places_panels, waits=("scope", "regions", "colour", "family")),
    "system": section(
        "system", system_panels, waits=("scope", "colour", "family", "system", "size")
    ),
    "gap": section(
        "gap", gap_panels, sigma.PANEL, beta.PANEL, waits=("scope", "family", "weighting")
    ),
    "timeline": section(
        "timeline", timeline_panels, waits=("scope", "regions", "colour", "family")
    ),
    "index": section("index", index_panels),
}
"""The parts of the page by the rest of their words `compare.section_<name>`."""


def controls(make: Controls) -> Component:
    """Return the column of controls: what is compared, of what, and how."""
    t = make.t
    return html.Div(
        [
            make.scheme(),
            make.circles(),
            make.regions(),
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
    sections = [
        html.Div(
            [
                html.H2(t(f"compare.section_{name}"), className="section-title"),
                *([system_controls(make, t)] if name == "system" else []),
                *section.frame(scene, view, screen),
            ],
            id=f"section-{name}",
        )
        for name, section in SECTIONS.items()
    ]
    nav = links([(f"section-{name}", t(f"compare.section_{name}")) for name in SECTIONS], t)
    column = html.Section([nav, *sections], className="panels", id="panels")
    return html.Main([side(controls(make), screen, t), column], className="desk desk-wide")


def register(_: Dash, __: Scene) -> None:
    """Connect nothing but the sections."""


PAGE = Page(
    "/compare",
    "compare",
    CONTROLS,
    CHARTS,
    body,
    register,
    indicator=drawn_indicator,
    sections=tuple(SECTIONS.values()),
)
