"""The data taken away: numbers stay numbers, text stays text, sources and link travel along."""

from __future__ import annotations

import csv
import io
import tempfile
import tracemalloc
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from dashboard.charts import explore_map, industry
from dashboard.charts.record import Row
from dashboard.print import bundle, tables, workbook
from dashboard.print.exhibits import exhibit
from dashboard.print.workbook import ROOM, Figure, Table, across
from dashboard.print.workbook_parts import LONGEST, Properties
from dashboard.text import text
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dashboard.print.exhibit import Exhibit
    from dashboard.print.workbook import Cell
    from dashboard.scene import Scene
    from dashboard.view import View

    Make = Callable[[str, str], Exhibit]

GS = text("zh")("shell.credit")
TODAY = "2026-11-25"
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1")


@pytest.fixture
def make(scene: Scene, read: Callable[[str], View]) -> Make:
    def one(chart: str, search: str) -> Exhibit:
        view = read(search)
        panel = {"map": explore_map, "industry": industry}[chart].PANEL
        return exhibit(panel, chart, scene, view, scene.context(view))

    return one


def cells(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def book(content: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("search", ["", "?circle=capital&lang=en", "?indicator=gdp&level=city"])
def test_csv_and_workbook_hold_the_values_of_the_atlas(
    make: Make, scene: Scene, read: Callable[[str], View], search: str
) -> None:
    view = read(search)
    made = make("map", search)
    column = scene.fill(view).column
    values = dict(zip(column.codes, column.values, strict=True))
    rows = cells(tables.csv_of(made))
    assert rows
    for row in rows:
        value = values[row["id"]]
        assert row["value"] == ("" if value.value is None else str(value.value))
        assert row["source_ids"] == ";".join(value.source_ids)
        assert row["year"] == value.year
    written = book(tables.xlsx_of(made, "http://x/", TODAY))
    assert written[0] == tables.COLUMNS
    for line, row in zip(written[1:], rows, strict=True):
        assert line[0] == row["id"]
        assert line[6] == values[row["id"]].value
        assert line[8] == int(row["year"])


def test_the_industry_table_holds_quotients_and_counts(make: Make, scene: Scene) -> None:
    rows = cells(tables.csv_of(make("industry", "?regions=110112")))
    one = scene.atlas.industry("110112", "2020", "JJJ")
    found = {row["item"]: row["value"] for row in rows if row["year"] == "2020"}
    for row in one.rows:
        key = row.indicator.removeprefix("emp_")
        assert found[f"lq_{key}"] == ("" if row.lq is None else str(row.lq))
        assert found[row.indicator] == ("" if row.count is None else str(row.count))


@pytest.mark.parametrize("search", ["?regions=110112,130200", "?circle=tianjin&benchmark=CN", ""])
def test_the_figures_of_industries_are_those_of_the_catalogue(
    scene: Scene, read: Callable[[str], View], search: str
) -> None:
    view, atlas = read(search), scene.atlas
    chart = industry.PANEL.chart("industry", scene, view, scene.context(view))
    asked = [row for row in chart.rows() if row.item in atlas.indicators and row.value is not None]
    assert {row.year for row in asked} >= {"2020"}
    for row in asked:
        value = atlas.value(row.item, row.id, row.year, row.benchmark or "JJJ")
        assert value.value == pytest.approx(row.value), row


@pytest.mark.parametrize("words", HOSTILE)
def test_text_like_a_formula_stays_text_and_numbers_stay_numbers(make: Make, words: str) -> None:
    row = Row("110112", Name(words, words), words, Name("a", "b"), -1.5, words, "2020", note=words)
    made = replace(make("map", ""), rows=(row,))
    (read_back,) = cells(tables.csv_of(made))
    assert read_back["name_zh"] == f"'{words}"
    assert read_back["value"] == "-1.5"
    sheet = load_workbook(io.BytesIO(tables.xlsx_of(made, "", TODAY))).worksheets[0]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].quotePrefix
    assert sheet["G2"].value == -1.5


def test_a_bundle_is_complete_and_says_where_it_is_from(make: Make) -> None:
    made = make("map", "?circle=capital")
    content = bundle.zipped({"svg": b"<svg/>"}, [made], "http://x/?circle=capital", TODAY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        readme = archive.read("README.txt").decode()
        sources = cells(archive.read("sources.csv"))
    stem = "LQ制造业_首都都市圈_2020"
    assert names == [f"{stem}.svg", f"{stem}.csv", f"{stem}.xlsx", "sources.csv", "README.txt"]
    for part in (made.title, made.subtitle, made.method, "http://x/?circle=capital"):
        assert part in readme
    assert "GS(2024)0650" in readme
    assert [row["id"] for row in sources] == [source.id for source in made.sources]


def test_a_workbook_opens_as_a_table_to_work_with(make: Make) -> None:
    made = make("map", "?indicator=gdp&level=city&year=2023")
    found = load_workbook(io.BytesIO(tables.xlsx_of(made, "http://x/", TODAY)))
    data, sources, about = found.worksheets
    assert [one.title for one in found] == ["数据", "来源", "说明"]
    rows = list(data.iter_rows(min_row=2))
    for row, held in zip(rows, made.rows, strict=True):
        if held.value is None:
            assert row[6].value is None
            continue
        written = f"{held.value:.10f}".rstrip("0").partition(".")[2]
        assert row[6].value == held.value
        assert row[6].number_format == "#,##0" + ("." + "0" * len(written) if written else "")
        assert row[8].value == 2023
        assert row[8].number_format == "General"
    assert (data.freeze_panes, sources.freeze_panes, about.freeze_panes) == ("A2", "A2", None)
    assert data.auto_filter.ref == f"A1:L{len(rows) + 1}"
    assert (data.print_title_rows, data.print_title_cols) == ("$1:$1", "$A:$B")
    assert data.print_area == f"'数据'!$A$1:$L${len(rows) + 1}"
    assert data.page_setup.orientation == "landscape"
    assert (data.sheet_properties.pageSetUpPr.fitToPage, data.page_setup.fitToHeight) == (True, 0)
    assert data.oddFooter.right.text == "&P / &N"
    assert data["A1"].font.b
    for source, row in zip(made.sources, sources.iter_rows(min_row=2), strict=True):
        assert [cell.value or "" for cell in row] == tables.source_record(source)
        link = row[4].hyperlink
        assert (link.target if link else None) == source.link
    last = about.cell(about.max_row, 1)
    assert last.value == last.hyperlink.target == "http://x/"
    assert GS in [cell.value for (cell,) in about.iter_rows()]
    said = found.properties
    assert (said.title, said.creator) == (made.title, "京津冀产业协同图谱")
    assert (said.subject, said.language) == (made.subtitle, "zh-CN")
    assert said.created.date().isoformat() == said.modified.date().isoformat() == TODAY


@pytest.mark.parametrize(
    ("widths", "pages"), [([10, 20], 1), ([20, 20, 210], 1), ([20, 30, 210], 2), ([60] * 6, 2)]
)
def test_a_wide_table_is_printed_on_pages_side_by_side_not_tiny(
    widths: list[int], pages: int
) -> None:
    """250 characters a page, of which the first two columns stand on each: 40 + 210 fit on one."""
    assert across(widths) == pages


def test_columns_are_as_wide_as_their_words_and_chinese_counts_double(make: Make) -> None:
    row = Row("1", Name("中文" * 9, "x" * 9), "i", Name("", ""), 1234567.25, "", "2013-2024")
    made = replace(make("map", ""), rows=(row,))
    page = load_workbook(io.BytesIO(tables.xlsx_of(made, "", TODAY))).worksheets[0]
    wide = {name: page.column_dimensions[name].width for name in "BCG"}
    assert wide == {"B": 36 + ROOM, "C": 9 + ROOM, "G": len("1,234,567.25") + ROOM}
    assert page["I2"].value == "2013-2024"
    assert page["G2"].number_format == "#,##0.00"


def test_what_a_workbook_cannot_hold_is_left_out_and_the_rest_is_kept(make: Make) -> None:
    words = "a\x00b\x1f<&>_x0041_\ufffe" + "c" * LONGEST
    row = Row("1", Name(words, ""), "i", Name("", ""), float("inf"), "", "")
    made = replace(make("map", ""), rows=(row,))
    page = load_workbook(io.BytesIO(tables.xlsx_of(made, "", TODAY))).worksheets[0]
    assert page["B2"].value.startswith("ab<&>_x0041_ccc")
    assert len(page["B2"].value) == LONGEST
    assert page["G2"].value is None


def test_a_workbook_takes_no_more_memory_than_its_bytes() -> None:
    def rows(many: int) -> Callable[[], Iterator[Sequence[Cell]]]:
        return lambda: ((f"{n % 99}", Figure(n / 7, 4), 2020) for n in range(many))

    about = Properties("a", "b", "c", TODAY, "en-GB")
    peaks = {}
    for many in (2_000, 20_000):
        tracemalloc.start()
        with tempfile.TemporaryFile() as file:
            workbook.write(file, (Table("x", ("a", "b", "c"), rows(many)),), about)
        peaks[many] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peaks[20_000] < 1.2 * peaks[2_000]
