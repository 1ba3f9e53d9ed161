"""The sheet that charts are drawn on: type, margins, and text that stays text."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING, Any, Final

from dashboard.palette import INK

if TYPE_CHECKING:
    from dashboard.palette import Theme

FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif'
SIZE = 12
WIDTHS: Final = (
    (" ijlI.,:;'|!", 0.27),
    ("ftr()[]{}/-°²³", 0.38),
    ("HNOQU&", 0.74),
    ("mwMW", 0.88),
    ("%", 0.93),
    ("—·…“”‘’±×÷≈≤≥√∈←→", 1.0),
)
"""Widths of characters in parts of the type's size, as in Noto Sans CJK; others below.

The last are as wide as ideographs there, unlike in other type.
"""
CAPITAL, OTHER, WIDE = 0.63, 0.555, 1.0


STRAIGHT: Final = str.maketrans("“”‘’", "\"\"''")


def plain(words: str) -> str:
    """Return `words` so that Plotly, which reads some HTML tags, shows them as they are.

    Curly quotes are as wide as ideographs there; words without ideographs have straight ones.
    """
    ideographs = any(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return escape(words if ideographs else words.translate(STRAIGHT), quote=False)


def halo(ground: str) -> str:
    """Return the shadow of names that lie on dots or areas: an edge in the colour of the ground."""
    return f"0 0 2px {ground}, 0 0 2px {ground}, 0 0 3px {ground}"


def width_of(words: str, size: float = SIZE) -> float:
    """Return about how many pixels `words` take at `size`."""
    return size * sum(map(_width, words))


def _width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return WIDE
    for letters, width in WIDTHS:
        if letter in letters:
            return width
    return CAPITAL if letter.isupper() else OTHER


def base_layout(theme: Theme, height: int, margin: dict[str, int]) -> dict[str, Any]:
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
    """Return the name of a circle as short as it can stand on a map or a small control."""
    return name.replace(" metropolitan", "")
