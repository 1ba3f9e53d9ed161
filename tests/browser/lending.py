"""Pages that are lent to one test after another, and what a failing test leaves of them.

A page that stays keeps what the browser has fetched and compiled: an address then costs a third of
what it costs in a browser context of its own. While it waits it is blank, so that it rests.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.watch import Watch

EVIDENCE = ROOT / "test-results"
"""Where screenshots and traces of failing tests are put."""
PATIENCE, FIRST_VISIT = 60_000, 120_000
"""Milliseconds after which a step, and an address or first picture, is given up: an end to waiting
on a machine however busy, not a measurement."""
IDLE = """() => {
  if (!window.store) return false;
  const { stored, completed, ...open } = window.store.getState().callbacks;
  return Object.values(open).every((queue) => !queue.length);
}"""
"""No callback waits or runs: as Dash's own testing tools tell it."""
AT_REST = f"() => !window.store || ({IDLE})()"
NEAR = "window.pace = { near: 1e6 };"
"""Every part of a page counts as near the reader; what is far has tests of its own."""
BLANK = "<!doctype html><link rel=icon href='data:,'>"
"""What a waiting page holds. It is of the atlas's own origin: about:blank is another process, and
the next address then costs twice as much."""


@dataclass(frozen=True)
class Look:
    """What pages have to share so that one can stand in for the other."""

    browser: Browser
    home: str
    size: tuple[int, int]
    init: str
    more: tuple[tuple[str, Any], ...]


@dataclass
class Shelf:
    """The pages of a session: those that wait for a test, and those that are lent."""

    waiting: dict[Look, list[Page]] = field(default_factory=lambda: defaultdict(list))
    lent: dict[Page, tuple[Look | None, Watch]] = field(default_factory=dict)
    spoiled: set[Page] = field(default_factory=set)
    evidence: dict[str, Path] = field(default_factory=dict)

    def lend(
        self,
        browser: Browser,
        watch: Watch,
        size: tuple[int, int],
        *,
        fresh: bool = False,
        init: str = "",
        **more: Any,  # noqa: ANN401 - what a browser context can be told
    ) -> Page:
        """Return a page of this size as a new reader finds it, watched until it is returned.

        A `fresh` one has a browser context of its own, which has fetched nothing yet; `init` is a
        script that runs before those of every address.
        """
        look = Look(browser, watch.home, size, init, tuple(sorted(more.items())))
        viewport = {"width": size[0], "height": size[1]}
        if fresh or not self.waiting[look]:
            told = {"base_url": watch.home, "locale": "zh-CN", "viewport": viewport, **more}
            context = browser.new_context(**told)
            context.set_default_timeout(PATIENCE)
            context.set_default_navigation_timeout(FIRST_VISIT)
            context.tracing.start(screenshots=False, snapshots=False, sources=True)
            context.add_init_script(NEAR + init)
            page = context.new_page()
        else:
            page = self.waiting[look].pop()
            context = page.context
        watch.attach(context)
        context.tracing.start_chunk()
        self.lent[page] = (None if fresh else look, watch)
        return page

    def take_back(self, page: Page) -> None:
        """Take a page back, and let it wait for the next test if it is as it was lent."""
        look, watch = self.lent.pop(page)
        with suppress(Error):
            if look is not None and page not in self.spoiled:
                _put_in_order(page, look)
                page.context.tracing.stop_chunk()
                watch.detach(page.context)
                self.waiting[look].append(page)
                return
        page.context.close()

    def keep_evidence(self, test: str) -> Path | None:
        """Write a screenshot and a trace of every page that is lent; return their folder.

        What is written first holds: a page that is borrowed within a test has gone in the end.
        """
        if test in self.evidence or not self.lent:
            return self.evidence.get(test)
        folder = EVIDENCE / re.sub(r"\W+", "-", test).strip("-")[-120:]
        folder.mkdir(parents=True, exist_ok=True)
        self.evidence[test] = folder
        for number, page in enumerate(self.lent, 1):
            self.spoiled.add(page)
            # A page that is gone or does not answer has nothing to show.
            with suppress(Error):
                page.screenshot(path=folder / f"page-{number}.png")
            with suppress(Error):
                page.context.tracing.stop_chunk(path=folder / f"trace-{number}.zip")
                page.context.tracing.start_chunk()
        return folder


def _put_in_order(page: Page, look: Look) -> None:
    """Undo what a test may have done to a page and its browser context."""
    context = page.context
    for other in context.pages:
        if other is not page:
            other.close()
    page.wait_for_function(AT_REST, timeout=PATIENCE)
    page.unroute_all()
    context.unroute_all()
    context.set_offline(offline=False)
    told = {"color_scheme": "light", "reduced_motion": "no-preference", **dict(look.more)}
    page.emulate_media(
        media="null", color_scheme=told["color_scheme"], reduced_motion=told["reduced_motion"]
    )
    width, height = look.size
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})
    page.mouse.move(0, 0)
    context.clear_permissions()
    context.clear_cookies()
    page.route("**/blank", lambda route: route.fulfill(body=BLANK, content_type="text/html"))
    page.goto("/blank")
    page.unroute_all()
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")


SHELF = Shelf()
