"""The exhibits of all pages: each chart can be taken away with its words, sources and figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery, charts_of
from dashboard.papers import SIZES
from dashboard.print.chart_sheet import STRETCH
from dashboard.print.errors import ExportError
from dashboard.print.legend import said
from dashboard.print.paper import Print
from dashboard.print.sheet import sheet
from dashboard.text import text
from tests.dashboard.asked import asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.print.exhibit import Exhibit
    from dashboard.scene import Scene
    from dashboard.view import View

ALL = [(page.path, chart) for page in PAGES.values() for chart in charts_of(page)]


@pytest.fixture
def exhibit(scene: Scene, read: Callable[[str], View]) -> Callable[[str, str, str], Exhibit]:
    def make(path: str, chart: str, search: str) -> Exhibit:
        gallery = Gallery(scene, PAGES)
        view = read(asked(chart, search))
        return gallery.exhibits(PAGES[path], chart, view, Print(words=view.lang))[0]

    return make


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("path", "chart"), ALL)
def test_every_exhibit_says_what_it_is_and_where_it_is_from(
    exhibit: Callable[[str, str, str], Exhibit], path: str, chart: str, lang: str
) -> None:
    made = exhibit(path, chart, "" if lang == "zh" else "?lang=en")
    assert made.title
    assert made.subtitle
    assert made.method
    assert made.sources
    assert made.rows
    assert made.title in made.alt
    known = {source.id for source in made.sources}
    assert {i for row in made.rows for i in row.source_ids} <= known
    assert made.stem.isascii() or lang == "zh"
    drawn = sheet([made], Print("a4-full", made.lang, date="2026-11-25"))
    words = str(drawn.figure["layout"]["annotations"])
    assert all(said(key).split()[0][:3] in words or not key.words for key in made.keys)
    assert "2026-11-25" in words


@pytest.mark.parametrize("chart", ["map", "ranking"])
@pytest.mark.parametrize("indicator", ["lq_change_mining", "population_change"])
def test_the_title_of_a_change_says_its_years_once(
    exhibit: Callable[[str, str, str], Exhibit], chart: str, indicator: str
) -> None:
    for lang in ("zh", "en"):
        made = exhibit("/", chart, f"?indicator={indicator}&lang={lang}")
        assert made.title.count("2010") == 1, made.title


def test_the_buttons_are_those_of_the_exhibits() -> None:
    beside = {page.name: set(charts_of(page)) for page in PAGES.values() if charts_of(page)}
    own = {page.name: {n for p in page.panels for n in p.names} for page in PAGES.values()}
    assert beside == {page: names for page, names in own.items() if names}
    assert beside["explore"] == {"map", "second", "industry", "ranking", "scatter"}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("search", ["", "?among=county"])
def test_the_matrix_fits_every_sheet(
    exhibit: Callable[[str, str, str], Exhibit], size: str, search: str
) -> None:
    made = exhibit("/linkages", "matrix", search)
    drawn = sheet([made], Print(size, date="2026-11-25"))
    layout = drawn.figure["layout"]
    across = layout["width"] - layout["margin"]["l"] - layout["margin"]["r"]
    down = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    # A square, but on a sheet that is higher than wide, where charts grow with it.
    assert 0.97 <= down / across <= STRETCH * 1.02
    # Neither coefficients nor names are smaller than where the panel is at its narrowest.
    assert across + layout["margin"]["l"] >= made.least * 0.9
    assert drawn.zoom >= 0.7


@pytest.mark.parametrize("size", ["a4-half", "a4-half-upright", "one-column", "square"])
def test_circles_as_planned_have_room_on_small_sheets(
    exhibit: Callable[[str, str, str], Exhibit], size: str
) -> None:
    both = [exhibit("/linkages", "planned", f"?lang={lang}") for lang in ("zh", "en")]
    rows = [sheet([one], Print(size, one.lang)).figure["data"][0]["y"] for one in both]
    assert rows[0] == rows[1]
    assert len(rows[0]) > 8


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_size_too_small_names_one_that_is_not(
    exhibit: Callable[[str, str, str], Exhibit], lang: str
) -> None:
    made = exhibit("/linkages", "matrix", f"?lang={lang}")
    with pytest.raises(ExportError, match="--size a4-half") as found:
        sheet([made], Print("square", made.lang, width=50))
    assert text(made.lang)("export.sheet_a4_half") in str(found.value)
    assert sheet([made], Print("a4-half", made.lang))
    with pytest.raises(ExportError) as found:
        sheet([replace(made, least=9000)], Print("square", made.lang))
    assert "--size" not in str(found.value)


@pytest.mark.parametrize("size", SIZES)
def test_a_map_has_room_for_everything_on_every_sheet(
    exhibit: Callable[[str, str, str], Exhibit], size: str
) -> None:
    both = [exhibit("/", "map", f"?circle=capital{lang}") for lang in ("", "&lang=en")]
    made = sheet(both, Print(size, "both", date="2026-11-25"))
    # What is drawn has the shape of its paper, within a pixel.
    across, down = made.millimetres
    assert made.height == pytest.approx(down / across * made.width, abs=1)
    layout = made.figure["layout"]
    assert layout["width"] * made.zoom == pytest.approx(SIZES[size].width * 96 / 25.4, abs=1)
    if height := SIZES[size].height:
        assert layout["height"] * made.zoom == pytest.approx(height * 96 / 25.4, abs=1)
    for part in (*layout["annotations"], *layout["shapes"]):
        for side in {"x", "x0", "x1", "y", "y0", "y1"} & part.keys():
            assert -0.01 <= part[side] <= 1.01, part
    domain = layout["geo"]["domain"]
    assert domain["x"][1] - domain["x"][0] > 0.3
    assert domain["y"][1] - domain["y"][0] > 0.2


def test_the_gravity_map_has_a_row_for_each_link(
    exhibit: Callable[[str, str, str], Exhibit], scene: Scene
) -> None:
    made = exhibit("/linkages", "map", "")
    links = scene.atlas.attraction.gravity("gdp", 2.0).links
    assert [row.value for row in made.rows] == [link.index.value for link in links]
    assert made.rows[0].source_ids == links[0].index.source_ids
