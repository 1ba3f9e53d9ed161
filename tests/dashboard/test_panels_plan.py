"""The plan panel: every item beside its evidence, and a sentence where there is none."""

from __future__ import annotations

from dataclasses import replace

from dashboard.panels.plan import plan, small_bar, with_gaps
from geodata.records import Name
from tests.dashboard import panel_fixtures as made

HERE = made.context()
ITEMS = made.plan_items()


def words_of(index: int) -> str:
    return made.said(plan([(made.TONGZHOU, ITEMS[index : index + 1])], HERE))


def test_an_industry_stands_beside_its_quotient_share_and_count() -> None:
    words = words_of(0)
    for expected in (
        "重点产业",
        "equipment",
        "制造业",
        "区位商 2.00",
        "占就业 50.0%",
        "样本2,000人",
    ):
        assert expected in words


def test_a_quotient_stands_with_its_limits() -> None:
    known = replace(ITEMS[0].evidence[0], interval=(1.9, 2.1))
    words = made.said(plan([(made.TONGZHOU, [replace(ITEMS[0], evidence=(known,))])], HERE))
    assert "2.00" in words
    assert "[1.90–2.10]" in words


def test_few_workers_are_said() -> None:
    weak = replace(ITEMS[0].evidence[0], industry=made.industry().rows[3])
    words = made.said(plan([(made.TONGZHOU, [replace(ITEMS[0], evidence=(weak,))])], HERE))
    assert "(10.00)" in words
    assert "不足30人" in words


def test_an_industry_without_a_quotient_is_no_data() -> None:
    row = replace(made.industry().rows[0], lq=None)
    gap = replace(ITEMS[0].evidence[0], industry=row)
    words = made.said(plan([(made.TONGZHOU, [replace(ITEMS[0], evidence=(gap,))])], HERE))
    assert "无数据" in words


def test_sites_are_counted_and_the_first_named() -> None:
    words = words_of(1)
    assert "9项" in words
    assert "鹿泉新一代电子信息产业等9项" in words
    none = replace(ITEMS[1].evidence[0], sites=(), total=0)
    words = made.said(plan([(made.TONGZHOU, [replace(ITEMS[1], evidence=(none,))])], HERE))
    assert "资料中没有列名的集群或园区" in words


def test_a_value_carries_unit_year_and_source() -> None:
    words = words_of(2)
    assert "常住人口2020年21,840,295人" in words  # the 2 is the mark of the source
    assert "北京市统计局" in words


def test_a_flow_keeps_its_gaps_and_marks() -> None:
    words = words_of(3)
    assert "400" in words
    assert "4002022–2023843.7间2024" in words
    assert "（亿元）" in words


def test_years_between_two_figures_stay_empty() -> None:
    flow = ITEMS[3].evidence[0].values
    spread = with_gaps([flow[0][1], replace(flow[2][1], year="2025")])
    assert [(v.year, v.value) for v in spread] == [
        ("2022", 400.0),
        ("2023", None),
        ("2024", None),
        ("2025", 843.7),
    ]
    period = with_gaps([flow[0][1], replace(flow[2][1], year="2021-2025")])
    assert [v.year for v in period] == ["2022", "2021-2025"]


def test_a_flow_is_shown_once_and_then_referred_to() -> None:
    again = replace(ITEMS[3], id="again", name=Name("第二项", "second"))
    words = made.said(plan([(made.TONGZHOU, [ITEMS[3], again])], HERE))
    assert words.count("843.7") == 1
    assert "见上文“contracts”" in words


def test_an_item_without_evidence_says_so() -> None:
    assert "首位度" in words_of(4)
    bare = replace(ITEMS[4], evidence=())
    assert "现有数据没有" in made.said(plan([(made.TONGZHOU, [bare])], HERE))


def test_a_place_the_plan_does_not_name_says_so() -> None:
    assert "没有专门对桥西区（石家庄）提出要求" in made.said(plan([(made.QIAOXI, [])], HERE))


def test_items_of_another_place_name_it() -> None:
    words = made.said(plan([(made.QIAOXI, ITEMS[:1])], HERE))
    assert "重点产业通州区" in words


def test_small_bars_run_from_the_middle_to_their_side() -> None:
    double, half = small_bar(2.0, stable=True), small_bar(0.5, stable=False)
    assert (double.children.style["left"], double.children.style["width"]) == ("50.0%", "16.7%")
    assert (half.children.style["left"], half.children.style["width"]) == ("33.3%", "16.7%")
    assert "unstable" in str(half)


def test_a_hostile_name_stays_a_string() -> None:
    item = replace(ITEMS[0], name=Name(made.HOSTILE, made.HOSTILE))
    assert made.HOSTILE in list(made.strings(plan([(made.TONGZHOU, [item])], HERE)))
