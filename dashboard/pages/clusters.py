"""The Clusters page: who specialises in an industry, how sure that is, how it changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, dcc, html

from dashboard.attributes import aria
from dashboard.charts import clusters_map
from dashboard.charts.sizes import Group
from dashboard.map.figure import circle_colour
from dashboard.pages.address import ADDRESS, SCREEN, part, view_of
from dashboard.pages.controls import PLAIN, Controls
from dashboard.pages.frame import side
from dashboard.pages.map_column import map_column
from dashboard.pages.page import Drawn, Page
from dashboard.pages.screen import read
from dashboard.palette import INK
from dashboard.panels import changes, method, sizes, specialists
from dashboard.panels.beijing import beijing as beijing_panel
from dashboard.panels.changes import changes as changes_panel
from dashboard.panels.industry_sites import industry_sites
from dashboard.panels.scope import Scope
from dashboard.panels.shift import shift as shift_panel
from dashboard.panels.sizes import sizes as sizes_panel
from dashboard.panels.specialists import specialists as specialists_panel
from dashboard.panels.spread import spread as spread_panel
from dashboard.panels.standing import standing as standing_panel
from dashboard.panels.strength import strength as strength_panel
from dashboard.still import still
from dashboard.text import text
from dashboard.view import CHOICES
from geodata.ids import BEIJING, NATION
from geodata.records import REGION_ID
from geodata.studies.beijing import CENSUS
from geodata.studies.industries import SECTOR_OF, sector_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component

    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Level, Place
    from geodata.studies.specialisation import Standing

CONTROLS = (
    "industry",
    "paint",
    "weights",
    "census",
    "benchmark",
    "scheme",
    "circles",
    "level",
    "regions",
)
CHARTS = ("map", specialists.CHART, sizes.CHART, changes.CHART)
OF_SELECTION = ("standing", "specialists", "sizes", "changes", "strength")
OF_INDUSTRY = ("spread", "sites")
SECTIONS = (*OF_SELECTION, "spread", "shift", "sites", "beijing")


def scope(scene: Scene, view: View) -> Scope:
    """Return what the panels speak of: the full members of the chosen circles, or all places."""
    atlas = scene.atlas
    places: dict[str, Place] = {}
    for key in view.circle_keys or (None,):
        places |= {place.id: place for place in atlas.regions(view.level, key)}
    order = [place.id for place in atlas.regions(view.level)]
    return Scope(
        industry=view.industry,
        sector=sector_of(view.industry),
        year=view.census,
        benchmark=view.benchmark,
        level=view.level,
        places=[places[code] for code in order if code in places],
        circles=[atlas.circle(key) for key in view.circle_keys],
        selected=view.regions,
    )


def groups(scene: Scene, view: View, screen: Screen) -> list[Group]:
    """Return the circles of the scheme with their colours, and the places that are in none."""
    atlas = scene.atlas
    t = text(view.lang)
    seen: set[str] = set()
    found = []
    for number, circle in enumerate(atlas.circles(view.scheme)):
        own = {p.id for p in atlas.regions(view.level, circle.key)} - seen
        seen |= own
        name = circle.name[view.lang]
        found.append(Group(name, circle_colour(number), frozenset(own)))
    codes = {p.id for p in atlas.regions(view.level)} | set(view.regions)
    grey = INK[screen.theme].muted
    return [*found, Group(t("clusters.no_circle"), grey, frozenset(codes - seen))]


def quotient(_: Scene, view: View) -> tuple[str, Level]:
    """Return the location quotient of the industry, at the level of the map."""
    return f"lq_{view.industry}", view.level


def explore(view: View) -> Callable[[str], str]:
    """Return what gives the address of a place on the Explore page, coloured by the industry."""

    def address(place: str) -> str:
        shown = {"indicator": f"lq_{view.industry}", "year": view.census}
        if "/" in place:
            scheme, _, circle = place.partition("/")
            return "/" + view.query(scheme=scheme, circle=(circle,), regions=(), **shown)
        return "/" + view.query(regions=() if place == REGION_ID else (place,), **shown)

    return address


def others(scene: Scene, asked: Scope) -> tuple[Standing, ...]:
    """Return the standing of selected places that are not among those compared."""
    compared = set(asked.codes)
    return each(scene, asked, [code for code in asked.selected if code not in compared])


def each(scene: Scene, asked: Scope, codes: Sequence[str]) -> tuple[Standing, ...]:
    """Return the standing of places one by one, so that what is kept does not grow with choices."""
    study = scene.atlas.specialisation
    return tuple(study.standings(asked.industry, (code,), asked.benchmark)[0] for code in codes)


def selection_panels(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return the panels in the order of `OF_SELECTION`."""
    asked = scope(scene, view)
    spoken = scene.context(view)
    about = (spoken, screen.theme, screen.panel)
    study = scene.atlas.specialisation
    standings = study.standings(asked.industry, asked.codes, asked.benchmark)
    more = others(scene, asked)
    strengths = study.strengths(asked.industry, asked.codes, asked.year, asked.benchmark)
    fill = scene.fill(clusters_map.mapped(view, "lq"))
    colours = {
        code: fill.colours[fill.classes.of(v.value)]
        for code, v in zip(fill.column.codes, fill.column.values, strict=True)
        if v.value is not None
    }
    return [
        standing_of(scene, view, asked),
        specialists_panel(asked, standings, more, colours, about),
        sizes_panel(asked, (*standings, *more), groups(scene, view, screen), about),
        changes_panel(asked, standings, more, about),
        strength_panel(asked, strengths, spoken, explore(view)),
    ]


