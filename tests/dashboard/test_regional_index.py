"""The panel of the region's indices: bases, breaks, parts, and nothing joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.charts.record import Canvas
from dashboard.charts.regional_index import PANEL, index_chart
from dashboard.charts.shown import shown
from dashboard.text import text
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas


def test_no_line_joins_two_releases(atlas: Atlas) -> None:
    drawn = index_chart(atlas.regional_index.releases, text("zh"), Canvas(1000))
    lines = [trace for trace in drawn["data"] if trace["mode"] == "lines"]
    assert all(len(line["x"]) == 2 for line in lines)
    assert {"x": [2023, 2024], "y": [149.2, 154.1]} in [
        {"x": line["x"], "y": line["y"]} for line in lines
    ]
    dots = [trace for trace in drawn["data"] if trace["mode"] == "markers+text"]
    assert [trace["x"] for trace in dots] == [[2020, 2021, 2022, 2023, 2024], [2017, 2018, 2019]]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            (
                "2024年为154.1（2014年=100）",
                "2010年=100",
                "160.13",
                "119.33",
                "2023年先公布148.8，次年公报折合149.2",
                "2018年 0.38、2023年 0.58",
                "194.9",
                "新华社；南开大学京津冀协同发展研究院",
            ),
        ),
        ("en", ("154.1 in 2024 (2014 = 100)", "2010 = 100", "149.2", "never joined")),
    ],
)
def test_bases_breaks_and_sources_are_said(
    scene: Scene, read: Callable[[str], View], lang: str, said: tuple[str, ...]
) -> None:
    words = made.said(shown(PANEL, scene, read(f"?lang={lang}"), Canvas(1000)))
    assert [part for part in said if part not in words] == []


def test_what_is_taken_away_names_the_base(scene: Scene, read: Callable[[str], View]) -> None:
    (chart,) = PANEL.charts(scene, read(""), scene.context(read("")))
    rows = chart.rows()
    found = {(row.item, row.year): (row.value, row.unit) for row in rows}
    assert found["index_2014_total", "2024"] == (154.1, "2014年=100")
    assert found["index_2010_total", "2018"] == (160.13, "2010年=100")
    assert found["index_2014_innovation", "2024"] == (194.9, "2014年=100")
    assert found["nankai_index", "2023"] == (0.58, "指数")
