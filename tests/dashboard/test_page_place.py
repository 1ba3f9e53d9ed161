"""The page of one place: every place has one, says what it is, and names the set of each rank."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, get_args
from urllib.parse import parse_qs, quote, urlsplit

import numpy as np
import pytest

from dashboard.charts import (
    place_figures,
    place_industries,
    place_said,
    place_tables,
    place_trend,
    tables_plan,
)
from dashboard.charts.record import Canvas
from dashboard.pages import place
from dashboard.pages.places import address
from dashboard.pages.screen import Screen
from dashboard.palette import Theme
from dashboard.view import parse
from geodata.measures.uncertainty import quotient_interval
from geodata.records import LEVELS, REGION_ID
from tests.dashboard.panel_fixtures import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component
    from flask.testing import FlaskClient

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.records import Lang, Place

BROKEN = re.compile(
    r"\bnan\b|\bNaN\b|\binf\b|\bNone\b(?![;.])|年年(?![中报])|。。|\.\.(?!\.)|；。|，，"
)
LANGS: tuple[Lang, ...] = ("zh", "en")
LANGFANG, TONGZHOU, XIONGAN, HEBEI = "131000", "110112", "133100", "130000"
QIAOXI = {"130104": "石家庄", "130703": "张家口"}


def every(atlas: Atlas) -> list[Place]:
    """Return all places that have a page."""
    regions = [p for level in LEVELS for p in atlas.regions(level)]
    circles = [atlas.place(c.key) for s in atlas.schemes for c in s.circles]
    return [atlas.place(REGION_ID), *dict.fromkeys(regions), *circles]


@pytest.fixture
def view_of(scene: Scene) -> Callable[..., View]:
    """Read the address of the page of a place."""

    def read(one: str, lang: Lang = "zh") -> View:
        query = urlsplit(address(scene.atlas.place(one), lang)).query
        view, fallen = parse(f"?{query}", scene.vocabulary)
        assert fallen == ()
        return view

    return read


def said(scene: Scene, view: View) -> str:
    """Return the sentence of a page."""
    return place_said.said(scene, scene.subject(view), view, scene.context(view))


def words(made: Sequence[Component]) -> str:
    """Return the text of components, as a reader sees it."""
    return "".join(strings(list(made)))


@pytest.mark.parametrize("lang", LANGS)
def test_every_place_says_what_it_is_in_one_whole_sentence(
    scene: Scene, view_of: Callable[..., View], lang: Lang
) -> None:
    for one in every(scene.atlas):
        view = view_of(one.id, lang)
        assert scene.subject(view) == one
        told = said(scene, view)
        assert told.startswith(one.label[lang])
        assert told.endswith("。" if lang == "zh" else ".")
        assert not BROKEN.search(told), told
        assert not re.search(r"[\u4e00-\u9fff]", told) or lang == "zh", told


def test_langfang_finds_his_own_figures_with_the_set_of_each_rank(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    # The census of 2020 counts 5,464,087 residents; eight of the 14 cities have more.
    cities = scene.atlas.values("population", "2020", "city")
    numbers = dict(zip(cities.codes, (v.value for v in cities.values), strict=True))
    assert numbers[LANGFANG] == pytest.approx(546.4087)
    more = sum(n > 546.4087 for n in numbers.values() if n is not None)
    known = sum(n is not None for n in numbers.values())
    told = said(scene, view_of(LANGFANG))
    assert f"546.41 万人，在有数据的{known}个市级单元中居第{more + 1}位" in told
    assert "河北省的地级市" in told
    assert "节点城市" in told
    [lead] = place_industries.charts(scene, view_of(LANGFANG), scene.context(view_of(LANGFANG)))[
        0
    ].say
    assert "制造业" in lead


def test_the_industry_of_the_sentence_is_the_highest_whose_interval_is_above_one(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    rows = scene.atlas.industry(LANGFANG, "2020").rows
    whole = scene.atlas.industry(REGION_ID, "2020", "CN")
    share = {r.sector: (r.count or 0) / (whole.total.value or 1) for r in whole.rows}
    total = scene.atlas.industry(LANGFANG).total.value or 0
    best: tuple[float, str] = (0.0, "")
    for row in rows:
        counted = np.array([row.count or 0.0]), np.array([total])
        (low,), (high,) = quotient_interval(*counted, share[row.sector])
        if row.stable and low > 1:
            assert high >= (row.lq or 0)
            best = max(best, (row.lq or 0, row.name.zh))
    assert best[1] in said(scene, view_of(LANGFANG))


@pytest.mark.parametrize("lang", LANGS)
def test_every_part_of_every_kind_of_page_stands(
    scene: Scene, view_of: Callable[..., View], lang: Lang
) -> None:
    kinds: dict[str, str] = {}
    for one in every(scene.atlas):
        kinds.setdefault(one.kind, one.id)
    for id_ in (*kinds.values(), XIONGAN, *QIAOXI, "plan2026/commuting", "article/shijiazhuang"):
        view = view_of(id_, lang)
        for section in place.SECTIONS:
            text = list(strings(list(section.children(scene, view, Screen()))))
            assert text, (id_, section.id)
            assert not [one for one in text if BROKEN.search(one)], (id_, section.id)


def test_namesakes_are_told_apart_on_their_pages_and_before(
    scene: Scene, view_of: Callable[..., View], client: FlaskClient
) -> None:
    for code, city in QIAOXI.items():
        assert f"桥西区（{city}）" in said(scene, view_of(code))
    answer = client.get(f"/place/{quote('桥西区')}")
    assert answer.status_code == 404
    body = answer.get_data(as_text=True)
    assert all(f"桥西区（{city}）" in body for city in QIAOXI.values())
    found = client.get(f"/place/{quote('张家口桥西区')}")
    assert parse_qs(urlsplit(found.location).query) == {"regions": ["130703"]}


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("131000", {"regions": ["131000"]}),
        ("131000/", {"regions": ["131000"]}),
        ("131000?lang=en", {"regions": ["131000"], "lang": ["en"]}),
        (quote("廊坊"), {"regions": ["131000"]}),
        ("langfang", {"regions": ["131000"]}),
        ("capital", {"scheme": ["article"], "circle": ["capital"]}),
        ("plan2026/commuting", {"scheme": ["plan2026"], "circle": ["commuting"]}),
        ("JJJ", {}),
    ],
)
def test_code_name_and_circle_lead_to_the_page(
    client: FlaskClient, asked: str, query: dict[str, list[str]]
) -> None:
    answer = client.get(f"/place/{asked}")
    assert answer.status_code == 302
    assert urlsplit(answer.location).path == "/place"
    assert parse_qs(urlsplit(answer.location).query) == query
    assert client.get(answer.location).status_code == 200


def test_a_figure_that_is_not_there_is_named(scene: Scene, view_of: Callable[..., View]) -> None:
    # The census boundaries of Qiaoxi changed, and no county yearbook gives its GDP.
    text = words([place_figures.FIGURES.shown(scene, view_of("130104"))])
    line = next(part for part in text.split("。") if "没有公布或不可比" in part)
    assert scene.atlas.indicators["gdp"].name.zh in line
    assert scene.atlas.indicators["population_change"].name.zh in line
    assert scene.atlas.indicators["population"].name.zh not in line.split("：")[-1].split("、")


def test_a_rank_in_the_table_is_that_of_the_figures_with_its_set(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    counties = scene.atlas.values("population", "2020", "county")
    own = dict(zip(counties.codes, counties.values, strict=True))[TONGZHOU].value or 0
    rank = 1 + sum((v.value or 0) > own for v in counties.values)
    text = words([place_figures.FIGURES.shown(scene, view_of(TONGZHOU))])
    assert f"第 {rank} / {counties.present}" in text.replace("\xa0", " ")


def test_each_definition_says_whether_it_names_the_place(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    view = view_of(LANGFANG)
    text = words(place.ROLES.children(scene, view, Screen()))
    for scheme in scene.atlas.schemes:
        assert scheme.name.zh in text
    named = {m.circle.scheme for m in scene.atlas.profile(LANGFANG).memberships}
    assert f"{len(scene.atlas.schemes)}个都市圈方案中，{len(named)}个列入" in text


def test_a_province_is_told_how_much_of_it_a_circle_holds(scene: Scene) -> None:
    held = tables_plan.parts_of(scene, scene.atlas.place(HEBEI))
    # Zhengding is a full member of Shijiazhuang's circle; nothing of Hebei is of Beijing's core.
    own = [p for p in scene.atlas.regions("county") if p.province == HEBEI]
    roles = scene.atlas.roles(["article/shijiazhuang"], "county")
    full = [p for p in own if roles.get(p.id) in {"core", "wing", "member"}]
    assert held["article/shijiazhuang"] == (len(full), len(own))
    assert "130123" in {p.id for p in full}


def test_the_plan_is_quoted_whatever_definition_is_looked_at(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("?scheme=plan2026&regions=110112")
    text = words(place.ROLES.children(scene, view, Screen()))
    assert "“总部经济”" in text


@pytest.mark.parametrize("theme", get_args(Theme))
@pytest.mark.parametrize("width", [320, 900])
def test_trends_are_drawn_from_the_first_year_and_open_at_breaks(
    scene: Scene,
    view_of: Callable[..., View],
    theme: Theme,
    width: int,
) -> None:
    view = view_of(LANGFANG)
    [chart] = place_trend.charts(scene, view, scene.context(view))
    figure = chart.draw(Canvas(width, theme))
    found = scene.atlas.trends.of(LANGFANG)
    assert len(figure["data"]) == len(found)
    for line, one in zip(figure["data"], found, strict=True):
        drawn = [year for year in line["x"] if year is not None]
        assert drawn == [int(v.year) for v in one.points]
        gaps = [at for at, year in enumerate(line["x"]) if year is None]
        assert len(gaps) == len(one.runs) - 1
        # No line leads across the year of a break.
        for at in range(len(line["x"]) - 1):
            a, b = line["x"][at : at + 2]
            if a is not None and b is not None:
                assert not any(a < int(cut.year) <= b for cut in one.breaks)
    assert not BROKEN.search(json.dumps(figure, ensure_ascii=False))


def test_a_figure_that_no_line_reaches_says_its_year(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    view = view_of(REGION_ID)
    [chart] = place_trend.charts(scene, view, scene.context(view))
    layout, found = chart.draw(Canvas(900))["layout"], scene.atlas.trends.of(REGION_ID)
    alone = [one.runs[-1][0] for one in found if len(one.runs[-1]) == 1]
    dated = [note["text"] for note in layout["annotations"] if note["text"][:4] in alone]
    assert alone
    assert set(alone) <= {text[:4] for text in dated}


def test_the_words_of_a_trend_set_no_figure_beside_one_across_a_break(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    """GDP on one basis breaks in 2019 and 2024: 55,339.6 in 2013 and 119,918.4 in 2025 are apart.

    The three bulletins of 2024 print 49,843.1, 18,024.3 and 47,526.9. Beijing's retail sales
    began on a new base in 2025.
    """
    view = view_of(REGION_ID)
    [told] = place_trend.charts(scene, view, scene.context(view))[0].say
    assert "（各市同口径）2024年115,394.3 亿元，2025年119,918.4 亿元" in told
    assert "55,339.6" not in told
    view = view_of("110000")
    [told] = place_trend.charts(scene, view, scene.context(view))[0].say
    assert "，2023年14,462.7 亿元（2025年13,677.0 亿元，与此前口径不同或不相连，不能相比）" in told


@pytest.mark.parametrize(
    ("circle", "words"),
    [
        (
            "article/capital",
            "完整成员3个（通州区在北京市之内，合计中随北京市只计一次，合计的成员因此按2个计）；",
        ),
        (
            "article/shijiazhuang",
            "完整成员5个（辛集市在石家庄市之内，合计中随石家庄市只计一次，合计的成员因此按4个计）；",
        ),
        ("article/tianjin", "完整成员4个；"),
    ],
)
def test_a_member_within_another_is_said_to_be_added_once(
    scene: Scene, view_of: Callable[..., View], circle: str, words: str
) -> None:
    assert words in said(scene, view_of(circle))


def test_a_place_without_comparable_years_draws_no_trend(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    view = view_of(XIONGAN)
    [chart] = place_trend.charts(scene, view, scene.context(view))
    assert "雄安新区" in chart.empty


@pytest.mark.parametrize("code", [LANGFANG, TONGZHOU, XIONGAN, HEBEI, "130104", REGION_ID])
def test_industries_are_ordered_and_hold_their_intervals(
    scene: Scene, view_of: Callable[..., View], code: str
) -> None:
    view = view_of(code)
    [chart] = place_industries.charts(scene, view, scene.context(view))
    figure = chart.draw(Canvas(900))
    lines, hollow, dots = figure["data"][:3]
    assert len(dots["x"]) == 19
    assert dots["x"] == sorted(dots["x"], reverse=True)
    for at, x in enumerate(dots["x"]):
        low, high, _ = lines["x"][3 * at : 3 * at + 3]
        assert low <= x <= high
    comparable = scene.atlas.value("lq_change_manufacturing", code, "2010-2020").value is not None
    assert bool(hollow["x"]) == comparable
    assert not BROKEN.search(json.dumps(figure, ensure_ascii=False))
    values = {row.item: row.value for row in chart.rows() if row.year == "2020"}
    kept = scene.atlas.value(
        "lq_manufacturing",
        code,
        "2020",
        place_industries.reference_of(scene, scene.atlas.place(code), view),
    )
    assert values["lq_manufacturing"] == kept.value


def test_a_circle_of_the_whole_region_is_measured_against_the_nation(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    """Against itself every quotient would be one."""
    for circle, against in (("plan2026/industry", "CN"), ("article/capital", REGION_ID)):
        view = view_of(circle)
        assert place_industries.reference_of(scene, scene.subject(view), view) == against


def test_places_are_found_by_a_list_of_all(scene: Scene, view_of: Callable[..., View]) -> None:
    made = place.finder(scene, view_of(LANGFANG))
    offered = {
        item["value"]
        for group in made.data  # type: ignore[attr-defined]
        for item in group.get("items", [group])
    }
    assert offered == {one.id for one in every(scene.atlas)}
    assert made.value == LANGFANG  # type: ignore[attr-defined]


def test_the_likes_are_the_first_five_by_structure_and_by_size(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    view = view_of(LANGFANG)
    rows = list(place_tables.ALIKE.rows(scene, view, scene.context(view)))
    items = [row.item for row in rows]
    by_structure = [p.second.id for p in scene.atlas.structure.nearest(LANGFANG, "2020")[:5]]
    assert items[:5] == [f"likeness_{code}" for code in by_structure]
    assert items[5:] == [f"size_{p.place.id}" for p in scene.atlas.neighbours.by_size(LANGFANG)[:5]]
    text = words([place_tables.ALIKE.shown(scene, view)])
    assert "衡水市0.77倍" in text


def test_the_way_to_a_larger_market_says_from_where_and_of_when(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    text = words([place_tables.MARKETS.shown(scene, view_of(LANGFANG))])
    assert "北京市21分钟" in text
    assert "安次区出发，2023年" in text
    assert "没有公布" in words([place_tables.MARKETS.shown(scene, view_of(HEBEI))])


def test_what_cannot_be_said_counts_the_items_without_figures(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    items = scene.atlas.plan(LANGFANG)
    untested = sum(item.test == "untested" for item in items)
    text = words(place.limits_of(scene, view_of(LANGFANG), Screen()))
    assert f"规划中的{len(items)}条提法里，{untested}条没有公开数字" in text
