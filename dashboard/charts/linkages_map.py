"""The map of the Linkages page: published flows or gravity between the places, as arcs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.captions import method_of, scope, subtitle, titled
from dashboard.charts.map_keys import outline_keys
from dashboard.charts.map_on_paper import on_paper, paper_keys
from dashboard.charts.record import Caption, Chart, Key, Panel
from dashboard.charts.rows import both_words, flow_row, value_row
from dashboard.map.arcs import LOOSE, WIDTHS, arc_traces
from dashboard.map.figure import Point, map_chart, taken
from dashboard.map.ties import LIMITS, SHORT_IS_STRONG, Ties, Words, flow_ties, gravity_ties
from dashboard.numbers import number
from dashboard.text import text
from dashboard.units import YUAN, places_in, shifted
from dashboard.view import LAYOUT_LAYERS
from dashboard.wording import year_text
from geodata.places.sites import GATES
from geodata.studies.gravity import GRAVITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dashboard.charts.record import Canvas, Row, Shape
    from dashboard.map.figure import Picture, Renderer
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Level, Place
    from geodata.studies.gravity import Gravity
    from geodata.studies.links import Flow

ON_THE_MAP: Final = frozenset(LAYOUT_LAYERS)
"""Layers of the view that this map shows too."""
RAIL = "rail"
IN_YUAN: Final = frozenset({"contracts", "investment"})
"""Kinds of links whose limits are amounts of money."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the map."""
    t, where, kind = context.t, scope(scene, view), view.links
    name, unit = t(f"linkages.ties_{kind}"), t(f"linkages.unit_{kind}")
    year = gravity(scene, view).year if kind == GRAVITY else ""
    outlines = scene.outlines(view) if view.shows("circles") else ()
    exponent = view.exponent if kind == GRAVITY else ""
    found = ties(scene, view)
    key = (
        *tie_keys(found, context, exponent),
        *outline_keys(outlines, context),
        *sum_keys(found, context),  # last: there may be many
    )
    return [
        Chart(
            "map",
            name,
            where,
            partial(draw, scene, view),
            lambda: tuple(rows(scene, view, context)),
            lead=unit,
            say=(_say(scene, view, context),),
            key=key,
            caption=Caption(
                (where, both_words(f"linkages.ties_{kind}")),
                title=titled(name, where[view.lang], year, context),
                subtitle=subtitle(scene, view, context, [unit]),
                year=year,
                heading=name,
                method=method_of("linkages", kind if kind == GRAVITY else "flows", context),
                key=paper_keys(scene, _plain(view), key, context),
            ),
            is_map=True,
        )
    ]


def tie_keys(found: Ties, context: Context, exponent: str) -> Iterator[Key]:
    """Yield what is assumed, the classes of the widths with counts, and dashes."""
    t = context.t
    if exponent:
        yield Key(t("linkages.assumed", b=exponent), shape="none")
    for at, words in reversed(list(enumerate(_ranges(found.kind, context)))):
        yield Key(words, "arc", "line", found.counts[at], width=WIDTHS[at])
    if found.loose:
        yield Key(t("linkages.legend_dashed", n=found.loose), "arc", "dashed", width=LOOSE)


def sum_keys(found: Ties, context: Context) -> Iterator[Key]:
    """Yield the sums, which have no place on the map, those to scale first."""
    t = context.t
    if found.sums:
        yield Key(t("linkages.legend_sums"), shape="heading")
    for one in sorted(found.sums, key=lambda one: (one.rank is None, -(one.rank or 0))):
        shape: Shape = "broken" if one.rank is None else "bar"
        width = LOOSE if one.rank is None else WIDTHS[one.rank]
        words = t("linkages.legend_sum", ends=one.ends, figure=one.figure)
        yield Key(words, "arc", shape, width=width, source_ids=one.source_ids)


