"""The page of a reader's own firms: there with a register, and on this machine alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from dashboard.charts.record import Canvas
from dashboard.charts.shown import shown
from dashboard.pages import firms
from dashboard.pages.callbacks import PAGES, pages_of
from dashboard.pages.gallery import Gallery, figures_of
from dashboard.print.paper import Print
from dashboard.scene import Scene, vocabulary
from dashboard.site import Site
from dashboard.view import parse
from dashboard.web.limits import Policy
from geodata.ids import OWN, OWN_ID
from geodata.own import store
from geodata.own.firms.importing import keep_firms, read_firms
from geodata.own.firms.spots import Cells, Spots, as_png
from geodata.records import REGION_ID
from tests.benchmarks.firm_points import firms as invented
from tests.dashboard import panel_fixtures as made
from tests.dashboard.test_site import BAND, STRANGERS, ask, bands, callback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.charts.record import Chart
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

NAMES = [name for panel in firms.PAGE.panels for name in panel.names]


def with_a_cluster() -> pa.Table:
    """Return invented firms, one of those still there forty times at its place."""
    table = invented(2_500, 4)
    seen = table.to_pandas()
    near = seen["lon"].between(114, 119) & seen["lat"].between(37, 41)
    at = int((near & seen["注销日期"].isna()).to_numpy().argmax())
    return pa.concat_tables([table, *[table.slice(at, 1)] * 39])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        where = tmp_path_factory.mktemp("own")
        patch.setenv(store.ENVIRONMENT, str(where / "data"))
        path = where / "mine.parquet"
        parquet.write_table(with_a_cluster(), path)
        keep_firms(read_firms(path, "mine", year=2025, system="wgs84"), path, "mine")
        bare = where / "bare.csv"
        bare.write_text("区划代码,行业代码\n" + "131082,3911\n" * 12, encoding="utf-8")
        keep_firms(read_firms(bare, "bare"), bare, "bare")
        yield where


@pytest.fixture(scope="module")
def own_scene(folder: Path, atlas: Atlas, manifest: Manifest) -> Scene:
    assert folder.is_dir()
    own = atlas.with_own(store.names(), lambda _, error: pytest.fail(str(error)))
    return Scene(own, lambda product: f"/geo/{manifest.products[product]}", vocabulary(own))


def chart(scene: Scene, name: str, search: str) -> Chart:
    view, fallen = parse(search, scene.vocabulary)
    assert fallen == ()
    panel = next(one for one in firms.PAGE.panels if name in one.names)
    return panel.chart(name, scene, view, scene.context(view))


def test_without_a_register_there_is_no_such_page(scene: Scene, own_scene: Scene) -> None:
    assert pages_of(scene) == PAGES
    assert list(pages_of(own_scene)) == [*PAGES, "/firms"]
    assert own_scene.vocabulary.firms == ("bare", "mine")
    assert parse("?firms=mine", scene.vocabulary)[1] == ("firms",)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_says_that_it_is_own_and_leaves_with_it(
    own_scene: Scene, name: str, lang: str
) -> None:
    search = f"?firms=mine&lang={lang}"
    view, _ = parse(search, own_scene.vocabulary)
    panel = next(one for one in firms.PAGE.panels if name in one.names)
    assert BAND[view.lang] in made.said(shown(panel, own_scene, view, Canvas(700)))
    gallery = Gallery(own_scene, pages_of(own_scene))
    (exhibit,) = gallery.exhibits(firms.PAGE, name, view, Print(words=view.lang))
    assert exhibit.band == BAND[view.lang]
    rows = (*exhibit.rows, *exhibit.beside)
    assert rows
    assert {row.status for row in rows} == {OWN}
    assert {row.source_ids for row in rows} == {(OWN_ID + "mine",)}
    assert exhibit.method
    figure = exhibit.draw(Canvas(600, height=400))
    assert figure["data"]


def test_rates_are_those_of_the_firms(own_scene: Scene) -> None:
    one = chart(own_scene, "turnover", "?firms=mine&regions=110000&lang=en")
    (own,) = (each for each in own_scene.atlas.own_firms if each.name == "mine")
    found = own.moves("110000", None)
    rows = {(row.item, row.year): row.value for row in one.rows()}
    at = found.years.index(2015)
    assert rows["firms_births", "2015"] == found.births[at]
    assert rows["firms_entry", "2015"] == pytest.approx(100 * found.entry[at])
    line, last, *_ = one.draw(Canvas(600))["data"]
    # The last year need not be complete: it stands alone.
    assert last["x"] == [found.years[-1]]
    assert line["x"] == list(found.years[:-1])
    assert line["y"][at] == round(100 * float(found.entry[at]), 2)
    assert "Beijing" in one.lead


def test_survival_begins_in_the_year_of_founding_and_only_falls(own_scene: Scene) -> None:
    one = chart(own_scene, "survival", "?firms=mine")
    band, line = one.draw(Canvas(600))["data"]
    assert line["x"][0] == 0
    assert (np.diff(line["y"]) <= 0).all()
    assert len(band["x"]) == 2 * len(line["x"])
    assert max(band["y"]) <= 100
    # Of a place; of a division in all three places, as lives are kept by one or the other.
    rows = chart(own_scene, "survival", "?firms=mine&regions=110000").rows()
    assert {row.id for row in rows} == {"110000"}
    whole = chart(own_scene, "survival", "?firms=mine&regions=110000&division=51&lang=en")
    assert {row.id for row in whole.rows()} == {row.id for row in one.rows()}
    assert "of all three places" in " ".join(whole.notes)
    (own,) = (each for each in own_scene.atlas.own_firms if each.name == "mine")
    provinces = [own.survival(code, None).at_risk for code in ("110000", "120000", "130000")]
    assert np.sum(provinces, 0).tolist() == own.survival(REGION_ID, None).at_risk.tolist()


def test_the_largest_division_stands_for_all_where_distances_are_asked(own_scene: Scene) -> None:
    one = chart(own_scene, "distances", "?firms=mine&lang=en")
    assert "the largest is shown" in " ".join(one.notes)
    other = chart(own_scene, "distances", "?firms=mine&division=51&lang=en")
    assert "the largest is shown" not in " ".join(other.notes)
    rows = list(other.rows())
    assert len(rows) == 5 * 181


STRUCTURE = ("quotients", "special", "shift_share", "likeness")


def test_two_years_are_compared_as_the_register_counts_them(own_scene: Scene) -> None:
    (own,) = (each for each in own_scene.atlas.own_firms if each.name == "mine")
    search = "?firms=mine&regions=130100&since=2012&until=2022&lang=en"
    made = {name: chart(own_scene, name, search) for name in STRUCTURE}
    for one in made.values():
        notes = " ".join(one.notes)
        assert "firms there at the end of the year" in notes
        assert "total of the register itself" in notes
        assert "no intervals" in notes
        assert {row.year for row in one.rows()} <= {"2012", "2022", "2012-2022"}
    rows = {(row.item, row.year): row.value for row in made["quotients"].rows()}
    here, whole = (own.structures.sections(code, 2022) for code in ("130100", REGION_ID))
    assert rows["firms_count_C", "2022"] == here[2]
    assert rows["firms_lq_C", "2022"] == pytest.approx(
        (here[2] / here.sum()) / (whole[2] / whole.sum())
    )
    shift = {(row.item, row.year): row.value or 0 for row in made["shift_share"].rows()}
    parts = sum(shift[f"firms_{part}_all", "2012-2022"] for part in ("national", "mix", "local"))
    assert parts == pytest.approx(
        shift["firms_after_all", "2022"] - shift["firms_before_all", "2012"]
    )
    # Both sides of the diagonal, each of its own year.
    (heat, *_) = made["likeness"].draw(Canvas(600))["data"]
    pairs = {(row.id, row.item, row.year): row.value for row in made["likeness"].rows()}
    first = pairs["110000", "firms_likeness_120000", "2012"]
    assert heat["z"][1][0] == round(first or 0, 2)
    assert heat["z"][0][1] == round(pairs["110000", "firms_likeness_120000", "2022"] or 0, 2)
    divided = chart(own_scene, "quotients", "?firms=mine&division=51&regions=110108")
    assert {"110000", "110108"} <= {row.id for row in divided.rows()}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("since=2022&until=2012", "must lie before"),
        ("since=2012&until=2012", "must lie before"),
        ("until=2090", "2090 is not among the years"),
        ("firms=bare", "tells no year of founding"),
    ],
)
def test_years_that_cannot_be_compared_are_answered_with_a_sentence(
    own_scene: Scene, asked: str, said: str
) -> None:
    search = f"?lang=en&{asked}" + ("" if "firms" in asked else "&firms=mine")
    for name in STRUCTURE:
        assert said in chart(own_scene, name, search).empty
    assert parse("?since=1979", own_scene.vocabulary)[1] == ("since",)


def test_a_register_that_lacks_years_and_points_says_so(own_scene: Scene) -> None:
    said = {name: chart(own_scene, name, "?firms=bare").empty for name in NAMES}
    assert "没有成立年份" in said["turnover"]
    assert "缺成立或退出年份" in said["survival"]
    assert "没有坐标" in said["distances"]
    # The counties are there without points, too.
    counties = chart(own_scene, "firm_map", "?firms=bare")
    assert [(row.id, row.value) for row in counties.rows()] == [("131082", 12)]
    assert "没有坐标" in " ".join(counties.notes)
    assert "没有坐标" in said["firm_clusters"]
    # All twelve firms are of one division in one county: γ compares nothing.
    assert said["gamma"]


def test_the_map_counts_each_firm_once_by_county_and_by_cell(own_scene: Scene) -> None:
    (own,) = (each for each in own_scene.atlas.own_firms if each.name == "mine")
    one = chart(own_scene, "firm_map", "?firms=mine&division=51&lang=en")
    assert sum(row.value or 0 for row in one.rows()) == own.firms[51]
    cells = own.cells(51)
    assert cells.firms.sum() == own.spots(51).sample((113, 36, 120, 43))[2]
    seen = [key.count for key in one.key if "in a cell" in key.words]
    assert sum(n or 0 for n in seen) == len(cells.firms)
    assert own.cells(None).coarser(10)[2].sum() == own.cells(None).firms.sum()
    drawn = one.draw(Canvas(600, renderer="map"))
    (image,) = (each for each in drawn["layout"]["map"]["layers"] if each["type"] == "raster")
    assert image["source"] == "/own/density/mine.png?division=51"
    (west, north), _, (east, south), _ = image["coordinates"]
    assert (west, south, east, north) == cells.box
    squares = next(each for each in one.draw(Canvas(600))["data"] if "symbol" in str(each))
    assert squares["type"] == "scattergeo"


def test_an_image_shows_each_cell_in_the_colour_of_its_class() -> None:
    from PIL import Image  # noqa: PLC0415 - only this looks at pixels

    cells = Cells(np.array([4300, 4301]), np.array([3700, 3600]), np.array([1, 40]))
    drawn = Image.open(io.BytesIO(as_png(cells, (1, 10), ("#ff0000", "#00ff00")))).convert("RGBA")
    width, height = drawn.size
    assert width == 4
    assert drawn.getpixel((0, 0)) == (255, 0, 0, 255)
    assert drawn.getpixel((width - 1, height - 1)) == (0, 255, 0, 255)
    assert drawn.getpixel((0, height - 1)) == (0, 0, 0, 0)


def test_the_sample_of_a_view_is_part_of_that_of_a_wider_one() -> None:
    chance = np.random.default_rng(1)
    spots = Spots(chance.random(900), chance.random(900), chance.permutation(900).astype(np.uint64))
    lon, _, there = spots.sample((0, 0, 1, 1), 300)
    assert (len(lon), there) == (300, 900)
    near, _, _ = spots.sample((0, 0, 0.5, 1), 300)
    assert set(lon[lon <= 0.5]) <= set(near)


def test_the_page_is_for_the_reader_at_this_machine(
    folder: Path, atlas: Atlas, manifest: Manifest
) -> None:
    assert folder.is_dir()
    site = Site(atlas, manifest, Policy(per_minute=0, own="here"))
    answer = callback(site, "page", "?firms=mine", "/firms").get_data(as_text=True)
    assert "firms-moves" in answer
    assert bands(callback(site, "page", "?firms=mine", "/firms")) == {BAND["zh"]}
    assert bands(callback(site, "page", "?firms=bare", "/firms")) == {BAND["zh"]}
    taken = ask(site, "/export/firms/turnover.csv?firms=mine")
    assert taken.status_code == 200
    assert ",own," in taken.get_data(as_text=True)
    assert ask(site, "/own?lang=en").get_data(as_text=True).count("/firms?firms=mine") == 1
    image, points = "/own/density/mine.png", "/own/points/mine?box=113,36,120,43"
    drawn, told = ask(site, image), ask(site, points)
    assert drawn.mimetype == "image/png"
    assert drawn.headers["Cache-Control"] == told.headers["Cache-Control"] == "no-store"
    assert set(told.get_json()) == {"lon", "lat", "of"}
    assert ask(site, points.replace("43", "x")).status_code == 400
    assert ask(site, f"{image}?division=99").status_code == 400
    assert ask(site, "/own/points/bare?box=113,36,120,43").status_code == 404
    for how in STRANGERS.values():
        for path in ("/export/firms/turnover.csv?firms=mine", image, points):
            assert ask(site, path, **how).status_code == 404


def test_the_cluster_is_found_with_its_firms(own_scene: Scene) -> None:
    one = chart(own_scene, "firm_clusters", "?firms=mine&lang=en")
    largest = next(iter(one.rows()))
    assert largest.value is not None
    assert largest.value >= 40
    assert "10 firms within 1 km" in " ".join(one.notes)


def test_every_chart_has_a_name_in_addresses() -> None:
    assert set(figures_of(firms.PAGE)) == set(NAMES)
