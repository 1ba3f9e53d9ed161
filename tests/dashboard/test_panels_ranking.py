"""The ranking panel: what is ranked, of what year, and who has no figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts import ranking
from dashboard.charts.ranking_bars import EDGES, ROW, Ranking
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from geodata.records import Lang

PLACES = (made.TONGZHOU, made.QIAOXI, made.CAOFEIDIAN)
GRAPH = "ranking-chart"


def panel(asked: Ranking, lang: Lang = "zh") -> Component:
    chart = ranking.chart(asked, made.POPULATION, made.context(lang), made.REGION.name, tuple)
    return made.on_page(ranking.PANEL, chart, lang)


def test_indicator_unit_year_and_coverage_are_named() -> None:
    words = made.said(panel(Ranking(made.column(), PLACES)))
    assert "常住人口（人），2020年，2个地方有数据" in words
    assert "无数据1个" in words
    assert "曹妃甸区" in words
    assert "北京市人口普查年鉴2020" in words
    # 桥西区 has 7.25 and 通州区 5, and the column is written with no decimals.
    assert "3个地方中2个有数据；最高为桥西区（石家庄）（7），最低为通州区（5）。" in words


def test_the_graph_scrolls_and_is_as_tall_as_its_rows() -> None:
    shown = panel(Ranking(made.column(), PLACES))
    assert shown[GRAPH].style["height"] == f"{2 * ROW + EDGES}px"
    assert "scroll-y" in str(shown)


def test_no_value_at_all_is_a_sentence() -> None:
    shown = panel(Ranking(made.column((None, None, None)), PLACES))
    assert "常住人口（人）：此范围内没有数据。" in made.said(shown)
    assert "dcc.Graph" not in str(shown)
    assert GRAPH not in made.ids(shown)


def test_english() -> None:
    words = made.said(panel(Ranking(made.column(), PLACES), "en"))
    assert "Resident population (persons), 2020: 2 places with data" in words
