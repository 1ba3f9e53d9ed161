"""All publications with their addresses and how many figures each carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.numbers import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.text import Text
    from geodata.records import Source


def source_table(sources: Sequence[Source], figures: Mapping[str, int], t: Text) -> Component:
    """List the publications, those that carry most figures first."""
    heads = ("title", "publisher", "date", "figures", "id")
    ordered = sorted(sources, key=lambda s: (-figures.get(s.id, 0), s.id))
    rows = [
        html.Tr(
            [
                html.Td(_title(source)),
                html.Td(source.publisher),
                html.Td(source.date),
                html.Td(number(figures.get(source.id, 0)), className="number"),
                html.Td(html.Code(source.id)),
            ]
        )
        for source in ordered
    ]
    head = html.Tr([html.Th(t(f"data.source_{name}")) for name in heads])
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="data-sources")
    return html.Div([html.P(t("data.rendered")), html.Div(table, className="scrolled")])


def _title(source: Source) -> str | Component:
    if source.link is None:
        return source.title
    return html.A(source.title, href=source.link, target="_blank", rel="noopener noreferrer")
