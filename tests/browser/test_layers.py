"""The layers of the map: each goes off and on by itself, and can be narrowed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.places.sites import distinct

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from tests.browser.driving import Desk

ONE = "?regions=130828"
USUAL = ["fill", "circles", "cities", "lines", "labels"]
SHOWN = {
    "fill": "(traces) => traces[0].hovertemplate.includes('customdata')",
    "circles": "(traces) => traces.some((t) => (t.geojson || '').includes('/circle-'))",
    "cities": "(traces) => traces.some((t) => (t.text || []).includes('北京'))",
    "lines": "(traces) => traces.some((t) => (t.geojson || '').includes('/province-'))",
    "labels": "(traces) => traces.some((t) => (t.text || []).includes('唐山'))",
    "clusters": "(traces) => traces.some((t) => t.marker && t.marker.color === '#cc22aa')",
    "parks": "(traces) => traces.some((t) => t.marker && t.marker.color === '#22aa22')",
    "computing": "(traces) => traces.some((t) => t.marker && t.marker.color === '#8822cc')",
    "gates": "(traces) => traces.some((t) => t.marker && t.marker.color === '#aa8800')",
}
"""How each layer is told on the map, whatever else is drawn."""
DOTS = """(traces) => traces.filter((t) => t.type.startsWith('scatter'))
  .flatMap((t) => t.hovertext || []).join('|')"""


@pytest.mark.parametrize("layer", list(SHOWN))
def test_a_layer_goes_off_and_on_alone(desk: Desk, layer: str) -> None:
    desk.move(ONE)
    usual = layer in USUAL
    box = desk.layer(layer)
    expect(box).to_be_checked(checked=usual)
    others = [name for name in SHOWN if name != layer]
    before = {name: desk.traces(SHOWN[name]) for name in others}
    for turn in (not usual, usual):
        box.click()
        expect(box).to_be_checked(checked=turn)
        desk.until_traces(f"(traces, turn) => ({SHOWN[layer]})(traces) === turn", turn)
        desk.settle()
        assert {name: desk.traces(SHOWN[name]) for name in others} == before
        on = set(USUAL) ^ ({layer} if turn != usual else set())
        asked = desk.parameters().get("layers", ",".join(USUAL)).split(",")
        assert set(asked) == on


def test_without_figures_the_legend_says_so(desk: Desk) -> None:
    desk.move(ONE + "&layers=circles,lines")
    expect(desk.page.locator("#legend")).to_contain_text("未叠加指标")
    expect(desk.page.locator("#legend .legend-name")).to_have_count(0)
    desk.layer("fill").click()
    expect(desk.page.locator("#legend .legend-name")).to_have_text("制造业区位商")


def test_all_layers_off_leave_an_empty_map(desk: Desk) -> None:
    desk.move(ONE + "&layers=fill")
    desk.layer("fill").click()
    desk.address(ONE + "&layers=none")
    desk.until_traces(
        "(traces) => traces[0].hovertemplate.startsWith('<b>%{text}')"
        " && traces.every((t) => t.locations || !t.lat.some((lat) => lat !== null))"
    )
    desk.outlined("130828")


def test_clusters_are_narrowed_to_an_industry(desk: Desk, atlas: Atlas) -> None:
    desk.move(ONE + "&layers=fill,clusters")
    industry = atlas.term("cluster_industry", "digital")["zh"]
    desk.page.locator("#filter-clusters").click()
    desk.page.get_by_role("option", name=industry, exact=True).click()
    desk.address(ONE + "&layers=fill,clusters.digital")
    placed = [s for s in distinct(atlas.all_clusters()) if s.lon is not None]
    digital = {s.name["zh"] for s in placed if s.industry == "digital"}
    others = {s.name["zh"] for s in placed if s.industry != "digital"} - digital
    assert digital
    desk.until_traces(f"(traces, other) => !({DOTS})(traces).includes(other)", min(others))
    desk.settle()
    shown = desk.traces(DOTS)
    assert any(name in shown for name in digital)
    assert [name for name in others if name in shown] == []
    desk.page.keyboard.press("Escape")


def test_parks_are_narrowed_to_a_kind_and_switched_on_by_it(desk: Desk, atlas: Atlas) -> None:
    desk.move(ONE + "&layers=fill")
    kinds = sorted({s.kind for s in atlas.all_parks() if s.kind != "computing" and s.lon})
    kind = kinds[0]
    desk.page.locator("#filter-parks").click()
    desk.page.get_by_role("option", name=atlas.term("park_kind", kind)["zh"], exact=True).click()
    desk.address(f"{ONE}&layers=fill,parks.{kind}")
    expect(desk.layer("parks")).to_be_checked()
    desk.page.keyboard.press("Escape")
    desk.until_traces(SHOWN["parks"])
    wanted = {(s.lon, s.lat) for s in atlas.all_parks() if s.kind == kind and s.lon is not None}
    points = desk.traces(
        "(traces) => { const t = traces.find((t) => t.marker && t.marker.color === '#22aa22');"
        " return [...t.lon].map((lon, i) => [lon, t.lat[i]]); }"
    )
    assert {tuple(point) for point in points} == wanted, json.dumps(points)
