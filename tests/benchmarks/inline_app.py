"""The usual way, to compare with: every change of colour sends the map with its polygons.

The page, the figures and the compression are ours; polygon traces hold the GeoJSON itself in place
of its address, as `geojson=` does in most Plotly pages, and the whole figure is returned.
"""

from __future__ import annotations

import json
from typing import Any

from dash import Dash, Input, Output, State, dcc, html

from dashboard.loading import load
from dashboard.map.figure import FILL, map_chart
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse
from dashboard.web import wire as web

atlas, manifest = load()
app = Dash(__name__, compress=True, health_endpoint=None, assets_folder="none")
server = app.server
server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
web.report_health(server, manifest)
scene = Scene(atlas, web.serve_geometry(server, manifest), vocabulary(atlas))
POLYGONS = {
    web.GEO + file: json.loads(manifest.path(product).read_text(encoding="utf-8"))
    for product, file in manifest.products.items()
    if product.endswith("-overview.geojson")
}
app.layout = html.Div(
    [dcc.Location(id="url"), dcc.Store(id="part-colour"), html.Div(dcc.Graph(id="map"))]
)


@app.callback(Output("map", "figure"), Input("part-colour", "data"), State("url", "search"))
def redraw(inline: str, search: str) -> dict[str, Any]:
    """Draw the whole map; the polygons of `inline` ("areas" alone or "all" traces) travel along."""
    view = parse(search, scene.vocabulary)[0]
    figure: dict[str, Any] = map_chart(scene.picture(view, "map", "light"))
    for trace in figure["data"] if inline == "all" else [figure["data"][FILL]]:
        if "geojson" in trace:
            trace["geojson"] = POLYGONS[trace["geojson"]]
    return figure
