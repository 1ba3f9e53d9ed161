"""The panel of co-agglomeration: what it says by the interval, draws, hands on and lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.charts import coagglomeration
from dashboard.charts.record import Canvas
from geodata.records import Value
from geodata.studies.coagglomeration import Pair

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.record import Chart
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas


@pytest.fixture
def chart(scene: Scene, read: Callable[[str], View]) -> Callable[[str], Chart]:
    def made(query: str = "") -> Chart:
        view = read(query)
        return coagglomeration.PANEL.chart("coagglomeration", scene, view, scene.context(view))

    return made


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.001, 0.003, "together"), (-0.003, -0.001, "apart"), (-0.001, 0.001, "open")],
)
def test_the_verdict_by_the_interval(low: float, high: float, said: str) -> None:
    assert coagglomeration.verdict_of(Pair("J", Value(0.0, "", "2020"), low, high)) == said


def test_it_says_the_index_with_its_interval(atlas: Atlas, chart: Callable[[str], Chart]) -> None:
    pair = atlas.coagglomeration.of("2020").pairs[0]
    said = chart("").say[0]
    assert f"{1000 * (pair.index.value or 0):+.1f}".replace("-", "−") in said
    assert "区县" in said
    each = chart("").say[1]
    named = atlas.coagglomeration.of("2020").pairs[1:]
    assert all(atlas.term("industry_short", one.service).zh in each for one in named)
    assert ("与制造业同在" in each) is any(one.low > 0 for one in named)
    assert any("不计远近" in note for note in chart("").notes)
    assert "no distance" in chart("?lang=en").notes[0]


def test_the_dots_are_thousandths_of_the_rows(chart: Callable[[str], Chart]) -> None:
    one = chart("?census=2010")
    dots = next(trace for trace in one.draw(Canvas(520))["data"] if trace["name"] == "gamma")
    rows = [row for row in one.rows() if row.item.count("_") == 1]
    assert dots["x"] == [round(1000 * (row.value or 0), 2) for row in rows]
    assert rows[0].year == "2010"
    assert any("普查未刊布" in note for note in one.notes)


def test_without_counts_it_says_which_are_missing(
    scene: Scene, chart: Callable[[str], Chart], monkeypatch: pytest.MonkeyPatch
) -> None:
    study = scene.atlas.coagglomeration
    none = replace(study.of("2020"), pairs=())
    monkeypatch.setattr(study, "of", lambda _: none)
    assert "缺2020年普查的区县分行业从业人员" in chart("").empty
