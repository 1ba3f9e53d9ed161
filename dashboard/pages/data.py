"""The Data page: figures as a table, what is covered, who published it, what is known faulty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.charts import coverage
from dashboard.data.describe import ROOM
from dashboard.data.wanted import FORMATS
from dashboard.pages.address import ADDRESS, part, view_of
from dashboard.pages.controls import Controls
from dashboard.pages.frame import side
from dashboard.pages.page import Page, chosen
from dashboard.pages.sections import Section, column, folded
from dashboard.panels import data_table
from dashboard.panels.components import own_band
from dashboard.panels.methods import break_table
from dashboard.panels.news import news_list
from dashboard.panels.sources import source_table
from dashboard.text import text
from dashboard.web.root import rooted
from geodata.figures import Wanted, depends_on_benchmark, rows_of
from geodata.ids import OWN, OWN_ID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.figures import Reach

CONTROLS: Final = (
    "scheme",
    "rule",
    "circles",
    "level",
    "indicator",
    "definition",
    "year",
    "year-shown",
    "benchmark",
)
COVERAGE: Final = Section("data-coverage", (coverage.PANEL,), class_name="data-coverage")
SECTIONS: Final = ("table", "coverage", "sources", "faults", "news")
FOLDED: Final = frozenset({"sources", "faults", "news"})


def wanted_of(view: View) -> Wanted:
    """Return the table that a view asks for."""
    return Wanted(
        indicator=view.indicator,
        levels=(view.level,),
        years=(view.year,),
        scheme=view.scheme,
        circles=view.circle,
        benchmark=view.benchmark,
    )


def table_of(scene: Scene, view: View) -> list[Component]:
    """Return the grid with what stands above it."""
    spoken, wanted = scene.context(view), wanted_of(view)
    indicator = scene.atlas.indicators[view.indicator]
    rows = rows_of(wanted, scene.atlas)
    reaches: tuple[Reach, ...] = ("circle", "region") if view.circle else ("region",)
    totals = rows_of(replace(wanted, levels=reaches), scene.atlas)
    t, own = spoken.t, view.indicator.startswith(OWN_ID)
    return [
        *own_band(spoken.word(OWN, "band") if own else ""),
        html.Div(
            [
                data_table.counted(rows, spoken),
                html.Span(
                    [
                        t("data.copy"),
                        dcc.Clipboard(id="copy", title=t("data.copy")),
                    ],
                    className="copy",
                ),
                *downloads(view, t),
            ],
            className="data-tools",
        ),
        data_table.table(rows, totals, wanted, indicator, spoken),
    ]


def downloads(view: View, t: Text) -> list[Component]:
    """Return links to the stable addresses of what the table shows."""
    query = {"level": view.level, "year": view.year}
    if view.circle:
        query |= {"scheme": view.scheme, "circle": ",".join(view.circle)}
    if depends_on_benchmark(view.indicator):
        query["benchmark"] = view.benchmark
    address = rooted(f"{ROOM}{view.indicator}")
    files = [
        html.A(kind.upper(), href=f"{address}.{kind}?{urlencode(query, safe=',')}", target="_blank")
        for kind in FORMATS
    ]
    about = html.A(t("data.metadata"), href=f"{address}.metadata.json", target="_blank")
    return [html.Span([*files, about], className="downloads")]


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return all below the header; the grid follows when its script is there."""
    make, t, atlas = Controls(scene, view), text(view.lang), scene.atlas
    sources = [scene.publication(id_, view.lang) for id_ in atlas.source_ids()]
    inner: dict[str, list[Any]] = {
        "table": [_held("table", dmc.Loader(size="sm"))],
        "coverage": COVERAGE.frame(scene, view, screen),
        "sources": [_held("sources", source_table(sources, atlas.provenance.resting, t))],
        "faults": [
            _held(
                "faults",
                [
                    html.P(t("data.faults")),
                    break_table(atlas.indicators, atlas.breaks, t),
                    _incomparable(scene, view),
                ],
            )
        ],
        "news": [_held("news", news_list(atlas.news, _views(scene, view), scene.context(view)))],
    }
    sections = [_section(name, inner[name], screen, t) for name in SECTIONS]
    script = rooted(data_table.SCRIPT)
    stores = (dcc.Store(id="grid-script", data=script), dcc.Store(id="grid-ready"))
    panels = column({name: t(f"data.section_{name}") for name in SECTIONS}, (*stores, *sections), t)
    return html.Main([side(_controls(make), t), panels], className="desk desk-wide")


def _section(name: str, inside: Sequence[Component], screen: Screen, t: Text) -> Component:
    """Return a part of the page; on a narrow screen what is looked up is folded."""
    words, anchor = t(f"data.section_{name}"), f"section-{name}"
    if screen.narrow and name in FOLDED:
        return folded(inside, anchor, words, screen)
    return html.Section([html.H2(words, className="section-title"), *inside], id=anchor)


def _views(scene: Scene, view: View) -> dict[str, tuple[str, str]]:
    """Return of each indicator of the news its name and the address of its map."""
    found = {name for change in scene.atlas.news for name in change.indicators}
    home = rooted("/")
    return {
        name: (
            scene.atlas.indicators[name].name[view.lang],
            f"{home}?{urlencode({'indicator': name, 'lang': view.lang})}",
        )
        for name in found
    }


def _held(name: str, inside: Any) -> Component:  # noqa: ANN401 - what a Dash component holds
    return html.Div(inside, id=f"data-{name}", className=f"data-{name}")


def _incomparable(scene: Scene, view: View) -> Component:
    """List the regions whose two censuses cannot be compared, folded, each with the reason."""
    t, atlas = text(view.lang), scene.atlas
    found = atlas.provenance.incomparable
    rows = [
        html.Tr(
            [
                html.Td(atlas.place(code).label[t.lang]),
                html.Td(t("data.semicolon").join(atlas.note(r, t.lang) for r in reasons)),
            ]
        )
        for code, reasons in found.items()
    ]
    return html.Details(
        [
            html.Summary(t("data.incomparable", n=len(found))),
            html.Table(html.Tbody(rows), className="data-incomparable"),
        ]
    )


def _controls(make: Controls) -> Component:
    return html.Div(
        [
            *make.scheme(),
            make.circles(),
            make.level(),
            *make.indicator(),
            make.year(),
            make.benchmark(),
        ],
        className="controls",
    )


def register(app: Dash, scene: Scene) -> None:
    """Connect grid and matrix to the address; the grid waits for its script."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("grid", "load"),
        Output("grid-ready", "data"),
        Input("grid-script", "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("grid", "copied"),
        Output("copy", "content"),
        Input("grid", "virtualRowData"),
        State("grid", "columnDefs"),
        State("grid", "dashGridOptions"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output("data-table", "children"),
        inputs={
            "ready": Input("grid-ready", "data"),
            "_parts": part("scope", "level", "colour", "benchmark"),
        },
        state={"search": ADDRESS},
        prevent_initial_call=True,
    )
    def show_table(ready: Any, _parts: Any, search: Any) -> Any:  # noqa: ANN401 - from the browser
        return table_of(scene, view_of(scene, search)) if ready is True else no_update


PAGE = Page(
    "/data",
    "data",
    CONTROLS,
    body,
    indicator=chosen,
    sections=(COVERAGE,),
    register=register,
)
