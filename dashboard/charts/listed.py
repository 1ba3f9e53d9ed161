"""Rows of places with columns of numbers at their right: what the charts of a list share."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dashboard.lettering import SIZE, base_layout, plain, width_of
from dashboard.palette import INK
from dashboard.wrap import LINE, lines_of_name, marked_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.palette import Theme

ROW, HEAD, FOOT = 22, 24, 24
"""Pixels of a row, of the line of headings and of the axis."""
FEWEST = 8
"""Rows of the shortest list on paper."""
NAME_PART = 0.34
"""The part of the chart's width that a name may take; a longer one has several lines."""
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

    `width` are the pixels of the whole chart; `ranks` stand behind the names; `short` are names
    that stand for all where one has no room in full; `least` are the pixels of a row at least.
    """

    names: Sequence[str]
    chosen: Sequence[bool]
    columns: Sequence[Column]
    width: int
    ranks: Sequence[int | None] = ()
    short: Sequence[str] = ()
    least: int = ROW

    @property
    def row(self) -> float:
        """Pixels of a row: no name meets the one below."""
        tall = [LINE * SIZE * len(label) for label in self.labels]
        return max([self.least, *((above + below) / 2 + 2 for above, below in pairwise(tall))])

    @property
    def lowest(self) -> int:
        """Pixels of the lowest chart on paper, in which the letters of no name meet another."""
        inked = [SIZE * (1 + LINE * (len(label) - 1)) for label in self.labels]
        tight = max(((above + below) / 2 for above, below in pairwise(inked)), default=SIZE)
        return round(HEAD + tight * len(self.names) + FOOT)

    @property
    def height(self) -> int:
        """Pixels of the whole chart."""
        return round(HEAD + self.row * len(self.names) + FOOT)

    @property
    def labels(self) -> list[list[str]]:
        """The lines of each name, its rank behind the last."""
        tails = [f"  {rank}" if rank else "" for rank in self.ranks or [None] * len(self.names)]
        rooms = [NAME_PART * self.width - width_of(tail) for tail in tails]
        fit = all(width_of(n) <= room for n, room in zip(self.names, rooms, strict=True))
        parted = map(lines_of_name, self.names if fit or not self.short else self.short, rooms)
        return [[*head, last + tail] for (*head, last), tail in zip(parted, tails, strict=True)]

    @property
    def left(self) -> int:
        """Pixels of the names."""
        written = (width_of(line) for label in self.labels for line in label)
        return round(SPARE * max(written, default=0)) + 12

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
    layout["meta"] = {"lowest": about.lowest, "rows": n}
    layout["yaxis"] = {
        "range": [n - 0.5, -0.5],
        "tickvals": list(range(n)),
        "ticktext": [
            marked_up(label, bold=chosen)
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


def fitting(height: int | None) -> int | None:
    """Return how many rows a height has room for, at least `FEWEST`; None for any number."""
    return None if height is None else max(FEWEST, (height - HEAD - FOOT) // ROW)


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
