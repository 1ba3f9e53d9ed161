"""The data taken away: numbers stay numbers, text stays text, sources and link travel along."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from dashboard.charts import explore_map, industry
from dashboard.charts.record import Row
from dashboard.print import bundle, tables
from dashboard.print.exhibits import exhibit
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.print.exhibit import Exhibit
    from dashboard.scene import Scene
    from dashboard.view import View

    Make = Callable[[str, str], Exhibit]

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
    written = book(tables.xlsx_of(made, "http://x/"))
    assert written[0] == tables.COLUMNS
    for line, row in zip(written[1:], rows, strict=True):
        # A workbook keeps 16 digits, as Excel itself does.
        expected = values[row["id"]].value
        assert line[0] == row["id"]
        assert line[6] == (None if expected is None else pytest.approx(expected, rel=1e-15))


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
    sheet = load_workbook(io.BytesIO(tables.xlsx_of(made, ""))).worksheets[0]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].quotePrefix
    assert sheet["G2"].value == -1.5


def test_a_bundle_is_complete_and_says_where_it_is_from(make: Make) -> None:
    made = make("map", "?circle=capital")
    content = bundle.zipped({"svg": b"<svg/>"}, [made], "http://x/?circle=capital")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        readme = archive.read("README.txt").decode()
        sources = cells(archive.read("sources.csv"))
    stem = "首都都市圈_LQ制造业_2020"
    assert names == [f"{stem}.svg", f"{stem}.csv", f"{stem}.xlsx", "sources.csv", "README.txt"]
    for part in (made.title, made.subtitle, made.method, "http://x/?circle=capital"):
        assert part in readme
    assert "GS(2024)0650" in readme
    assert [row["id"] for row in sources] == [source.id for source in made.sources]
