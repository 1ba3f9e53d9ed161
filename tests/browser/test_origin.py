"""The drawer that tells where a number comes from, by mouse and by keyboard, on every screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.pages import opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage
    from tests.browser.driving import Desk

SELECTED = "?regions=130200"
MIDDLE_OF_A_BAR = """(item) => {
  const plot = document.querySelector('#industry-chart .js-plotly-plot');
  const trace = plot._fullData.find((one) => one.name === 'lq');
  const at = trace.meta.findIndex((name) => name.startsWith(`lq_${item}|`));
  const { xaxis: x, yaxis: y } = plot._fullLayout;
  const frame = plot.getBoundingClientRect();
  const lq = /([\\d.]+)/.exec(trace.hovertext[at].split("<br>")[1])[1];
  const across = x._offset + x.l2p(trace.x[at] / 2), down = y._offset + y.l2p(trace.y[at]);
  return [frame.x + across, frame.y + down, lq];
}"""
GDP = "#selection-panel [data-figure^='gdp|130200']"


def at(desk: Desk, path: str, query: str = "") -> Page:
    """Load a page anew: a drawer that comes late is of the page before."""
    opened(desk, path, query)
    return desk.page


def test_a_number_is_asked_by_mouse_and_the_drawer_closes_by_escape(desk: Desk) -> None:
    page = at(desk, "/", SELECTED)
    number = page.locator(GDP)
    number.click()
    drawer = page.locator("#origin")
    expect(drawer).to_be_visible()
    expect(drawer.locator("h2")).to_contain_text("唐山市")
    expect(drawer.locator(".origin-value")).to_contain_text(number.inner_text().split("\n")[0][:5])
    expect(drawer.locator(".origin-sources")).not_to_be_empty()
    expect(drawer.locator(".origin-files a")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(number).to_be_focused()


def test_a_number_is_asked_by_keyboard_and_tab_stays_in_the_drawer(desk: Desk) -> None:
    page = at(desk, "/", f"{SELECTED}&lang=en")
    page.locator(GDP).focus()
    page.keyboard.press("Enter")
    drawer = page.locator("#origin")
    expect(drawer.locator("h2")).to_contain_text("Tangshan")
    for _ in range(12):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || "
        inside += "document.getElementById('origin').contains(document.activeElement)"
        assert page.evaluate(inside)
    drawer.get_by_title("Close").click()
    expect(drawer).to_be_hidden()


def test_the_same_number_can_be_asked_again(desk: Desk) -> None:
    page = at(desk, "/", SELECTED)
    for _ in range(2):
        page.locator(GDP).click()
        expect(page.locator("#origin")).to_be_visible()
        page.locator("#origin .origin-close").click()
        expect(page.locator("#origin")).to_be_hidden()


def test_the_table_beside_the_map_tells_of_each_region(desk: Desk) -> None:
    page = at(desk, "/", "?regions=130828&indicator=lq_leasing_business")
    table = page.locator(".as-table[data-of=map]")
    table.locator("summary").click()
    number = table.locator("[data-figure^='lq_leasing_business|110112|']")
    number.click()
    drawer = page.locator("#origin")
    expect(drawer.locator("h2")).to_contain_text("通州区")
    expect(drawer.locator(".origin-value")).to_contain_text("2.37")
    expect(drawer.locator("tbody tr")).to_have_count(4)
    assert "2.37" in number.inner_text()


def test_a_bar_of_the_industries_tells_of_its_quotient(desk: Desk) -> None:
    page = at(desk, "/", "?regions=110112")
    page.locator("#industry-chart").scroll_into_view_if_needed()
    x, y, lq = page.evaluate(MIDDLE_OF_A_BAR, "leasing_business")
    page.mouse.click(x, y)
    drawer = page.locator("#origin")
    expect(drawer.locator("h2")).to_contain_text("租赁商务区位商")
    expect(drawer.locator(".origin-value")).to_contain_text(lq)
    assert page.url.endswith("?regions=110112")


@pytest.mark.parametrize("path", ["/", "/clusters", "/compare", "/linkages"])
def test_the_table_beside_a_chart_asks_by_keyboard(desk: Desk, path: str) -> None:
    graph = {
        "/": "industry-chart",
        "/clusters": "specialists-chart",
        "/compare": "multiples-chart",
        "/linkages": "chain-chart",
    }[path]
    page = at(desk, path)
    table = page.locator(f".as-table[data-of={graph}]")
    table.locator("summary").click()
    number = table.locator("[data-figure]").first
    number.focus()
    page.keyboard.press("Enter")
    drawer = page.locator("#origin")
    expect(drawer).to_be_visible()
    whole = re.search(r"[\d,]+", number.inner_text())
    assert whole
    expect(drawer.locator(".origin-value")).to_contain_text(whole[0])
    page.keyboard.press("Escape")
    expect(number).to_be_focused()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_row_of_the_data_page_tells_of_its_own_place(desk: Desk, by: str) -> None:
    page = at(desk, "/data", "?indicator=gdp&level=city&year=2023")
    row = page.locator(".ag-center-cols-container .ag-row", has_text="130200")
    cell = row.locator("[col-id=value]")
    cell.click()
    drawer = page.locator("#origin")
    expect(drawer).to_be_visible()
    if by == "keyboard":
        page.keyboard.press("Escape")
        expect(drawer).to_be_hidden()
        page.keyboard.press("Enter")
    expect(drawer.locator("h2")).to_contain_text("唐山市")
    expect(drawer.locator(".origin-year")).to_have_text("2023年")
    expect(drawer.locator(".origin-value")).to_contain_text(cell.inner_text())


def test_a_sum_above_the_grid_names_its_parts(desk: Desk) -> None:
    page = at(desk, "/data", "?indicator=gdp&level=city&year=2024")
    page.locator(".ag-floating-top .ag-row [col-id=value]").first.click()
    drawer = page.locator("#origin")
    expect(drawer.locator("h2")).to_contain_text("京津冀")
    expect(drawer.locator("tbody tr")).to_have_count(3)


def test_on_a_phone_the_drawer_takes_the_whole_screen(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"/{SELECTED}")
    page.locator(GDP).click()
    drawer = page.locator("#origin")
    expect(drawer).to_be_visible()
    box = drawer.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, PHONE[0])
    assert page.evaluate("document.getElementById('origin').scrollWidth") <= PHONE[0]
