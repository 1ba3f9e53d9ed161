"""How gathered an industry is over places, in both censuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.numbers import NO_DATA, number
from dashboard.panels import method
from dashboard.panels.components import Footnotes, panel
from dashboard.panels.scope import Scope, named, named_on_demand, where
from dashboard.wording import Context, listing

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from geodata.records import Value
    from geodata.studies.concentration import Spread, Spreads

MEASURES = (("gini", 3), ("hoover", 3), ("top", 1))
"""Fields of a spread and their decimals."""


def spread(asked: Scope, found: Spreads, context: Context) -> Component:
    """Show locational Gini, Hoover index and the share of the largest places.

    Parameters
    ----------
    asked
        Industry and places.
    found
        The spread over the comparable places in both years, and over all of each year.
    context
        Words and sources.
    """
    t = context.t
    title = t("clusters.spread")
    shown = columns(found)
    if all(one.gini.value is None for _, one in shown):
        reason = listing(map(context.note, shown[-1][1].gini.note), t)
        words = t("clusters.no_spread", reason=reason)
        return panel("spread", title, [html.P(words, className="panel-empty")])
    feet = Footnotes(context)
    lead = t("clusters.spread_lead", industry=named(asked, context), where=where(asked, context))
    largest = [
        html.P(t("clusters.largest", year=one.year, places=_names(one, context)))
        for one in (*found.full[:1], *found.full[-1:])
        if one.largest
    ]
    summary = t("clusters.not_compared", n=len(found.excluded))
    return panel(
        "spread",
        title,
        [
            html.P(lead, className="panel-lead"),
            _table(shown, context, feet),
            html.P(t("clusters.spread_key"), className="panel-key"),
            html.Details([html.Summary(t("clusters.largest_of")), *largest], className="without"),
            *named_on_demand(summary, found.excluded, context),
            method.note("clusters", "spread", t, table="spread"),
            *feet.close(),
        ],
    )


def columns(found: Spreads) -> list[tuple[str, Spread]]:
    """Return both years over the places that can be compared, then the last over all."""
    return [*(("compared", one) for one in found.compared), ("all", found.full[-1])]


def _table(shown: list[tuple[str, Spread]], context: Context, feet: Footnotes) -> Component:
    t = context.t
    heads = [
        html.Th(
            [one.year, html.Small(t(f"clusters.over_{kind}", n=len(one.used)))], className="num"
        )
        for kind, one in shown
    ]
    rows: list[Any] = []
    for measure, decimals in MEASURES:
        values = [getattr(one, measure) for _, one in shown]
        cells = [
            html.Td([_written(v, decimals), *feet.mark(v.source_ids, v.note)], className="num")
            for v in values
        ]
        rows.append(html.Tr([html.Th(t(f"clusters.measure_{measure}"), scope="row"), *cells]))
    return html.Table(
        [html.Thead(html.Tr([html.Td(), *heads])), html.Tbody(rows)], className="spreads"
    )


def _written(value: Value, decimals: int) -> str:
    if value.value is None:
        return NO_DATA
    return f"{number(value.value, decimals)}{value.unit}"


def _names(one: Spread, context: Context) -> str:
    return listing((place.label[context.lang] for place in one.largest), context.t)
