"""Parts of a page that are far from the window: asked for when the reader comes near."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.driving import Desk, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

FAR = "#scatter[data-far=held]"
UNPRINTED = "() => getComputedStyle(document.querySelector('#scatter'), '::before').content"
"""What paper says of a part that has not come."""
INDICATORS = {
    "beforeprint": ("gdp_tertiary_share", "第三产业"),
    "blur": ("gdp_secondary_share", "第二产业"),
}
"""What is chosen before a reader turns away, and words of it."""


@pytest.fixture(scope="module")
def desk(browser: Browser, app_url: str) -> Iterator[Desk]:
    """Visit the atlas as a reader does, for whom what is far is far."""
    with sit_down(browser, app_url, LAPTOP, fresh=True) as desk:
        desk.page.add_init_script("window.pace = {};")
        desk.visit()
        yield desk


def asked(desk: Desk) -> list[str]:
    """Return what has been asked for since the last time, by the ids of elements."""
    bodies = [one.post_data for one in desk.watch.requests if "_dash-update" in one.url]
    desk.watch.requests.clear()
    return [json.loads(body or "{}")["output"].split(".")[0] for body in bodies]


def test_what_is_far_comes_when_the_reader_does(desk: Desk) -> None:
    page = desk.page
    first = asked(desk)
    assert "page" in " ".join(first)
    assert not {"plan-panel", "scatter"} & set(first)
    expect(page.locator(FAR)).to_contain_text("正在载入")
    desk.move("?indicator=gdp_primary_share")
    desk.move("?indicator=gdp_secondary_share")
    assert not {"ranking", "scatter", "second", "over-panel"} & set(asked(desk))
    page.locator("#scatter").scroll_into_view_if_needed()
    expect(page.locator("#scatter")).to_contain_text("第二产业")
    desk.settle()
    assert asked(desk).count("scatter") == 1
    desk.move("?indicator=gdp_primary_share")
    expect(page.locator("#scatter")).to_contain_text("第一产业")


@pytest.mark.parametrize("turn", list(INDICATORS))
def test_all_of_it_comes_when_the_reader_turns_to_paper_or_away(desk: Desk, turn: str) -> None:
    page = desk.page
    page.locator("#selection-panel").scroll_into_view_if_needed()
    desk.settle()
    indicator, words = INDICATORS[turn]
    desk.move(f"?indicator={indicator}")
    expect(page.locator(FAR)).to_have_count(1)
    page.emulate_media(media="print")
    assert "没有印出" in page.evaluate(UNPRINTED)
    expect(page.locator("#scatter > *").first).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("turn => dispatchEvent(new Event(turn))", turn)
    expect(page.locator(FAR)).to_have_count(0)
    expect(page.locator("#scatter")).to_contain_text(words)
