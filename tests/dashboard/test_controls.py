from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.pages import explore
from dashboard.pages.controls import Controls, indicator_groups, region_groups
from dashboard.pages.screen import Screen
from dashboard.pages.settings import Settings, settings, told, year_marks
from dashboard.text import text
from dashboard.view import CHOICES, LAYERS, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.pages.sections import Section
    from dashboard.scene import Scene

MANY = (
    "?scheme=article&circle=tianjin&level=city&indicator=gdp&year=2014&classes=0.5,1000.25"
    "&regions=110000,120000&benchmark=CN&census=2010&layers=fill,clusters.digital,parks.bonded"
)


@pytest.fixture
def values(scene: Scene, read: Callable[[str], View]) -> Callable[[str], Settings]:
    return lambda search: settings(scene, read(search))


@pytest.fixture
def there(scene: Scene, read: Callable[[str], View]) -> Callable[[str], dict[str, Any]]:
    """Return the components of the Explore page that have an id."""
    return lambda search: components(explore.body(scene, read(search), Screen()))


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
def test_every_setting_is_one_of_its_control_and_stands_so_on_the_page(
    there: Callable[[str], dict[str, Any]], values: Callable[[str], Settings], search: str
) -> None:
    found, wanted = there(search), values(search)
    for id_ in explore.CONTROLS:
        for property_, value in wanted[id_].items():
            assert property_ in found[id_]._prop_names, (id_, property_)  # noqa: SLF001
            assert property_ == "children" or getattr(found[id_], property_) == value


def test_the_browser_is_told_what_each_control_shows(values: Callable[[str], Settings]) -> None:
    one = told(values(MANY), "/", explore.CONTROLS)
    assert one["path"] == "/"
    assert set(one["settings"]) == {*explore.CONTROLS, "language", "scheme-said"}
    shown = {i: of["value"] for i, of in one["settings"].items() if "value" in of}
    assert shown == {
        "scheme": "article",
        "circles": ["tianjin"],
        "level": "city",
        "indicator": "gdp",
        "draw": "circles",
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
        "across": "tertiary_education_share",
        "maps": "one",
        "over": [],
        "language": "zh",
    }


@pytest.mark.parametrize("search", ["", MANY, "?layers=" + ",".join(LAYERS)])
def test_every_value_is_one_that_is_offered(
    there: Callable[[str], dict[str, Any]], values: Callable[[str], Settings], search: str
) -> None:
    found, shown = there(search), values(search)
    for id_ in ("scheme", "level", "indicator", "classes", "k", "benchmark", "census"):
        assert shown[id_]["value"] in offered(found[id_].data), id_
    for id_ in ("regions", "filter-clusters", "filter-parks"):
        assert set(shown[id_]["value"]) <= set(offered(found[id_].data)), id_
    chips = [chip.value for chip in found["circles"].children]
    assert set(shown["circles"]["value"]) <= set(chips)


def test_every_indicator_and_level_gives_controls(
    scene: Scene, values: Callable[[str], Settings]
) -> None:
    for indicator, years in scene.vocabulary.years.items():
        for level in ("county", "city"):
            if level not in years:
                continue
            found = values(f"?indicator={indicator}&level={level}")["year"]
            slots = [mark["value"] for mark in found["marks"]]
            assert len(slots) == len(years[level])
            assert slots == sorted(set(slots)), (indicator, level)
            assert found["value"] in slots
            assert found["min"] == slots[0]
            assert found["max"] > found["min"]
            assert found["disabled"] is (len(slots) == 1)


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
        groups = region_groups(scene.atlas, lang)
        ids = [item["value"] for group in groups for item in group["items"]]
        assert len(ids) == len(set(ids))
        assert set(ids) == set(scene.vocabulary.regions)


def test_namesakes_can_be_told_apart(scene: Scene) -> None:
    for lang in ("zh", "en"):
        labels = [
            item["label"]
            for group in region_groups(scene.atlas, lang)
            for item in group["items"]
            if item["value"].isdigit() and not item["value"].endswith("00")
        ]
        assert len(set(labels)) == len(labels)


def test_a_scheme_says_who_published_it_when_and_by_which_rule(
    scene: Scene, read: Callable[[str], View]
) -> None:
    summary, rest = settings(scene, read("?scheme=ring2010"))["rule"]["children"]
    scheme = scene.atlas.scheme("ring2010")
    publisher = scene.atlas.source(scheme.source_ids[0], "zh").publisher
    assert (summary.children[0].children, summary.children[1]) == (publisher, "，2010年。")
    assert rest.children == scheme.definition.zh


@pytest.mark.parametrize(("lang", "stand"), [("zh", "horizontal"), ("en", "vertical")])
def test_words_of_a_switch_stand_below_one_another_where_a_line_would_cut_them(
    scene: Scene, read: Callable[[str], View], lang: str, stand: str
) -> None:
    """One map or several: in English the words take more than the 207 pixels of a switch."""
    made = Controls(scene, read(f"?lang={lang}"))
    words = {one: made.t(f"second.maps_{one}") for one in CHOICES["maps"]}
    assert components(made.choice("maps", words))["maps"].orientation == stand


@pytest.mark.parametrize("kind", CHOICES["links"])
def test_mass_and_exponent_are_there_for_gravity_alone(
    values: Callable[[str], Settings], kind: str
) -> None:
    assert values(f"?links={kind}")["pulling"] == {"hidden": kind != "gravity"}


def test_years_are_played_from_three_on(scene: Scene, values: Callable[[str], Settings]) -> None:
    several = {
        len(years["county"]) > 2: indicator
        for indicator, years in scene.vocabulary.years.items()
        if years.get("county")
    }
    for are_played, indicator in several.items():
        assert values(f"?indicator={indicator}")["play"] == {"hidden": not are_played}


def test_the_slider_names_the_parts_that_show_its_year(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """Whether a part follows is told by its figures, in a year that it has and in another."""

    def figures(section: Section, year: str) -> list[object]:
        view = read(f"?indicator=gdp_tertiary_share&level=city&year={year}")
        context = scene.context(view)
        charts = (one for panel in section.panels for one in panel.charts(scene, view, context))
        tables = (table.rows(scene, view, context) for table in section.tables)
        return [row for rows in (*(one.rows() for one in charts), *tables) for row in rows]

    moving = {
        name
        for name, one in explore.SECTIONS.items()
        if figures(one, "2015") != figures(one, "2020")
    }
    assert moving == set(explore.FOLLOWERS)
    assert {"ranking", "scatter"} <= moving
