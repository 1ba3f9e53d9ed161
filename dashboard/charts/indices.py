"""Shares and rates as indices: one row each, one numbered point for each place, region = 100."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dashboard.asked import asks, marked
from dashboard.charts.axes import axis
from dashboard.charts.lanes import DOT, lanes_of, lifted
from dashboard.lettering import plain, sheet, width_of
from dashboard.numbers import number
from dashboard.palette import CIRCLES, INK
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.lanes import Lane
    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.records import Place
    from geodata.studies.comparison import Index

ROW = 42
"""Pixels of a row at least, enough for a name of two lines."""
TOP, BOTTOM, RIGHT = 26, 8, 14
TICKS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
BRACKET = "\uff08"
LEFT_MOST = 0.42
"""Part of the width that names may take."""


def colour_of(place: int) -> str:
    """Return the colour of the place in this position (0, 1 …)."""
    return CIRCLES[place % len(CIRCLES)]


def indices_chart(
    indices: Sequence[Index], places: Sequence[Place], t: Text, theme: Theme, width: int
) -> dict[str, Any]:
    """Draw the indices on one scale of doublings; the region stands at 100.

    Points carry the number of their place (1, 2 …); those too close to one another are lifted
    apart within their row.
    """
    ink = INK[theme]
    names = [f"{i.indicator.name[t.lang]}" for i in indices]
    left = min(round(max(map(width_of, names), default=0)) + 12, round(LEFT_MOST * width))
    found = [math.log2(c / 100) for i in indices for c in i.cells if c]
    low, high = min([*found, -1.0]) - 0.25, max([*found, 1.0]) + 0.25
    near = (DOT + 1) / max(1, width - left - RIGHT) * (high - low)
    cells = [[(p, math.log2(c / 100)) for p, c in enumerate(i.cells) if c] for i in indices]
    lanes = lanes_of([lifted([x for _, x in row], near) for row in cells], ROW)
    below = lanes[-1].end
    layout = sheet(
        theme, round(TOP + below + BOTTOM), {"l": left, "r": RIGHT, "t": TOP, "b": BOTTOM}
    )
    ticks = [x for x in TICKS if low <= math.log2(x / 100) <= high]
    layout["xaxis"] = axis(
        theme,
        range=[low, high],
        side="top",
        tickvals=[round(math.log2(x / 100), 4) for x in ticks],
        ticktext=[str(x) for x in ticks],
    )
    layout["yaxis"] = axis(
        theme,
        range=[below, 0],
        tickvals=[lane.middle for lane in lanes],
        ticktext=[_wrapped(name, left) for name in names],
        tickfont={"size": 12, "color": ink.text},
        showgrid=False,
    )
    layout["shapes"] = [
        {
            "type": "line",
            "x0": 0,
            "x1": 0,
            "y0": 0,
            "y1": below,
            "line": {"width": 1.4, "color": ink.muted},
            "layer": "below",
        }
    ]
    layout["shapes"] += [_rule(lane, (low, high), theme) for lane in lanes[:-1]]
    data = [
        _points(index, row, lane, places, t)
        for index, row, lane in zip(indices, cells, lanes, strict=True)
    ]
    return {"data": data, "layout": layout}


def _rule(lane: Lane, span: tuple[float, float], theme: Theme) -> dict[str, Any]:
    """Part one row from the next with a thin line."""
    return {
        "type": "line",
        "x0": span[0],
        "x1": span[1],
        "y0": lane.end,
        "y1": lane.end,
        "line": {"width": 1, "color": INK[theme].grid},
        "layer": "below",
    }


def _points(
    index: Index,
    row: Sequence[tuple[int, float]],
    lane: Lane,
    places: Sequence[Place],
    t: Text,
) -> dict[str, Any]:
    unit = f"{number(index.whole.value, index.indicator.decimals)}"
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": index.indicator.id,
        "x": [round(x, 4) for _, x in row],
        "y": list(lane.heights),
        "text": [str(place + 1) for place, _ in row],
        "textfont": {"size": 10, "color": "#ffffff"},
        "marker": {"size": DOT, "color": [colour_of(place) for place, _ in row]},
        "cliponaxis": False,
        "customdata": [
            ["", places[place].id if index.catalogued[place] else ""] for place, _ in row
        ],
        **asks(FigureId(index.indicator.id, "%{customdata[1]}", index.year)),
        "hovertext": [
            t(
                "compare.hover_index",
                place=plain(places[place].label[t.lang]),
                name=plain(index.indicator.name[t.lang]),
                value=marked(number(index.values[place].value, index.indicator.decimals)),
                year=index.year,
                index=number(index.cells[place], 0),
                whole=unit,
            )
            for place, _ in row
        ],
        "hoverinfo": "text",
    }


def _wrapped(name: str, left: int) -> str:
    """Break a name that is wider than its margin into two lines."""
    if width_of(name) <= left - 10:
        return plain(name)
    head, found, rest = name.partition(BRACKET) if BRACKET in name else _halves(name)
    return f"{plain(head)}<br>{plain((found + rest).strip())}" if found else plain(name)


def _halves(name: str) -> tuple[str, str, str]:
    """Part a name at the space nearest its middle."""
    spaces = [at for at, letter in enumerate(name) if letter == " "]
    if not spaces:
        return name, "", ""
    middle = min(spaces, key=lambda at: abs(at - len(name) / 2))
    return name[:middle], " ", name[middle + 1 :]
