"""Rows of places with columns of numbers at their right: what the charts of a list share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.lettering import base_layout, plain, width_of
from dashboard.palette import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.palette import Theme

ROW, HEAD, FOOT = 22, 24, 24
"""Pixels of a row, of the line of headings and of the axis."""
LONGEST, NAME_PART = 150, 0.34
"""Pixels, and the part of the chart's width, that a name may take; a longer one is cut."""
SPARE = 1.05
"""What is kept free, since widths are estimates."""
SLIM = 400
"""Pixels below which a chart gives up columns for its axis."""


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers of one column, written, with their heading and the pixels they take."""

    title: str
    words: Sequence[str]
    width: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Names of the rows, which of them are selected, and the columns at their right.

    `width` are the pixels of the whole chart; `ranks` stand behind the names and are never cut.
    """

    names: Sequence[str]
    chosen: Sequence[bool]
    columns: Sequence[Column]
    width: int
    ranks: Sequence[int | None] = ()

    @property
    def height(self) -> int:
        """Pixels of the whole chart."""
        return HEAD + ROW * len(self.names) + FOOT

    @property
    def labels(self) -> list[str]:
        """The names as far as there is room for them."""
        most = min(LONGEST, NAME_PART * self.width)
        tails = [f"  {rank}" if rank else "" for rank in self.ranks or [None] * len(self.names)]
        return [
            cut(name, most - width_of(tail)) + tail
            for name, tail in zip(self.names, tails, strict=True)
        ]

    @property
    def left(self) -> int:
        """Pixels of the names."""
        return round(SPARE * max((width_of(label) for label in self.labels), default=0)) + 12

    @property
    def right(self) -> int:
        """Pixels of the columns."""
        return sum(column.width for column in self.columns)

    @property
    def room(self) -> int:
        """Pixels of the chart's own axis."""
        return max(self.width - self.left - self.right, 1)


def listing(about: Listing, theme: Theme) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the layout and the traces of the columns.

    The chart's own axis is `x`; the columns stand on `x2`, whose unit is a pixel of `width`.
    """
    ink = INK[theme]
    labels, right = about.labels, about.right
    layout = base_layout(theme, about.height, {"l": about.left, "r": 0, "t": HEAD, "b": FOOT})
    part = about.room / (about.room + right)
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
    layout["xaxis"] = {"domain": [0, part]}
    layout["xaxis2"] = {
        "domain": [part, 1],
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


def cut(name: str, most: float = LONGEST) -> str:
    """Shorten a name that would take more than `most` pixels."""
    if width_of(name) <= most:
        return name
    short = name
    while short and width_of(f"{short}…") > most:
        short = short[:-1]
    return f"{short.rstrip()}…"


def segments(pairs: Sequence[tuple[float, float]], rows: Sequence[int]) -> dict[str, Any]:
    """Return the coordinates of one line per row, each from one number to another."""
    return {
        "x": [x for first, last in pairs for x in (first, last, None)],
        "y": [y for row in rows for y in (row, row, None)],
    }


def interval_lines(ends: Sequence[tuple[float, float]], theme: Theme) -> dict[str, Any]:
    """Return the trace of the intervals of the rows from the first on."""
    return {
        "type": "scatter",
        "mode": "lines",
        **segments(ends, range(len(ends))),
        "line": {"width": 2.2, "color": INK[theme].muted},
        "hoverinfo": "skip",
        "name": "interval",
    }
