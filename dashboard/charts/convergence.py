"""Convergence: the spread of ln GDP per head by year (σ), and growth on initial level (β)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dashboard.charts.axes import ROOMY, axis, joined, log_ticks, rules, year_tick
from dashboard.charts.leaders import Plot, named
from dashboard.lettering import plain, sheet
from dashboard.numbers import number
from dashboard.palette import CIRCLES, INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.studies.gap_findings import Growth, Spreads

SIGMA_HEIGHT, BETA_HEIGHT = 250, 360
SIGMA_MARGIN = {"l": 46, "r": 16, "t": 22, "b": 40}
BETA_MARGIN = {"l": 46, "r": 14, "t": 14, "b": 42}
STEPS = 24
PERCENT = 100


def sigma_chart(spreads: Spreads, t: Text, theme: Theme, width: int) -> dict[str, Any]:
    """Draw σ by year; no line over a break or a change of the set of cities."""
    values = {s.year: round(s.sigma.value or 0.0, 4) for s in spreads.years}
    layout = sheet(theme, SIGMA_HEIGHT, SIGMA_MARGIN)
    low, high = min(values.values()), max(values.values())
    room = 0.25 * (high - low or high)
    first, last = int(min(values)), int(max(values))
    layout["xaxis"] = axis(
        theme,
        range=[first - 0.5, last + 0.5],
        tickvals=[int(s.year) for s in spreads.years],
        ticktext=[year_tick(s.year, s.n, t, width) for s in spreads.years],
        tickangle=0,
        showgrid=False,
        tickfont={"size": 10.5, "color": INK[theme].muted},
    )
    layout["yaxis"] = axis(theme, range=[low - room, high + 1.4 * room], nticks=5, tickformat=".2f")
    layout["shapes"] = rules([b.year for b in spreads.breaks], theme, first, last)
    x, y = joined(spreads.runs, values)
    line = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": "sigma",
        "x": x,
        "y": y,
        "text": ["" if value is None else number(value, 2) for value in y],
        "textposition": "top center",
        "textfont": {"size": 10.5},
        "line": {"width": 2, "color": CIRCLES[1]},
        "marker": {"size": 7, "color": CIRCLES[1]},
        "connectgaps": False,
        "cliponaxis": False,
        "hovertemplate": "%{x}  σ = %{y:.4f}<extra></extra>",
    }
    return {"data": [line], "layout": layout}


def beta_chart(growth: Growth, t: Text, theme: Theme, width: int) -> dict[str, Any]:
    """Draw the cities by initial level and mean growth, the line and its 95 % interval."""
    cities = growth.cities
    starts = [c.first.value or 1.0 for c in cities]
    x = [math.log10(start) for start in starts]
    y = [PERCENT * c.growth for c in cities]
    low, high = min(x), max(x)
    at = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    middle = [PERCENT * growth.line.growth_at(10**one) for one in at]
    margin = [PERCENT * growth.line.margin_at(10**one) for one in at]
    edge = [m + d for m, d in zip(middle, margin, strict=True)]
    lower = [m - d for m, d in zip(middle, margin, strict=True)]
    bottom, top = min([*y, *lower]), max([*y, *edge])
    pad = 0.06 * (top - bottom)
    spans = (low - 0.09 * (high - low), high + 0.09 * (high - low)), (bottom - pad, top + pad)
    layout = sheet(theme, BETA_HEIGHT, BETA_MARGIN)
    values, words = log_ticks(10 ** spans[0][0], 10 ** spans[0][1], 4 if width < ROOMY else 7)
    layout["xaxis"] = axis(
        theme,
        range=list(spans[0]),
        tickvals=values,
        ticktext=words,
        tickangle=0,
        title={
            "text": plain(t("compare.beta_x", year=growth.first)),
            "font": {"size": 11},
            "standoff": 6,
        },
    )
    layout["yaxis"] = axis(theme, range=list(spans[1]), nticks=6, ticksuffix="%")
    box = (
        width - BETA_MARGIN["l"] - BETA_MARGIN["r"],
        BETA_HEIGHT - BETA_MARGIN["t"] - BETA_MARGIN["b"],
    )
    points = list(zip(x, y, strict=True))
    names = [c.place.label[t.lang].removesuffix(t("compare.suffix")) for c in cities]
    layout["annotations"] = named(points, names, Plot(*spans, box), theme)
    return {
        "data": [*_line(at, middle, edge, lower), _points(growth, points, t)],
        "layout": layout,
    }


def _line(
    at: Sequence[float],
    middle: Sequence[float],
    edge: Sequence[float],
    lower: Sequence[float],
) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "interval",
            "x": [round(one, 4) for one in (*at, *reversed(at))],
            "y": [round(one, 3) for one in (*edge, *reversed(lower))],
            "fill": "toself",
            "fillcolor": "rgba(42,111,151,0.14)",
            "line": {"width": 0},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": "line",
            "x": [round(at[0], 4), round(at[-1], 4)],
            "y": [round(middle[0], 3), round(middle[-1], 3)],
            "line": {"width": 1.8, "color": CIRCLES[1]},
            "hoverinfo": "skip",
        },
    ]


def _points(growth: Growth, points: Sequence[tuple[float, float]], t: Text) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "cities",
        "x": [round(x, 4) for x, _ in points],
        "y": [round(y, 3) for _, y in points],
        "customdata": [c.place.id for c in growth.cities],
        "marker": {"size": 8, "color": CIRCLES[0], "line": {"width": 0}},
        "hovertext": [
            plain(
                t(
                    "compare.hover_beta",
                    place=c.place.label[t.lang],
                    first=growth.first,
                    level=number(c.first.value, 0),
                    growth=number(PERCENT * c.growth, 2),
                )
            )
            for c in growth.cities
        ],
        "hoverinfo": "text",
    }
