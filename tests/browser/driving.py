"""Drives the page as a reader would, and waits for what a reader would wait for."""

from __future__ import annotations

import json
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import TimeoutError as TooSlow
from playwright.sync_api import expect

from tests.browser import lending
from tests.browser.lending import SHELF
from tests.browser.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

PATIENCE, FIRST_VISIT, IDLE = lending.PATIENCE, lending.FIRST_VISIT, lending.IDLE
expect.set_options(timeout=PATIENCE)
HAN = re.compile("[\u3400-\u9fff]")
DRAWN = """() => {
  const plot = document.querySelector('#map .js-plotly-plot');
  const { map, geo } = (plot && plot._fullLayout) || {};
  if (geo) return plot.querySelectorAll('.choroplethlayer path').length > 0;
  const inner = map && map._subplot && map._subplot.map;
  return Boolean(inner && inner.loaded() && !inner.isMoving() && plot.dataset.held);
}"""
"""The map has all its geometry, was taken in hand by the page and stands still."""
FRAMES = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""
"""Two frames of the browser: what was begun before them is drawn."""
PLOT = "document.querySelector('#map .js-plotly-plot')"
CORNERS = ((113.5, 39.0), (119.8, 40.0), (117.0, 42.6), (115.0, 36.1))
"""Places at the west, east, north and south of the region."""
SPOT = f"""([lon, lat]) => {{
  const plot = {PLOT}, box = plot.getBoundingClientRect(), {{ map, geo }} = plot._fullLayout;
  const at = map ? map._subplot.map.project([lon, lat]) : geo._subplot.projection([lon, lat]);
  return map ? [box.x + at.x, box.y + at.y] : [box.x + at[0], box.y + at[1]];
}}"""
UNFOLD_PARTS = "() => document.querySelectorAll('.fold').forEach((one) => { one.open = true; })"
SEEN = f"""([x, y]) => {{
  const {{ left, right, top, bottom }} = {PLOT}.getBoundingClientRect();
  return x > left && x < right && y > top && y < bottom;
}}"""
"""Whether a spot of the window is on the map."""


