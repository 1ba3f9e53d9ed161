"""The pieces of a text by their script, so that each is proofed and set in its own language."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.records import Lang

QUOTES: Final = frozenset("“”‘’")
"""Marks of both scripts, which a text has as its own language does."""


def pieces(words: str, lang: Lang) -> Iterator[tuple[str, Lang]]:
    """Yield a text in pieces of Chinese and of English.

    Digits are of the Latin script: as Chinese, a number would be broken anywhere at the end of a
    line. Spaces and marks that both scripts have go with what stands before them, at the beginning
    with the language of the text.
    """
    said, script = [], lang
    for letter in words:
        script = lang if letter in QUOTES else script_of(letter) or script
        said.append((script, letter))
    for tongue, part in groupby(said, key=lambda pair: pair[0]):
        yield "".join(letter for _, letter in part), tongue


def script_of(letter: str) -> Lang | None:
    """Return the language whose script a character is of; None where both have it."""
    if unicodedata.east_asian_width(letter) in "WF":
        return "zh"
    return "en" if unicodedata.category(letter)[0] in "LN" else None
