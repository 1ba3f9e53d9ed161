"""What print offers: formats on paper, languages, colours, resolutions and kinds of files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = Literal["zh", "en", "both"]
Palette = Literal["colour", "safe", "grey"]
WORDS: Final[tuple[Words, ...]] = get_args(Words)
PALETTES: Final[tuple[Palette, ...]] = get_args(Palette)

DPI: Final = (96, 192, 300)
"""1×, 2× and what printers ask for."""
NARROWEST, WIDEST = 40.0, 420.0
"""Millimetres of a width of the reader's own."""


@dataclass(frozen=True, slots=True)
class Size:
    """A format in millimetres; without a height the figure is as tall as it needs.

    `zoom` is how large type of 12 px is drawn: at 1 it has 9 points.
    """

    width: float
    height: float | None
    zoom: float


SIZES: Final[Mapping[str, Size]] = {
    "a4-half": Size(170, 124, 0.88),
    "a4-full": Size(170, 257, 0.92),
    "a4-half-landscape": Size(125, 170, 0.84),
    "a4-full-landscape": Size(257, 170, 1.0),
    "slide": Size(338.67, 190.5, 1.5),
    "square": Size(150, 150, 0.9),
    "one-column": Size(85, None, 0.74),
    "two-column": Size(174, None, 0.84),
}
"""Name → format; those of A4 fill the sheet, or half of it, within margins of 20 mm."""

FILES: Final = ("png", "svg", "pdf", "bundle", "csv", "xlsx")
"""Kinds of files, as the menu lists them."""
