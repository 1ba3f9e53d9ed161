"""What the server is told of the reader's screen; what it does not know it takes as usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dashboard.map.figure import Renderer
    from dashboard.palette import Theme

PHONE, NARROW, LARGE = 600, 1100, 1500
"""Widest window, in pixels, of a phone; with one column for all; with narrower columns.

Style sheets and scripts change at the same widths, see `SCREENS`.
"""
COLUMN, LARGE_COLUMN, PADDING = 470, 560, 37
"""Pixels of the column of panels in a window up to `LARGE` and beyond, and beside a panel in it."""
SCREENS: Final = {
    "narrow": NARROW,
    "large": LARGE,
    "column": COLUMN,
    "large_column": LARGE_COLUMN,
    "padding": PADDING,
}
"""What scripts measure a window by, told to assets/atlas.js."""
NARROWEST, USUAL, WIDEST = 240, 500, 900
"""Pixels of a panel: a width between the outer two is believed."""
WIDE, MEDIUM, BETWEEN = 1180, 1000, 40
"""Pixels of the sheet on a wide and on a medium screen, and between its columns."""
LEAF: Final = 846
"""Pixels of the widest chart whose type of 11 pixels has 7 points on A4, see `place.css`."""


@dataclass(frozen=True, slots=True)
class Screen:
    """How to draw: `panel` is the width of a panel in pixels, `narrow` one column for all."""

    renderer: Renderer = "map"
    theme: Theme = "light"
    panel: int = USUAL
    narrow: bool = False

    @property
    def sheet(self) -> int:
        """Return the pixels of a panel over a whole page without a map."""
        if self.narrow:
            return self.panel
        return WIDE if self.panel > USUAL else MEDIUM

    @property
    def leaf(self) -> int:
        """Return the pixels of a panel on a page that is read on paper, too."""
        return min(self.sheet, LEAF)

    @property
    def column(self) -> int:
        """Return the pixels of one of two such panels side by side."""
        return self.panel if self.narrow else (self.sheet - BETWEEN) // 2


def read(told: Any, theme: Any) -> Screen:  # noqa: ANN401 - whatever the browser sends
    """Read the stores `screen` and `theme` of assets/atlas.js."""
    known = told if isinstance(told, dict) else {}
    width: Any = known.get("panel")
    believed = isinstance(width, int) and NARROWEST <= width <= WIDEST
    return Screen(
        renderer="geo" if known.get("renderer") == "geo" else "map",
        theme="dark" if theme == "dark" else "light",
        panel=width if believed else USUAL,
        narrow=known.get("narrow") is True,
    )
