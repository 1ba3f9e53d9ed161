"""The panels of the clusters page: figures with their sources, gaps in words."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.charts import changes, shift, sizes, specialists
from dashboard.charts.record import Canvas, Panel
from dashboard.charts.shown import shown
from dashboard.charts.sizes import Group
from dashboard.charts.specialists import ranked
from dashboard.charts.standings import Standings
from dashboard.panels.industry_sites import industry_sites
from dashboard.panels.spread import spread
from dashboard.panels.standing import standing
from dashboard.panels.strength import strength
from geodata.records import Name, Value
from geodata.studies.concentration import TOO_FEW, Spread, Spreads, Structure
from tests.dashboard import cluster_fixtures as own
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.record import Chart
    from dashboard.panels.scope import Scope
    from dashboard.wording import Context
    from geodata.studies.specialisation import Standing

HERE = made.context()
QUOTIENT = ("lq_manufacturing", Name("制造业区位商", "LQ: manufacturing"))
CHANGE = ("lq_change_manufacturing", Name("制造业区位商变化", "Change of LQ: manufacturing"))
ALL = (own.GROWN, own.SHRUNK, own.UNSTABLE)
PLACES = (made.TONGZHOU, made.QIAOXI, made.CAOFEIDIAN)
GROUPS = (
    Group("首都都市圈", "#111111", frozenset({"110112"})),
    Group("其他地区", "#999999", frozenset({"130104", "130209"})),
)


def found(
    asked: Scope, compared: Sequence[Standing] = ALL, beside: Sequence[Standing] = ()
) -> Standings:
    """Return the standing of places as the charts share it."""
    return Standings(asked, compared, beside, QUOTIENT, made.REGION.label)


def said(chart: Chart, context: Context = HERE) -> str:
    """Return what the page says of a chart."""
    nothing: Any = SimpleNamespace(context=lambda _: context, atlas=SimpleNamespace(own=()))
    panel = Panel("clusters", chart.name, lambda *_: [chart], (chart.name,))
    return made.said(shown(panel, nothing, nothing, Canvas(430)))


def explore(place: str) -> str:
    return f"/?regions={place}&indicator=lq_manufacturing"


# Where the industry is most specialised


def test_industry_census_benchmark_and_source_are_named() -> None:
    chart = specialists.chart(found(own.scope()), {}, HERE)
    assert "制造业 · 2020年普查长表样本 · 参照京津冀 · 范围京津冀" in chart.lead
    assert "3个县（市、区）中区位商最高的3个" in chart.lead
    assert chart.source_ids == ("census",)
    assert HERE.source("census").title in said(chart)


def test_places_are_ranked_by_their_quotient() -> None:
    assert [(r.standing.place.id, r.rank) for r in ranked(ALL, "2020")] == [
        ("110112", 1),
        ("130104", 2),
        ("130209", 3),
    ]
    assert ranked((own.BROKEN,), "2010") == []


def test_a_selected_place_further_down_or_from_outside_is_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(specialists, "TOP", 1)
    asked = own.scope(selected=("130209", "133100"))
    of = specialists.listed(ranked(ALL, "2020"), found(asked, beside=(own.BROKEN,)))
    assert [(r.standing.place.id, r.rank) for r in of] == [
        ("110112", 1),
        ("130209", 3),
        ("133100", None),
    ]


def test_places_without_counts_are_named_and_none_at_all_is_a_sentence() -> None:
    asked = own.scope((*PLACES, own.NEW), year="2010")
    words = said(specialists.chart(found(asked, (*ALL, own.BROKEN)), {}, HERE))
    assert "1个地区没有2010年分行业样本数" in words
    assert "雄安新区" in words
    nothing = specialists.chart(found(asked, (own.BROKEN,)), {}, HERE)
    assert "没有地区有2010年的分行业样本数" in nothing.empty
    assert nothing.empty in said(nothing)


@pytest.mark.parametrize("beside", [(), (own.BROKEN,)])
def test_the_figures_behind_are_those_of_the_dots(beside: tuple[Standing, ...]) -> None:
    asked = own.scope(selected=("133100",))
    chart = specialists.chart(found(asked, beside=beside), {}, HERE)
    drawn = next(one for one in chart.draw(Canvas(430))["data"] if one["name"] == "lq")
    rows = [row for row in chart.rows() if row.item == "lq_manufacturing"]
    assert [row.id for row in rows] == drawn["customdata"]
    assert [row.value for row in rows][:3] == [2.0, 0.5, 0.32]
    assert all(row.source_ids == ("census",) for row in rows)


# Size


def test_the_key_counts_the_places_of_each_colour() -> None:
    chart = sizes.chart(found(own.scope()), GROUPS, HERE)
    assert [(key.words, key.count) for key in chart.key] == [("首都都市圈", 1), ("其他地区", 2)]
    assert chart.told.endswith("首都都市圈 1 · 其他地区 2")
    words = said(chart)
    assert "首都都市圈" in words
    assert "右上：专业化程度高、规模大" in words
    counts = [row.value for row in chart.rows() if row.item == "lq_manufacturing_count"]
    assert counts == [200, 40, 12]


def test_with_fewer_than_three_places_nothing_is_compared() -> None:
    chart = sizes.chart(found(own.scope(), (own.GROWN, own.NOBODY)), GROUPS, HERE)
    words = said(chart)
    assert "只有1个地区有可用的数，不足3个" in words
    assert "1个地区样本中无此行业从业人员" in words
    assert chart.empty


# Change


def test_rises_and_falls_beyond_sampling_error_are_counted() -> None:
    chart = changes.chart(found(own.scope(), (*ALL, own.BROKEN)), CHANGE, HERE)
    words = said(chart)
    assert "可比的3个县（市、区）中，区位商上升且超出抽样误差的1个，下降的1个" in words
    assert "1个地区两次普查不可比" in words
    assert "雄安新区" in words
    of = {(row.id, row.item, row.year): row.value for row in chart.rows()}
    assert of["110112", "lq_change_manufacturing", "2010-2020"] == 1.0
    assert of["130104", "lq_manufacturing", "2010"] == 1.0


def test_unstable_changes_are_shown_only_for_the_selection() -> None:
    assert [s.place.id for s in changes.shown(ALL, (), ())] == ["110112", "130104"]
    assert own.UNSTABLE in changes.shown(ALL, (), ("130209",))


def test_nothing_comparable_is_a_sentence() -> None:
    chart = changes.chart(found(own.scope(), (own.BROKEN,)), CHANGE, HERE)
    assert "没有两次普查都可比的地区，不画变化" in chart.empty
    assert "雄安新区" in said(chart)
    assert list(chart.rows()) == []


# Strength


def test_the_three_components_stand_beside_their_mean() -> None:
    found = [own.strength(place, rank) for rank, place in enumerate(PLACES, 1)]
    panel = strength(own.scope(selected=("130104",)), found, HERE, explore)
    words = made.said(panel)
    for word in ("2.50", "120", "+25%", "10 · 第1位", "89", "专业化（区位商）"):
        assert word in words
    assert "/?regions=110112&indicator=lq_manufacturing" in str(panel)


def test_places_without_growth_have_no_rank_and_are_named() -> None:
    found = [own.strength(place, rank) for rank, place in enumerate(PLACES, 1)]
    words = made.said(strength(own.scope(), [*found, own.strength(own.NEW, None)], HERE, explore))
    assert "1个地区缺增长一项" in words
    assert "雄安新区" in words


def test_too_few_strengths_are_a_sentence() -> None:
    words = made.said(strength(own.scope(), [own.strength(own.NEW, None)], HERE, explore))
    assert "只有0个地区有可用的数" in words


# Concentration


def spread_of(year: str, gini: float | None) -> Spread:
    note = () if gini is not None else (TOO_FEW,)
    value = Value(gini, "", year, "computed", ("census",), note)
    top = Value(None if gini is None else 41.26, "%", year, "computed", ("census",), note)
    return Spread(year, PLACES, value, value, top, PLACES[:2])


def test_both_years_are_told_over_the_same_places_and_over_all() -> None:
    found = Spreads(
        (spread_of("2010", 0.4), spread_of("2020", 0.3)),
        (spread_of("2010", 0.45), spread_of("2020", 0.35)),
        (own.NEW,),
    )
    words = made.said(spread(own.scope(), found, HERE))
    for word in ("0.400", "0.300", "0.350", "41.3%", "同样3个可比地区", "1个地区两次普查不可比"):
        assert word in words
    assert "0.450" not in words


def test_what_cannot_be_computed_says_why() -> None:
    nothing = (spread_of("2010", None), spread_of("2020", None))
    words = made.said(spread(own.scope(), Spreads(nothing, nothing, ()), HERE))
    assert f"无法计算集中度：{HERE.note(TOO_FEW)}" in words


# Shift–share


def test_components_are_told_in_per_cent_of_the_first_year() -> None:
    chart = shift.chart([own.shift(made.QIAOXI)], HERE)
    words = said(chart)
    for word in ("−5.0%", "+10.0%", "−10.0%", "桥西区（石家庄）：分行业", "不能当作就业增长引用"):
        assert word in words
    assert "+10.0%" in chart.told
    assert "census" in {i for row in chart.rows() for i in row.source_ids}


def test_places_that_cannot_be_compared_say_why_beside_those_that_can() -> None:
    words = said(shift.chart([own.refused(own.NEW), own.shift(made.QIAOXI)], HERE))
    assert "雄安新区不作偏离—份额分析" in words
    assert "桥西区（石家庄）：分行业" in words
    alone = shift.chart([own.refused(own.NEW)], HERE)
    assert "雄安新区不作偏离—份额分析" in alone.empty


# The selection


def structure(year: str) -> Structure:
    value = Value(0.25, "", year, "computed", ("census",))
    four = replace(value, value=4.0)
    return Structure(made.QIAOXI, year, value, value, four, value)


def test_the_selection_shows_interval_change_and_structure() -> None:
    rows = [(own.SHRUNK, (structure("2010"), structure("2020"))), (own.BROKEN, ())]
    panel = standing(own.scope(), rows, HERE, explore)
    words = made.said(panel)
    for word in ("0.50", "0.40–0.60", "4.0%", "−0.50", "超出抽样误差", "0.250", "4.0"):
        assert word in words
    assert "雄安新区不计算变化" in words
    assert "/?regions=130104&indicator=lq_manufacturing" in str(panel)


def test_a_selected_place_without_counts_is_named() -> None:
    rows = [(own.BROKEN, ())]
    words = made.said(standing(own.scope(year="2010"), rows, HERE, explore))
    assert "雄安新区没有2010年分行业样本数" in words


@pytest.mark.parametrize(
    ("missing", "said"), [(4, "另有4个成员未见公布名单"), (None, "没有公布封闭边界"), (0, "")]
)
def test_circles_with_unknown_members_say_so(missing: int | None, said: str) -> None:
    circle = replace(made.CIRCLE, missing=missing)
    asked = replace(own.scope(), circles=(circle,))
    words = made.said(standing(asked, [(own.SHRUNK, ())], HERE, explore))
    assert said in words
    assert ("成员" in words) == bool(said)


# Sites


def test_sites_are_listed_by_kind_and_the_unmatched_named() -> None:
    words = made.said(industry_sites(own.scope(), [made.cluster()], [made.park()], HERE))
    assert "鹿泉新一代电子信息产业" in words
    assert "可归入制造业的集群1个、园区与设施0个" in words
    assert "另有1个集群与园区涉及多个行业" in words
    assert "智算中心" in words


def test_no_site_is_a_sentence() -> None:
    words = made.said(industry_sites(own.scope(), [], [], HERE))
    assert "没有可归入制造业的" in words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_panel_speaks_both_languages(lang: str) -> None:
    context = made.context("en" if lang == "en" else "zh")
    all_of = found(own.scope())
    words = " ".join(
        said(chart, context)
        for chart in (
            specialists.chart(all_of, {}, context),
            sizes.chart(all_of, (), context),
            changes.chart(all_of, CHANGE, context),
            shift.chart([own.shift(made.TONGZHOU)], context),
        )
    )
    assert ("Manufacturing · 2020 census" in words) == (lang == "en")
