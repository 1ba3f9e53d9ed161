"""The exhibits of the Explore page: map, industry structure, ranking."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.industry import industry_chart, least_width
from dashboard.charts.quotients import CLASSES, COLOURS
from dashboard.charts.ranking import ROW, entries, missing, ranked, ranking_chart
from dashboard.charts.record import Canvas, Key, Row
from dashboard.charts.rows import both_words, column_rows
from dashboard.map.legend import basis, class_rows, size_words
from dashboard.map.points import LAYER_COLOURS
from dashboard.map.sized import COLOUR
from dashboard.palette import INK
from dashboard.panels.industry import basis as compared
from dashboard.panels.industry import specialised
from dashboard.panels.side_by_side import MOST
from dashboard.print import common
from dashboard.print.errors import EmptyError
from dashboard.print.exhibit import Exhibit
from dashboard.wording import listing, undated, year_text
from geodata.ids import NATION
from geodata.records import LANGUAGES, REGION_ID, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.map.fill import Fill
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Industry, IndustryRow, Source

PAGE: Final = "explore"


def map_exhibit(scene: Scene, view: View, context: Context) -> Exhibit:
    """Return the map as a print figure."""
    t = context.t
    fill = scene.fill(view) if view.shows("fill") else None
    indicator = scene.atlas.indicators[view.indicator]
    where = common.scope(scene, view)
    rows: tuple[Row, ...] = ()
    keys: list[Key] = []
    notes: list[str] = []
    if fill:
        rows = column_rows(scene, fill.column, fill.inside, context)
        keys += fill_keys(fill, context)
        notes += [basis(fill, context), *([t("map.pale")] if fill.has_pale else [])]
        notes += common.notes_of(rows, context)
    keys += marks(scene, view, context)
    title = t(
        "export.map_title" if fill else "export.layout_title",
        scope=where[view.lang],
        level=t(f"export.by_{view.level}"),
        indicator=undated(indicator.name[view.lang], view.year, t),
        year=year_text(view.year, t),
    )
    stem = (
        (where, common.short_name(indicator)) if fill else (where, both_words("export.layout_stem"))
    )
    more = common.about_indicator(view, context) if fill else []
    picture = scene.picture(view, "geo", "light")
    said = common.extremes(rows, fill.classes.decimals, context) if fill else t("map.plain")
    return Exhibit(
        page=PAGE,
        chart="map",
        lang=view.lang,
        title=title,
        subtitle=common.subtitle(scene, view, context, more),
        draw=lambda _: common.drawn_map(picture),
        rows=rows or layout_rows(scene, view, context),
        sources=common.sources_of(rows, context) or scheme_sources(scene, view, context),
        alt=t("export.alt_map", title=title, say=said),
        stem=common.file_stem(stem, view.lang, view.year if fill else ""),
        method=indicator.definition[view.lang] if fill else "",
        unit=common.unit_of(indicator, context),
        heading=common.heading(indicator, context) if fill else "",
        keys=tuple(keys),
        notes=tuple(notes),
        credits=common.credits_of(context, is_map=True),
        is_map=True,
    )


def fill_keys(fill: Fill, context: Context, *, nested: bool = True) -> list[Key]:
    """Return the legend's entries for the figures: classes, or the circles of totals."""
    rows = class_rows(fill, context, INK["light"])
    keys = [Key(words, colour, "area", n) for colour, words, n in rows]
    if not fill.sized:
        return keys
    shown = replace(keys[0], shape="dot")
    sizes = Key("", COLOUR, "nested", sizes=tuple(size_words(fill)))
    return [sizes, shown, *keys[1:]] if nested else []


