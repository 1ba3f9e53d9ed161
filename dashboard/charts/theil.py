"""Theil's index over the years: between the groups below, within each of them above."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.axes import ROOMY, axis, year_tick
from dashboard.charts.choices import family_of, head_subject, region_of, weighting_of
from dashboard.charts.circles import circles_of
from dashboard.charts.compared import break_lines
from dashboard.charts.record import Canvas, Chart, Key, Panel, Row
from dashboard.charts.rows import both_words, value_row
from dashboard.lettering import base_layout, plain
from dashboard.numbers import number, percent
from dashboard.palette import INK
from dashboard.text import text
from dashboard.wording import Context, listing
from geodata.records import Name
from geodata.studies.gap import PROVINCE, REST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dash.development.base_component import Component

    from dashboard.charts.circles import Circles
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Place
    from geodata.studies.gap_findings import Split, Splits

NAMES = ("theil", "theil-circle")
"""Split by province, and by the circles of the scheme."""

HEIGHT = 300
MARGIN = {"l": 46, "r": 8, "t": 18, "b": 40}
BETWEEN = "between"
"""The part that is within no group."""
HIGH = 1.14
"""The axis over the highest bar, so that numbers fit above."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the index split in two ways, on one scale."""
    t, gap = context.t, scene.atlas.gap
    family, weighting = family_of(view), weighting_of(view)
    scheme = scene.atlas.scheme(view.scheme).name[view.lang]
    ways = (
        (t("compare.by_province"), gap.splits(family, weighting, PROVINCE)),
        (t("compare.by_circle", scheme=scheme), gap.splits(family, weighting, view.scheme)),
    )
    circles = circles_of(scene, view)
    top = max((s.parts.total for _, splits in ways for s in splits.years), default=0.0)

    def chart(name: str, title: str, splits: Splits) -> Chart:
        colours = part_colours(splits, circles)
        return Chart(
            name,
            title,
            head_subject(scene),
            partial(theil_chart, splits, top, colours, t),
            lambda: rows(splits, region_of(scene), context),
            lead=t(f"compare.theil_lead_{weighting}"),
            say=tuple(_told(split, t) for split in splits.years[-1:]),
            notes=tuple(_notes(splits, context)),
            key=tuple(_keys(splits, colours, t)),
            source_ids=tuple(dict.fromkeys(i for s in splits.years for i in s.theil.source_ids)),
            empty="" if splits.years else splits.reason[view.lang],
            below=(lambda _: [_members(splits, context)]) if splits.years else None,
        )

    return [chart(name, *way) for name, way in zip(NAMES, ways, strict=True)]


def _fullest(splits: Splits) -> Split:
    """Return the latest year with the most cities."""
    return max(splits.years, key=lambda s: (sum(map(len, s.cities.values())), s.year))


def _keys(splits: Splits, colours: Mapping[str, str], t: Text) -> Iterator[Key]:
    """Yield the colour of the part between the groups, and of each group with one within."""
    if splits.years:
        names = _fullest(splits).names
        for part, colour in colours.items():
            within = part in names and t("compare.within_of", group=names[part][t.lang])
            yield Key(within or t("compare.between"), colour)


def _notes(splits: Splits, context: Context) -> Iterator[str]:
    """Say what the groups leave open, and why years are parted."""
    if splits.years:
        yield from (remark[context.lang] for remark in splits.remarks)
        yield from break_lines(splits.breaks, context)
        yield context.t("compare.sets")


def _members(splits: Splits, context: Context) -> Component:
    """Return the fold that lists the cities of each group."""
    t, lang, last = context.t, context.lang, _fullest(splits)
    members = [
        t(
            "compare.members",
            group=last.names[group][lang],
            cities=listing((p.label[lang] for p in places), t),
        )
        for group, places in last.cities.items()
    ]
    return html.Details(
        [html.Summary(t("compare.groups")), html.Ul([html.Li(m) for m in members])],
        className="panel-sources",
    )


def _told(split: Split, t: Text) -> str:
    """Write a year's index and its parts."""
    return t(
        "compare.hover_theil",
        year=split.year,
        total=number(split.parts.total, 4),
        between=number(split.parts.between, 4),
        within=number(split.parts.within, 4),
    )


def rows(found: Splits, whole: Place, context: Context) -> Iterator[Row]:
    """Yield Theil's index, its part between groups, and the part within each group, by year."""
    for year in found.years:
        numbers = {"theil": year.parts.total, BETWEEN: year.parts.between}
        parts = [(key, both_words(f"export.item_{key}"), n) for key, n in numbers.items()]
        parts += [
            (f"within_{group.name}", _within_words(year.names[group.name]), group.within)
            for group in year.parts.groups
        ]
        for key, words, part in parts:
            value = replace(year.theil, value=float(part))
            yield value_row(whole, (key, words), value, context)


