"""Milestones under a series: numbered points by kind and date, lines of up to a few places."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.axes import axis, joined, rules
from dashboard.charts.choices import family_of, region_of
from dashboard.charts.circles import circles_of
from dashboard.charts.compared import (
    figures,
    known,
    places_of,
    series_rows,
    shown_indicator,
    subject_of,
)
from dashboard.charts.lanes import DOT, lanes_of, lifted
from dashboard.charts.record import Canvas, Chart, Key, Panel, Row
from dashboard.charts.rows import value_row
from dashboard.lettering import base_layout, plain, width_of
from dashboard.palette import INK
from dashboard.panels.components import status_words
from dashboard.units import counted
from dashboard.wording import Context, listing, named_unit, sentences, year_text
from geodata.records import REGION_ID, Value
from geodata.studies.timeline import KINDS
from geodata.studies.yearly import USUAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.lanes import Lane
    from dashboard.panels.components import Footnotes
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Indicator, Place
    from geodata.studies.timeline import Milestone
    from geodata.studies.yearly import Series

UPPER, LOWEST = 210, 110
"""Pixels of the series over the milestones, and on a sheet that has no room for as many."""
TOP, BOTTOM, RIGHT = 24, 6, 96
BETWEEN = 24
LEAST = 30
"""Pixels of a lane at least."""
BEGIN, END = 2013.3, 2026.5
PALE = 0.35
LINES = 4
"""Places whose series stand over the milestones."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: the milestones under the series of the chosen places."""
    t, atlas = context.t, scene.atlas
    found, name = series_of(scene, view)
    entry = atlas.comparison.indicator(name, family_of(view))
    series, indicator = counted(found, view.lang), counted(entry, view.lang)
    colours = circles_of(scene, view).of(one.place.id for one in series)
    chosen = (*view.regions, *view.circle_keys) or (REGION_ID,)
    milestones, touching = atlas.timeline.milestones, atlas.timeline.touching(chosen)
    values = known(series)

    def rows() -> tuple[Row, ...]:
        events = milestone_rows(milestones, region_of(scene), context)
        return (*series_rows(found, entry, context), *events)

    return [
        Chart(
            "timeline",
            t("compare.timeline"),
            subject_of([one.place for one in found], entry.name),
            partial(timeline_chart, milestones, touching, (series, indicator, colours), t),
            rows,
            lead=t("compare.timeline_lead", name=named_unit(indicator, context)),
            say=(t("compare.timeline_read", n=len(touching)),),
            key=tuple(
                Key(one.place.label[view.lang], colours[one.place.id], "line") for one in series
            ),
            notes=(*_undrawn(scene, view, found, t), *status_words(values, context)),
            source_ids=tuple(dict.fromkeys(i for v in values for i in v.source_ids)),
            below=lambda feet: [_listed(milestones, touching, context, feet)],
            below_said=tuple(sentences(_words(one, t)) for one in milestones),
        )
    ]


def series_of(scene: Scene, view: View) -> tuple[list[Series], str]:
    """Return the series over the milestones, of the chosen places or the region; and of what."""
    comparison, family = scene.atlas.comparison, family_of(view)
    name, _ = shown_indicator(scene, view)
    asked = [p.id for p in places_of(scene, view)]
    for indicator, ids in ((name, asked), (name, [REGION_ID]), (USUAL, [REGION_ID])):
        found = [comparison.series(indicator, i, family) for i in ids]
        if drawn := [one for one in found if one.runs and not one.partial][:LINES]:
            return drawn, indicator
    return [], USUAL


def _undrawn(scene: Scene, view: View, drawn: Sequence[Series], t: Text) -> list[str]:
    """Say of which of the chosen places no series is drawn."""
    asked, there = places_of(scene, view), [one.place for one in drawn]
    without = [place for place in asked if place not in there]
    if len(without) == len(asked) or not without:
        return []
    if len(drawn) == LINES:
        return [t("compare.timeline_some", n=LINES, of=len(asked))]
    return [t("compare.timeline_without", places=listing((p.label[t.lang] for p in without), t))]


def _words(one: Milestone, t: Text) -> tuple[str, str, str]:
    """Write number, title and date of an event."""
    return str(one.number), one.title[t.lang], year_text(one.date, t)


def _listed(
    found: Sequence[Milestone], touching: Collection[int], context: Context, feet: Footnotes
) -> Component:
    """Name each number, with its sources."""
    entries = []
    for one in found:
        number, title, date = _words(one, context.t)
        parts = [html.B(number), html.Span([title, *feet.mark(one.source_ids)]), html.Small(date)]
        entries.append(html.Li(parts, className="" if one.number in touching else "pale"))
    return html.Ol(entries, className="milestones")


def milestone_rows(found: Iterable[Milestone], whole: Place, context: Context) -> Iterator[Row]:
    """Yield each event as a row without a value: its title is the item, its date the year."""
    for one in found:
        value = Value(None, "", one.date, None, one.source_ids)
        place = one.places[0] if len(one.places) == 1 else whole
        yield value_row(place, (f"milestone_{one.number}", one.title), value, context)


