"""One walk through each page, as the README's test line takes it; the other files look closer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.losing import signs, wired
from tests.browser.pages import opened, unfolded

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.driving import Desk

pytestmark = pytest.mark.journey


def test_explore_filters_by_circle_and_selects_a_county(desk: Desk) -> None:
    desk.visit()
    page = desk.page
    page.locator(".chips label").filter(has_text="天津都市圈").click()
    desk.has(circle="tianjin")
    expect(page.locator("#selection-panel .place-name")).to_have_text("天津都市圈")
    desk.settle()  # the ranking of the circle stands where it will be clicked
    desk.bar("120114").click(force=True)
    desk.has(regions="120114")
    desk.outlined("120114")
    expect(page.locator("#selection-panel")).to_contain_text("武清区")
    desk.choose("indicator", "地区生产总值")
    expect(page.locator("#legend .legend-name")).to_contain_text("地区生产总值")


def test_clusters_follow_the_industry(desk: Desk) -> None:
    opened(desk, "/clusters", "?regions=110112")
    desk.choose("industry", "金融业")
    desk.has(industry="finance")
    expect(desk.page.locator("#clusters-selection")).to_contain_text("金融业")
    expect(desk.page.locator("#legend .legend-name")).to_contain_text("金融业区位商")


def test_linkages_follow_what_links(desk: Desk) -> None:
    opened(desk, "/linkages")
    desk.press("mass", "population")
    desk.has(mass="population")
    expect(desk.page.locator("#linkages-ties")).to_contain_text("人口")


def test_compare_shows_its_charts_and_their_tables(desk: Desk) -> None:
    opened(desk, "/compare", "?regions=110000,130100")
    unfolded(desk)
    slope = desk.page.locator(".as-table[data-of='slope-chart'] tbody tr")
    expect(slope.filter(has_text="北京市")).to_have_count(1)
    desk.press("family", "published")
    desk.has(family="published")
    expect(desk.page.locator("#slope-chart .js-plotly-plot")).to_be_visible()


def test_data_lists_figures_with_their_origin(desk: Desk) -> None:
    desk.page.goto("/data?indicator=gdp&level=city")
    cell = desk.page.locator('.ag-row:has-text("130200") .ag-cell[col-id="value"]').first
    expect(cell).to_be_visible()
    cell.click()
    expect(desk.page.locator("#origin")).to_contain_text("唐山")
    desk.page.keyboard.press("Escape")


def test_methods_tell_how_each_chart_is_made(desk: Desk) -> None:
    desk.page.goto("/methods")
    expect(desk.page.locator("#methods-compare-slope")).to_be_attached()
    desk.page.locator("#language input[value='en'] + label").click()
    expect(desk.page.locator("h1")).to_contain_text("Industrial Atlas")


def test_what_got_lost_is_told_and_comes_when_it_is_asked_for_again(
    browser: Browser, app_url: str
) -> None:
    with wired(browser, app_url) as (desk, wire):
        desk.visit("?regions=130828")
        wire.lose("all", 10_000)
        desk.choose("indicator", "采矿业区位商")
        desk.has(indicator="lq_mining")
        said = desk.page.locator(".map-frame > .asking")
        expect(said).to_contain_text("这部分没有加载成功。")
        expect(desk.page.locator("#legend .legend-name")).to_be_hidden()
        wire.lose("", 0)
        said.get_by_role("button", name="再试一次").click()
        expect(desk.page.locator("#legend .legend-name")).to_contain_text("采矿业区位商")
        expect(signs(desk)).to_have_count(0)
