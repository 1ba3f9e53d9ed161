"""What axe-core says of every page: no fault, in either theme, at a desk or on a phone.

All folds are open, so that nothing escapes; on a phone the page scrolls as a whole, so that axe
sees the type of every panel. No rule is switched off, nothing is left out, and the least fault
counts. Each page is looked at in one of the two looks of a phone; the others, and those at a desk,
which see less, take minutes and are run by hand (`-m soak`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.driving import sit_down
from tests.browser.pages import PATHS, dressed, unfolded, walked_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from dashboard.palette import Theme
    from tests.browser.driving import Desk

ONE, TWO = "?level=city&regions=110112", "?level=city&regions=110112,130100"
"""At the level of cities the tables have fourteen rows each, where counties have 199 alike."""
LOOKS: dict[str, tuple[tuple[int, int], Theme, str]] = {
    "phone": (PHONE, "light", ""),
    "english": (PHONE, "dark", "&lang=en"),
    "light": (LAPTOP, "light", ""),
    "dark": (LAPTOP, "dark", ""),
}
EVEN = [*((path, ONE) for path in PATHS[2::2]), ("/", ONE)]
ODD = [*((path, ONE) for path in PATHS[1::2]), ("/", TWO)]
"""Walks through the pages; of places beside one another, headings move a level down."""
BOTH = [*EVEN, ("/clusters", TWO), *ODD]


def faults(desk: Desk, within: str = "html") -> list[str]:
    """Return the faults of the page or of a part, each with the first elements that have it."""
    # Evaluated, not added to the page: its policy allows no script but our own.
    desk.page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = desk.page.evaluate(
        "async (within) => (await axe.run(within, { resultTypes: ['violations'] })).violations",
        within,
    )
    return [
        f"{fault['impact']} {fault['id']}: {node['html'][:160]} | {node['failureSummary'][:300]}"
        for fault in found
        for node in fault["nodes"][:5]
    ]


@pytest.mark.parametrize(
    ("look", "walk"),
    [
        ("phone", EVEN),
        ("english", ODD),
        pytest.param("phone", ODD, marks=pytest.mark.soak),
        pytest.param("english", EVEN, marks=pytest.mark.soak),
        pytest.param("light", BOTH, marks=pytest.mark.soak),
        pytest.param("dark", BOTH, marks=pytest.mark.soak),
    ],
)
def test_axe_finds_no_fault_on_the_pages_and_in_the_drawer(
    browser: Browser, app_url: str, look: str, walk: list[tuple[str, str]]
) -> None:
    size, theme, query = LOOKS[look]
    found: dict[str, list[str]] = {}
    with sit_down(browser, app_url, size, fresh=True) as desk:
        dressed(desk, theme)
        for path, places in walk:
            walked_to(desk, path, places + query)
            unfolded(desk)
            found[path + places] = faults(desk)
        desk.page.locator("#selection-panel [data-figure]").first.click()
        desk.page.locator("#origin h2").wait_for()
        found["drawer"] = faults(desk, "#origin")
    assert {where: some for where, some in found.items() if some} == {}


@pytest.mark.maplibre
def test_axe_finds_no_fault_where_maplibre_draws(webgl_browser: Browser, app_url: str) -> None:
    with sit_down(webgl_browser, app_url, PHONE, color_scheme="dark") as desk:
        walked_to(desk, "/", f"{ONE}&lang=en")
        assert desk.drawn_by("map")
        unfolded(desk)
        assert faults(desk) == []


def test_axe_would_find_one(desk: Desk) -> None:
    walked_to(desk, "/methods")
    desk.page.evaluate(
        """() => { const pale = document.createElement('p');
          pale.textContent = 'pale'; pale.style.cssText = 'color: #999; background: #aaa';
          document.querySelector('main').prepend(pale); }"""
    )
    assert any("color-contrast" in fault for fault in faults(desk))
