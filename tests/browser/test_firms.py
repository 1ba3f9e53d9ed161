"""A register of firms on its page: counties, density, and the points of a near view."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.losing import of_a_loss, walk, wired
from tests.browser.test_own import DROP, own_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.watch import Watch

__all__ = ["own_page"]
HEAD = "编号,区划代码,经度,纬度,行业代码,成立日期\n"
POINTS = [(116.2 + 0.001 * n, 39.98 + 0.0005 * n) for n in range(60)]
"""Within Haidian, one every hundred metres."""
SPOT = "insides.maplibreOf(insides.plotOf('firm-map-chart'))"
NEAR = f"() => {SPOT}.jumpTo({{ center: [116.23, 39.995], zoom: 11 }})"
DRAWN = f"() => {SPOT}?.loaded() && Boolean({SPOT}.getSource('firm-points'))"
SHOWN = f"async () => (await {SPOT}.getSource('firm-points').getData()).geometry.coordinates.length"


def bring_firms(own_page: Page) -> None:
    """Bring a register of firms by the page /own."""
    rows = (f"{n},110108,{x:.4f},{y:.4f},{39 - n % 2},2015\n" for n, (x, y) in enumerate(POINTS))
    content = base64.b64encode((HEAD + "".join(rows)).encode()).decode()
    own_page.evaluate(DROP, ["firms.csv", content])
    own_page.locator("#own-kind").select_option("firms")
    own_page.locator("#own-system").select_option("wgs84")
    expect(own_page.locator("#own-keep")).to_be_enabled()
    own_page.locator("#own-keep").click()
    own_page.wait_for_url("**/?indicator=own.*")


@pytest.mark.maplibre
def test_firms_of_a_register_stand_on_the_map_of_their_page(own_page: Page, watch: Watch) -> None:
    bring_firms(own_page)
    own_page.goto("/firms")
    expect(own_page.locator("#firms-map")).to_contain_text("60家")
    line = own_page.locator("#firm-points")
    own_page.wait_for_function(DRAWN)
    expect(line).to_contain_text("放大到9级以上")
    assert own_page.evaluate(SHOWN) == 0
    own_page.route("**/own/points/**", lambda route: route.abort())
    own_page.evaluate("asking.pace.waits = [1, 1]")
    own_page.evaluate(NEAR)
    expect(line).to_contain_text("这部分没有加载成功。")
    own_page.unroute("**/own/points/**")
    line.get_by_role("button", name="再试一次").click()
    expect(line).to_contain_text("家，显示")
    shown = own_page.evaluate(SHOWN)
    assert 0 < shown <= len(POINTS)
    expect(line).to_contain_text(f"显示{shown}家")
    own_page.evaluate(f"() => {SPOT}.jumpTo({{ zoom: 7 }})")
    expect(line).to_contain_text("放大到9级以上")
    watch.complaints[:] = [one for one in watch.complaints if not of_a_loss(one)]


@pytest.mark.soak
def test_what_gets_lost_on_their_page_is_asked_again(
    own_page: Page, browser: Browser, app_url: str
) -> None:
    bring_firms(own_page)
    with wired(browser, app_url) as (desk, wire):
        walk(desk, wire, "/firms", "?regions=110108&division=39")
