"""Axes and lines that the charts of the Compare page share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dashboard.lettering import plain
from dashboard.numbers import number
from dashboard.palette import INK, SERIES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dashboard.palette import Theme
    from dashboard.text import Text

COARSE, FINE = (1.0, 2.0, 5.0), (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0)
FEWEST, MOST = 4, 10
ROOMY = 420
"""Pixels from which a dozen years can be written in full."""


def axis(theme: Theme, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - Plotly's own properties
    """Return an axis with thin grid lines that cannot be dragged, changed as told."""
    ink = INK[theme]
    return {
        "fixedrange": True,
        "gridcolor": ink.grid,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": 11, "color": ink.muted},
        "automargin": False,
        **more,
    }


def joined(
    years: Sequence[Sequence[str]], values: Mapping[str, float]
) -> tuple[list[int | None], list[float | None]]:
    """Return x and y of a line that stops after each run of years."""
    x: list[int | None] = []
    y: list[float | None] = []
    for run in years:
        x += [*(int(year) for year in run), None]
        y += [*(values[year] for year in run), None]
    return x[:-1], y[:-1]


def line(
    years: Sequence[int | None], values: Sequence[float | None], ref: str, size: float
) -> dict[str, Any]:
    """Return a line over years in the panel `ref` of small multiples, its points of a size."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": years,
        "y": values,
        "xaxis": f"x{ref}",
        "yaxis": f"y{ref}",
        "line": {"width": 1.8, "color": SERIES[0]},
        "marker": {"size": size, "color": SERIES[0]},
        "connectgaps": False,
    }


def year_tick(year: str, cities: int, t: Text, width: int) -> str:
    """Write a year above its number of cities; both shortened where there is no room."""
    if width < ROOMY:
        return f"'{year[2:]}<br>{cities}"
    return f"{year}<br>{plain(t('compare.cities_n', n=cities))}"


def rules(
    breaks: Collection[str], theme: Theme, first: int, last: int, ref: str = ""
) -> list[dict[str, Any]]:
    """Return dotted upright lines half a year before each break within `first`..`last`."""
    return [
        {
            "type": "line",
            "xref": f"x{ref}",
            "yref": f"y{ref} domain",
            "x0": int(year) - 0.5,
            "x1": int(year) - 0.5,
            "y0": 0,
            "y1": 1,
            "line": {"width": 1, "dash": "dot", "color": INK[theme].muted},
            "layer": "below",
        }
        for year in sorted(breaks)
        if first < int(year) <= last
    ]


def log_ticks(low: float, high: float, most: int = MOST) -> tuple[list[float], list[str]]:
    """Return round ticks between two positive numbers: log10 positions and their words."""

    def between(steps: Sequence[float]) -> list[float]:
        powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        return [s * 10.0**p for p in powers for s in steps if low <= s * 10.0**p <= high]

    found = between(COARSE)
    if len(found) < FEWEST:
        found = between(FINE)
    while len(found) > most:
        found = found[::2]
    return [round(math.log10(x), 4) for x in found], [
        number(x) if x.is_integer() else f"{x:g}" for x in found
    ]
