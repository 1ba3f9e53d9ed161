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
GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d+)?")
UNGROUPED: Final = re.compile(r"[+-]?\d+,(?:\d{1,2}|\d{4,})(?:\.\d+)?")
"""A comma that parts no thousands: it may be that of decimals, or part four digits."""
YEAR: Final = re.compile(
    r"((?:19|20)\d\d)(?:\.0+|[-/](?:12[-/]31|0?1[-/]0?1)(?:T?00:00:00)?)?年?(?:末|底|度)?"
)
"""Years; a day that stands for one is its first or its last, as spreadsheets keep years."""
INVISIBLE: Final = re.compile("[\u200b-\u200f\ufeff]")
FIRST_YEAR: Final = 1949
MOST_KNOWN: Final = 2**16
"""Cells that are remembered: a long table says the same over and over."""


class NotANumberError(ValueError):
    """A cell that should be a figure and is none."""


@lru_cache(MOST_KNOWN)
def number_of(cell: str) -> float | None:
    """Return the figure of a cell, None where it says that there is none.

    Taken are thousands in groups of three (1,234 or 1 234), full-width digits, and a mark of text
    before.

    Raises
    ------
    NotANumberError
        If it holds anything else: words, two figures, a decimal comma, a unit.
    """
    text = _plain(cell)
    if text.replace(" ", "").casefold() in MISSING:
        return None
    if GROUPED.fullmatch(text):
        text = re.sub("[, ]", "", text)
    if not NUMBER.fullmatch(text):
        raise NotANumberError(cell)
    return float(text)


def has_other_comma(cell: str) -> bool:
    """Tell whether a cell has a comma that parts no thousands: 5,1 or 12,3456."""
    return ("," in cell or "，" in cell) and bool(UNGROUPED.fullmatch(_plain(cell)))


def _plain(cell: str) -> str:
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", cell))
    return " ".join(text.split()).removeprefix("'").replace("−", "-")


@lru_cache(MOST_KNOWN)
def year_of(cell: str) -> int | None:
    """Return the year of a cell such as 2020, 2020年, 2020年末 or 2020.0; None where it is none.

    Years before 1949 and after the present one are none.
    """
    text = BLANKS.sub("", unicodedata.normalize("NFKC", cell))
    found = YEAR.fullmatch(text)
    year = int(found[1]) if found else 0
    return year if FIRST_YEAR <= year <= datetime.now().astimezone().year else None
