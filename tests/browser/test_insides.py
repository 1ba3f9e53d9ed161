"""The insides of Plotly, MapLibre, Dash and AG Grid on which the page leans, each driven once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from dashboard.map.figure import SIZED
from dashboard.web.plotly_script import PATH, TRACES, plotly_script
from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage
    from tests.browser.driving import Desk

ONE = "?regions=130828"
INSIDES = re.compile(r"_full(Layout|Data)|_subplot|js-plotly-plot|\bag-(row|cell)|_locale|prop_id")
FUNCTIONS = set(
    re.findall(
        r"\b\w+\b",
        (ROOT / "assets" / "insides.js")
        .read_text(encoding="utf-8")
        .rpartition("window.insides = {")[2]
        .partition("}")[0],
    )
)
DRIVEN = {
    "vectors": {
        "plotOf",
        "layoutOf",
        "valueOf",
        "stopOf",
        "propsOf",
        "isWithin",
        "valuesNow",
        "askedBy",
        "geometryOf",
        "plots",
        "drawingOf",
        "shapesOf",
        "marksOf",
        "pixelOf",
        "dashAreas",
        "fillBoxes",
    },
    "questions": {"questionOf", "questionsFor", "putAt"},
    "tiles": {
        "maplibreOf",
        "abandon",
        "areasOf",
        "fillsOf",
        "linesOf",
        "areasIn",
        "circlesOf",
        "keepPlaces",
        "expectNoFrame",
        "showNamesAtOnce",
        "rests",
        "moveByHand",
        "travelByHand",
        "sayToOneFinger",
    },
    "grid": {"valueCellOf", "saidInRow", "gridOf"},
}


def inside(page: Page, expression: str) -> Any:  # noqa: ANN401 - whatever the expression gives
    return page.evaluate(f"() => {{ const plot = insides.plotOf('map'); return {expression}; }}")


def test_every_function_is_driven_and_no_other_script_looks_inside() -> None:
    assert set[str]().union(*DRIVEN.values()) == FUNCTIONS
    others = [path for path in (ROOT / "assets").glob("*.js") if path.name != "insides.js"]
    looking = {
        path.name: found
        for path in others
        if (found := INSIDES.findall(path.read_text(encoding="utf-8")))
    }
    assert looking == {}


def test_plotly_comes_once_with_the_traces_that_are_drawn_here(desk: Desk) -> None:
    fetched = "() => performance.getEntriesByType('resource').map((e) => e.name.split('/').at(-1))"
    desk.visit(ONE)
    traces = desk.page.evaluate("() => Object.keys(Plotly.PlotSchema.get().traces)")
    assert set(traces) == TRACES
    early = [name for name in desk.page.evaluate(fetched) if "plotly" in name]
    desk.page.goto("/methods")  # has no chart: Dash asks when there is one
    desk.page.locator("#page-explore").click()
    desk.settle()
    late = [name for name in desk.page.evaluate(fetched) if "plotly" in name]
    name = PATH.rpartition("/")[2]
    assert (early, late) == ([f"{name}?{plotly_script().digest}"], [name])
    runner = "() => [typeof regeneratorRuntime.wrap, typeof _babelPolyfill, typeof dash_table]"
    assert desk.page.evaluate(runner) == ["function", "undefined", "undefined"]
    desk.watch.assert_clean()


def test_a_map_of_vectors_tells_its_layout_and_where_it_was_moved(desk: Desk) -> None:
    desk.move(ONE)
    page = desk.page
    assert inside(page, "insides.layoutOf(plot).meta.focus") == "region"
    page.evaluate("() => Plotly.relayout(insides.plotOf('map'), { 'geo.projection.scale': 2 })")
    assert inside(page, "insides.valueOf(plot, 'geo.projection.scale')") == 2
    assert inside(page, "insides.valueOf(plot, 'geo.nothing.there')") is None
    assert inside(page, "insides.maplibreOf(plot)") is None
    assert inside(page, "insides.propsOf('regions').value") == ["130828"]
    assert inside(page, "insides.propsOf('none') ?? null") is None
    pairs = [("map", "page"), ("page", "page"), ("view", "page"), ("none", "page"), ("map", "none")]
    within = [inside(page, f"insides.isWithin('{one}', '{other}')") for one, other in pairs]
    assert within == [True, False, False, False, False]
    assert inside(page, "insides.valuesNow().regions") == '["130828"]'
    assert inside(page, "'map' in insides.valuesNow()") is False


def test_a_drawing_tells_its_size_layers_and_rows(desk: Desk) -> None:
    desk.move("?regions=130828&level=city")
    ranking = """(() => {
      const plot = insides.plotOf('ranking-chart'), told = insides.drawingOf(plot);
      const names = [...plot.querySelectorAll('.ytick text')].map((e) => e.getBoundingClientRect());
      return {
        there: insides.plots().includes(plot), layers: told.svgs.map((svg) => svg.tagName),
        box: [plot.clientWidth - told.width, plot.clientHeight - told.height],
        apart: Math.abs(names[1].y - names[0].y) - told.rows.step, photograph: told.photograph,
      };
    })()"""
    told = inside(desk.page, ranking)
    assert told["there"]
    assert set(told["layers"]) == {"svg"}
    assert [*told["box"], told["apart"]] == pytest.approx([0, 0, 0], abs=1)
    assert told["photograph"] is None


def test_areas_bars_and_points_tell_what_they_stand_for(desk: Desk) -> None:
    desk.move(ONE)
    told = desk.page.evaluate(
        """() => {
          const [map, bars] = ['map', 'ranking-chart'].map(insides.plotOf);
          const areas = insides.shapesOf(map, 0), marks = insides.marksOf(bars);
          const told = bars._fullData.flatMap(({ customdata }) => customdata || []);
          return [
            areas.length === map._fullData[0].locations.length, areas[0][1].tagName,
            areas.every(([code], at) => code === String(map._fullData[0].locations[at])),
            marks.length > 10, String(marks.flatMap(([code]) => code || [])) === String(told),
          ];
        }"""
    )
    assert told == [True, "path", True, True, True]


def test_a_place_is_told_in_pixels_and_lines_of_areas_are_dashed(desk: Desk) -> None:
    desk.move(ONE)
    weichang = "[117.76, 41.94]"  # the county chosen in `ONE` lies around it
    told = inside(
        desk.page,
        f"""(() => {{
          const {{ x, y }} = insides.pixelOf(plot, {weichang}), home = plot.getBoundingClientRect();
          const shape = insides.shapesOf(plot, 0).find(([code]) => code === '130828')[1];
          const box = shape.getBoundingClientRect();
          insides.dashAreas(plot, 0, [6, 3], 1);
          return [
            box.left <= x + home.left && x + home.left <= box.right,
            box.top <= y + home.top && y + home.top <= box.bottom,
            shape.parentElement.style.strokeDasharray.replace(',', ''),
          ];
        }})()""",
    )
    assert told == [True, True, "6 3"]


def test_a_map_of_vectors_fills_its_box_wherever_it_is_fitted_to(desk: Desk) -> None:
    desk.move("?circle=shijiazhuang")  # wider than the box
    told = inside(
        desk.page,
        """(() => {
          const { width, height } = plot.querySelector('.geo .bg rect').getBoundingClientRect();
          const paths = insides.shapesOf(plot, 0).map(([, path]) => path.getBoundingClientRect());
          const home = plot.getBoundingClientRect();
          return [
            Math.abs(width - home.width) < 1, Math.abs(height - home.height) < 1,
            Math.min(...paths.filter((box) => box.width).map(({ top }) => top)) < home.top,
          ];
        })()""",
    )
    assert told == [True, True, True]


def test_a_drawing_that_is_stopped_says_nothing(desk: Desk) -> None:
    desk.move(ONE)
    told = desk.page.evaluate(
        """async () => {
          const plot = insides.plotOf('map'), reason = new Error('stopped');
          addEventListener('unhandledrejection', (event) => {
            if (event.reason === reason) event.preventDefault();
          });
          insides.stopOf(plot, reason)();
          return Plotly.relayout(plot, { 'geo.projection.scale': 3 }).then(
            () => 'drawn', (why) => (why === reason ? 'given up' : String(why)));
        }"""
    )
    assert told == "given up"
    desk.watch.assert_clean()


def test_a_callback_of_the_browser_knows_for_what_it_runs(desk: Desk) -> None:
    desk.visit("?regions=130828&level=city")
    desk.bar("131000").click(force=True)
    desk.has(regions="131000")
    desk.page.evaluate("() => dash_clientside.set_props('layers', { value: ['circles'] })")
    desk.has(layers="circles")


def test_a_figure_tells_the_files_that_it_names(desk: Desk) -> None:
    desk.move(ONE)
    told = desk.page.evaluate(
        """() => {
          const { data, layout } = insides.plotOf('map');
          const drawn = insides.geometryOf({ data, layout });
          const figure = {
            data: [{ geojson: '/a' }, { geojson: '/a' }, { geojson: {} }, {}],
            layout: { map: { layers: [
              { source: '/b' }, { source: {} }, { source: '/c', sourcetype: 'image' },
            ] } },
          };
          const files = insides.geometryOf(figure);
          files[1].keep('found');
          const [again] = insides.geometryOf(figure).slice(1);
          delete PlotlyGeoAssets['/b'];
          return [
            drawn.filter(({ held }) => !held), drawn.map(({ url }) => url),
            files.map(({ url, held }) => [url, held]), again.held,
          ];
        }"""
    )
    assert told[0] == [], "what is drawn has been fetched"
    assert any("/geo/county-overview." in url for url in told[1])
    assert any(url.endswith("world_110m.json") for url in told[1])
    assert told[2:] == [[["/a", False], ["/b", False]], True]


@pytest.mark.maplibre
def test_a_map_of_maplibre_is_taken_off_and_made_anew(desk: Desk) -> None:
    desk.visit(ONE)
    page = desk.page
    page.evaluate(
        """() => {
          const plot = insides.plotOf('map');
          window.before = insides.maplibreOf(plot);
          insides.abandon(plot);
        }"""
    )
    expect(page.locator("#map canvas.maplibregl-canvas")).to_have_count(0)
    assert inside(page, "insides.maplibreOf(plot)") is None
    page.evaluate("async () => { await Plotly.redraw(insides.plotOf('map')); }")
    desk.settle()
    assert inside(page, "insides.maplibreOf(plot) !== window.before")
    expect(page.locator("#map canvas.maplibregl-canvas")).to_have_count(1)


@pytest.mark.maplibre
def test_layers_camera_and_words_of_maplibre_are_where_they_were(desk: Desk) -> None:
    desk.visit(ONE + "&indicator=gdp&level=city")  # a map that Plotly has made by itself
    page = desk.page
    layers = inside(page, "insides.maplibreOf(plot).getLayersOrder()")
    assert inside(page, f"insides.circlesOf(plot, {SIZED})") in layers
    assert inside(page, "insides.maplibreOf(plot).getSource(insides.areasOf(plot, 0)).type")
    page.evaluate(
        """() => {
          const plot = insides.plotOf('map');
          plot.once('plotly_relayout', (change) => { window.heard = change['map.zoom']; });
          insides.moveByHand(plot, { zoom: 7 });
        }"""
    )
    page.wait_for_function("() => window.heard === 7")
    county = inside(page, "insides.areasIn(plot.data[0].geojson, ['130100', '0'])")
    assert [(one["id"], one["geometry"]["type"][-7:]) for one in county] == [("130100", "Polygon")]
    assert inside(page, "insides.areasIn('/no/such/file', ['130100'])") == []
    assert inside(page, "insides.fillsOf(plot, 0)") in layers
    assert inside(page, "insides.linesOf(plot, 0)") in layers
    assert inside(page, "insides.maplibreOf(plot)._fadeDuration") == 0
    resting = """async () => {
      const map = insides.maplibreOf(insides.plotOf('map'));
      if (!insides.rests(map)) await new Promise((still) => map.once('idle', still));
      const still = insides.rests(map);
      map.triggerRepaint();
      return [still, insides.rests(map)];
    }"""
    assert page.evaluate(resting) == [True, False]
    places = """(() => {
      const { traceHash, belowLookup } = insides.layoutOf(plot).map._subplot;
      const [given, kept] = [(one) => one.below, ({ uid }) => belowLookup[`trace-${uid}`]];
      const drawn = plot._fullData.map(({ uid }) => traceHash[uid].below);
      return [plot.data.map(given), plot._fullData.map(kept), drawn];
    })()"""
    quiet = """async () => {
      const plot = insides.plotOf('map');
      const map = insides.maplibreOf(plot);
      if (!map.loaded()) await new Promise((still) => map.once('idle', still));
      const { triggerRepaint } = map;
      let wanted = 0;
      map.triggerRepaint = () => { wanted += 1; triggerRepaint.call(map); };
      for (const _ of Array(9)) { // a tile that comes meanwhile asks for a frame of its own
        wanted = 0;
        await Plotly.react(plot, plot.data, plot.layout);
        if (!wanted) break;
      }
      map.triggerRepaint = triggerRepaint;
      return wanted;
    }"""
    assert page.evaluate(quiet) == 0
    given, kept, drawn_at = inside(page, places)
    assert given == kept == drawn_at
    assert len({*given}) == len(given)
    drawn = inside(
        page,
        "(({ photograph }) => photograph.getContext('2d')"
        ".getImageData(0, 0, photograph.width, photograph.height).data.some((part) => part))"
        "(insides.drawingOf(plot))",
    )
    assert drawn
    page.evaluate("() => insides.sayToOneFinger(insides.maplibreOf(insides.plotOf('map')), '两指')")
    told = page.evaluate(
        """() => {
          const map = insides.maplibreOf(insides.plotOf('map'));
          map.cooperativeGestures.enable();
          const words = document.querySelector('.maplibregl-mobile-message').textContent;
          map.cooperativeGestures.disable();
          return words;
        }"""
    )
    assert told == "两指"


def test_a_cell_of_the_grid_tells_its_row(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/data?indicator=gdp&level=city")
    cell = page.locator('.ag-cell[col-id="value"]').first
    expect(cell).to_be_visible()
    said = cell.evaluate(
        """(cell) => [
          insides.valueCellOf(cell.firstElementChild || cell) === cell,
          insides.valueCellOf(document.body) === null,
          insides.saidInRow(cell, 'code'),
          insides.saidInRow(cell, 'year'),
        ]"""
    )
    assert said[:2] == [True, True]
    assert re.fullmatch(r"\d{6}|JJJ", said[2])
    assert re.fullmatch(r"\d{4}", said[3])
    grid = page.evaluate("() => insides.gridOf(document.querySelector('.data-table .grid'))")
    assert grid["names"][:2] == ["place", "code"]
    assert len(grid["heads"]) == len(grid["names"])
    assert said[2] in [row[1] for row in grid["rows"]]
