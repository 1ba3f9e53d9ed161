"""Cells of an enterprise register: what each says, or why it cannot be taken.

Every function reads one cell and never guesses: capital in another currency, a filler, digits a
spreadsheet has lost and a month that does not exist are refused with a key of `words.csv`.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from geodata.own.numbers import MISSING
from geodata.own.spelling import BLANKS, LostDigitsError, code_of

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

SPREADSHEET_EPOCH: Final = date(1899, 12, 30)
SPREADSHEET_DAY: Final = re.compile(r"[1-9]\d{4}(\.\d+)?")
FIRST_FIRM: Final = 1800
"""Years before are errors: no enterprise here is older."""
FILLERS: Final = frozenset({"1900-01-01", "1900-01", "1900", "0001-01-01"})
OPEN_ENDED: Final = re.compile("9999|2099-12-31|长期|永久|至今|无固定")
DAY: Final = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?|年)?"
    r"(?:[T ]?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?"
)
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")
HERE: Final = timezone(timedelta(hours=8))
"""The time of the three places: a moment that is told in another is of this day here."""
RUN_TOGETHER: Final = re.compile(r"((?:18|19|20)\d\d)(\d\d)(\d\d)?")

GONE: Final = ("注销", "吊销", "撤销", "迁出", "除名", "关闭", "已注销", "已吊销", "已迁出")
THERE: Final = ("存续", "在业", "开业", "在营", "正常", "登记成立", "在册", "迁入", "已开业")
WORDS_OF_STATUS: Final = {"yes": True, "no": False}

FILLER_STAFF: Final = frozenset({99_999, 999_999, 9_999_999})
MOST_STAFF: Final = 2_000_000
BAND: Final = re.compile(
    r"\d+人?[-~—至到]\d+人?|(?:小于|少于|不足|大于|多于|超过|[<>≤≥])\d+人?|\d+人?(?:以上|以下|及以上|及以下|\+)"
)
COUNT: Final = re.compile(r"(\d+)(?:\.0+)?(?:人|名)?")

AMOUNT: Final = re.compile(
    r"(?P<number>\d+(?:\.\d*)?|\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?)"
    r"[(（]?(?P<scale>千元|万亿|亿|千万|百万|万|千)?(?P<rest>[^\d()（）]*)[)）]?"
)
SCALES: Final = {
    "": 1,
    "千": 1_000,
    "千元": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "万亿": 1_000_000_000_000,
}
YUAN: Final = re.compile("(元)?(整)?(人民币)?(元)?|CNY|RMB|rmb|cny")
FOREIGN: Final = re.compile("[美欧日港澳台韩英]|USD|EUR|JPY|HKD|usd|eur|jpy|hkd")
MOST_CAPITAL: Final = 10**15
CREDIT: Final = 18
"""Characters of a unified social credit code."""


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """What a cell says: a value, or None with the reason why there is none.

    `reason` is a key of `words.csv` where the cell was refused and "" where it was taken or empty;
    `note` is a key where it was taken with something to be told.
    """

    value: T | None
    reason: str = ""
    note: str = ""


def plain(cell: str) -> str:
    """Return a cell in half-width letters without blanks and the apostrophe that marks text."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", cell)).removeprefix("'")


def is_missing(text: str) -> bool:
    """Tell whether a cell says that there is nothing."""
    return text.casefold() in MISSING


