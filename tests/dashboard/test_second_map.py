"""Two maps side by side: which the second is, what they share, and how they are printed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from dashboard.charts.record import Canvas
from dashboard.charts.second_map import PANEL
from dashboard.companion import alike
from dashboard.pages.callbacks import PAGES
from dashboard.pages.explore import SECOND
from dashboard.pages.gallery import charts_at
from dashboard.pages.screen import Screen
from dashboard.print.cartography import STRIP
from dashboard.print.panes import AFTER_TITLE, GAP, TYPE, Panes
from dashboard.wording import year_text
from dashboard.wrap import LINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.record import Chart
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Indicator
    from tests.dashboard.conftest import Reader

PANEL_BYTES = 40_000
SHARES = "?maps=indicators&level=city&indicator=gdp_tertiary_share&across=gdp_secondary_share"


def chart(scene: Scene, view: View) -> Chart:
    (found,) = PANEL.charts(scene, view, scene.context(view))
    return found


def of_years(scene: Scene, *, several: bool) -> Indicator:
    """Return an indicator of cities that has one year, or several."""
    return next(
        one
        for one in scene.atlas.indicators.values()
        if one.id in scene.vocabulary.years
        and (len(one.years.get("city", ())) > 1) is several
        and one.years.get("city")
    )


def test_the_second_year_is_the_earliest_until_one_is_chosen(
    scene: Scene, read: Callable[[str], View]
) -> None:
    several = of_years(scene, several=True)
    years = several.years["city"]
    asked = f"?level=city&indicator={several.id}&maps=years"
    other = scene.second(read(f"{asked}&year={years[-1]}")).view
    assert other
    assert (other.indicator, other.year) == (several.id, years[0])
    chosen = scene.second(read(f"{asked}&year={years[0]}&then={years[-1]}")).view
    assert chosen
    assert chosen.year == years[-1]
    twice = scene.second(read(f"{asked}&year={years[0]}&then={years[0]}")).view
    assert twice
    assert twice.year == years[1]


def test_two_maps_stand_in_the_address(read: Callable[[str], View]) -> None:
    view = read("?maps=years&then=2010&indicator=population&level=city")
    assert "maps=years" in view.query()
    assert "then=2010" in view.query()
    assert "maps" not in read("").query()


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", "desk"),
        ("?maps=years&level=city", "desk with-second"),
        ("?over=ring2010", "desk with-over"),
        ("?maps=all&over=ring2010", "desk with-second with-over"),
    ],
)
def test_the_desk_makes_room_for_what_stands_beside_the_map(
    scene: Scene, read: Callable[[str], View], query: str, named: str
) -> None:
    assert vars(PAGES["/"].body(scene, read(query), Screen()))["className"] == named


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_indicator_of_one_year_gives_one_line(
    scene: Scene, read: Callable[[str], View], lang: str
) -> None:
    one = of_years(scene, several=False)
    view = read(f"?level=city&indicator={one.id}&maps=years&lang={lang}")
    empty = chart(scene, view).empty
    assert one.name[view.lang] in empty
    assert year_text(one.years["city"][0], scene.context(view).t) in empty
    assert empty in str(SECOND.children(scene, view, Screen(renderer="geo")))


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("", "one_map"),
        ("?maps=indicators&indicator=gdp&across=gdp", "same"),
        ("?maps=indicators&level=county&across=gdp_per_capita", "no_level"),
    ],
)
def test_what_has_no_second_map_says_why(
    scene: Scene, read: Callable[[str], View], query: str, why: str
) -> None:
    assert scene.second(read(query)).why == why
    assert chart(scene, read(query)).empty


def test_a_year_that_the_indicator_lacks_is_told_with_those_it_has(
    scene: Scene, read: Callable[[str], View]
) -> None:
    several = of_years(scene, several=True)
    every = {
        year
        for levels in scene.vocabulary.years.values()
        for years in levels.values()
        for year in years
    }
    lacking = min(every - set(several.years["city"]))
    empty = chart(
        scene, read(f"?maps=years&level=city&indicator={several.id}&then={lacking}")
    ).empty
    assert lacking in empty
    assert several.years["city"][0] in empty


def test_without_a_second_map_nothing_is_sent(scene: Scene, read: Callable[[str], View]) -> None:
    assert SECOND.children(scene, read(""), Screen(renderer="geo")) == []


def test_two_indicators_of_one_unit_have_one_set_of_limits(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """The limits are those of all figures of both, whichever of them is the first."""
    view = read(SHARES)
    other = scene.second(view).view
    assert other
    assert scene.shares(view, other)
    one, two = scene.fill(view).classes, scene.fill(other).classes
    assert one.limits == two.limits
    every = [
        value.value
        for name in (view.indicator, other.indicator)
        for year in scene.atlas.indicators[name].years["city"]
        for value in scene.atlas.values(name, year, "city", view.benchmark).values
        if value.value is not None
    ]
    assert (one.low, one.high) == (
        min(round(x, one.decimals) for x in every),
        max(round(x, one.decimals) for x in every),
    )
    alone = scene.fill(read(SHARES.replace("maps=indicators&", ""))).classes
    assert (alone.low, alone.high) != (one.low, one.high)


def test_circles_of_totals_of_one_unit_have_one_scale(
    scene: Scene, read: Callable[[str], View]
) -> None:
    totals = [
        one
        for one in scene.atlas.indicators.values()
        if one.summable and one.years.get("city") and one.id in scene.vocabulary.years
    ]
    first, second = next(
        (one, other) for one in totals for other in totals if one != other and alike(one, other)
    )
    view = read(f"?maps=indicators&level=city&indicator={first.id}&across={second.id}")
    other = scene.second(view).view
    assert other
    highest = max(
        value.value
        for name in (first.id, second.id)
        for year in scene.atlas.indicators[name].years["city"]
        for value in scene.atlas.values(name, year, "city").values
        if value.value is not None
    )
    assert scene.fill(view).highest == scene.fill(other).highest == highest


def test_indicators_of_different_units_keep_limits_of_their_own(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("?maps=indicators&level=city&indicator=gdp_per_capita&across=gdp_tertiary_share")
    other = scene.second(view).view
    assert other
    assert not scene.shares(view, other)
    alone = read("?level=city&indicator=gdp_per_capita")
    assert scene.fill(view).classes == scene.fill(alone).classes
    assert scene.context(view).t("second.two_scales") in chart(scene, view).notes


def test_the_figures_of_both_maps_are_behind_the_record(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read(SHARES)
    rows = list(chart(scene, view).rows())
    cities = len(scene.atlas.regions("city"))
    assert [sum(row.item == name for row in rows) for name in (view.indicator, view.across)] == [
        cities,
        cities,
    ]


def test_on_paper_both_maps_stand_in_one_figure(scene: Scene, read: Callable[[str], View]) -> None:
    view = read(SHARES)
    paper = chart(scene, view).draw(Canvas(500, height=500))
    assert {"geo", "geo2"} <= set(paper["layout"])
    areas = [one for one in paper["data"] if one["type"] == "choropleth" and "customdata" in one]
    assert [one["geo"] for one in areas] == ["geo", "geo2"]
    first, second = (one["customdata"][0][0] for one in areas)
    names = (view.indicator, view.across)
    code = areas[0]["locations"][0]
    for written, name in zip((first, second), names, strict=True):
        found = scene.atlas.value(name, code, scene.fill(view).column.year)
        assert found.value is None or written == f"{found.value:,.1f}"
    keys = chart(scene, view).caption
    assert keys
    assert keys.key
    assert all(key.count is None for key in keys.key)


def test_on_paper_the_key_of_two_maps_lists_only_circles_that_are_drawn(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("?maps=years&circle=capital")
    caption = chart(scene, view).caption
    assert caption
    circles = {one.name for one in scene.outlines(view)}
    told = {key.words for key in caption.key or ()}
    assert len(circles) > 1
    assert circles & told == {"首都都市圈"}


def test_the_page_sends_the_second_map_within_the_budget(reader: Reader) -> None:
    for query in (SHARES.replace("city", "county"), "?maps=all&indicator=gdp&level=county"):
        answer = reader.post("second", query, encoding="br")
        assert answer.status_code == HTTPStatus.OK
        assert len(answer.data) < PANEL_BYTES


def test_frames_of_maps_are_as_large_as_they_go() -> None:
    """Two maps as wide as high in 408 × 300 pixels stand side by side, each 200 wide."""
    panes = Panes({"geo": "a", "geo2": "b"}, 1.0)
    head = TYPE * LINE + AFTER_TITLE
    assert panes.columns((408, 300)) == 2
    frames = panes.frames((10, 20, 408, 300))
    down = 300 - STRIP - head
    assert frames["geo"] == pytest.approx((10, 20 + head, 200, down))
    assert frames["geo2"] == pytest.approx((10 + 200 + GAP, 20 + head, 200, down))
    assert panes.columns((200, 700)) == 1
    alone = Panes({"geo": ""}, 1.2)
    assert alone.frames((0, 0, 300, 400)) == {"geo": (0, 0, 300, 400)}


def test_small_maps_show_every_year_with_one_set_of_limits(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("?maps=all&level=city&indicator=gdp_tertiary_share")
    years = scene.atlas.indicators[view.indicator].years["city"]
    found = chart(scene, view)
    paper = found.draw(Canvas(500, height=500))
    panes = paper["layout"]["meta"]["panes"]
    assert len(panes) == len(years)
    areas = [one for one in paper["data"] if one["type"] == "choropleth" and "customdata" in one]
    assert [one["geo"] for one in areas] == list(panes)
    assert len({str(one["colorscale"]) for one in areas}) == 1
    for year, area in zip(years, areas, strict=True):
        column = scene.atlas.values(view.indicator, year, "city")
        classes = scene.fill(view).classes
        wanted = [-1 if v.value is None else classes.of(v.value) for v in column.values]
        assert area["z"] == wanted
    assert {row.year for row in found.rows()} == set(years)
    page = found.draw(Canvas(500))
    assert page["layout"]["height"] == -(-len(years) // 3) * 190
    tops = [page["layout"][name]["domain"]["y"][1] for name in panes]
    assert tops == sorted(tops, reverse=True)
    lows = [page["layout"][name]["domain"]["y"][0] for name in panes]
    assert all(0 <= low < top <= 1 for low, top in zip(lows, tops, strict=True))


def test_one_year_makes_no_small_maps_but_a_line(scene: Scene, read: Callable[[str], View]) -> None:
    one = of_years(scene, several=False)
    found = chart(scene, read(f"?level=city&indicator={one.id}&maps=all"))
    assert one.name.zh in found.empty


def test_a_page_leaves_with_the_second_map_only_where_there_is_one(
    read: Callable[[str], View],
) -> None:
    one, two = (charts_at(PAGES["/"], read(search)) for search in ("", "?maps=years"))
    assert set(two) - set(one) == {"second"}
    assert set(one) == {"map", "industry", "ranking", "scatter"}


CENSUSES = "?indicator=lq_manufacturing&maps="
FUXING = "130404"
"""A district of Handan that had other boundaries in 2010."""


@pytest.mark.parametrize("maps", ["years", "all"])
def test_maps_of_both_censuses_name_the_places_that_cannot_be_compared(
    scene: Scene, read: Callable[[str], View], maps: str
) -> None:
    atlas, found = scene.atlas, chart(scene, read(CENSUSES + maps))
    told = [
        {c for c, v in zip(one.codes, one.values, strict=True) if v.value is not None}
        for one in (atlas.values("lq_manufacturing", year, "county") for year in ("2010", "2020"))
    ]
    apart = told[0] & told[1] & set(atlas.provenance.incomparable)
    assert FUXING in apart
    (said,) = [note for note in found.notes if "不是变化" in note]
    assert f"等{len(apart)}地" in said
    assert found.caption
    assert said in found.caption.notes(list(found.rows()))
    english = chart(scene, read(f"{CENSUSES}{maps}&lang=en"))
    assert [n for n in english.notes if f"{len(apart)} in all" in n and "is no change" in n]


def test_maps_on_both_sides_of_a_break_say_so(scene: Scene, read: Callable[[str], View]) -> None:
    asked = "?level=city&indicator=gdp_tertiary_share&maps=years"
    across = chart(scene, read(f"{asked}&year=2025&then=2019"))
    before = chart(scene, read(f"{asked}&year=2020&then=2019"))
    said = [[n for n in one.notes if "2024年断点" in n] for one in (across, before)]
    assert [len(one) for one in said] == [1, 0]
    assert "第五次全国经济普查" in said[0][0]
    assert not [n for n in chart(scene, read(SHARES)).notes if "年断点" in n], "of two indicators"
