"""Names on the map: every city has one, none covers another, those of circles lie inside."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from shapely.geometry import box, shape

from dashboard.labels import around, eased, overlap
from dashboard.map.figure import NO_BREAK, map_chart, taken
from dashboard.map.names import ALONG, APART, CIRCLE, Marked, Spot, Stand, Style
from dashboard.map.room import SHEET, Room, pixels
from geodata.records import LANGUAGES, PARALLELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.labels import Box
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.build.cache import Manifest
    from geodata.records import Lang

    Reading = Callable[[str], View]

SCHEMES = ["article", "plan2026", "sjz2025", "ring2010", "commute2018", "outline2015", "bjdrc2023"]
WITHIN = 2.0
"""Pixels."""


@pytest.fixture
def drawn(scene: Scene, read: Callable[[str], View]) -> Callable[[str], list[dict[str, Any]]]:
    """Draw the names of a view."""

    def draw(search: str) -> list[dict[str, Any]]:
        picture = scene.picture(read(search), "map", "light")
        return [one for one in map_chart(picture)["data"] if "text" in one.get("mode", "")]

    return draw


def entries(trace: dict[str, Any]) -> Iterator[tuple[tuple[float, float], tuple[str, ...]]]:
    for lon, lat, words in zip(trace["lon"], trace["lat"], trace["text"], strict=True):
        yield (lon, lat), tuple(words.replace(NO_BREAK, " ").split("<br>"))


def marked(traces: list[dict[str, Any]]) -> dict[str, tuple[Box, Box]]:
    """Return the box of each city's name and of its dot."""
    found = {}
    for trace in traces[:-1]:
        font = trace["textfont"]
        style = Style(trace["marker"]["size"], font["size"], bold="weight" in font)
        for at, lines in entries(trace):
            one = Marked(at, " ".join(lines), style)
            found[one.name] = one.box(Stand(trace["textposition"], lines)), one.dot
    return found


def spots(traces: list[dict[str, Any]]) -> list[Spot]:
    return [Spot(at, lines) for at, lines in entries(traces[-1])]


def outlines(manifest: Manifest, product: str) -> dict[str, shapely.Geometry]:
    """Return the outlines of a file in pixels of the map, a little wider than drawn.

    Areas are measured along parallels some three pixels apart.
    """
    read = json.loads(manifest.path(product).read_bytes())["features"]

    def on_map(at: np.ndarray) -> np.ndarray:
        return np.array([pixels(*one) for one in at])

    return {
        one["id"]: shapely.transform(shape(one["geometry"]), on_map).buffer(WITHIN) for one in read
    }


