"""The Data page: the table says what the files say, nothing is left out, the grid comes late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.charts.coverage import PANEL, Coverage, coverage_chart
from dashboard.charts.record import Canvas
from dashboard.lettering import width_of
from dashboard.pages import data
from dashboard.pages.screen import Screen
from dashboard.panels.data_table import SCRIPT
from dashboard.panels.sources import source_table
from dashboard.text import text
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component
    from flask.testing import FlaskClient

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas
    from tests.dashboard.conftest import Reader

CITY = "?indicator=gdp&level=city&year=2023"


def grid_of(scene: Scene, view: View) -> Any:  # noqa: ANN401 - an AgGrid
    return data.table_of(scene, view)[-1]


def parts(component: Any) -> list[Any]:  # noqa: ANN401 - any component
    return list(component._traverse())  # noqa: SLF001 - Dash has no other way


def kind(component: Any) -> str:  # noqa: ANN401 - any component
    return type(component).__name__


def links(found: list[Component]) -> list[str]:
    return [c.href for one in found for c in parts(one) if getattr(c, "href", None)]


def test_the_table_holds_every_place_with_its_provenance(
    scene: Scene, atlas: Atlas, read: Callable[[str], View]
) -> None:
    grid = grid_of(scene, read(CITY))
    column = atlas.values("gdp", "2023", "city")
    assert [row["code"] for row in grid.rowData] == list(column.codes)
    for row, value in zip(grid.rowData, column.values, strict=True):
        assert row["value"] == value.value
        told = [atlas.source(s, "zh") for s in value.source_ids]
        titles = [f"{one.title}（译题）" if one.rendered else one.title for one in told]
        assert row["sources"] == "；".join(titles)
    (whole,) = grid.dashGridOptions["pinnedTopRowData"]
    assert whole["value"] == atlas.value("gdp", "JJJ", "2023").value


def test_a_gap_is_named(scene: Scene, atlas: Atlas, read: Callable[[str], View]) -> None:
    rows = grid_of(scene, read(CITY)).rowData
    gaps = {row["code"] for row in rows if row["value"] is None}
    column = atlas.values("gdp", "2023", "city")
    there = zip(column.codes, column.values, strict=True)
    assert gaps == {c for c, v in there if v.value is None}
    assert {row["status"] for row in rows if row["code"] in gaps} == {"无数据"}


def test_with_a_circle_its_full_members_and_its_total(
    scene: Scene, atlas: Atlas, read: Callable[[str], View]
) -> None:
    grid = grid_of(scene, read(CITY + "&circle=tianjin&lang=en"))
    members = [p.id for p in atlas.regions("city", "article/tianjin")]
    assert [row["code"] for row in grid.rowData] == members
    totals = [row["code"] for row in grid.dashGridOptions["pinnedTopRowData"]]
    assert totals == ["article/tianjin", "JJJ"]
    assert all(row["role"] for row in grid.rowData)


@pytest.mark.parametrize(
    "search", [CITY, "?indicator=lq_mining&benchmark=CN&circle=capital", "?scheme=sjz2025"]
)
def test_the_downloads_hold_what_the_table_shows(
    scene: Scene, client: FlaskClient, read: Callable[[str], View], search: str
) -> None:
    view = read(search)
    addresses = links(data.table_of(scene, view))
    assert len(addresses) == 5
    for address in addresses:
        assert client.get(address).status_code == 200, address
    rows = next(client.get(a) for a in addresses if ".json?" in a).get_json()["rows"]
    shown = grid_of(scene, view).rowData
    assert [(r["region_code"], r["value"]) for r in rows] == [
        (r["code"], r["value"]) for r in shown
    ]


def test_no_number_is_lost_in_what_is_copied(scene: Scene, read: Callable[[str], View]) -> None:
    """The browser copies the cells of the rows it shows, below the totals, by their columns."""
    grid = grid_of(scene, read(CITY))
    fields = {column["field"] for column in grid.columnDefs}
    rows = [*grid.dashGridOptions["pinnedTopRowData"], *grid.rowData]
    assert {"place", "code", "year", "value", "unit", "status", "sources"} <= fields
    assert all(fields <= row.keys() for row in rows)
    known = {row["code"]: row["value"] for row in rows}
    view = read(CITY)
    for code in ("JJJ", "130200"):
        assert known[code] == scene.atlas.value(view.indicator, code, view.year).value


def test_the_grid_is_loaded_by_the_page_that_has_one(client: FlaskClient, reader: Reader) -> None:
    assert "_dash-component-suites/dash_ag_grid" not in client.get("/").get_data(as_text=True)
    assert client.get(SCRIPT).status_code == 200
    assert reader.ask("table", CITY)["data-table"]["children"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_matrix_asks_for_the_width_that_shows_its_numbers(
    scene: Scene, read: Callable[[str], View], lang: str
) -> None:
    """Three columns of 34 pixels beside the longest name, which is never cut."""
    view = read(f"?lang={lang}")
    (chart,) = PANEL.charts(scene, view, scene.context(view))
    figure = chart.draw(Canvas(chart.least))
    assert len(figure["data"]) == 2, "the numbers are there"
    widest = max(width_of(name) for name in figure["layout"]["yaxis"]["ticktext"])
    assert widest <= figure["layout"]["margin"]["l"] <= chart.least - 3 * 34


def test_the_matrix_draws_how_many_of_how_many() -> None:
    cells = {("a", "2020"): (1, 4), ("b", "2021"): (4, 4)}
    names = {"a": Name("", "A <b>"), "b": Name("", "B")}
    found = Coverage(names, ("2020", "2021"), cells)
    figure = coverage_chart(found, text("en"), Canvas(600))
    heat, figures = figure["data"]
    assert heat["z"] == [[0.25, None], [None, 1.0]]
    assert heat["hovertext"] == [["2020: 1 of 4", ""], ["", "2021: 4 of 4"]]
    places = zip(figures["x"], figures["y"], figures["text"], strict=True)
    assert list(places) == [(0, 0, "1"), (1, 1, "4")]
    # a quarter of the scale lies between its second and third colour, dark type on both
    assert figures["textfont"]["color"] == ["#000000", "#ffffff"]
    assert figures["meta"]["on"][1] == "#154a63"
    assert figure["layout"]["yaxis"]["ticktext"] == ["A &lt;b&gt;", "B"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_name_of_the_matrix_is_cut_where_a_sheet_is_slim(
    lang: str, scene: Scene, read: Callable[[str], View]
) -> None:
    view = read(f"?indicator=lq_manufacturing&level=county&lang={lang}")
    (chart,) = PANEL.charts(scene, view, scene.context(view))
    layout = chart.draw(Canvas(chart.least))["layout"]
    widest = max(width_of(name) for name in layout["yaxis"]["ticktext"])
    assert widest < layout["margin"]["l"] < chart.least - layout["margin"]["r"]


@pytest.mark.parametrize("level", ["county", "city"])
def test_the_matrix_and_its_table_hold_the_coverage_of_the_theme(
    scene: Scene, atlas: Atlas, read: Callable[[str], View], level: str
) -> None:
    view = read(f"?indicator=gdp&level={level}")
    (chart,) = PANEL.charts(scene, view, scene.context(view))
    heat = chart.draw(Canvas(1000))["data"][0]
    (panel,) = data.COVERAGE.children(scene, view, Screen())
    frame = atlas.coverage()
    themes = {i.id: i.theme for i in atlas.indicators.values()}
    inside = frame["indicator"].map(themes) == themes["gdp"]
    wanted = frame[inside & (frame["level"] == level)]
    assert sum(z is not None for row in heat["z"] for z in row) == len(wanted)
    written = [c.children for c in parts(panel) if kind(c) == "Td"]
    assert sorted(w for w in written if w and w != "–") == sorted(
        f"{p}/{t}" for p, t in zip(wanted["present"], wanted["total"], strict=True)
    )
    there, of = wanted["present"].sum(), wanted["total"].sum()
    assert chart.say == (f"有数据{there:,}个，按各指标有数据的年份应有{of:,}个。",)


@pytest.mark.parametrize("level", ["county", "city"])
def test_the_rows_of_the_matrix_are_its_cells_with_their_sources(
    scene: Scene, atlas: Atlas, read: Callable[[str], View], level: str
) -> None:
    view = read(f"?indicator=gdp&level={level}")
    (chart,) = PANEL.charts(scene, view, scene.context(view))
    rows = {(row.item, row.year): row for row in chart.rows()}
    heat = chart.draw(Canvas(1000))["data"][0]
    drawn = [z for line in heat["z"] for z in line if z is not None]
    shares = [
        (row.value or 0) / (rows[item.replace("_present", "_total"), year].value or 1)
        for (item, year), row in rows.items()
        if item.endswith("_present")
    ]
    assert sorted(shares) == sorted(drawn)
    column = atlas.values("gdp", "2020", level)  # type: ignore[arg-type]
    found = {i for value in column.values if value.value is not None for i in value.source_ids}
    assert set(rows["gdp_present", "2020"].source_ids) == found
    assert rows["gdp_present", "2020"].value == column.present


def test_every_source_is_listed_with_the_figures_that_rest_on_it(atlas: Atlas) -> None:
    sources = [atlas.source(i) for i in atlas.source_ids()]
    table = source_table(sources, atlas.provenance.resting, text("zh"))
    codes = [c.children for c in parts(table) if kind(c) == "Code"]
    assert sorted(codes) == sorted(atlas.source_ids())
    assert codes[0] == max(atlas.provenance.resting, key=lambda s: atlas.provenance.resting[s])
    assert set(atlas.provenance.resting) <= set(atlas.source_ids())
    linked = {c.href for c in parts(table) if kind(c) == "A"}
    assert linked == {s.link for s in sources if s.link}


def test_what_cannot_be_compared_is_listed_with_the_reason(atlas: Atlas) -> None:
    found = atlas.provenance.incomparable
    column = atlas.values("lq_change_mining", "2010-2020", "county")
    gaps = {c for c, v in zip(column.codes, column.values, strict=True) if v.value is None}
    counties = {c for c in found if atlas.place(c).kind == "county"}
    assert counties <= gaps
    assert all(reasons for reasons in found.values())
