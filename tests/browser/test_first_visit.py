"""A reader's first visit: what is loaded, drawn and said before anything is clicked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.driving import FIRST_VISIT, PLOT, Desk, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Response

PANELS = {
    "selection-panel": ("京津冀", "常住人口（普查）", "11,036.93万人"),
    "industry-panel": ("产业结构", "信息软件", "区位商以全国为基准"),
    "cluster-panel": ("产业集群与园区", "国家创新型产业集群", "北京海淀人工智能集群"),
    "plan-panel": ("规划要求与数据对照",),
    "ranking": ("指标位次", "制造业区位商"),
    "legend": ("制造业区位商", "2020", "以 1 为中心的固定界限"),
}


VIEWS = """addEventListener('drawn', ({ target }) => {
  const { zoom, center } = target._fullLayout?.map || {};
  if (zoom) (window.views ||= []).push([zoom, center.lon, center.lat]);
  (window.order ||= []).push(target.closest('[id]').id);
}, true);
window.pace = { ...window.pace, first: 1200 };"""
"""Writes down what Plotly has drawn, and where the map stands each time that it is; a map may take
as long as a busy machine likes before charts are drawn without it."""


@pytest.fixture(scope="module")
def first(webgl_browser: Browser, app_url: str) -> Iterator[tuple[Desk, Response]]:
    """Visit the atlas for the first time; no test of this module changes the page."""
    with sit_down(webgl_browser, app_url, LAPTOP, fresh=True) as desk:
        desk.page.add_init_script(VIEWS)
        answer = desk.page.goto("/")
        assert answer
        desk.settle(FIRST_VISIT)
        yield desk, answer


def test_the_map_colours_every_county_with_webgl2(first: tuple[Desk, Response]) -> None:
    desk, _ = first
    areas = desk.traces("([t]) => [t.type, t.locations.length, t.z.length, [...t.z].sort()[0]]")
    assert areas == ["choroplethmap", 199, 199, 0]
    canvas = desk.page.locator("#map canvas.maplibregl-canvas")
    expect(canvas).to_be_visible()
    assert canvas.evaluate("c => c.getContext('webgl2') instanceof WebGL2RenderingContext")


def test_the_map_is_drawn_where_it_stays(first: tuple[Desk, Response]) -> None:
    page = first[0].page
    views = page.evaluate("() => window.views")
    now = page.evaluate(
        f"() => {{ const {{ zoom, center }} = {PLOT}._fullLayout.map; "
        "return [zoom, center.lon, center.lat]; }"
    )
    assert views
    for view in views:
        assert view == pytest.approx(now, abs=1e-6)


def test_the_map_is_drawn_once_and_before_the_charts(first: tuple[Desk, Response]) -> None:
    order = first[0].page.evaluate("() => window.order")
    assert order[0] == "map"
    assert sorted(order[1:]) == ["industry-chart", "ranking-chart", "scatter-chart"]


def test_the_drawn_map_shows_the_colours_of_the_legend(first: tuple[Desk, Response]) -> None:
    desk, _ = first
    # What MapLibre holds of the areas is asked, not what it was told.
    drawn = desk.page.evaluate("""() => {
      const map = document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map;
      const areas = map.queryRenderedFeatures().filter((f) => f.layer.type === 'fill');
      return [...new Set(areas.map((f) => {
        const { r, g, b } = f.layer.paint['fill-color'];
        return [r, g, b].map((x) => Math.round(x * 255)).join(', ');
      }))];
    }""")
    shown = desk.page.locator("#legend .legend-rows i").evaluate_all(
        "all => all.map((i) => getComputedStyle(i).backgroundColor.match(/[0-9, ]+/)[0])"
    )
    assert len(shown) == 5
    assert set(shown) <= set(drawn)


def test_each_geometry_is_fetched_once_by_its_hashed_address(
    first: tuple[Desk, Response],
) -> None:
    desk, _ = first
    # What the browser takes out of its own cache, for MapLibre's worker, has no bytes of a body.
    sent = [one for one in desk.watch.requests if one.sizes()["responseBodySize"] > 0]
    paths = [urlsplit(request.url).path for request in sent]
    geometry = [path for path in paths if path.startswith("/geo/")]
    assert any(re.fullmatch(r"/geo/county-overview\.[0-9a-f]{8,}\.geojson", p) for p in geometry)
    assert all(re.fullmatch(r"/geo/[\w-]+\.[0-9a-f]{8,}\.geojson", p) for p in geometry), geometry
    assert len(geometry) == len(set(geometry)), geometry


@pytest.mark.parametrize("panel", list(PANELS))
def test_a_panel_is_filled(first: tuple[Desk, Response], panel: str) -> None:
    for words in PANELS[panel]:
        expect(first[0].page.locator(f"#{panel}")).to_contain_text(words)


def test_the_page_has_its_title_and_language(first: tuple[Desk, Response]) -> None:
    page = first[0].page
    expect(page).to_have_title("京津冀产业协同图谱")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    expect(page.locator("h1")).to_have_text("京津冀产业协同图谱")
    expect(page.locator("#notices")).to_be_empty()


def test_the_page_forbids_what_it_does_not_need(first: tuple[Desk, Response]) -> None:
    headers = first[1].all_headers()
    policy = dict(
        part.split(" ", 1) for part in headers["content-security-policy"].split("; ") if " " in part
    )
    assert policy["default-src"] == "'none'"
    assert policy["worker-src"] == "blob:"
    assert policy["connect-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert "sha256-" in policy["script-src"]
    assert headers["x-content-type-options"] == "nosniff"


def test_the_policy_stops_a_script_that_slips_in(first: tuple[Desk, Response]) -> None:
    desk, _ = first
    before = len(desk.watch.complaints)
    ran = desk.page.evaluate("""() => { const s = document.createElement('script');
      s.textContent = 'window.slippedIn = true'; document.body.append(s); s.remove();
      return Boolean(window.slippedIn); }""")
    assert not ran
    desk.page.wait_for_function("() => true")
    complaints = desk.watch.complaints[before:]
    assert any("script-src" in complaint for complaint in complaints), complaints
    del desk.watch.complaints[before:]


def test_nothing_is_asked_of_another_host_and_nothing_fails(first: tuple[Desk, Response]) -> None:
    desk, _ = first
    assert desk.watch.complaints == []
    hosts = {urlsplit(r.url).netloc for r in desk.watch.requests if r.url.startswith("http")}
    assert hosts == {urlsplit(desk.watch.home).netloc}
    statuses = {}
    for request in desk.watch.requests:
        if request.url.startswith("http"):
            answer = request.response()
            statuses[request.url] = answer.status if answer else 0
    assert [url for url, status in statuses.items() if status not in {200, 204, 304}] == []


def test_the_server_says_that_it_is_well(first: tuple[Desk, Response]) -> None:
    answer = first[0].page.request.get("/healthz")
    assert (answer.status, answer.text()) == (200, "ok\n")


def test_what_scripts_rely_on_stands_on_the_page_once(first: tuple[Desk, Response]) -> None:
    desk, _ = first
    stable = [
        *("map", "scheme", "circle", "level", "indicator", "year", "benchmark", "language"),
        *("selection-panel", "industry-panel", "cluster-panel", "plan-panel", "ranking"),
    ]
    counts = {name: desk.page.locator(f"[id='{name}']").count() for name in stable}
    assert counts == dict.fromkeys(stable, 1)
