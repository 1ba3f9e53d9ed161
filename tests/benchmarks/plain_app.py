"""A map as Dash is usually written, to compare with: one figure, its polygons inline.

Three controls, one callback, which returns the whole figure; the same figures, classes and polygons
as ours, served and compressed alike. It has no panels, ranking, legend, lines, circles or names.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

from dashboard.loading import load
from dashboard.map.figure import REGION_BOUNDS
from dashboard.map.fill import trace_update
from dashboard.map.layout import CLEAR
from dashboard.palette import INK
from dashboard.scene import Scene, vocabulary
from dashboard.text import text
from dashboard.view import parse
from dashboard.web import wire as web

CLASSES = (3, 4, 5, 6, 7)
EMPTY = {
    "version": 8,
    "sources": {"none": {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}},
    "layers": [{"id": "sheet", "type": "background", "paint": {"background-color": CLEAR}}],
}

atlas, manifest = load()
app = Dash(__name__, compress=True, health_endpoint=None, assets_folder="none")
server = app.server
server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
web.report_health(server, manifest)
scene = Scene(atlas, str, vocabulary(atlas))
indicators = {
    name: years["county"] for name, years in scene.vocabulary.years.items() if "county" in years
}
polygons = json.loads(manifest.path("county-overview.geojson").read_text(encoding="utf-8"))
first = parse("", scene.vocabulary)[0]
app.layout = html.Div(
    [
        dcc.Dropdown(list(indicators), first.indicator, id="indicator", clearable=False),
        dcc.Dropdown(
            sorted({y for years in indicators.values() for y in years}), first.year, id="year"
        ),
        dcc.Dropdown(list(CLASSES), first.k, id="k", clearable=False),
        dcc.Graph(id="map", style={"height": "640px"}, config={"scrollZoom": True}),
    ]
)


@app.callback(
    Output("map", "figure"),
    Input("indicator", "value"),
    Input("year", "value"),
    Input("k", "value"),
)
def draw(indicator: str, year: str, k: int) -> go.Figure:
    """Draw the whole map; a year that the indicator lacks is its latest."""
    years = indicators[indicator]
    shown = year if year in years else years[-1]
    view = replace(first, indicator=indicator, year=shown, k=k)
    fill: dict[str, Any] = trace_update(scene.fill(view), text("zh"), INK["light"], atlas.term)
    places = atlas.regions("county")
    west, south, east, north = REGION_BOUNDS
    areas = go.Choroplethmap(
        geojson=polygons,
        locations=[place.id for place in places],
        text=[place.label["zh"] for place in places],
        marker_line_width=0.6,
        showscale=False,
        **fill,
    )
    layout = go.Layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        map={
            "style": EMPTY,
            "center": {"lon": (west + east) / 2, "lat": (south + north) / 2},
            "zoom": 5.6,
        },
    )
    return go.Figure(areas, layout)
