"""The ranking panel: what is ranked, of what year, and who has no figure."""

from __future__ import annotations

from dashboard.charts.ranking import ROW, Ranking
from dashboard.panels.ranking import ranking
from tests.dashboard import panel_fixtures as made

HERE = made.context()
PLACES = (made.TONGZHOU, made.QIAOXI, made.CAOFEIDIAN)


def test_indicator_unit_year_and_coverage_are_named() -> None:
    panel = ranking(Ranking(made.column(), PLACES), made.POPULATION, HERE, "light", "ranking-graph")
    words = made.said(panel)
    assert "常住人口（人），2020年，2个地方有数据" in words
    assert "无数据1个" in words
    assert "曹妃甸区" in words
    assert "北京市人口普查年鉴2020" in words


def test_the_graph_scrolls_and_is_as_tall_as_its_rows() -> None:
    panel = ranking(Ranking(made.column(), PLACES), made.POPULATION, HERE, "light", "ranking-graph")
    assert panel["ranking-graph"].style["height"] == f"{2 * ROW + 8}px"
    assert "scroll-y" in str(panel)


def test_no_value_at_all_is_a_sentence() -> None:
    asked = Ranking(made.column((None, None, None)), PLACES)
    panel = ranking(asked, made.POPULATION, HERE, "light", "ranking-graph")
    assert "常住人口（人）：此范围内没有数据。" in made.said(panel)
    assert "ranking-graph" not in str(panel)


def test_english() -> None:
    asked = Ranking(made.column(), PLACES)
    words = made.said(ranking(asked, made.POPULATION, made.context("en"), "light", "g"))
    assert "Resident population (persons), 2020: 2 places with data" in words
