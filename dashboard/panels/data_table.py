"""The figures as a table: filter, sort, copy; each with status, sources, note, ingredients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html
from dash.fingerprint import build_fingerprint
from dash_ag_grid import AgGrid, __version__

from dashboard.numbers import number
from dashboard.wording import published_unit
from geodata.figures import GAP, flat, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.wording import Context
    from geodata.figures import DataRow, Wanted
    from geodata.records import Indicator

for _script in AgGrid._js_dist:  # noqa: SLF001 - no other way to say that one page alone needs it
    if "async" not in _script:
        _script["dynamic"] = True
SCRIPT: Final = "/_dash-component-suites/dash_ag_grid/" + build_fingerprint(  # type: ignore[no-untyped-call]
    "dash_ag_grid.min.js", __version__, 0
)
"""Where the browser finds the grid when it comes to the page that has one."""
WIDTHS: Final = {
    "place": 150,
    "code": 110,
    "role": 96,
    "year": 84,
    "value": 120,
    "unit": 90,
    "status": 130,
    "sources": 300,
    "note": 300,
    "ingredients": 420,
}
LOCALE: Final = (
    "noRowsToShow",
    "filterOoo",
    "contains",
    "notContains",
    "equals",
    "notEqual",
    "startsWith",
    "endsWith",
    "blank",
    "notBlank",
    "lessThan",
    "greaterThan",
    "inRange",
    "andCondition",
    "orCondition",
)
"""Words of the grid that are not English by themselves."""


def table(
    rows: Sequence[DataRow],
    totals: Sequence[DataRow],
    wanted: Wanted,
    indicator: Indicator,
    context: Context,
) -> Component:
    """Return the grid; `totals` (circles, the whole) stand above the rows and are never sorted."""
    t = context.t
    columns: list[dict[str, Any]] = [
        {
            "field": name,
            "headerName": t(f"data.head_{name}"),
            "width": width,
            "type": "rightAligned" if name == "value" else None,
            "filter": "agNumberColumnFilter" if name == "value" else "agTextColumnFilter",
            "pinned": "left" if name == "place" else None,
            "cellRenderer": "place" if name == "place" else None,
            "tooltipField": name if width > WIDTHS["place"] else None,
        }
        for name, width in WIDTHS.items()
        if name != "role" or wanted.circles
    ]
    for column in columns:
        if column["field"] == "value":
            written = f"d3.format(',.{indicator.decimals}f')(params.value)"
            column["valueFormatter"] = {"function": f"params.value == null ? '–' : {written}"}
    made: Component = AgGrid(
        id="grid",
        rowData=[record(row, wanted, context) for row in rows],
        columnDefs=[{k: v for k, v in column.items() if v is not None} for column in columns],
        defaultColDef={"sortable": True, "resizable": True, "floatingFilter": True},
        dashGridOptions={
            "pinnedTopRowData": [record(row, wanted, context) for row in totals],
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
            # A figure is asked after by the place and the year that stand in its row.
            "suppressColumnVirtualisation": True,
            # Tab leaves the cells, the arrows walk them: 1,800 of them would hold a reader fast.
            "tabToNextCell": {"function": "false"},
            "localeText": {word: t(f"data.grid_{word.lower()}") for word in LOCALE},
            "suppressFieldDotNotation": True,
            "tooltipShowDelay": 300,
            "rowHeight": 30,
            "headerHeight": 34,
            "floatingFiltersHeight": 34,
        },
        style={"height": "540px"},
        className="grid",
    )
    return made


def record(row: DataRow, wanted: Wanted, context: Context) -> dict[str, Any]:
    """Return the cells of a row in the reader's language."""
    lang = context.lang
    value = row.value
    status = context.t("data.missing") if row.status == GAP else row.status
    titles = [context.source(s).title for s in value.source_ids]
    return {
        "place": row.place.label[lang],
        "code": row.place.id,
        "role": context.word("role", row.role) if row.role else "",
        "year": value.year,
        "value": plain(value.value),
        "unit": published_unit(value.unit, context),
        "status": context.word("status", status) if value.value is not None and status else status,
        "sources": context.t("data.semicolon").join(titles),
        "note": context.t("data.semicolon").join(row.note_zh if lang == "zh" else row.note_en),
        "ingredients": flat(row, wanted)["ingredients"],
    }


def counted(rows: Sequence[DataRow], context: Context) -> Component:
    """Say how many places have a figure."""
    there = sum(row.value.value is not None for row in rows)
    words = context.t("data.counted", n=number(there), of=number(len(rows)))
    return html.P(words, className="data-counted")