def standing_of(scene: Scene, view: View, asked: Scope) -> Component:
    """Return the panel of the selected places, or of the circles, or of the whole."""
    subjects = scene.subjects(view)
    # Against itself the whole region has a quotient of 1 everywhere: the nation says more.
    itself = asked.benchmark == REGION_ID == subjects[0].id
    told = replace(asked, benchmark=NATION) if itself else asked
    codes = [place.id for place in subjects]
    found = each(scene, told, codes)
    structures = [scene.atlas.concentration.structures(code, told.benchmark) for code in codes]
    rows = list(zip(found, structures, strict=True))
    return standing_panel(told, rows, scene.context(view), explore(view))


def industry_panels(scene: Scene, view: View) -> list[Component]:
    """Return the panels in the order of `OF_INDUSTRY`."""
    asked = scope(scene, view)
    spoken = scene.context(view)
    records = clusters_map.records(scene, view)
    unmatched = scene.atlas.industry_sites.unmatched
    return [
        spread_panel(asked, scene.atlas.concentration.spreads(asked.industry, asked.codes), spoken),
        industry_sites(asked, records, unmatched, spoken),
    ]


def shift_of(scene: Scene, view: View, screen: Screen) -> Component:
    """Return the shift–share of the selected places, or of the circles, or of the whole."""
    found = [scene.atlas.shifts.of(place.id) for place in scene.subjects(view)]
    return shift_panel(found, (scene.context(view), screen.theme, screen.panel))


def beijing_of(scene: Scene, view: View, screen: Screen) -> Component:
    """Return Beijing's industries in 2023, the chosen one marked."""
    atlas = scene.atlas
    sources = atlas.industry(BEIJING, CENSUS, NATION).total.source_ids
    about = (scene.context(view), screen.theme, screen.panel)
    return beijing_panel(atlas.beijing, sector_of(view.industry), sources, about)


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
            make.scheme(),
            make.circles(),
            make.level(),
            make.regions(),
            make.add_mode(),
        ],
        className="controls",
    )
    return html.Main(
        [
            side(controls, screen, t),
            map_column(scene, view, screen, DRAWN, [method.note("clusters", "map", t)]),
            panel_column(scene, view, screen),
        ],
        className="desk",
    )


def panel_column(scene: Scene, view: View, screen: Screen) -> Component:
    """Return the panels below a row of links to them."""
    t = text(view.lang)
    contents: dict[str, Component | list[Component]] = {}
    contents |= dict(zip(OF_SELECTION, selection_panels(scene, view, screen), strict=True))
    contents |= dict(zip(OF_INDUSTRY, industry_panels(scene, view), strict=True))
    contents["shift"] = shift_of(scene, view, screen)
    # Asked for by a store that comes with the page, which so keeps within its budget.
    contents["beijing"] = []
    links = [html.A(t(f"clusters.nav_{s}"), href=f"#section-{s}") for s in SECTIONS]
    return html.Section(
        [
            html.Nav(links, className="panel-nav", **aria(label=t("shell.panels"))),
            dcc.Store(id="beijing-later"),
            *(
                html.Div(html.Div(contents[s], id=f"{s}-panel"), id=f"section-{s}")
                for s in SECTIONS
            ),
        ],
        className="panels",
        id="panels",
    )


def register(app: Dash, scene: Scene) -> None:
    """Connect the panels."""

    @app.callback(
        [Output(f"{name}-panel", "children") for name in OF_SELECTION],
        part("scope", "level", "regions", "benchmark", "census", "industry"),
        Input("theme", "data"),
        ADDRESS,
        SCREEN,
        prevent_initial_call=True,
    )
    def show_selection(*arguments: Any) -> list[Component]:  # noqa: ANN401 - parts, theme …
        theme, search, screen = arguments[-3:]
        panels = selection_panels(scene, view_of(scene, search), read(screen, theme))
        return [still(panel) for panel in panels]

    @app.callback(
        [Output(f"{name}-panel", "children") for name in OF_INDUSTRY],
        part("scope", "level", "industry"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def show_industry(*arguments: Any) -> list[Component]:  # noqa: ANN401 - parts, then address
        return [still(panel) for panel in industry_panels(scene, view_of(scene, arguments[-1]))]

    @app.callback(
        Output("shift-panel", "children"),
        part("scope", "regions"),
        Input("theme", "data"),
        ADDRESS,
        SCREEN,
        prevent_initial_call=True,
    )
    def show_shift(*arguments: Any) -> Component:  # noqa: ANN401 - parts, theme, address, screen
        theme, search, screen = arguments[-3:]
        return still(shift_of(scene, view_of(scene, search), read(screen, theme)))

    @app.callback(
        Output("beijing-panel", "children"),
        part("industry"),
        Input("beijing-later", "data"),
        Input("theme", "data"),
        ADDRESS,
        SCREEN,
        prevent_initial_call=False,
    )
    def show_beijing(*arguments: Any) -> Component:  # noqa: ANN401 - part, theme, address, screen
        theme, search, screen = arguments[-3:]
        return still(beijing_of(scene, view_of(scene, search), read(screen, theme)))


DRAWN = Drawn(clusters_map.PANEL, clusters_map.colours)
PAGE = Page("/clusters", "clusters", CONTROLS, CHARTS, body, register, DRAWN, quotient)
