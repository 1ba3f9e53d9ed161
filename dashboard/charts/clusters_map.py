"""The map of the Clusters page: an industry's quotients, their change, or where likes cluster."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard.charts.captions import (
    about_indicator,
    extremes,
    quotient_note,
    scope,
    subtitle,
    titled,
)
from dashboard.charts.map_keys import Explained, explained, layer_keys, outline_keys
from dashboard.charts.map_on_paper import on_paper, paper_keys, paper_notes, paper_title
from dashboard.charts.record import Caption, Chart, Key, Panel
from dashboard.charts.rows import column_rows
from dashboard.map.categories import (
    QUIET,
    REST,
    Classed,
    classed_hot,
    classed_local,
    classed_update,
)
from dashboard.map.figure import FILL, map_chart
from dashboard.map.points import site_dots
from dashboard.numbers import number
from dashboard.palette import INK
from dashboard.text import text
from dashboard.view import ONE_MAP
from dashboard.wording import listing
from geodata.records import FULL_ROLES, Name
from geodata.studies.specialisation import PERIOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.record import Canvas, Row
    from dashboard.map.figure import Picture, Renderer
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Site
    from geodata.studies.space import GlobalMoran, HotPattern, LocalPattern

PATTERNS = ("lisa", "hot")
"""Paints that show classes, of counties alone."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the map."""
    t, where = context.t, scope(scene, view)
    about = _explained(scene, view, context)
    name = about.name
    outlines = scene.outlines(view) if view.shows("circles") else ()
    layers = {layer: len(found) for layer, found in layered(sites(scene, view)).items()}
    year = PERIOD if view.paint == "change" else view.census
    key = (*about.keys, *outline_keys(outlines, context), *layer_keys(layers, context))
    title = titled(name, where[view.lang], year, context) if name else ""
    told = quotient_note(mapped(view).indicator, view, context) if name else ()
    return [
        Chart(
            "map",
            name,
            where,
            partial(draw, scene, view),
            lambda: rows(scene, view, context),
            lead=about.unit,
            say=(_say(scene, view, context),),
            notes=about.notes,
            key=key,
            caption=Caption(
                (where, Name(name, name)),
                title=paper_title(scene, view, title, context)
                if name
                else t("export.layout_title", scope=where[view.lang]),
                subtitle=subtitle(scene, view, context, _asked_for(view, context) if name else ()),
                year=year,
                heading=name,
                notes=lambda _: (*told, *paper_notes(scene, view, context)),
                key=paper_keys(scene, view, key, context),
            ),
            is_map=True,
        )
    ]


def _asked_for(view: View, context: Context) -> list[str]:
    """Say year, level and, but for patterns, the benchmark of what colours the map."""
    year, level, *benchmark = about_indicator(mapped(view), context)
    return [year, level, *(benchmark if view.paint not in PATTERNS else ())]


def _explained(scene: Scene, view: View, context: Context) -> Explained:
    """Explain what colours the map."""
    if not view.shows("fill") or view.paint not in PATTERNS:
        return explained(scene.fill(mapped(view)) if view.shows("fill") else None, context)
    if view.level != "county":
        return Explained(notes=(context.t("clusters.counties_only"),))
    found, moran = pattern(scene, view), scene.atlas.space.moran(*_asked(view))
    return Explained(
        title(scene, view),
        found.setting.year,
        pattern_keys(classed(scene, view), context),
        tested(found, moran, context),
    )


def pattern_keys(kinds: Classed, context: Context) -> list[Key]:
    """Return the classes with their counties; those not examined only where there are any."""
    counts = kinds.counts()
    colours = {**kinds.kinds, "none": QUIET, "na": "no_data"}
    return [
        Key(context.t(f"clusters.kind_{kind}"), colour, count=counts[kind])
        for kind, colour in colours.items()
        if kind != "na" or counts[kind]
    ]


def tested(
    found: LocalPattern | HotPattern, moran: GlobalMoran, context: Context
) -> tuple[str, ...]:
    """Say what was tested and how, the global statistic, and who could not be tested."""
    t, setting = context.t, found.setting
    notes = [
        t(f"clusters.weights_{setting.weights}"),
        t(
            "clusters.tested",
            n=f"{setting.permutations:,}",
            rate=f"{found.rate:.0%}",
            seed=setting.seed,
        ),
    ]
    if setting.reason:
        notes = [context.note(setting.reason)]
    elif moran.statistic is not None and moran.p is not None:
        chance = "< 0.001" if moran.p < 0.001 else f"= {number(moran.p, 3)}"  # noqa: PLR2004
        permuted = f"{moran.setting.permutations:,}"
        notes.append(t("clusters.moran", i=number(moran.statistic, 3), p=chance, n=permuted))
    for key, places in (("islands", setting.islands), ("left_out", setting.left_out)):
        if places:
            names = listing((place.label[context.lang] for place in places), t)
            notes.append(t(f"clusters.{key}", places=names))
    return tuple(notes)


def _say(scene: Scene, view: View, context: Context) -> str:
    """Say where the figure is highest and lowest, for those who do not see the map."""
    fill = scene.fill(mapped(view, "lq" if view.paint in PATTERNS else ""))
    column = fill.column
    pairs = [
        (scene.atlas.place(code).label, value.value)
        for code, value in zip(column.codes, column.values, strict=True)
        if fill.inside(code)
    ]
    return extremes(pairs, 2, context)


def mapped(view: View, paint: str = "") -> View:
    """Return the view that colours the map by the industry: its quotient, or the change of it."""
    change = (paint or view.paint) == "change"
    return replace(
        view,
        indicator=f"lq_change_{view.industry}" if change else f"lq_{view.industry}",
        year=PERIOD if change else view.census,
        classes="auto",
        limits=(),
        k=5,
        maps=ONE_MAP,
    )


def draw(scene: Scene, view: View, canvas: Canvas) -> dict[str, Any]:
    """Draw the map; it takes the shape it is given."""
    drawn = picture(scene, view, canvas.renderer, canvas.theme)
    return map_chart(on_paper(scene, view, drawn, canvas))


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
    dots = {name: site_dots(found, t) for name, found in layered(sites(scene, view)).items()}
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
    if view.paint == "lisa":
        return classed_local(scene.atlas.space.local(*_asked(view)), inside)
    return classed_hot(scene.atlas.space.hot(*_asked(view)), inside)


def pattern(scene: Scene, view: View) -> LocalPattern | HotPattern:
    """Return local Moran or Gi*, whichever paints the map."""
    space = scene.atlas.space
    return space.local(*_asked(view)) if view.paint == "lisa" else space.hot(*_asked(view))


def _asked(view: View) -> tuple[str, str, str]:
    return view.industry, view.census, view.weights


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


def layered(found: Sequence[Site]) -> dict[str, list[Site]]:
    """Return the sites by the layer of the map that they belong to; empty layers are left out."""
    kinds = {"clusters": "cluster", "parks": "park"}
    parted = {
        layer: [s for s in found if s.what == what and s.kind != "computing"]
        for layer, what in kinds.items()
    }
    parted["computing"] = [s for s in found if s.kind == "computing"]
    return {layer: those for layer, those in parted.items() if those}


PANEL = Panel("clusters", "map", charts, ("map",))
