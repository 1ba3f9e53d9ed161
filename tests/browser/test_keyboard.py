"""The atlas without a mouse: everything can be reached, seen to be reached, and worked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.driving import PATIENCE, sit_down
from tests.browser.pages import PATHS, THERE, WITH_MAP, opened, walked_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.driving import Desk

MOST_STOPS = 400
MOST_STAYS = 3
ON_MAPS = [pytest.param(path, marks=[pytest.mark.soak] if path != "/" else []) for path in WITH_MAP]
"""Pages with the same list, notes and menus: the first of them is worked in every run."""
STOP = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const box = '.mantine-Input-input, .mantine-MultiSelect-input';
  const shown = [here, here.nextElementSibling, here.closest(box)].filter(Boolean);
  const ringed = shown.some((element) => {
    const { outlineStyle, outlineWidth, opacity } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const seen = width > 4 && height > 4 && Number(opacity) > 0;
    return seen && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  window.seen = window.seen || new Map();
  if (!window.seen.has(here)) window.seen.set(here, window.seen.size);
  const part = here.closest('header, aside, .map-column, .panels, article, .methods-contents');
  return {
    number: window.seen.get(here), ringed, id: here.id, part: part ? part.className : '',
    inGrid: Boolean(here.closest('.ag-root')), inMap: here.matches('canvas'),
    html: here.outerHTML.slice(0, 120),
  };
}"""
"""Where the focus is: its place among all it has been at, and whether a ring shows it."""
MISSED = """() => {
  const seen = window.seen;
  const usable = 'a[href], button:not(:disabled), summary, select, input:not([type=hidden])';
  return [...document.querySelectorAll(usable)].filter((element) => {
    if (element.tabIndex < 0 || seen.has(element)) return false;
    if (element.closest('.ag-root-wrapper')) return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    // Of the radio buttons of a group, Tab reaches the one that is chosen.
    return !(element.type === 'radio' && [...seen.keys()].some((one) => one.name === element.name));
  }).map((element) => element.outerHTML.slice(0, 120));
}"""
"""What can be worked but was not reached; the grid is walked by arrows once it is reached."""


def walked(desk: Desk) -> list[dict[str, Any]]:
    """Press Tab until the page is left; return each stop."""
    stops: list[dict[str, Any]] = []
    stayed = 0
    for _ in range(MOST_STOPS):
        desk.page.keyboard.press("Tab")
        stop = desk.page.evaluate(STOP)
        if stop is None or (stops and stop["number"] == 0):
            return stops  # the browser's own controls come next, or the page begins anew
        # A list that is still opening on a slow machine can swallow a key: a trap takes each.
        stayed = stayed + 1 if stops and stop["number"] == stops[-1]["number"] else 0
        assert stayed < MOST_STAYS, f"Tab does not leave {stop['html']}"
        if not stayed:
            stops.append(stop)
    message = f"Tab never left the page; it was last at {stops[-3:]}"
    raise AssertionError(message)


def tab_to(desk: Desk, found: str) -> None:
    """Press Tab until the focus is on what the selector finds."""
    for _ in range(MOST_STOPS):
        desk.page.keyboard.press("Tab")
        if desk.page.evaluate("(found) => document.activeElement.matches(found)", found):
            return
    message = f"Tab does not lead to {found}"
    raise AssertionError(message)


MOVING = """() => [...document.querySelectorAll('*')].filter((element) =>
  [null, '::before', '::after'].some((part) => {
    const style = getComputedStyle(element, part);
    const long = (times) => times.split(',').some((time) => parseFloat(time) > 0.01);
    return (style.transitionProperty !== 'none' && long(style.transitionDuration))
      || (style.animationName !== 'none' && long(style.animationDuration));
  })).map((element) => element.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module", params=PATHS)
def path(request: pytest.FixtureRequest) -> str:
    """Name each page in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def stood(browser: Browser, app_url: str, path: str) -> Iterator[Desk]:
    """Open a page once for the tests of all it holds; a map that MapLibre draws has its own."""
    with sit_down(browser, app_url, LAPTOP) as desk:
        opened(desk, path, "?regions=110112")
        yield desk


def test_tab_reaches_everything_in_order_and_is_never_caught(stood: Desk, path: str) -> None:
    desk = stood
    stops = walked(desk)
    assert 'class="skip"' in stops[0]["html"]
    numbers = [stop["number"] for stop in stops]
    assert numbers == sorted(set(numbers)), "the focus came back to where it had been"
    assert desk.page.evaluate(MISSED) == []
    parts = list(dict.fromkeys(stop["part"] for stop in stops if stop["part"]))
    order = ["top", "side", "map-column", "panels"]
    assert [part for part in parts if part in order] == [part for part in order if part in parts]
    assert [stop["part"] for stop in stops[1:3]] == ["top", "top"]
    assert [stop["html"] for stop in stops if not stop["ringed"]] == []
    if path in ("/", "/data"):
        desk.page.emulate_media(color_scheme="dark")
        desk.until("() => document.documentElement.dataset.mantineColorScheme === 'dark'")
        desk.page.evaluate("() => { window.seen = null; document.activeElement.blur(); }")
        dark = walked(desk)
        assert len(dark) > len(stops) / 2
        assert [stop["html"] for stop in dark if not stop["ringed"]] == []
        desk.page.emulate_media(color_scheme="light")


