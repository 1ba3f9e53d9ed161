"""The Linkages page: its panels in words, its bad days in words, its size and speed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.charts import chain, linkages_map
from dashboard.charts.circles import Circles
from dashboard.pages import linkages
from dashboard.pages.screen import Screen
from dashboard.text import text
from geodata.studies.links import KINDS
from tests.dashboard.panel_fixtures import strings
from tests.effort import yardsticks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash.development.base_component import Component
    from werkzeug.test import TestResponse

    from dashboard.scene import Scene
    from dashboard.view import View
    from tests.dashboard.conftest import Reader

QUESTIONS = (
    "page",
    "ties",
    "contracts",
    "matrix",
    "nearest",
    "chain",
    "functions",
    "division",
    "coagglomeration",
    "redraw",
    "describe",
)
ADDRESSES = (
    "",
    "?among=county&regions=110112",
    "?among=circle&census=2010&likeness=krugman&lang=en",
    "?links=contracts",
    "?links=investment&lang=en",
    "?links=moves",
    "?links=rail",
    "?links=gravity&mass=population&exponent=0.5",
)
BUDGET = 40_000
MOST_YARDSTICKS = 10
"""About 100 ms of the processor: twice the budget, as the sample is small."""
SCREEN = Screen()


def spoken(component: object) -> str:
    """Return all words of a component, stilled or not."""
    tree = getattr(component, "tree", None)
    if tree is not None:
        return spoken(tree)
    if isinstance(component, list):
        element = len(component) == 3 and isinstance(component[1], dict)
        return spoken(component[2]) if element else "".join(map(spoken, component))
    if hasattr(component, "children"):
        return spoken(component.children)
    return "" if component is None else str(component)


def part(scene: Scene, view: View, name: str) -> list[Component]:
    """Return what stands in a part of the page."""
    return linkages.SECTIONS[name].children(scene, view, SCREEN)


@pytest.mark.parametrize("search", ADDRESSES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_keep_the_budget(reader: Reader, question: str, search: str) -> None:
    def ask() -> TestResponse:
        return reader.post(question, search, path="/linkages", encoding="br")

    answer = ask()  # the first one computes
    assert answer.status_code == 200
    assert len(answer.data) < BUDGET
    assert yardsticks(ask) < MOST_YARDSTICKS


def test_gravity_says_what_it_rests_on(scene: Scene, read: Callable[[str], View]) -> None:
    words = spoken(part(scene, read("?exponent=1.5"), "ties"))
    for expected in (
        "假定指数 b = 1.5",
        "城市规模以地区生产总值计（2024年）",
        "91对城市中有14对",
        "75对城市没有查到公布的铁路时间",
        "雄安新区没有可用的地区生产总值",
        "另有9条",
        "核心城市中，天津市 1条：联系太少，不能据此评说它的都市圈",
    ):
        assert expected in words
    people = spoken(part(scene, read("?mass=population"), "ties"))
    assert "91对城市中有16对" in people
    assert "没有可用的地区生产总值" not in people


def test_flows_are_listed_as_published(scene: Scene, read: Callable[[str], View]) -> None:
    words = spoken(part(scene, read("?links=contracts"), "ties"))
    for expected in ("843.7", "2014年至2020年上半年", "时期累计", "2025年1季度", "非全年"):
        assert expected in words
    assert "无法在图上定位、只列表：" in words
    moves = spoken(part(scene, read("?links=moves&lang=en"), "ties"))
    assert "to 2020" in moves


def test_contracts_name_the_missing_years(scene: Scene, read: Callable[[str], View]) -> None:
    words = spoken(part(scene, read(""), "contracts"))
    assert "2013—2025年只查到8个全年数；2014、2015、2017、2018、2019年没有查到" in words
    assert "2017年：北京市发展改革委2018年5月公布，可能不是全年数" in words
    assert "2024年：增长12.7%" in words
    others = scene.atlas.links.contracts().others
    assert f"不在年轴上的{len(others)}项" in words


def test_the_matrix_names_both_ends(scene: Scene, read: Callable[[str], View]) -> None:
    words = spoken(part(scene, read(""), "matrix"))
    assert "沧州市—邢台市 0.996" in words
    assert "北京市—衡水市 0.447" in words


def test_too_few_circles_are_said_and_not_drawn(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("?among=circle&scheme=plan2026")
    for panel in (
        part(scene, view, "matrix"),
        part(scene, view, "chain"),
    ):
        words = spoken(panel)
        # 11 of 12 units of the commuting circle are unnamed, and of three cities of the functional
        # circle only parts belong, unnamed too: the circle of all three places is left.
        assert "可比的只有1个，少于三个" in words
        assert "成员尚未全部查明，不计算：通勤圈、功能圈" in words
        assert "Graph(" not in str(panel)


def test_counties_without_counts_are_named(scene: Scene, read: Callable[[str], View]) -> None:
    words = spoken(part(scene, read("?among=county&census=2010"), "matrix"))
    assert "194个区县" in words
    assert "普查未刊布其分行业就业，未列入：东城区" in words


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", "点选一个地区"),
        ("?regions=110101&census=2010", "东城区在2010年没有可比的分行业就业"),
        ("?regions=130000", "河北省在2020年没有可比"),
        ("?regions=110112", "198个同级地区中最相似的10个"),
        ("?circle=tianjin", "2个同级地区中最相似的2个"),
    ],
)
def test_the_most_alike_or_why_there_are_none(
    scene: Scene, read: Callable[[str], View], search: str, expected: str
) -> None:
    assert expected in spoken(part(scene, read(search), "nearest"))


def test_the_chain_lists_degrees_and_partners(scene: Scene, read: Callable[[str], View]) -> None:
    words = spoken(part(scene, read("?regions=130200"), "chain"))
    assert "创新侧9.1%，制造业16.7%" in words
    assert "创新侧与唐山市制造业最互补的地区（互补指数）：北京市 3.34" in words
    assert "全部14个的耦合协调度" in words
    many = spoken(part(scene, read("?among=county&regions=130826"), "chain"))
    assert "199个中协调度最高的10个与所选" in many
    assert "丰宁满族自治县" in many


def test_an_empty_side_is_said_and_not_drawn(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("")
    found = replace(scene.atlas.chains.match("city", "2020"), chains=(), empty=True)
    subject = scene.atlas.scheme(view.scheme).name
    made = chain.chart(found, Circles(), subject, scene.context(view))
    assert "在所有地区都为零" in made.empty
    assert list(made.rows()) == []


def test_roles_state_their_rule_and_verdicts(scene: Scene, read: Callable[[str], View]) -> None:
    words = spoken(part(scene, read(""), "roles"))
    for expected in (
        "全部高于1.1记“支持”，全部低于0.9记“不支持”",
        "基础研发与创新平台",
        "5.18–5.26",
        "1/3",
        "对全国",
        "文化创意",
        "对北京市",
        "1.15–1.24",
        "16个中另有4个也达到",
        "数的是住在那里的人，不是那里的岗位",
        "职住平衡",
        "石家庄市，对河北省",
    ):
        assert expected in words


def test_the_map_shows_cities_or_the_counties_compared(
    scene: Scene, read: Callable[[str], View]
) -> None:
    cities = linkages_map.picture(scene, read(""), "map", "light")
    assert len(cities.codes) == 14
    assert cities.fill is None
    assert cities.over
    counties = linkages_map.picture(scene, read("?among=county"), "map", "light")
    assert len(counties.codes) == 199
    assert linkages.DRAWN.colours(scene, read(""), "light") is None


def test_the_legend_counts_every_arc(scene: Scene, read: Callable[[str], View]) -> None:
    words = spoken(linkages.DRAWN.legend(scene, read("?exponent=2.5"), "light"))
    assert "假定指数 b = 2.5" in words
    assert "> 50" in words
    contracts = spoken(linkages.DRAWN.legend(scene, read("?links=contracts&lang=en"), "dark"))
    assert "assumed" not in contracts
    assert "Sums only in the sources" in contracts
    assert "Beijing → Tianjin and Hebei: 99.6 billion yuan · 2025" in contracts


NUMBER = re.compile(r"^[(<]?[−+]?[\d,]+(?:\.(\d+))?(?:–[\d,.]+)?(\)?%?)")


def inside(component: object) -> Iterator[Any]:
    if isinstance(component, (list, tuple)):
        for part in component:
            yield from inside(part)
        return
    yield component
    if (children := getattr(component, "children", None)) is not None:
        yield from inside(children)


def columns(component: object) -> dict[tuple[int, int, bool], set[int]]:
    """Return the decimals in each column of numbers of each table, per cent apart."""
    found: dict[tuple[int, int, bool], set[int]] = {}
    tables = [one for one in inside(component) if type(one).__name__ == "Table"]
    for number, table in enumerate(tables):
        for row in (one for one in inside(table) if type(one).__name__ == "Tr"):
            for at, cell in enumerate(row.children if isinstance(row.children, list) else ()):
                words = next(iter(strings(cell)), "")
                if getattr(cell, "className", "") != "num" or not (read := NUMBER.match(words)):
                    continue
                column = (number, at, read[2].endswith("%"))
                found.setdefault(column, set()).add(len(read[1] or ""))
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_column_of_numbers_has_one_precision(
    scene: Scene, read: Callable[[str], View], lang: str
) -> None:
    searches = [f"?lang={lang}&links={kind}" for kind in ("gravity", *KINDS)]
    shown = [part(scene, read(search), "ties") for search in searches]
    shown.append(part(scene, read(f"?lang={lang}"), "roles"))
    shown.append(part(scene, read(f"?lang={lang}"), "contracts"))
    for one in shown:
        found = columns(one)
        assert found
        assert {column: n for column, n in found.items() if len(n) > 1} == {}


def test_roles_ask_whether_the_figures_fit_the_plan(
    scene: Scene, read: Callable[[str], View]
) -> None:
    words = spoken(part(scene, read(""), "roles"))
    assert "检验就业专业化程度是否与规划分工相符" in words
    assert "supports or contradicts" in spoken(part(scene, read("?lang=en"), "roles"))
    # Ports: side by side in one year, and the scope of each is named.
    for expected in ("4.93 亿吨", "8.62 亿吨", "2,328 万标箱", "天津港集团，不是全港"):
        assert expected in words


@pytest.mark.parametrize("search", ["", "?lang=en"])
def test_the_controls_offer_every_choice(
    scene: Scene, read: Callable[[str], View], search: str
) -> None:
    view = read(search)
    body = str(linkages.body(scene, view, SCREEN))
    for name in linkages.CONTROLS:
        assert f"id='{name}'" in body, name
    assert text(view.lang)("linkages.exponent") in body


def test_the_chain_names_the_pairs_that_complement_one_another_best(
    scene: Scene, read: Callable[[str], View]
) -> None:
    pair = scene.atlas.chains.pairs(scene.atlas.chains.match("city", "2020"), 1)[0]
    said = f"{pair.supplier.label.zh} → {pair.user.label.zh} {pair.index.value:.2f}"
    assert said in spoken(part(scene, read(""), "chain"))
    view = read("")
    one = chain.PANEL.chart("chain", scene, view, scene.context(view))
    assert any(said in words for words in one.below_said)
    rows = {row.item: row for row in one.beside() if row.id == pair.supplier.id}
    assert rows[f"pair_{pair.user.id}"].value == pytest.approx(pair.index.value)
    assert (rows[f"pair_{pair.user.id}_low"].value or 0) < (pair.index.value or 0)
