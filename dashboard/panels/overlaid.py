"""An indicator under several schemes of circles: each circle's figure, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.numbers import number
from dashboard.panels.components import Footnotes, panel
from dashboard.panels.definitions import size_of
from dashboard.panels.method import note
from dashboard.wording import undated, year_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.wording import Context
    from geodata.records import Aggregate, Indicator, Scheme


def overlaid(
    found: Sequence[tuple[Scheme, Sequence[Aggregate]]],
    indicator: Indicator,
    undrawn: Sequence[Scheme],
    context: Context,
) -> Component:
    """Set the circles of several schemes below each other with an indicator's figure of each.

    Parameters
    ----------
    found
        Schemes with the figures of their circles, in order.
    indicator
        What the figures are of.
    undrawn
        Schemes without a full member, of which the map has no line.
    """
    t, lang, feet = context.t, context.lang, Footnotes(context)
    year = found[0][1][0].value.year
    name = undated(indicator.name[lang], year, t)
    lines = [html.P(t("over.no_members", scheme=one.name[lang])) for one in undrawn]
    body = [
        html.Tr(
            [
                *([_named(scheme, len(totals), feet, context)] if at == 0 else []),
                html.Td(size_of(one, indicator, context, feet)),
                html.Td(_held(one, context), className="num"),
            ]
        )
        for scheme, totals in found
        for at, one in enumerate(totals)
    ]
    heads = (t("over.scheme"), f"{name} · {year_text(year, t)}", t("over.members"))
    head = html.Tr([html.Th(word, scope="col") for word in heads])
    table = html.Table([html.Thead(head), html.Tbody(body)], className="overlaid")
    return panel(
        "over",
        t("over.title"),
        [
            html.P(t("over.lead"), className="panel-lead"),
            *lines,
            html.Div(table, className="scroll-x", tabIndex=0),
            *feet.close(),
            note("explore", "over", t, table="over"),
        ],
    )


def _named(scheme: Scheme, rows: int, feet: Footnotes, context: Context) -> Component:
    words = [scheme.name[context.lang], *feet.mark(scheme.source_ids)]
    return html.Th(words, scope="rowgroup", rowSpan=rows)


def _held(one: Aggregate, context: Context) -> str:
    """Say how many full members have a figure, of how many that are named."""
    with_figure = len(one.used)
    return context.t(
        "over.held", n=number(with_figure, 0), of=number(with_figure + len(one.lacking), 0)
    )