def day_of(cell: str, today: date, *, closing: bool = False) -> Cell[str]:
    """Return a day, month or year as 1998-03-01, 1998-03 or 1998.

    Parameters
    ----------
    cell
        A date with any marks between, run together, or the day number of a spreadsheet.
    today
        Later days are refused.
    closing
        Whether it is the end of a firm: 9999-12-31 and 长期 say that there is none.
    """
    text = BLANKS.sub(" ", unicodedata.normalize("NFKC", cell)).strip(" '")
    if is_missing(text) or (closing and OPEN_ENDED.match(text)):
        return Cell(None)
    if SPREADSHEET_DAY.fullmatch(text):
        told = (SPREADSHEET_EPOCH + timedelta(days=int(float(text)))).isoformat()
        return _checked(told, today, "spreadsheet_day")
    text = text.removesuffix(".0")
    if MOMENT.fullmatch(text):
        with suppress(ValueError):
            text = datetime.fromisoformat(text).astimezone(HERE).date().isoformat()
    found = RUN_TOGETHER.fullmatch(text) or DAY.fullmatch(text)
    if not found:
        return Cell(None, "bad_date")
    parts = [int(one) for one in found.groups()[:3] if one]
    year, month, day = (*parts, 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return Cell(None, "no_such_day")
    told = "-".join(f"{one:02}" if at else f"{one:04}" for at, one in enumerate(parts))
    return _checked(told, today, "" if len(parts) > 2 else "year_counts")  # noqa: PLR2004


def _checked(told: str, today: date, note: str) -> Cell[str]:
    if told in FILLERS:
        return Cell(None, "filler")
    if told > today.isoformat()[: len(told)]:
        return Cell(None, "future")
    if int(told[:4]) < FIRST_FIRM:
        return Cell(None, "bad_date")
    return Cell(told, "", note)


def there_of(cell: str, said: Mapping[str, str] | None = None) -> Cell[bool]:
    """Return whether a firm is still there by its status.

    Parameters
    ----------
    cell
        存续（在营、开业、在册）, 注销, 吊销，未注销 and the like.
    said
        Words of a person for other statuses: status → yes or no.
    """
    text = plain(cell)
    if said and text in said:
        return Cell(WORDS_OF_STATUS[said[text]])
    if is_missing(text):
        return Cell(None, "no_status")
    if text.startswith(GONE):
        return Cell(False, "", "gone")  # noqa: FBT003 - the value of the cell
    if text.startswith(THERE):
        return Cell(True)  # noqa: FBT003 - the value of the cell
    return Cell(None, "bad_status")


def staff_of(cell: str) -> Cell[int]:
    """Return how many people a firm employs; a band (50-99人) is no number."""
    text = plain(cell)
    if is_missing(text):
        return Cell(None)
    if BAND.fullmatch(text):
        return Cell(None, "band")
    found = COUNT.fullmatch(text.replace(",", ""))
    if not found:
        return Cell(None, "bad_number")
    staff = int(found[1])
    return Cell(None, "filler") if staff in FILLER_STAFF or staff > MOST_STAFF else Cell(staff)


def capital_of(cell: str, unit: str = "", currency: str = "") -> Cell[int]:
    """Return registered capital in whole yuan, rounded half to even.

    Parameters
    ----------
    cell
        500万元人民币, 2,370.2800(万元人民币), 1亿元, 50000000元 and the like.
    unit
        What the header says beside the name (万元), for cells without a unit.
    currency
        What a column of currencies says.
    """
    text = plain(cell)
    if is_missing(text):
        return Cell(None)
    found = AMOUNT.fullmatch(text.removeprefix("人民币").removeprefix("¥").removeprefix("RMB"))
    if not found:
        return Cell(None, "capital_words")
    scale, rest, own = found["scale"] or "", found["rest"], plain(unit)
    if currency and not is_missing(plain(currency)) and not YUAN.fullmatch(plain(currency)):
        return Cell(None, "currency")
    if not YUAN.fullmatch(rest):
        return Cell(None, "currency")
    number = Decimal(found["number"].replace(",", ""))
    if not scale and not rest and number:
        header = re.fullmatch(f"({'|'.join(filter(None, SCALES))})?({YUAN.pattern})", own)
        if not header or not own:
            return Cell(None, "currency" if FOREIGN.search(own) else "capital_unit")
        scale = header[1] or ""
    yuan = round(number * SCALES[scale])
    return Cell(yuan) if yuan <= MOST_CAPITAL else Cell(None, "filler")


def registrar_of(cell: str) -> Cell[str]:
    """Return the code of the area of the registrar in a credit code (GB 32100-2015).

    It says where a firm was registered, which is not always where it is.
    """
    text = plain(cell).upper()
    if is_missing(text):
        return Cell(None)
    try:
        code = code_of(text)
    except LostDigitsError:
        return Cell(None, "lost_digits")
    return Cell(code, "", "registered") if code and len(text) == CREDIT else Cell(None, "bad_id")
