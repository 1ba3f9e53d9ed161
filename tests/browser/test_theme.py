"""The look of the reader's system is followed until he chooses one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.conftest import LAPTOP
from tests.browser.driving import sit_down

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.driving import Desk

ONE = "?regions=130828"
LINE = "(traces) => traces[0].marker.line.color"


def dark(desk: Desk, *, is_so: bool) -> str:
    """Wait until the page is dark, or is not; return the colour of outlines on the map."""
    desk.until(
        """(wanted) => {
          const paper = getComputedStyle(document.body).backgroundColor;
          const light = paper.match(/[0-9]+/g).slice(0, 3).reduce((sum, one) => sum + +one, 0);
          return (light < 200) === wanted;
        }""",
        is_so,
    )
    desk.settle()
    return str(desk.traces(LINE))


def test_the_systems_look_is_followed_until_the_reader_chooses(
    browser: Browser, app_url: str
) -> None:
    with sit_down(browser, app_url, LAPTOP, fresh=True, color_scheme="dark") as desk:
        desk.visit(ONE)
        night = dark(desk, is_so=True)
        desk.page.emulate_media(color_scheme="light")
        desk.until_traces("(traces, night) => traces[0].marker.line.color !== night", night)
        day = dark(desk, is_so=False)
        assert day != night

        desk.page.locator("#theme-button").click()
        desk.until_traces("(traces, day) => traces[0].marker.line.color !== day", day)
        assert dark(desk, is_so=True) == night
        desk.page.emulate_media(color_scheme="dark")
        desk.page.emulate_media(color_scheme="light")
        assert dark(desk, is_so=True) == night, "he has chosen"
        desk.visit(ONE)
        assert dark(desk, is_so=True) == night, "and finds it again"


def test_no_other_look_flashes_up_before_the_readers(browser: Browser, app_url: str) -> None:
    with sit_down(browser, app_url, LAPTOP, fresh=True, color_scheme="dark") as desk:
        answer = desk.page.request.get("/")
        head = answer.text().partition("</head>")[0]
        assert re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"?]+)', head)[0].endswith(
            "/assets/first.js"
        )
        desk.visit(ONE)
