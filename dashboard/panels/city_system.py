"""The city system: rank–size with its steps, size classes, and primacy over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.rank_size import rank_size_chart
from dashboard.numbers import NO_DATA, number
from dashboard.panels.compare_places import named_unit
from dashboard.panels.graph import graph
from dashboard.panels.method import note
from dashboard.panels.parts import Footnotes, panel
from dashboard.units import FINER
from dashboard.wording import Context, year_text
from geodata.measures.hierarchy import NOTABLE, upper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.records import Indicator, Value
    from geodata.studies.hierarchy import Primacy, System


def rank_size(
    system: System, indicator: Indicator, context: Context, look: tuple[Theme, int]
) -> Component:
    """Show a city system by rank and size, or say in words why there is none."""
    t, lang = context.t, context.lang
    feet = Footnotes(context)
    title = t("compare.rank_size")
    remarks = [html.P(r[lang], className="panel-remark") for r in system.remarks]
    if system.line is None:
        said = html.P(system.reason[lang], className="panel-empty")
        return panel("rank-size", title, [said, *remarks, note("compare", "rank_size", t)])
    values = [c.value for c in system.cities]
    towns = any(c.place.kind == "county" for c in system.cities)
    lead = t(
        "compare.rank_lead_towns" if towns else "compare.rank_lead",
        scope=system.scope.name[lang],
        name=named_unit(indicator, context),
        year=year_text(system.year, t),
        n=len(values),
    )
    ids = dict.fromkeys(i for v in values for i in v.source_ids)
    notes = dict.fromkeys(n for v in values for n in v.note)
    figure = rank_size_chart(system, indicator, t, *look)
    return panel(
        "rank-size",
        title,
        [
            html.P([lead, *feet.mark(ids, notes)], className="panel-lead"),
            html.P(_line(system, context), className="panel-say"),
            html.P(_middle(system, context), className="panel-say"),
            *graph("rank-size-chart", figure, (title, f"{lead} {_line(system, context)}"), t),
            html.P(t("compare.rank_read"), className="panel-remark"),
            _classes(system, indicator, context),
            *remarks,
            *feet.close(),
            note("compare", "rank_size", t),
        ],
    )


def _line(system: System, context: Context) -> str:
    line = system.line
    if line is None:
        return ""
    return context.t(
        "compare.rank_line",
        exponent=number(line.exponent, 2),
        error=number(line.error, 2),
        fit=number(line.fit, 2),
        n=line.n,
    )


def _middle(system: System, context: Context) -> str:
    """Say where the steepest step is, and whether it is steep enough to be called a gap."""
    lang = context.lang
    step = max(upper(system.steps), key=lambda s: (s.factor, -s.rank))
    key = "compare.rank_gap" if step.factor >= NOTABLE else "compare.rank_no_gap"
    return context.t(
        key,
        upper=system.cities[step.rank - 1].place.label[lang],
        lower=system.cities[step.rank].place.label[lang],
        rank=step.rank,
        next=step.rank + 1,
        ratio=number(step.ratio, 2),
        expected=number(step.expected, 2),
        factor=number(step.factor, 2),
    )


def _classes(system: System, indicator: Indicator, context: Context) -> Component:
    """Count the cities of each class of size, against what the rank–size rule expects."""
    t = context.t
    unit, finer = named_unit(indicator, context), FINER.get(indicator.unit, 0)
    head = [t("compare.class"), t("compare.class_cities"), t("compare.class_expected")]
    rows = [
        html.Tr(
            [
                html.Td(f"{number(c.low, finer)}–{number(c.high, finer)}"),
                html.Td(number(c.count) if c.count else t("compare.class_empty"), className="num"),
                html.Td(number(c.expected), className="num"),
            ]
        )
        for c in system.classes
    ]
    table = html.Table(
        [
            html.Thead(
                html.Tr(
                    [
                        html.Th(word, scope="col", className="num" if place else "")
                        for place, word in enumerate(head)
                    ]
                )
            ),
            html.Tbody(rows),
        ],
        className="plain",
    )
    return html.Details(
        [html.Summary(t("compare.classes", unit=unit)), table], className="panel-sources"
    )


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
            note("compare", "primacy", t),
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
