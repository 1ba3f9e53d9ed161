"""Cells of an enterprise register, each with the value that a person reads from it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from geodata.measures.specialisation import SECTORS
from geodata.own.firms.cells import capital_of, day_of, registrar_of, staff_of, there_of
from geodata.own.firms.divisions import Habit, division_of, divisions, habit_of

TODAY = date(2026, 3, 15)
PLAIN = Habit(None, zero_lost=False)


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("1998-03", "1998-03", "year_counts"),
        ("1998年", "1998", "year_counts"),
        ("1998/3/1", "1998-03-01", ""),
        ("19980301", "1998-03-01", ""),
        ("1998.3.1", "1998-03-01", ""),
        ("１９９８年３月１日", "1998-03-01", ""),
        ("2015-6-9 00:00:00", "2015-06-09", ""),
        ("2015-06-09T08:30:00Z", "2015-06-09", ""),
        ("1997-12-31T16:00:00+00:00", "1998-01-01", ""),  # midnight here
        ("1998-01-01T00:00:00+08:00", "1998-01-01", ""),
        ("1998.0", "1998", "year_counts"),  # a column of numbers with gaps
        # Day 1 of a spreadsheet is 1899-12-31 and 60 its day that never was: 35855 is 1998-03-01.
        ("35855", "1998-03-01", "spreadsheet_day"),
        ("2026-03-15", "2026-03-15", ""),
        ("-", None, ""),
        ("2025-13-01", None, "no_such_day"),
        ("2023-02-29", None, "no_such_day"),
        ("2026-03-16", None, "future"),
        ("2027", None, "future"),
        ("1900-01-01", None, "filler"),
        ("九八年", None, "bad_date"),
        ("98-3-1", None, "bad_date"),
        ("9999-12-31", None, "future"),
    ],
)
def test_a_day_is_read_as_it_is_written_or_refused(cell: str, value: str | None, told: str) -> None:
    found = day_of(cell, TODAY)
    assert (found.value, found.reason or found.note) == (value, told)


def test_the_end_of_a_firm_may_be_open() -> None:
    for cell in ("9999-12-31", "永久"):
        assert day_of(cell, TODAY, closing=True) == day_of("", TODAY)


@pytest.mark.parametrize(
    ("cell", "unit", "yuan", "reason"),
    [
        ("500万元人民币", "", 5_000_000, ""),
        ("2,370.2800(万元人民币)", "", 23_702_800, ""),
        ("人民币500万元", "", 5_000_000, ""),
        ("1亿元", "", 100_000_000, ""),
        ("50000000元", "", 50_000_000, ""),
        ("500", "万元", 5_000_000, ""),
        ("12.5", "亿元", 1_250_000_000, ""),
        ("800万", "", 8_000_000, ""),
        ("0", "", 0, ""),
        ("-", "", None, ""),
        ("500", "", None, "capital_unit"),
        ("100万美元", "", None, "currency"),
        ("000(万美元)", "", None, "currency"),
        ("100万港元", "", None, "currency"),
        ("100", "万美元", None, "currency"),
        ("五十万元", "", None, "capital_words"),
    ],
)
def test_capital_is_told_in_yuan_and_no_rate_of_exchange_is_assumed(
    cell: str, unit: str, yuan: int | None, reason: str
) -> None:
    found = capital_of(cell, unit)
    assert (found.value, found.reason) == (yuan, reason)


def test_a_column_of_currencies_is_believed() -> None:
    assert capital_of("100", "万元", "美元").reason == "currency"
    assert capital_of("100", "万元", "人民币").value == 1_000_000


@pytest.mark.parametrize(
    ("cell", "there"),
    [
        ("存续（在营、开业、在册）", True),
        ("在业", True),
        ("注销", False),
        ("吊销，未注销", False),
        ("迁出", False),
        ("撤销", False),
    ],
)
def test_a_status_says_whether_a_firm_is_there(cell: str, there: bool) -> None:  # noqa: FBT001
    assert there_of(cell).value is there


def test_a_status_that_nobody_knows_is_refused_unless_a_person_says() -> None:
    assert there_of("歇业").reason == "bad_status"
    assert there_of("").reason == "no_status"
    assert there_of("歇业", {"歇业": "yes"}).value is True


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ("120", 120, ""),
        ("12人", 12, ""),
        ("1,200", 1200, ""),
        ("0", 0, ""),
        ("", None, ""),
        ("50-99人", None, "band"),
        ("小于50人", None, "band"),
        ("1000人以上", None, "band"),
        ("999999", None, "filler"),
        ("若干", None, "bad_number"),
    ],
)
def test_staff_is_a_number_or_none(cell: str, value: int | None, reason: str) -> None:
    found = staff_of(cell)
    assert (found.value, found.reason) == (value, reason)


def test_a_credit_code_tells_the_area_of_its_registrar() -> None:
    assert registrar_of("91131082MA0AAAAA0A").value == "131082"
    assert registrar_of("9.11101E+17").reason == "lost_digits"
    assert registrar_of("130102").reason == "bad_id"
    assert registrar_of("").reason == ""


def test_the_97_divisions_fill_the_20_sections_in_order() -> None:
    codes = [one.code for one in divisions().values()]
    assert codes == [f"{n:02}" for n in range(1, 98)]
    letters = [one.section for one in divisions().values()]
    assert list(dict.fromkeys(letters)) == list(SECTORS)
    # First divisions of the sections as the standard's table of contents has them.
    first = [int(codes[letters.index(one)]) for one in SECTORS]
    assert first == [1, 6, 13, 44, 47, 51, 53, 61, 63, 66, 70, 71, 73, 76, 80, 83, 84, 86, 91, 97]


@pytest.mark.parametrize(
    ("cell", "division", "told"),
    [
        ("C3911", "39", ""),
        ("3911", "39", ""),
        ("39", "39", ""),
        ("6510.0", "65", ""),
        ("I65", "65", ""),
        ("计算机、通信和其他电子设备制造业", "39", "by_industry_name"),
        ("C39计算机、通信和其他电子设备制造业", "39", ""),
        ("石油加工、炼焦和核燃料加工业", "25", "by_industry_name"),
        ("3911,6510", "39", "first_of_several"),
        ("1", "01", ""),
        ("c3911", "39", ""),
        ("9999", None, "no_division"),
        ("C65", None, "section_at_odds"),
        ("C", None, "section_only"),
        ("卖菜", None, "industry_unknown"),
        ("", None, ""),
    ],
)
def test_an_industry_is_its_division(cell: str, division: str | None, told: str) -> None:
    found = division_of(cell, PLAIN)
    assert (found.value, found.reason or found.note) == (division, told)


@pytest.mark.parametrize(
    ("cell", "of_2011", "of_2017"),
    [
        # Education is P82 in the edition of 2011 and P83 in that of 2017.
        ("P82", "83", "83"),
        ("P83", "83", "83"),
        ("82", "83", "82"),
        ("O80", "81", "80"),
        ("S96", "96", "96"),
        ("5810", "59", "58"),
        ("5829", "58", "58"),
    ],
)
def test_the_edition_of_2011_is_told_apart(cell: str, of_2011: str, of_2017: str) -> None:
    assert division_of(cell, Habit(2011, None)).value == of_2011
    assert division_of(cell, Habit(2017, None)).value == of_2017
    if of_2011 != of_2017:
        assert division_of(cell, Habit(None, None)).reason == "edition"


def test_a_division_that_was_divided_since_is_refused() -> None:
    assert division_of("58", Habit(2011, None)).reason == "divided_division"


@pytest.mark.parametrize(
    ("cells", "header", "edition"),
    [
        (["C39", "P82"], "行业代码", 2011),
        (["C39", "P83"], "行业代码", 2017),
        (["82教育"], "行业", 2011),
        (["97"], "行业", 2017),
        (["C39", "3911"], "行业代码", None),
        (["P82", "P83"], "行业代码", None),
        (["82"], "行业代码（GB/T 4754-2011）", 2011),
    ],
)
def test_letters_names_and_the_header_tell_the_edition(
    cells: list[str], header: str, edition: int | None
) -> None:
    assert habit_of(Counter(cells), header).edition == edition
    assert habit_of(Counter(cells), header, 2017).edition == 2017


def test_a_zero_before_is_lost_where_the_column_is_of_four_digits() -> None:
    classes = Counter(["110", "3911", "6510"])
    assert division_of("110", habit_of(classes)).value == "01"
    groups = Counter(["110", "391", "6510"])
    assert division_of("391", habit_of(groups)).value == "39"
    assert division_of("110", habit_of(Counter(["110", "3911"]))).reason == "industry_width"
