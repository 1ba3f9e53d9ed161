"""The map of the Explore page where it shows two indicators at once, each in thirds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts.captions import (
    about_indicator,
    notes_of,
    quotient_note,
    scope,
    short_name,
    subtitle,
)
from dashboard.charts.map_keys import ranges
from dashboard.charts.map_on_paper import paper_keys, paper_notes, paper_title
from dashboard.charts.record import Caption, Chart, Grid, Key, Row
from dashboard.charts.rows import both_words, column_rows
from dashboard.map.paired import LEAST, said
from dashboard.pairing import common_years
from dashboard.palette import PAIRED
from dashboard.wording import listing, named_unit, sentences, undated, year_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dashboard.charts.record import Canvas
    from dashboard.map.paired import Paired
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Name


def paired_chart(
    scene: Scene,
    view: View,
    paired: Paired,
    draw: Callable[[Canvas], dict[str, Any]],
    marks: Sequence[Key],
) -> Chart:
    """Return the map of both indicators; `marks` are the entries of its key for all but areas."""
    context = scene.context(view)
    t = context.t
    first, second = _names(paired, context)
    lacking = paired.lacking()
    without = [Key(t("map.no_data"), "no_data", count=lacking)] if lacking else []
    key = (_grid(paired, context), *without, *marks)
    sized = any(fill.indicator.summable for fill in (paired.first, paired.second))
    return Chart(
        "map",
        t("paired.name", first=first, second=second),
        scope(scene, view),
        draw,
        lambda: tuple(rows(scene, paired, context)),
        lead=year_text(view.year, t),
        say=(_say(paired, context),),
        notes=(
            t("paired.limits", level=t(f"export.level_{view.level}")),
            t("paired.reads"),
            *([t("paired.totals")] if sized else []),
            *([t("map.pale")] if paired.first.has_pale else []),
        ),
        key=key,
        caption=_caption(scene, view, paired, paper_keys(scene, view, key, context)),
        is_map=True,
    )


def why_not(scene: Scene, view: View, context: Context) -> tuple[str, ...]:
    """Say in a sentence why both indicators do not stand on one map; nothing where they do."""
    why, t = scene.pairing(view).why, context.t
    if not why:
        return ()
    indicators = scene.atlas.indicators
    years = listing(
        (year_text(year, t) for year in reversed(common_years(view, scene.atlas.indicators))), t
    )
    told = t(
        f"paired.why_{why}",
        name=indicators[view.indicator].name[view.lang],
        other=indicators[view.across].name[view.lang],
        year=year_text(view.year, t),
        years=years,
        level=t(f"shell.level_{view.level}"),
        least=LEAST,
    )
    return (told,)


def rows(scene: Scene, paired: Paired, context: Context) -> Iterator[Row]:
    """Yield both figures of each place shown, then its class, which two digits tell."""
    inside, of = paired.first.inside, paired.first.indicator
    for fill in (paired.first, paired.second):
        yield from column_rows(scene, fill.column, inside, context)
    names = {"first": of.name, "second": paired.second.indicator.name}
    item = both_words("paired.item", **names)
    values = zip(paired.first.column.values, paired.second.column.values, strict=True)
    for code, thirds, both in zip(paired.codes, paired.thirds(), values, strict=True):
        if not inside(code):
            continue
        place = scene.atlas.place(code)
        digits = None if thirds is None else float(10 * (thirds[0] + 1) + thirds[1] + 1)
        told = "" if thirds is None else said(thirds, context.t)
        year, sources = paired.first.column.year, (i for one in both for i in one.source_ids)
        yield Row(
            place.id,
            place.label,
            f"{of.id}_{paired.second.indicator.id}_thirds",
            item,
            digits,
            "",
            year,
            "computed",
            tuple(dict.fromkeys(sources)),
            told,
            catalogued=False,
        )


def _names(paired: Paired, context: Context) -> tuple[str, str]:
    fills = (paired.first, paired.second)
    first, second = (
        undated(fill.indicator.name[context.lang], fill.column.year, context.t) for fill in fills
    )
    return first, second


def _grid(paired: Paired, context: Context) -> Key:
    """Return the nine classes with both names and the limits of each."""
    fills = (paired.first, paired.second)
    up, across = (named_unit(fill.indicator, context) for fill in fills)
    limits = [tuple(ranges(fill.classes, context)) for fill in fills]
    return Key(
        "",
        shape="grid",
        grid=Grid((up, across), (limits[0], limits[1]), PAIRED, tuple(paired.counts())),
    )


def _say(paired: Paired, context: Context) -> str:
    """Say how many places lie in the four corners, for those who do not see the map."""
    counts, (first, second) = paired.counts(), _names(paired, context)
    return context.t(
        "paired.say",
        first=first,
        second=second,
        n=sum(counts),
        high=counts[-1],
        low=counts[0],
        upper=counts[LEAST - 3],
        lower=counts[2],
    )


def _caption(scene: Scene, view: View, paired: Paired, keys: tuple[Key, ...]) -> Caption:
    context = scene.context(view)
    t, where = context.t, scope(scene, view)
    first, second = _names(paired, context)
    title = t(
        "paired.title",
        scope=where[view.lang],
        level=t(f"export.by_{view.level}"),
        first=first,
        second=second,
        year=year_text(view.year, t),
    )
    both = [scene.atlas.indicators[one] for one in (view.indicator, view.across)]
    quotients = (note for one in both for note in quotient_note(one.id, view, context))
    said_too = (*dict.fromkeys(quotients), *paper_notes(scene, view, context))
    year, level, *_ = about_indicator(view, context)
    names: list[Name] = [short_name(one) for one in both]
    return Caption(
        (where, *names),
        title=paper_title(scene, view, title, context),
        subtitle=subtitle(scene, view, context, [year, level]),
        year=view.year,
        method=sentences(dict.fromkeys(one.definition[view.lang] for one in both)),
        notes=lambda found: (
            *said_too,
            *notes_of([row for row in found if row.catalogued], context),
        ),
        key=keys,
    )