@dataclass(frozen=True)
class Desk:
    """A page of the atlas in one browser, and what is done at it."""

    page: Page
    watch: Watch

    def stands(self) -> bool:
        """Tell whether a page of the atlas has been loaded."""
        return bool(self.page.evaluate("() => 'dash_clientside' in window"))

    def visit(self, query: str = "") -> None:
        """Load an address anew and wait until all is drawn."""
        self.page.goto("/" + query)
        self.settle(FIRST_VISIT)

    def move(self, query: str = "") -> None:
        """Go to an address without loading the page anew, as its own links do, once it stands."""
        if not self.stands():
            self.visit(query)
            return
        self.page.evaluate("search => dash_clientside.set_props('url', { search })", query)
        self.address(query)
        self.settle()

    def settle(self, patience: int = PATIENCE) -> None:
        """Wait until nothing is asked, drawn or moved any more."""
        self.page.wait_for_function(DRAWN, timeout=patience)
        self.page.wait_for_function(IDLE, timeout=patience)
        self.page.wait_for_function(DRAWN, timeout=patience)

    def frames(self) -> None:
        """Let the browser draw what has been begun."""
        self.page.evaluate(FRAMES)

    def until(self, script: str, argument: Any = None) -> None:  # noqa: ANN401 - any JSON
        """Wait until a function of the browser answers true."""
        self.page.wait_for_function(script, arg=argument, timeout=PATIENCE)

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the address."""
        return parameters(self.page.url)

    def address(self, query: str) -> None:
        """Wait until the address holds just these parameters."""
        wanted = parameters(query)
        self.until(
            """(wanted) => {
              const now = Object.fromEntries(new URLSearchParams(location.search));
              const same = (a, b) => Object.keys(a).every((k) => a[k] === b[k]);
              return same(now, wanted) && same(wanted, now);
            }""",
            wanted,
        )

    def has(self, **wanted: str) -> None:
        """Wait until the address holds these parameters ("" for absent), whatever the others."""
        self.until(
            """(wanted) => { const now = new URLSearchParams(location.search);
              return Object.entries(wanted).every(([k, v]) => (now.get(k) || '') === v); }""",
            wanted,
        )

    def drawn_by(self, subplot: str) -> bool:
        """Tell whether the map is drawn by MapLibre ("map") or as vectors ("geo")."""
        return bool(self.page.evaluate(f"kind => kind in {PLOT}._fullLayout", subplot))

    def traces(self, script: str) -> Any:  # noqa: ANN401 - any JSON
        """Return what a function of the list of drawn traces answers."""
        return self.page.evaluate(f"() => ({script})({PLOT}._fullData)")

    def until_traces(self, script: str, argument: Any = None) -> None:  # noqa: ANN401 - any JSON
        """Wait until a function of the drawn traces (and an argument) answers true."""
        self.until(f"(wanted) => Boolean(({script})({PLOT}._fullData, wanted))", argument)

    def outlined(self, *codes: str) -> None:
        """Wait until the regions outlined on the map are these and no others."""
        self.until(
            f"""(wanted) => {{
              const {{ _fullData: traces, _fullLayout: {{ meta }} }} = {PLOT};
              const drawn = [0, 1, 2, 3, 4, 5].map((at) => traces[meta.chosen + at].locations);
              const said = (levels) => JSON.stringify(levels.flat().map(String).sort());
              return said(drawn.slice(0, 3)) === wanted && said(drawn.slice(3)) === wanted;
            }}""",
            json.dumps(sorted(codes), separators=(",", ":")),
        )

    def spot(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place lies in the window, in pixels."""
        x, y = self.page.evaluate(SPOT, [lon, lat])
        return x, y

    def corners_out_of_view(self) -> list[tuple[float, float]]:
        """Bring the whole region into view; return which of its ends lie outside the map."""
        self.page.locator("#reset").click()
        self.settle()
        self.page.evaluate("() => scrollTo(0, 0)")
        box = self.page.locator("#map").bounding_box()
        assert box
        places = {place: self.spot(*place) for place in CORNERS}
        return [
            place
            for place, (x, y) in places.items()
            if not 0 <= x - box["x"] <= box["width"] or not 0 <= y - box["y"] <= box["height"]
        ]

    def hover(self, lon: float, lat: float, expected: str) -> str:
        """Move the mouse to a place until its label speaks of `expected`; return the label.

        It comes from outside in one step: no label of what lies on the way is taken for it. Where
        the map has moved to something else, the whole is looked at first.
        """
        if not self.page.evaluate(SEEN, self.spot(lon, lat)):
            self.page.locator("#reset").click()
            self.settle()
        label = self.page.locator("#map .hoverlayer .hovertext")
        for _ in range(PATIENCE // 1000):
            self.page.mouse.move(0, 0)
            x, y = self.spot(lon, lat)
            self.page.mouse.move(x, y)
            try:
                label.filter(has_text=expected).first.wait_for(timeout=1000)
            except TooSlow:
                continue
            return label.first.text_content() or ""
        shown = label.all_text_contents()
        message = f"no label of {expected!r} at {x:.0f}, {y:.0f}, but {shown}"
        raise AssertionError(message)

    def click_map(self, lon: float, lat: float, expected: str, key: str = "") -> None:
        """Click a place once its label is shown, holding a key where one is named."""
        self.hover(lon, lat, expected)
        if key:
            self.page.keyboard.down(key)
        self.page.mouse.click(*self.spot(lon, lat))
        if key:
            self.page.keyboard.up(key)

    def choose(self, control: str, option: str) -> None:
        """Choose from a drop-down list by its id and the option's exact words."""
        self.page.locator(f"#{control}").click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def press(self, control: str, value: str) -> None:
        """Press one segment of a switch."""
        self.page.locator(f"#{control} input[value='{value}'] + label").click()

    def layer(self, name: str) -> Locator:
        """Return the box that switches a layer."""
        return self.page.locator(f".controls input[type=checkbox][value={name}]")

    def legend_limits(self) -> list[str]:
        """Return the ranges of the legend, the highest first."""
        return self.page.locator("#legend .legend-rows span").all_inner_texts()

    def bar(self, code: str) -> Locator:
        """Return the bar of a region in the ranking."""
        row = self.page.evaluate(
            "code => document.querySelector('#ranking-chart .js-plotly-plot')"
            "._fullData[0].customdata.indexOf(code)",
            code,
        )
        assert row >= 0, f"{code} is not ranked"
        return self.page.locator("#ranking-chart .trace.bars").first.locator(".point").nth(row)

    def unfold(self) -> None:
        """Open the parts of a page that a narrow screen folds."""
        self.page.evaluate(UNFOLD_PARTS)

    def fits(self) -> bool:
        """Tell whether nothing sticks out of the window sideways."""
        wide = "document.scrollingElement.scrollWidth <= innerWidth"
        return bool(self.page.evaluate(wide))


def parameters(address: str) -> dict[str, str]:
    """Return the parameters of an address or query, the first of each name."""
    found = parse_qs(urlsplit(address).query, keep_blank_values=True)
    return {name: values[0] for name, values in found.items()}


@contextmanager
def sit_down(
    browser: Browser,
    home: str,
    size: tuple[int, int],
    *,
    fresh: bool = False,
    init: str = "",
    **more: Any,  # noqa: ANN401 - what a browser context can be told
) -> Iterator[Desk]:
    """Borrow a watched page; in the end it must be clean.

    A `fresh` one is in a browser context that has fetched nothing yet. It is given back before
    pytest tells of a failure: what it shows then is kept at once.
    """
    watch = Watch(home)
    page = SHELF.lend(browser, watch, size, fresh=fresh, init=init, **more)
    try:
        yield Desk(page, watch)
        watch.assert_clean()
    except BaseException:
        test = os.environ.get("PYTEST_CURRENT_TEST", "outside pytest ")
        SHELF.keep_evidence(test.rpartition(" ")[0])
        raise
    finally:
        SHELF.take_back(page)
    watch.assert_clean()
