"""Sizes, palettes and the other choices of print, read from an address or a command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeVar, get_args

from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from geodata.records import Lang

Words = Literal["zh", "en", "both"]
Palette = Literal["colour", "safe", "grey"]
Known = TypeVar("Known")
WORDS: Final[tuple[Words, ...]] = get_args(Words)
PALETTES: Final[tuple[Palette, ...]] = get_args(Palette)

PER_MM: Final = 96 / 25.4
"""CSS pixels in a millimetre."""
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


@dataclass(frozen=True, slots=True)
class Print:
    """How a figure is to be printed; `width` is the reader's own, in millimetres.

    `date` is that of the print, as it is written on it.
    """

    size: str = "a4-half"
    words: Words = "zh"
    palette: Palette = "colour"
    dpi: int = 300
    width: float | None = None
    transparent: bool = False
    date: str = ""

    @property
    def paper(self) -> Size:
        """Return the format, scaled to the reader's own width where there is one."""
        size = SIZES[self.size]
        if self.width is None:
            return size
        factor = self.width / size.width
        height = None if size.height is None else size.height * factor
        return replace(size, width=self.width, height=height)

    @property
    def langs(self) -> tuple[Lang, ...]:
        """Return the languages, the leading one first."""
        if self.words == "both":
            return LANGUAGES
        return (self.words,)


def read(given: Mapping[str, str], lang: Lang) -> tuple[Print, tuple[str, ...]]:
    """Read the choices of print; what is not known falls back and is named.

    Parameters
    ----------
    given
        Parameters of an address, those of the view among them.
    lang
        The language of the view, in which a figure speaks unless told otherwise.

    Returns
    -------
    tuple
        The choices, and the names of the parameters that fell back.
    """
    usual = Print(words=lang)
    fallen: list[str] = []

    def one(name: str, known: Collection[Known], default: Known) -> Known:
        found = next((value for value in known if str(value) == given.get(name)), None)
        if found is None and name in given:
            fallen.append(name)
        return default if found is None else found

    width = _width(given.get("width", ""))
    if given.get("width") and width is None:
        fallen.append("width")
    chosen = Print(
        size=one("sheet", SIZES, usual.size),
        words=one("words", WORDS, usual.words),
        palette=one("palette", PALETTES, usual.palette),
        dpi=one("dpi", DPI, usual.dpi),
        width=width,
        transparent=one("transparent", ("0", "1"), "0") == "1",
        date=datetime.now(tz=UTC).astimezone().date().isoformat(),
    )
    return chosen, tuple(fallen)


def _width(given: str) -> float | None:
    try:
        width = float(given)
    except ValueError:
        return None
    return width if NARROWEST <= width <= WIDEST else None
