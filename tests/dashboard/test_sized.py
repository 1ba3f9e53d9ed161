"""Totals as circles: their areas, their order, what has none, and the legend."""

from __future__ import annotations

import re
from itertools import pairwise
from math import pi
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from dashboard.charts import explore_map, ranking
from dashboard.charts.map_keys import size_words
from dashboard.charts.ranking import ranked
from dashboard.charts.record import Canvas
from dashboard.map.figure import FILL, SIZED, map_chart
from dashboard.map.fill import BENEATH, NO_DATA, OUTSIDE, make_fill, trace_update
from dashboard.map.size_key import APART, nested
from dashboard.map.sized import COLOUR, LARGEST, PALE, circles_update, diameter, examples, laid_out
from dashboard.pages.explore import DRAWN
from dashboard.pages.settings import settings
from dashboard.palette import INK, faded
from dashboard.print.exhibits import exhibit
from dashboard.print.legend import both
from dashboard.text import text
from geodata.records import Column, Name, Value
from tests.dashboard.panel_fixtures import POPULATION, legend_of, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.map.figure import Renderer
    from dashboard.map.fill import Fill
    from dashboard.print.exhibit import Exhibit
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Role

CODES = ("110112", "130104", "130209", "131000", "131100", "131200")
VALUES = (25.0, 100.0, None, -4.0, 0.0, 400.0)
TOTALS = ("gdp", "population", "emp_sample_total", "fiscal_revenue", "area")
RATES = ("lq_manufacturing", "urbanization", "population_density", "gdp_growth", "pm25")


def column(year: str, values: tuple[float | None, ...] = VALUES) -> Column:
    made = tuple(Value(v, "人", year, "official") for v in values)
    return Column("population", year, "county", "人", CODES, made, (3, 2, None, 5, 4, 1))


def fill(roles: dict[str, Role] | None = None, *years: Column) -> Fill:
    columns = [column("2020"), *years]
    return make_fill(POPULATION, columns, "2020", method="fisher", k=3, roles=roles, sized=True)


POINTS = tuple((115.0 + at, 38.0) for at in range(len(CODES)))
NAMES = [f"县{at}" for at in range(len(CODES))]


def term(_: str, key: str) -> Name:
    return Name(key, key)


def circles(one: Fill) -> dict[str, Any]:
    areas = trace_update(one, text("zh"), INK["light"], term)
    areas |= {"locations": CODES, "text": NAMES}
    return laid_out(circles_update(one, text("zh"), term), areas, POINTS)


def test_a_change_tells_the_sizes_alone() -> None:
    told = circles_update(fill(), text("zh"), term)
    assert told["marker"]["size"] == [11.0, 22.0, 0, 0, 0, 44.0]
    assert set(told) == {"marker", "hovertemplate"}


def test_the_area_of_a_circle_is_proportional_to_the_value() -> None:
    found = circles(fill())
    sizes = found["marker"]["size"]
    # 400, 100 and 25: a quarter of the area is half of the diameter
    assert sizes == [LARGEST["county"], LARGEST["county"] / 2, LARGEST["county"] / 4]
    areas = [pi * size**2 / 4 for size in sizes]
    assert [area / areas[-1] for area in areas] == pytest.approx([400 / 25, 100 / 25, 1])


def test_small_circles_come_last_and_are_drawn_above_large_ones() -> None:
    found = circles(fill())
    assert [row[0] for row in found["customdata"]] == ["131200", "130104", "110112"]
    assert found["lon"] == [120.0, 116.0, 115.0]
    assert found["text"] == ["县5", "县1", "县0"]


def test_neither_zero_nor_less_nor_nothing_has_a_circle() -> None:
    one = fill()
    assert diameter(one, -4) == diameter(one, 0) == 0
    assert {"130209", "131000", "131100"}.isdisjoint(row[0] for row in circles(one)["customdata"])
    words = [row.children[1].children for row in listed(one)]
    counts = [row.children[2].children for row in listed(one)]
    assert list(zip(words, counts, strict=True)) == [
        ("圆：有数据的地区", "3"),
        ("零或负值，不画圆", "2"),
        ("无数据", "1"),
    ]


def listed(one: Fill) -> list[Any]:
    (rows,) = [c for c in legend_of(one).children if "legend-rows" in getattr(c, "className", "")]
    return list(rows.children)


