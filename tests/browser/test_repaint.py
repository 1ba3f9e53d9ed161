"""Between Plotly and MapLibre: what is there is not sent again, a change of colour is dyed.

These tests notice where an upgrade of either takes another way: the map would then be right, but
slow (or, worse, quick and wrong).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.driving import PLOT, Desk
from tests.browser.losing import UPDATES

if TYPE_CHECKING:
    from playwright.sync_api import Route

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


def test_what_is_on_the_map_is_not_set_or_taken_off_again(counted: Desk) -> None:
    """MapLibre draws all of a map anew whatever it is told; half of a change would go there."""
    counted.page.evaluate(
        f"""() => {{
          window.told = [];
          const map = {MAP};
          const {{ style }} = map;
          const telling = ['setPaintProperty', 'setLayoutProperty', 'removeLayer', 'addLayer'];
          for (const name of telling) {{
            const does = style[name];
            style[name] = (...said) => {{
              window.told.push([name, String(said[0]), said[1]]);
              return does.apply(style, said);
            }};
          }}
          map.on('move', () => window.told.push(['move']));
        }}"""
    )
    counted.move(START.replace("&year=2022", "&k=3"))
    assert counted.page.evaluate("() => window.told.splice(0)") == []
    counted.move(START.replace("&year=2022", "&k=3").replace("130828", "131003"))
    names = {name for name, *_ in counted.page.evaluate("() => window.told")}
    assert names <= {"move"}  # to what was chosen elsewhere


def test_areas_of_no_colour_are_not_drawn(desk: Desk) -> None:
    desk.visit(START)
    drawn = desk.page.evaluate(
        f"""() => {{
          const [plot, map] = [insides.plotOf('map'), {MAP}];
          const isClear = ({{ colorscale }}) => colorscale?.[0]?.[1] === 'rgba(0,0,0,0)';
          const clear = plot.data.filter(isClear);
          const fill = (trace) => insides.fillsOf(plot, plot.data.indexOf(trace));
          return clear.map((trace) => map.getPaintProperty(fill(trace), 'fill-opacity'));
        }}"""
    )
    assert len(drawn) > 3
    assert {*drawn} <= {0, None}  # none: nothing of this trace has been shown yet


@pytest.fixture
def asked(desk: Desk) -> list[str]:
    """Return what the page at `START` asks for from now on, by the names of outputs."""
    desk.visit(START)
    asked: list[str] = []
    desk.page.on("request", lambda one: asked.append(str((one.post_data_json or {}).get("output"))))
    return asked


def test_a_change_of_colour_is_shown_before_dash_has_worked_it_out(
    desk: Desk, asked: list[str]
) -> None:
    """All of it is asked for once, at once; the address follows when it is on the map."""
    before = desk.page.evaluate(COLOURS)
    ahead = desk.page.evaluate(
        f"""() => {{
          asking.pace.soon = 60000;
          const look = {COLOURS}, was = JSON.stringify(look()), address = location.search;
          return new Promise((shown, missed) => {{
            setTimeout(missed, 30000);
            {MAP}.on('idle', () => {{
              const now = look();
              if (JSON.stringify(now) !== was) shown([now, address === location.search]);
            }});
            dash_clientside.atlas.go({{ year: '2012', k: '5' }});
          }});
        }}"""
    )
    now, is_before_the_address = ahead
    assert now != before
    assert is_before_the_address
    desk.settle()
    assert desk.page.evaluate(COLOURS) == now
    assert "recoloured.data" in asked
    assert max(Counter(asked).values()) == 1


OUTLINED = f"""() => {{
  const first = {PLOT}.layout.meta.chosen;
  const seen = [0, 1, 2, 3, 4, 5].map((at) => insides.linesOf({PLOT}, first + at))
    .filter((layer) => {MAP}.getPaintProperty(layer, 'line-opacity') !== 0);
  const found = {MAP}.queryRenderedFeatures({{ layers: seen }});
  return [...new Set(found.map(({{ id }}) => id))].sort();
}}"""
"""The places that lines of the map's own are seen around."""


SKETCHED = f"""(chosen) => {{
  asking.pace.soon = 60000;
  const address = location.search;
  dash_clientside.atlas.go({{ regions: chosen }});
  const paths = [...document.querySelectorAll('#map .sketch path')];
  const sizes = paths.map((path) => {{
    const {{ width, height }} = path.getBoundingClientRect();
    return [width > 10, height > 10];
  }});
  return [
    address === location.search, paths.map(({{ style }}) => style.strokeWidth), sizes,
    ({OUTLINED})(),
  ];
}}"""
"""Selects places, and tells what is drawn over the map at once."""


