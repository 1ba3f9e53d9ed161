"""What the pointer is on is marked wherever else it is shown; how the figures are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.driving import PLOT

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from tests.browser.driving import Desk

LIT = f"""() => insides.shapesOf({PLOT}, 0)
  .filter(([, path]) => getComputedStyle(path).fillOpacity === '1').map(([code]) => code)"""
MARKED = """(id) => insides.marksOf(insides.plotOf(id))
  .filter(([, mark]) => mark.classList.contains('brushed')).map(([told]) => [told].flat()[0])"""
BARS = """() => [...document.querySelectorAll('#histogram rect[data-places]')]
  .map((bar) => [getComputedStyle(bar).fill, bar.dataset.places.split(' ')])"""
ROWS = """() => [...document.querySelectorAll('#legend .legend-rows li')]
  .map((row) => [getComputedStyle(row.querySelector('i')).backgroundColor,
    Number(row.querySelector('b').textContent)])"""
TELL = """([id, event, code]) =>
  insides.plotOf(id).emit(event, { points: [{ customdata: [code] }] })"""
VIEW = "?indicator=lq_manufacturing&year=2020"
PLACE = "130828"


def points(desk: Desk, chart: str, code: str) -> None:
    """Point at what a chart shows of a place."""
    desk.page.evaluate(
        """([id, code]) => insides.marksOf(insides.plotOf(id))
          .find(([told]) => [told].flat()[0] === code)[1].scrollIntoView({ block: 'center' })""",
        [chart, code],
    )
    box: Any = desk.page.evaluate(
        """([id, code]) => insides.marksOf(insides.plotOf(id))
          .find(([told]) => [told].flat()[0] === code)[1].getBoundingClientRect().toJSON()""",
        [chart, code],
    )
    desk.page.mouse.move(box["x"] + box["width"] / 2 - 1, box["y"] + box["height"] / 2)
    desk.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_class_lights_its_places_and_marks_them_in_the_ranking(desk: Desk, atlas: Atlas) -> None:
    desk.visit(VIEW)
    figures = atlas.values("lq_manufacturing", "2020", "county")
    above = {
        code
        for code, value in zip(figures.codes, figures.values, strict=True)
        if value.value is not None and value.value >= 2
    }
    desk.page.locator("#legend .legend-rows li").first.hover()
    assert set(desk.page.evaluate(LIT)) == above
    marked = set(desk.page.evaluate(MARKED, "ranking-chart"))
    assert marked
    assert marked <= above
    desk.page.locator(".brand").hover()
    assert len(desk.page.evaluate(LIT)) == len(figures.codes)
    assert desk.page.evaluate(MARKED, "ranking-chart") == []
    desk.page.locator(".legend > summary").focus()
    desk.page.keyboard.press("Tab")
    assert set(desk.page.evaluate(LIT)) == above, "the keyboard lights it, too"
    desk.page.keyboard.press("Shift+Tab")
    assert len(desk.page.evaluate(LIT)) == len(figures.codes)


def test_the_histogram_holds_each_figure_once_in_the_colour_of_its_class(
    desk: Desk, atlas: Atlas
) -> None:
    desk.move(VIEW)
    bars, rows = desk.page.evaluate(BARS), desk.page.evaluate(ROWS)
    places = [code for _, codes in bars for code in codes]
    assert sorted(places) == sorted(p.id for p in atlas.regions("county"))
    for ink, count in rows:
        assert sum(len(codes) for colour, codes in bars if colour == ink) == count
    lines = desk.page.evaluate(
        "() => [...document.querySelectorAll('#histogram .limit')].map((x) => x.x1.baseVal.value)"
    )
    figures = [v.value for v in atlas.values("lq_manufacturing", "2020", "county").values]
    known = [round(figure, 2) for figure in figures if figure is not None]
    low, high = min(known), max(known)
    wanted = [208 * (limit - low) / (high - low) for limit in (0.5, 0.8, 1.25, 2)]
    assert lines == pytest.approx(wanted, abs=0.01)


def test_a_place_is_marked_both_ways(desk: Desk, atlas: Atlas) -> None:
    desk.move(VIEW + "&circle=capital")
    ranked = desk.page.evaluate("() => insides.plotOf('ranking-chart')._fullData[0].customdata")
    code = str(ranked[0])
    place = atlas.place(code)
    assert place.lon is not None
    assert place.lat is not None
    desk.hover(place.lon, place.lat, place.name["zh"])
    assert desk.page.evaluate(MARKED, "ranking-chart") == [code]
    expect(desk.page.locator("#legend .legend-rows li.brushed")).to_have_count(1)
    expect(desk.page.locator("#histogram .pointer")).to_have_attribute("visibility", "visible")
    desk.page.locator(".brand").hover()
    expect(desk.page.locator("#histogram .pointer")).to_have_attribute("visibility", "hidden")
    points(desk, "ranking-chart", code)
    desk.until(f"(code) => String(({LIT})()) === code", code)
    expect(desk.page.locator("#histogram .pointer")).to_have_attribute("visibility", "visible")


def test_a_city_lights_its_counties_on_a_map_of_counties(desk: Desk, atlas: Atlas) -> None:
    desk.move(VIEW)
    # Xiong'an, whose counties the map draws apart from those of Baoding
    desk.page.evaluate(TELL, ["ranking-chart", "plotly_hover", "133100"])
    assert set(desk.page.evaluate(LIT)) == atlas.drawn("133100")
    desk.page.evaluate(TELL, ["ranking-chart", "plotly_unhover", "133100"])
    assert len(desk.page.evaluate(LIT)) == len(atlas.regions("county"))


@pytest.mark.parametrize("chart", ["sizes-chart", "specialists-chart"])
def test_the_charts_of_clusters_light_the_map(desk: Desk, chart: str) -> None:
    if "/clusters" not in desk.page.url:
        desk.visit("clusters?industry=information_software")
    desk.page.locator(f"#{chart} .point").first.wait_for()
    told: str = desk.page.evaluate(
        "(id) => String([insides.marksOf(insides.plotOf(id))[0][0]].flat()[0])", chart
    )
    points(desk, chart, told)
    desk.until(f"(code) => String(({LIT})()) === code", told)


def test_a_class_of_two_indicators_lights_its_places_and_where_there_is_none_a_line_says_why(
    desk: Desk,
) -> None:
    page = desk.page
    desk.visit(VIEW)
    page.locator("#maps").get_by_text("合图", exact=True).click()
    desk.has(maps="paired")
    cells = page.locator("#legend .legend-grid td:has(i)")
    expect(cells).to_have_count(9)
    desk.settle()
    cells.nth(2).hover()
    assert len(desk.page.evaluate(LIT)) == int(cells.nth(2).inner_text())
    expect(page.locator("#histogram svg")).to_have_count(0)
    page.locator("#paired-with").click()
    page.get_by_role("option", name="人均地区生产总值", exact=False).first.click()
    expect(page.locator(".paired-why")).not_to_be_empty()
    expect(cells).to_have_count(0)
    page.locator("#maps").get_by_text("一幅", exact=True).click()
    expect(page.locator("#paired")).to_be_empty()
    desk.settle()
    assert page.evaluate(BARS)
