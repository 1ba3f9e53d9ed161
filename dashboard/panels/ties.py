"""The links of the map in figures: what is linked, how strongly, and what is not linked and why."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.map.arcs import LOOSE, WIDTHS
from dashboard.map.ties import LIMITS, SHORT_IS_STRONG
from dashboard.numbers import number
from dashboard.panels.method import note
from dashboard.panels.parts import Footnotes, panel, place_link, quantity
from dashboard.units import YUAN, counted, places_in, shifted
from dashboard.wording import Context, decimals_of_column, listing, unit_text, year_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.map.figure import Outline
    from dashboard.map.ties import Ties
    from dashboard.palette import Ink
    from geodata.records import Value
    from geodata.studies.gravity import Gravity, GravityLink
    from geodata.studies.links import End, Flow


INDEX_DECIMALS = 2
"""Of the gravity index in all its rows: the weakest links are some hundredths."""


def gravity_panel(found: Gravity, context: Context) -> Component:
    """List the gravity links, strongest first, then the pairs that have none and why.

    Parameters
    ----------
    found
        The links for one mass and exponent.
    context
        Words, addresses and sources.
    """
    t = context.t
    feet = Footnotes(context)
    lead = t(
        "linkages.gravity_lead",
        mass=t(f"linkages.mass_{found.mass}"),
        year=found.year,
        n=len(found.links),
        of=found.pairs,
    )
    heads = ("pair", "minutes", "index")
    decimals = decimals_of_column(link.minutes for link in found.links)
    rows = [_gravity_row(link, decimals, context, feet) for link in found.links]
    return panel(
        "ties",
        t("linkages.ties_gravity"),
        [
            html.P(lead, className="panel-lead"),
            html.P(t("linkages.assumed", b=f"{found.exponent:g}"), className="assumed"),
            _table(rows, [t(f"linkages.head_{h}") for h in heads]),
            *_unlinked(found, context),
            *feet.close(),
            note("linkages", "gravity", t),
        ],
    )


def _gravity_row(
    link: GravityLink, decimals: Mapping[str, int], context: Context, feet: Footnotes
) -> list[Any]:
    index = link.index.value or 0.0
    ends = [place_link(link.one, context), " — ", place_link(link.other, context)]
    when = html.Small(year_text(link.minutes.year, context.t))
    minutes = [*quantity(link.minutes, context, decimals.get(link.minutes.unit)), " ", when]
    marks = feet.mark(link.index.source_ids, link.index.note)
    return [ends, [*minutes, *marks], number(index, INDEX_DECIMALS)]


def _unlinked(found: Gravity, context: Context) -> list[Any]:
    """Name the pairs without a published time, and the cities without a mass."""
    t, lang = context.t, context.lang
    pairs = listing((f"{a.label[lang]}—{b.label[lang]}" for a, b in found.untimed), t)
    said: list[Any] = [
        html.Details(
            [html.Summary(t("linkages.untimed", n=len(found.untimed))), html.P(pairs)],
            className="without",
        )
    ]
    if lonely := found.lonely:
        names = listing((f"{p.name[lang]} {n}" for p, n in lonely), t)
        said.append(html.P(t("linkages.lonely", places=names), className="panel-remark"))
    if found.massless:
        names = listing((p.label[lang] for p in found.massless), t)
        said.append(html.P(t("linkages.massless", places=names), className="panel-remark"))
    if found.below:
        said.append(html.P(t("linkages.below", n=found.below), className="panel-remark"))
    return said


def flows_panel(
    flows: Sequence[Flow], kind: str, unplaced: Sequence[Flow], context: Context
) -> Component:
    """List the published flows of a kind as they are, sums over periods marked as such.

    Parameters
    ----------
    flows
        All flows of the kind.
    kind
        A key of `geodata.studies.links.KINDS`.
    unplaced
        Those that the map cannot show.
    context
        Words, addresses and sources.
    """
    t = context.t
    flows, feet = counted(flows, context.lang), Footnotes(context)
    heads = ("ends", "value", "period")
    blocks: list[Any] = []
    for label in dict.fromkeys(flow.label for flow in flows):
        own = [flow for flow in flows if flow.label == label]
        decimals = decimals_of_column(flow.value for flow in own)
        rows = [_flow_row(flow, decimals, context, feet) for flow in own]
        names = {h: t(f"linkages.head_{h}") for h in heads}
        names["value"] = unit_head(own[0].value.unit, context)
        table = _table(rows, list(names.values()))
        blocks += [html.H3(label[context.lang]), table]
    said = [
        html.P(t("linkages.unplaced", flows=_named(unplaced, context)), className="panel-remark")
    ]
    return panel(
        "ties",
        t(f"linkages.ties_{kind}"),
        [
            html.P(t(f"linkages.lead_{kind}"), className="panel-lead"),
            *blocks,
            *(said if unplaced else []),
            *feet.close(),
            note("linkages", "flows", t),
        ],
    )


def _flow_row(
    flow: Flow, decimals: Mapping[str, int], context: Context, feet: Footnotes
) -> list[Any]:
    t = context.t
    between = " — " if flow.indicator == "rail_minutes" else " → "
    ends = [*_end(flow.origin, context), between, *_end(flow.destination, context)]
    marks = feet.mark(flow.value.source_ids, flow.value.note)
    period = [
        year_text(flow.value.year, t),
        *([" ", html.Small(t(f"linkages.span_{flow.span}"))] if flow.span != "year" else []),
    ]
    return [ends, [bare(flow.value, decimals.get(flow.value.unit, 0)), *marks], period]


def bare(value: Value, decimals: int) -> str:
    """Write a figure of `counted` whose unit stands at the head; the sign of per cent stays."""
    written = number(value.value, decimals)
    return f"{written}%" if value.unit == "%" else written


def unit_head(unit: str, context: Context) -> str:
    """Write the head of a column of figures in one unit."""
    if unit in {"", "%"}:
        return context.t("linkages.head_value")
    return context.t("linkages.head_value_unit", unit=unit_text(unit, context))


def _end(end: End, context: Context) -> list[Any]:
    if end.group:
        return [html.Span(end.name[context.lang], className="group")]
    return [place_link(end.members[0], context)]


def _named(flows: Sequence[Flow], context: Context) -> str:
    return listing(dict.fromkeys(flow.label[context.lang] for flow in flows), context.t)


def _table(rows: Sequence[Sequence[Any]], heads: Sequence[str]) -> Component:
    """Write rows under heads; the first column is words, the others are numbers."""
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody(
                [
                    html.Tr(
                        [
                            html.Td(cell, className="" if at == 0 else "num")
                            for at, cell in enumerate(row)
                        ]
                    )
                    for row in rows
                ]
            ),
        ],
        className="ties",
    )


def ties_legend(
    found: Ties, outlines: Sequence[Outline], context: Context, ink: Ink, exponent: str = ""
) -> Component:
    """Explain the arcs: the classes of their widths with counts, dashes, groups, circles.

    Parameters
    ----------
    found
        What the map shows.
    outlines
        The circles on the map.
    context, ink
        Words and colours.
    exponent
        The assumed exponent, for gravity links.
    """
    t = context.t
    grouped = any(g.members for g in found.gatherings)
    rows = [
        html.Li(
            [
                html.I(style={"height": f"{WIDTHS[at]}px", "background": ink.arc}, className="arc"),
                html.Span(words),
                html.B(str(found.counts[at])),
            ]
        )
        for at, words in reversed(list(enumerate(_ranges(found.kind, context))))
    ]
    marks = [
        *(
            [_mark(t("linkages.legend_dashed", n=found.loose), "arc dashed", ink)]
            * bool(found.loose)
        ),
        *([_mark(t("linkages.legend_group"), "dot group", ink)] * grouped),
    ]
    circles = [
        html.Li([html.I(className="ring", style={"borderColor": o.colour}), html.Span(o.name)])
        for o in outlines
    ]
    return html.Div(
        [
            html.Div(t(f"linkages.ties_{found.kind}"), className="legend-name"),
            html.Div(t(f"linkages.unit_{found.kind}"), className="legend-unit"),
            *([html.Div(t("linkages.assumed", b=exponent), className="assumed")] * bool(exponent)),
            html.Ul(rows, className="legend-rows"),
            *([html.Ul(marks, className="legend-marks")] * bool(marks)),
            *([html.Ul(circles, className="legend-marks")] * bool(circles)),
        ]
    )


def _mark(words: str, shape: str, ink: Ink) -> Component:
    style = {"borderColor": ink.arc, "height": f"{LOOSE}px"} if "dashed" in shape else {}
    colour = {"background": ink.arc} if "group" in shape else {}
    return html.Li([html.I(className=shape, style={**style, **colour}), html.Span(words)])


IN_YUAN = frozenset({"contracts", "investment"})
"""Kinds of links whose limits are amounts of money."""


def _ranges(kind: str, context: Context) -> list[str]:
    """Write the classes of a kind, the weakest first."""
    t = context.t
    moved = places_in(YUAN, context.lang) if kind in IN_YUAN else 0
    limits = [f"{shifted(limit, moved):,g}" for limit in LIMITS[kind]]
    inner = [t("map.between", low=low, high=high) for low, high in pairwise(limits)]
    written = [t("map.up_to", high=limits[0]), *inner, t("map.over", low=limits[-1])]
    return written[::-1] if kind in SHORT_IS_STRONG else written
