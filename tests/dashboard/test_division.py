"""The panel of the division of functions: what it says, where its lines stop, what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.charts import division
from dashboard.charts.record import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.record import Chart
    from dashboard.scene import Scene
    from dashboard.view import View


@pytest.fixture
def chart(scene: Scene, read: Callable[[str], View]) -> Callable[[str], Chart]:
    def made(query: str = "") -> Chart:
        view = read(query)
        return division.PANEL.chart("division", scene, view, scene.context(view))

    return made


def test_each_run_is_told_by_itself(chart: Callable[[str], Chart]) -> None:
    said = chart("").say[0]
    assert "2003—2005年2.62→2.93" in said
    assert "2006—2010年3.56→4.52" in said
    assert "2018—2019年5.06→5.23" in said
    assert "不能算作分工加深或减弱" in said
    assert "2003–2005 2.62 → 2.93" in chart("?lang=en").say[0]


def test_breaks_and_the_missing_city_are_named(chart: Callable[[str], Chart]) -> None:
    notes = " ".join(chart("").notes)
    for part in ("2006年", "天津2011年水平跳升", "2016—2017年", "缺廊坊市2017年的分行业从业人员"):
        assert part in notes


def test_lines_stop_where_the_scope_changes(chart: Callable[[str], Chart]) -> None:
    one = chart("").draw(Canvas(480))
    first = one["data"][0]
    assert first["x"].count(None) == 3
    assert 2017 not in first["x"]
    assert [word for word in first["text"] if word][:4] == ["2.62", "2.93", "3.56", "4.52"]
    assert sorted(shape["x0"] for shape in one["layout"]["shapes"]) == [2005.5, 2010.5, 2016.5]


def test_the_rows_hold_both_definitions(chart: Callable[[str], Chart]) -> None:
    rows = [row for row in chart("").rows() if row.year == "2019"]
    assert {row.item for row in rows} == {
        "division_0",
        "division_0_narrow",
        "division_1",
        "division_1_narrow",
    }
    assert round(next(r.value or 0 for r in rows if r.item == "division_0"), 2) == 5.23
    blank = [row for row in chart("").rows() if row.year == "2017"]
    assert all(row.value is None for row in blank)


def test_a_scheme_without_a_core_city_says_so(chart: Callable[[str], Chart]) -> None:
    assert "没有以整个城市为核心" in chart("?scheme=sjz2025").empty


def test_without_figures_it_says_which(
    scene: Scene, chart: Callable[[str], Chart], monkeypatch: pytest.MonkeyPatch
) -> None:
    study = scene.atlas.divisions
    blank = replace(study.of("article"), runs=())
    monkeypatch.setattr(study, "of", lambda _: blank)
    one = chart("")
    assert "缺城镇单位分行业从业人员" in one.empty
    assert any("廊坊市" in note for note in one.notes)
