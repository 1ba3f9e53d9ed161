"""Ranking of the indicator within the chosen circles, or within the whole region."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from dash import html

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
from dashboard.charts.map_keys import basis, fill_keys
from dashboard.charts.ranking_bars import Ranking, entries, missing, ranking_chart
from dashboard.charts.record import Caption, Chart, Panel, Reported
from dashboard.charts.rows import both_words, column_rows
from dashboard.map.sized import COLOUR
from dashboard.panels.components import status_key
from dashboard.panels.side_by_side import MOST
from dashboard.wording import Context, listing, undated, year_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.charts.record import Row
    from dashboard.map.fill import Fill
    from dashboard.panels.components import Footnotes
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Indicator, Name, Place


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart."""
    t, fill = context.t, scene.fill(view)
    asked = ranked(scene, view, fill)
    indicator = scene.atlas.indicators[view.indicator]
    where, shown = scope(scene, view), "" if fill.sized else basis(fill, context)
    caption = Caption(
        (where, both_words("export.ranking_stem"), short_name(indicator)),
        title=t(
            "export.ranking_title",
            scope=where[view.lang],
            level=t(f"export.by_{view.level}"),
            indicator=undated(heading(indicator, context), view.year, t),
            year=year_text(view.year, t),
        ),
        subtitle=subtitle(scene, view, context, about_indicator(view, context)),
        year=view.year,
        heading=shown,
        method=indicator.definition[view.lang],
        notes=lambda found: (
            *quotient_note(view.indicator, view, context),
            *_on_paper(asked, context, found),
        ),
    )
    made = chart(asked, indicator, context, where, lambda: rows(scene, fill, context))
    key = () if fill.sized else tuple(fill_keys(fill, context))
    return [replace(made, caption=caption, key=key)]


def chart(
    asked: Ranking,
    indicator: Indicator,
    context: Context,
    subject: Name,
    rows: Callable[[], Sequence[Row]],
) -> Chart:
    """Return the chart of a ranking; places without a value are counted and named below it."""
    t, column, found = context.t, asked.column, entries(asked)
    unit = context.word("unit", column.unit) if column.unit else ""
    name = indicator.name[context.lang]
    named = t("panel.name_unit", name=name, unit=unit) if unit else name
    ranks = {entry.place.id for entry in found}
    values = [v for code, v in zip(column.codes, column.values, strict=True) if code in ranks]
    pairs = [(entry.place.label, entry.value) for entry in found]
    without = missing(asked)
    said = extremes([*pairs, *((p.label, None) for p in without)], asked.decimals, context)
    lead = t(
        "panel.ranking_lead",
        named=undated(named, column.year, t),
        year=year_text(column.year, t),
        n=len(found),
    )
    if not found:
        lead, said = "", ""

    def below(_: Footnotes) -> list[Any]:
        return [*without_value(without, context), *status_key(values, context)] if found else []

    return Chart(
        "ranking",
        t("panel.ranking"),
        subject,
        partial(ranking_chart, asked, t),
        rows,
        lead=lead,
        say=(said,) if said else (),
        source_ids=tuple(dict.fromkeys(i for v in values for i in v.source_ids)),
        empty="" if found else t("panel.ranking_empty", named=named),
        below=below,
        tall=True,
    )


def ranked(scene: Scene, view: View, fill: Fill | None = None) -> Ranking:
    """Return what is ranked: the places of the chosen circles in the colours of the map's fill."""
    fill = fill or scene.fill(view)
    column = fill.column
    painted = {
        code: COLOUR if fill.sized else fill.colours[fill.classes.of(v.value)]
        for code, v in zip(column.codes, column.values, strict=True)
        if v.value is not None
    }
    return Ranking(
        column,
        [p for p in scene.atlas.regions(view.level) if fill.inside(p.id)],
        view.regions,
        painted,
        dict(fill.roles) if fill.filtered else {},
        fill.classes.decimals,
    )


def rows(scene: Scene, fill: Fill, context: Context) -> tuple[Row, ...]:
    """Return the figures from the highest, those places without one last."""
    found = column_rows(scene, fill.column, fill.inside, context)
    return tuple(
        sorted(found, key=lambda row: -(row.value if row.value is not None else float("-inf")))
    )


def without_value(places: Sequence[Place], context: Context) -> list[Any]:
    """Count the places without a value; their names unfold."""
    if not places:
        return []
    t = context.t
    names = listing((p.label[context.lang] for p in places), t)
    summary = html.Summary(t("panel.no_data_count", n=len(places)))
    return [html.Details([summary, html.P(names)], className="without")]


def _on_paper(asked: Ranking, context: Context, found: Sequence[Row]) -> list[str]:
    """Say that a sheet has room for some places, how the figures were come by, and what lacks."""
    t, absent = context.t, missing(asked)
    cut = t("export.ranking_cut", n=len(entries(asked)))
    if not absent:
        return [cut, *notes_of(found, context)]
    names = listing((p.label[context.lang] for p in absent[:MOST]), t)
    key = "export.ranking_missing" if len(absent) <= MOST else "export.ranking_missing_more"
    return [cut, *notes_of(found, context), t(key, names=names, n=len(absent))]


PANEL = Panel(
    "explore",
    "ranking",
    charts,
    ("ranking",),
    ("scope", "level", "colour", "across", "draw", "benchmark", "regions"),
    heading="panel.ranking",
    reported=(Reported("export.report_ranking", 60),),
)
