"""Fixtures for the tests that drive a real Chromium.

`page` is a page on the running atlas, `open_page` makes further ones (other sizes, dark), `desk`
is one page for all tests of a module. They come without WebGL2, so that the map is drawn as vectors
and a look takes a third of the time; a test that is about what MapLibre draws is marked `maplibre`.
After every test the watch must be clean: nothing loud in the console, no request to another host,
no breach of the Content-Security-Policy. A failing test leaves screenshots and Playwright traces
(`playwright show-trace`) in the folder that it names.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.driving import Desk, sit_down
from tests.browser.lending import SHELF
from tests.browser.watch import Watch
from tests.browser_setup import BrowserMissingError, Machine, ensure_browser, ensure_font

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser, Page, Playwright

LAPTOP = (1366, 768)
PHONE = (390, 844)
SCREEN = (1920, 1080)

FLAGS = (
    "--no-sandbox",  # containers run as root
    "--disable-dev-shm-usage",  # containers have little of it
    # the browser's own traffic
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    # and whatever a page asks for stays on this machine
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
BESIDE = ("journey", "office", "proxy")
"""Marks of tests that are run beside the closer look."""
WITHOUT_WEBGL2 = ("--disable-gpu", "--disable-3d-apis")
WEBGL2 = (
    # without a graphics card
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)


class OpenPage(Protocol):
    """Opens a blank, watched page; `page.goto("/?lang=en")` leads into the atlas."""

    def __call__(
        self,
        size: tuple[int, int] = LAPTOP,
        *,
        webgl2: bool = ...,
        colors: Literal["light", "dark"] = "light",
    ) -> Page:
        """Return the page."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, no journey, and needs nothing but a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and not any(map(item.get_closest_marker, BESIDE)):
            item.add_marker("browser")


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
    """Start a Chromium as on a machine without WebGL2, where the map is drawn as vectors."""
    with launched(playwright, browser_path, WITHOUT_WEBGL2) as started:
        yield started


@pytest.fixture(scope="session")
def webgl_browser(playwright: Playwright, browser_path: str) -> Iterator[Browser]:
    """Start a Chromium with WebGL2, where MapLibre draws the map; a look takes thrice the time."""
    with launched(playwright, browser_path, WEBGL2) as started:
        yield started


@contextmanager
def launched(playwright: Playwright, path: str, flags: tuple[str, ...]) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
    yield started
    started.close()


def has_webgl2(request: pytest.FixtureRequest) -> bool:
    """Tell whether the test, or all of its module, is about what MapLibre draws."""
    node: pytest.Item = request.node
    return node.get_closest_marker("maplibre") is not None


@pytest.fixture
def watch(app_url: str) -> Watch:
    """Give the record of everything the test's pages did."""
    return Watch(app_url)


@pytest.fixture
def open_page(request: pytest.FixtureRequest, watch: Watch) -> Iterator[OpenPage]:
    pages: list[Page] = []
    usual = has_webgl2(request)

    def open_one(
        size: tuple[int, int] = LAPTOP,
        *,
        webgl2: bool = usual,
        colors: Literal["light", "dark"] = "light",
    ) -> Page:
        browser = request.getfixturevalue("webgl_browser" if webgl2 else "browser")
        pages.append(SHELF.lend(browser, watch, size, color_scheme=colors))
        return pages[-1]

    yield open_one
    if watch.complaints:
        SHELF.keep_evidence(request.node.nodeid)
    for page in pages:
        SHELF.take_back(page)
    watch.assert_clean()


@pytest.fixture(scope="module")
def module_desk(browser: Browser, app_url: str) -> Iterator[Desk]:
    """Keep one page for the tests of a module; the first that goes to an address loads it."""
    with sit_down(browser, app_url, LAPTOP) as desk:
        yield desk


@pytest.fixture(scope="module")
def maplibre_desk(webgl_browser: Browser, app_url: str) -> Iterator[Desk]:
    """Keep one page with WebGL2 for those tests of a module that are about MapLibre."""
    with sit_down(webgl_browser, app_url, LAPTOP) as desk:
        yield desk


@pytest.fixture
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Give the module's page; what one test makes it complain of is not held against the next."""
    kept = "maplibre_desk" if has_webgl2(request) else "module_desk"
    desk: Desk = request.getfixturevalue(kept)
    yield desk
    complaints = list(desk.watch.complaints)
    desk.watch.complaints.clear()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def page_without_webgl2(open_page: OpenPage) -> Page:
    return open_page(webgl2=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what the pages of a failing test show, and print where."""
    report = yield
    if report.failed and (folder := SHELF.keep_evidence(item.nodeid)):
        report.sections.append(("Screenshot and trace", str(folder)))
    return report
