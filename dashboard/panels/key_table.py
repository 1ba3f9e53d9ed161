"""Key figures of chosen places: a row for each, all of one year; a column for each place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.numbers import NO_DATA, number
from dashboard.panels.components import Footnotes, panel, place_link, status_key, status_mark
from dashboard.panels.method import note
from dashboard.panels.origin import asking
from dashboard.panels.subtotal import subtotal_line
from dashboard.wording import Context, unit_text, year_text
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from geodata.records import Place, Value
    from geodata.studies.comparison import ComparedRow

FEW: Final = 4
"""Up to so many places leave room for the indices beside their table."""


def key_table(rows: Sequence[ComparedRow], places: Sequence[Place], context: Context) -> Component:
    """Show key figures: a row for each, all of one year; a column for each place."""
    t = context.t
    feet = Footnotes(context)
    head = [html.Th(t("panel.figure"), scope="col")]
    head += [html.Th(place_link(p, context), scope="col", className="num") for p in places]
    body = [_row(row, places, context, feet) for row in rows]
    table = html.Table(
        [html.Thead(html.Tr(head)), html.Tbody(body)], className="figures beside key-table"
    )
    values = [v for row in rows for v in row.cells]
    return panel(
        "keys",
        t("compare.keys"),
        [
            html.P(t("compare.keys_lead"), className="panel-lead"),
            html.Div(table, className="scroll-x", tabIndex=0),
            *status_key(values, context),
            *feet.close(),
            note("compare", "keys", t, table="keys"),
        ],
        "few" if len(places) <= FEW else "",
    )


def _row(row: ComparedRow, places: Sequence[Place], context: Context, feet: Footnotes) -> Component:
    """Write a row: what holds for all its figures stands once, beside its name."""
    found = [v for v in row.cells if v.value is not None]
    shared = frozenset[str].intersection(*(frozenset(v.note) for v in found)) if found else ()
    status = found[0].status if len({v.status for v in found}) == 1 else None
    about = [year_text(row.year, context.t), unit_text(row.indicator.unit, context)]
    name = html.Th(
        [
            row.indicator.name[context.lang],
            *feet.mark(
                dict.fromkeys(i for v in found for i in v.source_ids),
                [n for n in found[0].note if n in shared] if found else (),
            ),
            html.Small(
                [
                    " · ".join(word for word in about if word),
                    *(status_mark(found[0], context) if status else ()),
                ]
            ),
        ],
        scope="row",
    )
    cells = [
        replace(
            v, note=tuple(n for n in v.note if n not in shared), status=None if status else v.status
        )
        for v in row.cells
    ]
    ids = [
        FigureId(row.indicator.id, place.id, row.year) if known else None
        for place, known in zip(places, row.catalogued, strict=True)
    ]
    written = [number(v.value, row.indicator.decimals) for v in cells]
    subtotals = [
        [subtotal_line(one, row.indicator.decimals, context)] if one else []
        for one in row.subtotals
    ]
    cells = [
        replace(cell, source_ids=one.value.source_ids, note=(*cell.note, *one.value.note))
        if one
        else cell
        for cell, one in zip(cells, row.subtotals, strict=True)
    ]
    rows = zip(cells, written, ids, subtotals, strict=True)
    return html.Tr([name, *(_cell(*cell, context, feet) for cell in rows)])


def _cell(  # noqa: PLR0913, PLR0917 - a cell of a row and what it is written with
    value: Value,
    written: str,
    figure: FigureId | None,
    subtotal: Sequence[Component],
    context: Context,
    feet: Footnotes,
) -> Component:
    """Write a figure; one of the catalogue can be asked where it comes from."""
    if value.value is None:
        empty = html.Span(NO_DATA, className="none", title=context.t("panel.no_data"))
        marks = feet.mark(value.source_ids, value.note)
        return html.Td([empty, *marks, *subtotal], className="num")
    shown = asking(written, figure, context.t) if figure else written
    return html.Td(
        [shown, *feet.mark((), value.note), *status_mark(value, context)], className="num"
    )
