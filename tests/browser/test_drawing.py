"""The map as MapLibre draws it: whose names give way, and pages that go while it draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SCREEN
from tests.browser.driving import IDLE, PLOT, Desk, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ALL_LAYERS = "fill,circles,cities,lines,labels,clusters,parks,gates"
NAMES = f"""() => {{
  const map = {PLOT}._fullLayout.map._subplot.map, box = map.getContainer();
  const layers = map.getLayersOrder(), told = (id) => map.queryRenderedFeatures({{ layers: [id] }});
  const within = ({{ x, y }}) => x > 40 && y > 40 && x < box.clientWidth - 40
    && y < box.clientHeight - 40;
  const traces = {PLOT}._fullData.filter((t) => t.mode === 'markers+text');
  return {{
    zoom: map.getZoom(),
    shown: layers.filter((id) => id.endsWith('-symbol')).flatMap(told)
      .map((f) => f.properties.text),
    counties: layers.filter((id) => id.startsWith('plotly-layout-layer')).flatMap(told).length,
    wanted: traces.flatMap((t) => [...t.text].filter((_, i) =>
      within(map.project([t.lon[i], t.lat[i]])))).map((name) => name.replaceAll('<br>', '\\n')),
  }};
}}"""


@pytest.fixture(scope="module")
def wide(webgl_browser: Browser, app_url: str) -> Iterator[Desk]:
    with sit_down(webgl_browser, app_url, SCREEN) as desk:
        yield desk


@pytest.mark.parametrize(
    "search",
    ["?circle=tianjin", "?circle=shijiazhuang&lang=en", f"?circle=tianjin&layers={ALL_LAYERS}"],
)
def test_names_of_counties_give_way_to_those_of_cities_and_circles(wide: Desk, search: str) -> None:
    wide.move(search)
    wide.until(f"() => {{ const n = ({NAMES})(); return n.zoom > 6.9 && n.counties > 50; }}")
    # Names fade in one after another once they are placed.
    wide.until(f"""() => {{ const {{ wanted, shown }} = ({NAMES})();
      return wanted.length > 5 && wanted.every((name) => shown.includes(name)); }}""")


def test_the_whole_region_lies_within_a_wide_map(wide: Desk) -> None:
    wide.move("?regions=110112")
    assert wide.drawn_by("map")
    assert wide.fits()
    assert wide.corners_out_of_view() == []


@pytest.mark.soak
def test_a_page_may_go_while_its_map_is_drawn(wide: Desk) -> None:
    wide.page.set_viewport_size({"width": 1000, "height": 400})  # a fifth of the pixels to draw
    cdp = wide.page.context.new_cdp_session(wide.page)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": 2})
    steps = (wide.frames, lambda: wide.until(IDLE), wide.frames)
    # How far the page comes with an address before the reader goes on to the next.
    for reached in (0, 1, len(steps)):
        for search in ("?circle=tianjin", "?lang=en&level=city&indicator=gdp", "?regions=110112"):
            wide.page.evaluate("search => dash_clientside.set_props('url', { search })", search)
            for step in steps[:reached]:
                step()
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    wide.settle()
    wide.outlined("110112")
    wide.watch.assert_clean()
    wide.page.set_viewport_size({"width": SCREEN[0], "height": SCREEN[1]})
