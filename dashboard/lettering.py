"""The sheet that charts are drawn on: type, margins, and text that stays text."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING, Any

from dashboard.palette import INK

if TYPE_CHECKING:
    from dashboard.palette import Theme

FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif'
SIZE = 12
WIDE, SLIM = 12.2, 6.6
"""Pixels that an ideograph and any other character take at `SIZE`."""


def plain(words: str) -> str:
    """Return `words` so that Plotly, which reads some HTML tags, shows them as they are."""
    return escape(words, quote=False)


def width_of(words: str) -> float:
    """Estimate the width of `words` in pixels at `SIZE`."""
    return sum(WIDE if unicodedata.east_asian_width(c) in "WF" else SLIM for c in words)


def sheet(theme: Theme, height: int, margin: dict[str, int]) -> dict[str, Any]:
    """Return the layout that all charts begin with; Plotly's own template stays out of it."""
    ink = INK[theme]
    return {
        "template": {},
        "autosize": True,
        "height": height,
        "margin": {"pad": 0, **margin},
        "font": {"family": FONT, "size": SIZE, "color": ink.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {
            "bgcolor": ink.paper,
            "bordercolor": ink.grid,
            "align": "left",
            "font": {"family": FONT, "size": SIZE, "color": ink.text},
        },
        "showlegend": False,
        "dragmode": False,
        "bargap": 0.36,
    }


def short(name: str) -> str:
    """Return the name of a circle as short as it can stand on a map or over a small panel."""
    return name.replace(" metropolitan", "")
