"""Industry structure of the selection: the quotients drawn, and how to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.industry import industry_chart, least_width
from dashboard.charts.quotients import quotient_text
from dashboard.numbers import number
from dashboard.panels.graph import graph
from dashboard.panels.parts import Footnotes, panel
from dashboard.panels.side_by_side import MOST, beyond
from dashboard.panels.taking import button
from dashboard.wording import Context, listing, year_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.records import Industry

NAMED = 3
"""Industries that the sentence on specialisation names."""


def industry(
    industries: Sequence[Industry],
    context: Context,
    theme: Theme,
    graph_id: str,
    width: int = 500,
) -> Component:
    """Show the industries of one place, or of several side by side.

    Parameters
    ----------
    industries
        One record per place, all of one year against one benchmark.
    context, theme
        Words, sources and colours.
    graph_id
        Id of the graph.
    width
        Pixels the graph will have.

    Returns
    -------
    Component
        One section; a sentence where no place has counts.
    """
    t = context.t
    title = t("panel.industry")
    known = [one for one in industries if any(row.lq is not None for row in one.rows)]
    if not known:
        none = html.P(t("panel.no_industry"), className="panel-empty")
        return panel("industry", title, [none, *withheld(industries, context)])
    shown = known[:MOST]
    feet = Footnotes(context)
    figure = industry_chart(shown, t, theme, context.term, width)
    said = specialised(shown, context)
    words = title, " ".join([basis(shown[0], context), *said])
    return panel(
        "industry",
        title,
        [
            html.P(basis(shown[0], context), className="panel-lead"),
            *(html.P(line, className="panel-say") for line in said),
            *graph(graph_id, figure, words, t, least_width(len(shown))),
            *reading(shown, context),
            *silent(industries, known, context),
            *withheld(industries, context),
            *beyond(len(known), t("panel.beyond", shown=MOST, n=len(known))),
            html.P([t("panel.total"), *totals(shown, context, feet)], className="panel-key"),
            *feet.close(),
            button("explore", t, "industry"),
        ],
    )


def basis(one: Industry, context: Context) -> str:
    """Say what is compared with what."""
    benchmark = context.word("benchmark", one.benchmark)
    return context.t("panel.basis", year=year_text(one.year, context.t), benchmark=benchmark)


def specialised(industries: Sequence[Industry], context: Context) -> list[str]:
    """Name the industries with the highest stable quotients above one, per place."""
    t = context.t
    lines = []
    for one in industries:
        rows = [r for r in one.rows if r.stable and r.lq is not None and r.lq > 1]
        rows.sort(key=lambda row: -(row.lq or 0))
        top = [f"{r.name[context.lang]} {quotient_text(r)}" for r in rows[:NAMED]]
        words = t("panel.specialised", top=listing(top, t)) if top else t("panel.not_specialised")
        name = one.place.label[context.lang]
        lines.append(words if len(industries) == 1 else t("panel.of_place", place=name, say=words))
    return lines


def reading(industries: Sequence[Industry], context: Context) -> list[Any]:
    """Explain the marks that the figure shows, and only those."""
    t = context.t
    rows = [row for one in industries for row in one.rows if row.lq is not None]
    lines = [t("panel.read_scale")]
    if any(not row.stable for row in rows):
        lines.append(t("panel.read_unstable"))
    if any(row.lq_before is not None for row in rows):
        lines.append(t("panel.read_shift"))
    lines += [t("panel.read_sample"), t("panel.read_ask")]
    notes = [html.Li(line) for line in lines]
    for one in industries:
        name = one.place.label[context.lang]
        if not one.comparable:
            reason = listing((context.note(r) for r in one.reason), t) or t("panel.reason_unknown")
            notes.append(html.Li(t("panel.not_comparable", place=name, reason=reason)))
        if one.lacking:
            names = listing((p.label[context.lang] for p in one.lacking), t)
            notes.append(html.Li(t("panel.industry_lacking", place=name, places=names)))
    return [html.Ul(notes, className="panel-reading")]


def silent(all_of: Sequence[Industry], known: Sequence[Industry], context: Context) -> list[Any]:
    """Name the selected places that have no counts."""
    names = [one.place.label[context.lang] for one in all_of if one not in known]
    if not names:
        return []
    words = context.t("panel.industry_missing", places=listing(names, context.t))
    return [html.P(words, className="panel-remark")]


def withheld(industries: Sequence[Industry], context: Context) -> list[Any]:
    """Say why a circle has no workers, and so no quotients."""
    t = context.t
    return [
        html.P(
            t(
                "panel.of_place",
                place=one.place.label[context.lang],
                say=listing(map(context.note, one.reason), t),
            ),
            className="panel-remark",
        )
        for one in industries
        if one.place.kind == "circle" and one.total.value is None
    ]


def totals(industries: Sequence[Industry], context: Context, feet: Footnotes) -> list[Any]:
    """Write the sampled workers of each place, with their sources."""
    written: list[Any] = []
    for one in industries:
        name = one.place.label[context.lang]
        count = number(one.total.value)
        said = context.t("panel.total_of", place=name, n=count)
        marks = feet.mark(one.total.source_ids, one.total.note)
        written += [*([context.t("panel.comma")] if written else []), said, *marks]
    return written
