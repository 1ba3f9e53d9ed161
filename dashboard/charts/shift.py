"""Shift–share of a place: the change of each industry, split into its three components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.charts.listed import Column, Listing, listing
from dashboard.lettering import plain
from dashboard.numbers import number
from dashboard.palette import CIRCLES, INK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.records import Name
    from geodata.studies.shifts import PlaceShift, Shift

PARTS = ("national", "mix", "local")
COLOURS = {"national": "#9aa5a8", "mix": CIRCLES[1], "local": CIRCLES[0]}
ROOM = 1.06


@dataclass(frozen=True, slots=True)
class Shifted:
    """The shift–share of one place; there must be a total."""

    of: PlaceShift
    width: int = 430


def shown(of: PlaceShift) -> list[Shift]:
    """Return the industries in which the place had workers in either year, largest change first."""
    rows = [row for row in of.rows if row.before or row.after]
    return sorted(rows, key=lambda row: -row.change)


def points(part: float, of: PlaceShift) -> float:
    """Return sampled workers in per cent of all of the place's in 2010."""
    return 100 * part / of.total.before if of.total and of.total.before else 0.0


def shift_chart(
    asked: Shifted, t: Text, theme: Theme, term: Callable[[str, str], Name]
) -> dict[str, Any]:
    """Draw a stacked bar per industry in per cent of the place's workers of 2010.

    Positive and negative components run to their sides of zero; a mark stands at their sum.
    """
    rows = shown(asked.of)
    changes = [points(row.change, asked.of) for row in rows]
    words = [number(change, 1, signed=True) for change in changes]
    about = Listing(
        names=[term("industry_short", row.sector)[t.lang] for row in rows],
        chosen=[False] * len(rows),
        columns=[Column(t("clusters.column_points"), words, 60)],
        width=asked.width,
    )
    layout, written = listing(about, theme)
    layout |= {"barmode": "relative", "bargap": 0.35}
    layout["xaxis"] |= _axis(rows, asked.of, theme)
    bars = [_bars(rows, part, asked.of, t, term) for part in PARTS]
    mark = {
        "type": "scatter",
        "mode": "markers",
        "x": [round(change, 3) for change in changes],
        "y": list(range(len(rows))),
        "marker": {
            "symbol": "diamond",
            "size": 8,
            "color": INK[theme].paper,
            "line": {"width": 1.4, "color": INK[theme].text},
        },
        "hoverinfo": "skip",
        "name": "change",
    }
    return {"data": [*bars, mark, *written], "layout": layout}


def _bars(
    rows: Sequence[Shift],
    part: str,
    of: PlaceShift,
    t: Text,
    term: Callable[[str, str], Name],
) -> dict[str, Any]:
    lengths = [round(points(getattr(row, part), of), 3) for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "y": list(range(len(rows))),
        "marker": {"color": COLOURS[part], "line": {"width": 0}},
        "hovertext": [
            t(
                f"clusters.hover_{part}",
                industry=plain(term("industry", row.sector)[t.lang]),
                points=number(length, 2, signed=True),
                n=number(getattr(row, part), signed=True),
            )
            for row, length in zip(rows, lengths, strict=True)
        ],
        "hoverinfo": "text",
        "name": part,
    }


def _axis(rows: Sequence[Shift], of: PlaceShift, theme: Theme) -> dict[str, Any]:
    """Span the sums of the positive and of the negative components."""
    ink = INK[theme]
    high = low = 0.0
    for row in rows:
        parts = [points(getattr(row, part), of) for part in PARTS]
        high = max(high, sum(p for p in parts if p > 0))
        low = min(low, sum(p for p in parts if p < 0))
    pad = ((high - low) or 1) * (ROOM - 1)
    return {
        "range": [low - pad, high + pad],
        "tickfont": {"size": 11, "color": ink.muted},
        "gridcolor": ink.grid,
        "zeroline": True,
        "zerolinecolor": ink.muted,
        "fixedrange": True,
        "nticks": 6,
        "ticksuffix": "%",
    }
