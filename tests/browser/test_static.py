"""What stands still in the panels: few components, yet folds open and links lead on as ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.driving import FIRST_VISIT

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.driving import Desk

MOST = 350
"""Components at the first look: what a page takes to appear grows with the square of them."""
COMPONENTS = """() => {
  const count = (x) => !x || typeof x !== 'object' ? 0
    : Number(Boolean(x.type && x.namespace && x.props))
      + Object.values(x).reduce((sum, one) => sum + count(one), 0);
  return count(window.store.getState().layout);
}"""
ELEMENTS = "() => document.querySelectorAll('#page *').length"
GROUP = "#cluster-panel details.group"


@pytest.mark.parametrize("search", ["", "?regions=110112", "?regions=110000,120000,130000"])
def test_a_page_has_few_components_for_its_many_elements(desk: Desk, search: str) -> None:
    desk.move(search)
    expect(desk.page.locator("#cluster-panel .sites li").first).to_be_attached()
    components, elements = desk.page.evaluate(COMPONENTS), desk.page.evaluate(ELEMENTS)
    assert 30 < components <= MOST
    assert elements > 4 * components


def test_a_folded_group_opens_by_the_keyboard(desk: Desk) -> None:
    desk.move("")
    group = desk.page.locator(GROUP).first
    rows = group.locator("li")
    expect(rows.first).to_be_hidden()
    expect(rows).to_have_count(int(group.locator("summary .count").inner_text()))
    group.locator("summary").focus()
    desk.page.keyboard.press("Enter")
    expect(rows.first).to_be_visible()
    expect(rows.last).not_to_be_empty()
    desk.page.keyboard.press("Space")
    expect(rows.first).to_be_hidden()


def test_a_group_is_printed_as_the_reader_has_folded_it(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/")
    group = page.locator(GROUP).first
    rows, heading = group.locator("li"), group.locator("summary")
    expect(rows.last).to_be_hidden(timeout=FIRST_VISIT)
    page.emulate_media(media="print")
    expect(heading).to_be_visible()  # with the number of its rows
    expect(rows.last).to_be_hidden()
    page.emulate_media(media="screen")
    heading.click()
    page.emulate_media(media="print")
    expect(rows.last).to_be_visible()


def test_a_link_in_a_fold_leads_on_by_the_keyboard(desk: Desk) -> None:
    desk.move("?regions=110112&lang=en")
    desk.page.evaluate("() => { window.stayed = true; }")
    fold = desk.page.locator("#selection-panel .panel-more")
    fold.locator("summary").focus()
    desk.page.keyboard.press("Enter")
    link = fold.locator("a.place").first
    name = link.inner_text()
    link.focus()
    desk.page.keyboard.press("Enter")
    desk.until("() => /[?&]circle=/.test(location.search)")
    desk.has(regions="", lang="en")
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text(name)
    assert desk.page.evaluate("() => window.stayed"), "the page was loaded anew"
    desk.page.go_back()
    desk.address("?regions=110112&lang=en")
    expect(desk.page.locator("#selection-panel .place-name")).to_contain_text("Tongzhou")
    desk.settle()


def test_a_click_for_a_new_tab_leaves_the_page_where_it_is(desk: Desk) -> None:
    desk.move("?regions=110112")
    link = desk.page.locator("#selection-panel table.circles a").first
    with desk.page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    assert "circle=" in opened.value.url
    opened.value.close()
    desk.address("?regions=110112")
