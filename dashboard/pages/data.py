"""The Data page: figures as a table, what is covered, who published it, what is known faulty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.attributes import aria
from dashboard.charts.coverage import coverage_chart
from dashboard.data.describe import ROOM
from dashboard.data.wanted import FORMATS
from dashboard.pages.address import ADDRESS, SCREEN, part, view_of
from dashboard.pages.controls import Controls
from dashboard.pages.frame import side
from dashboard.pages.page import Page, chosen
from dashboard.pages.screen import read
from dashboard.panels import data_table, method
from dashboard.panels.graph import plotted, told
from dashboard.panels.methods import break_table
from dashboard.panels.sources import source_table
from dashboard.still import still
from dashboard.text import text
from geodata.figures import Wanted, depends_on_benchmark, rows_of

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.figures import Reach

CONTROLS: Final = (
    "scheme",
    "circles",
    "level",
    "indicator",
    "definition",
    "year",
    "year-shown",
    "benchmark",
)
SECTIONS: Final = ("table", "coverage", "sources", "faults")
USUAL_PANEL, WIDE, MEDIUM = 500, 1180, 1000
"""Pixels of a usual panel, and of the sheet on a wide and on a medium screen."""


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
    t = spoken.t
    return [
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
    address = f"{ROOM}{view.indicator}"
    links = [
        html.A(kind.upper(), href=f"{address}.{kind}?{urlencode(query, safe=',')}", target="_blank")
        for kind in FORMATS
    ]
    about = html.A(t("data.metadata"), href=f"{address}.metadata.json", target="_blank")
    return [html.Span([*links, about], className="downloads")]


def coverage_of(scene: Scene, view: View, screen: Screen) -> list[Component]:
    """Return the coverage matrix of the theme of the indicator, and the same as a table."""
    t, atlas = text(view.lang), scene.atlas
    theme = atlas.indicators[view.indicator].theme
    frame = atlas.coverage()
    found = frame[frame["level"] == view.level]
    cells = {
        (str(row.indicator), str(row.year)): (int(str(row.present)), int(str(row.total)))
        for row in found.itertuples(index=False)
        if atlas.indicators[str(row.indicator)].theme == theme
    }
    names = {i: atlas.indicators[i].name[t.lang] for i, _ in cells}
    years = sorted({year for _, year in cells})
    whole = WIDE if screen.panel > USUAL_PANEL else MEDIUM
    look = (t, screen.theme, screen.panel if screen.narrow else whole)
    title = t("data.coverage_title", theme=dict(atlas.themes)[theme][t.lang])
    drawn = plotted("coverage-chart", coverage_chart(names, years, cells, look))
    said = f"{sum(n for n, _ in cells.values())}/{sum(of for _, of in cells.values())}"
    return [
        html.P(title, className="panel-lead"),
        html.Div(drawn, className="chart", role="img", **told((title, said), t)),
        html.Details(
            [html.Summary(t("shell.as_table")), _coverage_table(names, years, cells)],
            className="twin",
        ),
        method.note("data", "coverage", t),
    ]


def _coverage_table(
    names: dict[str, str], years: list[str], cells: dict[tuple[str, str], tuple[int, int]]
) -> Component:
    rows = [
        html.Tr([html.Th(name), *(html.Td(_n_of(cells.get((i, year)))) for year in years)])
        for i, name in names.items()
    ]
    head = html.Tr([html.Td(), *(html.Th(year) for year in years)])
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="data-coverage")
    return html.Div(table, className="scrolled", tabIndex=0)


def _n_of(cell: tuple[int, int] | None) -> str:
    return f"{cell[0]}/{cell[1]}" if cell else "–"


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return all below the header; the grid follows when its script is there."""
    make, t, atlas = Controls(scene, view), text(view.lang), scene.atlas
    sources = [scene.publication(id_, view.lang) for id_ in atlas.source_ids()]
    inner = {
        "table": dmc.Loader(size="sm"),
        "coverage": coverage_of(scene, view, screen),
        "sources": source_table(sources, atlas.provenance.resting, t),
        "faults": [
            html.P(t("data.faults")),
            break_table(atlas.indicators, atlas.breaks, t),
            _incomparable(scene, view),
        ],
    }
    sections = [
        html.Section(
            [
                html.H2(t(f"data.section_{name}"), className="section-title"),
                html.Div(inner[name], id=f"data-{name}", className=f"data-{name}"),
            ],
            id=f"section-{name}",
        )
        for name in SECTIONS
    ]
    links = [html.A(t(f"data.section_{name}"), href=f"#section-{name}") for name in SECTIONS]
    column = html.Section(
        [
            dcc.Store(id="grid-script", data=data_table.SCRIPT),
            dcc.Store(id="grid-ready"),
            html.Nav(links, className="panel-nav", **aria(label=t("shell.panels"))),
            *sections,
        ],
        className="panels",
        id="panels",
    )
    return html.Main([side(_controls(make), screen, t), column], className="desk desk-wide")


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
            make.scheme(),
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
        Input("grid-ready", "data"),
        part("scope", "level", "colour", "benchmark"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def show_table(ready: Any, *arguments: Any) -> Any:  # noqa: ANN401 - parts, then the address
        return table_of(scene, view_of(scene, arguments[-1])) if ready is True else no_update

    @app.callback(
        Output("data-coverage", "children"),
        part("level", "colour"),
        Input("theme", "data"),
        ADDRESS,
        SCREEN,
        prevent_initial_call=True,
    )
    def show_coverage(*arguments: Any) -> list[Component]:  # noqa: ANN401 - parts, theme, address
        theme, search, screen = arguments[-3:]
        shown = coverage_of(scene, view_of(scene, search), read(screen, theme))
        return [still(one) for one in shown]


PAGE = Page("/data", "data", CONTROLS, (), body, register, None, chosen)
