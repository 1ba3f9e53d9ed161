"""A user's table from its bytes to figures of places: read, understood, joined, told and mended."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata import own_table
from geodata.own import child, columns, formats, reading, store
from geodata.own.columns import ColumnMap, read_map
from geodata.own.errors import OwnError
from geodata.own.history import load_history
from geodata.own.importing import keep, read_own
from geodata.own.joining import join
from geodata.own.place import Gazetteer
from geodata.own.reading import Sheet, read_sheet
from geodata.own.records import REFUSED, Outcome, refused_table, written, written_columns
from tests.geodata.test_own_place import CASES, rows

if TYPE_CHECKING:
    from pathlib import Path


TABLE = "区划代码,地区,企业数（家）\n130102,长安区,10\n130104,桥西区,20\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(store.ENVIRONMENT, str(tmp_path / "data"))


APART = reading._in_child  # noqa: SLF001 - the process that the others do without


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open files here: a process for each takes most of the time of a test."""

    def opened(path: Path, out: Path, sheet: str) -> dict[str, object]:
        return {**child.convert(path, out, sheet), "file": str(out)}

    monkeypatch.setattr(reading, "_in_child", opened)


@pytest.fixture
def _apart(_in_this_process: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_in_child", APART)


def file(folder: Path, content: bytes | str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def here(table: str, said: ColumnMap | None = None, year: int | None = None) -> Outcome:
    """Place a table without the process that opens files."""
    header, *body = csv.reader(io.StringIO(table))
    cells = tuple(zip(*body, strict=True)) or tuple(() for _ in header)
    sheet = Sheet(tuple(header), cells, range(2, len(body) + 2), (), {})
    history = load_history()
    gazetteer = Gazetteer(history)
    found = columns.understand(sheet, gazetteer, said or ColumnMap(), "T", year)
    return Outcome(sheet, found, join(sheet, found, gazetteer, history))


def values(outcome: Outcome) -> dict[tuple[str, int, str], float]:
    return {(f.region, f.year, f.measure.zh): f.value for f in outcome.joined.figures}


def told(outcome: Outcome) -> dict[int, str]:
    return {outcome.sheet.lines[one.at]: one.reason for one in outcome.joined.refused}


def test_merged_counties_are_added_where_all_parts_are_there_and_rates_are_not() -> None:
    outcome = here((CASES / "06_merge.csv").read_text(encoding="utf-8"))
    expected = {
        (r["region_code"], int(r["year"]), r["indicator"]): float(r["value"])
        for r in rows("06_merge.expected.csv")
        if r["status"] == "value"
    }
    assert values(outcome) == expected
    assert told(outcome) == {4: "incomplete", 6: "incomplete"}
    refused = {(outcome.sheet.lines[c.at], c.column, c.reason) for c in outcome.joined.cells}
    assert refused == {(2, 4, "rate_of_parts"), (3, 4, "rate_of_parts")}


@pytest.mark.usefixtures("_apart")
@pytest.mark.parametrize(("name", "spelt"), [("01_codes", "code"), ("02_names", "name")])
def test_a_file_of_spellings_is_placed_as_each_of_them_is(
    tmp_path: Path, name: str, spelt: str
) -> None:
    """Rows of one place contradict one another: only places that stand once are kept."""
    text = (CASES / f"{name}.csv").read_text(encoding="utf-8-sig")
    outcome = read_own(file(tmp_path, text.encode("gb18030")), "a")
    assert outcome.sheet.notes["encoding"] == "gb18030"
    assert outcome.rows == outcome.placed + outcome.refused == text.strip().count("\n")
    told_one = {
        int(r["row"]): r["codes"] for r in rows(f"{name}.expected.csv") if r["status"] == "one"
    }
    once = {row: code for row, code in told_one.items() if [*told_one.values()].count(code) == 1}
    lines = outcome.sheet.lines
    assert {lines[f.rows[0]]: f.region for f in outcome.joined.figures} == once
    assert getattr(outcome.columns, spelt) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_is_read_in_each_encoding_and_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    sheet = read_sheet(file(tmp_path, TABLE.replace(",", separator).encode(encoding)))
    assert sheet.header == ("区划代码", "地区", "企业数（家）")
    assert sheet.row(1) == ("130104", "桥西区", "20")
    assert sheet.lines == [2, 3]


def test_six_rows_of_gbk_are_chinese(tmp_path: Path) -> None:
    """Detectors take so short a text for Korean."""
    text = "地区,数\n涞源县,1\n蠡县,2\n易县,3\n"
    outcome = read_own(file(tmp_path, text.encode("gbk")), "a", year=2020)
    assert {f.region for f in outcome.joined.figures} == {"130630", "130635", "130633"}


def test_spreadsheets_and_parquet_are_read_like_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "空"
    sheet = book.create_sheet("数据")
    for row in (["2020年企业数"], ["区划代码", "地区", "企业数（家）"], [130102, "长安区", 10.5]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read_sheet(tmp_path / "a.xlsx")
    assert (found.header, found.row(0)) == (
        ("区划代码", "地区", "企业数（家）"),
        ("130102", "长安区", "10.5"),
    )
    assert (found.notes["sheet"], found.lines) == ("数据", [3])
    frame = pd.DataFrame({"code": [130102, 130104], "name": ["长安区", None], "n": [1.0, 2.5]})
    frame.to_parquet(tmp_path / "a.parquet")
    found = read_sheet(tmp_path / "a.parquet")
    assert [found.row(0), found.row(1)] == [("130102", "长安区", "1"), ("130104", "", "2.5")]


def test_a_header_is_found_below_titles_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    text = "表1 各县企业数,,\n\n地区,2019年,2020年\n\n三河市,1,2\n香河县,3,4,5\n大厂,6,7\n"
    outcome = read_own(file(tmp_path, text), "firms")
    assert outcome.sheet.lines == [5, 7]
    assert outcome.sheet.ragged == ((6, ("香河县", "3", "4", "5")),)
    assert (outcome.rows, outcome.placed, outcome.refused) == (3, 2, 1)
    assert values(outcome) == {
        ("131082", 2019, "firms"): 1,
        ("131082", 2020, "firms"): 2,
        ("131028", 2019, "firms"): 6,
        ("131028", 2020, "firms"): 7,
    }


def test_columns_are_known_by_their_contents_where_their_names_say_nothing() -> None:
    outcome = here("a,b,c\n130102,长安区,1\n130104,桥西区,2\n")
    assert (outcome.columns.code, outcome.columns.name) == (0, 1)
    assert [one.at for one in outcome.columns.figures] == [2]
    assert here("市,样本县,年份,数\n廊坊市,三河市,2020,7\n").joined.figures[0].region == "131082"


def test_a_map_of_columns_comes_first(tmp_path: Path) -> None:
    text = """code = "x"
    year = 2009
    borders = "today"
    [values."n"]
    unit = "人"
    kind = "rate"
    zh = "从业"
    en = "Workers"
    """
    said = read_map(file(tmp_path, text, "map.toml"))
    outcome = here("x,区划代码,n,m\n110102,130102,1,2\n", said)
    (figure,) = outcome.joined.figures
    assert (figure.region, figure.year) == ("110102", 2009)  # not a part: borders of today
    assert figure.measure == columns.Measure("从业", "Workers", "人", "rate")


@pytest.mark.parametrize(
    "text", ["code = ", "colour = 1", 'values = "n"', '[values.n]\nkind = "mean"', "borders = 1"]
)
def test_a_map_that_means_nothing_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(OwnError, match=r"map\.toml"):
        read_map(file(tmp_path, text, "map.toml"))


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("code,name,n\n130102,三河市,1\n", "at_odds"),
        ("code,name,n\n130102,长安区,x\n130104,,1\n130105,,1\n", "bad_number"),
        ("code,name,n\n130102,长安区,-\n130104,,1\n", "no_value"),
        ("code,year,n\n130102,,1\n", "no_year"),
        ("code,year,n\n130102,3020,1\n", "bad_year"),
        ("code,n\n130102,1\n130102.0,2\n", "twice"),
        ("code,n\n合计,1\n130104,1\n130102,1\n", "whole"),
        ("name,n\n石家庄高新技术产业开发区,1\n130104,1\n三河市,1\n", "zone"),
        ("code,n\n131082001,1\n131082002001,1\n", "town"),
        ("code,增速\n130102,0.051\n130104,5.1%\n130105,-2％\n", "no_percent"),
        ('code,n\n130102,"1,234"\n130104,"5,1"\n', "comma"),
        ("code,n\n130102,12 34\n130104,1 234\n", "bad_number"),
        ("code,n\n130102,120家\n130104,(6.1)\n130105,7\n", "bad_number"),
    ],
)
def test_a_row_is_refused_with_its_reason(table: str, reason: str) -> None:
    assert told(here(table))[2] == reason


def test_the_same_said_twice_counts_once_and_a_whole_comes_before_its_parts() -> None:
    twice = here("code,n\n130102,1\n130102,1\n")
    assert (values(twice), told(twice)) == ({("130102", 0, "n"): 1}, {3: "twice"})
    table = "code,year,n\n120116,2009,9\n120107,2009,1\n120108,2009,2\n120109,2009,3\n"
    assert values(here(table)) == {("120116", 2009, "n"): 9}
    assert values(here(table.replace("120116,2009,9\n", ""))) == {("120116", 2009, "n"): 6}
    part_twice = "code,year,n\n120107,2009,1\n120107,2009,1\n120108,2009,2\n120109,2009,3\n"
    assert values(here(part_twice)) == {}


def test_refused_rows_open_in_a_spreadsheet_and_are_mended_alone(tmp_path: Path) -> None:
    text = "地区,备注,数\n三河市,好,1\n新华区,=HYPERLINK(1),2\n桥西区,-,-3\n抚宁县,,8\n"
    path = file(tmp_path, text)
    outcome = read_own(path, "mine", year=2020)
    stored = keep(outcome, path, "mine")
    blob = (stored.folder / REFUSED).read_bytes()
    assert blob.startswith(b"\xef\xbb\xbf")
    header, *lines = csv.reader(io.StringIO(blob.decode("utf-8-sig")))
    assert [row[3] for row in lines] == ["3", "4", "5"]
    assert lines[0][1] == "'=HYPERLINK(1)"  # text, not a formula
    assert lines[1][2] == "-3"
    lines[0][0], lines[1][0] = "沧州新华区", "石家庄桥西区"
    split = [["抚宁区", "", "5", "5", *lines[2][4:]], ["海港区", "", "3", "5", *lines[2][4:]]]
    out = io.StringIO()
    csv.writer(out).writerows([header, *lines[:2], *split])
    mended = file(tmp_path, out.getvalue(), "mended.csv")
    again = read_own(mended, "mine", year=2020)
    assert {region: v for (region, _, _), v in values(again).items()} == {
        "131082": 1,
        "130902": 2,
        "130104": -3,
        "130306": 5,
        "130302": 3,
    }
    assert (again.rows, again.refused) == (5, 0)
    keep(again, mended, "mine")
    frame = own_table("mine")
    assert dict(zip(frame["region_code"], frame["value"], strict=True)) == {
        "131082": 1,
        "130902": 2,
        "130104": -3,
        "130306": 5,
        "130302": 3,
    }
    assert set(frame["status"]) == {"own"}
    assert set(frame["level"]) == {"county"}
    assert set(frame["year"]) == {"2020"}
    assert "新华区（沧州）" in set(frame["name_zh"])


def test_mended_rows_of_another_table_are_not_taken(tmp_path: Path) -> None:
    path = file(tmp_path, "地区,数\n三河市,1\n假县,2\n")
    outcome = read_own(path, "mine")
    keep(outcome, path, "mine")
    other = refused_table(outcome).decode("utf-8-sig").replace("数", "量", 1)
    with pytest.raises(OwnError, match="header"):
        read_own(file(tmp_path, other, "b.csv"), "mine")


def test_a_sum_over_all_parts_survives_the_mending_of_another_row(tmp_path: Path) -> None:
    path = file(tmp_path, "code,year,n\n110102,2009,100\n110104,2009,60\n130999,2009,5\n")
    outcome = read_own(path, "mine")
    keep(outcome, path, "mine")
    mended = refused_table(outcome).decode("utf-8-sig").replace("130999", "130102")
    again = read_own(file(tmp_path, mended, "b.csv"), "mine")
    assert values(again) == {("110102", 2009, "n"): 160, ("130102", 2009, "n"): 5}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "no_table"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\xff\xff", "no_text"),
        (b"PK\x03\x04 no archive", "bad_sheet"),
        (b"PAR1 no parquet", "bad_parquet"),
        (",".join(f"c{n}" for n in range(501)).encode() + b"\n", "too_wide"),
        (",".join("x" * 10**6).encode() + b"\n", "too_wide"),
        (b'code,n\n"' + b"x" * (2**20 + 1), "csv_fault"),
        (b"code,n,n\n130102,1,2\n", "twins"),
        (b"a,b\nx,1\n", "no_places"),
        ("地区,备注\n三河市,好\n".encode(), "no_figures"),
        ("地区,企业数,\n三河市,1,2\n".encode(), "header_apart"),
        ('地区,数\n"三河市,1\n香河县,2\n'.encode(), "open_quote"),
        ("地区,数\n".encode(), "no_rows"),
        (b"\n<html><table><tr><td>1", "other_kind"),
        (b'[{"code": 130102, "n": 1}]', "other_kind"),
        ("地区,年份,企业数\r\n三河市,2019,1\r\n".encode("utf-16-le"), "no_text"),
    ],
)
def test_a_hostile_or_empty_file_is_a_sentence(tmp_path: Path, content: bytes, fault: str) -> None:
    with pytest.raises(OwnError) as caught:
        read_own(file(tmp_path, content), "a")
    assert caught.value.of == fault
    assert len(str(caught.value).split("\n")) == 2