def test_a_cell_of_the_grid_shows_the_focus_and_tab_leaves_the_cells(desk: Desk) -> None:
    walked_to(desk, "/data", "?indicator=gdp&level=city&year=2023")
    desk.page.locator(".ag-center-cols-container .ag-cell").first.click()
    desk.page.keyboard.press("ArrowDown")
    stop = desk.page.evaluate(STOP)
    assert stop["inGrid"]
    assert stop["ringed"], stop["html"]
    desk.page.keyboard.press("Tab")
    assert not desk.page.evaluate("() => Boolean(document.activeElement.closest('.ag-cell'))")


def test_the_first_stop_leads_past_the_controls(stood: Desk) -> None:
    desk = stood
    desk.page.locator(".skip").focus()
    expect(desk.page.locator(".skip")).to_be_in_viewport()
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("() => Boolean(document.activeElement.closest('#panels'))")


@pytest.mark.parametrize("path", ON_MAPS)
def test_a_region_is_chosen_and_dropped_by_the_list(desk: Desk, path: str) -> None:
    walked_to(desk, path)
    tab_to(desk, "#regions")
    desk.page.keyboard.type("平山")
    expect(desk.page.get_by_role("option", name="平山县")).to_be_visible()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.address("?regions=130131")
    desk.settle()
    desk.outlined("130131")
    expect(desk.page.locator("#panels")).to_contain_text("平山县")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Backspace")
    desk.address("")
    desk.settle()
    desk.outlined()


@pytest.mark.parametrize("path", ON_MAPS)
def test_a_note_a_table_and_an_export_menu_open_by_the_keyboard(desk: Desk, path: str) -> None:
    walked_to(desk, path, "?regions=110112")
    desk.page.locator(".skip").focus()
    for fold in (".map-foot .as-table", ".map-foot .export", ".panels details.method"):
        tab_to(desk, f"{fold} > summary")
        desk.page.keyboard.press("Enter")
        opened_fold = desk.page.locator(f"{fold}[open]")
        expect(opened_fold).to_have_count(1)
        expect(opened_fold.locator("> :not(summary)").first).to_be_visible()
        if fold.endswith(".export"):
            desk.page.keyboard.press("Tab")
            expect(desk.page.locator(f"{fold} select[name=kind]")).to_be_focused()


@pytest.mark.maplibre
def test_the_map_is_moved_by_arrows_let_go_by_tab_and_does_not_glide_if_asked(
    desk: Desk,
) -> None:
    opened(desk, "/", "?regions=110112")
    canvas = desk.page.locator("#map canvas.maplibregl-canvas")
    expect(canvas).to_have_attribute("aria-label", "地图")
    canvas.focus()
    desk.page.keyboard.press("Shift+Tab")
    assert not desk.page.evaluate(STOP)["inMap"]
    desk.page.keyboard.press("Tab")
    stop = desk.page.evaluate(STOP)
    assert stop["inMap"]
    assert stop["ringed"], stop["html"]
    middle = "document.querySelector('#map .js-plotly-plot')._fullLayout.map.center.lon"
    before = desk.page.evaluate(middle)
    desk.page.keyboard.press("ArrowRight")
    desk.page.wait_for_function(f"(before) => {middle} > before", arg=before, timeout=PATIENCE)
    desk.page.keyboard.press("Tab")
    expect(desk.page.locator("#zoom-in")).to_be_focused()
    desk.settle()

    desk.page.emulate_media(reduced_motion="reduce")
    assert desk.page.evaluate(MOVING) == []
    inner = "document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map"
    before = desk.page.evaluate(f"{inner}.getCenter().lng")
    canvas.focus()
    desk.page.keyboard.press("ArrowRight")
    after = [desk.page.evaluate(f"{inner}.getCenter().lng") for _ in range(2)]
    assert before < after[0] == after[1], "the map glides"


def test_nothing_moves_for_those_who_ask_for_it(stood: Desk, path: str) -> None:
    desk = stood
    assert desk.page.evaluate(THERE, path)
    assert desk.page.evaluate(MOVING) != []
    # Styles ask for it whenever they move, not when they load.
    desk.page.emulate_media(reduced_motion="reduce")
    assert desk.page.evaluate(MOVING) == []
    if path in WITH_MAP:
        moves = "document.querySelector('#map .js-plotly-plot')._fullLayout.transition"
        assert not desk.page.evaluate(f"({moves} || {{}}).duration || 0")
    desk.page.emulate_media(reduced_motion="no-preference")