def test_one_scale_holds_for_all_years() -> None:
    later = column("2021", (None, None, None, None, None, 1600.0))
    # 1600 in another year: 400 has a quarter of the largest area, half of its diameter
    assert circles(fill(None, later))["marker"]["size"][0] == LARGEST["county"] / 2


def test_the_places_of_a_chosen_circle_have_a_scale_of_their_own() -> None:
    one = fill({"110112": "member", "130104": "radiated", "131200": "excluded"})
    # 100 is the highest shown, 25 a quarter of it; the 400 outside does not make them small
    assert circles(one)["marker"]["size"] == [LARGEST["county"], LARGEST["county"] / 2]
    assert [value for value, _ in examples(one)] == [100, 20, 5]


def test_the_areas_beneath_are_plain_but_tell_what_has_no_data_and_what_is_outside() -> None:
    roles: dict[str, Role] = dict.fromkeys(CODES[:5], "member")
    shown = trace_update(fill(roles), text("zh"), INK["light"], term)
    assert shown["z"] == [0, 0, NO_DATA, 0, 0, OUTSIDE]
    colours = [colour for _, colour in shown["colorscale"]][::2]
    assert colours == [INK["light"].land, INK["light"].no_data, BENEATH]
    assert len(set(colours)) == 3


def test_a_circle_says_what_the_area_beneath_says() -> None:
    one = fill()
    area = trace_update(one, text("zh"), INK["light"], term)
    found = circles(one)
    for code, *words in found["customdata"]:
        assert words == area["customdata"][CODES.index(code)]
    # the circle names its place first, so that its words are one further on
    said_below = re.sub(
        r"customdata\[(\d)\]", lambda m: f"customdata[{int(m[1]) + 1}]", area["hovertemplate"]
    )
    assert found["hovertemplate"] == said_below


def test_places_that_are_no_full_members_are_pale_and_those_outside_have_none() -> None:
    found = circles(fill({"110112": "member", "130104": "radiated", "131200": "excluded"}))
    assert [row[0] for row in found["customdata"]] == ["130104", "110112"]
    assert found["marker"]["color"] == [faded(COLOUR, PALE), COLOUR]


def test_the_legend_has_round_values_with_their_circles() -> None:
    found = examples(fill())
    assert [value for value, _ in found] == [200, 50, 10]
    assert [size for _, size in found] == [diameter(fill(), value) for value in (200, 50, 10)]
    assert [words for words, _ in size_words(fill())] == ["200", "50", "10"]


def test_the_values_of_nested_circles_do_not_touch() -> None:
    placed, left, height = nested([("200", 30.0), ("50", 15.0), ("10", 6.7)])
    heights = [one.word for one in placed]
    assert all(b - a >= APART for a, b in pairwise(heights))
    assert min(heights) >= APART / 2
    assert max(one.centre[1] + one.radius for one in placed) <= height
    assert all(one.centre[0] + one.radius <= left for one in placed)
    # all stand on one ground line
    assert len({round(one.centre[1] + one.radius, 6) for one in placed}) == 1


@pytest.mark.parametrize("indicator", TOTALS)
def test_a_total_is_drawn_as_circles_unless_areas_are_asked_for(
    scene: Scene, read: Callable[[str], View], indicator: str
) -> None:
    level = "county" if "county" in scene.atlas.indicators[indicator].years else "city"
    kinds: dict[Renderer, str] = {"map": "scattermap", "geo": "scattergeo"}
    for renderer, kind in kinds.items():
        trace = drawn(scene, read(f"?indicator={indicator}"), renderer)[SIZED]
        assert trace["type"] == kind
        assert trace["lon"]
        assert trace["marker"]["size"] == sorted(trace["marker"]["size"], reverse=True)
        assert max(trace["marker"]["size"]) <= LARGEST[level]
        plain = drawn(scene, read(f"?indicator={indicator}&draw=areas"), renderer)
        assert plain[SIZED]["lon"] == [None]
        assert max(plain[FILL]["z"]) > 0


@pytest.mark.parametrize("indicator", RATES)
def test_a_rate_or_share_is_drawn_as_areas(
    scene: Scene, read: Callable[[str], View], indicator: str
) -> None:
    traces = drawn(scene, read(f"?indicator={indicator}"), "map")
    assert traces[SIZED]["lon"] == [None]
    assert max(traces[FILL]["z"]) > 0
    assert settings(scene, read(f"?indicator={indicator}"))["drawing"] == {"hidden": True}
    assert settings(scene, read("?indicator=gdp"))["drawing"] == {"hidden": False}


