"""Reads the words of a PDF as its viewers do, which pypdf does in part.

Where several characters have one shape (⼈ and 人, a figure dash and an en dash) the font names one
of them alone, and the PDF says beside it which was written: ISO 32000, 14.9.4, replacement text.
Viewers find and copy that one; pypdf 7 reads the font alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdf.generic import ContentStream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PageObject

ACTUAL = "/ActualText"
UNNAMED = "\ufffd"


@dataclass(frozen=True)
class Font:
    """Bytes of a code, and the character of each."""

    size: int
    letters: dict[int, str]

    def read(self, told: bytes) -> str:
        """Return the words of a string of codes."""
        codes = (told[at : at + self.size] for at in range(0, len(told), self.size))
        return "".join(self.letters.get(int.from_bytes(code), UNNAMED) for code in codes)


def words_of(page: PageObject) -> str:
    """Return the words of a page in the order in which they are drawn, pieces on lines."""
    return words_among(page, operations(page))


def operations(page: PageObject) -> list[Any]:
    """Return what is done to draw a page: operands and operator; reading them takes long."""
    content = page.get_contents()
    assert content is not None
    return ContentStream(content, page.pdf).operations


def words_among(page: PageObject, done: list[Any]) -> str:
    """Return the words of a page whose operations have been read, as `words_of` does."""
    return "".join(_read(done, _fonts(page["/Resources"])))


def _read(operations: list[Any], fonts: dict[str, Font]) -> Iterator[str]:
    font = Font(1, {})
    spans: list[bool] = []
    for operands, operator in operations:
        if operator == b"BT":
            yield "\n"
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in {b"BDC", b"BMC"}:
            told = operands[1] if operator == b"BDC" else {}
            spans.append(isinstance(told, dict) and ACTUAL in told)
            if spans[-1]:
                yield str(told[ACTUAL])
        elif operator == b"EMC":
            spans.pop()
        elif operator in {b"Tj", b"TJ"} and not any(spans):
            parts = operands[0] if operator == b"TJ" else operands
            for part in parts:
                if not isinstance(part, int | float):
                    yield font.read(part.original_bytes)


def _fonts(resources: Any) -> dict[str, Font]:  # noqa: ANN401 - pypdf's
    found = resources.get_object().get("/Font", {}).get_object()
    return {name: _font(font.get_object()) for name, font in found.items()}


def _font(font: Any) -> Font:  # noqa: ANN401 - pypdf's
    named: dict[int, str] = {}
    told = font["/ToUnicode"].get_data().decode("ascii") if "/ToUnicode" in font else ""
    for block in re.findall(r"beginbfchar(.*?)endbfchar", told, re.DOTALL):
        for code, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            named[int(code, 16)] = _letter(letter)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", told, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(letter, 16)
            for code in range(int(first, 16), int(last, 16) + 1):
                named[code] = chr(start + code - int(first, 16))
    return Font(2 if font["/Subtype"] == "/Type0" else 1, named)


def _letter(told: str) -> str:
    return bytes.fromhex(told).decode("utf-16-be")
