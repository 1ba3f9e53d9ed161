"""Names and marks of a printed map: none meets another, is cut, or covers the scale bar."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.charts.record import Key
from dashboard.labels import overlap
from dashboard.lettering import width_of
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery, charts_of
from dashboard.palette import CIRCLES, INK
from dashboard.papers import SIZES
from dashboard.print import cartography, labels
from dashboard.print.errors import EmptyError
from dashboard.print.floors import LEAST_TYPE
from dashboard.print.paper import Print
from dashboard.print.pen import Pen
from dashboard.print.sheet import sheet
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.record import Shape
    from dashboard.labels import Box
    from dashboard.print.exhibit import Exhibit
    from dashboard.scene import Scene
    from dashboard.view import View

    Making = Callable[..., Exhibit]

BOUNDS = (113.45, 36.03, 119.87, 42.62)
SIZE = (520.0, 690.0)


def named(lon: float, words: str = "雄安新区", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a dot on the map with its name."""
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "lon": [lon],
        "lat": [39.0],
        "text": [words],
        "textfont": {"size": 12},
        "marker": {"size": 8},
        **more,
    }


def boxes_of(traces: list[dict[str, Any]], size: tuple[float, float] = SIZE) -> list[Box]:
    """Return where the names stand on a map of so many pixels, by their middles."""
    at, found = labels.projection(BOUNDS, size), []
    for one in traces:
        if one["mode"] == "text":
            tall = one["textfont"]["size"]
            for lon, lat, words in zip(one["lon"], one["lat"], one["text"], strict=True):
                (x, y), wide = at(lon, lat), width_of(words, tall)
                found.append((x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2))
    return found


def words_of(traces: list[dict[str, Any]]) -> list[str]:
    return [words for one in traces if one.get("mode") == "text" for words in one["text"]]


def test_names_on_a_map_meet_no_other_and_keep_their_dots() -> None:
    made = labels.placed([named(115.0), named(115.3), named(115.1)], BOUNDS, SIZE)
    boxes = boxes_of(made)
    assert len(boxes) == 3
    assert all(overlap(one, other) == 0 for one, other in combinations(boxes, 2))
    assert [one["lon"] for one in made if one["mode"] == "markers"] == [[115.0], [115.3], [115.1]]
    small = labels.placed([named(115.0, textfont={"size": 10})], BOUNDS, (260, 345))
    assert small[-1]["textfont"]["size"] == LEAST_TYPE  # paper sets nothing smaller


def test_no_name_is_cut_by_the_frame_or_lies_over_the_scale_bar() -> None:
    kept = cartography.furniture(BOUNDS, SIZE)
    lon, lat = labels.place_of(BOUNDS, SIZE, (kept[0] - 8, (kept[1] + kept[3]) / 2))
    traces = [
        named(BOUNDS[2] - 0.02, "秦皇岛"),
        named(BOUNDS[0] + 0.02),
        named(lon, lat=[lat]),
        named(BOUNDS[2] + 0.01, "唐山"),
    ]
    made = labels.placed(traces, BOUNDS, SIZE, [kept])
    boxes = boxes_of(made)
    # of a dot beyond the frame there is no name, not a part of one
    assert len(boxes) == 3
    assert "唐山" not in words_of(made)
    for box in boxes:
        assert min(box[:2]) >= 0
        assert box[2] <= SIZE[0]
        assert box[3] <= SIZE[1]
        assert overlap(box, kept) == 0


def test_where_there_is_no_room_a_name_is_left_out_and_its_dot_is_not() -> None:
    crowd = [named(115.0 + step / 100) for step in range(40)]
    made = labels.placed(crowd, BOUNDS, SIZE)
    assert len([one for one in made if one["mode"] == "markers"]) == 40
    boxes = boxes_of(made)
    assert 2 < len(boxes) < 40
    assert all(overlap(one, other) == 0 for one, other in combinations(boxes, 2))


def test_pixels_and_places_of_a_map_are_each_other_turned_round() -> None:
    at = labels.projection(BOUNDS, SIZE)
    for lon, lat in ((115.0, 39.0), (118.2, 37.1)):
        assert labels.place_of(BOUNDS, SIZE, at(lon, lat)) == pytest.approx((lon, lat))


def test_a_mark_of_an_outline_is_drawn_as_on_the_map() -> None:
    pen = Pen(100, 100, (0, 0, 0, 0), INK["light"])
    pen.mark(Key("", CIRCLES[0], "ring", width=3.2, inside="rgba(1,2,3,0.26)"), (0, 0))
    (ring,) = pen.shapes
    assert (ring["line"]["width"], ring["fillcolor"]) == (3.2, "rgba(1,2,3,0.26)")
    pen.mark(Key("", "#57636a", "thin", width=1.2, colours=CIRCLES[:3]), (0, 0))
    assert [one["line"]["color"] for one in pen.shapes[1:]] == list(CIRCLES[:3])


@pytest.mark.parametrize("shape", ["diamond", "square"])
def test_a_mark_has_the_corners_of_that_of_the_chart(shape: Shape) -> None:
    pen = Pen(100, 100, (0, 0, 0, 0), INK["light"])
    pen.mark(Key("", CIRCLES[0], shape), (0, 0))
    (mark,) = pen.shapes
    assert mark["fillcolor"] == CIRCLES[0]
    found = [tuple(map(float, one.split(","))) for one in mark["path"][1:-2].split(" L")]
    wide = {x for x, _ in found}
    assert len(found) == 4
    assert len(wide) == (3 if shape == "diamond" else 2)


