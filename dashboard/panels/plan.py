"""What the plan asks of a place, each item beside what the figures say."""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.numbers import NO_DATA, number
from dashboard.panels.components import (
    Footnotes,
    panel,
    place_link,
    quantity,
    status_key,
    status_mark,
)
from dashboard.panels.origin import asking
from dashboard.panels.quotients import LIMIT, colour, interval_text, position, quotient_text
from dashboard.wording import Context, decimals_of_column, listing, share_text, unit_text, year_text
from geodata.records import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from geodata.records import IndustryRow, Name, Place
    from geodata.studies.plan_records import Evidence, PlanItem

HIDDEN: dict[str, Any] = {"aria-hidden": "true"}
NAMED = 6
"""Sites that the evidence names; the rest are counted."""


def plan(found: Sequence[tuple[Place, Sequence[PlanItem]]], context: Context) -> Component:
    """Set what the plan says of each place beside the evidence.

    Parameters
    ----------
    found
        The selected places, each with the plan's items for it.
    context
        Words, addresses and sources.

    Returns
    -------
    Component
        One section; a sentence for a place that the plan does not name.
    """
    feet = Footnotes(context)
    blocks = [
        one_place(place, items, context, feet, several=len(found) > 1) for place, items in found
    ]
    values = [
        value
        for _, items in found
        for item in items
        for evidence in item.evidence
        for _, value in evidence.values
    ]
    return panel(
        "plan",
        context.t("panel.plan"),
        [
            html.Div(blocks, className="columns" if len(blocks) > 1 else ""),
            *status_key(values, context),
            *feet.close(),
        ],
    )


def one_place(
    place: Place,
    items: Sequence[PlanItem],
    context: Context,
    feet: Footnotes,
    *,
    several: bool,
) -> Component:
    """List the items of one place by aspect, in the order of the plan."""
    t = context.t
    seen: dict[Evidence, str] = {}
    written: list[Any] = [html.H3(place_link(place, context))] if several else []
    heading = html.H4 if several else html.H3
    if not items:
        words = t("panel.no_plan", place=place.label[context.lang])
        return html.Div([*written, html.P(words, className="panel-empty")])
    for (owner, aspect), part in groupby(items, key=lambda i: (i.place.id, i.aspect)):
        members = list(part)
        title: list[Any] = [context.word("plan_aspect", aspect)]
        if owner != place.id:
            title.append(html.Small(members[0].place.label[context.lang]))
        rows = [item_row(item, context, feet, seen) for item in members]
        written += [heading(title, className="aspect"), html.Ul(rows, className="items")]
    return html.Div(written)


def item_row(
    item: PlanItem, context: Context, feet: Footnotes, seen: dict[Evidence, str]
) -> Component:
    """Write one item and its evidence; a flow already shown is referred to, not repeated."""
    name = item.name[context.lang]
    head = [name, *feet.mark(item.source_ids, (item.note,) if item.note else ())]
    if not item.evidence and not item.test:
        head.append(html.Small(context.t("panel.no_evidence")))
    if item.test == "untested":
        head.append(html.Small(context.t("panel.untested"), className="untested"))
    lines: list[Component] = []
    if item.limit.zh:
        lines.append(html.Div(item.limit[context.lang], className="evidence limit"))
    for one in item.evidence:
        earlier = seen.setdefault(one, name) if one.kind == "flow" else name
        if earlier == name:
            lines.append(evidence_line(one, context, feet))
        else:
            words = context.t("panel.as_above", item=earlier)
            label = html.Span(one.label[context.lang], className="evidence-label")
            lines.append(html.Div([label, html.Small(words)], className="evidence"))
    return html.Li([html.Div(head, className="item-name"), *lines])


def silence(one: Evidence, context: Context) -> Component:
    """Say that the atlas holds nothing on what an item would be measured by.

    The label of such evidence is that sentence.
    """
    words = one.label[context.lang] or context.t("panel.no_evidence")
    return html.Div(words, className="evidence none")


def evidence_line(one: Evidence, context: Context, feet: Footnotes) -> Component:
    """Write one piece of evidence in the manner of its kind."""
    if one.kind == "industry" and one.industry is not None:
        content = industry_words(one, one.industry, context)
    elif one.kind == "sites":
        content = site_words(one, context, feet)
    elif one.kind == "flow" and one.values:
        return flow_table(one, context, feet)
    elif one.kind == "value" and one.values:
        content = value_words(one, context, feet)
    else:
        return silence(one, context)
    label = html.Span(one.label[context.lang], className="evidence-label")
    return html.Div([label, *content], className=f"evidence evidence-{one.kind}")


