"""Ranking of the indicator within the circle, or within the whole region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.figures.ranking import ROW, Ranking, entries, missing, ranking_chart
from dashboard.panels.industry import CONFIG
from dashboard.panels.parts import Context, Footnotes, listing, panel, status_key, year_text
from dashboard.panels.taking import button

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.records import Indicator


def ranking(
    asked: Ranking, indicator: Indicator, context: Context, theme: Theme, graph_id: str
) -> Component:
    """Show who has most, in a list that scrolls; places without a value are counted and named.

    Parameters
    ----------
    asked
        Column, places, colours and selection; see `dashboard.figures.ranking`.
    indicator
        What is ranked.
    context, theme
        Words, sources and colours.
    graph_id
        Id of the graph; a click on a bar carries the region code in `customdata`.

    Returns
    -------
    Component
        One section; a sentence where no place has a value.
    """
    t = context.t
    rows, without = entries(asked), missing(asked)
    feet = Footnotes(context)
    column = asked.column
    title = t("panel.ranking")
    unit = context.word("unit", column.unit) if column.unit else ""
    name = indicator.name[context.lang]
    named = t("panel.name_unit", name=name, unit=unit) if unit else name
    shown = {entry.place.id for entry in rows}
    values = [v for code, v in zip(column.codes, column.values, strict=True) if code in shown]
    ids = dict.fromkeys(i for v in values for i in v.source_ids)
    lead = html.P(
        [
            t("panel.ranking_lead", named=named, year=year_text(column.year, t), n=len(rows)),
            *feet.mark(ids),
        ],
        className="panel-lead",
    )
    if not rows:
        empty = html.P(t("panel.ranking_empty", named=named), className="panel-empty")
        return panel("ranking", title, [empty])
    graph = dcc.Graph(
        id=graph_id,
        figure=ranking_chart(asked, t, theme),
        config=CONFIG,
        responsive=True,
        style={"height": f"{ROW * len(rows) + 8}px"},
    )
    return panel(
        "ranking",
        title,
        [
            lead,
            html.Div(graph, className="scroll-y", tabIndex=0),
            *without_value(without, context),
            *status_key(values, context),
            *feet.close(),
            button("explore", "ranking", t),
        ],
    )


def without_value(places: list[Any], context: Context) -> list[Any]:
    """Count the places without a value; their names unfold."""
    if not places:
        return []
    t = context.t
    names = listing((p.label[context.lang] for p in places), t)
    summary = html.Summary(t("panel.no_data_count", n=len(places)))
    return [html.Details([summary, html.P(names)], className="without")]
