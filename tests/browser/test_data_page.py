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
COPIED = """async () => {
  for (let frame = 0; frame < 3600; frame += 1) {
    const text = await navigator.clipboard.readText();
    if (text) return text;
    await new Promise(requestAnimationFrame);
  }
  return '';
}"""
"""What the clipboard holds, once it holds something."""
CELLS = ".ag-center-cols-container .ag-row"
HEARD = """() => {
  const { layout, paths } = store.getState();
  const { content } = paths.strs.copy.reduce((part, key) => part[key], layout).props;
  const rows = (container) => [...document.querySelectorAll(`.${container} .ag-row`)];
  const shown = rows('ag-pinned-left-cols-container');
  const lines = (content || '').split('\\n');
  if (lines.length !== 1 + rows('ag-floating-top-container').length + shown.length) return false;
  return shown.every((row) => {
    const line = lines.at(Number(row.getAttribute('row-index')) - shown.length);
    return line.startsWith(row.querySelector('.ag-cell').textContent + '\\t');
  });
}"""
"""The page has heard of the rows that are shown, in their order, so that they can be copied."""


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
    page.wait_for_function(HEARD)
    page.evaluate("navigator.clipboard.writeText('')")
    page.locator("#copy").click()
    return [line.split("\t") for line in page.evaluate(COPIED).split("\n")]


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
        first = page.locator(".ag-pinned-left-cols-container [row-index='0'] .ag-cell")
        expect(first).not_to_have_text(lines[above][0])
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
