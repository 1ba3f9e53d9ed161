"""The slider of years: what it shows while it is moved is held by the browser already."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driving import PLOT, Desk
from tests.browser.test_repaint import colours

pytestmark = pytest.mark.maplibre
SHARE = "?regions=130828&indicator=gdp_tertiary_share&year=2022"
SIZES = "?regions=130828&indicator=gdp&year=2020"
HELD = """(year) => document.querySelector('#year-shown').textContent === year
  && document.querySelector('#legend .legend-unit').textContent.includes(year)"""
"""Year and legend agree."""


def drag_to(desk: Desk, year: str) -> None:
    """Move the thumb, which is held, to a year."""
    thumb = desk.page.locator("#year [role=slider]")
    low, high = (int(thumb.get_attribute(f"aria-value{end}") or 0) for end in ("min", "max"))
    box = desk.page.locator("#year .mantine-Slider-trackContainer").bounding_box()
    assert box
    share = (int(year) - low) / (high - low)
    desk.page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=4)
    expect(thumb).to_have_attribute("aria-valuenow", year)


def hold(desk: Desk) -> None:
    """Press on the thumb when the years have come."""
    thumb = desk.page.locator("#year [role=slider]")
    with desk.page.expect_response("**/_dash-update-component*"):
        thumb.hover()
    desk.settle()
    desk.page.mouse.down()


def asked_since(desk: Desk, before: int) -> list[str]:
    return [request.url for request in desk.watch.requests[before:]]


def test_no_question_is_asked_while_the_year_is_dragged(desk: Desk) -> None:
    desk.visit(SHARE)
    start = colours(desk)
    hold(desk)
    before = len(desk.watch.requests)
    seen = [start]
    for year in ("2020", "2017", "2014"):
        drag_to(desk, year)
        desk.until(HELD, year)
        assert colours(desk) != seen[-1]
        seen.append(colours(desk))
        desk.has(year="2022")
    assert asked_since(desk, before) == []
    desk.page.mouse.up()
    desk.has(year="2014")
    desk.settle()
    assert desk.page.evaluate(HELD, "2014")
    expect(desk.page.locator("#ranking")).to_contain_text("2014")
    assert colours(desk) == seen[-1]
    desk.visit(SHARE.replace("2022", "2014"))
    assert colours(desk) == seen[-1]


def test_circles_and_colours_follow_and_come_back_where_they_were(desk: Desk) -> None:
    desk.move(SIZES)
    sizes = f"() => JSON.stringify({PLOT}._fullData[1].marker.size)"
    start = desk.page.evaluate(sizes)
    hold(desk)
    before = len(desk.watch.requests)
    drag_to(desk, "2015")
    desk.until(f"(before) => ({sizes})() !== before", start)
    desk.until(HELD, "2015")
    drag_to(desk, "2020")
    desk.until(f"(before) => ({sizes})() === before", start)
    desk.page.mouse.up()
    desk.settle()
    assert asked_since(desk, before) == []
    desk.address(SIZES)
    assert desk.page.evaluate(HELD, "2020")


def test_play_steps_through_the_years_and_asks_nothing_until_it_stops(desk: Desk) -> None:
    desk.visit(SHARE.replace("2022", "2015"))
    button, thumb = desk.page.locator("#play"), desk.page.locator("#year [role=slider]")
    first, last = (thumb.get_attribute(f"aria-value{end}") or "" for end in ("min", "max"))
    button.focus()
    with desk.page.expect_response("**/_dash-update-component*"):
        desk.page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    desk.until(HELD, "2016")
    before, shown = len(desk.watch.requests), colours(desk)
    desk.until(HELD, "2017")
    assert colours(desk) != shown
    assert asked_since(desk, before) == []
    desk.has(year="2015")
    desk.page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    desk.has(year=thumb.get_attribute("aria-valuenow") or "")
    thumb.press("End")
    thumb.press("ArrowLeft")
    desk.has(year=thumb.get_attribute("aria-valuenow") or "")
    desk.settle()
    button.press("Enter")
    desk.has(year=last)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.press("Enter")
    desk.until(HELD, first)
    thumb.press("ArrowRight")
    expect(button).to_have_attribute("aria-pressed", "false")
    desk.has(year=thumb.get_attribute("aria-valuenow") or "")
