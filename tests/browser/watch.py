"""Watches a browser for anything a careful reader would not want to happen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakSet

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError

LOUD = frozenset({"error", "warning", "assert", "trace"})
"""Plotly warns by console.trace."""
INSIDE = frozenset({"data", "blob", "about"})
"""Schemes that never leave the browser."""

ALLOWED = tuple(
    re.compile(pattern)
    for pattern in (
        # Software rendering says so when a frame is read back; a graphics card does not.
        r"GPU stall due to ReadPixels",
        r"Automatic fallback to software WebGL",
    )
)

NO_WEBGL2 = """
for (const kind of [HTMLCanvasElement, OffscreenCanvas]) {
  const ask = kind.prototype.getContext;
  kind.prototype.getContext = function (type, ...rest) {
    return type === 'webgl2' ? null : ask.call(this, type, ...rest);
  };
}
"""
"""Makes a browser look like one on a machine without WebGL2."""

REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) => {
  console.error('CSP violation: ' + event.effectiveDirective + ' ' + event.blockedURI);
});
"""
"""Not every breach of the Content-Security-Policy reaches the console by itself."""

_REPORTING: WeakSet[BrowserContext] = WeakSet()


@dataclass
class Watch:
    """What one or several browser contexts did, and what of it should not have been.

    `home` is the address of the server, such as http://127.0.0.1:8050; every request is kept in
    `requests` for tests that count bytes or addresses.
    """

    home: str
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def attach(self, context: BrowserContext) -> None:
        """Listen to every page of the context, now and later."""
        for event, hear in self._ears():
            context.on(event, hear)  # type: ignore[call-overload]
        if context not in _REPORTING:
            _REPORTING.add(context)
            context.add_init_script(REPORT_VIOLATIONS)

    def detach(self, context: BrowserContext) -> None:
        """Listen no longer."""
        for event, hear in self._ears():
            context.remove_listener(event, hear)

    def _ears(self) -> tuple[tuple[str, Callable[[Any], None]], ...]:
        return (
            ("console", self._console),
            ("weberror", self._web_error),
            ("request", self._request),
            ("page", self._page),
        )

    def assert_clean(self) -> None:
        """Fail with the list of complaints, if there are any."""
        assert not self.complaints, "The browser complained:\n" + "\n".join(self.complaints)

    def _console(self, message: ConsoleMessage) -> None:
        allowed = any(pattern.search(message.text) for pattern in ALLOWED)
        if message.type in LOUD and not allowed:
            where = message.location
            place = f"{where['url']}:{where['lineNumber']}"
            self.complaints.append(f"console {message.type}: {message.text} ({place})")

    def _web_error(self, error: WebError) -> None:
        self.complaints.append(f"uncaught: {error.error}")

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda ws: self._address(ws.url))

    def _request(self, request: Request) -> None:
        self.requests.append(request)
        self._address(request.url)

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in INSIDE and parts.netloc != urlsplit(self.home).netloc:
            self.complaints.append(f"request to another host: {url}")