def _within_words(group: Name) -> Name:
    return Name(
        text("zh")("compare.within_of", group=group.zh),
        text("en")("compare.within_of", group=group.en),
    )


def theil_chart(
    splits: Splits, top: float, colours: Mapping[str, str], t: Text, canvas: Canvas
) -> dict[str, Any]:
    """Draw a bar for each year, parted where years must not be compared.

    Parameters
    ----------
    splits
        A decomposition with at least one year.
    top
        The highest total to make room for, so that two charts share one scale.
    colours
        Of the parts, as `part_colours` gives them.
    t
        Words.
    canvas
        What it is drawn on.
    """
    years, theme, width = splits.years, canvas.theme, canvas.width
    layout = base_layout(theme, HEIGHT, MARGIN)
    layout["barmode"] = "stack"
    layout["bargap"] = 0.28
    at = positions(splits)
    layout["xaxis"] = axis(
        theme,
        range=[-0.6, max(at.values()) + 0.6],
        tickvals=list(at.values()),
        ticktext=[year_tick(s.year, sum(map(len, s.cities.values())), t, width) for s in years],
        tickangle=0,
        showgrid=False,
        tickfont={"size": 10.5, "color": INK[theme].muted},
    )
    layout["yaxis"] = axis(theme, range=[0, top * HIGH], nticks=6, tickformat=".2f")
    layout["shapes"] = _partings(splits, at, theme)
    between, *inner = (Key(part, colour) for part, colour in colours.items())
    data = [
        _bars(splits, at, t, between.colour_in(theme), written=width >= ROOMY),
        *(_inner(splits, one.words, at, t, one.colour_in(theme)) for one in inner),
    ]
    return {"data": data, "layout": layout}


def positions(splits: Splits) -> dict[str, float]:
    """Return where each year stands: half a step further after each parting."""
    at: dict[str, float] = {}
    place = 0.0
    for number_of, run in enumerate(splits.runs):
        place += 0.5 if number_of else 0
        for year in run:
            at[year] = place
            place += 1
    return at


def part_colours(splits: Splits, circles: Circles) -> dict[str, str]:
    """Return the colour of the part between, and of each group with a part of its own, by id.

    Circles have the colours of the map, cities that are in none that of quiet words.
    """
    names = dict.fromkeys(g.name for split in splits.years for g in split.parts.groups)
    inner = [n for n in names if any(_within(split, n) > 0 for split in splits.years)]
    found = circles.of([BETWEEN, *inner])
    return {part: "muted" if part == REST else colour for part, colour in found.items()}


def _within(split: Split, name: str) -> float:
    return next((g.within for g in split.parts.groups if g.name == name), 0.0)


def _partings(splits: Splits, at: dict[str, float], theme: Theme) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "yref": "paper",
            "x0": at[run[0]] - 0.75,
            "x1": at[run[0]] - 0.75,
            "y0": 0,
            "y1": 1,
            "line": {"width": 1, "dash": "dot", "color": INK[theme].muted},
        }
        for run in splits.runs[1:]
    ]


def _bars(
    splits: Splits, at: dict[str, float], t: Text, colour: str, *, written: bool
) -> dict[str, Any]:
    """Draw the part between the groups; its share is written where a bar is wide enough."""
    years = splits.years
    return {
        "type": "bar",
        "name": t("compare.between"),
        "x": [at[s.year] for s in years],
        "y": [round(s.parts.between, 5) for s in years],
        "marker": {"color": colour, "line": {"width": 0}},
        "text": [percent(s.parts.share_between, 0) if written else "" for s in years],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 10.5, "color": "#ffffff"},
        "constraintext": "none",
        "hovertext": [_told(s, t) for s in years],
        "hoverinfo": "text",
    }


def _inner(splits: Splits, name: str, at: dict[str, float], t: Text, colour: str) -> dict[str, Any]:
    years = [s for s in splits.years if _within(s, name) > 0]
    title = years[0].names[name][t.lang]
    return {
        "type": "bar",
        "name": plain(title),
        "x": [at[s.year] for s in years],
        "y": [round(_within(s, name), 5) for s in years],
        "marker": {"color": colour, "line": {"width": 0}},
        "hovertext": [
            plain(
                t(
                    "compare.hover_within",
                    year=s.year,
                    group=title,
                    within=number(_within(s, name), 4),
                    cities=t("panel.comma").join(p.label[t.lang] for p in s.cities[name]),
                )
            )
            for s in years
        ],
        "hoverinfo": "text",
    }


PANEL = Panel("compare", "theil", charts, NAMES, ("scope", "family", "weighting"), "column")
