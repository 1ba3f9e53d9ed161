"""Graphics acceleration that a browser loses: the map stays, and shows what the address says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.driving import FIRST_VISIT, PLOT
from tests.browser.losing import at_rest, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.driving import Desk

pytestmark = pytest.mark.maplibre

LOSE = """() => {
  const canvas = insides.maplibreOf(insides.plotOf('map')).getCanvas();
  window.context = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
  context.loseContext();
}"""
FOUND = "([areas]) => [areas.type, areas.locations, areas.z]"


@pytest.fixture
def tiles(webgl_browser: Browser, app_url: str) -> Iterator[Desk]:
    """Give a page that waits long enough for what is lost to come back, or hardly at all."""
    with wired(webgl_browser, app_url, "window.pace = { ...window.pace, context: 1500 };") as (
        desk,
        _,
    ):
        yield desk


def test_a_map_that_has_lost_its_graphics_for_good_is_drawn_as_vectors(tiles: Desk) -> None:
    tiles.visit("?regions=130828")
    _, places, values = tiles.traces(FOUND)
    tiles.page.evaluate(LOSE)
    tiles.until(f"() => 'geo' in {PLOT}._fullLayout")
    tiles.settle()
    expect(tiles.page.locator("#map-said")).to_have_text(
        "浏览器的图形加速中断，地图已改用矢量绘制，内容不变。"
    )
    assert tiles.traces(FOUND) == ["choropleth", places, values]
    assert tiles.page.locator("#map .choroplethlayer path").count() >= len(places)
    tiles.outlined("130828")
    tiles.move("?regions=110112&indicator=lq_mining")
    tiles.outlined("110112")
    expect(tiles.page.locator("#legend .legend-name")).to_contain_text("采矿业")
    assert tiles.traces(FOUND)[2] != values


def test_graphics_that_come_back_draw_the_map_anew(tiles: Desk) -> None:
    tiles.visit("?regions=130828")
    before = tiles.traces(FOUND)
    tiles.page.evaluate("() => { asking.pace.context = 60000; }")
    tiles.page.evaluate(LOSE)
    tiles.page.evaluate("() => { context.restoreContext(); }")
    tiles.until(f"() => {PLOT}._fullLayout.map._subplot?.map.style", None)
    tiles.settle(FIRST_VISIT)
    assert tiles.traces(FOUND) == before
    expect(tiles.page.locator("#map-said")).to_be_empty()
    tiles.move("?regions=110112&indicator=lq_mining")
    at_rest(tiles)
    tiles.outlined("110112")
    assert tiles.drawn_by("map")
    assert tiles.traces(FOUND)[2] != before[2]
