"""Two maps side by side in either renderer: one view, one label, and what chooses the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.driving import Desk

TWO = "?maps=years&level=city&indicator=gdp_per_capita&year=2020"
SCALES = """() => ["map", "second-chart"].map(
  (id) => insides.layoutOf(insides.plotOf(id))?.geo?.projection.scale)"""
MOVE = "(scale) => Plotly.relayout(insides.plotOf('map'), {'geo.projection.scale': scale})"
MOVE_BACK = MOVE.replace("'map'", "'second-chart'")
VIEWS = """() => ["map", "second-chart"].map((id) => insides.maplibreOf(insides.plotOf(id)))
  .filter((map) => map?.loaded())
  .map((map) => [map.getZoom(), map.getCenter().lng, map.getCenter().lat])"""
ZOOM = "([id, zoom]) => insides.moveByHand(insides.plotOf(id), { zoom })"
HALOS = """() => {
  const map = insides.maplibreOf(insides.plotOf('second-chart'));
  const names = map.getLayersOrder().filter((id) => map.getLayer(id).type === 'symbol');
  return names.map((id) => map.getPaintProperty(id, 'text-halo-width'));
}"""
TOUCH = """() => insides.plotOf('map').emit('plotly_hover', {points: [{location: '120000'}]})"""


def test_two_maps_have_one_view_and_one_label(desk: Desk) -> None:
    desk.visit(TWO)
    expect(desk.page.locator("#second-chart .choroplethlayer path").first).to_be_visible()
    desk.until("() => insides.layoutOf(insides.plotOf('second-chart'))?.geo")
    desk.settle()
    first, second = (desk.page.locator(at).bounding_box() for at in ("#map", "#second-chart"))
    assert first
    assert second
    # One view shows the same of both where they are of one size; the border between is a pixel.
    assert [first[side] - second[side] for side in ("y", "height")] == [0, 0]
    assert abs(first["width"] - second["width"]) <= 2
    desk.page.evaluate(MOVE, 1.7)
    desk.until(f"() => ({SCALES})().every((scale) => scale === 1.7)")
    desk.page.evaluate(MOVE_BACK, 1.2)
    desk.until(f"() => ({SCALES})().every((scale) => scale === 1.2)")
    desk.page.evaluate(TOUCH)
    stroke = "(name) => getComputedStyle(name).stroke"
    name = desk.page.locator("#second-chart .scattergeo text").first
    assert name.evaluate(stroke) == "rgb(255, 255, 255)"
    mark = desk.page.locator("#second-chart .second-mark")
    expect(mark).to_contain_text("天津市")
    expect(mark).to_contain_text("2013")


@pytest.mark.maplibre
def test_two_maps_of_maplibre_have_one_view_and_one_label(desk: Desk) -> None:
    desk.visit(TWO)
    desk.until(f"() => ({VIEWS})().length === 2")
    desk.until(f"() => ({HALOS})().length && ({HALOS})().every((width) => width > 1)")
    desk.page.evaluate(ZOOM, ["map", 7.2])
    desk.until(f"() => ({VIEWS})().every(([zoom]) => Math.abs(zoom - 7.2) < 1e-6)")
    desk.page.evaluate(ZOOM, ["second-chart", 6.4])
    desk.until(f"() => ({VIEWS})().every(([zoom]) => Math.abs(zoom - 6.4) < 1e-6)")
    views = desk.page.evaluate(VIEWS)
    assert views[0] == pytest.approx(views[1], abs=1e-6)
    desk.hover(117.2, 39.3, "天津市")
    expect(desk.page.locator("#second-chart .second-mark")).to_contain_text("天津市")


def test_a_year_is_chosen_and_an_indicator_of_one_year_says_so(desk: Desk) -> None:
    desk.move(TWO)
    desk.page.locator("#then").click()
    desk.page.get_by_role("option", name="2019", exact=True).click()
    desk.has(then="2019")
    expect(desk.page.locator(".panel-second h2")).to_contain_text("2019")
    expect(desk.page.locator("#desk")).to_have_class("desk with-second")
    desk.page.locator("#maps").get_by_text("一幅", exact=True).click()
    desk.has(maps="")
    expect(desk.page.locator("#second")).to_be_empty()
    expect(desk.page.locator("#desk")).to_have_class("desk")
