"""The links of the map in figures: what is linked, how strongly, and what is not linked and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.numbers import number
from dashboard.panels.components import Footnotes, panel, place_link, quantity
from dashboard.panels.method import note
from dashboard.units import counted
from dashboard.wording import Context, decimals_of_column, listing, unit_text, year_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

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
            note("linkages", "gravity", t, table="ties"),
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
            note("linkages", "flows", t, table="ties"),
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
