"""What stands beside one place: its likes, larger labour markets, firms, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.numbers import number
from dashboard.panels.components import Footnotes, panel, place_link
from dashboard.panels.method import note
from dashboard.wording import Context, listing, year_text
from geodata.studies.neighbours import NEAREST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from geodata.records import Place
    from geodata.studies.firms import Listed
    from geodata.studies.neighbours import Market, Peer
    from geodata.studies.structure import Pair

MARKET_HEADS: Final = ("market", "minutes", "from", "workers")
NAMED: Final = 5
"""Listed companies that are named, the largest by revenue first."""


def alike(
    place: Place, pairs: Sequence[Pair], peers: Sequence[Peer], context: Context
) -> Component:
    """Name the places most like one by structure of employment, and those nearest in size.

    Parameters
    ----------
    place
        The place asked of.
    pairs, peers
        The others of its kind, the most alike first; empty where it cannot be compared.
    context
        Words and sources.
    """
    t, feet, name = context.t, Footnotes(context), place.label[context.lang]
    by_structure = [
        (one.second, number(one.value.value, 3), feet.mark(one.value.source_ids))
        for one in pairs[:NEAREST]
    ]
    by_size = [
        (
            one.place,
            t("place.times", ratio=number(one.ratio, 2)),
            feet.mark(one.size.source_ids),
        )
        for one in peers[:NEAREST]
    ]
    return panel(
        "alike",
        t("place.alike"),
        [
            html.Div(
                [
                    _ranked(t("place.by_structure", of=len(pairs)), by_structure, context)
                    if pairs
                    else html.P(t("place.no_structure", place=name)),
                    _ranked(t("place.by_size", of=len(peers)), by_size, context)
                    if peers
                    else html.P(t("place.no_size", place=name)),
                ],
                className="alike",
            ),
            *feet.close(),
            note("place", "alike", t, table="alike" if pairs or peers else ""),
        ],
    )


def _ranked(
    title: str, rows: Sequence[tuple[Place, str, list[Any]]], context: Context
) -> Component:
    listed = [
        html.Li([html.Span(place_link(place, context)), html.B([written, *marks])])
        for place, written, marks in rows
    ]
    return html.Div([html.H3(title), html.Ol(listed)])


def reached(place: Place, found: Sequence[Market], context: Context) -> Component:
    """List the larger labour markets that published trains lead to, the nearest first."""
    t, feet, lang = context.t, Footnotes(context), context.lang
    if not found:
        words = t("place.no_markets", place=place.label[lang])
        shown: list[Any] = [html.P(words, className="panel-empty")]
    else:
        rows = [
            html.Tr(
                [
                    html.Th(place_link(one.place, context), scope="row"),
                    html.Td(
                        [
                            t("place.minutes", n=number(one.minutes.value)),
                            *feet.mark(one.minutes.source_ids, one.minutes.note),
                        ],
                        className="num",
                    ),
                    html.Td(
                        t(
                            "place.started",
                            start=one.start.label[lang],
                            year=year_text(one.minutes.year, t),
                        )
                    ),
                    html.Td(
                        [number(one.workers.value), *feet.mark(one.workers.source_ids)],
                        className="num",
                    ),
                ]
            )
            for one in found
        ]
        head = [html.Th(t(f"place.head_{name}"), scope="col") for name in MARKET_HEADS]
        table = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="reached")
        shown = [html.Div(table, className="scroll-x", tabIndex=0)]
    return panel(
        "reached",
        t("place.markets"),
        [
            *shown,
            *feet.close(),
            note("place", "markets", t, table="markets" if found else ""),
        ],
    )


def firms(place: Place, found: Listed, context: Context) -> Component:
    """Count the listed companies registered in a place, and name the largest of them."""
    t, feet = context.t, Footnotes(context)
    marks = feet.mark(found.source_ids)
    if not found.firms:
        said = t("place.no_firms", place=place.label[context.lang])
    else:
        said = t("place.firms_said", n=len(found.firms))
        # Their names stand in the table in Chinese alone.
        top = [one for one in found.firms if one.revenue.value is not None][:NAMED]
        if top and context.lang == "zh":
            said += t("place.firms_top", names=listing((one.name for one in top), t))
    if found.wider:
        said += t("place.firms_wider", n=found.wider)
    return panel(
        "firms",
        t("place.firms"),
        [html.P([said, *marks]), *feet.close(), note("place", "firms", t, table="firms")],
    )


def limits(lines: Sequence[str], context: Context) -> Component:
    """Say what the figures cannot."""
    t = context.t
    listed = html.Ul([html.Li(line) for line in lines], className="panel-reading")
    return panel("limits", t("place.limits"), [listed])
