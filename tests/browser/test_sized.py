"""Totals as circles: they answer the pointer as areas do, in both renderers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from dashboard.map.figure import FILL, RING, SIZED
from tests.browser.conftest import LAPTOP
from tests.browser.driving import PLOT, Desk, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.atlas import Atlas

CITIES = "?level=city&indicator=gdp&layers=fill&regions=130800"
TANGSHAN = "130200"
POINTED = f"() => {PLOT}._hoverdata[0].curveNumber"
CIRCLES = f"""() => {{
  const {{ lon, lat, text, customdata, marker, hovertemplate }} = {PLOT}.data[{SIZED}];
  return {{ lon, lat, text, customdata, size: marker.size, color: marker.color, hovertemplate }};
}}"""
VECTORS = pytest.mark.parametrize("desk", ["browser"], indirect=True, ids=["vectors"])
"""Of tests that ask what is to be drawn, which is the same for both."""
STROKE = f"""() => {{
  const plot = {PLOT}, {{ map }} = plot._fullLayout;
  const layer = `plotly-trace-layer-${{plot._fullData[{SIZED}].uid}}-circle`;
  if (map) return map._subplot.map.getPaintProperty(layer, 'circle-stroke-width');
  const path = plot.querySelector('.scatterlayer .points path, .scattergeo path.point');
  return parseFloat(getComputedStyle(path).strokeWidth);
}}"""


@pytest.fixture(scope="module", params=["webgl_browser", "browser"], ids=["maplibre", "vectors"])
def desk(request: pytest.FixtureRequest, app_url: str) -> Iterator[Desk]:
    """Keep one page per renderer; a browser without WebGL2 draws vectors."""
    with sit_down(request.getfixturevalue(request.param), app_url, LAPTOP) as desk:
        desk.visit(CITIES)
        kind = desk.traces(f"(all) => all[{SIZED}].type")
        assert kind == {"webgl_browser": "scattermap", "browser": "scattergeo"}[request.param]
        yield desk


def where(atlas: Atlas, code: str) -> tuple[float, float, str]:
    place = atlas.place(code)
    assert place.lon is not None
    assert place.lat is not None
    return place.lon, place.lat, place.label["zh"]


def circles(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = desk.page.evaluate(CIRCLES)
    return found


def test_a_circle_has_a_thin_line_and_says_what_it_stands_for(desk: Desk, atlas: Atlas) -> None:
    desk.move(CITIES)
    assert desk.page.evaluate(STROKE) == RING
    lon, lat, name = where(atlas, TANGSHAN)
    label = desk.hover(lon, lat, name)
    assert desk.page.evaluate(POINTED) == SIZED
    assert atlas.indicators["gdp"].name["zh"] in label
    assert "亿元" in label


def test_a_click_on_a_circle_selects_and_deselects_its_place(desk: Desk, atlas: Atlas) -> None:
    desk.move(CITIES)
    desk.click_map(*where(atlas, TANGSHAN))
    desk.has(regions=TANGSHAN)
    desk.outlined(TANGSHAN)
    desk.click_map(*where(atlas, TANGSHAN))
    desk.has(regions="")
    desk.outlined()


def test_the_area_beneath_answers_where_no_circle_stands(desk: Desk, atlas: Atlas) -> None:
    desk.move(CITIES)
    lon, lat, name = where(atlas, "130800")
    desk.hover(lon + 0.5, lat + 0.3, name)
    assert desk.page.evaluate(POINTED) == FILL
    desk.click_map(lon + 0.5, lat + 0.3, name)
    desk.has(regions="")


def test_the_lasso_catches_places_under_their_circles(desk: Desk, atlas: Atlas) -> None:
    desk.move(CITIES)
    desk.page.locator("#lasso").click()
    desk.until(f"() => {PLOT}._fullLayout.dragmode === 'lasso'")
    desk.settle()
    desk.page.locator("#reset").click()  # the map has moved to what is selected
    desk.settle()
    x, y = desk.spot(*where(atlas, "130100")[:2])
    mouse = desk.page.mouse
    mouse.move(x - 40, y - 40)
    mouse.down()
    for dx, dy in ((40, -40), (40, 40), (-40, 40), (-40, -40)):
        mouse.move(x + dx, y + dy, steps=8)
    mouse.up()
    desk.until("() => location.search.includes('130100')")
    desk.settle()
    chosen = desk.parameters()["regions"].split(",")
    assert chosen[0] == "130800"
    desk.outlined(*chosen)
    desk.until(f"() => {PLOT}._fullLayout.dragmode === 'pan'")


@VECTORS
def test_a_change_of_year_draws_what_a_first_visit_draws(desk: Desk) -> None:
    for query in (f"{CITIES}&year=2015", "?indicator=population&circle=shijiazhuang&year=2010"):
        desk.move(query.replace("2015", "2023").replace("2010", "2020"))
        desk.settle()
        before = circles(desk)
        desk.move(query)
        desk.settle()
        changed = circles(desk)
        desk.visit(query)
        assert before != changed
        assert changed == circles(desk)
        assert changed["size"] == sorted(changed["size"], reverse=True)


@VECTORS
def test_areas_come_on_request_and_are_the_only_way_for_a_rate(desk: Desk) -> None:
    desk.move(CITIES)
    expect(desk.page.locator("#draw")).to_be_visible()
    expect(desk.page.locator("#legend .legend-sizes")).to_be_visible()
    desk.press("draw", "areas")
    desk.has(draw="areas")
    desk.until_traces(f"(all) => !all[{SIZED}].lon.some(Number) && Math.max(...all[{FILL}].z) > 0")
    expect(desk.page.locator("#legend .legend-sizes")).to_have_count(0)
    desk.press("draw", "circles")
    desk.has(draw="")
    desk.until_traces(f"(all) => all[{SIZED}].lon.length > 10")
    desk.move(CITIES.replace("gdp", "gdp_growth"))
    desk.until_traces(f"(all) => !all[{SIZED}].lon.some(Number)")
    expect(desk.page.locator("#draw")).to_be_hidden()


@VECTORS
def test_the_table_names_each_place_once(desk: Desk) -> None:
    desk.move(CITIES)
    desk.settle()
    desk.page.locator(".as-table[data-of='map'] summary").click()
    names = desk.page.locator(".as-table[data-of='map'] tbody th")
    expect(names).to_have_count(14)
    assert len(set(names.all_inner_texts())) == 14
    desk.page.locator(".as-table[data-of='map'] summary").click()
