"""What the reader points at on the map is selected, outlined, described and kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.places.sites import distinct
from tests.browser.driving import PLOT

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from tests.browser.driving import Desk

SJZ = "?circle=shijiazhuang"
PINGSHAN, XINGTANG = "130131", "130125"
"""Two counties of the Shijiazhuang circle, wide enough to hit and far from any point or name."""

BOTH_MAPS = pytest.mark.parametrize(
    "subplot", ["geo", pytest.param("map", marks=pytest.mark.maplibre)]
)
"""Drawn as vectors, and by MapLibre, which finds in its own way what is pointed at."""


def where(atlas: Atlas, code: str) -> tuple[float, float, str]:
    """Return where a region is clicked, and the name that its label then shows."""
    place = atlas.place(code)
    assert place.lon is not None
    assert place.lat is not None
    return place.lon, place.lat, place.label["zh"]


def named_point(desk: Desk, target: str) -> tuple[float, float, str]:
    """Return place and label of the last point on the map that selects `target`."""
    lon, lat, label = desk.page.evaluate(
        f"""target => {{
          for (const t of [...{PLOT}._fullData].reverse()) {{
            const at = (t.customdata || []).findIndex((c) => c && c[0] === target);
            if (t.type.startsWith('scatter') && at >= 0)
              return [t.lon[at], t.lat[at], t.hovertext[at].split('<br>')[0]];
          }}
        }}""",
        target,
    )
    return lon, lat, label


def test_the_label_names_figure_unit_year_status_and_rank(desk: Desk, atlas: Atlas) -> None:
    years = atlas.indicators["gdp"].years["county"]
    year = next(y for y in reversed(years) if atlas.value("gdp", PINGSHAN, y).value is not None)
    desk.move(f"{SJZ}&indicator=gdp&year={year}")
    lon, lat, name = where(atlas, PINGSHAN)
    label = desk.hover(lon, lat, name)
    value = atlas.value("gdp", PINGSHAN, year)
    column = atlas.values("gdp", year, "county")
    rank = column.rank[column.codes.index(PINGSHAN)]
    for words in (
        name,
        atlas.indicators["gdp"].name["zh"],
        f"{value.value:,.1f} 亿元 · {year}",
        f"排名 {rank} / {column.present}",
        atlas.term("status", str(value.status))["zh"],
    ):
        assert words in label


@BOTH_MAPS
def test_a_click_selects_a_second_deselects_a_third_selects_again(
    desk: Desk, atlas: Atlas, subplot: str
) -> None:
    desk.move(SJZ)
    assert desk.drawn_by(subplot)
    panel = desk.page.locator("#selection-panel .place-name")
    expect(panel).to_have_text("石家庄都市圈")
    desk.click_map(*where(atlas, PINGSHAN))
    desk.address(f"{SJZ}&regions={PINGSHAN}")
    desk.outlined(PINGSHAN)
    expect(panel).to_have_text("平山县")
    desk.click_map(*where(atlas, PINGSHAN))
    desk.address(SJZ)
    desk.outlined()
    expect(panel).to_have_text("石家庄都市圈")
    desk.click_map(*where(atlas, PINGSHAN))
    desk.address(f"{SJZ}&regions={PINGSHAN}")
    desk.outlined(PINGSHAN)
    expect(panel).to_have_text("平山县")


def test_a_click_elsewhere_moves_the_selection(desk: Desk, atlas: Atlas) -> None:
    desk.move(f"{SJZ}&regions={PINGSHAN}")
    desk.click_map(*where(atlas, XINGTANG))
    desk.address(f"{SJZ}&regions={XINGTANG}")
    desk.outlined(XINGTANG)
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text("行唐县")


def test_shift_adds_and_takes_away(desk: Desk, atlas: Atlas) -> None:
    desk.move(f"{SJZ}&regions={PINGSHAN}")
    desk.click_map(*where(atlas, XINGTANG), key="Shift")
    desk.address(f"{SJZ}&regions={PINGSHAN},{XINGTANG}")
    desk.outlined(PINGSHAN, XINGTANG)
    heads = desk.page.locator("#selection-panel table.beside thead th")
    expect(heads).to_have_text(["指标", "平山县", "行唐县"])
    desk.click_map(*where(atlas, PINGSHAN), key="Shift")
    desk.address(f"{SJZ}&regions={XINGTANG}")
    desk.outlined(XINGTANG)


def test_the_switch_adds_without_a_keyboard(desk: Desk, atlas: Atlas) -> None:
    desk.move(f"{SJZ}&regions={PINGSHAN}")
    switch = desk.page.locator("#add-mode")
    switch.locator("..").click()
    expect(switch).to_be_checked()
    desk.click_map(*where(atlas, XINGTANG))
    desk.address(f"{SJZ}&regions={PINGSHAN},{XINGTANG}")
    desk.outlined(PINGSHAN, XINGTANG)
    switch.locator("..").click()
    expect(switch).not_to_be_checked()


@pytest.mark.parametrize(
    "level", ["county", "city", pytest.param("county", marks=pytest.mark.maplibre, id="maplibre")]
)
def test_a_circle_is_selected_by_its_name(desk: Desk, level: str) -> None:
    desk.move(f"?regions=130828&level={level}")
    desk.page.locator("#reset").click()
    desk.settle()
    name = named_point(desk, "circle:article/tianjin")
    desk.click_map(*name)
    desk.has(circle="tianjin", regions="130828")
    desk.settle()
    desk.click_map(*named_point(desk, "circle:article/tianjin"))
    desk.has(circle="", regions="130828")


def test_a_point_selects_its_region(desk: Desk, atlas: Atlas) -> None:
    desk.move(f"{SJZ}&regions={PINGSHAN}&layers=fill,lines,clusters")
    site = next(
        s
        for s in distinct(atlas.all_clusters())
        if s.lon and s.regions and s.regions[0] in {"130182", "130183", "130133"}
    )
    desk.click_map(*named_point(desk, site.regions[0]))
    desk.address(f"{SJZ}&layers=fill,lines,clusters&regions={site.regions[0]}")
    name = atlas.place(site.regions[0]).name["zh"]
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text(name)
    expect(desk.page.locator("#cluster-panel")).to_contain_text(site.name["zh"])


def test_a_bar_of_the_ranking_selects_its_region_and_is_marked(desk: Desk) -> None:
    desk.move(f"{SJZ}&regions={PINGSHAN}")
    bar = desk.bar(XINGTANG)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    x, y = box["x"] + min(box["width"] / 2, 20), box["y"] + box["height"] / 2
    desk.page.mouse.move(x - 3, y)
    desk.page.mouse.move(x, y, steps=3)
    desk.page.mouse.click(x, y)
    desk.address(f"{SJZ}&regions={XINGTANG}")
    desk.outlined(XINGTANG)
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text("行唐县")
    marked = desk.page.locator("#ranking-chart .ytick text").filter(has_text="行唐县")
    expect(marked.locator("tspan[style*=bold]")).to_have_count(1)
    expect(desk.page.locator("#ranking-chart .trace.bars")).to_have_count(2)
    expect(desk.page.locator("#origin")).to_be_hidden()


def test_what_is_selected_stays_outlined_through_other_changes(desk: Desk) -> None:
    chosen = (PINGSHAN, "110112")
    desk.move(f"{SJZ}&regions={','.join(chosen)}")
    desk.outlined(*chosen)
    for change, done in (
        ("&indicator=gdp", "(traces) => traces[0].hovertemplate.includes('生产总值')"),
        ("&indicator=gdp&level=city", "(traces) => traces[0].locations.length === 14"),
        ("&indicator=gdp&level=city&layers=fill", "(traces) => traces.length === 8"),
    ):
        desk.move(f"{SJZ}&regions={','.join(chosen)}{change}")
        desk.until_traces(done)
        desk.outlined(*chosen)
    before = desk.traces("(traces) => traces[0].marker.line.color")
    desk.page.locator("#theme-button").click()
    desk.until_traces("(traces, before) => traces[0].marker.line.color !== before", before)
    desk.outlined(*chosen)
    desk.page.locator("#theme-button").click()
    desk.until_traces("(traces, before) => traces[0].marker.line.color === before", before)


def test_a_city_is_selected_at_the_level_of_cities(desk: Desk, atlas: Atlas) -> None:
    desk.move("?level=city&regions=130800&layers=fill")
    desk.outlined("130800")
    desk.page.locator("#reset").click()
    desk.settle()
    desk.click_map(*where(atlas, "130700"))
    desk.address("?level=city&regions=130700&layers=fill")
    desk.outlined("130700")
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text("张家口市")


FAR = "131003"
SHARES = f"""() => {{
  const plot = {PLOT}, map = insides.maplibreOf(plot), source = insides.areasOf(plot, 0);
  const codes = plot.data[0].locations;
  const share = (id) => map.getFeatureState({{ source, id }}).share ?? 1;
  if (map) return Object.fromEntries(codes.map((id) => [id, share(id)]));
  return Object.fromEntries(insides.shapesOf(plot, 0).map(
    ([code, path]) => [code, Number(getComputedStyle(path).fillOpacity)]));
}}"""
"""What share of its opacity each area keeps."""
MIDDLE = f"""() => {{
  const {{ map, geo }} = {PLOT}._fullLayout;
  return map ? [map.center.lon, map.center.lat, map.zoom]
    : [geo.center.lon, geo.center.lat, Math.log2(geo.projection.scale)];
}}"""
NEAR = f"Math.hypot(({MIDDLE})()[0] - lon, ({MIDDLE})()[1] - lat) < 0.02"
"""The map has come to a place: it sets out once it is drawn, after the outlines are there."""


@BOTH_MAPS
def test_the_rest_is_dimmed_a_little_and_the_map_moves_to_what_is_chosen(
    desk: Desk, atlas: Atlas, subplot: str
) -> None:
    desk.visit("?layers=fill,lines")
    assert desk.drawn_by(subplot)
    desk.until(f"() => Object.values(({SHARES})()).every((one) => one === 1)")
    whole = desk.page.evaluate(MIDDLE)
    desk.move(f"?layers=fill,lines&regions={FAR}")
    desk.outlined(FAR)
    desk.until(f"() => Object.values(({SHARES})()).some((one) => one < 1)")  # a moment later
    shares = desk.page.evaluate(SHARES)
    assert shares.pop(FAR) == 1
    assert len(set(shares.values())) == 1
    assert 0.4 < shares[PINGSHAN] < 0.7
    place = atlas.place(FAR)
    desk.until(f"([lon, lat]) => {NEAR}", [place.lon, place.lat])
    desk.settle()
    lon, lat, zoom = desk.page.evaluate(MIDDLE)
    assert (lon, lat) == pytest.approx((place.lon, place.lat), abs=0.02)
    assert zoom > whole[2] + 0.8
    desk.click_map(*where(atlas, "131002"))
    desk.outlined("131002")
    desk.settle()
    assert desk.page.evaluate(MIDDLE) == pytest.approx((lon, lat, zoom), abs=1e-6), "by hand"
    desk.move("?layers=fill,lines")
    desk.outlined()
    desk.until(f"() => Object.values(({SHARES})()).every((one) => one === 1)")


def test_hebei_is_outlined_as_one(desk: Desk) -> None:
    desk.move("?level=city&regions=130000,110000")
    desk.outlined("130000", "110000")


@BOTH_MAPS
def test_the_lasso_adds_what_it_catches(desk: Desk, atlas: Atlas, subplot: str) -> None:
    desk.move("?circle=shijiazhuang&level=city&regions=130800&layers=fill")
    assert desk.drawn_by(subplot)
    desk.page.locator("#lasso").click()
    expect(desk.page.locator("#lasso")).to_have_attribute("aria-pressed", "true")
    desk.until(f"() => {PLOT}._fullLayout.dragmode === 'lasso'")
    desk.settle()
    desk.page.locator("#reset").click()
    desk.settle()
    lon, lat, _ = where(atlas, "130100")
    x, y = desk.spot(lon, lat)
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
    expect(desk.page.locator("#lasso")).not_to_have_attribute("aria-pressed", "true")
    desk.until(f"() => {PLOT}._fullLayout.dragmode === 'pan'")


def test_an_eleventh_place_is_refused_with_a_sentence(desk: Desk, atlas: Atlas) -> None:
    counties = [place.id for place in atlas.regions("county") if place.id != PINGSHAN]
    ten = ",".join(counties[:10])
    said = desk.page.locator("#said")
    words = "最多可选 10 个地区；要加新的，请先去掉一个。"
    desk.move(f"?regions={ten}&layers=fill")
    desk.click_map(*where(atlas, PINGSHAN), key="Shift")
    expect(said).to_have_text(words)
    assert desk.parameters()["regions"] == ten, "those chosen first are kept"
    desk.outlined(*counties[:10])

    desk.page.locator("#regions").fill("平山县")
    desk.page.get_by_role("option", name=re.compile("平山县")).click()
    expect(said).to_have_text(words)
    assert desk.parameters()["regions"] == ten
    expect(desk.page.locator("#regions .mantine-Pill-root, .mantine-Pill-root")).to_have_count(10)
    desk.page.keyboard.press("Escape")

    desk.page.evaluate("code => dash_clientside.atlas.take([code])", PINGSHAN)
    expect(said).to_have_text(words)
    desk.page.locator("#clear").click()
    desk.outlined()
    expect(said).to_be_empty()


def test_clear_takes_selection_and_circle_away(desk: Desk) -> None:
    desk.move(f"{SJZ}&regions={PINGSHAN}&level=city")
    desk.page.locator("#clear").click()
    desk.address("?level=city")
    desk.outlined()
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text("京津冀")
