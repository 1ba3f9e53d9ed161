"""The export menu: a reader chooses and gets a file, from the server or from the own browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect

from dashboard.pages.callbacks import PAGES
from dashboard.print.svg_rules import breaches
from dashboard.view import View
from geodata.ids import DEFAULT_SCHEME
from tests.browser.pages import walked_to
from tests.browser.test_other_programs import NEAR, second
from tests.likeness import apart, is_plain

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.browser.conftest import OpenPage
    from tests.browser.driving import Desk
    from tests.browser.watch import Watch

MENU = ".export[data-chart=map]"


def opened(open_page: OpenPage) -> Page:
    page = open_page()
    page.goto("/?regions=110112")
    page.locator(f"{MENU} > summary").click()
    return page


def test_every_field_shows_where_it_is_and_a_chosen_file_is_downloaded(open_page: OpenPage) -> None:
    page = opened(open_page)
    fields = page.locator(f"{MENU} .export-menu").locator("select, input:not([type=checkbox])")
    edges = fields.evaluate_all("(all) => all.map((f) => getComputedStyle(f).borderTopWidth)")
    assert (len(edges), set(edges)) == (6, {"1px"})
    menu = page.locator(MENU)
    menu.locator("[name=kind]").select_option("csv")
    menu.locator("[name=words]").select_option("en")
    with page.expect_download() as waiting:
        menu.locator(".export-go").click()
    assert (
        waiting.value.suggested_filename
        == "LQ-Manufacturing_Beijing-Tianjin-Hebei_Tongzhou_2020.csv"
    )
    assert Path(waiting.value.path()).read_bytes().startswith(b"\xef\xbb\xbfid,name_zh")


def test_without_a_chrome_on_the_server_the_own_browser_draws(
    open_page: OpenPage, watch: Watch
) -> None:
    page = opened(open_page)
    menu = page.locator(MENU)

    page.route("**/export/explore/map.png*", lambda route: route.fulfill(status=501))
    menu.locator("[name=dpi]").select_option("96")
    with page.expect_download() as waiting:
        menu.locator(".export-go").click()
    assert waiting.value.suggested_filename == "LQ制造业_京津冀_通州区_2020.png"
    with Image.open(waiting.value.path()) as drawn:
        assert abs(drawn.width - 170 / 25.4 * 96) <= 2
    expect(menu.locator("[role=status]")).to_contain_text("没有 Chrome")
    # The console names every answer that is no success; this one is meant to be none, once.
    assert ["501" in one for one in watch.complaints] == [True]
    watch.complaints.clear()


def test_the_svg_of_the_own_browser_is_finished_as_the_servers_own(
    open_page: OpenPage, watch: Watch
) -> None:
    """In grey, where circles are dashed and what has no data is hatched."""
    page = open_page()
    page.goto("/?lang=en")
    menu = page.locator(MENU)
    menu.locator("> summary").click()
    menu.locator("[name=kind]").select_option("svg")
    menu.locator("[name=palette]").select_option("grey")
    address = "/export/explore/map.svg?lang=en&palette=grey"
    servers = page.request.get(address).body().decode()

    def lacking(route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(status=501)
        else:
            route.continue_()

    page.route("**/export/explore/map.svg*", lacking)
    with page.expect_download() as waiting:
        menu.locator(".export-go").click()
    own = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert waiting.value.suggested_filename.endswith(".svg")
    assert breaches(own) == []
    drawn = [second(one, 640) for one in (servers, own)]
    assert not is_plain(drawn[1])
    assert apart(*drawn) < NEAR
    dashes = [one.count("stroke-dasharray") for one in (servers, own)]
    assert dashes[0] == dashes[1] > 0
    expect(menu.locator("[role=status]")).to_contain_text("finished the SVG")
    assert ["501" in one for one in watch.complaints] == [True]
    watch.complaints.clear()


def test_of_two_figures_under_one_heading_the_reader_chooses(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/compare")
    menu = page.locator(".export[data-chart=theil]")
    menu.locator("> summary").click()
    menu.locator("[name=kind]").select_option("csv")
    menu.locator("[name=chart]").select_option("theil-circle")
    with page.expect_download() as waiting:
        menu.locator(".export-go").click()
    assert "按都市圈分组" in waiting.value.suggested_filename
    assert "石家庄都市圈" in Path(waiting.value.path()).read_text(encoding="utf-8-sig")


def test_a_menu_stands_beside_every_chart_and_table_that_has_one(desk: Desk) -> None:
    # Of the tables of linkages, that of the nearest places asks for one first.
    for path, lacking in (("/", 0), ("/clusters", 0), ("/linkages", 1), ("/compare", 0)):
        there = [
            section
            for section in PAGES[path].sections
            if section.when(View(DEFAULT_SCHEME, "", ""))
        ]
        blocks = [one for section in there for one in (*section.panels, *section.tables)]
        number = len(blocks) + bool(PAGES[path].drawn) - lacking
        walked_to(desk, path)
        expect(desk.page.locator(".export")).to_have_count(number)
