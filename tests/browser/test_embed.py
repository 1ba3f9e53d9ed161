"""A figure in a page of another site, which can frame nothing else; and how figures are cited."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.driving import sit_down
from tests.browser.pages import opened
from tests.conftest import running_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.driving import Desk

VIEW: Final = "?circle=capital&theme=light"
SCRIPTLESS: Final = "() => document.scripts.length + document.querySelectorAll('link').length"


class Newspaper:
    """A site of its own; every address of it shows `page`."""

    def __init__(self) -> None:
        newspaper = self
        self.page = ""

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(f"<!doctype html><title>x</title>{newspaper.page}".encode())

            def log_message(self, *_: Any) -> None:  # noqa: ANN401 - those of the library
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.origin = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture(scope="module")
def newspaper() -> Iterator[Newspaper]:
    made = Newspaper()
    threading.Thread(target=made.server.serve_forever, daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def open_to_it(
    newspaper: Newspaper, cache_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Give a server that the newspaper may embed figures of."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    settings = {"JJJ_ATLAS_CACHE": str(cache_folder), "JJJ_ATLAS_FRAMERS": newspaper.origin}
    with running_server(settings, log) as (_, address):
        yield address


def test_another_site_frames_a_figure_and_nothing_else(
    browser: Browser, newspaper: Newspaper, open_to_it: str
) -> None:
    page = browser.new_page()
    try:
        code = page.request.get(f"{open_to_it}/cite/explore/map{VIEW}").json()["embed"]
        paths = ("/", "/compare", "/export/explore/map.csv", "/cite/explore/map", "/healthz")
        refused = "".join(f'<iframe src="{open_to_it}{path}"></iframe>' for path in paths)
        # A reader draws one figure at a time: the second is asked for again by its frame itself.
        newspaper.page = f"{code}{code.replace('/map', '/ranking')}{refused}"
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(newspaper.origin)
        figure = page.frames[1]
        figure.wait_for_selector("svg text")
        assert "/embed/map" in figure.url
        assert "首都都市圈" in (figure.text_content("svg") or "")
        assert figure.evaluate(SCRIPTLESS) == 0
        assert figure.locator("body > *").count() == 2
        expect(figure.get_by_role("link")).to_have_attribute("target", "_blank")
        page.frames[2].wait_for_selector("svg text")
        for frame in page.frames[3:]:
            assert open_to_it not in frame.url, "refused by the policy"
        assert sum("frame-ancestors" in line for line in told) >= len(paths) - 1
    finally:
        page.close()


def test_without_leave_another_site_frames_no_figure_either(
    browser: Browser, newspaper: Newspaper, app_url: str
) -> None:
    page = browser.new_page()
    try:
        newspaper.page = f'<iframe src="{app_url}/embed/map{VIEW}"></iframe>'
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            page.goto(newspaper.origin)
        assert app_url not in page.frames[1].url
    finally:
        page.close()


def test_the_citation_is_unfolded_and_copied_by_keys(browser: Browser, app_url: str) -> None:
    with sit_down(
        browser, app_url, LAPTOP, permissions=("clipboard-read", "clipboard-write")
    ) as desk:
        unfold_and_copy(desk, app_url)


def unfold_and_copy(desk: Desk, home: str) -> None:
    opened(desk, "/compare", "?regions=130100,130200")
    menu = desk.page.locator(".panel-keys .export")
    menu.locator("summary").first.focus()
    desk.page.keyboard.press("Enter")
    menu.locator(".cite summary").focus()
    desk.page.keyboard.press("Enter")
    fields = menu.locator("textarea")
    expect(fields).to_have_count(4)  # a table is not embedded
    for at in range(4):
        button = menu.locator(".cite-copy").nth(at)
        button.focus()
        desk.page.keyboard.press("Enter")
        expect(menu.locator(".cite [role=status]")).to_have_text("已复制。")
        copied = desk.page.evaluate("() => navigator.clipboard.readText()")
        assert copied.replace("\r\n", "\n") == fields.nth(at).input_value()
    assert "主要指标对照" in fields.nth(1).input_value()
    assert fields.nth(0).input_value().startswith(home)
