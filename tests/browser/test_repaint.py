"""Between Plotly and MapLibre: what is there is not sent again, a change of colour is dyed.

These tests notice where an upgrade of either takes another way: the map would then be right, but
slow (or, worse, quick and wrong).
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.driving import PLOT, Desk

pytestmark = pytest.mark.maplibre
MAP = "insides.maplibreOf(insides.plotOf('map'))"
AREAS = "insides.areasOf(insides.plotOf('map'), 0)"
COLOURS = f"""() => {{
  const map = {MAP}, trace = {PLOT}._fullData[0].uid;
  const found = map.queryRenderedFeatures({{ layers: [`plotly-trace-layer-${{trace}}-fill`] }});
  const painted = ({{ id, layer }}) => [id, String(layer.paint['fill-color'])];
  return Object.fromEntries(found.map(painted));
}}"""
"""What MapLibre paints each area in, by its code."""
COUNT = f"""() => {{
  window.sent = [];
  {MAP}.on('sourcedataloading', ({{ sourceId, sourceDataType, tile }}) => {{
    if (sourceDataType !== 'metadata' && !tile) window.sent.push(sourceId);
  }});
}}"""
"""Begins to write down the sources that MapLibre is sent anew; tiles it cuts where it moves to."""
START = "?regions=130828&indicator=gdp_tertiary_share&year=2022"


@pytest.fixture
def counted(desk: Desk) -> Desk:
    desk.visit(START)
    desk.page.evaluate(COUNT)
    return desk


def colours(desk: Desk) -> dict[str, str]:
    desk.frames()
    found: dict[str, str] = desk.page.evaluate(COLOURS)
    assert len(found) > 10
    return found


def sent(desk: Desk) -> list[Any]:
    """Return the sources sent since they were last asked for."""
    return list(desk.page.evaluate("() => window.sent.splice(0)"))


def test_a_change_of_colour_sends_nothing_and_paints_what_a_fresh_map_does(counted: Desk) -> None:
    before = colours(counted)
    for change in ("&k=3", "&k=5&year=2012"):
        counted.move(START.replace("&year=2022", "") + change)
        assert sent(counted) == []
        after = colours(counted)
        assert after != before
        before = after
    dyed = counted.page.evaluate(f"() => {MAP}.getFeatureState({{source: {AREAS}, id: 110101}})")
    assert dyed["fc"], "areas are no longer dyed where they lie"
    counted.visit(START.replace("&year=2022", "&k=5&year=2012"))
    assert colours(counted) == before


def test_a_chosen_place_sends_its_outline_alone(counted: Desk) -> None:
    counted.move(START.replace("130828", "131003"))
    first = counted.page.evaluate("() => insides.plotOf('map').layout.meta.chosen")
    assert set(sent(counted)) == {
        counted.page.evaluate(f"() => insides.areasOf(insides.plotOf('map'), {trace})")
        for trace in (first, first + 3)
    }


def test_what_is_not_understood_goes_the_plain_way(counted: Desk) -> None:
    county = colours(counted)
    counted.move(START + "&level=city")
    city = colours(counted)
    assert counted.page.evaluate(f"() => {AREAS}") in sent(counted)
    assert not set(city) & set(county)
    counted.move("?regions=130828&indicator=gdp_primary_share&year=2022")
    other = colours(counted)
    assert set(other) == set(county)
    counted.visit("?regions=130828&indicator=gdp_primary_share&year=2022")
    assert colours(counted) == other


def test_a_source_without_its_usual_ways_is_told_plainly(desk: Desk) -> None:
    desk.visit(START)
    told = desk.page.evaluate(
        """() => {
          const told = [];
          const source = { setData: (data) => told.push(data) };
          const map = {
            addSource() {}, addLayer() {}, setPaintProperty() {}, setFeatureState() {},
            getSource: () => source, getLayer: () => undefined,
          };
          repaint.standOver(map);
          const point = { type: 'Point', coordinates: [1, 2] };
          const of = (fc, size = 1) =>
            ({ features: [{ id: 'x', geometry: point, properties: { fc, size } }] });
          map.addSource('one', { type: 'geojson', data: of('red') });
          const calls = [of('red'), of('blue'), of('blue', 2), of('blue', 2)];
          return [...calls, { type: 'Point' }, { type: 'Point' }].map((data) => {
            source.setData(data);
            return told.length;
          });
        }"""
    )
    # alike; another colour, but never dyed; another size; alike; no features; alike
    assert told == [0, 1, 2, 2, 3, 3]
