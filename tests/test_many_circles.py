"""A scheme of any number of circles is shown everywhere, or refused where the facts are checked.

The product is copied and schemes are added to the copy as CONTRIBUTING has it; the copy's own
check builds and reads them, and then everything that is offered to a reader is asked for.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from dash import html

from dashboard.app import create_app
from dashboard.assistants import Tools
from dashboard.charts.record import Canvas
from dashboard.labels import overlap
from dashboard.map.figure import map_chart
from dashboard.map.names import Spot
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import all_panels, charts_of
from dashboard.pages.origin import origin_of
from dashboard.pages.rehearsal import scheme_faults
from dashboard.pages.screen import Screen
from dashboard.pages.settings import settings
from dashboard.print.report import find_place, report
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse
from dashboard.web.limits import Policy
from geodata.atlas import Atlas
from geodata.build import cache
from geodata.ids import MOST_CIRCLES
from tests.dashboard.panel_fixtures import said
from tests.many_circles import add_scheme, cities_of, copy_with, run

if TYPE_CHECKING:
    from pathlib import Path

    from dash.development.base_component import Component
    from flask.testing import FlaskClient

    from dashboard.view import View
    from geodata.build.cache import Manifest
    from geodata.records import Lang

SIZES = (1, 4, 7, MOST_CIRCLES)
EVERY_SIZE = pytest.mark.parametrize("size", SIZES)
NOTHING_TO_DRAW = 422


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the product with schemes of all sizes, whose check found no fault."""
    folder = copy_with(tmp_path_factory.mktemp("many"), SIZES)
    checked = run(folder, "check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "未发现问题 No fault found." in checked.stdout
    return folder


@pytest.fixture(scope="module")
def manifest(product: Path) -> Manifest:
    found = cache.last_good(product / "cache")
    assert found
    return found


@pytest.fixture(scope="module")
def scene(manifest: Manifest) -> Scene:
    atlas = Atlas.load(manifest.folder)
    return Scene(atlas, manifest.products.__getitem__, vocabulary(atlas))


@pytest.fixture(scope="module")
def client(scene: Scene, manifest: Manifest) -> FlaskClient:
    made: FlaskClient = create_app(scene.atlas, manifest, Policy(per_minute=0)).server.test_client()
    return made


def read(scene: Scene, search: str) -> View:
    view, fallen = parse(search, scene.vocabulary)
    assert fallen == ()
    return view


def by_class(component: Component, name: str) -> list[Component]:
    """Return the parts of a page that are of a class."""
    found = [component] if name in str(getattr(component, "className", "")).split() else []
    children = getattr(component, "children", None) or []
    for child in children if isinstance(children, list | tuple) else [children]:
        if hasattr(child, "to_plotly_json"):
            found += by_class(child, name)
    return found


@pytest.mark.parametrize(
    ("size", "lang"), [*((size, "zh") for size in SIZES), (1, "en"), (MOST_CIRCLES, "en")]
)
def test_every_page_is_shown_with_all_circles(scene: Scene, size: int, lang: Lang) -> None:
    names = [circle.name[lang] for circle in scene.atlas.circles(f"n{size}")]
    every = ",".join(f"x{n}" for n in range(1, size + 1))
    for more in ("", f"&circle={every}", "&among=circle", "&indicator=gdp&level=city&links=rail"):
        view = read(scene, f"?scheme=n{size}&system=c{size}&lang={lang}{more}")
        assert view.lang == lang
        for page in PAGES.values():
            words = said(page.body(scene, view, Screen()))
            assert words
            if page.name == "compare":
                assert [name for name in names if name not in words] == []


@EVERY_SIZE
def test_chips_and_city_systems_are_as_many_as_the_circles(scene: Scene, size: int) -> None:
    found = settings(scene, read(scene, f"?scheme=n{size}&system=c{size}"))
    assert [chip.value for chip in found["circles"]["children"]] == [
        f"x{n}" for n in range(1, size + 1)
    ]
    values = [one["value"] for one in found["system"]["data"]]
    assert values == ["JJJ", "110000", "120000", "130000", *(f"c{n}" for n in range(1, size + 1))]
    assert found["system"]["value"] == f"c{size}"
    assert found["system"]["data"][-1]["label"] == f"第{size}都市圈"


@EVERY_SIZE
def test_each_circle_has_a_line_of_its_own_colour_and_an_entry_of_the_legend(
    scene: Scene, size: int
) -> None:
    view = read(scene, f"?scheme=n{size}&indicator=gdp&level=city")
    outlines = scene.outlines(view)
    assert [one.key for one in outlines] == [f"n{size}/x{n}" for n in range(1, size + 1)]
    assert len({one.colour for one in outlines}) == size
    for page in PAGES.values():
        if page.drawn:
            legend = page.drawn.legend(scene, view, "light")
            assert len(by_class(legend, "ring")) == size, page.name
            *_, names = page.drawn.chart(scene, view).draw(Canvas(600))["data"]
            assert len(names["text"]) == size


@EVERY_SIZE
def test_figures_of_circles_are_those_of_their_cities(scene: Scene, size: int) -> None:
    atlas = scene.atlas
    for number in range(size):
        cities = [atlas.value("population", code, "2020").value for code in cities_of(number, size)]
        whole = atlas.value("population", f"n{size}/x{number + 1}", "2020")
        assert whole.value == pytest.approx(sum(one for one in cities if one is not None))
        ranked = atlas.hierarchy.system(f"n{size}/x{number + 1}", "gdp").cities
        assert {one.place.id for one in ranked} == set(cities_of(number, size))


@EVERY_SIZE
def test_circles_are_compared_with_one_another(scene: Scene, size: int) -> None:
    match = scene.atlas.chains.match("circle", "2020", f"n{size}")
    alike = scene.atlas.structure.similarity("circle", "2020", "cosine", f"n{size}")
    assert len(match.chains) == len(alike.among.places) == size
    assert alike.matrix.shape == (size, size)


@EVERY_SIZE
def test_every_chart_can_be_taken_away(client: FlaskClient, size: int) -> None:
    taken = {}
    for page in PAGES.values():
        for chart in charts_of(page):
            chosen = f"scheme=n{size}&system=c{size}&among=circle"
            query = f"{chosen}&indicator=gdp&level=city&maps=years"
            answer = client.get(f"/export/{page.name}/{chart}.csv?{query}")
            taken[chart] = answer.status_code
            assert answer.status_code in {200, NOTHING_TO_DRAW}, (chart, answer.text)
    few = {"matrix", "chain", "theil-circle"}
    """A likeness takes three places, a part between groups two of them."""
    empty = {chart for chart, status in taken.items() if status == NOTHING_TO_DRAW}
    assert empty == (few if size == 1 else set())


@EVERY_SIZE
def test_the_data_have_every_circle(client: FlaskClient, size: int) -> None:
    ids = {f"n{size}/x{n}" for n in range(1, size + 1)}
    query = f"level=circle&scheme=n{size}&year=2023"
    table = client.get(f"/data/gdp.csv?{query}")
    assert {row["region_code"] for row in csv.DictReader(io.StringIO(table.text))} == ids
    for address in (f"layout.geojson?scheme=n{size}", f"gdp.geojson?{query}"):
        features = client.get(f"/data/{address}").get_json()["features"]
        assert ids <= {one["id"] for one in features if one["geometry"]}
    packed = client.get(f"/data/gdp.parquet?{query}")
    assert packed.status_code == 200


@EVERY_SIZE
def test_assistants_drawer_and_report_know_the_last_circle(scene: Scene, size: int) -> None:
    key = f"n{size}/x{size}"
    assert key in {one["id"] for one in Tools(scene.atlas).find_place(f"Circle {size}")}
    view = read(scene, f"?scheme=n{size}")
    told = origin_of(scene, view, f"population|{key}|2020")
    assert told
    assert len(told.parts) >= len(cities_of(size - 1, size))
    written = report(
        scene, find_place(scene, key, view.scheme), view, scene.context(view), all_panels(PAGES)
    )
    assert written.title
    assert written.sections


def test_a_scheme_that_a_page_cannot_show_is_a_fault_of_the_check(
    scene: Scene, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_scene: Scene, view: View, _screen: Screen) -> Component:
        message = "no such circle"
        if view.scheme == "article":
            raise ValueError(message)
        return html.Div()

    pages = {"/": replace(PAGES["/"], body=broken)}
    monkeypatch.setattr("dashboard.pages.rehearsal.PAGES", pages)
    (fault,) = [one for one in scheme_faults(scene.atlas, manifest) if "article" in one.zh]
    assert (fault.file, fault.line) == ("catalog/schemes.csv", 2)
    assert "“总览”页无法显示（ValueError: no such circle）；请核对" in fault.zh
    assert (
        "article cannot be shown on the page Explore (ValueError: no such circle); look over"
        in fault.en
    )


def test_one_circle_too_many_is_a_fault_of_the_check(product: Path) -> None:
    add_scheme(product / "geodata", MOST_CIRCLES + 1)
    checked = run(product, "check")
    assert checked.returncode == 1
    rows = (
        (product / "geodata" / "catalog" / "schemes.csv").read_text(encoding="utf-8").splitlines()
    )
    (line,) = [n for n, row in enumerate(rows, start=1) if row.startswith("n13,x13,")]
    assert (
        f"catalog/schemes.csv 第 {line} 行：方案“n13”有 13 个都市圈，图上最多分得清 12 个；请删去"
        in checked.stderr
    )
    assert f"catalog/schemes.csv, line {line}: the scheme 'n13' has 13 circles" in checked.stderr
    assert "Traceback" not in checked.stderr


@EVERY_SIZE
def test_names_of_circles_keep_clear_of_one_another(scene: Scene, size: int) -> None:
    for lang in ("zh", "en"):
        view = read(scene, f"?scheme=n{size}&lang={lang}")
        names = map_chart(scene.picture(view, "geo", "light"))["data"][-1]
        lines = [tuple(words.split("<br>")) for words in names["text"]]
        spots = [
            Spot((lon, lat), own)
            for lon, lat, own in zip(names["lon"], names["lat"], lines, strict=True)
        ]
        assert len(spots) == size
        for one, other in combinations(spots, 2):
            assert overlap(one.box, other.box) < 1, (one.lines, other.lines)
