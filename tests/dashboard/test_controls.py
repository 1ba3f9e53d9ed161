from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.pages.callbacks import CONTROLS
from dashboard.pages.controls import (
    control_values,
    controls,
    indicator_groups,
    region_groups,
    year_marks,
)
from dashboard.text import text
from dashboard.view import LAYERS, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.scene import Scene

MANY = (
    "?scheme=article&circle=tianjin&level=city&indicator=gdp&year=2014&classes=0.5,1000.25"
    "&regions=110000,120000&benchmark=CN&census=2010&layers=fill,clusters.digital,parks.bonded"
)


@pytest.fixture
def values(scene: Scene, read: Callable[[str], View]) -> Callable[[str], dict[Any, Any]]:
    return lambda search: control_values(scene, read(search), text(read(search).lang))


def components(root: Component) -> dict[str, Any]:
    """Return all components that have an id."""
    return {c.id: c for c in root._traverse() if hasattr(c, "id")}  # type: ignore[no-untyped-call]  # noqa: SLF001


def offered(choices: list[Any]) -> list[Any]:
    """Return the values of a list of choices, grouped or not."""
    flat: list[Any] = []
    for one in choices:
        inner = one.get("items") if isinstance(one, dict) else None
        flat += offered(inner) if inner else [one["value"] if isinstance(one, dict) else one]
    return flat


@pytest.mark.parametrize("search", ["", MANY, "?lang=en"])
def test_every_property_belongs_to_a_control_of_the_page(
    scene: Scene, read: Callable[[str], View], values: Callable[[str], dict[Any, Any]], search: str
) -> None:
    view = read(search)
    found = components(controls(scene, view, text(view.lang)))
    elsewhere = {"language", "census", "view"}  # header, panel, frame
    for (id_, property_), value in values(search).items():
        if id_ not in elsewhere:
            assert property_ in found[id_]._prop_names, (id_, property_)  # noqa: SLF001
            shown = getattr(found[id_], property_)
            assert property_ == "children" or shown == value


def test_the_browser_is_told_what_each_control_shows(
    values: Callable[[str], dict[Any, Any]],
) -> None:
    told = values(MANY)["view", "data"]["values"]
    assert set(told) == set(CONTROLS)
    assert told == {
        "scheme": "article",
        "circles": ["tianjin"],
        "level": "city",
        "indicator": "gdp",
        "year": 2014,
        "classes": "own",
        "k": "3",
        "limits": "0.5, 1000.25",
        "benchmark": "CN",
        "census": "2010",
        "layers": ["fill", "clusters", "parks"],
        "filter-clusters": ["digital"],
        "filter-parks": ["bonded"],
        "regions": ["110000", "120000"],
        "language": "zh",
    }


@pytest.mark.parametrize("search", ["", MANY, "?layers=" + ",".join(LAYERS)])
def test_every_value_is_one_that_is_offered(
    scene: Scene, read: Callable[[str], View], values: Callable[[str], dict[Any, Any]], search: str
) -> None:
    view = read(search)
    found = components(controls(scene, view, text(view.lang)))
    told = values(search)["view", "data"]["values"]
    for id_ in ("scheme", "level", "indicator", "classes", "k", "benchmark"):
        assert told[id_] in offered(found[id_].data), id_
    for id_ in ("regions", "filter-clusters", "filter-parks"):
        assert set(told[id_]) <= set(offered(found[id_].data)), id_
    chips = [chip.value for chip in found["circles"].children]
    assert set(told["circles"]) <= set(chips)


def test_every_indicator_and_level_gives_controls(
    scene: Scene, values: Callable[[str], dict[Any, Any]]
) -> None:
    for indicator, years in scene.vocabulary.years.items():
        for level in ("county", "city"):
            if level not in years:
                continue
            found = values(f"?indicator={indicator}&level={level}")
            slots = [mark["value"] for mark in found["year", "marks"]]
            assert len(slots) == len(years[level])
            assert slots == sorted(set(slots)), (indicator, level)
            assert found["year", "value"] in slots
            assert found["year", "min"] == slots[0]
            assert found["year", "max"] > found["year", "min"]
            assert found["year", "disabled"] is (len(slots) == 1)


def test_the_slider_writes_a_year_that_the_address_knows(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """The browser writes the slot of the slider as the year."""
    for indicator, years in scene.vocabulary.years.items():
        for level in ("county", "city"):
            if level not in years or len(years[level]) == 1:
                continue
            for year in years[level]:
                view = read(f"?indicator={indicator}&level={level}&year={year[-4:]}")
                assert view.year == year, (indicator, level, year)


@pytest.mark.parametrize(
    ("years", "labelled"),
    [
        ([2020], [2020]),
        ([2010, 2020], [2010, 2020]),
        ([2013, 2014], [2013, 2014]),
        # 13 years: labels at least 3 apart, none within 3 of the last
        (list(range(2013, 2026)), [2013, 2016, 2019, 2022, 2025]),
        ([2000, 2009, 2010], [2000, 2010]),
    ],
)
def test_labels_of_years_do_not_run_into_each_other(years: list[int], labelled: list[int]) -> None:
    marks = year_marks(years)
    assert [mark["value"] for mark in marks] == years
    assert [mark["value"] for mark in marks if "label" in mark] == labelled


def test_every_indicator_of_the_map_is_offered_once_under_its_theme(scene: Scene) -> None:
    for lang in ("zh", "en"):
        groups = indicator_groups(scene, text(lang))
        ids = [item["value"] for group in groups for item in group["items"]]
        assert sorted(ids) == sorted(scene.vocabulary.years)
        assert all(group["items"] for group in groups)


def test_indicators_are_told_apart_by_their_names(scene: Scene) -> None:
    for lang in ("zh", "en"):
        for group in indicator_groups(scene, text(lang)):
            labels = [item["label"] for item in group["items"]]
            assert len(set(labels)) == len(labels), group["group"]


def test_every_region_can_be_selected_once(scene: Scene) -> None:
    for lang in ("zh", "en"):
        groups = region_groups(scene, text(lang))
        ids = [item["value"] for group in groups for item in group["items"]]
        assert len(ids) == len(set(ids))
        assert set(ids) == set(scene.vocabulary.regions)


def test_namesakes_can_be_told_apart(scene: Scene) -> None:
    for lang in ("zh", "en"):
        labels = [
            item["label"]
            for group in region_groups(scene, text(lang))
            for item in group["items"]
            if item["value"].isdigit() and not item["value"].endswith("00")
        ]
        assert len(set(labels)) == len(labels)
