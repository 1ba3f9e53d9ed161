"""A phone: a line of result below the map, settings as a sheet, and the rest folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.driving import sit_down
from tests.browser.pages import opened
from tests.browser.test_accessibility import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from geodata.atlas import Atlas
    from tests.browser.driving import Desk

MOST = 6
"""Screens that a page takes at most."""
SCREENS = "document.scrollingElement.scrollHeight / innerHeight"
WITHIN = "(found) => Boolean(document.activeElement.closest(found))"


@pytest.fixture(scope="module")
def phone(browser: Browser, app_url: str) -> Iterator[Desk]:
    """Keep a phone for the tests of this module."""
    with sit_down(browser, app_url, PHONE, has_touch=True, is_mobile=True) as desk:
        yield desk


def test_the_line_says_what_is_chosen_and_leads_to_its_panel(phone: Desk, atlas: Atlas) -> None:
    phone.visit("?level=city&indicator=gdp&year=2023")
    line = phone.page.locator("#explore-result")
    expect(line).to_be_in_viewport(ratio=1)
    expect(line).to_contain_text("京津冀")
    column = atlas.values("gdp", "2023", "city")
    at = column.codes.index("131000")
    value = column.values[at].value
    assert value is not None
    largest = sum((other.value or 0) > value for other in column.values)
    phone.page.evaluate("() => dash_clientside.atlas.take(['131000'])")
    expect(line.locator("b")).to_have_text("廊坊市")
    expect(line.locator("button")).to_contain_text(f"{value:,.1f}")
    expect(line).to_contain_text("2023年")
    expect(line).to_contain_text(f"第 {largest + 1} / {column.present}")
    assert phone.page.evaluate("() => scrollY") == 0, "a choice moves nobody"
    assert phone.page.evaluate(SCREENS) <= MOST
    line.locator("a").focus()
    phone.page.keyboard.press("Enter")
    title = phone.page.locator("#section-identity .place-name")
    expect(title).to_have_text("廊坊市")
    expect(title).to_be_in_viewport(ratio=1)
    head = phone.page.locator(".top").bounding_box()
    there = title.bounding_box()
    assert head
    assert there
    assert there["y"] >= head["y"] + head["height"], "the header lies over it"
    phone.page.keyboard.press("Tab")
    assert phone.page.evaluate(WITHIN, "#section-identity")


def test_settings_are_a_sheet_that_keeps_the_focus_and_gives_it_back(phone: Desk) -> None:
    phone.move("?lang=en")
    page, sheet = phone.page, phone.page.locator("#settings")
    expect(sheet).not_to_be_visible()
    button = page.locator("#settings-button")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Settings")).to_be_visible()
    assert page.evaluate(WITHIN, "#settings")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(
        f"() => document.activeElement === document.body || ({WITHIN})('#settings')"
    )
    assert faults(phone) == []
    phone.choose("indicator", "GDP")
    phone.has(indicator="gdp")
    expect(sheet).to_be_visible()
    page.locator("#indicator").focus()
    page.keyboard.press("Escape")
    expect(sheet).not_to_be_visible()
    expect(button).to_be_focused()
    expect(page.locator("#explore-result small")).to_contain_text("GDP")
    button.tap()
    page.touchscreen.tap(PHONE[0] / 2, 80)
    expect(sheet).not_to_be_visible()
    expect(page.locator(".top")).to_have_js_property("inert", value=False)


def test_a_page_takes_few_screens_and_names_what_it_folds(phone: Desk) -> None:
    opened(phone, "/compare")
    assert phone.page.evaluate(SCREENS) <= MOST
    heads = phone.page.locator(".fold > summary h2")
    expect(heads).to_have_count(phone.page.locator(".panel-nav a").count())
    for head in heads.all():
        expect(head).to_be_visible()
    opened(phone, "/place", "?regions=110000&lang=en")
    assert phone.page.evaluate(SCREENS) <= MOST
    expect(phone.page.locator("#place-figures h2").first).to_be_visible()
    markets = phone.page.locator("#section-markets")
    expect(markets.locator("table, p").first).not_to_be_visible()
    markets.locator("summary").first.tap()
    expect(markets.locator("table, p").first).to_be_visible()
    for page in ("/methods", "/data"):
        opened(phone, page)
        assert phone.page.evaluate(SCREENS) <= MOST
        expect(phone.page.locator("#pages [aria-current]")).to_be_in_viewport(ratio=1)


def test_a_window_made_narrow_has_the_line_and_folds_at_once(desk: Desk) -> None:
    opened(desk, "/", "?regions=131000")
    folds = desk.page.locator(".fold")
    expect(folds).to_have_count(0)
    desk.page.set_viewport_size({"width": 800, "height": 900})
    expect(desk.page.locator("#explore-result b")).to_have_text("廊坊市")
    expect(folds).to_have_count(desk.page.locator(".panel-nav a").count())
    desk.page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    expect(folds).to_have_count(0)


def test_what_is_folded_opens_by_keys_links_and_tour_and_prints(phone: Desk) -> None:
    phone.visit("?regions=130828")
    page = phone.page
    fold = page.locator("#section-industry > .fold")
    chart = page.locator("#industry-chart")
    expect(chart).not_to_be_visible()
    page.emulate_media(media="print")
    expect(chart).to_be_visible()
    page.emulate_media(media="screen")
    fold.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(chart).to_be_visible()
    assert phone.fits()
    drawn = "document.querySelector('#industry-chart .main-svg').getBoundingClientRect().width"
    phone.until(
        f"() => Math.abs({drawn} - document.querySelector('#industry-chart').clientWidth) < 2"
    )
    page.locator(".panel-nav a[href='#section-scatter']").click()
    expect(page.locator("#scatter .panel-title")).to_be_visible()
    page.locator("#section-story summary").first.click()
    expect(page.locator("#story-panel")).not_to_be_visible()
    phone.move("?regions=130828&tour=1")
    expect(page.locator("#story-panel")).to_be_visible()
    phone.move("?tour=3&circle=capital")
    expect(page.locator(".toured")).to_have_id("settings-button")
    page.goto("/#section-ranking")
    expect(page.locator("#ranking .panel-title")).to_be_in_viewport(ratio=1)


def test_what_stands_below_the_map_is_not_below_its_picture(phone: Desk) -> None:
    phone.move("?over=plan2026")
    drawn = phone.page.locator(".map-frame .map").bounding_box()
    line = phone.page.locator("#explore-result").bounding_box()
    assert drawn
    assert line
    assert line["y"] >= drawn["y"] + drawn["height"] - 1
