"""Rows of places with columns of numbers at their right: what the charts of a list share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.figures.sheet import plain, sheet, width_of
from dashboard.palette import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.palette import Theme

ROW, HEAD, FOOT = 22, 24, 24
"""Pixels of a row, of the line of headings and of the axis."""
LONGEST = 150
"""Pixels a name may take; a longer one is cut."""


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers of one column, written, with their heading and the pixels they take."""

    title: str
    words: Sequence[str]
    width: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Names of the rows, which of them are selected, and the columns at their right.

    `width` are the pixels of the whole chart.
    """

    names: Sequence[str]
    chosen: Sequence[bool]
    columns: Sequence[Column]
    width: int

    @property
    def height(self) -> int:
        """Pixels of the whole chart."""
        return HEAD + ROW * len(self.names) + FOOT


def listing(about: Listing, theme: Theme) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the layout and the traces of the columns.

    The chart's own axis is `x`; the columns stand on `x2`, whose unit is a pixel of `width`.
    """
    ink = INK[theme]
    labels = [cut(name) for name in about.names]
    left = round(max((width_of(label) for label in labels), default=0)) + 12
    right = sum(column.width for column in about.columns)
    inner = max(about.width - left, 1)
    layout = sheet(theme, about.height, {"l": left, "r": 0, "t": HEAD, "b": FOOT})
    n = len(labels)
    layout["yaxis"] = {
        "range": [n - 0.5, -0.5],
        "tickvals": list(range(n)),
        "ticktext": [
            f"<b>{plain(label)}</b>" if chosen else plain(label)
            for label, chosen in zip(labels, about.chosen, strict=True)
        ],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticklabelstandoff": 6,
    }
    layout["xaxis"] = {"domain": [0, max(1 - right / inner, 0.2)]}
    layout["xaxis2"] = {
        "domain": [max(1 - right / inner, 0.2), 1],
        "range": [0, right],
        "visible": False,
        "fixedrange": True,
        "anchor": "y",
    }
    ends = [sum(c.width for c in about.columns[: i + 1]) for i in range(len(about.columns))]
    layout["annotations"] = [
        {
            "text": plain(column.title),
            "xref": "x2",
            "yref": "paper",
            "x": end - 2,
            "y": 1,
            "xanchor": "right",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 11, "color": ink.muted},
        }
        for column, end in zip(about.columns, ends, strict=True)
    ]
    written = [
        {
            "type": "scatter",
            "mode": "text",
            "x": [end] * n,
            "y": list(range(n)),
            "xaxis": "x2",
            "text": [plain(word) for word in column.words],
            "textposition": "middle left",
            "textfont": {"color": ink.text if place == 0 else ink.muted},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
        for place, (column, end) in enumerate(zip(about.columns, ends, strict=True))
    ]
    return layout, written


def cut(name: str) -> str:
    """Shorten a name that would take more than `LONGEST` pixels."""
    if width_of(name) <= LONGEST:
        return name
    short = name
    while short and width_of(f"{short}…") > LONGEST:
        short = short[:-1]
    return f"{short.rstrip()}…"


def segments(pairs: Sequence[tuple[float, float]], rows: Sequence[int]) -> dict[str, Any]:
    """Return the coordinates of one line per row, each from one number to another."""
    return {
        "x": [x for first, last in pairs for x in (first, last, None)],
        "y": [y for row in rows for y in (row, row, None)],
    }
