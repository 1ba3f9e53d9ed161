"""Sizes, palettes and the other choices of print, read from an address or a command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from dashboard.palette import INK
from dashboard.papers import DPI, NARROWEST, PALETTES, SIZES, WIDEST, WORDS
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dashboard.palette import Ink, Theme
    from dashboard.papers import Palette, Size, Words
    from geodata.records import Lang

Known = TypeVar("Known")

PARAMETERS: Final = ("sheet", "words", "palette", "dpi", "width", "transparent")
"""What `read` reads of an address."""
PER_MM: Final = 96 / 25.4
"""CSS pixels in a millimetre."""


@dataclass(frozen=True, slots=True)
class Print:
    """How a figure is to be printed; `width` is the reader's own, in millimetres.

    `date` is that of the print, as it is written on it; `theme` is light but for a figure that is
    set into a dark page.
    """

    size: str = "a4-half"
    words: Words = "zh"
    palette: Palette = "colour"
    dpi: int = 300
    width: float | None = None
    transparent: bool = False
    date: str = ""
    theme: Theme = "light"

    @property
    def ink(self) -> Ink:
        """Return the surfaces and lines of its theme."""
        return INK[self.theme]

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
