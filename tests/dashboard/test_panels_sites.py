"""The panel of clusters and parks: each with size, year, place and source, or a plain sentence."""

from __future__ import annotations

from dataclasses import replace

from dashboard.panels.sites import FOLD_FROM, sites
from tests.dashboard import panel_fixtures as made

HERE = made.context()


def test_a_cluster_says_kind_level_industry_size_metric_year_place_and_source() -> None:
    words = made.said(sites([(made.QIAOXI, [made.cluster()])], HERE))
    for expected in (
        "1项产业集群与产业链",
        "县域特色产业集群",
        "省级",
        "电子信息 · 桥西区（石家庄） · 2023年",
        "621.03 亿元",
        "营业收入",
        "revenue Jan-Sep 2023",
        "经济学报",
    ):
        assert expected in words


def test_a_secondary_size_is_marked() -> None:
    assert "间" in made.said(sites([(made.QIAOXI, [made.cluster()])], HERE))


def test_a_site_without_a_published_size_shows_none() -> None:
    words = made.said(sites([(made.QIAOXI, [made.cluster(scale=None)])], HERE))
    assert "亿元" not in words
    assert "营业收入" not in words.replace("规模口径不一（营业收入", "")


def test_parks_stand_in_their_own_groups_with_the_year_of_their_size() -> None:
    words = made.said(sites([(made.TONGZHOU, [made.cluster(), made.park()])], HERE))
    assert words.index("县域特色") < words.index("智算中心")
    assert "1项园区与算力设施" in words
    assert "500 PFLOPS" in words
    assert "2023年2月设立" in words
    assert "算力 · 2023年" in words


def test_a_size_without_a_year_says_so() -> None:
    undated = replace(made.park(), scale=replace(made.park().scale, year=""))  # type: ignore[type-var]
    words = made.said(sites([(made.TONGZHOU, [undated])], HERE))
    assert "算力 · 年份未注明" in words


def test_no_site_is_a_sentence_with_the_name_of_the_place() -> None:
    assert "通州区没有列名的集群或园区" in made.said(sites([(made.TONGZHOU, [])], HERE))


def test_several_places_stand_under_their_names() -> None:
    panel = sites([(made.TONGZHOU, []), (made.QIAOXI, [made.cluster()])], HERE)
    assert "columns" in str(panel)
    words = made.said(panel)
    assert words.index("通州区没有列名的") < words.index("桥西区（石家庄）")


def test_totals_and_further_figures_come_last_and_are_not_counted() -> None:
    total = replace(made.cluster("合计"), id="total", kind="aggregate")
    further = replace(made.cluster("上一年"), id="further", counted_as=made.cluster().id)
    words = made.said(sites([(made.QIAOXI, [total, further, made.cluster()])], HERE))
    assert "1项产业集群与产业链" in words
    assert "另有2条记录，不另计数" in words
    assert (
        words.index("鹿泉") < words.index("另有2条") < words.index("合计") < words.index("上一年")
    )


def test_without_further_rows_there_is_no_word_of_them() -> None:
    assert "另有" not in made.said(sites([(made.QIAOXI, [made.cluster()])], HERE))


def test_long_groups_fold() -> None:
    def folds(count: int) -> int:
        rows = [replace(made.cluster(), id=str(at)) for at in range(count)]
        return str(sites([(made.QIAOXI, rows)], HERE)).count("Summary")

    assert folds(FOLD_FROM) == folds(FOLD_FROM - 1) + 1


def test_a_site_in_many_regions_counts_them() -> None:
    wide = replace(made.cluster(), regions=("130104",) * 7)
    assert "7个地区" in made.said(sites([(made.QIAOXI, [wide])], HERE))


def test_a_hostile_name_stays_a_string() -> None:
    panel = sites([(made.QIAOXI, [made.cluster(made.HOSTILE)])], HERE)
    assert made.HOSTILE in list(made.strings(panel))
