"""The selection in the industry, and how special and diverse the places of it are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.numbers import NO_DATA, number, percent
from dashboard.panels import method
from dashboard.panels.components import Footnotes, panel, place_link
from dashboard.panels.origin import asking
from dashboard.panels.quotients import quotient_word
from dashboard.panels.scope import Scope, basis, unknown_members
from dashboard.panels.strength import explore_link
from dashboard.wording import Context, listing, why_not
from geodata.records import FigureId
from geodata.studies.specialisation import PERIOD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component

    from dashboard.text import Text
    from geodata.studies.concentration import Structure
    from geodata.studies.specialisation import Sampled, Standing

STRUCTURES: Final = ("krugman", "herfindahl", "diversity")
"""Measures of the structure of employment, as the panel lists them."""


def standing(
    asked: Scope,
    rows: Sequence[tuple[Standing, Sequence[Structure]]],
    context: Context,
    explore: Callable[[str], str],
) -> Component:
    """Show the selected places: quotient with interval, count, share, change, structure.

    Parameters
    ----------
    asked
        Industry, year and benchmark.
    rows
        Each selected place with its structure in the years that have one.
    context
        Words and sources.
    explore
        Address of a place on the Explore page.
    """
    t = context.t
    feet = Footnotes(context)
    return panel(
        "standing",
        t("clusters.standing"),
        [
            html.P(basis(asked, context), className="panel-lead"),
            _industry([one for one, _ in rows], asked, (context, feet, explore)),
            *_silent(rows, asked, context),
            *_incomparable(rows, context),
            *unknown_members(asked, context),
            html.H3(t("clusters.structure")),
            _structures(rows, context, feet),
            html.P(t("clusters.structure_key"), className="panel-key"),
            method.note("clusters", "standing", t, table="standing"),
            *feet.close(),
        ],
    )


def _industry(
    rows: Sequence[Standing],
    asked: Scope,
    about: tuple[Context, Footnotes, Callable[[str], str]],
) -> Component:
    context, feet, explore = about
    t = context.t
    heads = [t(f"clusters.column_{name}") for name in ("lq", "count", "share", "change")]
    body = []
    for one in rows:
        now = one.sampled.get(asked.year)
        if now is None:
            continue
        lq, count, share, change = _numbers(one, now, asked, t)
        ends = t("clusters.interval", low=number(now.low, 2), high=number(now.high, 2))
        marks = feet.mark(now.lq.source_ids, now.lq.note)
        body.append(
            html.Tr(
                [
                    html.Th(place_link(one.place, context), scope="row"),
                    html.Td([lq, *marks, html.Small(ends)], className="num"),
                    html.Td(count, className="num"),
                    html.Td(share, className="num"),
                    html.Td(change, className="num"),
                    html.Td(explore_link(explore(one.place.id), context)),
                ]
            )
        )
    head = html.Tr(
        [html.Th(t("clusters.place")), *(html.Th(h, className="num") for h in heads), html.Td()]
    )
    table = html.Table([html.Thead(head), html.Tbody(body)], className="standings")
    return html.Div(table, className="scroll-x", tabIndex=0)


def _numbers(one: Standing, now: Sampled, asked: Scope, t: Text) -> tuple[Any, ...]:
    """Write quotient, workers, share and change; each can be asked where it comes from."""
    place, year, item = one.place.id, asked.year, asked.industry
    lq = FigureId(f"lq_{item}", place, year, asked.benchmark)
    change: list[Any] = [NO_DATA]
    if one.change.value is not None:
        written = number(one.change.value, 2, signed=True)
        words = t("clusters.clear") if one.clear else t("clusters.unclear")
        figure = FigureId(f"lq_change_{item}", place, PERIOD, asked.benchmark)
        change = [asking(written, figure, t), html.Small(words)]
    return (
        asking(quotient_word(now), lq, t),
        asking(number(now.count), FigureId(f"emp_{item}", place, year), t),
        asking(percent(now.share), FigureId(f"emp_share_{item}", place, year), t),
        change,
    )


def _silent(rows: Sequence[tuple[Standing, Any]], asked: Scope, context: Context) -> list[Any]:
    """Name the selected places without counts in the year."""
    names = [one.place.label[context.lang] for one, _ in rows if asked.year not in one.sampled]
    if not names:
        return []
    words = context.t("clusters.silent", year=asked.year, places=listing(names, context.t))
    return [html.P(words, className="panel-remark")]


def _incomparable(rows: Sequence[tuple[Standing, Any]], context: Context) -> list[Any]:
    """Say why a selected place has no change."""
    return [
        html.P(
            context.t(
                "clusters.no_change_of",
                place=one.place.label[context.lang],
                reason=why_not(one.change.note, context),
            ),
            className="panel-remark",
        )
        for one, _ in rows
        if one.change.value is None and one.change.note
    ]


def _structures(
    rows: Sequence[tuple[Standing, Sequence[Structure]]], context: Context, feet: Footnotes
) -> Component:
    t = context.t
    heads = [t(f"clusters.structure_{name}") for name in STRUCTURES]
    body = []
    for one, years in rows:
        name = html.Th(place_link(one.place, context), scope="row", rowSpan=len(years))
        for place, found in enumerate(years):
            marks = feet.mark(found.krugman.source_ids, found.krugman.note)
            body.append(
                html.Tr(
                    [
                        *([] if place else [name]),
                        html.Td(found.year, className="num"),
                        html.Td([number(found.krugman.value, 3), *marks], className="num"),
                        html.Td(number(found.herfindahl.value, 3), className="num"),
                        html.Td(number(found.diversity.value, 1), className="num"),
                    ]
                )
            )
    head = html.Tr(
        [
            html.Th(t("clusters.place")),
            html.Th(t("clusters.year"), className="num"),
            *(html.Th(h, className="num") for h in heads),
        ]
    )
    return html.Table([html.Thead(head), html.Tbody(body)], className="structures")
