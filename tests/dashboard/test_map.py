from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
import pytest

from dashboard.colours import contrast
from dashboard.map.figure import (
    CASING,
    CHOSEN,
    CLASSES,
    FILL,
    NO_BREAK,
    SIZED,
    Renderer,
    map_chart,
    outline_width,
)
from dashboard.map.layout import empty_style
from dashboard.palette import DIVERGING, SEQUENTIAL, Theme
from dashboard.view import LAYERS
from geodata.records import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.build.cache import Manifest

EVERYTHING = ",".join(LAYERS)
VIEWS = (
    "",
    f"?layers={EVERYTHING}",
    f"?layers={EVERYTHING}&circle=capital,tianjin&regions=110112,130100&lang=en",
    f"?layers={EVERYTHING}&scheme=sjz2025&circle=shijiazhuang",
    "?layers=circles,lines&scheme=plan2026&level=city&regions=130000",
    "?layers=none",
)
LAYOUT_ONLY = "?layers=circles"


@pytest.fixture
def draw(scene: Scene, read: Callable[[str], View]) -> Callable[..., dict[str, Any]]:
    """Draw an address and give the figure as the browser gets it."""

    def one(search: str, renderer: Renderer = "map") -> dict[str, Any]:
        picture = scene.picture(read(search), renderer, "light")
        found: dict[str, Any] = json.loads(json.dumps(map_chart(picture)))
        return found

    return one


def without_nothing(found: Any) -> Any:  # noqa: ANN401 - any JSON
    """Leave out None and empty lists: to Plotly they are as if they were not there."""
    if isinstance(found, dict):
        return {k: without_nothing(v) for k, v in found.items() if v not in (None, [])}
    return [without_nothing(v) for v in found] if isinstance(found, list) else found


@pytest.mark.parametrize("renderer", ["map", "geo"])
@pytest.mark.parametrize("search", VIEWS)
def test_what_is_sent_unchecked_is_what_plotly_would_check(
    scene: Scene, read: Callable[[str], View], search: str, renderer: Renderer
) -> None:
    picture = scene.picture(read(search), renderer, "dark")
    sent = json.loads(json.dumps(map_chart(picture)))
    checked = json.loads(go.Figure(map_chart(picture)).to_json())
    for figure in (sent, checked):  # to an empty template a checked figure adds a bare scatter
        del figure["layout"]["template"]
    assert without_nothing(sent) == without_nothing(checked)


def polygons(figure: dict[str, Any], kind: str = "circle-") -> list[dict[str, Any]]:
    return [t for t in figure["data"] if f"/{kind}" in t.get("geojson", "")]


def tint(trace: dict[str, Any]) -> str:
    return str(trace["colorscale"][0][1])


