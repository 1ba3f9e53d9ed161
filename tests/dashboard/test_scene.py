from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from dashboard.charts.ranking import ranked
from dashboard.charts.ranking_bars import entries, missing
from dashboard.map.figure import REGION_BOUNDS
from dashboard.scene import NEARLY, PAD_DEGREES, usual_years, vocabulary
from geodata.places.sites import distinct
from geodata.records import FULL_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.records import Level

LANGFANG = {f"1310{last}" for last in ("02", "03", "22", "23", "24", "25", "26", "28", "81", "82")}
FUNCTIONAL = "?level=city&scheme=plan2026&circle=functional"
CIRCLES = {
    "article": {"capital", "tianjin", "shijiazhuang"},
    "plan2026": {"commuting", "functional", "industry"},
}


def test_without_a_choice_there_are_no_roles_and_all_is_shown(
    scene: Scene, read: Callable[[str], View]
) -> None:
    assert scene.roles(read("")) is None
    assert scene.bounds(read("")) == REGION_BOUNDS
    assert all(scene.fill(read("")).inside(p.id) for p in scene.atlas.regions("county"))


def test_langfang_is_pale_in_one_circle_and_full_in_the_other(
    scene: Scene, read: Callable[[str], View]
) -> None:
    def roles(circles: str) -> set[str]:
        found = scene.roles(read(f"?circle={circles}"))
        assert found is not None
        return {found[code] for code in LANGFANG}

    assert roles("capital") == {"radiated"}
    assert roles("tianjin") == {"member"}
    assert roles("capital,tianjin") == {"member"}


def test_langfang_is_drawn_in_both_circles(scene: Scene, read: Callable[[str], View]) -> None:
    groups = scene.atlas.circle_groups("article")
    shapes = {o.key: o.shapes for o in scene.outlines(read(""))}
    for key, full in (("article/capital", False), ("article/tianjin", True)):
        holding = [shape for shape in shapes[key] if groups[shape] >= LANGFANG]
        assert len(holding) == 1
        assert ("#" not in holding[0]) is full


def test_a_city_that_belongs_in_part_is_pale_at_the_level_of_cities(
    scene: Scene, read: Callable[[str], View]
) -> None:
    roles = scene.roles(read(FUNCTIONAL))
    assert roles is not None
    assert {roles[city] for city in ("131000", "130600", "130700")} == {"partial"}
    assert {roles[city] for city in ("110000", "120000", "133100")} <= FULL_ROLES
    assert "130200" not in roles


@pytest.mark.parametrize("circles", ["capital", "tianjin", "shijiazhuang", "capital,tianjin"])
def test_the_bounds_hold_every_member_with_room_around_it(
    scene: Scene, read: Callable[[str], View], circles: str
) -> None:
    view = read(f"?circle={circles}")
    west, south, east, north = scene.bounds(view)
    roles = scene.roles(view) or {}
    members = [p for p in scene.atlas.regions("county") if p.id in roles]
    lons = [p.lon for p in members if p.lon is not None]
    lats = [p.lat for p in members if p.lat is not None]
    assert len(lons) == len(members)
    assert (west, east) == pytest.approx((min(lons) - PAD_DEGREES, max(lons) + PAD_DEGREES))
    assert (south, north) == pytest.approx((min(lats) - PAD_DEGREES, max(lats) + PAD_DEGREES))


def test_excluded_places_do_not_widen_the_bounds(scene: Scene, read: Callable[[str], View]) -> None:
    # Pingshan (130131) is excluded and lies further west than every listed unit.
    west = scene.bounds(read("?scheme=sjz2025&circle=shijiazhuang"))[0]
    pingshan = scene.atlas.place("130131").lon
    assert pingshan is not None
    assert west + PAD_DEGREES > pingshan + 0.2


