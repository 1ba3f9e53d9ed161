"""The Methods page as a reader uses it: it lists, leads, changes its language, prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard.panels.methods import anchor, noted
from dashboard.text import text
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.driving import FIRST_VISIT, IDLE, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.driving import Desk

HEIGHT = "() => document.querySelector('.methods').scrollHeight"


@pytest.fixture(scope="module", params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def desk(browser: Browser, app_url: str, request: pytest.FixtureRequest) -> Iterator[Desk]:
    with sit_down(browser, app_url, request.param) as desk:
        opened(desk, "/methods")
        yield desk


def opened(desk: Desk, address: str) -> None:
    desk.page.goto(address)
    desk.page.wait_for_selector(".methods article", timeout=FIRST_VISIT)
    desk.page.wait_for_function(IDLE, timeout=FIRST_VISIT)


def test_every_note_stands_on_the_page(desk: Desk) -> None:
    charts = sum(len(charts) for charts in noted().values())
    expect(desk.page.locator(".methods .method dl")).to_have_count(charts)
    expect(desk.page.locator(".methods-breaks tbody tr").first).to_contain_text("20")
    assert desk.fits()


def test_the_contents_lead_to_a_note(desk: Desk) -> None:
    name = anchor("compare", "theil")
    desk.page.locator(f".methods-contents a[href='#{name}']").click()
    expect(desk.page.locator(f"#{name}")).to_be_in_viewport()
    expect(desk.page.locator(f"#{name} h3")).to_have_text(text("zh")("method_compare.theil.title"))


def test_print_shows_all_of_it_without_the_header(desk: Desk) -> None:
    desk.page.emulate_media(media="print")
    expect(desk.page.locator(".page-methods .top")).to_be_hidden()
    expect(desk.page.locator("#methods-space p").first).to_be_visible()
    expect(desk.page.locator(".methods-page h2").last).to_be_visible()
    box = desk.page.locator(".methods").bounding_box()
    assert box is not None
    # The box is as high as all that is in it: nothing is left to scroll to.
    assert box["height"] >= desk.page.evaluate(HEIGHT) - 1
    desk.page.emulate_media(media="screen")


def test_the_page_speaks_english_and_keeps_the_view(desk: Desk) -> None:
    opened(desk, "/methods?lang=en&regions=110112")
    expect(desk.page.locator(".methods h2").first).to_have_text("Contents")
    expect(desk.page.locator("#methods-space")).to_contain_text("9,999 for the local ones")
    href = desk.page.locator("#page-explore").get_attribute("href") or ""
    assert "regions=110112" in href
    assert "lang=en" in href
