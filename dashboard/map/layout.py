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


def map_layout(picture: Picture, ink: Ink) -> dict[str, Any]:
    """Return the layout of a map in either renderer."""
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
            "points": [list(point) for point in picture.points],
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
    return shared | (_maplibre(picture, ink) if picture.renderer == "map" else _geo(picture))


def _maplibre(picture: Picture, ink: Ink) -> dict[str, Any]:
    west, south, east, north = picture.bounds
    names = {
        "sourcetype": "geojson",
        "source": picture.urls["names"],
        "type": "symbol",
        "minzoom": COUNTY_NAMES_FROM,
        "color": ink.label,
        "symbol": {
            "text": "{name}",
            "icon": "",
            "placement": "point",
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
    Plotly also drops an empty `sources` when it redraws, and MapLibre then refuses the style.
    """
    nothing = {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}
    sheet = {"id": "sheet", "type": "background", "paint": {"background-color": CLEAR}}
    return {"version": 8, "sources": {"nothing": nothing}, "layers": [sheet]}
