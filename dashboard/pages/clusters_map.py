"""The map of the clusters page: an industry's quotients, their change, or where likes cluster."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.rows import column_rows
from dashboard.map.categories import REST, Classed, classed_hot, classed_local, classed_update
from dashboard.map.figure import FILL
from dashboard.map.legend import legend, marks_key
from dashboard.map.pattern_legend import pattern_legend
from dashboard.map.points import site_dots
from dashboard.palette import INK
from dashboard.text import text
from geodata.records import FULL_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.map.figure import Picture, Renderer
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Site

PATTERNS = ("lisa", "hot")
"""Paints that show classes, of counties alone."""


def mapped(view: View, paint: str = "") -> View:
    """Return the view that colours the map by the industry: its quotient, or the change of it."""
    change = (paint or view.paint) == "change"
    return replace(
        view,
        indicator=f"lq_change_{view.industry}" if change else f"lq_{view.industry}",
        year="2010-2020" if change else view.census,
        classes="auto",
        limits=(),
        k=5,
    )


def colours(scene: Scene, view: View, theme: Theme) -> dict[int, dict[str, Any]] | None:
    """Return what a change of colour sets in the coloured trace, by its place."""
    if not view.shows("fill"):
        return None
    if view.paint not in PATTERNS:
        return scene.colours(mapped(view), theme)
    named = title(scene, view)
    return {FILL: classed_update(classed(scene, view), named, text(view.lang), INK[theme])}


def picture(scene: Scene, view: View, renderer: Renderer, theme: Theme) -> Picture:
    """Return all that the map shows: the shared map with the sites of the industry."""
    t = text(view.lang)
    shared = scene.picture(mapped(view, "lq"), renderer, theme)
    dots = {name: site_dots(found, t) for name, found in layers(sites(scene, view)).items()}
    coloured = colours(scene, view, theme) or {}
    return replace(shared, fill=coloured.get(FILL), points=(), dots=dots)


def rows(scene: Scene, view: View, context: Context) -> tuple[Row, ...]:
    """Return the figures behind the map; where likes cluster, the class stands as a note."""
    patterned = view.paint in PATTERNS
    fill = scene.fill(mapped(view, "lq" if patterned else ""))
    found = column_rows(scene, fill.column, fill.inside, context)
    if not patterned:
        return found
    kinds = classed(scene, view)
    of = dict(zip(kinds.codes, kinds.of, strict=True))
    return tuple(replace(row, note=context.t(f"clusters.kind_{of[row.id]}")) for row in found)


def legend_of(scene: Scene, view: View, theme: Theme) -> Component:
    """Return the words to the map."""
    spoken, ink = scene.context(view), INK[theme]
    outlines = scene.outlines(view) if view.shows("circles") else ()
    marks = (outlines, tuple(layers(sites(scene, view))))
    if not view.shows("fill") or view.paint not in PATTERNS:
        fill = scene.fill(mapped(view)) if view.shows("fill") else None
        return legend(fill, *marks, spoken, ink)
    if view.level != "county":
        words = html.Div(spoken.t("clusters.counties_only"), className="legend-foot")
        return html.Div([words, *marks_key(*marks, spoken, ink)])
    space = scene.atlas.space
    asked = (view.industry, view.census, view.weights)
    found = space.local(*asked) if view.paint == "lisa" else space.hot(*asked)
    tested = (found.setting, found.rate, space.moran(*asked))
    name = title(scene, view)
    return pattern_legend(classed(scene, view), name, tested, marks, (spoken, ink))


def classed(scene: Scene, view: View) -> Classed:
    """Return the counties by class; cities are in none, since only counties are tested."""
    roles = scene.roles(view)
    inside = None
    if roles is not None:
        inside = frozenset(code for code, role in roles.items() if role in FULL_ROLES)
    if view.level != "county":
        codes = [place.id for place in scene.atlas.regions(view.level)]
        nothing = [(None, None, None)] * len(codes)
        return Classed(codes, [REST[1]] * len(codes), nothing, {}, view.paint, inside)
    asked = (view.industry, view.census, view.weights)
    if view.paint == "lisa":
        return classed_local(scene.atlas.space.local(*asked), inside)
    return classed_hot(scene.atlas.space.hot(*asked), inside)


def title(scene: Scene, view: View) -> str:
    """Name what is mapped."""
    quotient = scene.atlas.indicators[f"lq_{view.industry}"].name[view.lang]
    return text(view.lang)(f"clusters.map_{view.paint}", quotient=quotient)


def sites(scene: Scene, view: View) -> list[Site]:
    """Return the clusters and parks of the industry, each once, within the chosen circles."""
    return list(scene.atlas.industry_sites.of(view.industry, _within(view)))


def records(scene: Scene, view: View) -> tuple[Site, ...]:
    """Return all rows of the industry within the chosen circles: sites and what is told of them."""
    return scene.atlas.industry_sites.records(view.industry, _within(view))


def _within(view: View) -> tuple[str, ...]:
    return tuple(view.circle_keys) if view.circle else ()


def layers(found: Sequence[Site]) -> dict[str, list[Site]]:
    """Return the sites by the layer of the map that they belong to; empty layers are left out."""
    kinds = {"clusters": "cluster", "parks": "park"}
    parted = {
        layer: [s for s in found if s.what == what and s.kind != "computing"]
        for layer, what in kinds.items()
    }
    parted["computing"] = [s for s in found if s.kind == "computing"]
    return {layer: those for layer, those in parted.items() if those}