def ink(spot: Spot) -> shapely.Geometry:
    """Return the box of a name without what is kept free around it."""
    (x, y), (wide, tall) = pixels(*spot.at), CIRCLE.size(spot.lines)
    return box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def written(name: Box) -> shapely.Geometry:
    """Return the same of a name beside a dot."""
    left, top, right, bottom = name
    return box(left + APART[0], top + APART[1], right - APART[0], bottom - APART[1])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_city_is_named_and_no_name_covers_another_or_a_dot(
    drawn: Callable[[str], list[dict[str, Any]]], scene: Scene, scheme: str, lang: Lang
) -> None:
    traces = drawn(f"?scheme={scheme}&lang={lang}")
    cities = marked(traces)
    wanted = [p.name[lang] for p in scene.atlas.regions("city")]  # 13 cities and Xiong'an
    short = {name.removesuffix("市") for name in wanted}
    assert len(short) == 14
    assert short <= set(cities)
    names = [name for name, _ in cities.values()]
    circles = [spot.box for spot in spots(traces)]
    for one, other in combinations([*names, *circles], 2):
        assert overlap(one, other) < 0.01
    for name in [*names, *circles]:
        assert all(overlap(name, dot) < 0.01 for _, dot in cities.values())
    for left, top, right, bottom in names:
        assert min(left, top) >= 0
        assert right <= SHEET[0]
        assert bottom <= SHEET[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_name_of_a_circle_lies_in_its_area(
    drawn: Callable[[str], list[dict[str, Any]]], manifest: Manifest, lang: str
) -> None:
    areas = outlines(manifest, "circle-article-overview.geojson")
    traces = drawn(f"?lang={lang}")
    keys = [told[0].removeprefix("circle:") for told in traces[-1]["customdata"]]
    assert len(keys) == 3
    for key, spot in zip(keys, spots(traces), strict=True):
        assert areas[key].covers(ink(spot)), key


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_name_of_a_circle_lies_in_or_along_it_and_never_across_the_coast(
    drawn: Callable[[str], list[dict[str, Any]]], manifest: Manifest, scheme: str, lang: str
) -> None:
    land = shapely.union_all([*outlines(manifest, "province-overview.geojson").values()])
    areas = outlines(manifest, f"circle-{scheme}-overview.geojson")
    traces = drawn(f"?scheme={scheme}&lang={lang}")
    keys = [told[0].removeprefix("circle:") for told in traces[-1]["customdata"]]
    assert keys
    for key, spot in zip(keys, spots(traces), strict=True):
        name = ink(spot)
        own = shapely.union_all([area for one, area in areas.items() if one.startswith(key)])
        assert land.covers(name), key
        assert name.intersection(own).area > ALONG[-1] * name.area, key


def test_names_make_way_for_points_and_for_totals_of_cities(scene: Scene, read: Reading) -> None:
    """Of the places that a name may have it takes one that covers least."""
    for search in ("", "&level=city&indicator=gdp"):
        picture = scene.picture(
            read(f"?layers=fill,cities,labels,clusters{search}"), "map", "light"
        )
        without = replace(picture, dots={}, points=())
        points = [
            *(around(pixels(dot.lon, dot.lat), 4) for dot in picture.dots["clusters"]),
            *(around(pixels(*at), 6) for at in picture.points if search),
        ]
        assert len(points) > 40
        made, unaware = (
            sum(bool(overlap(name, point)) for name in taken(one) for point in points)
            for one in (picture, without)
        )
        assert made < unaware / 2


@pytest.mark.parametrize(
    ("search", "most"),
    [
        ("lang=zh&layers=fill,circles,cities,labels,clusters", 2),
        ("lang=zh&layers=fill,circles,cities,labels,clusters,parks,computing", 2),
        ("lang=zh&level=city&indicator=gdp", 0),
        ("lang=en&layers=fill,circles,cities,labels,clusters", 9),  # some stand beside a city's dot
        ("lang=en&level=city&indicator=gdp", 1),
    ],
)
def test_the_type_of_a_name_hardly_ever_lies_over_a_point(
    scene: Scene, read: Reading, search: str, most: int
) -> None:
    picture = scene.picture(read(f"?{search}"), "map", "light")
    traces = [one for one in map_chart(picture)["data"] if "text" in one.get("mode", "")]
    dots = [dot for own in picture.dots.values() for dot in own]
    points = [(pixels(d.lon, d.lat), (7 + 3 * min(d.count, 5) ** 0.5) / 2) for d in dots]
    if "level=city" in search:
        points += [(pixels(*at), 6.0) for at in picture.points]
    beside = [written(name) for name, _ in marked(traces).values()]
    names = [*beside, *map(ink, spots(traces))]
    found = sum(
        name.distance(shapely.Point(at)) < radius - 0.5 for name in names for at, radius in points
    )
    assert found <= most


def test_a_name_moves_off_points_where_nothing_else_stands() -> None:
    points = [(0.0, 0.0, 4.0, 4.0), (20.0, 0.0, 24.0, 4.0)]
    one = [(0.0, 0.0, 10.0, 10.0), (50.0, 0.0, 60.0, 10.0)]
    other = [(20.0, 0.0, 30.0, 10.0), (50.0, 0.0, 60.0, 10.0), (95.0, 0.0, 105.0, 10.0)]
    assert eased([one, other], [0, 0], [], points, (100, 100)) == [1, 0]
    assert eased([one, other], [0, 0], [one[1]], points, (100, 100)) == [0, 0]


def test_a_name_makes_room_for_another_that_stood_over_points() -> None:
    points = [(0.0, 0.0, 4.0, 4.0)]
    one = [(0.0, 0.0, 10.0, 10.0), (50.0, 0.0, 60.0, 10.0)]
    other = [(50.0, 0.0, 60.0, 10.0), (70.0, 0.0, 80.0, 10.0)]
    assert eased([one, other], [0, 0], [], points, (100, 100)) == [1, 1]
    assert eased([one, other[:1]], [0, 0], [], points, (100, 100)) == [0, 0]


def test_a_share_of_a_box_lies_in_a_room() -> None:
    block = Room([(number, 114.0, 115.0) for number in range(970, 1000)])
    (x, y), (edge, _) = pixels(114.5, 985 / PARALLELS), pixels(115.0, 39.0)
    assert block.share((x - 5, y - 5, x + 5, y + 5)) == pytest.approx(1)
    assert block.share((edge - 5, y - 5, edge + 15, y + 5)) == pytest.approx(0.25)
    assert block.share((edge + 5, y - 5, edge + 15, y + 5)) == 0


def test_a_box_fits_only_where_each_parallel_has_room() -> None:
    block = [(number, 114.0, 115.0) for number in range(970, 1000)]
    aim = (114.5, 39.4)
    assert Room(block).places((40, 20), [], aim)[0] == pytest.approx(aim, abs=0.03)
    assert Room(block).places((60, 20), [], aim) == []  # a degree is 54.6 pixels wide
    notched = Room(block, [Room([(985, 114.4, 114.6)])])
    assert abs(notched.places((40, 20), [], aim)[0][1] - 39.4) > 0.1
    (x, y) = pixels(*aim)
    moved = Room(block).places((10, 10), [(x - 5, y - 5, x + 5, y + 5)], aim, (2, 2))[0]
    far = [abs(a - b) for a, b in zip(pixels(*moved), (x, y), strict=True)]
    assert max(far) >= 12 - 3
