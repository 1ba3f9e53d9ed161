"""Each control by itself: what it changes on the map, in the legend and in the address."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from tests.browser.driving import PLOT
from tests.browser.losing import UPDATES

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from geodata.atlas import Atlas
    from geodata.records import Lang
    from tests.browser.driving import Desk

ONE = "?regions=130828"
"""A single county, whose panels are quickly filled."""
ZOOM = f"() => {PLOT}._fullLayout.map.zoom"


def test_the_scheme_brings_its_own_circles(desk: Desk) -> None:
    desk.move(ONE)
    chips = desk.page.locator(".chips label")
    expect(chips).to_have_text(["首都都市圈", "天津都市圈", "石家庄都市圈"])
    desk.choose("scheme", "首都都市圈空间协同规划（2026年）")
    desk.address(ONE + "&scheme=plan2026")
    expect(chips).to_have_text(["通勤圈", "功能圈", "产业协同圈"])
    desk.until_traces(
        "(traces, scheme) => traces.some((t) => (t.geojson || '').includes(`circle-${scheme}-`))",
        "plan2026",
    )
    desk.choose("scheme", "三圈联动（2024年文章）")
    expect(chips).to_have_text(["首都都市圈", "天津都市圈", "石家庄都市圈"])


def test_a_scheme_drops_the_circles_of_another(desk: Desk) -> None:
    desk.move("?circle=tianjin&regions=130828")
    desk.choose("scheme", "石家庄都市圈发展规划（2025年）")
    desk.has(circle="")
    expect(desk.page.locator("#notices")).to_be_empty()


def test_one_circle_and_several_filter_map_legend_and_ranking(desk: Desk) -> None:
    desk.move(ONE)
    chips = desk.page.locator(".chips label")
    counted = "() => [...document.querySelectorAll('#legend .legend-rows b')]"
    total = counted + ".reduce((sum, b) => sum + Number(b.textContent), 0)"
    assert desk.page.evaluate(total) == 199
    chips.filter(has_text="天津都市圈").click()
    desk.address("?regions=130828&circle=tianjin")
    outside = "([t]) => t.z.filter((z) => z === -2).length"
    desk.until_traces(f"(traces) => ({outside})(traces) > 100")
    desk.settle()
    one = desk.page.evaluate(total)
    assert one == 199 - desk.traces(outside)
    ranked = desk.page.locator("#ranking-chart .trace.bars").first.locator(".point")
    expect(ranked).to_have_count(one)
    chips.filter(has_text="石家庄都市圈").click()
    desk.address("?regions=130828&circle=tianjin,shijiazhuang")
    desk.until(f"(one) => ({total})() > one", one)
    chips.filter(has_text="天津都市圈").click()
    chips.filter(has_text="石家庄都市圈").click()
    desk.address(ONE)
    desk.until(f"() => ({total})() === 199")


def test_the_level_changes_areas_and_legend(desk: Desk) -> None:
    desk.move(ONE)
    desk.press("level", "city")
    desk.address(ONE + "&level=city")
    desk.until_traces("([t]) => t.locations.length === 14 && t.geojson.includes('prefecture-')")
    expect(desk.page.locator("#ranking-chart .trace.bars").first.locator(".point")).to_have_count(
        14
    )
    desk.press("level", "county")
    desk.address(ONE)
    desk.until_traces("([t]) => t.locations.length === 199 && t.geojson.includes('county-')")


def test_an_indicator_is_found_by_typing(desk: Desk) -> None:
    desk.move(ONE)
    field = desk.page.locator("#indicator")
    field.click()
    field.fill("人口密度")
    options = desk.page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(1)
    options.first.click()
    desk.until("() => location.search.includes('indicator=')")
    expect(desk.page.locator("#legend .legend-name")).to_contain_text("人口密度")
    expect(desk.page.locator("#ranking")).to_contain_text("人口密度")
    desk.until_traces("([t]) => t.hovertemplate.includes('人口密度')")


def test_an_unknown_word_finds_no_indicator(desk: Desk) -> None:
    desk.move(ONE)
    field = desk.page.locator("#indicator")
    field.click()
    field.fill("没有这样的指标")
    expect(desk.page.get_by_text("没有匹配的指标")).to_be_visible()
    desk.page.keyboard.press("Escape")
    field.blur()
    desk.address(ONE)


def test_the_year_is_moved_by_keys_and_the_limits_stay(desk: Desk) -> None:
    desk.move(ONE)
    before = desk.traces("([t]) => t.z.join()")
    limits = desk.legend_limits()
    thumb = desk.page.locator("#year [role=slider]")
    thumb.focus()
    thumb.press("ArrowLeft")
    desk.address(ONE + "&year=2010")
    expect(desk.page.locator("#legend .legend-unit")).to_contain_text("2010")
    expect(desk.page.locator("#year-shown")).to_have_text("2010")
    desk.until_traces("([t], before) => t.z.join() !== before", before)
    assert [x for x in desk.legend_limits() if x != "无数据"] == limits
    thumb.press("ArrowRight")
    desk.has(year="2020")
    desk.until_traces("([t], before) => t.z.join() === before", before)


def test_the_limits_stay_through_all_years_of_an_amount(desk: Desk) -> None:
    desk.move(ONE + "&indicator=gdp&level=city&draw=areas")
    marks = desk.page.locator("#year .mantine-Slider-markWrapper")
    assert marks.count() > 5
    seen = {tuple(desk.legend_limits())}
    years = {desk.page.locator("#year-shown").inner_text()}
    thumb = desk.page.locator("#year [role=slider]")
    thumb.focus()
    for _ in range(3):
        now = desk.page.locator("#year-shown").inner_text()
        thumb.press("ArrowLeft")
        expect(desk.page.locator("#year-shown")).not_to_have_text(now)
        year = desk.page.locator("#year-shown").inner_text()
        expect(desk.page.locator("#legend .legend-unit")).to_contain_text(year)
        desk.settle()
        seen.add(tuple(x for x in desk.legend_limits() if x != "无数据"))
        years.add(year)
    assert len(years) == 4
    assert len({tuple(x for x in limits if x != "无数据") for limits in seen}) == 1


def test_the_benchmark_changes_quotients_on_map_and_panel(desk: Desk) -> None:
    desk.move(ONE)
    first = desk.traces("([t]) => t.customdata.map((c) => c[0]).join()")
    panel = desk.page.locator("#industry-panel")
    expect(panel).to_contain_text("区位商以京津冀为基准")
    desk.choose("benchmark", "全国")
    desk.address(ONE + "&benchmark=CN")
    expect(panel).to_contain_text("区位商以全国为基准")
    desk.until_traces("([t], first) => t.customdata.map((c) => c[0]).join() !== first", first)
    desk.choose("benchmark", "京津冀")
    desk.address(ONE)
    expect(panel).to_contain_text("区位商以京津冀为基准")
    desk.until_traces("([t], first) => t.customdata.map((c) => c[0]).join() === first", first)


def unfold_classes(desk: Desk) -> None:
    """Open the settings of the classification."""
    if not desk.page.locator("#classes").is_visible():
        desk.page.get_by_text("分级设置").click()


@pytest.mark.parametrize(
    ("method", "word", "foot"),
    [
        ("quantile", "分位数", "分位数"),
        ("equal", "等间距", "等间距"),
        ("fisher", "自然断点", "自然断点法"),
    ],
)
def test_the_method_moves_the_limits(desk: Desk, method: str, word: str, foot: str) -> None:
    desk.move(ONE)
    unfold_classes(desk)
    before = desk.legend_limits()
    desk.choose("classes", word)
    desk.address(f"{ONE}&classes={method}")
    expect(desk.page.locator("#legend .legend-foot").first).to_contain_text(foot)
    assert desk.legend_limits() != before


def test_quantiles_hold_nearly_the_same_number_of_regions(desk: Desk) -> None:
    desk.move(ONE + "&classes=quantile&year=2020&indicator=population_density&k=4")
    desk.settle()
    counts = [int(x) for x in desk.page.locator("#legend .legend-rows li b").all_inner_texts() if x]
    assert sum(counts) == 199
    assert max(counts) - min(counts) <= 25


@pytest.mark.parametrize("k", ["3", "7"])
def test_the_number_of_classes_is_that_of_the_legend(desk: Desk, k: str) -> None:
    desk.move(ONE + "&classes=quantile")
    unfold_classes(desk)
    desk.press("k", k)
    desk.address(f"{ONE}&classes=quantile&k={k}")
    expect(desk.page.locator("#legend .legend-rows li")).to_have_count(int(k))
    desk.until_traces("([t], k) => t.zmax === k - 0.5", int(k))


def test_the_readers_own_limits_are_those_of_the_legend(desk: Desk) -> None:
    desk.move(ONE)
    unfold_classes(desk)
    field = desk.page.locator("#limits")
    field.fill("0.4, 0.9, 1.6")
    field.press("Enter")
    desk.address(ONE + "&classes=0.4,0.9,1.6")
    rows = desk.page.locator("#legend .legend-rows span")
    expect(rows).to_have_text(["> 1.6", "0.9 – 1.6", "0.4 – 0.9", "≤ 0.4"])
    expect(desk.page.locator("#classes")).to_have_value("自定义")


def test_limits_out_of_order_are_not_taken(desk: Desk) -> None:
    desk.move(ONE)
    unfold_classes(desk)
    limits = desk.legend_limits()
    field = desk.page.locator("#limits")
    field.fill("3, 2, 1")
    field.press("Enter")
    desk.settle()
    assert desk.parameters() == {"regions": "130828"}
    assert desk.legend_limits() == limits


def test_the_census_year_changes_the_industries(desk: Desk) -> None:
    desk.move(ONE)
    panel = desk.page.locator("#industry-panel")
    expect(panel).to_contain_text("2020年人口普查长表就业")
    desk.press("census", "2010")
    desk.address(ONE + "&census=2010")
    expect(panel).to_contain_text("2010年人口普查长表就业")
    desk.press("census", "2020")
    desk.address(ONE)


def test_regions_are_chosen_from_the_list(desk: Desk) -> None:
    desk.move(ONE)
    field = desk.page.locator("#regions")
    field.click()
    field.fill("通州")
    desk.page.get_by_role("option", name=re.compile("通州")).first.click()
    desk.address("?regions=130828,110112")
    desk.outlined("130828", "110112")
    desk.settle()
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Backspace")
    desk.address(ONE)
    desk.outlined("130828")


def test_what_is_taken_back_before_an_answer_has_come_is_taken_back(desk: Desk) -> None:
    desk.move(ONE)
    page, census = desk.page, desk.page.locator("#census")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(UPDATES, hold)
    desk.press("census", "2010")
    desk.address(ONE + "&census=2010")
    desk.press("census", "2020")
    desk.address(ONE)
    desk.press("census", "2010")
    desk.address(ONE + "&census=2010")
    page.go_back()
    desk.address(ONE)
    page.evaluate("""() => {
      const { go } = dash_clientside.atlas;
      go({ k: '4' });
      go({ k: null, paint: 'lisa' });
    }""")
    desk.address(ONE + "&paint=lisa")
    page.unroute_all()
    for route in held:
        with suppress(Error):  # the browser has given up those that are of no use by now
            route.continue_()
    desk.settle()
    expect(census.locator("input:checked")).to_have_value("2020")
    # An answer of before that comes between what the reader does and the page's hearing of it.
    page.evaluate("""() => {
      const { data } = insides.propsOf('view');
      dash_clientside.set_props('regions', { value: [] });
      dash_clientside.atlas.follow(data);
    }""")
    desk.address("?paint=lisa")


@pytest.mark.maplibre
def test_the_buttons_zoom_and_reset(desk: Desk) -> None:
    desk.move(ONE)
    assert desk.fits()
    assert desk.corners_out_of_view() == []
    start = desk.page.evaluate(ZOOM)
    desk.page.locator("#zoom-in").click()
    desk.until(f"(start) => ({ZOOM})() > start + 0.5", start)
    desk.page.locator("#zoom-out").click()
    desk.until(f"(start) => Math.abs(({ZOOM})() - start) < 1e-6", start)
    desk.page.locator("#zoom-out").click()
    desk.until(f"(start) => ({ZOOM})() < start - 0.5", start)
    desk.page.locator("#reset").click()
    desk.until(f"(start) => Math.abs(({ZOOM})() - start) < 1e-6", start)


@pytest.mark.maplibre
def test_the_readers_view_stays_when_the_map_is_drawn_anew(desk: Desk) -> None:
    desk.move(ONE)
    start = desk.page.evaluate(ZOOM)
    desk.page.locator("#zoom-in").click()
    desk.until(f"(start) => ({ZOOM})() > start + 0.5", start)
    zoom = desk.page.evaluate(ZOOM)
    for query in (ONE + "&level=city", ONE + "&level=city&layers=fill", ONE):
        desk.move(query)
        desk.until(f"(zoom) => Math.abs(({ZOOM})() - zoom) < 1e-6", zoom)
    desk.page.locator("#reset").click()
    desk.until(f"(start) => Math.abs(({ZOOM})() - start) < 1e-6", start)


def test_the_theme_changes_all_and_stays_on_a_reload(desk: Desk) -> None:
    desk.move(ONE)
    paper = "() => getComputedStyle(document.body).backgroundColor"
    light = desk.page.evaluate(paper)
    line = desk.traces("(traces) => traces[0].marker.line.color")
    desk.page.locator("#theme-button").click()
    desk.until(f"(light) => ({paper})() !== light", light)
    desk.until_traces("(traces, line) => traces[0].marker.line.color !== line", line)
    dark = desk.page.evaluate(paper)
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 200
    desk.visit(ONE)
    assert desk.page.evaluate(paper) == dark
    desk.until_traces("(traces, line) => traces[0].marker.line.color !== line", line)
    desk.page.locator("#theme-button").click()
    desk.until(f"(light) => ({paper})() === light", light)
    desk.until_traces("(traces, line) => traces[0].marker.line.color === line", line)


def test_the_controls_work_on_where_nothing_can_be_ranked(desk: Desk) -> None:
    desk.move("?circle=shijiazhuang&regions=130131&indicator=gdp&year=2023")
    expect(desk.page.locator("#ranking")).to_contain_text("此范围内没有数据")
    expect(desk.page.locator("#ranking-chart")).to_have_count(0)
    desk.press("level", "city")
    desk.until_traces("([t]) => t.locations.length === 14")
    expect(desk.page.locator("#ranking-chart .trace.bars").first).to_be_visible()
    desk.settle()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_of_a_definition_is_cut(desk: Desk, atlas: Atlas, lang: Lang) -> None:
    """The longest of all, and that of GDP, whose warning stands at its end."""
    longest = max(atlas.indicators.values(), key=lambda one: len(one.definition[lang]))
    for indicator in (longest.id, "gdp"):
        desk.move(f"{ONE}&indicator={indicator}&lang={lang}")
        definition = desk.page.locator("#definition")
        last = atlas.indicators[indicator].definition[lang][-30:]
        expect(definition).to_contain_text(last)
        if definition.get_attribute("open") is None:
            expect(definition.locator(".read-on")).to_be_visible()
        definition.evaluate("(one) => { one.open = true; }")
        expect(definition.locator("p")).to_be_visible()
        cut = definition.evaluate("(one) => one.scrollHeight - one.clientHeight")
        assert cut <= 1
        definition.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
        bottom, room = definition.evaluate(
            "(one) => [one.getBoundingClientRect().bottom, window.innerHeight]"
        )
        assert bottom <= room + 1
