"""English counts in millions and billions, with the very digits of the publication."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from dashboard.charts.rows import value_row
from dashboard.map.figure import map_chart
from dashboard.pages import compare, explore, linkages
from dashboard.pages.screen import read as read_screen
from dashboard.scene import Scene
from dashboard.units import ENGLISH, counted, shifted
from dashboard.wording import quantity_text
from geodata.measures.hierarchy import rank_size
from geodata.records import Name, Value
from tests.dashboard.panel_fixtures import context
from tests.dashboard.test_callbacks import without_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.view import View

# ruff: noqa: TC001 - the fixture's class
SCREEN = read_screen(None, "light")


@pytest.mark.parametrize(
    ("unit", "published", "shown", "name"),
    [
        ("亿元", 119918.4, 11991.84, "billion yuan"),
        ("亿元", 748.7, 74.87, "billion yuan"),
        ("亿美元", 36.6, 3.66, "billion US dollars"),
        ("万美元", 12345.0, 123.45, "million US dollars"),
        ("万人", 2189.3095, 21.893095, "million persons"),
        ("万家", 5.4, 0.054, "million firms"),
        ("人", 79387.0, 79387.0, "persons"),
        ("元", 228303.0, 228303.0, "yuan"),
    ],
)
def test_a_figure_is_told_in_english_units(
    scene: Scene, unit: str, published: float, shown: float, name: str
) -> None:
    found = counted(Value(published, unit, "2024"), "en")
    assert found.value == shown
    assert scene.atlas.term("unit", found.unit).en == name
    assert counted(found, "en") == found
    assert counted(Value(published, unit, "2024"), "zh").value == published


@given(st.floats(-1e7, 1e7), st.sampled_from([-2, -1]))
def test_only_the_decimal_point_moves(number: float, places: int) -> None:
    published = round(number, 4)
    digits = f"{shifted(published, places):.6f}".replace(".", "").lstrip("-0").rstrip("0")
    assert digits == f"{published:.6f}".replace(".", "").lstrip("-0").rstrip("0")


def test_every_unit_of_ten_thousands_and_of_hundred_millions_is_told(scene: Scene) -> None:
    for unit in {i.unit for i in scene.atlas.indicators.values()} | {
        s.scale.unit for s in scene.atlas.all_clusters() if s.scale
    }:
        assert unit in ENGLISH or not unit.startswith(("万", "亿"))


def test_a_line_goes_with_its_sizes(scene: Scene) -> None:
    system = scene.atlas.hierarchy.system("JJJ", "gdp")
    told = counted(system, "en")
    assert told.cities[0].value.unit == "十亿元"
    assert told.line is not None
    assert system.line is not None
    assert told.line.size_at(3) == pytest.approx(system.line.size_at(3) / 10)
    fitted = rank_size([city.value.value or math.nan for city in told.cities])
    assert told.line.intercept == pytest.approx(fitted.intercept)
    lows = [one.low / 10 for one in system.classes]
    assert [one.low for one in told.classes] == pytest.approx(lows)


@pytest.mark.parametrize("page", ["explore", "compare", "linkages"])
def test_no_panel_in_english_counts_in_hundred_millions(
    scene: Scene, read: Callable[[str], View], page: str
) -> None:
    regions = "110000,120000,130200"
    view = read(f"?lang=en&indicator=gdp&level=city&regions={regions}&links=contracts")
    if page == "explore":
        made = [
            one
            for section in explore.SECTIONS.values()
            for one in section.children(scene, view, SCREEN)
        ]
    elif page == "compare":
        made = [
            one
            for name in ("places", "system", "timeline")
            for one in compare.SECTIONS[name].children(scene, view, SCREEN)
        ]
    else:
        made = [
            one
            for name in ("contracts", "ties")
            for one in linkages.SECTIONS[name].children(scene, view, SCREEN)
        ]
    shown = json.loads(json.dumps(made, cls=PlotlyJSONEncoder))
    # A publication may be about projects of so much.
    said = json.dumps(without_sources(shown), ensure_ascii=False)
    assert "billion yuan" in said
    assert "100 million yuan" not in said
    assert "10,000 persons" not in said


def test_map_legend_and_ranking_tell_the_same_figure(
    scene: Scene, read: Callable[[str], View]
) -> None:
    zh, en = (
        scene.fill(read(f"?lang={lang}&indicator=gdp_published&level=city&year=2023"))
        for lang in ("zh", "en")
    )
    pairs = list(zip(zh.column.values, en.column.values, strict=True))
    assert all(b.value == shifted(a.value, -1) for a, b in pairs if a.value is not None)
    assert [zh.classes.of(a.value) for a, _ in pairs if a.value is not None] == [
        en.classes.of(b.value) for _, b in pairs if b.value is not None
    ]
    view = read("?lang=en&indicator=gdp_published&level=city&year=2023")
    hover = map_chart(scene.picture(view, "geo", "light"))["data"][0]["hovertemplate"]
    assert "billion yuan" in hover


def test_own_limits_mean_the_same_places_in_both_languages(
    scene: Scene, read: Callable[[str], View]
) -> None:
    fills = [
        scene.fill(read(f"?lang={lang}&indicator=gdp&level=city&classes=2000,5000,10000"))
        for lang in ("zh", "en")
    ]
    assert fills[1].classes.limits == (200.0, 500.0, 1000.0)
    counts = [f.classes.counts([v.value for v in f.column.values if v.value]) for f in fills]
    assert counts[0] == counts[1]


def test_an_exported_row_and_a_sentence_say_the_unit(
    scene: Scene, read: Callable[[str], View]
) -> None:
    context = scene.context(read("?lang=en"))
    value = replace(Value(119918.4, "亿元", "2024"), status="official")
    row = value_row(scene.atlas.place("110000"), ("gdp", Name("值", "GDP")), value, context)
    assert (row.value, row.unit) == (11991.84, "billion yuan")
    assert quantity_text(value, context) == "11,991.84 billion yuan"


def test_cargo_is_counted_in_million_tonnes_without_decimals_below_none() -> None:
    cargo = Value(8.6215, "亿吨", "2024")
    assert (counted(cargo, "en").value, counted(cargo, "en").unit) == (862.15, "百万吨")
    english = replace(context("en"), term=lambda _, key: Name(key, key))
    assert [quantity_text(cargo, english, n) for n in (4, 2, 1)] == [
        "862.15 百万吨",
        "862 百万吨",
        "862 百万吨",
    ]
