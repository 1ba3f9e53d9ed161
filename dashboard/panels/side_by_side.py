"""Several places side by side: one column per place, the same figures in the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.numbers import NO_DATA
from dashboard.panels.components import (
    Footnotes,
    panel,
    place_link,
    quantity,
    status_key,
    status_mark,
)
from dashboard.panels.origin import asking
from dashboard.panels.subtotal import subtotal_line
from dashboard.wording import Context, year_text
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from geodata.records import KeyFigure, Place, Profile

MOST = 6
"""Places that stand side by side; the rest are counted in a sentence."""


def side_by_side(profiles: Sequence[Profile], context: Context) -> Component:
    """Set the first `MOST` places side by side.

    A figure that a place lacks, or has for another year than its neighbours, is shown as such:
    every cell carries its own year.
    """
    t = context.t
    shown = profiles[:MOST]
    feet = Footnotes(context)
    head = [html.Th(t("panel.figure"), scope="col")]
    head += [html.Th(place_link(p.place, context), scope="col", className="num") for p in shown]
    table = html.Table(
        [
            html.Thead(html.Tr(head)),
            html.Tbody([*identity_rows(shown, context), *figure_rows(shown, context, feet)]),
        ],
        className="figures beside",
    )
    return panel(
        "identity",
        t("panel.side_by_side", n=len(shown)),
        [
            html.Div(table, className="scroll-x", tabIndex=0),
            *beyond(len(profiles), t("panel.beyond", shown=MOST, n=len(profiles))),
            *status_key((f.value for p in shown for f in p.figures), context),
            *feet.close(),
        ],
    )


def kind_text(place: Place, context: Context) -> str:
    """Name the kind of a place; a city that is its own province is a municipality."""
    municipality = place.kind == "city" and place.id == place.province
    return context.t("panel.kind_municipality" if municipality else f"panel.kind_{place.kind}")


def beyond(count: int, words: str) -> list[Any]:
    """Say that more places are selected than stand side by side."""
    return [html.P(words, className="panel-remark")] if count > MOST else []


def identity_rows(profiles: Sequence[Profile], context: Context) -> list[Any]:
    """Write what each place is, its place in the layout and its circles."""
    t, lang = context.t, context.lang
    kinds = [[kind_text(p.place, context)] for p in profiles]
    layouts = [[n[lang] for n in p.layout] for p in profiles]
    scheme = next((m.circle.scheme for p in profiles for m in p.memberships), "")
    circles = [
        [
            t("panel.circle_role", circle=m.circle.name[lang], role=context.word("role", m.role))
            for m in p.memberships
            if m.circle.scheme == scheme
        ]
        for p in profiles
    ]
    rows = []
    for key, cells in (("kind", kinds), ("layout", layouts), ("circles", circles)):
        if any(cells):
            written = [html.Td([html.Div(word) for word in cell] or NO_DATA) for cell in cells]
            head = html.Th(t(f"panel.{key}"), scope="row")
            rows.append(html.Tr([head, *written], className="words"))
    return rows


def figure_rows(profiles: Sequence[Profile], context: Context, feet: Footnotes) -> list[Any]:
    """Write one row per key figure of any of the places, in the order they first appear."""
    found: dict[str, dict[int, KeyFigure]] = {}
    for column, profile in enumerate(profiles):
        for figure in profile.figures:
            found.setdefault(figure.indicator.id, {})[column] = figure
    rows = []
    for by_column in found.values():
        indicator = next(iter(by_column.values())).indicator
        cells = [
            figure_cell(by_column.get(column), profile.place, context, feet)
            for column, profile in enumerate(profiles)
        ]
        rows.append(html.Tr([html.Th(indicator.name[context.lang], scope="row"), *cells]))
    return rows


def figure_cell(
    figure: KeyFigure | None, place: Place, context: Context, feet: Footnotes
) -> Component:
    """Write one figure with its year and rank; the number can be asked where it comes from."""
    t = context.t
    if figure is not None and figure.subtotal is not None:
        found = figure.subtotal
        line = subtotal_line(found, figure.indicator.decimals, context)
        marks = feet.mark(found.value.source_ids, found.value.note)
        year = html.Small(year_text(found.value.year, t))
        return html.Td([NO_DATA, *marks, line, year], className="num")
    if figure is None or figure.value.value is None:
        empty = html.Span(NO_DATA, className="none", title=t("panel.no_data"))
        why = feet.mark((), figure.value.note) if figure else []
        return html.Td([empty, *why], className="num")
    value = figure.value
    about = [year_text(value.year, t)]
    written = quantity(value, context, figure.indicator.decimals)
    if figure.rank is not None:
        about.append(t("panel.rank", rank=figure.rank, of=figure.of))
    return html.Td(
        [
            asking(written, FigureId(figure.indicator.id, place.id, value.year), t),
            *feet.mark(value.source_ids, value.note),
            html.Small([" · ".join(about), *status_mark(value, context)]),
        ],
        className="num",
    )