def marks(scene: Scene, view: View, context: Context) -> list[Key]:
    """Return the legend's entries for circles and point layers."""
    t = context.t
    outlines = scene.outlines(view) if view.shows("circles") else ()
    keys = [Key(o.name, o.colour, "ring") for o in outlines]
    if any(shape.endswith("#partial") for o in outlines for shape in o.shapes):
        keys.append(Key(t("map.thin"), INK["light"].muted, "thin"))
    counts = {name: len(sites) for name, sites in scene.sites(view).items()}
    return keys + [
        Key(t(f"shell.layer_{name}"), colour, "dot", counts[name])
        for name, colour in LAYER_COLOURS.items()
        if view.shows(name)
    ]


def layout_rows(scene: Scene, view: View, context: Context) -> tuple[Row, ...]:
    """Return the members of the circles: the table behind a map without an indicator."""
    found = []
    circles = [
        c for c in scene.atlas.circles(view.scheme) if not view.circle or c.id in view.circle
    ]
    for circle in circles:
        for member in circle.members:
            place = scene.atlas.place(member.place)
            role = scene.atlas.term("role", member.role)
            note = context.note(member.note) if member.note else ""
            found.append(
                Row(
                    place.id,
                    place.label,
                    circle.key,
                    circle.name,
                    None,
                    role[view.lang],
                    scene.atlas.scheme(view.scheme).year,
                    source_ids=member.source_ids,
                    note=note,
                )
            )
    return tuple(found)


def scheme_sources(scene: Scene, view: View, context: Context) -> tuple[Source, ...]:
    """Return the publications that define the scheme."""
    return tuple(context.source(i) for i in scene.atlas.scheme(view.scheme).source_ids)


