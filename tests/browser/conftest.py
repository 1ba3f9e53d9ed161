"""Fixtures for the tests that drive a real Chromium.

`page` is a page on the running atlas, `open_page` makes further ones (other sizes, dark, without
WebGL2). After every test the watch must be clean: nothing loud in the console, no request to
another host, no breach of the Content-Security-Policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.driving import Desk, sit_down
from tests.browser.watch import NO_WEBGL2, Watch
from tests.browser_setup import BrowserMissingError, Machine, ensure_browser, ensure_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

LAPTOP = (1366, 768)
PHONE = (390, 844)
SCREEN = (1920, 1080)

FLAGS = (
    "--no-sandbox",  # containers run as root
    "--disable-dev-shm-usage",  # containers have little of it
    # WebGL2 without a graphics card
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    # the browser's own traffic
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    # and whatever a page asks for stays on this machine
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class OpenPage(Protocol):
    """Opens a blank, watched page; `page.goto("/?lang=en")` leads into the atlas."""

    def __call__(
        self,
        size: tuple[int, int] = LAPTOP,
        *,
        webgl2: bool = True,
        colors: Literal["light", "dark"] = "light",
    ) -> Page:
        """Return the page."""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser_path(playwright: Playwright) -> str:
    """Find a Chromium; installs it and a Chinese font where missing."""
    machine = Machine()
    try:
        path = ensure_browser(machine, playwright.chromium.executable_path)
        ensure_font(machine)
    except BrowserMissingError as error:
        pytest.fail(str(error), pytrace=False)
    return path


@pytest.fixture(scope="session")
def browser(playwright: Playwright, browser_path: str) -> Iterator[Browser]:
    """Start the one Chromium of the session."""
    started = playwright.chromium.launch(executable_path=browser_path, args=list(FLAGS))
    yield started
    started.close()


@pytest.fixture
def watch(app_url: str) -> Watch:
    """Give the record of everything the test's pages did."""
    return Watch(app_url)


@pytest.fixture
def open_page(browser: Browser, app_url: str, watch: Watch) -> Iterator[OpenPage]:
    contexts: list[BrowserContext] = []

    def open_one(
        size: tuple[int, int] = LAPTOP,
        *,
        webgl2: bool = True,
        colors: Literal["light", "dark"] = "light",
    ) -> Page:
        context = browser.new_context(
            base_url=app_url,
            color_scheme=colors,
            locale="zh-CN",
            viewport={"width": size[0], "height": size[1]},
        )
        contexts.append(context)
        watch.attach(context)
        if not webgl2:
            context.add_init_script(NO_WEBGL2)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    watch.assert_clean()


@pytest.fixture(scope="module")
def module_desk(browser: Browser, app_url: str) -> Iterator[Desk]:
    """Keep one page for the tests of a module, for those that only go from address to address."""
    with sit_down(browser, app_url, LAPTOP) as desk:
        # A county's panels are short, so that the page is soon ready.
        desk.visit("?regions=130828")
        yield desk


@pytest.fixture
def desk(module_desk: Desk) -> Iterator[Desk]:
    """Give the module's page; what one test makes it complain of is not held against the next."""
    yield module_desk
    complaints = list(module_desk.watch.complaints)
    module_desk.watch.complaints.clear()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def page_without_webgl2(open_page: OpenPage) -> Page:
    return open_page(webgl2=False)
