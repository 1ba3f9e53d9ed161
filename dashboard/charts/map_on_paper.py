"""What a map is on paper, where nobody zooms or asks: near enough, with names, and what is drawn.

A sheet of chosen circles has their outlines alone, one of a single city looks at that city; both
name their counties.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.charts.map_keys import outline_keys
from dashboard.lettering import plain
from dashboard.map.figure import THIN, TINT, outline_width, thin_colour
from dashboard.map.points import Dot
from dashboard.palette import faded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.record import Canvas, Key
    from dashboard.map.figure import Outline, Picture
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place

LINES: Final = frozenset({"ring", "thin"})
"""Marks of outlines."""


def on_paper(scene: Scene, view: View, picture: Picture, canvas: Canvas) -> Picture:
    """Return a picture as it is printed; on a page it stays as it is."""
    if canvas.height is None:
        return picture
    near = _near(scene, view)
    named = near if view.shows("labels") and view.level == "county" else ()
    bounds = scene.around(near) if near and not view.circle else picture.bounds
    counties = [
        Dot(one.lon, one.lat, plain(one.name[view.lang]), one.id, label=one.name[view.lang])
        for one in named
        if one.lon is not None and one.lat is not None
    ]
    drawn = drawn_circles(scene, view, picture.circles)
    return replace(picture, circles=drawn, bounds=bounds, counties=counties)


def city_of(scene: Scene, view: View) -> Place | None:
    """Return the one city that a sheet looks at, if there is one.

    The layout without figures stays whole: it shows where the city lies.
    """
    if view.circle or len(view.regions) != 1 or not view.shows("fill"):
        return None
    cities = {place.id: place for place in scene.atlas.regions("city")}
    return cities.get(view.regions[0])


def drawn_circles(scene: Scene, view: View, outlines: Sequence[Outline]) -> tuple[Outline, ...]:
    """Return the circles that a sheet shows: the chosen ones, those of the city, or all."""
    if view.circle:
        return tuple(one for one in outlines if one.chosen)
    if city_of(scene, view) is None:
        return tuple(outlines)
    codes = {place.id for place in _near(scene, view)}
    return tuple(one for one in outlines if codes & set(scene.atlas.roles([one.key], "county")))


def paper_keys(scene: Scene, view: View, keys: Sequence[Key], context: Context) -> tuple[Key, ...]:
    """Return a key in which only circles that the sheet shows stand, each as it is drawn."""
    shown = scene.outlines(view) if view.shows("circles") else ()
    drawn = drawn_circles(scene, view, shown)
    outlines = [_as_drawn(key, drawn, view) for key in outline_keys(drawn, context)]
    before = next((at for at, key in enumerate(keys) if key.shape in LINES), len(keys))
    others = [key for key in keys if key.shape not in LINES]
    return (*others[:before], *outlines, *others[before:])


def _as_drawn(key: Key, drawn: Sequence[Outline], view: View) -> Key:
    """Return the entry of an outline with the width, colours and tint of the map."""
    if key.shape == "thin":
        partly = (one for one in drawn if any(s.endswith("#partial") for s in one.shapes))
        return replace(key, width=THIN, colours=tuple(thin_colour(one.colour) for one in partly))
    chosen = any(one.chosen for one in drawn if one.name == key.words)
    tint = "" if view.shows("fill") else faded(key.colour, TINT)
    return replace(key, width=outline_width(chosen=chosen), inside=tint)


def paper_title(scene: Scene, view: View, title: str, context: Context) -> str:
    """Return the title of a map; of a sheet that looks at a city with its name."""
    city = city_of(scene, view)
    if city is None:
        return title
    return context.t("export.detail", title=title, place=city.name[view.lang])


def paper_notes(scene: Scene, view: View, context: Context) -> tuple[str, ...]:
    """Say that counts of the key are those of the whole, where the sheet shows a part."""
    if city_of(scene, view) is None:
        return ()
    return (context.t("export.counts_of_all"),)


def _near(scene: Scene, view: View) -> Sequence[Place]:
    """Return the counties that a sheet looks at: of the chosen circles, or of the one city."""
    counties = scene.atlas.regions("county")
    if view.circle:
        inside = scene.atlas.roles(view.circle_keys, "county")
        return [place for place in counties if place.id in inside]
    city = city_of(scene, view)
    return [p for p in counties if city.id in {p.prefecture, p.province}] if city else ()
