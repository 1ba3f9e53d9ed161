"""The course of primacy on the screen: lines that stop, intervals, sentences and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.charts.primacy_years import PANEL, course_chart
from dashboard.charts.record import Canvas
from dashboard.charts.shown import shown
from dashboard.text import text
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas


@pytest.mark.parametrize("width", [362, 1000])
def test_no_line_crosses_a_break(atlas: Atlas, width: int) -> None:
    found = atlas.courses.of("JJJ", "gdp", "revised")
    figure = course_chart(found, text("zh"), Canvas(width))
    for trace in figure["data"]:
        assert trace["x"] == [2018, None, 2019, 2020, 2021, 2022, 2023, None, 2024]
        assert [value is None for value in trace["y"]] == [year is None for year in trace["x"]]
    marks = {s["x0"] for s in figure["layout"]["shapes"] if s["line"].get("dash") == "dot"}
    assert marks == {2018.5, 2023.5}


def test_the_slope_has_its_interval_and_the_shares_have_none(atlas: Atlas) -> None:
    found = atlas.courses.of("JJJ", "gdp", "revised")
    *shares, two, four, slope = course_chart(found, text("en"), Canvas(1000))["data"]
    assert [one["name"] for one in shares] == ["Beijing", "Tianjin"]
    assert [one["y"][-1] for one in (two, four)] == [
        pytest.approx(49_843.10 / 18_024.32, abs=1e-4),
        pytest.approx(49_843.10 / (18_024.32 + 10_003.90 + 8_203.40), abs=1e-4),
    ]
    assert all("error_y" not in one for one in (*shares, two, four))
    margin = slope["error_y"]["array"][-1]
    assert margin == pytest.approx(1.96 * (2 / 13) ** 0.5 * slope["y"][-1], rel=1e-3)


@pytest.mark.parametrize(
    ("search", "parts"),
    [
        (
            "?size=gdp",
            (
                "2024年：二城市指数 2.77，北京市占43.4%、天津市占15.7%。",
                "口径相同的2019–2023年，二城市指数由 2.51 到 2.61",
                "只有13个城市，区间很宽",
                "保定市（2024年）：含定州，不含雄安新区。",
                "2025年缺：",
            ),
        ),
        ("?size=gdp&system=130000", ("唐山市占21.3%、石家庄市占17.4%",)),
        ("?size=gdp&system=c2", ("只有4个城市，ζ 的95%区间含 0，斜率不画。",)),
        ("?size=urban", ("没有相邻两年口径相同，不说升降",)),
        ("?size=urban&system=c3", ("只有2020年可算首位度，一年不成变化，不画。",)),
        ("", ("城区与县城只有2020年一次普查的数", "保定", "2019年缺：保定市。")),
        ("?size=gdp&system=c1", ("圈内没有第二个城市",)),
        ("?size=gdp&lang=en", ("Beijing 43.4%", "went from 2.51 to 2.61", "are no evidence of")),
    ],
)
def test_what_is_said_is_what_the_figures_carry(
    scene: Scene, read: Callable[[str], View], search: str, parts: tuple[str, ...]
) -> None:
    words = made.said(shown(PANEL, scene, read(search), Canvas(1000)))
    assert [part for part in parts if part not in words] == []


def test_rows_are_unrounded_with_sources(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("?size=gdp")
    (chart,) = PANEL.charts(scene, view, scene.context(view))
    found = {(row.id, row.item, row.year): row for row in chart.rows()}
    two = found["JJJ", "primacy_two", "2024"]
    assert two.value == pytest.approx(49_843.10 / 18_024.32)
    assert {"tjgb_110000_2024", "tjgb_120000_2024"} <= {*two.source_ids}
    assert found["JJJ", "primacy_low", "2024"].value == pytest.approx(
        (found["JJJ", "primacy_slope", "2024"].value or 0) * (1 - 1.959964 * (2 / 13) ** 0.5)
    )
    assert found["110000", "primacy_share", "2024"].unit == "%"