def ranking_exhibit(scene: Scene, view: View, context: Context) -> Exhibit:
    """Return the ranking as a print figure: as many places as the sheet has room for.

    Raises
    ------
    EmptyError
        When no place has a value.
    """
    t = context.t
    asked, fill = ranked(scene, view), scene.fill(view)
    indicator = scene.atlas.indicators[view.indicator]
    found = entries(asked)
    if not found:
        raise EmptyError(t("panel.ranking_empty", named=indicator.name[view.lang]))
    where = common.scope(scene, view)
    title = t(
        "export.ranking_title",
        scope=where[view.lang],
        level=t(f"export.by_{view.level}"),
        indicator=undated(common.heading(indicator, context), view.year, t),
        year=year_text(view.year, t),
    )
    rows = column_rows(scene, fill.column, fill.inside, context)
    ordered = tuple(
        sorted(rows, key=lambda r: -(r.value if r.value is not None else float("-inf")))
    )
    notes = [t("export.ranking_cut", n=len(found)), *common.notes_of(rows, context)]
    if absent := missing(asked):
        names = listing((p.label[view.lang] for p in absent[:MOST]), t)
        key = "export.ranking_missing" if len(absent) <= MOST else "export.ranking_missing_more"
        notes.append(t(key, names=names, n=len(absent)))

    stem = (where, both_words("export.ranking_stem"), common.short_name(indicator))

    def draw(canvas: Canvas) -> dict[str, Any]:
        fitting = max(3, min(len(found), ((canvas.height or 0) - 8) // ROW))
        kept = [entry.place for entry in found[:fitting]]
        return ranking_chart(replace(asked, places=kept), t, "light")

    return Exhibit(
        page=PAGE,
        chart="ranking",
        lang=view.lang,
        title=title,
        subtitle=common.subtitle(scene, view, context, common.about_indicator(view, context)),
        draw=draw,
        rows=ordered,
        sources=common.sources_of(rows, context),
        alt=t(
            "export.alt_chart",
            title=title,
            say=common.extremes(rows, fill.classes.decimals, context),
        ),
        stem=common.file_stem(stem, view.lang, view.year),
        method=indicator.definition[view.lang],
        unit=common.unit_of(indicator, context),
        keys=tuple(fill_keys(fill, context, nested=False)),
        heading="" if fill.sized else basis(fill, context),
        notes=tuple(notes),
    )


def industry_exhibit(scene: Scene, view: View, context: Context) -> Exhibit:
    """Return the industry structure of the selection as a print figure.

    Raises
    ------
    EmptyError
        When no place has counts.
    """
    t = context.t
    places = scene.subjects(view)
    itself = view.benchmark == REGION_ID == places[0].id
    benchmark = NATION if itself else view.benchmark
    asked = [scene.atlas.industry(p.id, view.census, benchmark) for p in places]
    known = [one for one in asked if any(row.lq is not None for row in one.rows)][:MOST]
    if not known:
        raise EmptyError(t("panel.no_industry"))
    names = Name(
        *(common.listing_in(lang, [one.place.label[lang] for one in known]) for lang in LANGUAGES)
    )
    rows = tuple(row for one in known for row in industry_rows(one, context))
    title = t("export.industry_title", places=names[view.lang], year=year_text(view.census, t))
    notes = [t("panel.read_scale"), t("panel.read_sample")]
    stem = (names, both_words("export.industry_stem"))
    return Exhibit(
        page=PAGE,
        chart="industry",
        lang=view.lang,
        title=title,
        subtitle=compared(known[0], context),
        draw=lambda canvas: industry_chart(known, t, "light", scene.atlas.term, canvas.width),
        rows=rows,
        sources=common.sources_of(rows, context),
        alt=t("export.alt_chart", title=title, say=" ".join(specialised(known, context))),
        stem=common.file_stem(stem, view.lang, view.census),
        method=" ".join([t("panel.read_scale"), t("panel.read_sample")]),
        keys=(*quotient_keys(context), *mark_keys(known, context)),
        heading=t("export.quotient_heading"),
        notes=tuple(notes),
        least=least_width(len(known)) + 24 if len(known) > 1 else 300,
    )


def mark_keys(known: Sequence[Industry], context: Context) -> list[Key]:
    """Return the entries for the marks that the chart shows, and only those."""
    rows = [row for one in known for row in one.rows if row.lq is not None]
    keys = []
    if any(not row.stable for row in rows):
        keys.append(Key(context.t("export.unstable"), COLOURS[-2], "hatched"))
    if any(row.lq_before is not None for row in rows):
        keys.append(Key(context.t("export.before"), INK["light"].text, "hollow"))
    return keys


def quotient_keys(context: Context) -> list[Key]:
    """Return the classes of the bars, from the highest."""
    t = context.t
    limits = [f"{limit:g}" for limit in CLASSES]
    words = [
        t("export.below", high=limits[0]),
        *(t("export.from_to", low=a, high=b) for a, b in pairwise(limits)),
        t("export.at_least", low=limits[-1]),
    ]
    return [Key(word, colour) for word, colour in zip(words, COLOURS, strict=True)][::-1]


def industry_rows(one: Industry, context: Context) -> list[Row]:
    """Return quotient, shares and sampled workers of each industry of a place."""
    return [
        Row(
            one.place.id,
            one.place.label,
            f"{measure}_{row.sector}",
            Name(
                f"{context.term('industry', row.sector).zh} · {both.zh}",
                f"{context.term('industry', row.sector).en} · {both.en}",
            ),
            value,
            unit,
            year,
            "computed" if measure != "count" else one.total.status or "",
            one.total.source_ids,
            "" if row.stable or measure != "lq" else context.t("panel.hover_unstable"),
        )
        for row in one.rows
        for measure, value, unit, year in _measures(one, row, context)
        for both in [both_words(f"export.measure_{measure}")]
    ]


def _measures(
    one: Industry, row: IndustryRow, context: Context
) -> list[tuple[str, float | None, str, str]]:
    people = context.word("unit", one.total.unit) if one.total.unit else ""
    found: list[tuple[str, float | None, str, str]] = [
        ("lq", row.lq, "", one.year),
        ("share", row.share, "", one.year),
        ("benchmark", row.benchmark_share, "", one.year),
        ("count", row.count, people, one.year),
    ]
    if row.lq_before is not None:
        found.append(("before", row.lq_before, "", "2010"))
    return found


EXHIBITS: Final = {
    "map": map_exhibit,
    "industry": industry_exhibit,
    "ranking": ranking_exhibit,
}