def timeline_chart(
    milestones: Sequence[Milestone],
    touching: Collection[int],
    drawn: tuple[Sequence[Series], Indicator, Mapping[str, str]],
    t: Text,
    canvas: Canvas,
) -> dict[str, Any]:
    """Draw the series above, one lane for each kind of milestone below, years between them.

    Parameters
    ----------
    milestones
        All milestones; those whose number is not in `touching` are pale.
    touching
        Numbers of the milestones that concern the chosen places.
    drawn
        The series, each with a figure, their indicator, and the colours of their places; a figure
        of a year stands in its middle.
    t
        Words.
    canvas
        What it is drawn on.
    """
    theme, width = canvas.theme, canvas.width
    ink = INK[theme]
    names = {kind: t(f"compare.kind_{kind}") for kind in KINDS}
    left = round(max(map(width_of, names.values()))) + 14
    right = RIGHT if width > 2 * RIGHT + 240 else 12
    near = (DOT + 1) / max(1, width - left - right) * (END - BEGIN)
    kinds = [kind for kind in KINDS if any(m.kind == kind for m in milestones)]
    own = {kind: [m for m in milestones if m.kind == kind] for kind in kinds}
    lanes = lanes_of([lifted([m.at for m in own[kind]], near) for kind in kinds], LEAST)
    below = lanes[-1].end
    upper = _upper(canvas, TOP + BETWEEN + below + BOTTOM)
    inner = upper + BETWEEN + below
    layout = base_layout(
        theme, round(TOP + inner + BOTTOM), {"l": left, "r": right, "t": TOP, "b": BOTTOM}
    )
    layout["xaxis"] = axis(
        theme,
        range=[BEGIN, END],
        tickvals=list(range(2014, 2027, 1 if width > 600 else 2)),  # noqa: PLR2004
        side="top",
        anchor="y",
    )
    layout["yaxis"] = axis(
        theme,
        domain=[round((below + BETWEEN) / inner, 4), 1],
        nticks=5,
        tickformat=",",
        rangemode="tozero",
    )
    layout["yaxis2"] = axis(
        theme,
        domain=[0, round(below / inner, 4)],
        range=[below, 0],
        tickvals=[lane.middle for lane in lanes],
        ticktext=[plain(names[kind]) for kind in kinds],
        tickfont={"size": 12, "color": ink.text},
        anchor="x",
    )
    series, indicator, colours = drawn
    breaks = {b.year for one in series for b in one.breaks}
    layout["shapes"] = rules(breaks, theme, 2014, 2026)
    for shape in layout["shapes"]:
        shape["x0"] = shape["x1"] = shape["x0"] + 0.5
    data = [
        *(_line(one, colours[one.place.id], indicator, t) for one in series),
        *(_points(own[kind], lane, touching, t) for kind, lane in zip(kinds, lanes, strict=True)),
    ]
    layout["annotations"] = _ends(series, upper, t) if right == RIGHT else []
    return {"data": data, "layout": layout}


def _upper(canvas: Canvas, rest: float) -> float:
    """Return the pixels of the series: on paper what the rest leaves, within limits."""
    if canvas.height is None:
        return UPPER
    return min(UPPER, max(LOWEST, canvas.height - rest))


def _line(series: Series, colour: str, indicator: Indicator, t: Text) -> dict[str, Any]:
    values = {v.year: v.value for v in series.points if v.value is not None}
    x, y = joined(series.runs, values)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": plain(series.place.label[t.lang]),
        "x": [None if year is None else year + 0.5 for year in x],
        "y": [None if v is None else round(v, indicator.decimals) for v in y],
        "customdata": x,
        **figures(series, indicator, x),
        "line": {"width": 2, "color": colour},
        "marker": {"size": 5, "color": colour},
        "connectgaps": False,
        "hovertemplate": f"%{{customdata}}  %{{y:,.{indicator.decimals}f}}",
    }


def _ends(series: Sequence[Series], upper: float, t: Text) -> list[dict[str, Any]]:
    """Name each line at its end, the names pushed apart where lines end alike."""
    found = []
    for one in series:
        last = next(v for v in reversed(one.points) if v.value is not None)
        found.append((last.value or 0.0, int(last.year), one))
    found.sort(key=lambda one: -one[0])
    top = max((v.value or 0.0) for one in series for v in one.points) or 1.0
    pixels: list[float] = []
    named = []
    for value, year, one in found:
        at = upper * (1 - value / top)
        pushed = max(at, pixels[-1] + 14) if pixels else at
        pixels.append(pushed)
        named.append(
            {
                "x": year + 0.5,
                "y": value,
                "xref": "x",
                "yref": "y",
                "text": plain(one.place.label[t.lang]),
                "xanchor": "left",
                "xshift": 7,
                "yshift": round(at - pushed, 1),
                "showarrow": False,
                "font": {"size": 11},
            }
        )
    return named


def _points(
    own: Sequence[Milestone], lane: Lane, touching: Collection[int], t: Text
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": own[0].kind,
        "xaxis": "x",
        "yaxis": "y2",
        "x": [round(m.at, 3) for m in own],
        "y": list(lane.heights),
        "text": [str(m.number) for m in own],
        "textfont": {"size": 10, "color": "#ffffff"},
        "marker": {
            "size": DOT,
            "color": "#57636a",
            "opacity": [1 if m.number in touching else PALE for m in own],
        },
        "hovertext": [plain(f"{m.number}  {m.date}  {m.title[t.lang]}") for m in own],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


PANEL = Panel(
    "compare", "timeline", charts, ("timeline",), ("scope", "regions", "colour", "family"), "sheet"
)