@pytest.mark.usefixtures("_apart")
def test_a_fault_is_the_same_from_the_process_that_opens_files(tmp_path: Path) -> None:
    with pytest.raises(OwnError, match="500") as caught:
        read_own(file(tmp_path, ",".join("x" * 10**6)), "a")
    assert caught.value.of == "too_wide"


def test_nul_bytes_are_left_out(tmp_path: Path) -> None:
    outcome = read_own(file(tmp_path, "地区,数\n\0三河市\0,1\n"), "a")
    assert [f.region for f in outcome.joined.figures] == ["131082"]


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MOST_UNPACKED", 1000)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "0" * 100_000)
    with pytest.raises(OwnError) as caught:
        formats.rows_of(tmp_path / "a.xlsx")
    assert caught.value.of == "bomb"


@pytest.mark.usefixtures("_apart")
def test_a_file_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata.own.reading.MOST_SECONDS", 0.001)
    with pytest.raises(OwnError) as caught:
        read_sheet(file(tmp_path, TABLE))
    assert caught.value.of == "over_limits"


def test_missing_large_and_other_files_are_told(tmp_path: Path) -> None:
    for path, most, fault in (
        (tmp_path / "none.csv", 10, "unreadable"),
        (file(tmp_path, TABLE), 10, "too_large"),
        (tmp_path, 10**9, "too_large"),
    ):
        with pytest.raises(OwnError) as caught:
            read_sheet(path, most_bytes=most)
        assert caught.value.of == fault