def test_each_place_is_outlined_as_one(scene: Scene) -> None:
    chosen = scene.chosen(["130000", "110112", "120000", "133100"])
    assert chosen == (["110112"], ["120000", "133100"], ["130000"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_circle_is_outlined_by_its_own_shapes(
    scene: Scene, read: Callable[[str], View], lang: str
) -> None:
    for scheme in scene.atlas.schemes:
        outlines = scene.outlines(read(f"?scheme={scheme.id}&lang={lang}"))
        assert [o.key for o in outlines] == [c.key for c in scheme.circles]
        drawn = [shape for outline in outlines for shape in outline.shapes]
        assert sorted(drawn) == sorted(scene.atlas.circle_groups(scheme.id))
        assert not any(o.chosen for o in outlines)
        for outline in outlines:
            assert "metropolitan" not in outline.name
            assert outline.strips


def test_the_chosen_circle_is_marked(scene: Scene, read: Callable[[str], View]) -> None:
    chosen = [o.key for o in scene.outlines(read("?circle=tianjin")) if o.chosen]
    assert chosen == ["article/tianjin"]


def test_a_layer_that_is_off_asks_for_no_sites(scene: Scene, read: Callable[[str], View]) -> None:
    assert scene.sites(read("")) == {}


def test_layers_hold_each_site_once(scene: Scene, read: Callable[[str], View]) -> None:
    sites = scene.sites(read("?layers=clusters,parks,computing,gates"))
    assert sites["clusters"] == list(distinct(scene.atlas.all_clusters()))
    parks = distinct(scene.atlas.all_parks())
    assert {s.id for s in (*sites["parks"], *sites["computing"])} == {s.id for s in parks}
    # The hub of Zhangjiakou has many figures and three start areas; Wuqing has figures and a plan.
    computing = {"dc_zjk", "sc_tj", "ai_wq", "ai_hd", "ai_mtg", "dc_lf", "ai_jxq", "ai_tj"}
    assert {s.id for s in sites["computing"]} == computing
    assert {s.kind for s in sites["computing"]} == {"computing"}
    assert {s.kind for s in sites["gates"]} == {"port", "airport"}


def test_layers_are_narrowed_to_what_the_reader_asked(
    scene: Scene, read: Callable[[str], View]
) -> None:
    sites = scene.sites(read("?layers=clusters.digital,clusters.steel,parks.bonded"))
    assert {s.industry for s in sites["clusters"]} == {"digital", "steel"}
    assert {s.kind for s in sites["parks"]} == {"bonded"}


def test_every_id_of_a_filter_finds_a_site(scene: Scene, read: Callable[[str], View]) -> None:
    for layer, ids in scene.vocabulary.filters.items():
        for id_ in ids:
            view = read("?layers=" + f"{layer}.{id_}".replace(" ", "+"))
            assert scene.sites(view)[layer], id_


def test_the_panels_speak_of_the_selection_else_the_circles_else_the_whole(
    scene: Scene, read: Callable[[str], View]
) -> None:
    def subjects(search: str) -> list[str]:
        return [place.id for place in scene.subjects(read(search))]

    assert subjects("") == ["JJJ"]
    assert subjects("?circle=tianjin,capital") == ["article/tianjin", "article/capital"]
    assert subjects("?circle=tianjin&regions=110112,130000") == ["110112", "130000"]


def test_the_ranking_holds_the_places_of_the_circle_in_the_colours_of_the_map(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("?circle=tianjin&level=city")
    ranking = ranked(scene, view)
    assert {p.id for p in ranking.places} == {"120000", "130200", "130900", "131000"}
    fill = scene.fill(view)
    value = scene.atlas.value(view.indicator, "130200", view.year).value
    assert value is not None
    assert ranking.colours["130200"] == fill.colours[fill.classes.of(value)]
    assert [e.rank for e in entries(ranking)] == [1, 2, 3, 4]


def test_every_place_is_ranked_or_named_as_missing(
    scene: Scene, read: Callable[[str], View]
) -> None:
    ranking = ranked(scene, read("?indicator=gdp&level=county"))
    assert len(entries(ranking)) + len(missing(ranking)) == 199


def test_the_limits_hold_over_the_years(scene: Scene, read: Callable[[str], View]) -> None:
    limits = {
        scene.fill(read(f"?indicator=gdp&level=city&year={year}")).classes.limits
        for year in scene.atlas.indicators["gdp"].years["city"]
    }
    assert len(limits) == 1


def test_a_query_may_name_whatever_the_atlas_knows(scene: Scene, atlas: Atlas) -> None:
    words = vocabulary(atlas)
    for scheme, circles in CIRCLES.items():
        assert set(words.circles[scheme]) == circles
    # 199 counties, 13 cities with Xiong'an, Beijing and Tianjin once though city and province
    assert len(words.regions) == 199 + 14 + 1
    assert "computing" not in words.filters["parks"]
    assert words.indicator in words.years
    assert words.scheme in words.circles
    assert words == scene.vocabulary


def test_no_indicator_of_the_map_is_known_for_provinces_only(atlas: Atlas) -> None:
    words = vocabulary(atlas)
    assert len(words.years) > 200
    for indicator, years in words.years.items():
        assert years.get("county") or years.get("city"), indicator


def test_the_usual_year_is_the_latest_that_is_nearly_full(atlas: Atlas) -> None:
    coverage = atlas.coverage()
    usual = usual_years(atlas)
    for key, rows in coverage.groupby(["indicator", "level"]):
        indicator, level = cast("tuple[str, Level]", key)
        present = dict(zip(rows["year"], rows["present"], strict=True))
        shown = usual[indicator][level]
        enough = NEARLY * max(present.values())
        assert present[shown] >= enough
        assert all(count < enough for year, count in present.items() if year > shown)


def test_gdp_of_cities_begins_with_2024_and_not_with_the_half_empty_2025(atlas: Atlas) -> None:
    assert atlas.indicators["gdp"].years["city"][-1] == "2025"
    assert usual_years(atlas)["gdp"]["city"] == "2024"


def test_own_limits_reach_the_map(scene: Scene, read: Callable[[str], View]) -> None:
    view = replace(read(""), classes="own", limits=(1.0, 1.5), k=3)
    assert scene.fill(view).classes.limits == (1.0, 1.5)
