"""The firms of a reader as an image of their density, and as points of what he looks at.

Both are answered by the application that only the reader at this machine is shown.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import numpy as np
from flask import Flask, Response, abort, jsonify, request

from dashboard.palette import HEAT
from dashboard.view import DIVISIONS_ASKED
from dashboard.web.local import OWN_PAGE
from geodata.own.firms.spots import CELL_LIMITS, as_png

if TYPE_CHECKING:
    from dashboard.scene import Scene
    from geodata.own.firms.study import OwnFirms

DIGITS = 5
"""Decimals of a degree: about a metre."""
SIDES = 4


def serve_spots(server: Flask, scene: Scene) -> None:
    """Answer with images and points."""

    @server.get(f"{OWN_PAGE}/density/<name>.png")
    def density(name: str) -> Response:
        cells = register(scene, name).cells(division())
        if not cells.firms.size:
            abort(HTTPStatus.NOT_FOUND)
        return Response(as_png(cells, CELL_LIMITS, HEAT), mimetype="image/png")

    @server.get(f"{OWN_PAGE}/points/<name>")
    def points(name: str) -> Response:
        own = register(scene, name)
        if not own.keeps_points:
            abort(HTTPStatus.NOT_FOUND)
        lon, lat, there = own.spots(division()).sample(box())
        return jsonify(lon=_short(lon), lat=_short(lat), of=there)


def register(scene: Scene, name: str) -> OwnFirms:
    """Return a register by its name; 404 where there is none."""
    found = next((one for one in scene.atlas.own_firms if one.name == name), None)
    return found or abort(HTTPStatus.NOT_FOUND)


def division() -> int | None:
    """Return the division that is asked for, None for all; 400 where there is none such."""
    asked = request.args.get("division", DIVISIONS_ASKED[0])
    if asked not in DIVISIONS_ASKED:
        abort(HTTPStatus.BAD_REQUEST)
    return None if asked == DIVISIONS_ASKED[0] else int(asked)


def box() -> tuple[float, float, float, float]:
    """Return west, south, east and north of what is looked at; 400 where they are none."""
    try:
        sides = [float(one) for one in request.args.get("box", "").split(",")]
    except ValueError:
        abort(HTTPStatus.BAD_REQUEST)
    if len(sides) != SIDES or not np.isfinite(sides).all():
        abort(HTTPStatus.BAD_REQUEST)
    west, south, east, north = sides
    return west, south, east, north


def _short(degrees: np.ndarray) -> list[float]:
    return [round(one, DIGITS) for one in degrees.tolist()]
