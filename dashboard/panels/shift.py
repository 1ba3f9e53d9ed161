"""Shift–share of the selection: what the nation, the industries and the place itself brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.shift import COLOURS, PARTS, Shifted, points, shift_chart
from dashboard.numbers import number
from dashboard.panels import method
from dashboard.panels.graph import graph
from dashboard.panels.parts import Footnotes, panel, place_link
from dashboard.wording import Context, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.studies.shifts import PlaceShift

CHART = "shift-chart"


def shift(found: Sequence[PlaceShift], about: tuple[Context, Theme, int]) -> Component:
    """Show the components of each place in a table, and by industry for the first of them.

    Parameters
    ----------
    found
        Shift–share of the selected places, in order.
    about
        Words and sources, theme, and the pixels the chart will have.
    """
    context, theme, width = about
    t = context.t
    title = t("clusters.shift")
    known = [one for one in found if one.total]
    refused = [_reason(one, context) for one in found if not one.total]
    if not known:
        return panel("shift", title, [*refused, method.note("clusters", "shift", t)])
    feet = Footnotes(context)
    first = known[0]
    figure = shift_chart(Shifted(first, width), t, theme, context.term)
    name = first.place.label[context.lang]
    return panel(
        "shift",
        title,
        [
            html.P(t("clusters.shift_lead"), className="panel-lead"),
            _totals(known, context, feet),
            *(_range(one, context) for one in known),
            *refused,
            html.H3(t("clusters.shift_of", place=name)),
            _key(context),
            *graph(CHART, figure, (t("clusters.shift_of", place=name), _said(first, context)), t),
            html.P(t("clusters.shift_key", place=name), className="panel-key"),
            method.note("clusters", "shift", t),
            *feet.close(),
        ],
    )


def _said(one: PlaceShift, context: Context) -> str:
    parts = ("change", *PARTS)
    said = (
        f"{context.t(f'clusters.part_{part}')} {_percent(getattr(one.total, part), one)}"
        for part in parts
    )
    return listing(said, context.t)


def _percent(workers: float, one: PlaceShift) -> str:
    return f"{number(points(workers, one), 1, signed=True)}%"


def _totals(known: Sequence[PlaceShift], context: Context, feet: Footnotes) -> Component:
    t = context.t
    heads = [html.Th(t(f"clusters.part_{part}"), className="num") for part in ("change", *PARTS)]
    rows: list[Any] = []
    for one in known:
        if one.total is None:
            continue
        numbers = [getattr(one.total, part) for part in ("change", *PARTS)]
        marks = feet.mark(one.source_ids, one.notes)
        rows.append(
            html.Tr(
                [
                    html.Th([place_link(one.place, context), *marks], scope="row"),
                    *(html.Td(_percent(x, one), className="num") for x in numbers),
                ]
            )
        )
    head = html.Tr([html.Th(t("clusters.place")), *heads])
    return html.Table([html.Thead(head), html.Tbody(rows)], className="shifts")


def _range(one: PlaceShift, context: Context) -> Component:
    """Say how far the local part rests on how the sample's part of the people moved."""
    t, name = context.t, one.place.label[context.lang]
    if one.fractions is None or one.evened is None or one.total is None:
        return html.P(t("clusters.shift_no_range", place=name), className="panel-remark")
    (first, last), (before, after) = one.fractions
    even, local = one.evened, one.total.local
    fields = {
        "place": name,
        "first": number(first, 2),
        "last": number(last, 2),
        "before": number(before, 2),
        "after": number(after, 2),
        "local": _percent(local, one),
        "even": _percent(even, one),
    }
    alike = even * local > 0
    said = (
        t("clusters.shift_range", **fields) if alike else t("clusters.shift_range_open", **fields)
    )
    return html.P(said, className="panel-remark")


def _reason(one: PlaceShift, context: Context) -> Component:
    reasons = listing((context.note(reason) for reason in one.reasons), context.t)
    words = context.t("clusters.no_shift", place=one.place.label[context.lang], reason=reasons)
    return html.P(words, className="panel-remark")


def _key(context: Context) -> Component:
    rows: list[Any] = [
        html.Li([html.I(style={"background": COLOURS[part]}), context.t(f"clusters.part_{part}")])
        for part in PARTS
    ]
    rows.append(html.Li(["◇ ", context.t("clusters.part_change")]))
    return html.Ul(rows, className="dots-key")
