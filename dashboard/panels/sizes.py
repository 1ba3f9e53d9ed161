"""Specialisation against size, the circles as colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.sizes import Group, Sizes, sizes_chart, without_workers
from dashboard.panels import method
from dashboard.panels.graph import graph
from dashboard.panels.parts import Footnotes, panel
from dashboard.panels.scope import Scope, basis, named_on_demand
from dashboard.wording import Context, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.studies.specialisation import Standing

FEWEST = 3
CHART = "sizes-chart"


def sizes(
    asked: Scope,
    standings: Sequence[Standing],
    groups: Sequence[Group],
    about: tuple[Context, Theme, int],
) -> Component:
    """Show every place by its workers and its quotient.

    Parameters
    ----------
    asked
        Industry, year, benchmark and selection.
    standings
        Of the places compared and of the selected ones.
    groups
        The circles with their colours and the rest, each place in one of them.
    about
        Words and sources, theme, and the pixels the chart will have.
    """
    context, theme, width = about
    t = context.t
    title = t("clusters.sizes")
    nobody = [s.place for s in without_workers(standings, asked.year)]
    known = [s for s in standings if asked.year in s.sampled and s.sampled[asked.year].count]
    left_out = named_on_demand(t("clusters.nobody", n=len(nobody)), nobody, context)
    if len(known) < FEWEST:
        words = t("clusters.too_few", n=len(known), fewest=FEWEST)
        return panel("sizes", title, [html.P(words, className="panel-empty"), *left_out])
    feet = Footnotes(context)
    sources = sorted({i for s in known for i in s.sampled[asked.year].lq.source_ids})
    about_lq = (asked.year, asked.industry, asked.benchmark)
    figure = sizes_chart(Sizes(known, groups, *about_lq, asked.selected, width), t, theme)
    return panel(
        "sizes",
        title,
        [
            html.P([basis(asked, context), *feet.mark(sources)], className="panel-lead"),
            key(groups, known),
            *graph(CHART, figure, (title, _said(asked, groups, known, context)), t),
            html.P(t("clusters.sizes_key"), className="panel-key"),
            *left_out,
            method.note("clusters", "sizes", t),
            *feet.close(),
        ],
    )


def key(groups: Sequence[Group], known: Sequence[Standing]) -> Component:
    """Name the colours, with how many places have each."""
    rows: list[Any] = [
        html.Li([html.I(style={"background": group.colour}), group.name, html.Small(str(n))])
        for group, n in _counts(groups, known)
    ]
    return html.Ul(rows, className="dots-key")


def _counts(groups: Sequence[Group], known: Sequence[Standing]) -> list[tuple[Group, int]]:
    counts = ((group, sum(s.place.id in group.codes for s in known)) for group in groups)
    return [(group, n) for group, n in counts if n]


def _said(
    asked: Scope, groups: Sequence[Group], known: Sequence[Standing], context: Context
) -> str:
    found = listing((f"{group.name} {n}" for group, n in _counts(groups, known)), context.t)
    return f"{basis(asked, context)} {found}"
