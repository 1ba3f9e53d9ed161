"""How alike places are: the matrix, the pairs at both ends, and the places most like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.charts.matrix import LIMITS, matrix_chart
from dashboard.numbers import number
from dashboard.palette import INK, SEQUENTIAL
from dashboard.panels.graph import graph
from dashboard.panels.method import note
from dashboard.panels.parts import Footnotes, panel, place_link
from dashboard.wording import Context, listing, year_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.charts.look import Look
    from geodata.records import Place
    from geodata.studies.groups import Comparable
    from geodata.studies.structure import Pair, Similarity

SHOWN: Final = 10
"""Places most like one that are listed; the rest are counted."""


def matrix_panel(
    found: Similarity,
    ends: tuple[Sequence[Pair], Sequence[Pair]],
    context: Context,
    look: Look,
    width: int,
) -> Component:
    """Show the matrix with its classes, or say why it cannot be drawn.

    Parameters
    ----------
    found
        The likeness of every pair.
    ends
        The pairs most and least alike.
    context, look
        Words, sources and colours.
    width
        Pixels the graph will have.
    """
    t = context.t
    feet = Footnotes(context)
    title = t(f"linkages.matrix_{found.likeness}")
    lead = t(
        f"linkages.matrix_lead_{found.kind}",
        n=len(found.among.places),
        year=year_text(found.year, t),
    )
    head = html.P([lead, *feet.mark(found.source_ids)], className="panel-lead")
    lacking = left_out(found.among, context)
    if not found.among.enough:
        why = html.P(t("linkages.too_few", n=len(found.among.places)), className="panel-empty")
        return panel("matrix", title, [why, *lacking])
    figure = matrix_chart(found, look, width)
    return panel(
        "matrix",
        title,
        [
            head,
            *graph("matrix-chart", figure, (title, lead), t),
            _key(context),
            *([circle_key(found.among, context, look)] * (found.kind != "circle")),
            *_ends(ends, context),
            *lacking,
            *feet.close(),
            note("linkages", "matrix", t),
        ],
    )


def _key(context: Context) -> Component:
    """Explain the colours; the classes are the same for all places and years."""
    edges = ("0", *(f"{limit:g}" for limit in LIMITS), "1")
    cells = [
        html.Span([html.I(style={"background": colour}), f"{low}–{high}"])
        for colour, low, high in zip(SEQUENTIAL, edges, edges[1:], strict=False)
    ]
    return html.Div([*cells, html.Small(context.t("linkages.matrix_key"))], className="class-key")


def circle_key(among: Comparable, context: Context, look: Look) -> Component:
    """Name the circles in the colours that they have on the map."""
    marks = []
    for group in among.groups:
        colour = look.colours.get(group.circle.id, "") if group.circle else INK[look.theme].muted
        name = group.circle.name[context.lang] if group.circle else context.t("linkages.outside")
        marks.append(html.Span([html.I(style={"background": colour}, className="dot"), name]))
    return html.Div(marks, className="class-key")


def _ends(ends: tuple[Sequence[Pair], Sequence[Pair]], context: Context) -> list[Any]:
    rows = []
    for key, pairs in zip(("most", "least"), ends, strict=True):
        said = listing((_pair(pair, context) for pair in pairs), context.t)
        rows.append(html.Li([html.B(context.t(f"linkages.{key}_alike")), said]))
    return [html.Ul(rows, className="panel-reading")]


def _pair(pair: Pair, context: Context) -> str:
    lang = context.lang
    names = f"{pair.first.label[lang]}—{pair.second.label[lang]}"
    return f"{names} {number(pair.value.value, 3)}"


def left_out(among: Comparable, context: Context) -> list[Any]:
    """Name the places that cannot be compared, by reason."""
    said = []
    for reason in dict.fromkeys(lack.reason for lack in among.lacking):
        names = listing(
            (x.place.label[context.lang] for x in among.lacking if x.reason == reason), context.t
        )
        said.append(
            html.P(context.t(f"linkages.without_{reason}", places=names), className="panel-remark")
        )
    return said


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
        return panel("nearest", t("linkages.nearest"), [html.P(words, className="panel-empty")])
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
            note("linkages", "nearest", t),
        ],
    )
