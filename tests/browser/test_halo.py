"""Names on the map have a halo in either renderer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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


@pytest.mark.maplibre
def test_names_of_maplibre_have_a_halo(desk: Desk) -> None:
    desk.visit()
    found = desk.page.evaluate(HALOS)
    assert len(found) > 2
    for colour, width in found:
        assert colour == INK["light"].county_line
        assert width > 1


def test_names_on_vectors_have_a_halo(desk: Desk) -> None:
    desk.visit()
    found = set(desk.page.evaluate(STROKES))
    assert found == {"stroke rgb(255, 255, 255) 3px"}
