"""The search box: in three ways of writing, by the keyboard, and with nothing found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from tests.browser.driving import Desk


def test_a_place_is_found_however_it_is_written_and_the_list_closes(desk: Desk) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.page.route("**/search/names*", hold)
    desk.visit("?regions=130828")
    box, options = desk.page.locator("#search input"), desk.page.locator("#search [role=option]")
    box.fill("langfang")
    expect(desk.page.locator("#search [role=status]")).to_have_text("正在载入名称……")
    held[0].continue_()
    for asked in ("langfang", "廊坊", "lf", "LANG fang"):
        box.click()
        box.fill(asked)
        expect(options.first.locator("b")).to_have_text("廊坊市")
    box.press("Enter")
    desk.has(regions="131000")
    expect(options).to_have_count(0)
    expect(box).to_have_value("")
    desk.settle()
    desk.outlined("131000")


def test_an_indicator_by_the_keyboard_and_what_is_typed_replaces_what_was_there(desk: Desk) -> None:
    desk.move("?regions=131000")
    box, options = desk.page.locator("#search input"), desk.page.locator("#search [role=option]")
    box.fill("tianjin")
    desk.page.locator("#reset").focus()
    box.focus()
    desk.page.keyboard.type("GDP")
    expect(box).to_have_value("GDP")
    expect(options.first).to_contain_text("地区生产总值")
    box.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    box.press("Enter")
    desk.has(indicator="gdp", regions="131000")
    desk.settle()


def test_a_page_is_found_and_nothing_found_is_one_line(desk: Desk) -> None:
    desk.move("?regions=131000")
    box = desk.page.locator("#search input")
    options = desk.page.locator("#search [role=option]")
    for nothing in ("zzzz", "%", "<img src=x onerror=alert(1)>", "廊" * 3000):
        box.fill(nothing)
        expect(desk.page.locator("#search [role=status]")).to_contain_text("没有找到")
        expect(options).to_have_count(0)
    for words, first in (("人均GDP", "人均地区生产总值"), ("Baoding city", "保定市")):
        box.fill(words)
        expect(options.first.locator("b")).to_contain_text(first)
    box.press("Escape")
    expect(desk.page.locator("#search [role=status]")).to_be_empty()
    box.fill("chanyejiju")
    box.press("Enter")
    desk.page.wait_for_url("**/clusters?*")
    desk.settle()
