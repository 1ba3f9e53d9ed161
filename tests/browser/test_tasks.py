"""What a newcomer comes for, done from the first page with a few clicks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from tests.browser.driving import FIRST_VISIT, IDLE
from tests.browser.pages import THERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Download, Locator

    from tests.browser.driving import Desk

MOST_CLICKS: Final = 5
pytestmark = pytest.mark.maplibre


class Newcomer:
    """A reader on the first page, whose clicks are counted."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.clicks = desk, 0
        desk.visit()
        desk.settle()

    def click(self, what: str | Locator) -> None:
        """Press one thing."""
        self.clicks += 1
        (self.desk.page.locator(what) if isinstance(what, str) else what).click()

    def arrive(self, path: str) -> None:
        """Wait until all of a page stands."""
        self.desk.page.wait_for_function(THERE, arg=path, timeout=FIRST_VISIT)
        self.desk.page.wait_for_function(IDLE, timeout=FIRST_VISIT)

    def take(self, what: str | Locator) -> Download:
        """Press what gives a file."""
        with self.desk.page.expect_download() as waiting:
            self.click(what)
        return waiting.value

    def option(self, name: str) -> Locator:
        """Return an entry of the list that is open."""
        return self.desk.page.get_by_role("option", name=name, exact=True)


@pytest.fixture
def newcomer(desk: Desk) -> Iterator[Newcomer]:
    one = Newcomer(desk)
    yield one
    assert one.clicks <= MOST_CLICKS


def test_what_is_langfang_and_who_claims_it(newcomer: Newcomer) -> None:
    page = newcomer.desk.page
    newcomer.click("#page-place")
    newcomer.click("#place")
    page.keyboard.type("廊坊市")
    newcomer.click(newcomer.option("廊坊市"))
    expect(page.locator("#place-head .place-name")).to_have_text("廊坊市")
    expect(page).to_have_title("廊坊市 · 一地一页 · 京津冀产业协同图谱")
    expect(page.locator("#place-roles .planned")).to_contain_text("商贸物流")
    claimed = page.locator("#place-roles .claimed")
    expect(claimed).to_contain_text("天津都市圈")
    expect(claimed).to_contain_text("首都都市圈")
    expect(page.locator("#place-figures")).to_contain_text("546.41万人")
    told = newcomer.take(page.locator(".place-take a").last)
    assert told.suggested_filename.endswith(".pdf")
    assert Path(told.path()).read_bytes().startswith(b"%PDF")


def test_the_counties_of_tianjin_by_manufacturing_as_a_figure_with_names(
    newcomer: Newcomer,
) -> None:
    page = newcomer.desk.page
    newcomer.click(page.locator(".chips label").filter(has_text="天津都市圈"))
    newcomer.desk.has(circle="tianjin")
    newcomer.desk.settle()
    menu = page.locator(".export[data-chart=map]")
    newcomer.click(menu.locator("> summary"))
    menu.locator("[name=kind]").select_option("svg")
    newcomer.clicks += 1  # the choice above
    drawing = Path(newcomer.take(menu.locator(".export-go")).path()).read_text("utf-8")
    assert all(name in drawing for name in ("武清区", "静海区", "制造业区位商"))


def test_how_shijiazhuang_stands_over_the_years(newcomer: Newcomer) -> None:
    page = newcomer.desk.page
    newcomer.click("#page-compare")
    newcomer.arrive("/compare")
    newcomer.click("#system")
    newcomer.click(newcomer.option("河北省"))
    newcomer.desk.has(system="130000")
    course = page.locator("#section-course")
    expect(course.locator(".js-plotly-plot")).to_be_visible()
    expect(course).to_contain_text("石家庄")
    newcomer.click(course.locator(".as-table > summary").first)
    rows = course.locator(".as-table[open] tbody tr")
    expect(rows.first).to_be_visible()
    assert rows.count() > 5


def test_where_computing_power_stands(newcomer: Newcomer) -> None:
    page = newcomer.desk.page
    newcomer.click("#preset-digital")
    power = page.locator("#story-panel .panel-compute")
    expect(power).to_contain_text("PFLOPS")
    expect(power).to_contain_text("智能算力")
    expect(power).to_contain_text("E级")
    newcomer.click(power.locator(".panel-sources > summary").last)
    expect(power.locator(".panel-sources[open] li").first).to_be_visible()


def test_definitions_of_the_circles_side_by_side(newcomer: Newcomer) -> None:
    page = newcomer.desk.page
    newcomer.click("#page-compare")
    newcomer.arrive("/compare")
    newcomer.click(page.locator(".panel-nav a", has_text="圈的范围"))
    table = page.locator(".definitions")
    expect(table).to_be_in_viewport()
    langfang = table.locator("tr", has=page.locator("th", has_text="廊坊市")).locator("td")
    expect(langfang.nth(0)).to_contain_text("天津都市圈")
    expect(langfang.nth(1)).to_contain_text("部分纳入")
    expect(langfang.nth(3)).to_contain_text("环首都13县")
    panel = page.locator("#section-definitions")
    newcomer.click(panel.locator(".export > summary"))
    told = newcomer.take(panel.locator(".export-go"))
    assert told.suggested_filename.endswith((".csv", ".xlsx"))
