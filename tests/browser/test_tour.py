"""The guided tour in a browser: by clicks and by keys, in the address, framed on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.driving import Desk

pytestmark = pytest.mark.browser


def test_the_tour_walks_by_clicks_and_keys_and_frames_what_it_speaks_of(desk: Desk) -> None:
    desk.visit()
    page = desk.page
    page.locator("#tour-start").click()
    framed = page.locator(".toured")
    expect(framed).to_have_attribute("id", "section-story")
    page.locator("#tour-next").click()
    expect(framed).to_have_attribute("id", "map")
    page.keyboard.press("ArrowRight")
    expect(framed).to_have_attribute("id", "circle-label")
    page.keyboard.press("ArrowRight")
    expect(framed).to_have_attribute("id", "section-identity")
    desk.until("() => location.search.includes('tour=4')")
    assert desk.parameters()["regions"] == "131000"
    page.keyboard.press("ArrowLeft")
    expect(framed).to_have_attribute("id", "circle-label")
    page.go_back()
    expect(framed).to_have_attribute("id", "section-identity")
    page.keyboard.press("Escape")
    expect(page.locator("#tour-card")).to_have_count(0)
    expect(framed).to_have_count(0)
    assert "tour" not in desk.parameters()
