"""Small maps of an indicator, one for each year, with one set of class limits."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.captions import heading, notes_of, quotient_note, scope, short_name, subtitle
from dashboard.charts.map_keys import explained, outline_keys
from dashboard.charts.record import Caption, Chart
from dashboard.charts.rows import both_words, column_rows
from dashboard.charts.unlike_years import unlike_years
from dashboard.map.figure import map_chart
from dashboard.map.several import laid_in_rows, several
from dashboard.wording import undated, year_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.record import Canvas
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context

ROW: Final = 190
"""Pixels of a row of maps on a page."""
COLUMNS: Final = 3


def small_maps(name: str, scene: Scene, view: View, context: Context) -> Chart:
    """Return the maps of all years of the view's indicator, which has several."""
    t, indicator = context.t, scene.atlas.indicators[view.indicator]
    years = indicator.years[view.level]
    views = [replace(view, year=year, layers=_layers(view)) for year in years]
    about, where = explained(scene.fill(view), context), scope(scene, view)
    fills = [scene.fill(one) for one in views]
    named = undated(indicator.name[view.lang], "", t)
    found = {key.words: key for fill in fills for key in explained(fill, context).keys}
    outlines = scene.outlines(view) if view.circle else ()
    key = (
        *(replace(one, count=None) for one in found.values()),
        *outline_keys([one for one in outlines if one.chosen], context),
    )
    unlike = unlike_years(scene, fills, context)
    said = quotient_note(view.indicator, view, context)
    span = t("second.years", first=year_text(years[0], t), last=year_text(years[-1], t))
    return Chart(
        name,
        t("second.all_title", name=named),
        where,
        partial(_draw, scene, views, [year_text(year, t) for year in years]),
        lambda: tuple(
            chain.from_iterable(column_rows(scene, f.column, f.inside, context) for f in fills)
        ),
        lead=span,
        notes=(*about.notes, *unlike),
        key=key,
        caption=Caption(
            (where, both_words("second.all_stem"), short_name(indicator)),
            title=t(
                "second.all_paper",
                scope=where[view.lang],
                level=t(f"export.by_{view.level}"),
                name=named,
                span=span,
            ),
            subtitle=subtitle(scene, view, context),
            year=f"{years[0]}-{years[-1]}",
            heading=heading(indicator, context),
            method=indicator.definition[view.lang],
            notes=lambda found: (*said, *unlike, *notes_of(found, context)),
        ),
        is_map=True,
    )


def _layers(view: View) -> tuple[str, ...]:
    """Return the layers of a small map, which names and points would cover."""
    lines = ("lines",) if view.level == "county" else ()
    return ("fill", *(("circles",) if view.circle else ()), *lines)


def _draw(
    scene: Scene, views: Sequence[View], titles: Sequence[str], canvas: Canvas
) -> dict[str, Any]:
    """Draw one map for each view, as vectors; paper lays them out itself."""
    figures = [map_chart(scene.picture(one, "geo", canvas.theme)) for one in views]
    drawn = several(figures, titles)
    return drawn if canvas.height else laid_in_rows(drawn, COLUMNS, ROW)
