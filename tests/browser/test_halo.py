"""Names on the map have a halo and are all there, clear of one another, in either renderer."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from dashboard.labels import overlap
from dashboard.palette import INK

if TYPE_CHECKING:
    from tests.browser.driving import Desk

HALOS = """() => {
  const map = insides.maplibreOf(insides.plotOf('map'));
  const names = map.getLayersOrder().filter((id) => map.getLayer(id).type === 'symbol');
  const said = (id) => ['color', 'width'].map((x) => map.getPaintProperty(id, `text-halo-${x}`));
  return names.map(said);
}"""
STROKES = """() => [...document.querySelectorAll('#map .scattergeo text')].map((name) => {
  const { paintOrder, stroke, strokeWidth } = getComputedStyle(name);
  return [paintOrder, stroke, strokeWidth].join(' ');
})"""
SET = """() => {
  const map = insides.maplibreOf(insides.plotOf('map'));
  const layers = map.getLayersOrder().filter((id) => map.getLayer(id).type === 'symbol');
  const plain = ({ properties }) => properties.text.replaceAll("\\u00a0", " ");
  return map.queryRenderedFeatures({ layers }).map(plain);
}"""
BOXES = """() => [...document.querySelectorAll('#map .scattergeo text')].map((name) => {
  const { left, top, right, bottom } = name.getBoundingClientRect();
  return [name.textContent, left, top, right, bottom];
})"""
CITIES = """Beijing Tianjin Shijiazhuang Tangshan Baoding Handan Zhangjiakou Chengde Langfang
Qinhuangdao Cangzhou Xingtai Hengshui"""


@pytest.mark.maplibre
def test_names_of_maplibre_have_a_halo_and_are_all_set(desk: Desk) -> None:
    desk.visit("?lang=en")
    desk.until(f"() => ({SET})().length > 16")
    found = {" ".join(words.split()) for words in desk.page.evaluate(SET)}
    wanted = {*CITIES.split(), "Xiong'an New Area", "Sub-centre"}
    assert found >= wanted | {"Capital circle", "Tianjin circle", "Shijiazhuang circle"}
    found = desk.page.evaluate(HALOS)
    assert len(found) > 2
    for colour, width in found:
        assert colour == INK["light"].county_line
        assert width > 1
    desk.move("?lang=en&scheme=plan2026")
    long = ["Commuting\ncircle", "Functional circle", "Industrial coordination circle"]
    desk.until(f"(names) => names.every((name) => ({SET})().includes(name))", long)


def test_names_on_vectors_have_a_halo_and_cover_no_other(desk: Desk) -> None:
    desk.visit()
    boxes = desk.page.evaluate(BOXES)
    assert len(boxes) == 18
    for (one, *first), (other, *second) in combinations(boxes, 2):
        assert overlap(tuple(first), tuple(second)) < 2, (one, other)
    found = set(desk.page.evaluate(STROKES))
    assert found == {"stroke rgb(255, 255, 255) 3px"}
