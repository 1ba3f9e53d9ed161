"""Ranking of the indicator within the circle, or within the whole region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.ranking import Ranking, entries, missing, ranking_chart
from dashboard.numbers import number
from dashboard.panels.graph import plotted, told, twin
from dashboard.panels.parts import Footnotes, panel, status_key
from dashboard.panels.taking import button
from dashboard.wording import Context, listing, undated, year_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.charts.ranking import Entry
    from dashboard.palette import Theme
    from geodata.records import Indicator


def ranking(
    asked: Ranking, indicator: Indicator, context: Context, theme: Theme, graph_id: str
) -> Component:
    """Show who has most, in a list that scrolls; places without a value are counted and named.

    Parameters
    ----------
    asked
        Column, places, colours and selection; see `dashboard.charts.ranking`.
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
    dated = undated(named, column.year, t)
    shown = {entry.place.id for entry in rows}
    values = [v for code, v in zip(column.codes, column.values, strict=True) if code in shown]
    ids = dict.fromkeys(i for v in values for i in v.source_ids)
    said = t("panel.ranking_lead", named=dated, year=year_text(column.year, t), n=len(rows))
    lead = html.P([said, *feet.mark(ids)], className="panel-lead")
    if not rows:
        empty = html.P(t("panel.ranking_empty", named=named), className="panel-empty")
        return panel("ranking", title, [empty])
    words = title, f"{said} {_extremes(rows, len(without), asked.decimals, context)}"
    graph = plotted(graph_id, ranking_chart(asked, t, theme))
    return panel(
        "ranking",
        title,
        [
            lead,
            html.Div(graph, className="scroll-y", tabIndex=0, role="img", **told(words, t)),
            twin(graph_id, t),
            *without_value(without, context),
            *status_key(values, context),
            *feet.close(),
            button("explore", t, "ranking"),
        ],
    )


def _extremes(rows: Sequence[Entry], lacking: int, decimals: int, context: Context) -> str:
    """Say which places have most and least."""
    first, last = rows[0], rows[-1]
    return context.t(
        "export.alt_range",
        n=len(rows),
        of=len(rows) + lacking,
        high=first.place.label[context.lang],
        high_value=number(first.value, decimals),
        low=last.place.label[context.lang],
        low_value=number(last.value, decimals),
    )


def without_value(places: list[Any], context: Context) -> list[Any]:
    """Count the places without a value; their names unfold."""
    if not places:
        return []
    t = context.t
    names = listing((p.label[context.lang] for p in places), t)
    summary = html.Summary(t("panel.no_data_count", n=len(places)))
    return [html.Details([summary, html.P(names)], className="without")]
