"""Strength of an industry's clusters: its three components side by side, then their mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.numbers import NO_DATA, number
from dashboard.panels import method
from dashboard.panels.components import Footnotes, panel, place_link
from dashboard.panels.origin import asking
from dashboard.panels.scope import Scope, basis, counted, named_on_demand
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component

    from dashboard.wording import Context
    from geodata.studies.specialisation import Component as Part
    from geodata.studies.specialisation import Strength

TOP = 10
FEWEST = 3


def rows_of(found: Sequence[Strength], selected: Sequence[str]) -> list[Strength]:
    """Return the strongest places, then the selected ones further down or without a rank."""
    ordered = sorted((s for s in found if s.rank), key=lambda s: s.rank or 0)
    top = ordered[:TOP]
    return [*top, *(s for s in found if s.place.id in selected and s not in top)]


def strength(
    asked: Scope, found: Sequence[Strength], context: Context, explore: Callable[[str], str]
) -> Component:
    """Show specialisation, size and growth of the strongest places.

    Parameters
    ----------
    asked
        Industry, year, benchmark and selection.
    found
        Components of the places compared.
    context
        Words and sources.
    explore
        Address of a place on the Explore page.
    """
    t = context.t
    title = t("clusters.strength")
    known = [s for s in found if s.rank]
    partial = [s.place for s in found if not s.rank]
    left_out = named_on_demand(t("clusters.no_growth", n=len(partial)), partial, context)
    if len(known) < FEWEST:
        words = t("clusters.too_few", n=len(known), fewest=FEWEST)
        return panel("strength", title, [html.P(words, className="panel-empty"), *left_out])
    feet = Footnotes(context)
    heads = ("specialisation", "size", "growth", "mean")
    lead = t(
        "clusters.strength_lead",
        basis=basis(asked, context),
        n=counted(asked, len(known), context),
        shown=min(TOP, len(known)),
    )
    head = html.Tr(
        [
            html.Th(t("clusters.place")),
            *(html.Th(t(f"clusters.strength_{name}"), className="num") for name in heads),
            html.Td(),
        ]
    )
    body = [_row(s, asked, context, feet, explore) for s in rows_of(found, asked.selected)]
    return panel(
        "strength",
        title,
        [
            html.P(lead, className="panel-lead"),
            html.Div(
                html.Table([html.Thead(head), html.Tbody(body)], className="strengths"),
                className="scroll-x",
                tabIndex=0,
            ),
            html.P(t("clusters.strength_key"), className="panel-key"),
            *left_out,
            method.note("clusters", "strength", t, table="strength"),
            *feet.close(),
        ],
    )


def _row(
    one: Strength,
    asked: Scope,
    context: Context,
    feet: Footnotes,
    explore: Callable[[str], str],
) -> Component:
    rank = f"{one.rank} " if one.rank else ""
    t, place, year = context.t, one.place.id, asked.year
    lq = FigureId(f"lq_{asked.industry}", place, year, asked.benchmark)
    count = FigureId(f"emp_{asked.industry}", place, year)
    cells = [
        _cell(part, written, context, feet)
        for part, written in (
            (one.specialisation, asking(number(one.specialisation.value.value, 2), lq, t)),
            (one.size, asking(number(one.size.value.value), count, t)),
            (one.growth, _percent(one.growth)),
        )
    ]
    chosen = "chosen" if one.place.id in asked.selected else ""
    return html.Tr(
        [
            html.Th([html.Small(rank, className="rank"), place_link(one.place, context)]),
            *cells,
            html.Td(number(one.mean), className="num strong"),
            html.Td(explore_link(explore(one.place.id), context)),
        ],
        className=chosen,
    )


def _cell(part: Part, written: str | Component, context: Context, feet: Footnotes) -> Component:
    t = context.t
    told: list[Any] = [written, *feet.mark(part.value.source_ids, part.value.note)]
    if part.percentile is not None:
        words = t("clusters.percentile", p=number(part.percentile), rank=part.rank)
        told.append(html.Small(words))
    return html.Td(told, className="num")


def _percent(part: Part) -> str:
    if part.value.value is None:
        return NO_DATA
    return f"{number(part.value.value, signed=True)}%"


def explore_link(href: str, context: Context) -> Component:
    """Lead on to the Explore page."""
    words = context.t("clusters.explore")
    shown: list[Any] = ["→", html.Span(words, className="unseen")]
    return dcc.Link(shown, href=href, title=words, className="onward")
