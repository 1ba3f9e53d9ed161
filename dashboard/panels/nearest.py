"""The places most like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.numbers import number
from dashboard.panels.components import HINT, Footnotes, panel, place_link
from dashboard.panels.method import note
from dashboard.wording import Context, year_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from geodata.records import Place
    from geodata.studies.structure import Pair

SHOWN: Final = 10
"""Places most like one that are listed; the rest are counted."""


def nearest_panel(
    place: Place | None, pairs: Sequence[Pair], context: Context, year: str
) -> Component:
    """List the places most like one, or say what to select.

    Parameters
    ----------
    place
        The place asked of, None where nothing is selected.
    pairs
        The others of its kind, the most alike first; empty where it cannot be compared.
    context
        Words, addresses and sources.
    year
        The census year.
    """
    t = context.t
    if place is None:
        words = t("linkages.nearest_ask")
        asked = html.P(words, className=f"panel-empty {HINT}")
        return panel("nearest", t("linkages.nearest"), [asked])
    name = place.label[context.lang]
    title = t("linkages.nearest_of", place=name)
    if not pairs:
        words = t("linkages.nearest_none", place=name, year=year)
        return panel("nearest", title, [html.P(words, className="panel-empty")])
    feet = Footnotes(context)
    shown = pairs[:SHOWN]
    rows = [
        html.Li(
            [
                html.Span(place_link(pair.second, context)),
                html.I(style={"width": f"{100 * (pair.value.value or 0):.1f}%"}),
                html.B(number(pair.value.value, 3)),
            ]
        )
        for pair in shown
    ]
    lead = t("linkages.nearest_lead", n=len(shown), of=len(pairs), year=year_text(year, t))
    return panel(
        "nearest",
        title,
        [
            html.P([lead, *feet.mark(pairs[0].value.source_ids)], className="panel-lead"),
            html.Ol(rows, className="bars"),
            *feet.close(),
            note("linkages", "nearest", t, table="nearest"),
        ],
    )
