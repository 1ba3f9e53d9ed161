"""The second of two maps side by side: another year, or another indicator.

On paper both stand on one sheet.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.captions import extremes, notes_of, quotient_note, scope, short_name, subtitle
from dashboard.charts.map_keys import explained
from dashboard.charts.map_on_paper import on_paper, paper_keys
from dashboard.charts.record import Caption, Chart, Key, Panel, undrawn
from dashboard.charts.rows import both_words, column_rows
from dashboard.charts.small_maps import small_maps
from dashboard.charts.unlike_years import unlike_years
from dashboard.map.figure import map_chart
from dashboard.map.several import several
from dashboard.view import ALL_YEARS
from dashboard.wording import listing, sentences, undated, year_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.charts.record import Canvas, Row
    from dashboard.companion import Why
    from dashboard.map.fill import Fill
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context

NAME: Final = "second"
HEIGHT: Final = 520
"""Pixels of the second map on a page; beside the first it is as high as that."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the second map, or the sentence that says why there is none."""
    found = scene.second(view)
    if view.maps == ALL_YEARS and view.shows("fill") and found.why != "one_year":
        return [small_maps(NAME, scene, view, context)]
    if found.view is None or not view.shows("fill"):
        why = why_not(scene, view, found.why or "no_fill", context)
        return [undrawn(NAME, context.t("second.title"), scope(scene, view), why)]
    pair = (view, found.view)
    fills = [scene.fill(one) for one in pair]
    about, unlike = explained(fills[1], context), unlike_years(scene, fills, context)
    column = fills[1].column
    named = undated(about.name, column.year, context.t)
    return [
        Chart(
            NAME,
            context.t("second.named", name=named, year=year_text(column.year, context.t)),
            scope(scene, view),
            partial(draw, scene, pair),
            lambda: tuple(rows(scene, fills, context)),
            lead=about.unit,
            say=(_say(scene, fills[1], context),),
            notes=(*about.notes, _scale(scene, pair, context), *unlike),
            key=tuple(about.keys),
            caption=_caption(scene, pair, fills, unlike, context),
            is_map=True,
        )
    ]


def why_not(scene: Scene, view: View, why: Why | str, context: Context) -> str:
    """Say in a sentence why there is no second map, and what to choose instead."""
    indicators, t = scene.atlas.indicators, context.t
    years = indicators[view.indicator].years[view.level]
    return t(
        f"second.why_{why}",
        name=indicators[view.indicator].name[view.lang],
        other=indicators[view.across].name[view.lang],
        years=listing((year_text(year, t) for year in years), t),
        then=view.then,
        level=t(f"shell.level_{view.level}"),
    )


def draw(scene: Scene, pair: tuple[View, View], canvas: Canvas) -> dict[str, Any]:
    """Draw the second map; on paper both."""
    if canvas.height is None:
        drawn = map_chart(scene.picture(pair[1], canvas.renderer, canvas.theme))
        return {**drawn, "layout": {**drawn["layout"], "height": HEIGHT}}
    pictures = [scene.picture(one, canvas.renderer, canvas.theme) for one in pair]
    figures = [
        map_chart(on_paper(scene, one, picture, canvas))
        for one, picture in zip(pair, pictures, strict=True)
    ]
    return several(figures, _titles(scene, pair, scene.context(pair[0])))


def rows(scene: Scene, fills: Sequence[Fill], context: Context) -> Iterator[Row]:
    """Yield the figures of both maps, the first map's first."""
    return chain.from_iterable(
        column_rows(scene, fill.column, fill.inside, context) for fill in fills
    )


def _scale(scene: Scene, pair: tuple[View, View], context: Context) -> str:
    shared = scene.shares(*pair)
    return context.t("second.one_scale") if shared else context.t("second.two_scales")


def _titles(scene: Scene, pair: tuple[View, View], context: Context) -> list[str]:
    """Return what stands over each map: the year, or the indicator with its year."""
    t = context.t
    if pair[0].indicator == pair[1].indicator:
        return [year_text(one.year, t) for one in pair]
    names = [scene.atlas.indicators[one.indicator].name[one.lang] for one in pair]
    return [
        t("second.named", name=undated(name, one.year, t), year=year_text(one.year, t))
        for name, one in zip(names, pair, strict=True)
    ]


def _say(scene: Scene, fill: Fill, context: Context) -> str:
    column = fill.column
    pairs = [
        (scene.atlas.place(code).label, value.value)
        for code, value in zip(column.codes, column.values, strict=True)
        if fill.inside(code)
    ]
    return extremes(pairs, fill.classes.decimals, context)


def _caption(
    scene: Scene,
    pair: tuple[View, View],
    fills: Sequence[Fill],
    unlike: Sequence[str],
    context: Context,
) -> Caption:
    t, (view, other) = context.t, pair
    where, found = scope(scene, view), [scene.atlas.indicators[one.indicator] for one in pair]
    names = list(dict.fromkeys(short_name(one) for one in found))
    first, second = _titles(scene, pair, context)
    what = found[0].name[view.lang] if len(names) == 1 else ""
    said = tuple(
        note
        for one in dict.fromkeys(one.indicator for one in pair)
        for note in quotient_note(one, view, context)
    )
    return Caption(
        (where, both_words("second.stem"), *names),
        title=t(
            "second.paper_title",
            scope=where[view.lang],
            level=t(f"export.by_{view.level}"),
            what=f"{what} " if what else "",
            first=first,
            second=second,
        ),
        subtitle=subtitle(
            scene, view, context, [t("export.level", level=t(f"export.level_{view.level}"))]
        ),
        year="-".join(sorted({view.year, other.year})),
        method=sentences(dict.fromkeys(one.definition[view.lang] for one in found)),
        notes=lambda found: (*said, *unlike, *notes_of(found, context)),
        key=tuple(_paper_keys(scene, pair, fills, context)),
    )


def _paper_keys(
    scene: Scene, pair: tuple[View, View], fills: Sequence[Fill], context: Context
) -> Iterator[Key]:
    """Yield one key for both maps where they share it, else one under the name of each.

    How many places are in a class differs between the maps, so that it stands with two keys only.
    """
    if scene.shares(*pair):
        found = {key.words: key for fill in fills for key in explained(fill, context).keys}
        yield from (replace(key, count=None) for key in found.values())
    else:
        for title, fill in zip(_titles(scene, pair, context), fills, strict=True):
            about = explained(fill, context)
            unit = context.word("unit", fill.column.unit) if fill.column.unit else ""
            yield Key(" · ".join(part for part in (title, unit) if part), shape="none")
            yield from about.keys
    yield from paper_keys(scene, pair[0], (), context)


PANEL = Panel(
    "explore",
    NAME,
    charts,
    (NAME,),
    ("scope", "level", "layers", "colour", "draw", "benchmark", "across", "regions"),
    heading="second.title",
)
