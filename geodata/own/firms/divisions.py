"""Divisions of GB/T 4754-2017 by code or name, those of the edition of 2011 told apart.

Both editions number the divisions to 57 and from 60 to 78 alike. 2017 put land management at 79, so
that what was 79 to 96 is 80 to 97, and moved cargo handling from 58 to 59. Classes that crossed
from one division to another between the editions are not followed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geodata.facts.files import read_csv
from geodata.own.firms.cells import Cell, is_missing, plain
from geodata.own.numbers import MOST_KNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE: Final = Path(__file__).with_name("divisions.csv")
EDITIONS: Final = (2011, 2017)
FIRST_MOVED: Final = 79
HANDLING: Final = 58
"""In 2011 cargo handling (5810) and forwarding (5821, 5829), which 2017 has in 59 and in 58."""
LAST_OF_2011: Final = 96
CODE: Final = re.compile(r"([A-T])?(\d{1,4})(?:\.0+)?[-_:：]?([\u4e00-\u9fff][^\d]*)?")
SECTION: Final = re.compile("[A-T]")
CLASS: Final = 4
GROUP: Final = 3
MARKS: Final = re.compile("[、，,和及与·.]|业$")
SEVERAL: Final = re.compile("[,，;；、|/]")
TOLD: Final = re.compile("(?:4754[^0-9]*)?(2011|2017)")


@dataclass(frozen=True, slots=True)
class Division:
    """A division of the edition of 2017: two digits, the letter of its section, its names."""

    code: str
    section: str
    zh: str
    en: str
    older: str


@cache
def divisions() -> Mapping[str, Division]:
    """Return the 97 divisions of GB/T 4754-2017 by code."""
    columns = ("division", "section", "zh", "en", "older")
    return {
        line["division"]: Division(*(line[column] for column in columns))
        for line in read_csv(TABLE, TABLE.name, columns)
    }


@dataclass(frozen=True, slots=True)
class Habit:
    """How a column of industries writes them.

    `edition` is 2011 or 2017, None where nothing in the column tells; `zero_lost` whether a
    spreadsheet has taken the zero before codes of 01 to 09, None where that cannot be told.
    """

    edition: int | None
    zero_lost: bool | None


def habit_of(texts: Mapping[str, int], header: str = "", edition: int | None = None) -> Habit:
    """Return how a column writes industries, by all its cells.

    Parameters
    ----------
    texts
        Cell → how often it stands there.
    header
        The header; 行业代码（2011） tells the edition.
    edition
        What a person says.
    """
    widths, votes = Counter[int](), Counter[int]()
    for text, count in texts.items():
        for letter, digits, name in _parts(text):
            widths[len(digits)] += count
            fitting = _fitting(letter, digits, name)
            if len(fitting) == 1 and int(digits[:2]) >= FIRST_MOVED:
                votes[fitting[0]] += count
    told = TOLD.search(plain(header))
    seen = [year for year in EDITIONS if votes[year]]
    known = edition or (int(told[1]) if told else seen[0] if len(seen) == 1 else None)
    lost = widths[CLASS] > widths[GROUP] if widths[CLASS] != widths[GROUP] else None
    return Habit(known, lost)


def division_of(cell: str, habit: Habit) -> Cell[str]:
    """Return the division (two digits, 2017) that a cell means.

    Parameters
    ----------
    cell
        C3911, 3911, 39, 110 for 0110, a name, both, or several codes of which the first counts.
    habit
        How the column writes industries.
    """
    text = plain(cell).upper()
    if is_missing(text):
        return Cell(None)
    if not text.isascii() and (name := _names().get(_bare(text))):
        return Cell(name, "", "by_industry_name")
    parts = _parts(cell)
    if not parts:
        return Cell(None, "section_only" if SECTION.fullmatch(text) else "industry_unknown")
    first = _of_code(*parts[0], habit)
    return Cell(first.value, first.reason, "first_of_several") if len(parts) > 1 else first


def _of_code(letter: str, digits: str, name: str, habit: Habit) -> Cell[str]:
    note = ""
    if len(digits) == GROUP and not letter and not name:
        if habit.zero_lost is None:
            return Cell(None, "industry_width")
        if habit.zero_lost:
            digits, note = f"0{digits}", "zero_lost"
    # Beyond the third digit none tells one division from another.
    found = _meant(letter, digits.zfill(2)[:GROUP], name, habit)
    return replace(found, note=note) if note and found.value else found


@lru_cache(MOST_KNOWN)
def _meant(letter: str, digits: str, name: str, habit: Habit) -> Cell[str]:
    fitting = _fitting(letter, digits, name)
    if not fitting:
        known = any(_fitting("", digits, ""))
        return Cell(None, "section_at_odds" if known else "no_division")
    meant = {_in_2017(digits, year) for year in fitting}
    if len(meant) > 1:
        if habit.edition not in fitting:
            return Cell(None, "edition")
        meant = {_in_2017(digits, habit.edition)}
    (division,) = meant
    if division is None:
        return Cell(None, "divided_division")
    return Cell(division, "", "edition_2011" if division != digits[:2] else "")


def _parts(cell: str) -> list[tuple[str, str, str]]:
    """Return letter, digits and name of each code of a cell, nothing where it is no code."""
    text = plain(cell).upper()
    found = [CODE.fullmatch(text)] if CODE.fullmatch(text) else []
    found = found or [CODE.fullmatch(one) for one in SEVERAL.split(text) if one]
    return [(one[1] or "", one[2], one[3] or "") for one in found if one] if all(found) else []


def _fitting(letter: str, digits: str, name: str) -> list[int]:
    """Return the editions in which a code stands in that section and has that name."""
    meant = _names().get(_bare(name)) if name else None
    divisions_ = {year: _in_2017(digits.zfill(2), year) for year in EDITIONS}
    return [
        year
        for year, division in divisions_.items()
        if letter in {"", _section(division)} and _section(division)
        if meant is None or division in {None, meant}
    ]


def _section(division: str | None) -> str:
    """Return the letter of a division, that of all its parts where it was divided."""
    if division is None:
        return "G"
    known = divisions().get(division)
    return known.section if known else ""


def _in_2017(digits: str, edition: int | None) -> str | None:
    """Return the division of 2017 for a code of an edition; None where it was divided."""
    number = int(digits[:2])
    if edition == EDITIONS[1]:
        return digits[:2]
    if number == HANDLING:
        rest = digits[2:]
        return None if not rest else "59" if rest.startswith("1") else "58"
    if number > LAST_OF_2011:
        return ""
    return f"{number + 1:02}" if number >= FIRST_MOVED else digits[:2]


def _bare(text: str) -> str:
    return MARKS.sub("", MARKS.sub("", plain(text)))


@cache
def _names() -> Mapping[str, str]:
    return {
        _bare(name): one.code
        for one in divisions().values()
        for name in (one.zh, one.older)
        if name
    }
