"""The Compare page as a reader uses it: it draws, follows the address, and says what it cannot."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from dashboard.panels.methods import noted
from tests.browser.conftest import LAPTOP, PHONE, SCREEN
from tests.browser.driving import FIRST_VISIT, HAN, IDLE, sit_down
from tests.browser.test_languages import SOURCES, SWITCH, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from geodata.atlas import Atlas
    from tests.browser.driving import Desk

CHARTS = (
    "multiples-chart",
    "indices-chart",
    "rank-size-chart",
    "theil-chart",
    "theil-circle-chart",
    "sigma-chart",
    "beta-chart",
    "beta-earlier-chart",
    "timeline-chart",
)
DRAWN = """(ids) => ids.every((id) =>
  document.querySelector(`#${id} .js-plotly-plot .main-svg`))"""
NAMES = """(id) => [...document.querySelectorAll(`#${id} .annotation-text-g`)].map((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return [one.textContent, left, top, right, bottom];
})"""
SLACK = 2.0
"""Pixels that the boxes of two lines of type may share without their letters touching."""


@pytest.fixture(scope="module")
def module_desk(browser: Browser, app_url: str) -> Iterator[Desk]:
    with sit_down(browser, app_url, LAPTOP) as desk:
        opened(desk, "/compare")
        yield desk


def opened(desk: Desk, address: str) -> None:
    desk.page.goto(address)
    desk.page.wait_for_selector("#compare-timeline", state="attached", timeout=FIRST_VISIT)
    desk.page.wait_for_function(IDLE, timeout=FIRST_VISIT)


def went(desk: Desk, query: str) -> None:
    desk.page.evaluate("search => dash_clientside.set_props('url', { search })", query)
    desk.address(query)
    desk.page.wait_for_function(IDLE)


def said(desk: Desk, section: str) -> Any:  # noqa: ANN401 - Playwright's own expectation
    return expect(desk.page.locator(f"#compare-{section}"))


@pytest.mark.parametrize("size", [SCREEN, LAPTOP, PHONE], ids=["desk", "laptop", "phone"])
def test_the_page_is_whole_at_every_size(
    browser: Browser, app_url: str, size: tuple[int, int]
) -> None:
    with sit_down(browser, app_url, size) as desk:
        opened(desk, "/compare")
        desk.page.wait_for_function(DRAWN, arg=list(CHARTS))
        expect(desk.page).to_have_title("区域比较 · 京津冀产业协同图谱")
        expect(desk.page.locator("details.method")).to_have_count(len(noted()["compare"]))
        desk.unfold()
        assert desk.fits()


@pytest.mark.parametrize(
    "query", ["", "?size=gdp", "?size=population&lang=en", "?system=130000&size=urban"]
)
def test_the_names_of_cities_do_not_collide(desk: Desk, query: str) -> None:
    went(desk, query)
    for chart in ("rank-size-chart", "beta-chart"):
        names = desk.page.evaluate(NAMES, chart)
        assert len(names) >= 11
        for one, other in combinations(names, 2):
            wide = min(one[3], other[3]) - max(one[1], other[1])
            high = min(one[4], other[4]) - max(one[2], other[2])
            assert wide <= SLACK or high <= SLACK, (chart, one[0], other[0])


def test_system_and_size_are_chosen_beside_their_chart(desk: Desk) -> None:
    went(desk, "")
    desk.choose("system", "河北省")
    desk.has(system="130000")
    said(desk, "system").to_contain_text("河北省129处城区与县城，城镇人口（普查）")
    desk.press("size", "gdp")
    desk.has(size="gdp", system="130000")
    said(desk, "system").to_contain_text("唐山市 / 石家庄市")


def test_a_province_of_one_city_is_told_in_words(desk: Desk) -> None:
    went(desk, "?system=110000")
    said(desk, "system").to_contain_text("北京市是一个城市，没有下辖的地级市")
    expect(desk.page.locator("#rank-size-chart")).to_have_count(0)


def test_the_family_of_gdp_is_switched_for_all_charts(desk: Desk) -> None:
    went(desk, "?indicator=gdp&level=city&size=gdp")
    said(desk, "places").to_contain_text("地区生产总值（各市同口径）（亿元），2013")
    desk.press("family", "published")
    desk.has(family="published")
    for section in ("places", "system", "timeline"):
        said(desk, section).to_contain_text("地区生产总值（当时公布）（亿元）")
    said(desk, "gap").to_contain_text("2020—2023年（13市）")
    said(desk, "gap").not_to_contain_text("2016—2018年")


def test_a_scheme_with_unknown_members_is_not_split(desk: Desk) -> None:
    went(desk, "?scheme=plan2026")
    said(desk, "gap").to_contain_text("通勤圈有11个成员未查到名称")
    expect(desk.page.locator("#theil-circle-chart")).to_have_count(0)
    expect(desk.page.locator("#theil-chart")).to_have_count(1)


def test_a_click_on_a_city_compares_it(desk: Desk) -> None:
    went(desk, "?size=gdp&indicator=gdp&level=city")
    point = desk.page.locator("#rank-size-chart .trace.scatter .point").nth(2)
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box
    desk.page.mouse.move(box["x"] + box["width"] / 2 - 3, box["y"] + box["height"] / 2)
    desk.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    desk.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    desk.has(regions="130200")
    said(desk, "places").to_contain_text("唐山市")


def test_the_links_to_other_pages_take_the_choice_along(desk: Desk) -> None:
    went(desk, "?regions=120000,130100&indicator=gdp&level=city")
    heads = desk.page.locator(".key-table thead th.num")
    expect(heads).to_have_text(["天津市", "石家庄市"])
    desk.page.locator("#page-clusters").click()
    desk.page.wait_for_selector(".page-clusters", timeout=FIRST_VISIT)
    desk.has(regions="120000,130100", indicator="gdp")
    desk.page.locator("#page-compare").click()
    desk.page.wait_for_selector("#compare-timeline", state="attached", timeout=FIRST_VISIT)
    desk.page.wait_for_function(IDLE)
    expect(heads).to_have_text(["天津市", "石家庄市"])


def test_a_method_note_unfolds(desk: Desk) -> None:
    went(desk, "")
    note = desk.page.locator("#method-compare-theil")
    expect(note.locator("dl")).to_be_hidden()
    note.locator("summary").click()
    expect(note.locator(".method-formula")).to_contain_text("Σ sᵢ ln(sᵢ ÷ pᵢ)")
    expect(note.locator(".method-definition")).to_contain_text("廊坊")
    note.locator("summary").click()


@pytest.mark.parametrize(
    ("query", "scheme"),
    [("?lang=en", ""), ("?lang=en&scheme=ring2010&system=110000&size=gdp", "ring2010")],
)
def test_the_english_page_holds_no_chinese(
    desk: Desk, atlas: Atlas, query: str, scheme: str
) -> None:
    went(desk, query)
    title = "Compare · Beijing–Tianjin–Hebei Industrial Atlas"
    named = f"{atlas.scheme(scheme).name.en} · {title}" if scheme else title
    expect(desk.page).to_have_title(named)
    texts = desk.page.evaluate(WORDS, f"{SOURCES}, {SWITCH}")
    assert len(texts) > 300
    assert [(where, words) for where, words in texts if HAN.search(words)] == []
