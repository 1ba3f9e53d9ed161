"""A chart on a page, named for those who hear it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.attributes import aria
from dashboard.panels.industry import CONFIG

if TYPE_CHECKING:
    from dash.development.base_component import Component


def graph(graph_id: str, figure: dict[str, Any], name: str) -> Component:
    """Return a graph of the height of its figure; `name` says what it shows."""
    drawn = dcc.Graph(
        id=graph_id,
        figure=figure,
        config=CONFIG,
        responsive=True,
        style={"height": f"{figure['layout']['height']}px"},
    )
    return html.Div(drawn, className="chart", role="img", **aria(label=name))
