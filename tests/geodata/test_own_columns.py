"""Which columns of a table are figures, what their headers say, and which sheet they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from geodata.own import columns
from geodata.own.importing import read_own
from geodata.own.reading import read_sheet
from tests.geodata.test_own_import import file, here, values

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.own.records import Outcome


@pytest.mark.parametrize(
    "header",
    [
        "id",
        "ID",
        "firm_id",
        "regionId",
        "序号",
        "企业编号",
        "行业代码",
        "No.",
        "联系电话",
        "Unnamed: 0",
        "经度",
    ],
)
def test_numbers_that_name_something_are_no_figures_until_a_person_says_so(header: str) -> None:
    table = f"{header},地区,企业数\n1001,三河市,7\n1002,大厂县,8\n"
    outcome = here(table, year=2020)
    assert [one.measure.zh for one in outcome.columns.figures] == ["企业数"]
    assert outcome.columns.left == (header,)
    said = columns.checked({"values": {header: {}}}, "map.toml")
    assert [one.at for one in here(table, said, year=2020).columns.figures] == [0]


@pytest.mark.parametrize("header", ["Tax paid", "价格指数", "price index", "Methanoid", "nodes"])
def test_what_only_sounds_like_a_number_of_something_is_measured(header: str) -> None:
    outcome = here(f"地区,{header}\n三河市,7\n", year=2020)
    assert [one.at for one in outcome.columns.figures] == [1]


def test_units_kinds_and_years_are_read_from_headers() -> None:
    header = "县（市、区）,企业数（家）,GDP增速(%),人均产值（元）,2019年用电量（万千瓦时）,备注"
    table = f"{header}\n三河市,1,2%,3,4,好\n"
    outcome = here(table, year=2020)
    found = {(m.zh, m.unit, m.kind): sorted(y) for m, y in years(outcome).items()}
    assert found == {
        ("企业数", "家", "amount"): [2020],
        ("GDP增速", "%", "rate"): [2020],
        ("人均产值", "元", "rate"): [2020],
        ("用电量", "万千瓦时", "amount"): [2019],
    }
    assert outcome.columns.left == ("备注",)


def years(outcome: Outcome) -> dict[columns.Measure, set[int]]:
    found: dict[columns.Measure, set[int]] = {}
    for figure in outcome.joined.figures:
        found.setdefault(figure.measure, set()).add(figure.year)
    return found


def test_years_of_prices_and_of_bases_are_not_those_of_the_figures() -> None:
    header = "年份,GDP（亿元，2010年不变价）,2015年可比价产值（万元）,2019年指数（1978年=100）"
    outcome = here(f"县,{header}\n三河市,2018,1,2,3\n")
    assert {(m.zh, m.unit): sorted(y) for m, y in years(outcome).items()} == {
        ("GDP（2010年不变价）", "亿元"): [2018],
        ("产值（2015年可比价）", "万元"): [2018],
        ("指数（1978年=100）", ""): [2019],
    }


@pytest.mark.parametrize("second", [",2019,2020,2019", "地区,2019,2020,2019"])
def test_a_header_of_two_lines_is_joined(tmp_path: Path, second: str) -> None:
    table = f"表1,,,\n地区,企业数,,人口\n{second}\n三河市,1,2,3\n大厂,4,5,6\n"
    outcome = read_own(file(tmp_path, table), "a")
    assert values(outcome) == {
        ("131082", 2019, "企业数"): 1,
        ("131082", 2020, "企业数"): 2,
        ("131082", 2019, "人口"): 3,
        ("131028", 2019, "企业数"): 4,
        ("131028", 2020, "企业数"): 5,
        ("131028", 2019, "人口"): 6,
    }
    assert outcome.sheet.lines == [4, 5]


def test_hidden_sheets_are_left_and_merged_words_stand_in_each_of_their_rows(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    hidden, shown = book.worksheets[0], book.create_sheet("数据")
    hidden.sheet_state = "hidden"
    hidden.append(["县", "企业数"])
    hidden.append(["香河县", 9])
    for row in (
        ["市", "县", "企业数", "共"],
        ["石家庄市", "桥西区", 1, 3],
        [None, "新华区", 2, None],
    ):
        shown.append(row)
    shown.merge_cells("A2:A3")
    shown.merge_cells("D2:D3")
    book.save(tmp_path / "a.xlsx")
    sheet = read_sheet(tmp_path / "a.xlsx")
    assert sheet.notes["sheet"] == "数据"
    # Words are those of all; a figure over several rows is one figure.
    assert sheet.row(1) == ("石家庄市", "新华区", "2", "")
    assert read_sheet(tmp_path / "a.xlsx", "Sheet").row(0) == ("香河县", "9")
