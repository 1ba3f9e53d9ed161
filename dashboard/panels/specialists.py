"""Who specialises in an industry: the places with the highest quotients, and the selected ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.charts.intervals import Intervals, Ranked, intervals_chart
from dashboard.panels import method
from dashboard.panels.graph import graph
from dashboard.panels.parts import Footnotes, panel
from dashboard.panels.scope import Scope, basis, counted, named_on_demand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from dashboard.wording import Context
    from geodata.studies.specialisation import Standing

TOP = 15
"""Places that are listed; those selected follow in their rank."""
CHART = "specialists-chart"


def ranked(standings: Sequence[Standing], year: str) -> list[Ranked]:
    """Rank the places with counts in a year by their quotient; ties share a rank."""
    known = [s for s in standings if year in s.sampled]
    known.sort(key=lambda s: -(s.sampled[year].lq.value or 0))
    numbers = [s.sampled[year].lq.value for s in known]
    return [Ranked(s, numbers.index(s.sampled[year].lq.value) + 1) for s in known]


def listed(rows: Sequence[Ranked], others: Sequence[Standing], asked: Scope) -> list[Ranked]:
    """Return the first rows, then the selected ones further down, then those from outside."""
    chosen = [row for row in rows[TOP:] if row.standing.place.id in asked.selected]
    outside = [Ranked(s, None) for s in others if asked.year in s.sampled]
    return [*rows[:TOP], *chosen, *outside]


def specialists(
    asked: Scope,
    standings: Sequence[Standing],
    others: Sequence[Standing],
    colours: Mapping[str, str],
    about: tuple[Context, Theme, int],
) -> Component:
    """Show the quotients of the first places with their intervals.

    Parameters
    ----------
    asked
        Industry, year, benchmark and places.
    standings
        Of the places compared.
    others
        Of selected places that are not among them, such as cities beside counties.
    colours
        The map's colour per place.
    about
        Words and sources, theme, and the pixels the chart will have.
    """
    context, theme, width = about
    t = context.t
    title = t("clusters.specialists")
    rows = ranked(standings, asked.year)
    if not rows:
        words = t("clusters.no_counts", year=asked.year, basis=basis(asked, context))
        return panel("specialists", title, [html.P(words, className="panel-empty")])
    feet = Footnotes(context)
    shown = listed(rows, others, asked)
    about_lq = (asked.year, asked.industry, asked.benchmark)
    chart = Intervals(shown, *about_lq, asked.selected, colours, width)
    figure = intervals_chart(chart, t, theme)
    lead = t(
        "clusters.specialists_lead",
        basis=basis(asked, context),
        shown=min(TOP, len(rows)),
        of=counted(asked, len(rows), context),
    )
    sources = {i for row in shown for i in row.standing.sampled[asked.year].lq.source_ids}
    known = {row.standing.place.id for row in rows}
    without = [place for place in asked.places if place.id not in known]
    return panel(
        "specialists",
        title,
        [
            html.P([lead, *feet.mark(sorted(sources))], className="panel-lead"),
            *graph(CHART, figure, (title, lead), t),
            html.P(t("clusters.specialists_key"), className="panel-key"),
            *named_on_demand(
                t("clusters.without_counts", n=len(without), year=asked.year), without, context
            ),
            method.note("clusters", "specialists", t),
            *feet.close(),
        ],
    )
