"""Reads a drawing that a reader's browser hands in, which may be anything that a stranger wrote.

Where a server has no Chrome the reader's browser draws, and the server finishes the drawing as it
finishes its own. What comes in is bounded and must be built as Plotly builds; what goes out is
`dashboard.print.svg_rules` and nothing else.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn
from xml.etree import ElementTree as ET

from dashboard.print.errors import ExportError
from dashboard.print.svg import SHAPES
from dashboard.print.svg_rules import FULL, SPACE, breaches
from dashboard.text import text
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_ELEMENTS: Final = 4000
"""In one drawing; the map of all counties has some 700."""
MOST_TEXTS: Final = 900
"""Of those; the largest matrix has some 250."""
MOST_LETTERS: Final = 4000
"""In one text or attribute, but for paths and pictures; notes of several lines are one text."""
DEEPEST: Final = 24
"""Elements in one another; Plotly draws nine deep."""
LONG: Final = frozenset({"d", "href"})
DRAWN_IN: Final[Mapping[str, frozenset[str]]] = {
    "svg": frozenset({"defs", "g", "rect"}),
    "defs": frozenset({"clipPath", "g", "pattern"}),
    "g": frozenset({"clipPath", "g", "image", "path", "pattern", "rect", "text"}),
    "clipPath": SHAPES,
    "pattern": SHAPES,
    "text": frozenset({"tspan"}),
    "tspan": frozenset({"tspan"}),
}
"""What Plotly draws in what; all else holds nothing."""


class UnknownDrawingError(ExportError):
    """What was handed in is not what a page of the atlas draws."""


class _Bounded(ET.TreeBuilder):
    """Builds the tree as long as it is one that Plotly might have drawn.

    A document type is where entities are named and other files called for; it is refused before
    any of it is read.
    """

    def __init__(self) -> None:
        super().__init__()
        self._inside: list[str] = []
        self._elements = self._texts = 0

    def doctype(self, *_: object) -> NoReturn:
        """Refuse it."""
        raise _unknown()

    def start(self, tag: str, attributes: dict[str, str]) -> ET.Element:
        """Begin an element that may stand where it does."""
        space, _, name = tag.rpartition("}")
        may = DRAWN_IN.get(self._inside[-1], ()) if self._inside else {"svg"}
        self._elements += 1
        self._texts += name in FULL
        long = any(
            len(value) > MOST_LETTERS and key.rpartition("}")[2] not in LONG
            for key, value in attributes.items()
        )
        large = self._elements > MOST_ELEMENTS or self._texts > MOST_TEXTS
        if space != f"{{{SPACE}" or name not in may or long or large:
            raise _unknown()
        self._inside.append(name)
        if len(self._inside) > DEEPEST:
            raise _unknown()
        return super().start(tag, attributes)

    def end(self, tag: str) -> ET.Element:
        """End it."""
        self._inside.pop()
        return super().end(tag)


def plotted(body: bytes) -> ET.Element:
    """Return the tree of a drawing.

    Parameters
    ----------
    body
        As it was handed in; its size is bounded by `dashboard.web.limits`.

    Raises
    ------
    UnknownDrawingError
        Where Plotly would not have drawn it, or it is no XML in UTF-8.
    """
    with doubted():
        parser = ET.XMLParser(target=_Bounded())  # noqa: S314 - refuses what names entities
        root: ET.Element = ET.fromstring(body.decode(), parser=parser)  # noqa: S314 - as above
    if any(len("".join(one.itertext())) > MOST_LETTERS for one in root.iter(f"{{{SPACE}}}text")):
        raise _unknown()
    return root


def require_known(svg: str) -> None:
    """Raise UnknownDrawingError where a finished drawing is more than SVG 1.1 as we write it."""
    if breaches(svg):
        raise _unknown()


@contextmanager
def doubted() -> Iterator[None]:
    """Refuse what cannot be read, finished or checked, as where a number is none.

    Raises
    ------
    UnknownDrawingError
        Whatever it is that was wrong.
    """
    try:
        yield
    except (ArithmeticError, LookupError, SyntaxError, ValueError) as error:
        raise _unknown() from error


def _unknown() -> UnknownDrawingError:
    return UnknownDrawingError(
        "\n".join(text(lang)("export.unknown_drawing") for lang in LANGUAGES)
    )
