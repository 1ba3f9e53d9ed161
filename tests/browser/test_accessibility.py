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
from tests.browser.pages import PATHS, dressed, opened, unfolded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from dashboard.palette import Theme
    from tests.browser.driving import Desk

ONE, TWO = "?regions=110112", "?regions=110112,130100"
LOOKS: dict[str, tuple[tuple[int, int], Theme, str]] = {
    "phone": (PHONE, "light", ""),
    "english": (PHONE, "dark", "&lang=en"),
    "light": (LAPTOP, "light", ""),
    "dark": (LAPTOP, "dark", ""),
}
USUAL = ("phone", "english")
"""Every other page has the one or the other of these."""


def seldom(look: str, usual: tuple[str, ...]) -> list[pytest.MarkDecorator]:
    """Leave the looks that a page is seldom given to a run by hand."""
    return [] if look in usual else [pytest.mark.soak]


@pytest.fixture(scope="module")
def looked(
    request: pytest.FixtureRequest, browser: Browser, app_url: str
) -> Iterator[tuple[Desk, str]]:
    """Give a desk in each look, and what its addresses end in."""
    size, theme, query = LOOKS[request.param]
    with sit_down(browser, app_url, size, fresh=True) as desk:
        dressed(desk, theme)
        yield desk, query


def faults(desk: Desk) -> list[str]:
    """Return the faults of the page, each with the first elements that have it."""
    # Evaluated, not added to the page: its policy allows no script but our own.
    desk.page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = desk.page.evaluate(
        "async () => (await axe.run({ resultTypes: ['violations'] })).violations"
    )
    return [
        f"{fault['impact']} {fault['id']}: {node['html'][:160]} | {node['failureSummary'][:300]}"
        for fault in found
        for node in fault["nodes"][:5]
    ]


@pytest.mark.parametrize(
    ("looked", "path"),
    [
        pytest.param(look, path, marks=seldom(look, (USUAL[at % 2],)))
        for look in LOOKS
        for at, path in enumerate(PATHS)
    ],
    indirect=["looked"],
)
def test_axe_finds_no_fault(looked: tuple[Desk, str], path: str) -> None:
    desk, query = looked
    opened(desk, path, ONE + query)
    unfolded(desk)
    assert faults(desk) == []


@pytest.mark.parametrize("path", ["/", pytest.param("/clusters", marks=pytest.mark.soak)])
def test_axe_finds_no_fault_where_places_stand_beside_one_another(
    browser: Browser, app_url: str, path: str
) -> None:
    """Headings then move a level down, in whatever theme and language."""
    size, theme, query = LOOKS["english"]
    with sit_down(browser, app_url, size, fresh=True) as desk:
        dressed(desk, theme)
        opened(desk, path, TWO + query)
        unfolded(desk)
        assert faults(desk) == []


@pytest.mark.maplibre
def test_axe_finds_no_fault_where_maplibre_draws(webgl_browser: Browser, app_url: str) -> None:
    with sit_down(webgl_browser, app_url, PHONE, color_scheme="dark") as desk:
        opened(desk, "/", f"{ONE}&lang=en")
        assert desk.drawn_by("map")
        unfolded(desk)
        assert faults(desk) == []


@pytest.mark.parametrize(
    "looked", [pytest.param(look, marks=seldom(look, USUAL)) for look in LOOKS], indirect=True
)
def test_axe_finds_no_fault_in_the_drawer(looked: tuple[Desk, str]) -> None:
    desk, query = looked
    opened(desk, "/", ONE + query)
    desk.page.locator("#selection-panel [data-figure]").first.click()
    desk.page.locator("#origin h2").wait_for()
    assert faults(desk) == []


def test_axe_would_find_one(desk: Desk) -> None:
    opened(desk, "/methods")
    desk.page.evaluate(
        """() => { const pale = document.createElement('p');
          pale.textContent = 'pale'; pale.style.cssText = 'color: #999; background: #aaa';
          document.querySelector('main').prepend(pale); }"""
    )
    assert any("color-contrast" in fault for fault in faults(desk))
