"""A first visit in a real Chromium: every byte on the wire, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, LAPTOP
from tests.browser_setup import Machine, ensure_browser, ensure_font

if TYPE_CHECKING:
    from playwright.sync_api import Request

LIBRARIES: Final = "/_dash-component-suites/"
INSIDE: Final = frozenset({"data", "blob"})
SETTLE: Final = 2000


@dataclass
class Visit:
    """What a visit fetched: bytes by path; requests to another host; requests that failed."""

    home: str
    sizes: dict[str, int] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    finished: list[Request] = field(default_factory=list)

    def finish(self, request: Request) -> None:
        """Keep a finished request; its size may not be asked while Playwright reports it."""
        self.finished.append(request)

    def count(self) -> None:
        """Count all finished requests."""
        for request in self.finished:
            self.add(request)

    def add(self, request: Request) -> None:
        """Count one finished request, headers of the answer included."""
        address = urlsplit(request.url)
        if address.scheme in INSIDE:
            return
        if f"{address.scheme}://{address.netloc}" != self.home:
            self.foreign.append(request.url)
        sizes = request.sizes()
        size = sizes["responseBodySize"] + sizes["responseHeadersSize"]
        self.sizes[address.path] = self.sizes.get(address.path, 0) + size

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.sizes.values())

    @property
    def libraries(self) -> int:
        """Bytes of Dash, Plotly, MapLibre and Mantine."""
        return sum(size for path, size in self.sizes.items() if path.startswith(LIBRARIES))

    @property
    def ours(self) -> int:
        """Bytes of everything else: page, layout, answers, map files, style and script."""
        return self.total - self.libraries

    def largest(self, number: int) -> list[tuple[str, int]]:
        """Return our own largest answers."""
        own = [item for item in self.sizes.items() if not item[0].startswith(LIBRARIES)]
        return sorted(own, key=lambda item: -item[1])[:number]


def first_visit(home: str) -> Visit:
    """Open the first page with an empty cache and wait until nothing more is asked for."""
    visit = Visit(home)
    with sync_playwright() as playwright:
        machine = Machine()
        path = ensure_browser(machine, playwright.chromium.executable_path)
        ensure_font(machine)
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page(viewport={"width": LAPTOP[0], "height": LAPTOP[1]})
        page.on("requestfinished", visit.finish)
        page.on("requestfailed", lambda request: visit.failed.append(request.url))
        page.goto(home, wait_until="load")
        page.wait_for_selector("#map canvas.maplibregl-canvas", timeout=60_000)
        page.wait_for_timeout(SETTLE)
        page.wait_for_load_state("networkidle")
        visit.count()
        browser.close()
    return visit
