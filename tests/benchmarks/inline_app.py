"""The usual way, to compare with: every change of colour sends the map with its polygons.

The page, the figures and the compression are ours; only the area trace holds the GeoJSON itself
in place of its address, and the whole figure is returned.
"""

from __future__ import annotations

import json
from typing import Any

from dash import Dash, Input, Output, State, dcc, html

from dashboard import web
from dashboard.cli import load
from dashboard.figures.map import FILL, map_figure
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse

atlas, manifest = load()
app = Dash(__name__, compress=True, health_endpoint=None, assets_folder="none")
server = app.server
server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
web.report_health(server)
scene = Scene(atlas, web.serve_geometry(server, manifest), vocabulary(atlas))
POLYGONS = {
    level: json.loads(manifest.path(f"{file}-overview.geojson").read_text(encoding="utf-8"))
    for level, file in (("county", "county"), ("city", "prefecture"))
}
app.layout = html.Div(
    [dcc.Location(id="url"), dcc.Store(id="part-colour"), html.Div(dcc.Graph(id="map"))]
)


@app.callback(Output("map", "figure"), Input("part-colour", "data"), State("url", "search"))
def redraw(_: str, search: str) -> dict[str, Any]:
    """Draw the whole map for the address."""
    view = parse(search, scene.vocabulary)[0]
    figure: dict[str, Any] = map_figure(scene.picture(view, "map", "light")).to_plotly_json()
    figure["data"][FILL]["geojson"] = POLYGONS[view.level]
    return figure