def printed(scene: Scene, view: View) -> Exhibit:
    return exhibit(explore_map.PANEL, "map", scene, view, scene.context(view))


def test_a_legend_in_two_languages_counts_in_the_units_of_both(
    scene: Scene, read: Callable[[str], View]
) -> None:
    # The headings are 亿元 and billion yuan: 50,000 × 100 million are 5,000 billion.
    views = [read(f"?indicator=gdp&level=city&year=2024&lang={lang}") for lang in ("zh", "en")]
    found = [
        exhibit(explore_map.PANEL, "map", scene, view, scene.context(view)).keys[0]
        for view in views
    ]
    words = [word for word, _ in both(found).sizes]
    assert words == ["50,000 / 5,000", "10,000 / 1,000", "2,000 / 200"]
    assert [size for _, size in both(found).sizes] == [size for _, size in found[0].sizes]


def test_classes_are_set_only_where_they_colour_something(
    scene: Scene, read: Callable[[str], View]
) -> None:
    for search, hidden in (
        ("?indicator=gdp", True),
        ("?indicator=gdp&draw=areas", False),
        ("?indicator=lq_finance", False),
    ):
        view = read(search)
        assert settings(scene, view)["classification"] == {"hidden": hidden}
        bars = set(ranked(scene, view).colours.values())
        assert (bars == {COLOUR}) == hidden


def drawn(scene: Scene, view: View, renderer: Renderer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = map_chart(scene.picture(view, renderer, "light"))["data"]
    return found


def test_circles_stand_at_the_label_points_of_their_places(
    scene: Scene, read: Callable[[str], View]
) -> None:
    trace = drawn(scene, read("?indicator=gdp&level=city&year=2024"), "map")[SIZED]
    for lon, lat, (code, *_) in zip(trace["lon"], trace["lat"], trace["customdata"], strict=True):
        place = scene.atlas.place(code)
        assert (lon, lat) == (place.lon, place.lat)
    # Beijing and Tianjin, the largest, come first
    assert [row[0] for row in trace["customdata"]][:2] == ["110000", "120000"]


def test_the_address_names_areas_only(read: Callable[[str], View]) -> None:
    assert "draw" not in read("?indicator=gdp").query()
    assert "draw=areas" in read("?indicator=gdp&draw=areas").query()


def test_the_ranking_has_the_colour_of_the_circles(
    scene: Scene, read: Callable[[str], View]
) -> None:
    assert set(ranked(scene, read("?indicator=population")).colours.values()) == {COLOUR}
    assert len(set(ranked(scene, read("?indicator=population&draw=areas")).colours.values())) > 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_draws_the_circles_of_the_legend_and_names_their_values(
    scene: Scene, read: Callable[[str], View], lang: str
) -> None:
    view = read(f"?indicator=gdp&level=city&lang={lang}")
    (image,) = [
        c
        for c in DRAWN.legend(scene, view, "light").children
        if getattr(c, "className", "") == "legend-sizes"
    ]
    values = [words for words, _ in size_words(scene.fill(view))]
    assert len(values) == 3
    assert all(value in image.alt for value in values)
    svg = unquote(image.src)
    assert svg.count("<circle") == 3
    assert all(f">{value}</text>" in svg for value in values)
    assert text(view.lang)("map.proportional") in said(DRAWN.legend(scene, view, "light"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_exported_map_has_the_same_circles(
    scene: Scene, read: Callable[[str], View], lang: str
) -> None:
    view = read(f"?indicator=gdp&level=city&lang={lang}")
    made = printed(scene, view)
    first, shown = made.keys[:2]
    assert (first.shape, first.sizes) == ("nested", tuple(size_words(scene.fill(view))))
    assert shown.shape == "disc"
    assert text(view.lang)("map.proportional") in made.notes
    trace = made.draw(Canvas(600, height=400))["data"][SIZED]
    assert trace["type"] == "scattergeo"
    assert trace["marker"]["line"]["width"] > 0
    bars = exhibit(ranking.PANEL, "ranking", scene, view, scene.context(view))
    assert bars.keys == ()
    areas = exhibit(
        explore_map.PANEL,
        "map",
        scene,
        read(f"?indicator=gdp&level=city&lang={lang}&draw=areas"),
        scene.context(view),
    )
    assert {key.shape for key in areas.keys[:3]} == {"area"}
