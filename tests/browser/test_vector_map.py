"""A machine without WebGL2 draws the map as vectors, by itself, and all works there too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.driving import PLOT, Desk, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from geodata.atlas import Atlas

ONE = "?regions=130828"
SCALE = f"{PLOT}._fullLayout.geo.projection.scale"


@pytest.fixture(scope="module")
def vector_desk(browser: Browser, app_url: str) -> Iterator[Desk]:
    with sit_down(browser, app_url, LAPTOP) as desk:
        yield desk


def test_the_areas_are_paths(vector_desk: Desk) -> None:
    desk = vector_desk
    desk.move(ONE)
    kinds = set(desk.traces("(traces) => traces.map((t) => t.type)"))
    assert kinds == {"choropleth", "scattergeo"}
    assert desk.page.locator("#map canvas.maplibregl-canvas").count() == 0
    areas = desk.page.locator("#map .choroplethlayer .trace").first.locator("path")
    expect(areas).to_have_count(199)
    colours = set(areas.evaluate_all("all => all.map((p) => getComputedStyle(p).fill)"))
    assert len(colours) >= 5
    expect(desk.page.locator("#legend .legend-rows li")).to_have_count(5)


def test_a_click_selects_and_deselects(vector_desk: Desk, atlas: Atlas) -> None:
    desk = vector_desk
    desk.move(ONE)
    place = atlas.place("130826")
    assert place.lon is not None
    assert place.lat is not None
    desk.click_map(place.lon, place.lat, place.label["zh"])
    desk.address("?regions=130826")
    desk.outlined("130826")
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text(place.name["zh"])
    desk.click_map(place.lon, place.lat, place.label["zh"], key="Shift")
    desk.has(regions="")
    desk.outlined()


def test_colour_level_and_layers_change(vector_desk: Desk) -> None:
    desk = vector_desk
    desk.move(ONE)
    before = desk.traces("([t]) => t.z.join()")
    desk.move(ONE + "&indicator=gdp")
    desk.until_traces("([t], before) => t.z.join() !== before", before)
    desk.press("level", "city")
    desk.until_traces("([t]) => t.type === 'choropleth' && t.locations.length === 14")
    desk.layer("clusters").click()
    desk.until_traces("(traces) => traces.some((t) => t.marker && t.marker.color === '#cc22aa')")
    desk.outlined("130828")


def test_the_buttons_zoom(vector_desk: Desk) -> None:
    desk = vector_desk
    desk.move(ONE)
    desk.page.locator("#reset").click()
    desk.until(f"() => {SCALE} === 1")
    desk.page.locator("#zoom-in").click()
    desk.until(f"() => {SCALE} === 1.5")
    desk.page.locator("#zoom-out").click()
    desk.until(f"() => {SCALE} === 1")


def test_a_redraw_keeps_the_view_until_the_focus_changes(vector_desk: Desk) -> None:
    desk = vector_desk
    desk.move(ONE)
    desk.page.locator("#reset").click()
    desk.page.locator("#zoom-in").click()
    desk.until(f"() => {SCALE} === 1.5")
    desk.press("level", "city")
    desk.until_traces("([t]) => t.locations.length === 14")
    desk.until(f"() => {SCALE} === 1.5")
    desk.layer("clusters").click()
    desk.until_traces("(traces) => traces.some((t) => t.marker && t.marker.color === '#cc22aa')")
    desk.until(f"() => {SCALE} === 1.5")
    desk.settle()
    assert desk.page.evaluate(f"() => {SCALE}") == 1.5
    desk.move(ONE + "&circle=tianjin")
    desk.until(f"() => {SCALE} === 1")
    desk.settle()


def test_a_map_cleared_away_before_its_geometry_comes_says_nothing(vector_desk: Desk) -> None:
    desk = vector_desk
    desk.visit(ONE)
    desk.page.evaluate(
        f"""async () => {{
          const plot = {PLOT};
          Plotly.relayout(plot, {{ "geo.projection.scale": 2 }}); // draws after a promise
          Plotly.purge(plot);
          await new Promise((done) => setTimeout(done, 100));
        }}"""
    )
    desk.watch.assert_clean()
