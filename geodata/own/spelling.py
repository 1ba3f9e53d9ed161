"""How people write codes and names of places in their tables, brought to one spelling."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

CODE_DIGITS: Final = 6
LONGEST: Final = 12
"""Digits of the code of a village."""
SUFFIX: Final = re.compile(r"(?<=..)((?:蒙古|满|回)族)*(自治县|新区|地区|市|区|县|省)$")
"""What a short form leaves out; two characters stay, so that 赵县 is never 赵."""
ASIDE: Final = re.compile(r"[(（]([^)）]*)[)）]")
STEPS: Final = re.compile(r"[/\\|>\-—_·]+")
BLANKS: Final = re.compile(r"[\s\u200b-\u200f\ufeff]+")
EDGES: Final = "'\"“”‘’`.．、，,;；"

_SHORTENED: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_CREDIT_CODE: Final = re.compile(r"[0-9A-HJ-NP-RTUWXY]{18}")
"""GB 32100-2015: digits 3 to 8 are the area of the registrar."""


class LostDigitsError(ValueError):
    """A spreadsheet has shortened a number, and its last digits are gone."""


def clean(cell: object) -> str:
    """Return a cell in half-width letters without blanks, quotes and marks around it."""
    text = unicodedata.normalize("NFKC", "" if cell is None else str(cell))
    return BLANKS.sub("", text).strip(EDGES)


def stem(name: str) -> str:
    """Return a name without county, city and so on: 大厂回族自治县 → 大厂; never one character."""
    return SUFFIX.sub("", name)


def bare(name: str) -> str:
    """Return the letters of a name without case and marks: Xiong'an New Area → xiongannewarea."""
    return re.sub(r"[\W_]+", "", name.casefold())


def asides(text: str) -> tuple[str, list[str]]:
    """Return a text without what it has in brackets, and that: 三河市（廊坊） → 三河市, [廊坊]."""
    return ASIDE.sub("", text), [one for one in ASIDE.findall(text) if one]


def code_of(cell: object) -> str | None:
    """Return the six digits that a cell writes, or None where it writes no code.

    Taken as such are 130102, 130102.0, full-width digits, 9 and 12 digits of towns and villages,
    2 and 4 of provinces and cities, and the unified social credit code (GB 32100-2015).

    Raises
    ------
    LostDigitsError
        If a spreadsheet has written the number as a power of ten and digits are lost.
    """
    text = clean(cell)
    if _SHORTENED.fullmatch(text):
        text = _written_out(text)
    text = re.sub(r"\.0+$", "", text)
    if _CREDIT_CODE.fullmatch(text):
        return text[2:8]
    if not text.isascii() or not text.isdecimal():
        return None
    if len(text) in {9, 12}:
        return text[:CODE_DIGITS]
    return text.ljust(CODE_DIGITS, "0") if len(text) in {2, 4, CODE_DIGITS} else None


def is_finer(cell: object) -> bool:
    """Tell whether a cell writes the code of a town or a village, a part of a county."""
    text = re.sub(r"\.0+$", "", clean(cell))
    digits = text.isascii() and text.isdecimal() and len(text) in {9, LONGEST}
    return digits and bool(text[CODE_DIGITS:].strip("0"))


def _written_out(text: str) -> str:
    digits, _, power = text.lower().partition("e")
    whole, _, part = digits.partition(".")
    kept, zeros = (whole + part).rstrip("0"), int(power) - len(part)
    # Of a longer one, a credit code, all digits count and a spreadsheet keeps fifteen.
    if zeros < 0 or len(kept) < CODE_DIGITS or int(power) >= LONGEST:
        raise LostDigitsError(text)
    return (whole + part) + "0" * zeros