def test_a_selection_is_sketched_until_the_map_has_drawn_it(desk: Desk, asked: list[str]) -> None:
    """Places added, another, a city, a province, none."""
    assert desk.page.evaluate(OUTLINED) == [130828]
    for chosen in ("130828,120116", "131003", "130700", "130000", ""):
        asked.clear()
        is_before, widths, sizes, lines = desk.page.evaluate(SKETCHED, chosen)
        assert is_before
        assert widths == sorted(widths, reverse=True)
        assert sizes == [[bool(chosen)] * 2] * 2
        assert lines == []
        desk.until(
            "(said) => new URLSearchParams(location.search).get('regions') === said", chosen or None
        )
        desk.settle()
        expect(desk.page.locator("#map .sketch")).to_have_count(0)
        assert desk.page.evaluate(OUTLINED) == sorted(
            int(code) for code in chosen.split(",") if code
        )
        assert "outlined.data" in asked
        assert max(Counter(asked).values()) == 1


@pytest.mark.parametrize("way", ["{ regions: '130828' }", None])
def test_a_selection_that_is_taken_back_at_once_leaves_no_sketch(
    desk: Desk, way: str | None
) -> None:
    """By a second click before the address has followed the first, or by the browser's Back."""
    desk.visit(START)
    desk.move(START + "&across=gdp")
    sketched = desk.page.evaluate(
        """() => {
          asking.pace.soon = 60000;
          dash_clientside.atlas.go({ regions: '131003' });
          return document.querySelectorAll('#map .sketch').length;
        }"""
    )
    assert sketched == 1
    desk.page.evaluate(f"() => dash_clientside.atlas.go({way})" if way else "() => history.back()")
    desk.address(START + ("&across=gdp" if way else ""))
    desk.settle()
    expect(desk.page.locator("#map .sketch")).to_have_count(0)
    desk.frames()
    assert desk.page.evaluate(OUTLINED) == [130828]


def test_colours_that_are_taken_back_at_once_are_those_before(desk: Desk) -> None:
    desk.visit(START)
    desk.move(START + "&across=gdp")
    before = colours(desk)
    desk.page.evaluate(
        f"""() => {{
          asking.pace.soon = 60000;
          {MAP}.once = () => {{}}; // the address waits for a map that lies still
          dash_clientside.atlas.go({{ year: '2012' }});
        }}"""
    )
    desk.until(
        f"(before) => JSON.stringify(({COLOURS})()) !== JSON.stringify(before)",
        before,
    )
    desk.page.evaluate(f"() => {{ delete {MAP}.once; history.back(); }}")
    desk.address(START)
    desk.settle()
    assert colours(desk) == before


def test_a_sketch_goes_where_the_map_is_moved(desk: Desk, asked: list[str]) -> None:
    moved = desk.page.evaluate(
        f"""() => {{
          asking.pace.soon = 60000;
          dash_clientside.atlas.go({{ regions: '131003' }});
          const left = () => document.querySelector('.sketch path').getBoundingClientRect().x;
          const before = left();
          {MAP}.panBy([40, 0], {{ animate: false }});
          return before - left();
        }}"""
    )
    assert moved == pytest.approx(40, abs=0.5)
    desk.settle()
    assert "outlined.data" in asked


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
    # Figures of cities alone, whatever the address says: the map has its cities, and goes back.
    counted.move("?regions=130828&indicator=port_throughput")
    assert set(colours(counted)) == set(city)
    counted.move("?regions=130828&indicator=gdp_primary_share&year=2022")
    assert colours(counted) == other
    counted.visit("?regions=130828&indicator=gdp_primary_share&year=2022")
    assert colours(counted) == other


def test_colours_that_come_late_are_not_put_on_a_map_drawn_since(desk: Desk) -> None:
    """They are of another level, circle or theme than it has."""
    desk.visit(START)
    late: list[Route] = []

    def hold(route: Route) -> None:
        asked = (route.request.post_data_json or {}).get("output")
        if asked == "recoloured.data":
            late.append(route)
        else:
            route.continue_()

    desk.page.route(UPDATES, hold)
    desk.page.evaluate("() => dash_clientside.atlas.go({ indicator: 'gdp_primary_share' })")
    desk.until("() => location.search.includes('gdp_primary_share')")
    desk.page.evaluate("() => dash_clientside.atlas.go({ circle: 'tianjin' })")
    desk.until_traces("([t]) => t.z.includes(-2)")
    assert late
    for route in late:
        route.continue_()
    desk.page.unroute(UPDATES)
    desk.settle()
    painted = colours(desk)
    desk.visit(START.replace("tertiary", "primary") + "&circle=tianjin")
    assert colours(desk) == painted


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