@pytest.fixture
def exhibit(scene: Scene, read: Callable[[str], View]) -> Making:
    def make(search: str, path: str = "/", chart: str = "map") -> Exhibit:
        view = read(search)
        return Gallery(scene, PAGES).exhibits(PAGES[path], chart, view, Print(words=view.lang))[0]

    return make


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", ["/", "/clusters", "/linkages"])
def test_a_sheet_of_a_circle_lists_what_it_draws(
    exhibit: Making, scene: Scene, path: str, lang: str
) -> None:
    made = exhibit(f"?circle=capital&lang={lang}", path)
    names = {circle.key: circle.name for circle in scene.atlas.circles("article")}
    rings = [key for key in made.keys if key.shape == "ring"]
    assert len(rings) == 1
    drawn = sheet([made], Print("a4-full", made.lang)).figure["data"]
    lines = {
        one["marker"]["line"]["color"]: one["marker"]["line"]["width"]
        for one in drawn
        if one["type"] == "choropleth" and one["marker"]["line"]["color"] in CIRCLES
    }
    # the swatch has the colour and the width of the line on the map, 3.2 for a chosen circle
    assert lines == {rings[0].colour: rings[0].width} == {rings[0].colour: 3.2}
    others = [name[made.lang] for key, name in names.items() if key != "article/capital"]
    assert not set(words_of(drawn)) & set(others)
    whole = exhibit(f"?lang={lang}", path)
    assert len([key for key in whole.keys if key.shape == "ring"]) == len(names)


def test_counties_are_named_where_one_circle_or_city_is_on_the_sheet(
    exhibit: Making, scene: Scene
) -> None:
    counties = {
        place.name.zh for place in scene.atlas.regions("county") if place.prefecture == "130600"
    }
    for search in ("?regions=130600", "?circle=capital"):
        drawn = sheet([exhibit(search)], Print("a4-full")).figure["data"]
        assert len(counties & set(words_of(drawn))) > len(counties) * 0.8, search
    whole = sheet([exhibit("")], Print("a4-full")).figure["data"]
    assert not counties & set(words_of(whole))
    assert not counties & set(
        words_of(sheet([exhibit("?layers=fill&circle=capital")], Print()).figure["data"])
    )


def test_a_sheet_of_a_city_says_that_its_counts_are_of_all(exhibit: Making) -> None:
    made, whole = exhibit("?regions=130600"), exhibit("")
    assert made.title == f"{whole.title}：保定市局部"
    assert text("zh")("export.counts_of_all") in made.notes
    assert text("zh")("export.counts_of_all") not in whole.notes
    assert [key.count for key in made.keys if key.shape == "area"] == [
        key.count for key in whole.keys if key.shape == "area"
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("path", "chart"), [("/", "map"), ("/", "ranking"), ("/clusters", "map")])
def test_a_quotient_is_explained_with_its_sample(
    exhibit: Making, path: str, chart: str, lang: str
) -> None:
    for words in ("", "?indicator=gdp"):
        made = exhibit(f"{words or '?'}&lang={lang}", path, chart)
        said = " ".join(made.notes)
        quotient = path == "/clusters" or not words
        assert ("10%" in said) is quotient
        assert (("区位商＝" if lang == "zh" else "Location quotient:") in said) is quotient


def test_files_carry_the_chosen_places(exhibit: Making) -> None:
    for path, chart in (("/", "map"), ("/", "ranking"), ("/", "industry"), ("/linkages", "map")):
        made = exhibit("?regions=130600", path, chart)
        assert made.stem.count("保定市") == 1, made.stem
        assert made.plain.count("Baoding") == 1, made.plain
    assert "保定" not in exhibit("").stem


def test_what_is_upright_is_not_called_landscape() -> None:
    for name, size in SIZES.items():
        words = [text(lang)(f"export.sheet_{name.replace('-', '_')}") for lang in ("zh", "en")]
        called = "landscape" in name or "横" in words[0] or "landscape" in words[1]
        assert not (called and size.height and size.height > size.width), name
        upright = "upright" in name or "竖" in words[0] or "upright" in words[1]
        assert not (upright and size.height and size.height < size.width), name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_hint_for_the_screen_is_printed(
    scene: Scene, read: Callable[[str], View], lang: str
) -> None:
    hints = ("点选", "点击", "单击", "点按", "悬停", "click", "hover", "tap ")
    gallery = Gallery(scene, PAGES)
    found: dict[tuple[str, str, str], str] = {}
    for path, page in PAGES.items():
        for chart in charts_of(page):
            for more in ("", "&among=county"):
                view = read(f"?lang={lang}{more}")
                try:
                    (made,) = gallery.exhibits(page, chart, view, Print(words=view.lang))
                except EmptyError:
                    continue
                keys = [key.words for key in made.keys]
                said = " ".join([made.title, made.subtitle, made.heading, *made.notes, *keys])
                found |= {(path, chart, hint): said for hint in hints if hint in said.lower()}
    assert found == {}
