"""The panel of circles as planned and as measured: bars, names, words and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.charts.planned import PANEL, PARTS
from dashboard.charts.record import Canvas
from dashboard.charts.shown import shown
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View


def test_bars_count_the_places_of_each_part(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("")
    (chart,) = PANEL.charts(scene, view, scene.context(view))
    bars = {
        one["name"]: one["x"] for one in chart.draw(Canvas(430))["data"] if one["type"] == "bar"
    }
    assert [bars[part][0] for part in PARTS] == [1, 6, 0], "the capital circle by rail"
    rows = {(row.id, row.item): row for row in chart.rows()}
    agreed = rows["article/capital", "rail_jaccard"]
    assert agreed.value == pytest.approx(1 / 7)
    assert agreed.source_ids
    assert rows["article/capital", "rail_shared"].note == "雄安新区"
    assert rows["article/tianjin", "rail_untold"].note == "唐山市、沧州市、廊坊市"


@pytest.mark.parametrize(
    ("search", "parts"),
    [
        (
            "",
            (
                "与规划最接近的是天津都市圈（2024年）",
                "未计的成员（名单见数据）：天津都市圈（2024年）3个",
                "未查到公布的铁路时间：唐山市、沧州市、廊坊市",
                "“只在实测”可能偏多",
                "环京地区到北京市合计330,000人（2022年）",
                "两者皆空，没有吻合度：石家庄都市圈",
                "功能圈（2026年） · 铁路",
            ),
        ),
        ("?lang=en", ("330,000 people", "no contour can be drawn", "Both: Xiong'an")),
    ],
)
def test_what_is_said(
    scene: Scene, read: Callable[[str], View], search: str, parts: tuple[str, ...]
) -> None:
    words = made.said(shown(PANEL, scene, read(search), Canvas(430)))
    assert [part for part in parts if part not in words] == []
