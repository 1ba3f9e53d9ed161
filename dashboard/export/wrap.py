"""Lines of print: words broken to a width, with the rules of both scripts."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from dashboard.figures.sheet import SIZE, plain

LINE: Final = 1.3
"""Height of a line over its size, as Plotly sets it."""
NOT_FIRST: Final = frozenset("，。、；：！？）》」』”’】〕…·,.;:!?)]}%")
"""Characters that no line begins with."""
NOT_LAST: Final = frozenset("（《「『“‘【〔([{")
WIDTHS: Final = (
    (" ijlI.,:;'|!·", 0.27),
    ("ftr()[]-°“”‘’", 0.36),
    ("mwMW—", 0.86),
)
"""Widths of characters in parts of the type's size, as in Noto Sans CJK; others below."""
BOLD, REGULAR = 1.07, 1.02
"""What is kept free, since widths are estimates."""
CAPITAL, OTHER, WIDE = 0.63, 0.555, 1.0
_PIECES = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+")


def lines(words: str, width: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Break `words` into lines no wider than `width` pixels at `size`.

    Ideographs may be parted anywhere but before a closing and after an opening mark, other words
    at spaces; a word longer than a line stands alone on one, cut where it must be.
    """
    room = width * SIZE / size / (BOLD if bold else REGULAR)
    found, line = [], ""
    for piece in _chunks(words, room):
        if line and width_of((line + piece).rstrip()) > room:
            found.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*found, line.rstrip()] if line.strip() else found


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


def _chunks(words: str, room: float) -> list[str]:
    """Return the pieces that are not parted: marks stay with their neighbours."""
    chunks: list[str] = []
    for piece in _PIECES.findall(words):
        glued = chunks and (piece[0] in NOT_FIRST or chunks[-1][-1] in NOT_LAST)
        if glued and width_of(chunks[-1] + piece) <= room:
            chunks[-1] += piece
        else:
            chunks += _cut(piece, room)
    return chunks


def _cut(piece: str, room: float) -> list[str]:
    if width_of(piece) <= room:
        return [piece]
    take = max(1, int(len(piece) * room / width_of(piece)))
    return [piece[:take], *_cut(piece[take:], room)]


def marked_up(broken: list[str], *, bold: bool = False) -> str:
    """Join lines as Plotly reads them, everything in them shown as it is."""
    joined = "<br>".join(plain(line) for line in broken)
    return f"<b>{joined}</b>" if bold else joined
