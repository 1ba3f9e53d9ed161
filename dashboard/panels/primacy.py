"""Two- and four-city primacy of every scope over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.numbers import NO_DATA, number
from dashboard.panels.components import Footnotes, panel
from dashboard.panels.method import note
from dashboard.wording import Context, named_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from geodata.records import Indicator, Value
    from geodata.studies.hierarchy import Primacy


def primacy_table(rows: Sequence[Primacy], indicator: Indicator, context: Context) -> Component:
    """Show two- and four-city primacy for every scope over its telling years."""
    t, lang = context.t, context.lang
    feet = Footnotes(context)
    keys = ("scope", "year", "first", "two", "four", "share")
    head = [
        html.Th(t(f"compare.primacy_{key}"), scope="col", className="num" if place > 2 else "")  # noqa: PLR2004
        for place, key in enumerate(keys)
    ]
    body: list[Any] = []
    before = ""
    for row in rows:
        name = "" if row.scope.id == before else row.scope.name[lang]
        before = row.scope.id
        body.append(_primacy_row(row, name, context, feet))
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="primacy")
    return panel(
        "primacy",
        t("compare.primacy"),
        [
            html.P(
                t("compare.primacy_lead", name=named_unit(indicator, context)),
                className="panel-lead",
            ),
            html.Div(table, className="scroll-x", tabIndex=0),
            *feet.close(),
            note("compare", "primacy", t, table="primacy"),
        ],
    )


def _primacy_row(row: Primacy, name: str, context: Context, feet: Footnotes) -> Component:
    lang = context.lang
    scope = html.Th(name, scope="row")
    if row.first is None or row.second is None or row.two is None:
        said = html.Td(row.reason[lang], colSpan=5, className="lacking")
        return html.Tr([scope, said])
    pair = context.t(
        "compare.primacy_pair", first=row.first.label[lang], second=row.second.label[lang]
    )
    ids = row.share.source_ids if row.share else ()
    return html.Tr(
        [
            scope,
            html.Td(row.year),
            html.Td([pair, *feet.mark(ids)]),
            *(
                html.Td(_written(value, places), className="num")
                for value, places in ((row.two, 2), (row.four, 2), (row.share, 1))
            ),
        ]
    )


def _written(value: Value | None, places: int) -> str:
    if value is None:
        return NO_DATA
    written = number(value.value, places)
    return f"{written}%" if value.unit == "%" else written