def _ranges(kind: str, context: Context) -> list[str]:
    """Write the classes of a kind, the weakest first."""
    t = context.t
    moved = places_in(YUAN, context.lang) if kind in IN_YUAN else 0
    limits = [f"{shifted(limit, moved):,g}" for limit in LIMITS[kind]]
    inner = [t("map.between", low=low, high=high) for low, high in pairwise(limits)]
    written = [t("map.up_to", high=limits[0]), *inner, t("map.over", low=limits[-1])]
    return written[::-1] if kind in SHORT_IS_STRONG else written


def _say(scene: Scene, view: View, context: Context) -> str:
    """Say which links have the highest and the lowest figure, for those who do not see them."""
    known = [
        (value, f"{row.name[context.lang]}—{row.item_name[context.lang]}")
        for row in rows(scene, view, context)
        if (value := row.value) is not None
    ]
    if not known:
        return context.t("export.alt_empty")
    (low_value, low), (high_value, high) = min(known), max(known)
    return context.t(
        "export.alt_links",
        n=len(known),
        high=high,
        high_value=number(high_value, 2),
        low=low,
        low_value=number(low_value, 2),
    )


def draw(scene: Scene, view: View, canvas: Canvas) -> dict[str, Any]:
    """Draw the map; it takes the shape it is given."""
    drawn = picture(scene, view, canvas.renderer, canvas.theme)
    return map_chart(on_paper(scene, _plain(view), drawn, canvas))


def picture(scene: Scene, view: View, renderer: Renderer, theme: Theme) -> Picture:
    """Return the layout of circles and cities with the links over it."""
    found = ties(scene, view)
    layout = scene.picture(_plain(view), renderer, theme)
    return replace(layout, over=arc_traces(found.arcs, renderer, theme, taken(layout)))


def _plain(view: View) -> View:
    """Return the view of the layout that the links lie on."""
    layers = tuple(token for token in view.layers if token in ON_THE_MAP)
    level: Level = "county" if view.among == "county" else "city"
    return replace(view, layers=layers, level=level)


def no_colours(_scene: Scene, _view: View, _theme: Theme) -> None:
    """Return nothing: no area of this map is coloured by a figure."""


def rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield the figures behind the arcs: the index of gravity, or the published flows."""
    if view.links == GRAVITY:
        for link in gravity(scene, view).links:
            other = (link.other.id, link.other.label)
            yield value_row(link.one, other, link.index, context)
        return
    for flow in flows(scene, view):
        yield flow_row(flow, context)


def ties(scene: Scene, view: View) -> Ties:
    """Return the links that the view asks for, as arcs."""
    t = text(view.lang)
    source = scene.context(view).source
    words = Words(t, scene.atlas.term, source, lambda year: year_text(year, t))
    spots = _spots(scene)
    if view.links == GRAVITY:
        return gravity_ties(gravity(scene, view), spots, words)
    return flow_ties(flows(scene, view), view.links, spots, words)


def flows(scene: Scene, view: View) -> Sequence[Flow]:
    """Return the latest published flows; both directions of a railway are one, the fresher."""
    links = scene.atlas.links
    return tuple(links.times().values()) if view.links == RAIL else links.latest(view.links)


def gravity(scene: Scene, view: View) -> Gravity:
    """Return the links of gravity for the chosen mass and exponent."""
    return scene.atlas.attraction.gravity(view.mass, float(view.exponent))


def _spots(scene: Scene) -> Callable[[Place], Point | None]:
    """Return where places stand: cities at their anchor, others at their label point."""
    anchors = {
        site.regions[0]: (site.lon, site.lat)
        for site in reversed(scene.atlas.anchors())
        if site.regions and site.kind not in GATES
    }

    def spot(place: Place) -> Point | None:
        lon, lat = anchors.get(place.id, (place.lon, place.lat))
        return None if lon is None or lat is None else (lon, lat)

    return spot


PANEL = Panel("linkages", "map", charts, ("map",))
