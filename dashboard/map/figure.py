"""The map, drawn by MapLibre or, without WebGL2 and for print, as vectors by Plotly's own geo.

Both are the same list of traces in other classes. Geometry is named by its address and fetched
once; only numbers travel with the figure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from dashboard.labels import around
from dashboard.lettering import FONT, plain
from dashboard.map.layout import CLEAR, map_layout, place
from dashboard.map.names import CIRCLE, CITY, TOWN, WING, Marked, Named, arranged
from dashboard.map.points import LAYER_COLOURS, Dot
from dashboard.map.room import pixels
from dashboard.map.sized import NO_CIRCLES, OPACITY, laid_out
from dashboard.palette import INK, Ink, Theme, faded
from geodata.records import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.labels import Box
    from dashboard.map.names import Spot, Stand, Style
    from geodata.records import Strip

Renderer = Literal["map", "geo"]
Point = tuple[float, float]
Bounds = tuple[float, float, float, float]

FILL, SIZED = range(2)
"""Places of the traces that are changed in part; where those of the selection begin, the layout
says in `meta.chosen`."""
CASING, CHOSEN = 7.0, 3.2
"""Pixels of the light line below that of a selected place, and of its own."""
TOTAL = 6.0
"""Half the pixels that names leave to the circle of a total."""
RING = 0.8
"""Pixels of the line around the circle of a total."""
REGION_BOUNDS: Bounds = (113.45, 36.03, 119.87, 42.62)
"""West, south, east, north of the three places, in degrees."""
THIN, TINT = 1.2, 0.26
"""Pixels of the line around what a circle only radiates to; opacity of its members' colour."""
NO_BREAK = "\N{NO-BREAK SPACE}"
CLASSES: dict[Renderer, tuple[str, str]] = {
    "map": ("choroplethmap", "scattermap"),
    "geo": ("choropleth", "scattergeo"),
}


@dataclass(frozen=True, slots=True)
class Outline:
    """A circle as drawn: its name, how far it reaches, and its shapes in the scheme's file."""

    key: str
    name: str
    colour: str
    strips: tuple[Strip, ...]
    shapes: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All the map shows.

    `urls` holds the addresses of "area" (the polygons of the level), "county", "city",
    "province", "circles" and "names"; `cities_codes` and `provinces_codes` are the ids of theirs.
    `codes` and `names` are the areas in order; `fill` is None for the plain layout without
    figures; `sized` are the circles of totals, at the `points` of the areas. `chosen` are the
    selected places of each level, `lit` all that these hold or lie in; `dots`
    are the point layers; `over` are traces that a page lays over
    the areas and circles, below the cities; `counties` are names alone; `within` are the
    cities that counties lie in; `land` is how far the land reaches, beyond which no name of a
    circle goes.
    """

    renderer: Renderer
    theme: Theme
    urls: Mapping[str, str]
    cities_codes: Sequence[str]
    provinces_codes: Sequence[str]
    codes: Sequence[str]
    names: Sequence[str]
    fill: Mapping[str, Any] | None
    chosen: Sequence[Sequence[str]]
    lit: Sequence[str]
    circles: Sequence[Outline]
    lines: bool
    labels: bool
    cities: Sequence[Dot]
    wings: Sequence[Dot]
    towns: Sequence[Dot]
    dots: Mapping[str, Sequence[Dot]]
    bounds: Bounds
    focus: str
    over: Sequence[Mapping[str, Any]] = ()
    sized: Mapping[str, Any] | None = None
    points: Sequence[Point] = ()
    counties: Sequence[Dot] = ()
    within: Sequence[str] = ()
    land: tuple[Strip, ...] = ()


def map_chart(picture: Picture) -> dict[str, Any]:
    """Draw the map: data and layout as the browser takes them.

    The traces are, in order: areas, circles of totals, lines and circles as far as they are
    switched on, the selection (a trace for each level in a light casing, then the same in a
    dark line), and points.
    """
    ink = INK[picture.theme]
    areas = _areas(picture, ink)
    ground = [
        areas,
        _sized(picture, areas, ink),
        *(_lines(picture, ink) if picture.lines else []),
        *(trace for circle in picture.circles for trace in _circle(picture, circle)),
        *(dict(trace) for trace in picture.over),
    ]
    first = len(ground)
    ground += _selection(picture, ink)
    marks = [
        *(_dots(picture, name, dots, ink) for name, dots in picture.dots.items() if dots),
        *_named(picture, ink),
        *([_county_names(picture, ink)] if picture.counties else []),
    ]
    if picture.renderer == "map":
        _put(ground, 0)
        _put(marks, len(ground) + 1)  # names of counties have the place between
    layout = map_layout(picture, ink, place(len(ground)))
    layout["meta"]["chosen"] = first
    return {"data": [*ground, *marks], "layout": layout}


def _put(traces: Sequence[dict[str, Any]], first: int) -> None:
    """Give traces places of their own in the order of drawing, one above the other."""
    for at, trace in enumerate(traces, first):
        trace["below"] = place(at)


def thin_colour(colour: str) -> str:
    """Return the colour of the line around what a circle only radiates to."""
    return faded(colour, 0.75)


def outline_width(*, chosen: bool) -> float:
    """Return the width of a circle's line in pixels."""
    return 3.2 if chosen else 2.0