CELLS = st.sampled_from(
    ["130102", "110102", "110104", "130103", "139001", "1.3E+11", "", "合计", "310115", "x", "13"]
)
NAMES = st.sampled_from(["长安区", "西城区", "桥西区", "三河市", "", "合计", "=1", "开发区"])
NUMBERS = st.sampled_from(["1", "2", "", "x", "-", "1,000", "9e3"])
YEARS = st.sampled_from(["2009", "2020", "", "y"])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.text(), st.text(alphabet='=+-@1.5e\t\r\n,"三')), min_size=1))
def test_columns_are_written_as_their_rows_are(body: list[tuple[str, str]]) -> None:
    columns = [pa.array(one, pa.string()) for one in zip(*body, strict=True)]
    coded = [columns[0], columns[1].dictionary_encode()]
    assert b"".join(written_columns(coded)) == written(body)


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(CELLS, NAMES, YEARS, NUMBERS, NUMBERS), min_size=1, max_size=12))
def test_every_row_is_placed_or_refused_and_none_twice(
    body: list[tuple[str, str, str, str, str]],
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("code", "name", "year", "n", "rate"), *body])
    said = ColumnMap({"values": {"n": {}, "rate": {}}})
    outcome = here(out.getvalue(), said)
    refused = [one.at for one in outcome.joined.refused]
    assert sorted([*outcome.joined.how.nonzero()[0], *refused]) == list(range(len(body)))
    again = refused_table(outcome).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(again)))) >= outcome.refused + 1
