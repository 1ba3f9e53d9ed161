"""The identity panel: one place, several, a circle, and what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.panels.identity import identity
from dashboard.panels.side_by_side import MOST
from geodata.records import Lang, Name
from tests.dashboard import panel_fixtures as made

HERE = made.context()


def test_one_place_says_name_layout_circle_role_and_definition() -> None:
    words = made.said(identity([made.profile()], HERE))
    for expected in ("通州区", "两翼", "首都都市圈", "两翼三圈（2024年文章）", "文章所称两翼"):
        assert expected in words


def test_a_figure_carries_value_unit_year_rank_and_share() -> None:
    words = made.said(identity([made.profile()], HERE))
    for expected in ("1,840,295人", "2020年", "第\u00a03\u00a0/\u00a0199", "占京津冀 1.7%"):
        assert expected in words


def test_a_share_is_compared_by_its_own_value_and_lacking_places_are_named() -> None:
    words = made.said(identity([made.profile()], HERE))
    assert "11.34%" in words
    assert "京津冀 13.95%" in words
    assert "未含：桥西区（石家庄）" in words


def test_a_computed_figure_is_marked_and_the_mark_explained() -> None:
    words = made.said(identity([made.profile()], HERE))
    assert "标记：算 据所列数据计算" in words
    assert "修" not in words


def test_many_lacking_places_unfold() -> None:
    figure = replace(made.profile().figures[1], lacking=(made.QIAOXI,) * 4)
    words = made.said(identity([replace(made.profile(), figures=(figure,))], HERE))
    assert "未含4个单元" in words


def test_unmarked_is_called_official_only_where_every_figure_has_a_status() -> None:
    first, second = made.profile().figures
    unknown = replace(first, value=replace(first.value, status=None))
    words = made.said(identity([replace(made.profile(), figures=(unknown, second))], HERE))
    assert "标记：算 据所列数据计算。" in words
    assert "官方" not in words


def test_no_value_is_a_dash_without_rank_share_or_source() -> None:
    place = made.profile(population=None)
    figure = replace(place.figures[0], rank=None)
    words = made.said(identity([replace(place, figures=(figure,))], HERE))
    assert "–" in words
    assert "第\u00a0" not in words
    assert "占京津冀" not in words
    assert "北京市人口普查年鉴2020" not in words


def test_circle_members_stand_by_role_and_unknown_members_are_counted() -> None:
    panel = identity([made.circle_profile()], HERE)
    words = made.said(panel)
    assert words.index("核心") < words.index("辐射地区")
    assert "另有11个成员单位未见公布名单。" in words
    assert "only the north" in words
    assert "members-part" in str(panel)


@pytest.mark.parametrize(("missing", "expected"), [(0, ""), (None, "没有公布封闭边界")])
def test_all_members_known_or_an_open_boundary(missing: int | None, expected: str) -> None:
    words = made.said(identity([made.circle_profile(missing)], HERE))
    assert expected in words
    assert "另有" not in words


def test_an_open_circle_says_what_its_total_adds_or_why_it_has_none() -> None:
    """Beijing and the wings are named by the article: their total stands beside "named"."""
    open_ = made.circle_profile(None)
    assert "合计只加上列核心、两翼与成员" in made.said(identity([open_], HERE))
    parted = replace(open_, members=(*open_.members, (made.QIAOXI, "partial", "")))
    words = made.said(identity([parted], HERE))
    assert "因此没有合计" in words
    assert "合计只加" not in words


def test_several_places_stand_in_columns_with_rows_aligned() -> None:
    other = replace(made.profile(made.QIAOXI), figures=made.profile().figures[1:])
    words = made.said(identity([made.profile(), other], HERE))
    assert "2个地方并列比较" in words
    assert "桥西区（石家庄）" in words
    people = words[words.index("常住人口") : words.index("65岁")]
    assert people.endswith("–")


def test_more_places_than_columns_are_counted() -> None:
    words = made.said(identity([made.profile()] * (MOST + 2), HERE))
    assert f"共选中{MOST + 2}个地方，此处并列前{MOST}个。" in words


def test_no_place_is_a_sentence() -> None:
    assert "没有可显示的地方。" in made.said(identity([], HERE))


def test_following_a_name_selects_the_place() -> None:
    assert "?regions=110000" in str(identity([made.profile()], HERE))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_hostile_name_stays_a_string(lang: Lang) -> None:
    name = Name(made.HOSTILE, made.HOSTILE)
    place = replace(made.TONGZHOU, name=name, label=name)
    for panel in (
        identity([made.profile(place)], made.context(lang)),
        identity([made.profile(place)] * 2, made.context(lang)),
    ):
        assert made.HOSTILE in list(made.strings(panel))
        assert "dangerously" not in str(panel)


def test_english_has_no_chinese_words() -> None:
    words = made.said(identity([made.profile()], made.context("en")))
    assert "Rank\N{NO-BREAK SPACE}3\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}199" in words
    assert not [
        c
        for c in words.replace("京津冀布局经济学报", "")
        if "一" <= c <= "鿿" and c not in "北京市人口普查年鉴统计局京津冀布局经济学报"
    ]
