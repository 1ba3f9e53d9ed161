"""Palettes of print: the same figure in colours that every eye tells apart, or in grey."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dashboard.colours import channels
from dashboard.map.points import LAYER_COLOURS
from dashboard.palette import CIRCLES, DIVERGING, INK, SEQUENTIAL, SERIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.papers import Palette

SAFE: Final[Mapping[str, str]] = {
    **dict(
        zip(
            DIVERGING,
            ("#2166ac", "#67a9cf", "#d1e5f0", "#f6edc8", "#fddbc7", "#ef8a62", "#b2182b"),
            strict=True,
        )
    ),
    **dict(
        zip(
            SEQUENTIAL,
            ("#ffffd9", "#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#253494"),
            strict=True,
        )
    ),
    **dict(
        zip(
            CIRCLES,
            (
                *("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"),
                *("#0000fc", "#0c2424", "#000084", "#603000", "#486cfc", "#002454"),
            ),
            strict=True,
        )
    ),
}
"""ColorBrewer RdBu and YlGnBu; Okabe and Ito (2008) for the first six kinds.

All are told apart without red and green. The last six kinds lie as far from all before them as
Machado, Oliveira and Fernandes (2009) let readers without red or without green see.
"""
GREYS: Final = ("#d8d8d8", "#b7b7b7", "#9b9b9b", "#838383", "#6e6e6e", "#585858", "#404040")
"""From low to high: in grey a scale has one direction, around a centre too.

Seven steps of ΔE 8 are all that fit below white, which is left to what lies outside and, hatched,
to what has no data.
"""
GREY: Final[Mapping[str, str]] = {
    **dict(zip(DIVERGING, GREYS, strict=True)),
    **dict(zip(SEQUENTIAL, GREYS, strict=True)),
    **dict(
        zip(
            CIRCLES,
            (
                *("#000000", "#8c8c8c", "#4d4d4d", "#b8b8b8", "#2e2e2e", "#9c9c9c"),
                *("#666666", "#c8c8c8", "#404040", "#ababab", "#595959", "#7a7a7a"),
            ),
            strict=True,
        )
    ),
    **dict(
        zip(
            SERIES,
            (
                *("#d9d9d9", "#6e6e6e", "#303030", "#9a9a9a", "#1c1c1c", "#bdbdbd"),
                *("#525252", "#e6e6e6", "#858585", "#404040", "#adadad", "#7a7a7a"),
            ),
            strict=True,
        )
    ),
    INK["light"].no_data: "#ffffff",
    INK["light"].land: "#ffffff",
}
BORDER: Final = "#8c8c8c"
"""Lines of counties in grey, where white ones would not part white areas."""
SYMBOLS: Final[Mapping[str, str]] = dict(
    zip(LAYER_COLOURS.values(), ("circle", "square", "diamond", "triangle-up"), strict=True)
)
"""In grey the point layers differ by shape."""


_OF_CIRCLES = [
    (dash, width)
    for width in (1.0, 0.55, 1.6)
    for dash in ("solid", "7px,3px", "2px,2.5px", "10px,3px,2px,3px")
]
_OF_SERIES = [
    (dash, width)
    for width in (0.7, 1.3)
    for dash in ("solid", "14px,4px", "1px,4px", "14px,3px,2px,3px,2px,3px", "5px,6px", "9px,2px")
]
DASHES: Final[Mapping[str, tuple[str, float]]] = dict(
    zip((*CIRCLES, *SERIES), (*_OF_CIRCLES, *_OF_SERIES), strict=True)
)
"""In grey the lines of circles and series are black and differ by dash and width: the pattern, and
by what the width is multiplied.
"""


_RGBA = re.compile(r"rgba?\((\d+), ?(\d+), ?(\d+)(?:, ?([\d.]+))?\)")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def solid(colour: str) -> str:
    """Return a colour, written as #rrggbb or with an opacity, without its opacity."""
    if not (found := _RGBA.fullmatch(colour)):
        return colour.lower()
    return "#" + "".join(f"{int(part):02x}" for part in found.groups()[:3])


def inked(colour: str, palette: Palette) -> str:
    """Return a colour in another palette; what is no colour stays as it is."""
    if palette == "colour":
        return colour
    if found := _RGBA.fullmatch(colour):
        red, green, blue = channels(inked(solid(colour), palette))
        return f"rgba({red},{green},{blue},{found[4] or 1})"
    if not _HEX.fullmatch(colour):
        return colour
    low = colour.lower()
    if palette == "safe":
        return SAFE.get(low, colour)
    return GREY.get(low) or _grey(low)


def _grey(colour: str) -> str:
    """Return the grey of the same lightness (Rec. 709 luma)."""
    red, green, blue = channels(colour)
    luma = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return f"#{luma:02x}{luma:02x}{luma:02x}"
