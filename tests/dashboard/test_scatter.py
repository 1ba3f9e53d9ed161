"""The scatter of two indicators on the screen: points, selection, line, words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.charts.record import Canvas
from dashboard.charts.scatter import PANEL
from dashboard.charts.shown import shown
from dashboard.view import parse
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View


def drawn(scene: Scene, view: View, width: int = 430) -> dict[str, dict[str, Any]]:
    (chart,) = PANEL.charts(scene, view, scene.context(view))
    return {trace["name"]: trace for trace in chart.draw(Canvas(width))["data"]}


def test_what_is_selected_on_the_map_stands_out_and_is_named(
    scene: Scene, read: Callable[[str], View]
) -> None:
    found = drawn(scene, read("?regions=120116"))
    assert [point[0] for point in found["chosen"]["customdata"]] == ["120116"]
    assert found["chosen"]["text"] == ["滨海新区"]
    assert "120116" not in {point[0] for point in found["places"]["customdata"]}


def test_the_circles_chosen_narrow_the_places(scene: Scene, read: Callable[[str], View]) -> None:
    every, some = (drawn(scene, read(q))["places"] for q in ("", "?circle=tianjin"))
    inside = {point[0] for point in some["customdata"]}
    assert inside < {point[0] for point in every["customdata"]}
    assert all(code[:2] in {"12", "13"} for code in inside)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_line_is_the_same_in_the_units_of_either_language(
    scene: Scene, read: Callable[[str], View], lang: str
) -> None:
    """GDP by logarithms is laid out a decimal place lower in billions than in 亿元."""
    view = read(
        f"?indicator=gdp&level=county&across=tertiary_education_share&year=2020&lang={lang}"
    )
    pair = scene.atlas.pairs.of((view.across, "gdp"), "county", "2020")
    assert pair.logs[1]
    line = drawn(scene, view)["line"]
    assert pair.line
    at = pair.line.at(line["x"][0])
    assert line["y"][0] == pytest.approx(at if lang == "zh" else at - 1, abs=1e-3)


@pytest.mark.parametrize(
    ("search", "part"),
    [
        ("", "这是各地之间的相关，不说明谁因谁"),
        ("?across=lq_manufacturing", "两轴是同一项指标"),
        ("?across=lq_information_software", "两项指标含同一成分"),
        ("?indicator=gdp&across=population", "两项都是总量"),
        ("?across=pm25", "没有县（市、区）级数据，请换级别或指标"),
        ("?level=city&circle=tianjin", "不足10个，不作回归"),
        ("?indicator=gdp_tertiary_share&year=2021", "两项不是同一年的数"),
        ("?lang=en", "which says nothing on cause"),
    ],
)
def test_what_is_said(scene: Scene, read: Callable[[str], View], search: str, part: str) -> None:
    assert part in made.said(shown(PANEL, scene, read(search), Canvas(430)))


def test_no_line_where_the_rule_bars_it(scene: Scene, read: Callable[[str], View]) -> None:
    assert {"line", "band"} <= drawn(scene, read("")).keys()
    assert not {"line", "band"} & drawn(scene, read("?across=lq_information_software")).keys()


def test_names_on_the_chart_keep_clear(scene: Scene, read: Callable[[str], View]) -> None:
    """Of many places few are named, of few each."""
    many = drawn(scene, read(""))["places"]["text"]
    assert 0 < sum(bool(name) for name in many) <= 16
    few = drawn(scene, read("?level=city"))["places"]["text"]
    assert sum(bool(name) for name in few) > len(few) / 2


def test_an_unknown_indicator_across_falls_back_and_is_named(
    scene: Scene,
) -> None:
    view, fallen = parse("?across=nothing", scene.vocabulary)
    assert (view.across, fallen) == ("tertiary_education_share", ("across",))
    kept = parse(view.query(across="schooling_years"), scene.vocabulary)[0]
    assert kept.across == "schooling_years"


def test_quotients_are_those_of_the_map_against_the_chosen_reference(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """Dongcheng's quotient of manufacturing in 2020: 0.23 against the region, 0.21 the nation."""
    for search, wanted in (("", "0.23"), ("?benchmark=CN", "0.21")):
        view = read(search)
        (chart,) = PANEL.charts(scene, view, scene.context(view))
        (value,) = (
            row.value
            for row in chart.rows()
            if (row.id, row.item) == ("110101", "lq_manufacturing")
        )
        assert f"{value:.2f}" == wanted
        against = scene.atlas.term("benchmark", view.benchmark).zh
        assert any(against in note for note in chart.notes)
