"""Chosen places side by side: small multiples, key figures, indices of the region."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.indices import colour_of, indices_chart
from dashboard.charts.multiples import drawn_name, multiples_chart
from dashboard.numbers import NO_DATA, number
from dashboard.panels.graph import graph
from dashboard.panels.method import note
from dashboard.panels.origin import asking
from dashboard.panels.parts import Footnotes, panel, place_link, status_key, status_mark
from dashboard.panels.subtotal import subtotal_line
from dashboard.wording import Context, listing, spans, unit_text, year_text
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.records import Break, Indicator, Place, Value
    from geodata.studies.comparison import Index, Row, Series


def named_unit(indicator: Indicator, context: Context) -> str:
    """Write the name of an indicator with its unit."""
    name = indicator.name[context.lang]
    unit = unit_text(indicator.unit, context)
    return context.t("panel.name_unit", name=name, unit=unit) if unit else name


def multiples(
    series: Sequence[Series],
    indicator: Indicator,
    remarks: Sequence[str],
    context: Context,
    look: tuple[Theme, bool],
) -> Component:
    """Show one indicator of all places on one scale; places without a series are named.

    `look` is the theme and whether all stands in one column; `remarks` are sentences above.
    """
    t = context.t
    theme, narrow = look
    feet = Footnotes(context)
    shown = [one for one in series if one.runs]
    values = [v for one in shown for v in one.points if v.value is not None]
    title = t("compare.multiples")
    said = t("compare.multiples_lead", name=named_unit(indicator, context))
    lead = html.P([said, *feet.mark(_sources(values), ())], className="panel-lead")
    chart: list[Component] = [html.P(t("compare.multiples_none"), className="panel-empty")]
    if shown:
        figure = multiples_chart(shown, indicator, t, theme, narrow=narrow)
        names = listing((drawn_name(one, t) for one in shown), t)
        chart = graph("multiples-chart", figure, (title, f"{said} {names}"), t)
    return panel(
        "multiples",
        title,
        [
            lead,
            *(html.P(words, className="panel-say") for words in remarks),
            *chart,
            *_breaks(shown, context),
            *_left_out(series, context),
            *status_key(values, context),
            *feet.close(),
            note("compare", "multiples", t),
        ],
    )


def _sources(values: Sequence[Value]) -> list[str]:
    return list(dict.fromkeys(i for v in values for i in v.source_ids))


def _breaks(series: Sequence[Series], context: Context) -> list[Any]:
    """Say why each dotted line stands where it does."""
    lines = break_lines((b for one in series for b in one.breaks), context)
    return [html.Ul(lines, className="panel-reading")] if lines else []


def break_lines(breaks: Iterable[Break], context: Context) -> list[html.Li]:
    """Return a line for each year of breaks, with each of its reasons once."""
    t = context.t
    reasons: dict[str, dict[str, None]] = {}
    for b in breaks:
        reasons.setdefault(b.year, {})[b.reason[context.lang]] = None
    return [
        html.Li(t("compare.break", year=year, reason=t("compare.semicolon").join(found)))
        for year, found in sorted(reasons.items())
    ]


def _left_out(series: Sequence[Series], context: Context) -> list[Any]:
    """Name the places that are not drawn, and the parts that circles leave out."""
    lang, t = context.lang, context.t
    lines = [one.reason[lang] for one in series if one.reason[lang]]
    lines += [
        t(
            "compare.partial",
            place=one.place.label[lang],
            parts=listing((p.label[lang] for p in one.partial), t),
        )
        for one in series
        if one.partial
    ]
    lines += [
        t(
            "compare.outside",
            place=one.place.label[lang],
            years=listing(spans([int(year) for year in years], str), t),
            parts=listing((p.label[lang] for p in parts), t),
        )
        for one in series
        if not one.partial
        for years, parts in one.outside
    ]
    lines += [
        t(
            "compare.in_part",
            place=one.place.label[lang],
            parts=listing((p.label[lang] for p in one.in_part), t),
        )
        for one in series
        if one.in_part
    ]
    return [html.P(line, className="panel-remark") for line in dict.fromkeys(lines)]


def key_table(rows: Sequence[Row], places: Sequence[Place], context: Context) -> Component:
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
            note("compare", "keys", t),
        ],
    )


def _row(row: Row, places: Sequence[Place], context: Context, feet: Footnotes) -> Component:
    """Write a row: what holds for all its figures stands once, beside its name."""
    found = [v for v in row.cells if v.value is not None]
    shared = frozenset[str].intersection(*(frozenset(v.note) for v in found)) if found else ()
    status = found[0].status if len({v.status for v in found}) == 1 else None
    about = [year_text(row.year, context.t), unit_text(row.indicator.unit, context)]
    name = html.Th(
        [
            row.indicator.name[context.lang],
            *feet.mark(_sources(found), [n for n in found[0].note if n in shared] if found else ()),
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


def indices(
    found: Sequence[Index], places: Sequence[Place], context: Context, look: tuple[Theme, int]
) -> Component:
    """Show shares and rates against the region; `look` is the theme and the least width."""
    t = context.t
    feet = Footnotes(context)
    title = t("compare.indices")
    shown = [one for one in found if any(cell is not None for cell in one.cells)]
    if not shown:
        empty = html.P(t("compare.indices_none"), className="panel-empty")
        return panel("indices", title, [empty, note("compare", "indices", t)])
    values = [v for one in shown for v in (one.whole, *one.values) if v.value is not None]
    key = [
        html.Li(
            [
                html.I(str(place + 1), style={"background": colour_of(place)}),
                one.label[context.lang],
            ]
        )
        for place, one in enumerate(places)
    ]
    said = listing(
        (
            t("compare.year_of", name=one.indicator.name[context.lang], year=one.year)
            for one in shown
        ),
        t,
    )
    years = t("compare.indices_years", years=said)
    figure = indices_chart(shown, places, t, *look)
    return panel(
        "indices",
        title,
        [
            html.P(
                [t("compare.indices_lead"), *feet.mark(_sources(values))], className="panel-lead"
            ),
            html.Ul(key, className="numbered"),
            *graph("indices-chart", figure, (title, years), t),
            html.P(years, className="panel-remark"),
            *feet.close(),
            note("compare", "indices", t),
        ],
    )