def _polygons(picture: Picture, url: str, codes: Sequence[str], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a polygon trace without a colour bar."""
    return {
        "type": CLASSES[picture.renderer][0],
        "geojson": picture.urls[url],
        "locations": list(codes),
        "showscale": False,
        **more,
    }


def _clear(
    codes: Sequence[str], colour: str, tint: str = CLEAR, width: float = 1
) -> dict[str, Any]:
    """Return what makes a polygon trace an outline over a flat tint, deaf to the pointer."""
    return {
        "z": [0] * len(codes),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, tint], [1, tint]],
        "marker": {"line": {"color": colour, "width": width}},
        "hoverinfo": "skip",
    }


def _areas(picture: Picture, ink: Ink) -> dict[str, Any]:
    line = {"color": ink.county_line, "width": 0.6}
    plain_names = [plain(name) for name in picture.names]
    if picture.fill is None:
        flat = _clear(picture.codes, ink.county_line, ink.land, 0.6)
        del flat["hoverinfo"]
        flat |= {"hovertemplate": "<b>%{text}</b><extra></extra>", "text": plain_names}
        return _polygons(picture, "area", picture.codes, **flat, **_never_fade())
    more = {"text": plain_names, "marker": {"line": line}, **picture.fill, **_never_fade()}
    return _polygons(picture, "area", picture.codes, **more)


def _never_fade() -> dict[str, Any]:
    """Keep areas outside a lasso as they are: the selection is drawn by traces of its own."""
    return {"unselected": {"marker": {"opacity": 1}}}


def _selection(picture: Picture, ink: Ink) -> list[dict[str, Any]]:
    """Draw the selected places in two lines, so that they stand out from areas of any colour."""
    return [
        _polygons(picture, url, codes, **_clear(codes, colour, width=width))
        for colour, width in ((ink.county_line, CASING), (ink.label, CHOSEN))
        for url, codes in zip(LEVELS, picture.chosen, strict=True)
    ]


def _sized(picture: Picture, areas: Mapping[str, Any], ink: Ink) -> dict[str, Any]:
    """Draw totals as circles; their thin line is Plotly's on `geo`, that of map.js on MapLibre."""
    update = laid_out(picture.sized or NO_CIRCLES, areas, picture.points)
    marker = {**update.pop("marker"), "opacity": OPACITY}
    if picture.renderer == "geo":
        marker["line"] = {"color": ink.label, "width": RING}
    if not update["lon"]:  # Plotly never moves the layers of a trace that had no points at first
        update |= {"lon": [None], "lat": [None]}
    return {
        "type": CLASSES[picture.renderer][1],
        "mode": "markers",
        "marker": marker,
        "showlegend": False,
        "unselected": {"marker": {"opacity": OPACITY}},
        **update,
    }


def _lines(picture: Picture, ink: Ink) -> list[dict[str, Any]]:
    levels = (("city", picture.cities_codes, 0.9), ("province", picture.provinces_codes, 1.7))
    return [
        _polygons(picture, url, codes, **_clear(codes, ink.strong_line, width=width))
        for url, codes, width in levels
    ]


def _circle(picture: Picture, circle: Outline) -> list[dict[str, Any]]:
    """Draw full members as a tinted area in a dark outline; others by a thin line alone."""
    full = [s for s in circle.shapes if "#" not in s]
    part = [s for s in circle.shapes if s.endswith("#partial")]
    tint = CLEAR if picture.fill is not None else faded(circle.colour, TINT)
    width, thin = outline_width(chosen=circle.chosen), thin_colour(circle.colour)
    faint = CLEAR if picture.fill is not None else faded(circle.colour, 0.08)
    return [
        *([_polygons(picture, "circles", part, **_clear(part, thin, faint, THIN))] if part else []),
        *(
            [_polygons(picture, "circles", full, **_clear(full, circle.colour, tint, width))]
            if full
            else []
        ),
    ]


def _scatter(picture: Picture, dots: Sequence[Dot], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "type": CLASSES[picture.renderer][1],
        "lon": [d.lon for d in dots],
        "lat": [d.lat for d in dots],
        "customdata": [[d.target] for d in dots],
        "text": [plain(d.label) for d in dots],
        "hovertext": [d.hover for d in dots],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
        **more,
    }


def _dots(picture: Picture, layer: str, dots: Sequence[Dot], ink: Ink) -> dict[str, Any]:
    marker: dict[str, Any] = {
        "size": [*map(_width, dots)],
        "color": LAYER_COLOURS[layer],
        "opacity": 0.92,
    }
    if picture.renderer == "geo":
        marker["line"] = {"color": ink.paper, "width": 1}
    return _scatter(picture, dots, mode="markers", marker=marker)


def _width(dot: Dot) -> float:
    """Return the pixels of a point, which grows with what stands there."""
    return 7 + 3 * math.sqrt(min(dot.count, 5))


def _arranged(
    picture: Picture,
) -> tuple[list[Dot], tuple[Marked, ...], tuple[Stand, ...], tuple[Spot | None, ...]]:
    """Return the places that are marked, and where their names and those of circles stand."""
    kinds = [(CITY, picture.cities), (WING, picture.wings), (TOWN, picture.towns)]
    dots = [(style, dot) for style, own in kinds for dot in own]
    marked = tuple(Marked((dot.lon, dot.lat), dot.label, style) for style, dot in dots)
    circles = tuple(Named(circle.name, circle.strips) for circle in picture.circles)
    held = arranged(marked, circles, picture.land, _points(picture))
    return [dot for _, dot in dots], marked, *held


def _points(picture: Picture) -> tuple[Box, ...]:
    """Return the boxes of what else is marked: points of the layers, and totals of cities.

    Circles of totals change with the year, and names do not: they keep clear of a small one.
    """
    own = [dot for dots in picture.dots.values() for dot in dots]
    totals = picture.points if not picture.within else ()
    return (
        *(around(pixels(dot.lon, dot.lat), _width(dot) / 2) for dot in own),
        *(around(pixels(*at), TOTAL) for at in totals),
    )


def taken(picture: Picture) -> list[Box]:
    """Return the boxes of all names and of the dots of cities, in pixels of the smallest map."""
    _, marked, stands, spots = _arranged(picture)
    names = [one.box(stand) for one, stand in zip(marked, stands, strict=True)]
    return [*(one.dot for one in marked), *names, *(spot.box for spot in spots if spot)]


def _named(picture: Picture, ink: Ink) -> list[dict[str, Any]]:
    """Draw towns, the two cities large, the wings paired by a line through the core; name them.

    A trace has its names on one side.
    """
    dots, marked, stands, spots = _arranged(picture)
    groups: dict[tuple[Style, str], list[tuple[Dot, Stand]]] = {}
    for dot, one, stand in zip(dots, marked, stands, strict=True):
        groups.setdefault((one.style, stand.side), []).append((dot, stand))
    return [
        *([_axis(picture, ink)] if picture.cities else []),
        *(_places(picture, style, own, ink) for (style, _), own in groups.items()),
        *([_circle_names(picture, spots, ink)] if any(spots) else []),
    ]


def _axis(picture: Picture, ink: Ink) -> dict[str, Any]:
    core = picture.cities[0]
    path = [dot for wing in picture.wings for dot in (core, wing, core)]
    line = {"width": 2, "color": ink.wing}
    deaf = {"hoverinfo": "skip", "hovertemplate": None}
    return _scatter(picture, path, mode="lines", line=line) | deaf


def _places(
    picture: Picture, style: Style, own: Sequence[tuple[Dot, Stand]], ink: Ink
) -> dict[str, Any]:
    """Draw dots of a style with their names, all on one side."""
    dots, stands = zip(*own, strict=True)
    marker = {"size": style.dot, "color": ink.wing if style == WING else ink.label}
    names = {"textposition": stands[0].side, "textfont": style.font | {"color": ink.label}}
    more = names | _text(picture, stands)
    return _scatter(picture, dots, mode="markers+text", marker=marker) | more


def _text(picture: Picture, written: Iterable[Stand | Spot]) -> dict[str, Any]:
    """Write names in their lines; MapLibre would cut long ones at their spaces once more."""
    names = ["<br>".join(map(plain, one.lines)) for one in written]
    held = picture.renderer == "map"
    return {"text": [name.replace(" ", NO_BREAK) if held else name for name in names]}


def _county_names(picture: Picture, ink: Ink) -> dict[str, Any]:
    font = {"size": 11, "family": FONT, "color": ink.label}
    return _scatter(picture, picture.counties, mode="text", textfont=font)


def _circle_names(picture: Picture, spots: Sequence[Spot | None], ink: Ink) -> dict[str, Any]:
    """Set the names on the map; an unseen disc behind each makes it easy to hit."""
    set_ = [(one, spot) for one, spot in zip(picture.circles, spots, strict=True) if spot]
    dots = [Dot(*spot.at, plain(one.name), f"circle:{one.key}") for one, spot in set_]
    colours = [one.colour for one, _ in set_]
    colour = ink.label if picture.renderer == "map" else colours
    names = _scatter(
        picture,
        dots,
        mode="markers+text",
        textposition="middle center",
        textfont=CIRCLE.font | {"color": colour},
        marker={"size": 46, "color": colours, "opacity": 0},
    )
    return names | _text(picture, (spot for _, spot in set_))
