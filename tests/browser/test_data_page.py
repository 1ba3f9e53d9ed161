"""The Data page in a browser: the grid comes, filters and sorts, under the page's own policy."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.driving import FIRST_VISIT, IDLE, sit_down

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ADDRESS = "/data?indicator=gdp&level=city&year=2023"
CLIPBOARD = "navigator.clipboard.readText()"
SETTLED = 500
"""Milliseconds after which the page has heard of a new order or filter."""
CELLS = ".ag-center-cols-container .ag-row"


def test_the_grid_comes_filters_and_sorts(browser: Browser, app_url: str) -> None:
    with sit_down(browser, app_url, LAPTOP) as desk:
        page = desk.page
        page.goto(ADDRESS)
        page.wait_for_function(IDLE, timeout=FIRST_VISIT)
        rows = page.locator(CELLS)
        expect(page.locator(".ag-root")).to_be_visible()
        expect(rows).to_have_count(14)
        page.locator(".ag-header-cell[col-id=value] .ag-header-cell-label").click()
        first = page.locator(f"{CELLS}[row-index='0'] [col-id=value]")
        smallest = first.inner_text()
        page.locator(".ag-header-cell[col-id=value] .ag-header-cell-label").click()
        expect(first).not_to_have_text(smallest)
        page.locator(".ag-floating-filter input").first.fill("唐山")
        expect(rows).to_have_count(1)
        asked = [urlsplit(request.url).path for request in desk.watch.requests]
        assert any("dash_ag_grid" in path for path in asked)
        assert not any("enterprise" in path for path in asked)


def copied(page: Page) -> list[list[str]]:
    page.wait_for_timeout(SETTLED)
    page.locator("#copy").click()
    page.wait_for_timeout(SETTLED)
    return [line.split("\t") for line in page.evaluate(CLIPBOARD).split("\n")]


def test_what_is_copied_is_what_is_filtered_in_the_order_shown(
    browser: Browser, app_url: str
) -> None:
    with sit_down(browser, app_url, LAPTOP) as desk:
        page = desk.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(ADDRESS)
        page.wait_for_function(IDLE, timeout=FIRST_VISIT)
        rows = page.locator(CELLS)
        expect(rows).to_have_count(14)
        heads, *lines = copied(page)
        above = len(lines) - 14
        assert above > 0
        assert {len(line) for line in lines} == {len(heads)}
        value = heads.index("数值")
        page.locator(".ag-header-cell[col-id=value] .ag-header-cell-label").click()
        ordered = copied(page)[1 + above :]
        figures = [float(line[value]) for line in ordered if line[value]]
        assert figures == sorted(figures)
        assert ordered != lines[above:]
        assert sorted(ordered) == sorted(lines[above:])
        page.locator(".ag-floating-filter input").first.fill("唐山")
        expect(rows).to_have_count(1)
        assert [line[0] for line in copied(page)[1 + above :]] == ["唐山市"]


def test_other_pages_do_not_load_the_grid(browser: Browser, app_url: str) -> None:
    with sit_down(browser, app_url, LAPTOP, fresh=True) as desk:
        desk.page.goto("/methods")
        desk.page.wait_for_function(IDLE, timeout=FIRST_VISIT)
        asked = [urlsplit(request.url).path for request in desk.watch.requests]
        assert not any("dash_ag_grid" in path for path in asked)
