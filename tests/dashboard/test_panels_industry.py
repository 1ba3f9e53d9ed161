"""The industry panel: what is compared, how to read it, and what cannot be said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.charts import industry as record
from dashboard.charts.record import Canvas
from dashboard.panels.side_by_side import MOST
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.records import Industry

HERE = made.context()
GRAPH = "industry-chart"


def industry(found: Sequence[Industry], theme: Theme = "light") -> Component:
    chart = record.chart(found, HERE)
    return made.on_page(record.PANEL, chart, canvas=Canvas(500, theme))


def test_year_benchmark_and_strongest_stable_industries_are_named() -> None:
    words = made.said(industry([made.industry()]))
    assert "2020年人口普查长表就业，区位商以京津冀为基准" in words
    assert "专业化程度最高：制造 2.00。" in words
    assert "信息软件 (10.00)" not in words


def test_no_stable_industry_above_one_is_said() -> None:
    rows = made.industry().rows
    one = replace(made.industry(), rows=(rows[0], rows[3]))
    assert "没有区位商稳定大于1的行业" in made.said(industry([one]))


def test_sample_total_lacking_places_and_source_are_named() -> None:
    words = made.said(industry([made.industry()]))
    for expected in ("10%抽样", "通州区 4,000人", "未含：桥西区（石家庄）", "北京市统计局"):
        assert expected in words


def test_only_the_marks_in_the_figure_are_explained() -> None:
    words = made.said(industry([made.industry()]))
    assert "不足30人" in words
    assert "空心点为2010年" in words
    calm = replace(made.industry(comparable=False), rows=made.industry(comparable=False).rows[:1])
    chart = record.chart([calm], HERE)
    words = " ".join((*chart.notes, *(key.words for key in chart.key)))
    assert "不足30人" not in words
    assert "空心点" not in words
    assert "2010年（可比时）" not in words
    assert "未绘2010年数值：boundaries changed" in words


def test_several_places_each_have_their_sentence_and_silent_ones_are_named() -> None:
    silent = replace(made.industry(made.QIAOXI), rows=())
    panel = industry([made.industry(), made.industry(made.CAOFEIDIAN), silent], "dark")
    words = made.said(panel)
    assert "通州区：专业化" in words
    assert "曹妃甸区：专业化" in words
    assert "没有分行业就业数据：桥西区（石家庄）。" in words


@pytest.mark.parametrize("silent", [(), (replace(made.industry(), rows=()),)])
def test_nothing_to_draw_is_a_sentence_without_a_graph(silent: tuple[()]) -> None:
    panel = industry(silent)
    assert "没有可用的分行业就业数据" in made.said(panel)
    assert GRAPH not in made.ids(panel)


def test_the_graph_has_its_id_its_height_and_no_toolbar() -> None:
    graph = industry([made.industry()])[GRAPH]
    assert graph.config["displayModeBar"] is False
    assert graph.style["height"] == f"{graph.figure['layout']['height']}px"


def test_more_places_than_strips_are_counted() -> None:
    panel = industry([made.industry()] * (MOST + 1))
    assert f"此处并列前{MOST}个" in made.said(panel)
    assert len({trace["xaxis"] for trace in panel[GRAPH].figure["data"]}) == MOST
