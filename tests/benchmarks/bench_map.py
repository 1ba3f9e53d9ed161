"""Measures the map beside plain Dash: `python -m tests.benchmarks.bench_map [--quick] [--visits]`.

Both are served alike (gunicorn, Brotli, loopback) and driven in turn in one Chromium, so that a
busy machine is as busy for either; medians and ratios are printed. "Drawn" is the moment at which
MapLibre is idle with the new colours on it; "work" is what the page's main thread computed (its own
processor time, not the clock's) until all that follows has come to rest.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import TimeoutError, sync_playwright  # noqa: A004 - not Python's

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script: the tests are no package

from geodata.build import cache
from geodata.build.build import build
from tests.benchmarks.traffic import OURS, gunicorn
from tests.browser.conftest import FLAGS, LAPTOP, WEBGL2
from tests.browser.driving import IDLE, SPOT
from tests.browser_setup import Machine, ensure_browser, ensure_font
from tests.conftest import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Browser, CDPSession, Page, Playwright

PLAIN: Final = "tests.benchmarks.plain_app:server"
WATCH: Final = (Path(__file__).parent / "map_watch.js").read_text(encoding="utf-8")
CHANGES: Final[Mapping[str, Sequence[tuple[str, Any]]]] = {
    "another indicator": (("indicator", "gdp_primary_share"), ("indicator", "gdp_secondary_share")),
    "another year": (("year", "2017"), ("year", "2022")),
    "another number of classes": (("k", 4), ("k", 6)),
}
"""What is changed, there and back."""
BEGIN: Final = ("indicator", "gdp_tertiary_share")
COUNTIES: Final = ((116.1, 41.55), (114.9, 38.3), (117.6, 40.9), (115.6, 37.2))
"""Places within counties that are clicked one after the other."""
ACTS: Final = {
    "ours": "dash_clientside.atlas.go({ [name]: `${value}` })",
    "plain": "dash_clientside.set_props(name, { value })",
}
"""How a choice is made in the browser, as a control makes it."""
SETTLED: Final = "() => bench.seen.drawn && performance.now() - bench.seen.drawn > 1500"
PATIENCE: Final = 240_000
"""Milliseconds after which a step is given up, however busy the machine."""


@dataclass
class Driven:
    """A page under measurement and what was measured at it, by row."""

    name: str
    page: Page
    wire: CDPSession
    received: float = 0
    found: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def open(cls, name: str, browser: Browser, home: str) -> Driven:
        """Open a page that has fetched nothing yet."""
        page = browser.new_context(
            base_url=home, viewport={"width": LAPTOP[0], "height": LAPTOP[1]}
        ).new_page()
        page.set_default_timeout(PATIENCE)
        page.add_init_script(WATCH)
        wire = page.context.new_cdp_session(page)
        driven = cls(name, page, wire)
        wire.send("Performance.enable", {"timeDomain": "threadTicks"})
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", driven._receive)
        return driven

    def _receive(self, told: dict[str, Any]) -> None:
        self.received += told["encodedDataLength"]

    def work(self) -> float:
        """Return the milliseconds that the main thread has computed so far."""
        metrics = self.wire.send("Performance.getMetrics")["metrics"]
        return float(next(1000 * m["value"] for m in metrics if m["name"] == "TaskDuration"))

    def note(self, row: str, **values: float) -> None:
        """Keep what was measured of a row."""
        for unit, value in values.items():
            self.found[f"{row}, {unit}"].append(value)

    def rest(self) -> None:
        """Wait until nothing is asked or computed any more."""
        self.page.wait_for_function(IDLE)
        self.page.wait_for_load_state("networkidle")

    def visit(self, query: str = "") -> None:
        """Open the page and measure until its map is drawn and lies still."""
        self.page.goto("/" + query)
        try:
            self.page.wait_for_function(SETTLED)
        except TimeoutError as late:
            late.add_note(
                f"{self.name} does not lie still: {self.page.evaluate('() => bench.seen')}"
            )
            raise
        self.rest()
        seen = self.page.evaluate("() => bench.seen")
        self.note(
            "first visit",
            drawn=seen["drawn"],
            painted=seen["painted"],
            blocked=seen["blocked"],
            views=len(seen["views"]),
            work=self.work(),
            bytes=self.received,
        )

    def change(self, row: str, name: str, value: Any) -> None:  # noqa: ANN401 - a choice
        """Make a choice and measure until the map shows it; without a row, measure nothing."""
        before, received = self.work(), self.received
        drawn = self.page.evaluate(
            f"([name, value]) => bench.recolour(() => {ACTS[self.name]})", [name, value]
        )
        self.rest()
        if row:
            self.note(row, drawn=drawn, work=self.work() - before, bytes=self.received - received)

    def click(self, lon: float, lat: float) -> None:
        """Click a county and measure until it is outlined and the panels speak of it."""
        x, y = self.page.evaluate(SPOT, [lon, lat])
        self.page.mouse.move(x, y)
        self.page.locator("#map .hoverlayer .hovertext").first.wait_for()
        self.page.mouse.click(x, y)
        self.page.wait_for_function("() => bench.seen.outline && bench.seen.panels")
        self.rest()
        seen = self.page.evaluate("() => bench.seen")
        self.note("a click on a county", outline=seen["outline"], panels=seen["panels"])


def first_visits(browser: Browser, homes: Mapping[str, str], times: int) -> dict[str, Driven]:
    """Visit each page anew, in turn; return the last of each with all that was measured."""
    kept: dict[str, Driven] = {}
    for _ in range(times):
        for name, home in homes.items():
            fresh = Driven.open(name, browser, home)
            if name in kept:
                fresh.found = kept[name].found
                kept[name].page.context.close()
            fresh.visit()
            kept[name] = fresh
    return kept


def recolours(pages: Sequence[Driven], times: int) -> None:
    """Make every change there and back, page by page in turn; the first of many only warms."""
    for driven in pages:
        driven.change("", *BEGIN)
    for turn in range(times + 1) if times > 1 else (1,):
        for row, changes in CHANGES.items():
            for change in changes:
                for driven in pages:
                    driven.change(row if turn else "", *change)
        for driven in pages:
            driven.change("", *BEGIN)


def measure(
    playwright: Playwright, homes: Mapping[str, str], times: int, *, visits: bool = False
) -> dict[str, Driven]:
    """Measure all of it in one browser, or first visits alone."""
    machine = Machine()
    path = ensure_browser(machine, playwright.chromium.executable_path)
    ensure_font(machine)
    with playwright.chromium.launch(executable_path=path, args=[*FLAGS, *WEBGL2]) as browser:
        pages = first_visits(browser, homes, times)
        if visits:
            return pages
        recolours(list(pages.values()), times)
        for place in COUNTIES[:times]:
            pages["ours"].click(*place)
    return pages


def table(ours: Mapping[str, Sequence[float]], plain: Mapping[str, Sequence[float]]) -> list[str]:
    """Return the lines of the table: medians of both and the ratio of ours to plain Dash."""
    lines = [f"{'':<44}{'ours':>12}{'plain':>12}{'ratio':>9}"]
    for row, values in ours.items():
        mine = statistics.median(values)
        if not plain.get(row):
            lines.append(f"{row:<44}{mine:>12,.0f}")
            continue
        other = statistics.median(plain[row])
        lines.append(f"{row:<44}{mine:>12,.0f}{other:>12,.0f}{mine / other:>8.2f}×")
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the map against plain Dash.")
    parser.add_argument("--quick", action="store_true", help="each thing once")
    parser.add_argument("--visits", action="store_true", help="first visits alone")
    asked = parser.parse_args(argv)
    times = 1 if asked.quick else 7
    with tempfile.TemporaryDirectory() as name, ExitStack() as servers:
        layers = build(cache.default_folder()).folder.parent
        ports = {
            kind: servers.enter_context(gunicorn(application, Path(name, kind), layers))
            for kind, application in (("ours", OURS), ("plain", PLAIN))
        }
        homes = {kind: f"http://{HOST}:{port}" for kind, port in ports.items()}
        with sync_playwright() as playwright:
            pages = measure(playwright, homes, times, visits=asked.visits)
    print("Milliseconds and bytes, medians")
    print("\n".join(table(pages["ours"].found, pages["plain"].found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
