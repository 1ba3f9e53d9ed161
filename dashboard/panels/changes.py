"""What changed between the censuses: the largest rises and falls that can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.charts.dumbbell import Changes, dumbbell_chart
from dashboard.panels import method
from dashboard.panels.graph import graph
from dashboard.panels.parts import Footnotes, panel
from dashboard.panels.scope import Scope, counted, named, named_on_demand, where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from dashboard.wording import Context
    from geodata.studies.specialisation import Standing

EACH_WAY = 7
"""Rises, and as many falls, that are shown."""
CHART = "changes-chart"


def comparable(standings: Sequence[Standing]) -> list[Standing]:
    """Return the places with a change, the largest rise first."""
    known = [s for s in standings if s.change.value is not None]
    return sorted(known, key=lambda s: -(s.change.value or 0))


def shown(
    standings: Sequence[Standing], others: Sequence[Standing], selected: Sequence[str]
) -> list[Standing]:
    """Return the largest stable rises and falls and the selected places, in order of change."""
    known = comparable(standings)
    stable = [s for s in known if all(one.stable for one in s.sampled.values())]
    rises = [s for s in stable if (s.change.value or 0) > 0][:EACH_WAY]
    falls = [s for s in stable if (s.change.value or 0) < 0][-EACH_WAY:]
    wanted = {s.place.id for s in (*rises, *falls)} | set(selected)
    return [s for s in comparable((*standings, *others)) if s.place.id in wanted]


def changes(
    asked: Scope,
    standings: Sequence[Standing],
    others: Sequence[Standing],
    about: tuple[Context, Theme, int],
) -> Component:
    """Show 2010 and 2020 side by side; places that cannot be compared are counted and named.

    Parameters
    ----------
    asked
        Industry, benchmark, places and selection.
    standings
        Of the places compared.
    others
        Of selected places that are not among them.
    about
        Words and sources, theme, and the pixels the chart will have.
    """
    context, theme, width = about
    t = context.t
    title = t("clusters.changes")
    rows = shown(standings, others, asked.selected)
    excluded = [s.place for s in standings if s.change.value is None]
    summary = t("clusters.not_compared", n=len(excluded))
    left_out = named_on_demand(summary, excluded, context)
    if not rows:
        words = t("clusters.no_change", where=where(asked, context))
        return panel("changes", title, [html.P(words, className="panel-empty"), *left_out])
    feet = Footnotes(context)
    known = comparable(standings)
    lead = t(
        "clusters.changes_lead",
        industry=named(asked, context),
        where=where(asked, context),
        n=counted(asked, len(known), context),
        up=sum((s.change.value or 0) > 0 and s.clear for s in known),
        down=sum((s.change.value or 0) < 0 and s.clear for s in known),
        benchmark=context.word("benchmark", asked.benchmark),
    )
    sources = sorted({i for s in rows for i in s.change.source_ids})
    drawn = Changes(rows, asked.industry, asked.benchmark, asked.selected, width)
    figure = dumbbell_chart(drawn, t, theme)
    return panel(
        "changes",
        title,
        [
            html.P([lead, *feet.mark(sources)], className="panel-lead"),
            *graph(CHART, figure, (title, lead), t),
            html.P(t("clusters.changes_key", each=EACH_WAY), className="panel-key"),
            *left_out,
            method.note("clusters", "changes", t),
            *feet.close(),
        ],
    )
