"""A chart on a page: drawn, told to those who hear it, and its figures as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.attributes import aria, data
from dashboard.web.root import rooted

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.text import Text

CONFIG: Any = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def map_config() -> Any:  # noqa: ANN401 - what Plotly is told
    """Return how a map behaves, and where it finds the outline of the world."""
    world = rooted("/assets/topology/")
    return {**CONFIG, "scrollZoom": True, "doubleClick": False, "topojsonURL": world}


def plotted(graph_id: str, figure: dict[str, Any], least: int = 0) -> Component:
    """Return the graph alone."""
    style = {"height": f"{figure['layout']['height']}px"}
    if least:
        style["minWidth"] = f"{least}px"
    layout = figure["layout"]
    config = map_config() if "geo" in layout or "map" in layout else CONFIG
    made: Component = dcc.Graph(
        id=graph_id, figure=figure, config=config, responsive=True, style=style
    )
    return made


def told(words: tuple[str, str], t: Text) -> dict[str, Any]:
    """Return the attribute that says in words what a chart is and what it shows."""
    title, say = words
    return aria(label=t("export.alt_chart", title=title, say=say))


def as_table(graph_id: str, page: str, chart: str, t: Text) -> Component:
    """Return the fold in which assets/table.js lists the figures behind a chart.

    Page and chart are named as in addresses. Figures of the catalogue can be asked where they come
    from, see `dashboard.asked`.
    """
    name = t("shell.as_table")
    made: Component = html.Details(
        [
            html.Summary(name),
            html.Div(className="scrolled", tabIndex=0, role="group", **aria(label=name)),
        ],
        className="as-table",
        **data(of=graph_id, page=page, chart=chart, ask=t("origin.ask")),
    )
    return made
