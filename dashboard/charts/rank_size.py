"""Rank–size: the cities of a system by rank and size, both logarithmic, with two lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dashboard.asked import asks, marked
from dashboard.charts.axes import axis, log_ticks
from dashboard.charts.leaders import Plot, named
from dashboard.lettering import plain, sheet
from dashboard.numbers import number
from dashboard.palette import CIRCLES, INK
from geodata.measures.hierarchy import NOTABLE, upper
from geodata.records import FigureId

if TYPE_CHECKING:
    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.records import Indicator
    from geodata.studies.hierarchy import System

HEIGHT = 400
MARGIN = {"l": 58, "r": 16, "t": 14, "b": 40}
ROOM = 0.10
"""Room around the points, in parts of the span of their logarithms."""
RANKS = (1, 2, 3, 4, 5, 7, 10, 13)
MANY_RANKS = (1, 2, 3, 5, 10, 20, 50, 100)
NAMED = 13
"""Places that are named, the largest first; the others show their name on hover."""


def rank_size_chart(
    system: System, indicator: Indicator, t: Text, theme: Theme, width: int
) -> dict[str, Any]:
    """Draw the cities, the fitted line, the rank–size rule, and the steep steps as bands.

    Parameters
    ----------
    system
        A system with a line.
    indicator
        What the sizes are.
    t, theme
        Words and colours.
    width
        Pixels the chart will have at least; names keep clear of one another from there on.
    """
    sizes = [c.value.value or 0.0 for c in system.cities]
    x = [math.log10(c.rank) for c in system.cities]
    y = [math.log10(size) for size in sizes]
    low, high = min(y), max(y)
    pad = ROOM * max(high - low, 0.3)
    spans = (-0.06, max(x) + 0.08 * max(x)), (low - pad, high + pad)
    layout = sheet(theme, HEIGHT, MARGIN)
    several = RANKS if len(sizes) <= RANKS[-1] else MANY_RANKS
    ranks = [r for r in several if r <= len(sizes)]
    values, words = log_ticks(10 ** spans[1][0], 10 ** spans[1][1])
    layout["xaxis"] = axis(
        theme,
        range=list(spans[0]),
        tickvals=[math.log10(r) for r in ranks],
        ticktext=[str(r) for r in ranks],
        title={"text": plain(t("compare.rank_axis")), "font": {"size": 11}, "standoff": 6},
    )
    layout["yaxis"] = axis(theme, range=list(spans[1]), tickvals=values, ticktext=words)
    box = (width - MARGIN["l"] - MARGIN["r"], HEIGHT - MARGIN["t"] - MARGIN["b"])
    points = list(zip(x, y, strict=True))
    names = [c.place.label[t.lang].removesuffix(t("compare.suffix")) for c in system.cities[:NAMED]]
    layout["annotations"] = named(points, names, Plot(*spans, box), theme)
    layout["shapes"] = _bands(system, theme)
    data = [*_lines(system, spans[0], theme), _cities(system, points, indicator, t)]
    return {"data": data, "layout": layout}


def _lines(system: System, span: tuple[float, float], theme: Theme) -> list[dict[str, Any]]:
    """Draw the fitted line over the ranks there are, and size(1) / rank from the first city."""
    line = system.line
    if line is None:
        return []
    ink = INK[theme]
    last = len(system.cities)
    first = system.cities[0].value.value or 0.0
    ranks = [1 + (last - 1) * step / 40 for step in range(41)]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "rule",
            "x": [0, round(span[1], 3)],
            "y": [round(math.log10(first), 4), round(math.log10(first) - span[1], 4)],
            "line": {"width": 1.2, "dash": "dash", "color": ink.muted},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": "fitted",
            "x": [round(math.log10(rank), 4) for rank in ranks],
            "y": [round(math.log10(line.size_at(rank)), 4) for rank in ranks],
            "line": {"width": 1.8, "color": CIRCLES[1]},
            "hoverinfo": "skip",
        },
    ]


def _cities(
    system: System, points: list[tuple[float, float]], indicator: Indicator, t: Text
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "cities",
        "x": [round(x, 4) for x, _ in points],
        "y": [round(y, 4) for _, y in points],
        "customdata": [[c.place.id, c.place.id if c.catalogued else ""] for c in system.cities],
        **asks(FigureId(system.indicator, "%{customdata[1]}", system.year)),
        "marker": {
            "size": 9 if len(points) <= NAMED else 6,
            "color": CIRCLES[0],
            "line": {"width": 0},
        },
        "hovertext": [
            t(
                "compare.hover_rank",
                place=plain(c.place.label[t.lang]),
                rank=c.rank,
                size=marked(number(c.value.value, indicator.decimals)),
            )
            for c in system.cities
        ],
        "hoverinfo": "text",
    }


def _bands(system: System, theme: Theme) -> list[dict[str, Any]]:
    """Shade from the size of one city down to the next where the step is steep."""
    sizes = [c.value.value or 0.0 for c in system.cities]
    ink = INK[theme]
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": round(math.log10(sizes[step.rank]), 4),
            "y1": round(math.log10(sizes[step.rank - 1]), 4),
            "fillcolor": ink.accent,
            "opacity": 0.10,
            "line": {"width": 0},
            "layer": "below",
        }
        for step in upper(system.steps)
        if step.factor >= NOTABLE
    ]