def industry_words(one: Evidence, row: IndustryRow, context: Context) -> list[Any]:
    """Write an industry's quotient with its 95 % limits, small bar, share and sampled workers."""
    t = context.t
    if row.lq is None:
        return [html.Span(t("panel.no_data"), className="none")]
    words = t("panel.share_count", share=share_text(row.share), n=number(row.count))
    if not row.stable:
        words += t("panel.too_few")
    written: list[Any] = [asking(quotient_text(row), i, t) for i in one.ids] or [quotient_text(row)]
    if one.interval[0] is not None:
        written.append(f" [{interval_text(one.interval)}]")
    return [
        small_bar(row.lq, stable=row.stable),
        html.Span([t("panel.lq"), " ", html.B(written)], className="num"),
        html.Small(words),
    ]


def small_bar(lq: float, *, stable: bool) -> Component:
    """Draw a quotient as a bar left or right of one, on the scale of the industry panel."""
    end = position(lq) / LIMIT * 50
    style = {
        "left": f"{50 + min(end, 0):.1f}%",
        "width": f"{abs(end):.1f}%",
        "background": colour(lq),
    }
    name = "mini" if stable else "mini unstable"
    return html.Span(html.Span(style=style), className=name, **HIDDEN)


def value_words(one: Evidence, context: Context, feet: Footnotes) -> list[Any]:
    """Write the figures of an item, each with its name, unit and year."""
    lines = []
    places = decimals_of_column(value for _, value in one.values)
    for (name, value), figure in zip_longest(one.values, one.ids):
        written: Any = quantity(value, context, places.get(value.unit))
        shown = asking(written, figure, context.t) if figure else written
        lines.append(
            html.Div(
                [
                    html.Span(
                        [
                            name[context.lang],
                            html.Small(year_text(value.year, context.t)),
                            *status_mark(value, context),
                            *feet.mark(value.source_ids, value.note),
                        ]
                    ),
                    html.Span(shown, className="num"),
                ],
                className="value-line",
            )
        )
    return lines


def site_words(one: Evidence, context: Context, feet: Footnotes) -> list[Any]:
    """Count the named sites and name the first of them."""
    t = context.t
    total = one.total or len(one.sites)
    if not total:
        return [html.Span(t("panel.no_site_evidence"), className="none")]
    shown = one.sites[:NAMED]
    words = listing((s.name[context.lang] for s in shown), t)
    if total > len(shown):
        words = t("panel.and_more", names=words, n=total)
    ids = dict.fromkeys(i for s in shown for i in s.source_ids)
    return [
        html.B(t("panel.site_count", n=total)),
        html.Small([words, *feet.mark(ids)], className="site-names"),
    ]


def flow_table(one: Evidence, context: Context, feet: Footnotes) -> Component:
    """Write a published flow year by year; years without a figure stay as gaps."""
    t = context.t
    series: dict[Name, list[Value]] = {}
    for name, value in one.values:
        series.setdefault(name, []).append(value)
    written: list[Any] = [html.Span(one.label[context.lang], className="evidence-label")]
    for name, values in series.items():
        present = [v for v in values if v.value is not None]
        top = max((abs(v.value or 0) for v in present), default=0)
        unit = present[0].unit if present else values[0].unit
        ids = dict.fromkeys(i for v in present for i in v.source_ids)
        notes = dict.fromkeys(n for v in present for n in v.note)
        head = t("panel.flow_head", name=name[context.lang], unit=unit_text(unit, context))
        written += [
            html.Small([head, *feet.mark(ids, notes)], className="flow-head"),
            html.Ol([flow_cell(v, top, context) for v in with_gaps(values)], className="flow"),
        ]
    return html.Div(written, className="evidence")


def with_gaps(values: Sequence[Value]) -> list[Value]:
    """Return the values with an empty one for each year that lies between two of them."""
    filled: list[Value] = []
    for value in values:
        last = filled[-1].year if filled else ""
        if last.isdigit() and value.year.isdigit():
            years = range(int(last) + 1, int(value.year))
            filled += [Value(None, value.unit, str(year)) for year in years]
        filled.append(value)
    return filled


def flow_cell(value: Value, top: float, context: Context) -> Component:
    """Write one year of a flow over a column as high as its share of the largest."""
    year = value.year if value.year.isdigit() else year_text(value.year, context.t)
    if value.value is None:
        words = html.Span(NO_DATA, className="none", title=context.t("panel.no_data"))
        return html.Li([words, html.Small(year)], className="gap")
    height = 100 * abs(value.value) / top if top else 0
    return html.Li(
        [
            html.I(style={"height": f"{height:.0f}%"}),
            html.Span([quantity(value, context)[0], *status_mark(value, context)]),
            html.Small(year),
        ]
    )
