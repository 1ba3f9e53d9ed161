"""What the map lies on in either renderer: bounds, hover, names of the counties, an empty style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.lettering import FONT

if TYPE_CHECKING:
    from dashboard.map.figure import Picture
    from dashboard.palette import Ink

COUNTY_NAMES_FROM = 6.9
"""Zoom from which county names are set: below it they would hide the colours."""
CLEAR = "rgba(0,0,0,0)"
PLACES = 60
"""How many traces and layers of one map have a place of their own in the order of drawing."""


def place(at: int) -> str:
    """Return the layer of the empty style below which MapLibre draws what has this number.

    Traces without a place each take the one on top when their layers are made, so that what is
    drawn first would depend on which geometry arrived first; and those that share a place are
    taken off and put back together whenever one of them changes.
    """
    return f"place-{min(at, PLACES - 1)}"


def map_layout(picture: Picture, ink: Ink, below: str) -> dict[str, Any]:
    """Return the layout of a map in either renderer.

    `below` is the place of the names of counties, under those of cities and circles: of two names
    that collide, MapLibre sets the upper layer's.
    """
    shared = {
        "template": {},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "font": {"family": FONT, "color": ink.text},
        "paper_bgcolor": CLEAR,
        "clickmode": "event",
        "hovermode": "closest",
        "uirevision": picture.focus,
        "selectionrevision": picture.focus,
        "meta": {
            "bounds": list(picture.bounds),
            "focus": picture.focus,
            "ring": ink.label,
            "halo": ink.county_line,
            "points": [list(point) for point in picture.points],
            "lit": list(picture.lit),
            "within": list(picture.within),
        },
        "hoverlabel": {
            "bgcolor": ink.paper,
            "bordercolor": ink.grid,
            "align": "left",
            "font": {"family": FONT, "size": 12, "color": ink.text},
        },
        "modebar": {
            "bgcolor": CLEAR,
            "color": ink.muted,
            "activecolor": ink.text,
            "orientation": "v",
        },
    }
    return shared | (_maplibre(picture, ink, below) if picture.renderer == "map" else _geo(picture))


def _maplibre(picture: Picture, ink: Ink, below: str) -> dict[str, Any]:
    west, south, east, north = picture.bounds
    names = {
        "sourcetype": "geojson",
        "source": picture.urls["names"],
        "type": "symbol",
        "below": below,
        "minzoom": COUNTY_NAMES_FROM,
        "color": ink.label,
        "symbol": {
            "text": "{name}",
            "icon": "",
            "placement": "point",
            # many points stand where names of counties do
            "textposition": "bottom center" if any(picture.dots.values()) else "middle center",
            "textfont": {"size": 11, "color": ink.label},
        },
    }
    return {
        "dragmode": "pan",
        "map": {
            "style": empty_style(),
            "center": {"lon": (west + east) / 2, "lat": (south + north) / 2},
            "zoom": 5.6,
            "layers": [names] if picture.labels else [],
        },
    }


def _geo(picture: Picture) -> dict[str, Any]:
    west, south, east, north = picture.bounds
    return {
        "dragmode": "pan",
        "geo": {
            "visible": False,
            "bgcolor": CLEAR,
            "projection": {"type": "mercator"},
            "lonaxis": {"range": [west - 0.15, east + 0.15]},
            "lataxis": {"range": [south - 0.15, north + 0.15]},
        },
    }


def empty_style() -> dict[str, Any]:
    """Return a clear MapLibre style that asks no host for anything; the page colours the sea.

    It is the same in both themes, because Plotly cannot change a style under layers of its own.
    Plotly also drops an empty `sources` when it redraws, and MapLibre then refuses the style. Its
    unseen layers are the places of the traces; a new colour is there at once, not blended in.
    """
    nothing = {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}
    sheet = {"id": "sheet", "type": "background", "paint": {"background-color": CLEAR}}
    unseen = {"type": "background", "layout": {"visibility": "none"}}
    return {
        "version": 8,
        "transition": {"duration": 0, "delay": 0},
        "sources": {"nothing": nothing},
        "layers": [sheet, *({"id": place(at)} | unseen for at in range(PLACES))],
    }
