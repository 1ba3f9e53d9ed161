"""A reader drops a table on /own, answers what is asked, and sees it on the map."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.driving import DRAWN, FIRST_VISIT
from tests.browser.losing import of_a_loss
from tests.geodata.test_own_place import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage
    from tests.browser.watch import Watch

DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  const spot = document.getElementById('own-drop');
  spot.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer }));
  spot.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
}"""
SIZES = ((1366, 900), (390, 844))


def drop(page: Page, case: str) -> None:
    content = (CASES / case).read_bytes()
    page.evaluate(DROP, [case, base64.b64encode(content).decode()])


@pytest.fixture
def own_page(open_page: OpenPage) -> Iterator[Page]:
    page = open_page()
    page.goto("/own")
    yield page
    page.goto("/own")
    page.on("dialog", lambda dialog: dialog.accept())
    while page.locator("[data-remove]").count():
        with page.expect_navigation():
            page.locator("[data-remove]").first.click()


def test_a_case_is_dropped_and_seen_on_the_map(own_page: Page, watch: Watch) -> None:
    """Also where the first answer is lost."""
    own_page.route("**/own/preview**", lambda route: route.abort())
    drop(own_page, "06_merge.csv")
    said = own_page.locator("#own-said")
    expect(said).to_contain_text("没有收到图谱的回答")
    own_page.unroute("**/own/preview**")
    said.get_by_role("button", name="再试一次").click()
    expect(own_page.locator("#own-keep")).to_be_enabled()
    # 西城区 with 宣武区 in 2009 and alone in 2015; 东城区 lacks 崇文区, 塘沽区 lacks two parts.
    expect(own_page.locator("#own-preview")).to_contain_text("归位 3")
    expect(own_page.locator("#own-preview")).to_contain_text("拒收 2")
    own_page.locator("#own-name").fill("merged")
    own_page.locator("#own-keep").click()
    own_page.wait_for_url(re.compile(r"/\?indicator=own\.merged\.1"))
    own_page.wait_for_function(DRAWN, timeout=FIRST_VISIT)
    expect(own_page.locator("#own-band")).to_have_text("所选指标是自有数据，未公布；图谱未核对")
    expect(own_page.locator("#legend")).to_contain_text("自有数据，未公布；图谱未核对")
    expect(own_page.locator("#ranking")).to_contain_text("西城区")
    expect(own_page.locator("#legend .legend-rows")).to_contain_text("1")
    # Of a published indicator the page says nothing of the kind.
    own_page.goto("/?indicator=gdp")
    own_page.wait_for_function(DRAWN, timeout=FIRST_VISIT)
    expect(own_page.locator("#own-band")).to_be_hidden()
    watch.complaints[:] = [one for one in watch.complaints if not of_a_loss(one)]


def test_a_question_is_answered_and_the_count_follows(own_page: Page) -> None:
    own_page.goto("/own?lang=en")
    drop(own_page, "02_names.csv")
    keep = own_page.locator("#own-keep")
    expect(keep).to_be_disabled()  # the table tells no year
    own_page.locator("#own-year").fill("2020")
    own_page.locator("#own-year").blur()
    expect(keep).to_be_enabled()
    asked = own_page.locator('[data-place="新华区"]')
    waiting = own_page.locator("li.own-open")
    before = int(re.findall(r"\d+", waiting.inner_text())[0])
    asked.select_option("130105")
    expect(waiting).to_have_text(f"{before - 1} to be decided")
    expect(own_page.locator("#own-year")).to_have_value("2020")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_window(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page(size)
    page.goto("/own")
    drop(page, "06_merge.csv")
    expect(page.locator("#own-keep")).to_be_visible()
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_what_cannot_be_read_is_said(own_page: Page, watch: Watch) -> None:
    own_page.evaluate(DROP, ["a.xlsx", base64.b64encode(b"PK\x03\x04 nothing").decode()])
    expect(own_page.locator("#own-said")).to_contain_text("这个电子表格读不出来")
    expect(own_page.locator("#own-preview")).to_be_empty()
    # The browser tells of the answer, 422, as of an error.
    (told,) = watch.complaints
    assert "/own/preview" in told
    watch.complaints.clear()
