"""News of the map that come late: the reader has gone on to a page with another map, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.driving import FIRST_VISIT, FRAMES, IDLE, PATIENCE, PLOT
from tests.browser.pages import THERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Request, Route

    from tests.browser.driving import Desk

UPDATES = "**/_dash-update-component*"
pytestmark = pytest.mark.maplibre
NEWS = ("redrawn", "recoloured", "outlined", "described")
OF_THE_MAP = f"""() => JSON.stringify({{
  traces: {PLOT}.data.map((t) => [t.hovertemplate, t.locations, t.z]),
  legend: document.querySelector('#legend').textContent,
}})"""


class Post:
    """Holds back what the server is asked of the map, until it is released."""

    def __init__(self) -> None:
        self.held: list[Route] = []
        self.open = False

    def take(self, route: Route) -> None:
        if self.open or self.output(route).partition(".")[0] not in NEWS:
            route.continue_()
        else:
            self.held.append(route)

    def release(self) -> None:
        self.open = True
        while self.held:
            self.held.pop(0).continue_()

    @staticmethod
    def output(route: Route) -> str:
        return str((route.request.post_data_json or {}).get("output"))


@pytest.fixture
def post(desk: Desk) -> Iterator[Post]:
    post = Post()
    desk.page.route(UPDATES, post.take)
    yield post
    post.release()
    desk.page.unroute(UPDATES)


def ask_for_another_map(desk: Desk, post: Post) -> None:
    desk.page.goto("/?regions=130828")
    desk.settle(FIRST_VISIT)
    search = "?regions=110112&indicator=gdp&level=city"
    desk.page.evaluate("search => dash_clientside.set_props('url', { search })", search)
    desk.address(search)
    for _ in range(PATIENCE // 10):
        if len(post.held) == len(NEWS):
            break
        desk.frames()
    assert {post.output(route) for route in post.held} == {f"{name}.data" for name in NEWS}


def test_late_news_of_one_map_are_not_painted_on_another(desk: Desk, post: Post) -> None:
    ask_for_another_map(desk, post)
    desk.page.locator("#page-clusters").click()
    desk.page.locator(".page-clusters #legend").wait_for()
    # Fitting the map to its box waits for the news, as Dash orders what follows from what.
    desk.page.wait_for_function(f"() => {PLOT}?._fullLayout?.map?._subplot?.map?.loaded()")
    before = desk.page.evaluate(OF_THE_MAP)
    post.release()
    desk.settle(FIRST_VISIT)
    assert desk.page.evaluate(OF_THE_MAP) == before


def test_late_news_find_no_map_and_say_nothing(desk: Desk, post: Post) -> None:
    ask_for_another_map(desk, post)
    desk.page.locator("#page-methods").click()
    desk.page.locator(".page-methods article h2").first.wait_for()
    post.release()
    desk.page.wait_for_function(IDLE)
    desk.frames()
    desk.watch.assert_clean()


def test_news_that_come_in_time_are_painted(desk: Desk, post: Post) -> None:
    ask_for_another_map(desk, post)
    before = desk.page.locator("#legend").inner_text()
    post.release()
    desk.settle()
    desk.outlined("110112")
    assert "地区生产总值" in desk.page.locator("#legend").inner_text()
    assert desk.page.locator("#legend").inner_text() != before


CLEARED_WHILE_IT_DRAWS = f"""async () => {{
  const plot = {PLOT}, subplot = plot._fullLayout.map._subplot;
  const update = Object.getPrototypeOf(subplot).updateMap;
  const cleared = new Promise((done) => {{
    subplot.updateMap = function (...told) {{
      queueMicrotask(() => done(Plotly.purge(plot)));
      update.apply(this, told); // which puts off the drawing until just after that
    }};
  }});
  document.querySelector(".map-frame").style.width = "80%";
  await cleared;
  await ({FRAMES})();
}}"""


def test_a_map_cleared_away_while_it_draws_says_nothing(desk: Desk) -> None:
    desk.visit("?regions=130828")
    desk.page.evaluate(CLEARED_WHILE_IT_DRAWS)
    desk.watch.assert_clean()


def test_leaving_the_first_page_asks_nothing_of_it_anew(desk: Desk) -> None:
    desk.visit()
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.extend(outputs(request)))
    desk.page.locator("#page-compare").click()
    desk.page.wait_for_function(THERE, arg="/compare", timeout=FIRST_VISIT)
    desk.page.wait_for_function(IDLE, timeout=FIRST_VISIT)
    assert "page.children" in asked
    assert not {f"{name}.data" for name in NEWS} & {*asked}
    assert "selection-panel.children" not in asked
    assert desk.parameters() == {}


def outputs(request: Request) -> list[str]:
    """Return what is asked of the server, where anything is."""
    asked = request.post_data_json if request.method == "POST" else None
    return [asked["output"]] if asked else []
