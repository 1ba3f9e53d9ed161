"""A page that the reader leaves asks for nothing more; the one he goes to brings all of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.losing import BEFORE, UPDATES, at_rest, wired

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

AFTER = "?regions=130828&industry=mining&census=2010&circle=tianjin&level=city"
VIEW = "..view.data...notices.children.."


def test_a_page_that_is_left_asks_for_nothing_of_its_own_any_more(
    browser: Browser, app_url: str
) -> None:
    with wired(browser, app_url) as (desk, _):
        desk.page.set_viewport_size({"width": LAPTOP[0], "height": 4_000})  # all of it is near
        desk.page.goto("/clusters" + BEFORE)
        expect(desk.page.locator(".page-clusters")).to_be_visible()
        at_rest(desk)
        asked: list[str] = []
        held: list[Route] = []

        def hold(route: Route) -> None:
            asked.append(str((route.request.post_data_json or {}).get("output")))
            held.append(route) if asked[-1] == "page.children" else route.continue_()

        desk.page.route(UPDATES, hold)
        desk.page.evaluate(
            "([pathname, search]) => dash_clientside.set_props('url', { pathname, search })",
            ["/methods", AFTER],
        )
        desk.address(AFTER)
        desk.until("() => !store.getState().callbacks.requested.length")
        assert held, "the other page is asked for"
        held.pop().continue_()
        expect(desk.page.locator(".page-methods article h2").first).to_be_visible()
        at_rest(desk)
        assert set(asked) == {"page.children", VIEW}
