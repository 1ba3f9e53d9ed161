"""A wire between page and server that loses answers, and what a reader then looks for."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as TooSlow
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.driving import IDLE, PATIENCE, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, Route

    from tests.browser.driving import Desk

UPDATES = "**/_dash-update-component*"
QUICK = "window.pace = { ...window.pace, waits: [1, 1], sign: 60000 };"
"""Asked again at once, so that a test need not wait; long waits have a test of their own."""
LOST = ("Failed to load resource", "ChunkLoadError")
"""What the browser, and a library of its part, says of an answer that is none, or lost."""
PLOTTED = """() => [...document.querySelectorAll('.dash-graph')]
  .every((graph) => graph.querySelector('.main-svg'))
  && (!document.querySelector('.page-data') || document.querySelector('.ag-cell'))"""
"""Every graph on the page has been drawn, and the grid."""


BEFORE = "?regions=110112"
"""Where a page is before it is sent elsewhere."""
SHOWN = """() => {
  const said = (at) => [...document.querySelectorAll(at)].map((one) => one.innerText);
  const values = [...document.querySelectorAll('.side input')].map((one) => one.value);
  const traces = ({ data }) => data.map((t) => [t.type, t.locations, t.z, t.x, t.y, t.text]);
  const plots = [...document.querySelectorAll('.js-plotly-plot')];
  return JSON.stringify([said('.page'), values, plots.map(traces)]);
}"""
"""All that a reader is shown: words, controls, and the data of every figure."""


@dataclass
class Wire:
    """Stands between page and server: answers in its stead what is to get lost.

    `failing` is what is asked for, "all" or "each"; of these (of each of them), the next `times`
    get lost. It is laid when the first is to get lost: a page whose questions are looked through
    keeps nothing that it fetched.
    """

    page: Page
    laid: bool = False
    failing: str = ""
    times: int = 0
    status: int = 502
    asked: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def take(self, route: Route) -> None:
        """Let a question pass, or answer that the server is away."""
        output = str((route.request.post_data_json or {}).get("output"))
        self.asked.append(output)
        of = self.lost.count(output) if self.failing == "each" else len(self.lost)
        if self.failing in {output, "all", "each"} and of < self.times:
            self.lost.append(output)
            route.fulfill(status=self.status, body="<h1>Bad gateway</h1>")
        else:
            route.continue_()

    def lose(self, output: str, times: int, status: int = 502) -> None:
        """Lose answers from now on; with "" none."""
        if not self.laid:
            self.page.route(UPDATES, self.take)
            self.laid = True
        self.failing, self.times, self.status = output, times, status
        self.lost.clear()

    def taken_up(self) -> None:
        """Know that the page puts its questions by no wire any more."""
        self.laid, self.failing = False, ""
        self.asked.clear()


def of_a_loss(complaint: str) -> bool:
    """Tell whether the browser complains of what got lost, and of nothing else."""
    return any(words in complaint for words in LOST)


@contextmanager
def wired(browser: Browser, home: str, init: str = QUICK) -> Iterator[tuple[Desk, Wire]]:
    """Sit down at a page whose questions go over a wire that may lose them."""
    with sit_down(browser, home, LAPTOP, init=init) as desk:
        yield desk, Wire(desk.page)
        desk.page.unroute_all()
        desk.watch.complaints[:] = [one for one in desk.watch.complaints if not of_a_loss(one)]


def signs(desk: Desk) -> Locator:
    """Return the lines that say that something failed."""
    return desk.page.locator("[data-asking='failed'] > .asking")


def at_rest(desk: Desk) -> None:
    """Wait until nothing is asked any more and all is drawn."""
    desk.page.wait_for_function(IDLE, timeout=PATIENCE)
    desk.page.wait_for_function(PLOTTED, timeout=PATIENCE)
    desk.frames()
    desk.page.wait_for_function(IDLE, timeout=PATIENCE)


def go(desk: Desk, search: str) -> None:
    """Change the address and wait until it has changed."""
    desk.page.evaluate("search => dash_clientside.set_props('url', { search })", search)
    desk.address(search)


def shown(desk: Desk) -> str:
    """Return all that a reader is shown once nothing is asked any more."""
    at_rest(desk)
    expect(desk.page.locator("[data-asking]")).to_have_count(0)
    return str(desk.page.evaluate(SHOWN))


def agrees(desk: Desk, wanted: str, after: str) -> None:
    """Wait until all that is shown is as wanted, after what has been done."""
    at_rest(desk)
    with suppress(TooSlow):
        desk.until(f"(wanted) => ({SHOWN})() === wanted", wanted)
    assert shown(desk) == wanted, after


def walk(desk: Desk, wire: Wire, path: str, there: str) -> None:
    """Lose each answer of a page once, then each for good, and try again.

    What a reader then sees has to be what a page shows to which nothing happened; at the address
    `there` every part of it is another than at `BEFORE`.
    """
    desk.page.set_viewport_size({"width": 1000, "height": 500})  # half the pixels to draw anew
    desk.page.goto(path + BEFORE)
    expect(desk.page.locator(f".page[data-path='{path}']")).to_be_visible()
    desk.unfold()
    go(desk, there)
    after = shown(desk)
    go(desk, BEFORE)
    before = shown(desk)
    wire.asked.clear()
    wire.lose("each", 1)
    go(desk, there)
    assert before != after
    agrees(desk, after, "each is lost once")
    questions = sorted(set(wire.asked))
    assert questions
    assert {question: wire.asked.count(question) for question in questions} == dict.fromkeys(
        questions, 2
    )
    for turn, question in enumerate(questions):
        search, wanted = ((BEFORE, before), (there, after))[turn % 2]
        wire.asked.clear()
        wire.lose(question, 3)
        go(desk, search)
        expect(signs(desk), question).to_have_count(1)
        assert wire.asked.count(question) == 3
        hidden = desk.page.locator("[data-asking='failed'] > :not(.asking)").first
        if hidden.count():
            expect(hidden).to_be_hidden()
        signs(desk).get_by_role("button").click()
        agrees(desk, wanted, question)
