"""Milestones of coordinated development over a chosen series, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.charts.indices import colour_of
from dashboard.charts.milestones import milestones_chart
from dashboard.panels.compare_places import named_unit
from dashboard.panels.graph import graph
from dashboard.panels.method import note
from dashboard.panels.parts import Footnotes, panel, status_key
from dashboard.wording import Context, year_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.records import Indicator
    from geodata.studies.comparison import Series
    from geodata.studies.timeline import Milestone


def milestones(
    found: Sequence[Milestone],
    touching: Collection[int],
    drawn: tuple[Sequence[Series], Indicator, int],
    context: Context,
    look: tuple[Theme, int],
) -> Component:
    """Show the milestones under the series; a list names each number.

    Parameters
    ----------
    found, touching
        All milestones, and the numbers of those that concern the chosen places.
    drawn
        The series, each with a figure, their indicator, and of how many places none is drawn.
    context
        Words and sources.
    look
        The theme and the least width in pixels.
    """
    t = context.t
    feet = Footnotes(context)
    series, indicator, undrawn = drawn
    title = t("compare.timeline")
    values = [v for one in series for v in one.points if v.value is not None]
    ids = dict.fromkeys(i for v in values for i in v.source_ids)
    key = [
        html.Li([html.I(style={"background": colour_of(at)}), one.place.label[context.lang]])
        for at, one in enumerate(series)
    ]
    rows = [
        html.Li(
            [
                html.B(str(one.number)),
                html.Span([one.title[context.lang], *feet.mark(one.source_ids)]),
                html.Small(year_text(one.date, t)),
            ],
            className="" if one.number in touching else "pale",
        )
        for one in found
    ]
    some = t("compare.timeline_some", n=len(series), of=len(series) + undrawn)
    chart = milestones_chart(found, touching, (series, indicator), (t, *look))
    lead = t("compare.timeline_lead", name=named_unit(indicator, context))
    read = t("compare.timeline_read", n=len(touching))
    return panel(
        "milestones",
        title,
        [
            html.P([lead, *feet.mark(ids)], className="panel-lead"),
            html.Ul(key, className="key"),
            *([html.P(some, className="panel-remark")] * bool(undrawn)),
            *graph("milestones-chart", chart, (title, f"{lead} {read}"), t),
            html.P(read, className="panel-remark"),
            html.Ol(rows, className="milestones"),
            *status_key(values, context),
            *feet.close(),
            note("compare", "timeline", t),
        ],
    )