def strings(found: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(found, str):
        yield found
    elif isinstance(found, (list, dict)):
        for inner in found.values() if isinstance(found, dict) else found:
            yield from strings(inner)


def selection(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what draws the selection: a trace a level, and the same once more."""
    first = figure["layout"]["meta"]["chosen"]
    found: list[dict[str, Any]] = figure["data"][first : first + 2 * len(LEVELS)]
    return found


@pytest.mark.parametrize("search", VIEWS)
def test_the_areas_are_first_and_the_selection_is_above_all_other_areas(
    draw: Callable[..., dict[str, Any]], search: str
) -> None:
    data, chosen = (figure := draw(search))["data"], selection(figure)
    assert FILL == 0
    assert {trace["type"] for trace in (data[FILL], *chosen)} == {"choroplethmap"}
    files = [trace["geojson"].rpartition("/")[2].partition("-")[0] for trace in chosen]
    assert files == ["county", "prefecture", "province"] * 2
    last = max(n for n, trace in enumerate(data) if trace["type"] == "choroplethmap")
    assert data[last] == chosen[-1]
    assert len(data[FILL]["locations"]) == (14 if "level=city" in search else 199)
    assert len(data[FILL]["text"]) == len(data[FILL]["locations"])


@pytest.mark.parametrize("search", VIEWS)
def test_both_renderers_draw_the_same_traces_in_other_classes(
    draw: Callable[..., dict[str, Any]], search: str
) -> None:
    drawn = {renderer: draw(search, renderer)["data"] for renderer in CLASSES}
    for number, kinds in enumerate(zip(*CLASSES.values(), strict=True)):
        places = [
            [place for place, trace in enumerate(data) if trace["type"] == kinds[which]]
            for which, data in enumerate(drawn.values())
        ]
        assert places[0] == places[1], number
    for left, right in zip(*drawn.values(), strict=True):
        # The vector map cannot draw a halo: there a dot has a rim, a circle's name its colour.
        # MapLibre cuts names where they have spaces.
        differing = {key for key in {*left, *right} if left.get(key) != right.get(key)}
        assert differing <= {"type", "marker", "textfont", "below", "text"}
        if "text" in left.get("mode", ""):
            assert not any(" " in words for words in left["text"])
            assert [words.replace(NO_BREAK, " ") for words in left["text"]] == right["text"]
        else:
            assert left.get("text") == right.get("text")
        assert left.get("z") == right.get("z")


@pytest.mark.parametrize("search", VIEWS)
def test_each_trace_has_a_place_of_its_own_in_the_order_of_drawing(
    draw: Callable[..., dict[str, Any]], search: str
) -> None:
    data, layout = (figure := draw(search))["data"], figure["layout"]
    unseen = [layer["id"] for layer in layout["map"]["style"]["layers"][1:]]
    taken = [unseen.index(trace["below"]) for trace in data]
    assert taken == sorted(set(taken))
    for names in layout["map"]["layers"]:  # of counties: above all areas, below all dots
        place = unseen.index(names["below"])
        assert place not in taken
        above = [trace for trace, at in zip(data, taken, strict=True) if at > place]
        assert {trace["type"] for trace in above} == {"scattermap"}
        assert {bool(trace.get("hovertext")) for trace in data[: -len(above)]} == {False}


@pytest.mark.parametrize("renderer", ["map", "geo"])
@pytest.mark.parametrize("search", VIEWS)
def test_geometry_is_named_and_never_sent(
    draw: Callable[..., dict[str, Any]], manifest: Manifest, renderer: Renderer, search: str
) -> None:
    figure = draw(search, renderer)
    assert "coordinates" not in json.dumps(figure)
    addresses = [word for word in strings(figure) if "geojson" in word and "/" in word]
    assert addresses
    for address in addresses:
        folder, _, file = address.rpartition("/")
        assert folder == "/geo"
        assert file in manifest.files


@pytest.mark.parametrize("renderer", ["map", "geo"])
@pytest.mark.parametrize("search", VIEWS)
def test_no_other_host_is_named(
    draw: Callable[..., dict[str, Any]], renderer: Renderer, search: str
) -> None:
    foreign = [w for w in strings(draw(search, renderer)) if "://" in w or w.startswith("//")]
    assert foreign == []


def test_the_empty_style_has_a_source_and_asks_nobody() -> None:
    style = empty_style()
    assert style["sources"]
    assert all(s["data"]["features"] == [] for s in style["sources"].values())
    assert not {"glyphs", "sprite"} & set(style)
    assert style["layers"]


@pytest.mark.parametrize("renderer", ["map", "geo"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_selection_is_a_dark_line_in_a_light_casing(
    scene: Scene, read: Callable[[str], View], renderer: Renderer, theme: Theme
) -> None:
    view = read("?regions=110112,130100,133100,130000")
    chosen = selection(map_chart(scene.picture(view, renderer, theme)))
    places = [["110112"], ["130100", "133100"], ["130000"]]
    assert [trace["locations"] for trace in chosen] == places * 2
    lines = [trace["marker"]["line"] for trace in chosen]
    assert [line["width"] for line in lines] == [CASING] * 3 + [CHOSEN] * 3
    assert (CASING - CHOSEN) / 2 > 1.5, "the casing is seen on either side"
    casing, line = lines[0]["color"], lines[-1]["color"]
    assert contrast(casing, line) > 12
    for colour in (*SEQUENTIAL, *DIVERGING):
        assert max(contrast(colour, casing), contrast(colour, line)) > 3
    for trace in chosen:
        assert trace["z"] == [0] * len(trace["locations"])
        assert tint(trace) == "rgba(0,0,0,0)"
        assert trace["hoverinfo"] == "skip"


def test_nothing_selected_outlines_and_lights_nothing(draw: Callable[..., dict[str, Any]]) -> None:
    figure = draw("")
    assert [trace["locations"] for trace in selection(figure)] == [[]] * 6
    assert figure["layout"]["meta"]["lit"] == []


def test_a_selection_lights_what_it_holds_and_what_it_lies_in(
    draw: Callable[..., dict[str, Any]],
) -> None:
    def lit(search: str) -> set[str]:
        return set(draw(search)["layout"]["meta"]["lit"])

    assert lit("?regions=131003") == {"131003", "131000"}
    assert lit("?regions=133100") == {"133100", "130629", "130632", "130638"}
    tianjin = lit("?regions=120000")
    assert {code[:2] for code in tianjin} == {"12"}
    assert {"120000", "120101", "120119"} <= tianjin


@pytest.mark.parametrize("search", ["?layers=circles", "?layers=fill,circles"])
@pytest.mark.parametrize("scheme", ["article", "plan2026", "sjz2025"])
def test_partial_and_full_members_never_look_alike(
    draw: Callable[..., dict[str, Any]], search: str, scheme: str
) -> None:
    drawn = polygons(draw(f"{search}&scheme={scheme}"))
    partial = [t for t in drawn if any("#" in place for place in t["locations"])]
    full = [t for t in drawn if t not in partial]
    assert partial
    assert full
    for part in partial:
        assert all(place.endswith("#partial") for place in part["locations"])
        for whole in full:
            assert part["marker"]["line"]["width"] < whole["marker"]["line"]["width"]
            assert tint(part) != tint(whole) or "fill" in search
            assert part["marker"]["line"]["color"] != whole["marker"]["line"]["color"]


@pytest.mark.parametrize("search", ["?scheme=sjz2025", "?scheme=sjz2025&layers=circles"])
def test_excluded_places_are_in_no_outline(
    draw: Callable[..., dict[str, Any]], search: str
) -> None:
    named = {place for trace in polygons(draw(search)) for place in trace["locations"]}
    assert named == {"sjz2025/shijiazhuang", "sjz2025/shijiazhuang#partial"}


def test_circles_have_no_tint_where_the_indicator_is_coloured(
    draw: Callable[..., dict[str, Any]],
) -> None:
    assert {tint(t) for t in polygons(draw(""))} == {"rgba(0,0,0,0)"}
    assert "rgba(0,0,0,0)" not in {tint(t) for t in polygons(draw(LAYOUT_ONLY))}


def test_each_circle_of_a_scheme_has_its_own_colour(draw: Callable[..., dict[str, Any]]) -> None:
    drawn = polygons(draw(LAYOUT_ONLY))
    full = {t["locations"][0]: t["marker"]["line"]["color"] for t in drawn if len(t["z"]) == 1}
    circles = ["article/capital", "article/tianjin", "article/shijiazhuang"]
    assert [full[key] for key in circles] == ["#b5432f", "#2a6f97", "#6a7b35"]


def test_borders_of_provinces_are_stronger_than_those_of_cities(
    draw: Callable[..., dict[str, Any]],
) -> None:
    figure = draw("?layers=lines")
    data = figure["data"][SIZED + 1 : figure["layout"]["meta"]["chosen"]]
    widths = {t["geojson"].split("-")[0]: t["marker"]["line"]["width"] for t in data}
    assert set(widths) == {"/geo/prefecture", "/geo/province"}
    assert widths["/geo/province"] > widths["/geo/prefecture"]


def test_a_chosen_circle_is_drawn_stronger(draw: Callable[..., dict[str, Any]]) -> None:
    widths = {
        trace["locations"][0]: trace["marker"]["line"]["width"]
        for trace in polygons(draw("?circle=tianjin"))
    }
    assert widths["article/tianjin"] == outline_width(chosen=True)
    assert widths["article/capital"] == outline_width(chosen=False) < outline_width(chosen=True)


def test_a_circle_is_chosen_by_its_name(draw: Callable[..., dict[str, Any]]) -> None:
    targets = [
        trace["customdata"]
        for trace in draw("")["data"]
        if trace["type"] == "scattermap"
        and trace["customdata"]
        and trace["customdata"][0][0].startswith("circle:")
    ]
    assert targets == [
        [["circle:article/capital"], ["circle:article/tianjin"], ["circle:article/shijiazhuang"]]
    ]


def test_without_the_indicator_areas_are_plain_and_named(
    draw: Callable[..., dict[str, Any]],
) -> None:
    areas = draw("?layers=none")["data"][FILL]
    assert set(areas["z"]) == {0}
    assert len(draw("?layers=none")["data"]) == 2 + 2 * len(LEVELS)
    assert draw("?layers=none")["data"][SIZED]["lon"] == [None]
    assert areas["hovertemplate"] == "<b>%{text}</b><extra></extra>"
    assert "hoverinfo" not in areas


@pytest.mark.parametrize("layer", ["clusters", "parks", "computing", "gates"])
def test_a_point_layer_is_one_trace_of_dots_that_select(
    draw: Callable[..., dict[str, Any]], layer: str
) -> None:
    (dots,) = draw(f"?layers={layer}")["data"][SIZED + 1 + 2 * len(LEVELS) :]
    assert dots["mode"] == "markers"
    assert {len(dots[key]) for key in ("lat", "customdata", "hovertext")} == {len(dots["lon"])}
    assert all(113 < lon < 120 for lon in dots["lon"])
    assert all(36 < lat < 43 for lat in dots["lat"])


def test_county_names_are_set_in_the_language_of_the_page(
    draw: Callable[..., dict[str, Any]],
) -> None:
    def layers(search: str) -> Any:  # noqa: ANN401 - JSON
        return draw(search)["layout"]["map"].get("layers", [])

    assert layers("?layers=fill") == []
    sources = [layers(search)[0]["source"] for search in ("", "?lang=en")]
    assert ["-zh." in sources[0], "-en." in sources[1]] == [True, True]


def test_a_change_of_focus_and_nothing_else_moves_the_map(
    draw: Callable[..., dict[str, Any]],
) -> None:
    def revision(search: str) -> Any:  # noqa: ANN401 - JSON
        layout = draw(search)["layout"]
        assert layout["meta"]["focus"] == layout["uirevision"]
        return layout["uirevision"]

    still = ("", "?level=city", "?indicator=gdp", "?regions=110000", "?layers=fill", "?lang=en")
    assert len({revision(search) for search in still}) == 1
    assert revision("?circle=capital") != revision("")
    assert revision("?circle=capital") != revision("?circle=tianjin")


def test_the_plain_map_is_drawn_by_plotly_alone(draw: Callable[..., dict[str, Any]]) -> None:
    layout = draw("?circle=tianjin", "geo")["layout"]
    west, _, east, _ = layout["meta"]["bounds"]
    assert "map" not in layout
    low, high = layout["geo"]["lonaxis"]["range"]
    assert low < west < east < high


@pytest.mark.parametrize("scheme", ["article", "plan2026", "sjz2025", "ring2010", "outline2015"])
def test_every_address_of_a_picture_is_a_file_of_the_build(
    scene: Scene, manifest: Manifest, read: Callable[[str], View], scheme: str
) -> None:
    for level in ("county", "city"):
        picture = scene.picture(read(f"?scheme={scheme}&level={level}"), "map", "dark")
        files = {address.rpartition("/")[2] for address in picture.urls.values()}
        assert {"area", "county", "city", "circles", "names"} <= set(picture.urls)
        assert files <= set(manifest.files)
