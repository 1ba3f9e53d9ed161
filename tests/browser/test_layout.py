"""The page at three sizes: everything in sight, nothing over anything, a thumb can select."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE, SCREEN
from tests.browser.driving import Desk, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from geodata.atlas import Atlas

SIZES = {"screen": SCREEN, "laptop": LAPTOP, "phone": PHONE}
VIEWS = ("?regions=110112", "?regions=110000,120000&level=city&indicator=gdp&lang=en")
PARTS = ("#map", "#legend", "#selection-panel", "#industry-panel", "#cluster-panel", "#plan-panel")
OVERLAP = """([one, other]) => {
  const a = document.querySelector(one).getBoundingClientRect();
  const b = document.querySelector(other).getBoundingClientRect();
  return Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left))
    * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
}"""
CUT_OFF = """() => [...document.querySelectorAll('.top h1, .preset, .controls label, .panel h2')]
  .filter((e) => e.offsetParent && e.scrollWidth > e.clientWidth + 1
    && getComputedStyle(e).display !== 'inline').map((e) => e.textContent)"""


@pytest.fixture(scope="module", params=list(SIZES))
def sized(request: pytest.FixtureRequest, browser: Browser, app_url: str) -> Iterator[Desk]:
    """Open the page at each size; the phone is touched."""
    size = SIZES[request.param]
    touch: dict[str, Any] = {"has_touch": True, "is_mobile": True} if size == PHONE else {}
    with sit_down(browser, app_url, size, **touch) as desk:
        desk.visit(VIEWS[0])
        yield desk


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_sticks_out_sideways(sized: Desk, view: str) -> None:
    sized.move(view)
    sized.unfold()
    assert sized.fits()
    assert sized.page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("part", PARTS)
def test_each_part_can_be_seen(sized: Desk, part: str) -> None:
    sized.unfold()
    found = sized.page.locator(part)
    found.scroll_into_view_if_needed()
    expect(found).to_be_visible()
    expect(found).to_be_in_viewport()
    box = found.bounding_box()
    assert box
    assert box["width"] > 150
    assert box["height"] > 60
    sized.page.evaluate("() => scrollTo(0, 0)")


def test_nothing_lies_over_anything_else(sized: Desk) -> None:
    sized.page.evaluate("() => scrollTo(0, 0)")
    for one, other in (
        (".top", ".map-frame"),
        (".top", ".panels"),
        (".map-frame", ".panels"),
        (".map-frame", ".credit"),
        (".brand", ".presets"),
        (".presets", ".tools"),
        (".map-buttons", ".legend"),
        ("#map", ".legend"),
    ):
        assert sized.page.evaluate(OVERLAP, [one, other]) == 0, (one, other)


def test_the_first_screen_shows_the_map(sized: Desk) -> None:
    sized.page.evaluate("() => scrollTo(0, 0)")
    expect(sized.page.locator("#map")).to_be_in_viewport(ratio=0.75)
    box, frame = (sized.page.locator(one).bounding_box() for one in ("#map", ".map-frame"))
    assert box
    assert frame
    area = sized.page.evaluate("() => innerWidth * innerHeight")
    assert frame["width"] * frame["height"] > 0.3 * area
    # What stands beside the region is its legend; without it the map is all of the frame.
    assert box["width"] * box["height"] > 0.2 * area
    assert box["width"] > 0.9 * box["height"] * 0.7, "no narrower than the region is"


def test_the_whole_region_lies_within_the_map(sized: Desk) -> None:
    sized.move(VIEWS[0])
    assert sized.corners_out_of_view() == []


def test_the_columns_of_several_places_scroll_in_their_own_box(sized: Desk) -> None:
    sized.move("?regions=110112,130828,130131,133100,120116")
    heads = sized.page.locator("#selection-panel table.beside thead th")
    expect(heads).to_have_count(6)
    assert sized.fits()


def test_a_tap_on_the_phone_selects(webgl_browser: Browser, app_url: str, atlas: Atlas) -> None:
    with sit_down(webgl_browser, app_url, PHONE, has_touch=True, is_mobile=True) as desk:
        desk.visit("?circle=shijiazhuang&regions=130129")
        place = atlas.place("130131")
        assert place.lon is not None
        assert place.lat is not None
        desk.page.touchscreen.tap(*desk.spot(place.lon, place.lat))
        desk.has(regions="130131")
        desk.outlined("130131")
        expect(desk.page.locator("#selection-panel .place-name")).to_have_text("平山县")
        desk.move(VIEWS[0])
        assert desk.fits()
        assert desk.corners_out_of_view() == []
