"""What print offers: formats on paper, languages, colours, resolutions and kinds of files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = Literal["zh", "en", "both"]
Palette = Literal["colour", "safe", "grey"]
Use = Literal["report", "journal", "slide"]
WORDS: Final[tuple[Words, ...]] = get_args(Words)
PALETTES: Final[tuple[Palette, ...]] = get_args(Palette)

EACH: Final = ("circle", "city", "county")
"""Of what a line of the terminal may ask for each place."""
DPI: Final = (96, 192, 300)
"""1×, 2× and what printers ask for."""
NARROWEST, WIDEST = 40.0, 420.0
"""Millimetres of a width of the reader's own."""


@dataclass(frozen=True, slots=True)
class Type:
    """Type of one use in points at final size: usual for names, and the least of each script."""

    names: float
    latin: float
    chinese: float

    def least(self, *, chinese: bool) -> float:
        """Return the points below which nothing is set."""
        return self.chinese if chinese else self.latin


TYPES: Final[Mapping[Use, Type]] = {
    "report": Type(9, 6, 7),
    "journal": Type(7, 6, 7),
    "slide": Type(14, 12, 12),
}
"""Reports in Chinese set figures in 小五 (9 points); less only where a sheet has no room for that.

Journals ask for 5 to 7 points (Nature, "Guide to preparing final artwork"): Latin has 6 to 7 here,
Chinese, whose strokes need the upper end, 7 for all but names, which are a twelfth larger.
"""
LEAST_LINE: Final = 0.3
"""Points of the thinnest line at final size, about 0.1 mm."""


@dataclass(frozen=True, slots=True)
class Size:
    """A format in millimetres and its use; without a height it is as tall as the figure needs."""

    width: float
    height: float | None
    use: Use


SIZES: Final[Mapping[str, Size]] = {
    "a4-half": Size(170, 124, "report"),
    "a4-full": Size(170, 257, "report"),
    "a4-half-upright": Size(125, 170, "report"),
    "a4-full-landscape": Size(257, 170, "report"),
    "slide": Size(338.67, 190.5, "slide"),
    "square": Size(150, 150, "report"),
    "one-column": Size(85, None, "journal"),
    "two-column": Size(174, None, "journal"),
}
"""Name → format; those of A4 fill the sheet, or half of it, within margins of 20 mm."""

FILES: Final = ("png", "svg", "pdf", "bundle", "packet", "csv", "xlsx")
"""Kinds of files, as the menu lists them."""
FIGURES: Final = ("csv", "xlsx")
"""Those that hold the figures alone."""
