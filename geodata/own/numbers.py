"""Figures and years as people write them; whatever is neither is refused, never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from typing import Final

from geodata.own.spelling import BLANKS

MISSING: Final = frozenset(
    {"", "-", "--", "—", "——", "–", "…", "……", "...", "n/a", "na", "#n/a", "null", "none", "nan"}
    | {"无", "缺", "/", "."}
)
NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")
GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
YEAR: Final = re.compile(r"((?:19|20)\d\d)(?:\.0+)?年?(?:末|底|度)?")
FIRST_YEAR: Final = 1949
MOST_KNOWN: Final = 2**16
"""Cells that are remembered: a long table says the same over and over."""


class NotANumberError(ValueError):
    """A cell that should be a figure and is none."""


@lru_cache(MOST_KNOWN)
def number_of(cell: str) -> float | None:
    """Return the figure of a cell, None where it says that there is none.

    Taken are thousands in groups of three (1,234), full-width digits, and a mark of text before.

    Raises
    ------
    NotANumberError
        If it holds anything else: words, two figures, a decimal comma, a unit.
    """
    text = BLANKS.sub("", unicodedata.normalize("NFKC", cell)).removeprefix("'")
    text = text.replace("−", "-")
    if text.casefold() in MISSING:
        return None
    if GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not NUMBER.fullmatch(text):
        raise NotANumberError(cell)
    return float(text)


@lru_cache(MOST_KNOWN)
def year_of(cell: str) -> int | None:
    """Return the year of a cell such as 2020, 2020年, 2020年末 or 2020.0; None where it is none.

    Years before 1949 and after the present one are none.
    """
    text = BLANKS.sub("", unicodedata.normalize("NFKC", cell))
    found = YEAR.fullmatch(text)
    year = int(found[1]) if found else 0
    return year if FIRST_YEAR <= year <= datetime.now().astimezone().year else None
