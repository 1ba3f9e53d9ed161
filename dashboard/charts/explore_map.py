"""The map of the Explore page: an indicator over the circles, or their layout alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard.charts.captions import (
    about_indicator,
    extremes,
    heading,
    notes_of,
    quotient_note,
    scope,
    short_name,
    subtitle,
)
from dashboard.charts.map_keys import explained, layer_keys, outline_keys, over_keys
from dashboard.charts.map_on_paper import on_paper, paper_keys, paper_notes, paper_title
from dashboard.charts.paired_map import paired_chart, why_not
from dashboard.charts.record import Caption, Chart, Panel, Reported, Row
from dashboard.charts.rows import both_words, column_rows, joined
from dashboard.map.figure import map_chart
from dashboard.view import LAYOUT_LAYERS
from dashboard.wording import undated, year_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.charts.record import Canvas
    from dashboard.map.fill import Fill
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the map."""
    fill = scene.fill(view) if view.shows("fill") else None
    about = explained(fill, context)
    layers = {layer: len(sites) for layer, sites in scene.sites(view).items()}
    outlines = scene.outlines(view) if view.shows("circles") else ()
    laid = [(one, replace(view, scheme=one)) for one in view.over]
    over = over_keys(
        [(scene.atlas.scheme(one).name, scene.outlines(v)) for one, v in laid], context
    )
    marks = (*outline_keys(outlines, context), *over, *layer_keys(layers, context))
    if both := scene.pairing(view).paired:
        return [paired_chart(scene, view, both, partial(draw, scene, view), marks)]
    key = (*about.keys, *marks)
    return [
        Chart(
            "map",
            about.name,
            scope(scene, view),
            partial(draw, scene, view),
            lambda: tuple(rows(scene, view, fill, context)),
            lead=about.unit,
            say=(_say(scene, fill, context),),
            notes=(*about.notes, *why_not(scene, view, context)),
            key=key,
            caption=replace(
                _caption(scene, view, fill, context), key=paper_keys(scene, view, key, context)
            ),
            is_map=True,
        )
    ]


def draw(scene: Scene, view: View, canvas: Canvas) -> dict[str, Any]:
    """Draw the map; it takes the shape it is given."""
    drawn = scene.picture(view, canvas.renderer, canvas.theme)
    over = tuple(scene.lines_over(view, canvas.renderer))
    return map_chart(on_paper(scene, view, replace(drawn, over=over), canvas))


def _say(scene: Scene, fill: Fill | None, context: Context) -> str:
    """Say where the figure is highest and lowest, for those who do not see the map."""
    if fill is None:
        return context.t("map.plain")
    column = fill.column
    pairs = [
        (scene.atlas.place(code).label, value.value)
        for code, value in zip(column.codes, column.values, strict=True)
        if fill.inside(code)
    ]
    return extremes(pairs, fill.classes.decimals, context)


def _caption(scene: Scene, view: View, fill: Fill | None, context: Context) -> Caption:
    t, where = context.t, scope(scene, view)
    if fill is None:
        return Caption(
            (where, both_words("export.layout_stem")),
            title=t("export.layout_title", scope=where[view.lang]),
            subtitle=subtitle(scene, view, context),
        )
    indicator = scene.atlas.indicators[view.indicator]
    title = t(
        "export.map_title",
        scope=where[view.lang],
        level=t(f"export.by_{view.level}"),
        indicator=undated(indicator.name[view.lang], view.year, t),
        year=year_text(view.year, t),
    )
    said = (
        *quotient_note(view.indicator, view, context),
        *paper_notes(scene, view, context),
    )
    return Caption(
        (where, short_name(indicator)),
        title=paper_title(scene, view, title, context),
        subtitle=subtitle(scene, view, context, about_indicator(view, context)),
        year=view.year,
        heading=heading(indicator, context),
        method=indicator.definition[view.lang],
        notes=lambda found: (*said, *notes_of(found, context)),
    )


def rows(scene: Scene, view: View, fill: Fill | None, context: Context) -> Iterator[Row]:
    """Yield the figures on the map; without an indicator the members of its circles."""
    if fill:
        yield from column_rows(scene, fill.column, fill.inside, context)
        return
    scheme = scene.atlas.scheme(view.scheme)
    for circle in scene.atlas.circles(view.scheme):
        for member in circle.members if not view.circle or circle.id in view.circle else ():
            place = scene.atlas.place(member.place)
            yield Row(
                place.id,
                place.label,
                circle.key,
                joined(circle.name, scene.atlas.term("role", member.role)),
                None,
                "",
                scheme.year,
                source_ids=member.source_ids or scheme.source_ids,
                note=context.note(member.note) if member.note else "",
            )


PANEL = Panel(
    "explore",
    "map",
    charts,
    ("map",),
    reported=(
        Reported(
            "export.report_layout",
            10,
            seen=lambda view, _: replace(view, layers=LAYOUT_LAYERS),
        ),
        Reported("export.report_map", 50),
    ),
)
