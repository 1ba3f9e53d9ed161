"""The Compare page: it follows the view, says why it cannot draw, and stays small and quick."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import brotli  # type: ignore[import-untyped]
import pytest

from dashboard.charts.compared import places_of, scope_of
from dashboard.pages import compare
from dashboard.pages.screen import Screen
from dashboard.pages.settings import settings
from geodata.ids import MOST_CIRCLES
from tests.dashboard.panel_fixtures import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View
    from tests.dashboard.conftest import Reader

MOST = 40_000
TEN = "110000,120000,130100,130200,130300,130400,130500,130600,130700,130800"
ADDRESSES = (
    "",
    "?lang=en&family=published&weighting=equal",
    f"?regions={TEN}&indicator=gdp_per_capita&level=city",
    "?scheme=plan2026&system=c1&size=gdp",
    "?scheme=sjz2025&circle=shijiazhuang&indicator=retail_sales&level=city&lang=en",
    "?regions=133100&indicator=pm25&level=city&system=110000",
    "?indicator=co2&year=2017",
    "?scheme=ring2010&system=c3&size=population",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("search", ADDRESSES)
@pytest.mark.parametrize("section", compare.SECTIONS)
def test_every_section_answers_within_its_budget(reader: Reader, section: str, search: str) -> None:
    answer = reader.post(f"compare-{section}", search, path="/compare", encoding="br")
    assert answer.status_code == 200
    assert len(answer.data) <= MOST
    whole = brotli.decompress(answer.data).decode()
    assert "NaN" not in whole
    assert "Infinity" not in whole


def page_says(scene: Scene, view: View, section: str, screen: Screen | None = None) -> str:
    made = compare.SECTIONS[section].children(scene, view, screen or Screen())
    return " ".join(said(panel) for panel in made)


@pytest.mark.parametrize(
    ("section", "search", "sentence"),
    [
        ("system", "?system=110000", "一个城市"),
        ("system", "?system=c1&size=gdp", "圈内没有第二个城市"),
        ("system", "?scheme=plan2026&system=c1", "11个成员未查到名称"),
        ("system", "?size=gdp&indicator=gdp&level=city&year=2025", "改示各城市齐备的2024年"),
        ("gap", "?scheme=plan2026", "无法判定各市归属"),
        ("gap", "?scheme=ring2010", "不能按圈分解"),
        ("places", "", "没有逐年数据（见下表）"),
        ("places", "?scheme=sjz2025&indicator=gdp&level=city", "没有一年可作合计"),
        ("places", "?regions=133100&indicator=gdp&level=city", "雄安新区没有该指标的逐年数据"),
        ("places", "?regions=133100&indicator=gdp&level=city", "所选地方都没有该指标的逐年数据"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    scene: Scene, read: Callable[[str], View], section: str, search: str, sentence: str
) -> None:
    assert sentence in page_says(scene, read(search), section)


def graphs(scene: Scene, view: View, section: str) -> dict[str, dict[str, Any]]:
    made: list[Any] = list(compare.SECTIONS[section].children(scene, view, Screen()))
    return {
        one.id: one.figure
        for panel in made
        for one in panel._traverse()  # noqa: SLF001
        if type(one).__name__ == "Graph"
    }


@pytest.mark.parametrize("search", ADDRESSES)
def test_no_chart_has_empty_axes(scene: Scene, read: Callable[[str], View], search: str) -> None:
    for section in compare.SECTIONS:
        for name, figure in graphs(scene, read(search), section).items():
            drawn = [y for one in figure["data"] for y in one["y"] if y is not None]
            assert drawn, name


def test_without_a_choice_the_circles_of_the_scheme_are_compared(
    scene: Scene, read: Callable[[str], View]
) -> None:
    assert [p.id for p in places_of(scene, read(""))] == [
        "article/capital",
        "article/tianjin",
        "article/shijiazhuang",
    ]
    both = read("?regions=130100&circle=tianjin")
    assert [p.id for p in places_of(scene, both)] == ["130100", "article/tianjin"]


def test_no_more_places_are_compared_than_a_scheme_may_have_circles_and_it_is_said(
    scene: Scene, read: Callable[[str], View]
) -> None:
    cities = ",".join(p.id for p in scene.atlas.regions("city")[:10])
    view = read(f"?regions={cities}&circle=capital,tianjin,shijiazhuang")
    assert len(places_of(scene, view)) == MOST_CIRCLES
    assert f"一次最多并列{MOST_CIRCLES}个地方" in page_says(scene, view, "places")
    fewer = read(f"?regions={cities}&circle=capital,tianjin")
    assert len(places_of(scene, fewer)) == MOST_CIRCLES
    assert "一次最多并列" not in page_says(scene, fewer, "places")


def test_of_many_places_it_is_said_how_many_lines_stand_over_the_milestones(
    scene: Scene, read: Callable[[str], View]
) -> None:
    cities = ",".join(p.id for p in scene.atlas.regions("city")[:6])
    words = page_says(scene, read(f"?regions={cities}"), "timeline")
    assert "6个地方中，图上只画数字齐备的前4个" in words
    assert "图上只画" not in page_says(scene, read("?regions=110000,120000"), "timeline")


def test_a_place_without_a_line_over_the_milestones_is_named_not_called_one_too_many(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """The capital circle has a subtotal only: two lines are not too many."""
    words = page_says(scene, read(""), "timeline")
    assert "没有逐年数据或合计、图上未画：首都都市圈。" in words
    assert "线过多" not in words


def test_the_family_reaches_every_chart_of_gdp(scene: Scene, read: Callable[[str], View]) -> None:
    search = "?indicator=gdp&level=city&size=gdp"
    for section in ("places", "system", "timeline"):
        assert "各市同口径" in page_says(scene, read(search), section)
        assert "当时公布" in page_says(scene, read(search + "&family=published"), section)
    revised, published = (
        graphs(scene, read(f"?family={family}"), "gap")["theil-chart"]["data"][0]["y"]
        for family in ("revised", "published")
    )
    assert revised[0] != published[0]


def test_the_weighting_reaches_theil(scene: Scene, read: Callable[[str], View]) -> None:
    assert "按年末常住人口加权" in page_says(scene, read(""), "gap")
    assert "各市等权" in page_says(scene, read("?weighting=equal"), "gap")


def test_rank_size_follows_the_year_of_its_own_indicator_only(
    scene: Scene, read: Callable[[str], View]
) -> None:
    own = page_says(scene, read("?size=gdp&indicator=gdp&level=city&year=2020"), "system")
    assert "京津冀13个城市，地区生产总值（各市同口径）（亿元），2020年" in own
    other = page_says(scene, read("?size=gdp&indicator=pm25&level=city&year=2020"), "system")
    assert "（亿元），2024年" in other


def test_headline_numbers_are_those_of_the_atlas(scene: Scene, read: Callable[[str], View]) -> None:
    """Primacy by GDP 2024: 49,843.1 / 18,024.32 = 2.77 and over the next three 1.38."""
    words = page_says(scene, read("?size=gdp"), "system")
    assert "2.77" in words
    assert "1.38" in words
    assert "ζ = 0.94（标准误 0.37）" in words
    assert "北京市是天津市的2.77倍" in words


def test_urban_places_are_shown_first_and_show_the_missing_middle(
    scene: Scene, read: Callable[[str], View]
) -> None:
    words = page_says(scene, read(""), "system")
    assert "京津冀131处城区与县城" in words
    assert "断层在第2位与第3位之间：天津市是石家庄市区的2.44倍" in words
    names = graphs(scene, read(""), "system")["rank-size-chart"]["layout"]["annotations"]
    assert len(names) == 13


def test_a_flat_slope_is_not_read_as_convergence(scene: Scene, read: Callable[[str], View]) -> None:
    words = page_says(scene, read(""), "gap")
    assert words.count("斜率与零没有显著差别") == 2
    assert "半程约" not in words


@pytest.mark.parametrize("section", compare.SECTIONS)
def test_english_is_english_but_for_names_of_sources(
    scene: Scene, read: Callable[[str], View], section: str
) -> None:
    for name, figure in graphs(scene, read("?lang=en"), section).items():
        assert not CHINESE.search(str(figure).replace(figure["layout"]["font"]["family"], "")), name


def test_a_circle_the_scheme_does_not_have_is_its_last(
    scene: Scene, read: Callable[[str], View]
) -> None:
    assert scope_of(scene, read("?scheme=ring2010&system=c3")) == "ring2010/ringcapital"
    shown = settings(scene, read("?scheme=ring2010&system=c3"))["system"]
    assert shown["value"] == shown["data"][-1]["value"] == "c1"
    assert scope_of(scene, read("?system=c2")) == "article/tianjin"
    assert scope_of(scene, read("?system=130000")) == "130000"
