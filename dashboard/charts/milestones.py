"""Milestones under a series: numbered points by kind and date, lines of up to a few places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.asked import asks, marked
from dashboard.charts.axes import axis, catalogued, joined, rules
from dashboard.charts.indices import colour_of
from dashboard.charts.lanes import DOT, lanes_of, lifted
from dashboard.lettering import plain, sheet, width_of
from dashboard.palette import INK
from geodata.records import FigureId
from geodata.studies.timeline import KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.charts.lanes import Lane
    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.records import Indicator
    from geodata.studies.comparison import Series
    from geodata.studies.timeline import Milestone

UPPER = 210
TOP, BOTTOM, RIGHT = 24, 6, 96
BETWEEN = 24
LEAST = 30
"""Pixels of a lane at least."""
BEGIN, END = 2013.3, 2026.5
PALE = 0.35


def milestones_chart(
    milestones: Sequence[Milestone],
    touching: Collection[int],
    drawn: tuple[Sequence[Series], Indicator],
    about: tuple[Text, Theme, int],
) -> dict[str, Any]:
    """Draw the series above, one lane for each kind of milestone below, years between them.

    Parameters
    ----------
    milestones
        All milestones; those whose number is not in `touching` are pale.
    touching
        Numbers of the milestones that concern the chosen places.
    drawn
        The series, each with a figure, and their indicator; a figure of a year stands in its
        middle.
    about
        Words, theme and the least width in pixels.
    """
    t, theme, width = about
    ink = INK[theme]
    names = {kind: t(f"compare.kind_{kind}") for kind in KINDS}
    left = round(max(map(width_of, names.values()))) + 14
    right = RIGHT if width > 2 * RIGHT + 240 else 12
    near = (DOT + 1) / max(1, width - left - right) * (END - BEGIN)
    kinds = [kind for kind in KINDS if any(m.kind == kind for m in milestones)]
    own = {kind: [m for m in milestones if m.kind == kind] for kind in kinds}
    lanes = lanes_of([lifted([m.at for m in own[kind]], near) for kind in kinds], LEAST)
    below = lanes[-1].end
    inner = UPPER + BETWEEN + below
    layout = sheet(
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
    series, indicator = drawn
    breaks = {b.year for one in series for b in one.breaks}
    layout["shapes"] = rules(breaks, theme, 2014, 2026)
    for shape in layout["shapes"]:
        shape["x0"] = shape["x1"] = shape["x0"] + 0.5
    data = [
        *(_line(one, place, indicator, t) for place, one in enumerate(series)),
        *(_points(own[kind], lane, touching, t) for kind, lane in zip(kinds, lanes, strict=True)),
    ]
    layout["annotations"] = _ends(series, t) if right == RIGHT else []
    return {"data": data, "layout": layout}


def _line(series: Series, place: int, indicator: Indicator, t: Text) -> dict[str, Any]:
    values = {v.year: v.value for v in series.points if v.value is not None}
    x, y = joined(series.runs, values)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": plain(series.place.label[t.lang]),
        "x": [None if year is None else year + 0.5 for year in x],
        "y": [None if v is None else round(v, indicator.decimals) for v in y],
        "customdata": catalogued(series, x),
        **asks(FigureId(indicator.id, series.place.id, "%{customdata[1]}")),
        "line": {"width": 2, "color": colour_of(place)},
        "marker": {"size": 5, "color": colour_of(place)},
        "connectgaps": False,
        "hovertemplate": "%{customdata[0]}  " + marked(f"%{{y:,.{indicator.decimals}f}}"),
    }


def _ends(series: Sequence[Series], t: Text) -> list[dict[str, Any]]:
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
        at = UPPER * (1 - value / top)
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
