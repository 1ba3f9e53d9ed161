"""What got lost on its way is asked again; what is shown agrees with the address, or says why not.

Each question that a page puts is failed in turn: once, so that the page mends it by itself, then
for good, until the reader tries again. What he then sees has to be what a page shows to which
nothing happened.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.losing import BEFORE, UPDATES, at_rest, go, of_a_loss, signs, walk, wired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Route

    from tests.browser.driving import Desk
    from tests.browser.losing import Wire

AFTER = {
    "/": "?regions=130828&indicator=gdp&level=city&circle=tianjin&census=2010&benchmark=nation",
    "/clusters": "?regions=130828&industry=mining&census=2010&circle=tianjin&level=city",
    "/linkages": "?regions=130828&mass=population&among=county&likeness=cosine&circle=tianjin",
    "/compare": "?regions=110000&indicator=population_census&family=published&weighting=gdp"
    "&system=120000&size=gdp&circle=tianjin",
    "/data": "?regions=130828&indicator=gdp&level=city&circle=tianjin",
    "/findings": "?claim=parks",
    "/place": "?regions=131000",
    "/methods": "?lang=en",
}
"""An address of each page at which every part of it is another than at `BEFORE`."""
VIEW = "..view.data...notices.children.."
SELDOM = ("/clusters", "/compare", "/linkages", "/findings", "/place", "/methods")
"""Pages that ask few questions, or such as others do; they are walked by hand (`-m soak`)."""


@pytest.fixture(scope="module")
def both(browser: Browser, app_url: str) -> Iterator[tuple[Desk, Wire]]:
    with wired(browser, app_url) as both:
        yield both


@pytest.fixture
def line(both: tuple[Desk, Wire]) -> Iterator[tuple[Desk, Wire]]:
    """Give a wire that loses nothing yet, to a page that may stand where a test left it."""
    desk, wire = both
    desk.page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    yield both
    desk.page.unroute_all()
    wire.taken_up()
    desk.watch.complaints[:] = [one for one in desk.watch.complaints if not of_a_loss(one)]
    desk.watch.assert_clean()


def open_clusters(desk: Desk) -> None:
    """Have the Clusters page at `BEFORE`, and wait until nothing is asked any more."""
    if (
        desk.page.locator(".page-clusters").count()
        and not desk.page.locator("[data-asking]").count()
    ):
        go(desk, BEFORE)
    else:
        desk.page.goto("/clusters" + BEFORE)
    expect(desk.page.locator(".page-clusters")).to_be_visible()
    at_rest(desk)


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.soak] if path in SELDOM else []) for path in AFTER],
)
def test_whatever_gets_lost_is_asked_again_and_the_page_agrees_with_its_address(
    line: tuple[Desk, Wire], path: str
) -> None:
    walk(*line, path, AFTER[path])


def test_a_first_answer_that_is_lost_does_not_leave_the_page_loading(
    line: tuple[Desk, Wire],
) -> None:
    desk, wire = line
    wire.lose("page.children", 1_000)
    desk.page.goto("/data?lang=en")
    expect(signs(desk)).to_contain_text("This part did not load.")
    wire.lose("", 0)
    signs(desk).get_by_role("button", name="Try again").click()
    expect(desk.page.locator(".ag-cell").first).to_be_visible()
    at_rest(desk)
    expect(signs(desk)).to_have_count(0)


def test_what_is_done_before_the_first_answer_about_the_view_counts(
    line: tuple[Desk, Wire],
) -> None:
    desk, _ = line
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        asked = str((route.request.post_data_json or {}).get("output"))
        waiting.append(route) if asked == VIEW else route.continue_()

    desk.page.route(UPDATES, hold)
    desk.page.goto("/data?lang=en")
    desk.press("level", "city")
    desk.has(level="city")
    assert waiting, "the view was answered already"
    while waiting:
        waiting.pop().continue_()
    desk.page.unroute(UPDATES, hold)
    at_rest(desk)
    desk.has(level="city")
    expect(desk.page.locator("#level input[value='city']")).to_be_checked()


def test_a_page_that_did_not_come_is_of_the_address_that_there_is_by_then(
    line: tuple[Desk, Wire],
) -> None:
    desk, wire = line
    desk.page.goto("/methods")
    expect(desk.page.locator(".page-methods")).to_be_visible()
    wire.lose("page.children", 1_000)
    desk.page.locator("#page-clusters").click()
    expect(signs(desk)).to_have_count(1)
    expect(desk.page.locator(".page-methods article").first).to_be_hidden()
    go(desk, "?industry=mining")
    wire.lose("", 0)
    signs(desk).get_by_role("button").click()
    expect(desk.page.locator("#legend .legend-name")).to_contain_text("采矿业")


def test_an_answer_that_is_no_longer_wanted_is_no_failure(line: tuple[Desk, Wire]) -> None:
    desk, wire = line
    open_clusters(desk)
    wire.lose("all", 1_000)
    go(desk, "?industry=mining")
    expect(signs(desk).first).to_be_visible()
    wire.lose("", 0)
    desk.page.locator("#page-methods").click()
    expect(desk.page.locator(".page-methods article h2").first).to_be_visible()
    at_rest(desk)
    expect(desk.page.locator("[data-asking]")).to_have_count(0)


def test_the_line_is_back_and_what_failed_is_asked_by_itself(line: tuple[Desk, Wire]) -> None:
    desk, _ = line
    open_clusters(desk)
    desk.page.unroute_all()
    desk.page.context.set_offline(True)
    go(desk, "?industry=mining")
    expect(signs(desk).first).to_contain_text("网络已断开")
    desk.page.context.set_offline(False)
    expect(desk.page.locator("#legend .legend-name")).to_contain_text("采矿业")
    at_rest(desk)
    expect(signs(desk)).to_have_count(0)


def test_what_takes_longer_than_a_moment_says_so_where_it_is_awaited(
    browser: Browser, app_url: str
) -> None:
    with wired(browser, app_url, "window.pace = { ...window.pace, sign: 50 };") as (desk, _):
        open_clusters(desk)
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        desk.page.unroute_all()
        desk.page.route(UPDATES, hold)
        go(desk, "?regions=130828")
        expect(desk.page.locator("#clusters-selection > .asking")).to_have_text("正在更新……")
        expect(desk.page.locator("#clusters-selection")).to_have_attribute("aria-busy", "true")
        while held:
            held.pop().continue_()
        desk.page.unroute_all()
        at_rest(desk)
        expect(desk.page.locator("[data-asking]")).to_have_count(0)


def test_a_server_that_is_busy_is_asked_again_when_it_says(line: tuple[Desk, Wire]) -> None:
    desk, _ = line
    open_clusters(desk)
    moments = desk.page.evaluate("""async () => {
      const moments = [];
      const soon = new Date(Date.now() + 3000).toUTCString();
      const answers = [["429", "1"], ["503", soon], ["200", ""]];
      const last = await asking.persist(async () => {
        const [status, after] = answers[moments.length];
        moments.push(Date.now());
        const headers = after ? { "Retry-After": after } : {};
        return new Response("", { status: +status, headers });
      });
      return [last.status, ...moments];
    }""")
    status, first, second, third = moments
    assert status == 200
    assert second - first >= 1_000
    assert third - first >= 2_000 - 50


def test_a_callback_that_is_refused_as_one_too_many_is_asked_again_when_it_may(
    line: tuple[Desk, Wire],
) -> None:
    desk, _ = line
    open_clusters(desk)
    refused: list[str] = []

    def refuse(route: Route) -> None:
        asked = str((route.request.post_data_json or {}).get("output"))
        if asked in refused:
            route.continue_()
        else:
            refused.append(asked)
            route.fulfill(status=429, body="", headers={"Retry-After": "2"})

    desk.page.unroute_all()
    desk.page.route(UPDATES, refuse)
    began = desk.page.evaluate("Date.now()")
    go(desk, "?industry=mining")
    expect(desk.page.locator("#legend .legend-name")).to_contain_text("采矿业")
    assert desk.page.evaluate("Date.now()") - began >= 2_000
    at_rest(desk)
    assert "redrawn.data" in refused or "recoloured.data" in refused
    expect(desk.page.locator("[data-asking]")).to_have_count(0)


def test_who_has_to_wait_too_long_is_told_at_once(line: tuple[Desk, Wire]) -> None:
    desk, _ = line
    open_clusters(desk)
    desk.page.unroute_all()
    desk.page.route(
        UPDATES, lambda route: route.fulfill(status=429, headers={"Retry-After": "3600"})
    )
    go(desk, "?industry=mining")
    expect(signs(desk).first).to_contain_text("这部分没有加载成功。")
    expect(desk.page.locator("#legend .legend-name")).to_be_hidden()
    desk.page.unroute_all()
    signs(desk).first.get_by_role("button").click()
    expect(desk.page.locator("#legend .legend-name")).to_contain_text("采矿业")


@pytest.mark.parametrize(
    ("status", "body"), [(200, "<h1>Log in</h1>"), (200, '{"multi": tr'), (500, "")]
)
def test_an_answer_that_is_none_is_a_lost_one(
    line: tuple[Desk, Wire], status: int, body: str
) -> None:
    desk, _ = line
    open_clusters(desk)
    desk.page.unroute_all()
    desk.page.route(
        UPDATES,
        lambda route: route.fulfill(status=status, body=body, headers={"X-Request-Id": "1a2b3c4d"}),
    )
    go(desk, "?industry=mining")
    expect(signs(desk).first).to_contain_text("这部分没有加载成功。")
    if status == 500:
        expect(signs(desk).first).to_contain_text("1a2b3c4d")
    desk.page.unroute_all()
    signs(desk).first.get_by_role("button").click()
    expect(desk.page.locator("#legend .legend-name")).to_contain_text("采矿业")


def test_a_page_older_than_the_server_offers_to_be_loaded_anew(line: tuple[Desk, Wire]) -> None:
    desk, wire = line
    open_clusters(desk)
    wire.lose("all", 1_000, 400)
    go(desk, "?industry=mining")
    expect(signs(desk).first).to_contain_text("重新载入")
    assert wire.asked.count("redrawn.data") == 1, "what is refused is not asked again"
    wire.lose("", 0)
    signs(desk).first.get_by_role("button", name="重新载入").click()
    expect(desk.page.locator("#legend .legend-name")).to_contain_text("采矿业")


OUTSIDE = {
    "layout": ("**/_dash-layout", "/methods", ".page-methods article h2"),
    "boundaries": ("**/geo/county-overview*", "/", "#map .choroplethlayer path"),
    "grid": ("**/dash_ag_grid.*", "/data", ".ag-cell"),
}


@pytest.mark.parametrize("name", list(OUTSIDE))
def test_what_the_page_itself_is_made_of_is_asked_again(line: tuple[Desk, Wire], name: str) -> None:
    desk, _ = line
    pattern, path, there = OUTSIDE[name]
    desk.page.route(pattern, lambda route: route.fulfill(status=502, body="lost"))
    desk.page.goto(path)
    expect(signs(desk)).to_have_count(1)
    desk.page.unroute(pattern)
    signs(desk).get_by_role("button").click()
    expect(desk.page.locator(there).first).to_be_attached()
    expect(desk.page.locator("[data-asking]")).to_have_count(0)


@pytest.mark.parametrize(
    ("script", "path", "there"),
    [
        ("**/assets/page.css*", "/methods", ".page-methods article h2"),
        ("**/dash_ag_grid/async-*", "/data", ".ag-cell"),
    ],
)
def test_a_sheet_or_script_that_does_not_come_is_said_at_the_top(
    line: tuple[Desk, Wire], script: str, path: str, there: str
) -> None:
    desk, _ = line
    desk.page.route(script, lambda route: route.abort())
    desk.page.goto(path)
    strip = desk.page.locator("#asking-strip")
    expect(strip).to_contain_text("这部分没有加载成功。")
    said, top = strip.bounding_box(), desk.page.locator(".top").bounding_box()
    assert said
    assert top
    assert said["y"] + said["height"] <= top["y"], "it lies over nothing that can be pressed"
    desk.page.unroute(script)
    strip.get_by_role("button", name="重新载入").click()
    expect(desk.page.locator(there).first).to_be_visible()
    expect(strip).to_have_count(0)


def test_table_citation_and_drawer_say_that_they_failed_and_try_again(
    line: tuple[Desk, Wire],
) -> None:
    desk, wire = line
    page = desk.page
    page.goto("/compare?regions=110000,130100")
    expect(page.locator("#slope-chart .js-plotly-plot")).to_be_visible()
    page.route("**/rows/**", lambda route: route.abort())
    fold = page.locator(".as-table[data-of='slope-chart']")
    fold.locator("summary").click()
    expect(signs(desk)).to_have_count(1)
    page.unroute("**/rows/**")
    fold.get_by_role("button", name="再试一次").click()
    expect(fold.locator("tbody tr").first).to_be_visible()

    page.route("**/cite/**", lambda route: route.abort())
    menu = page.locator(".panel-keys .export")
    menu.locator("> summary").click()
    cite = menu.locator(".cite")
    cite.locator("summary").click()
    expect(signs(desk)).to_have_count(1)
    page.unroute("**/cite/**")
    cite.get_by_role("button", name="再试一次").click()
    expect(cite.locator("textarea")).to_have_count(4)
    menu.locator("> summary").click()

    wire.lose("origin-card.children", 1_000)
    page.locator("#compare-places button.origin").first.click()
    drawer = page.locator("#origin")
    expect(drawer.locator(".asking")).to_contain_text("这部分没有加载成功。")
    drawer.get_by_role("button", name="关闭").click()
    expect(drawer).to_be_hidden()
    page.locator("#compare-places button.origin").first.click()
    expect(drawer).to_be_visible()
    wire.lose("", 0)
    drawer.get_by_role("button", name="再试一次").click()
    expect(drawer.locator(".origin-value")).to_be_visible()


def test_a_proxy_s_page_is_not_shown_where_a_file_failed(line: tuple[Desk, Wire]) -> None:
    desk, _ = line
    page = desk.page
    page.goto("/compare?regions=110000,130100")
    expect(page.locator("#slope-chart .js-plotly-plot")).to_be_visible()
    tries: list[str] = []

    def lose(route: Route) -> None:
        tries.append(route.request.url)
        route.fulfill(status=502, body="<h1>502</h1>", content_type="text/html")

    page.route("**/export/**", lose)
    menu = page.locator("#section-gap .export").last
    menu.locator("> summary").click()
    menu.locator(".export-go").click()
    expect(menu.locator("[role=status]")).to_contain_text("未能取得文件")
    assert len(tries) == 3
    assert json.dumps(tries).count("/export/compare/") == 3
