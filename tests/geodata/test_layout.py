"""Schemes, roles, overlaps, and what lies in what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geodata.errors import FactsError, UnknownNameError
from geodata.facts import statistics
from geodata.ids import XIONGAN_COUNTIES
from geodata.places.regions import Regions, build_regions, label_points
from geodata.places.schemes import build_layout
from tests.geodata.building import small_layout

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.build.cache import Manifest
    from geodata.places.layout import Layout

CAPITAL, TIANJIN, SHIJIAZHUANG = (f"article/{c}" for c in ("capital", "tianjin", "shijiazhuang"))
PLAN_2025 = "sjz2025/shijiazhuang"


@pytest.fixture(scope="module")
def regions() -> Regions:
    return build_regions(statistics.read_table("regions"))


@pytest.fixture(scope="module")
def layout(regions: Regions) -> Layout:
    return build_layout(statistics.read_table("circles"), regions)


def test_levels_have_their_numbers(regions: Regions) -> None:
    assert [len(regions.codes(level)) for level in ("county", "city", "province")] == [199, 14, 3]


def test_municipalities_are_cities_and_provinces_at_once(regions: Regions) -> None:
    assert regions.place("110000").kind == "city"
    assert regions.level_of("110000") == "city"
    assert "110000" in regions.codes("province")
    assert len(regions.counties_of("110000")) == 16


def test_xiongan_has_baodings_counties(regions: Regions) -> None:
    assert regions.counties_of("133100") == XIONGAN_COUNTIES
    assert regions.counties_of("133100") < regions.counties_of("130600")
    assert not regions.drawn["133100"] & regions.drawn["130600"]


def test_the_cities_as_drawn_partition_the_counties(regions: Regions) -> None:
    codes = [county for city in regions.codes("city") for county in regions.drawn[city]]
    assert sorted(codes) == list(regions.codes("county"))


def test_parents_go_up_to_the_three_places(regions: Regions) -> None:
    assert [p.id for p in regions.parents("130102")] == ["130100", "130000", "JJJ"]
    assert [p.id for p in regions.parents("130629")] == ["133100", "130600", "130000", "JJJ"]
    assert [p.id for p in regions.parents("110112")] == ["110000", "JJJ"]
    assert regions.parents("JJJ") == ()


def test_namesakes_are_told_apart_in_each_language(regions: Regions) -> None:
    qiaoxi = regions.place("130104").label
    assert (qiaoxi.zh, qiaoxi.en) == ("桥西区（石家庄）", "Qiaoxi (Shijiazhuang)")
    # 魏县 and 威县 differ in Chinese only.
    weixian = regions.place("130434").label
    assert (weixian.zh, weixian.en) == ("魏县", "Weixian (Handan)")
    assert regions.place("110101").label == regions.place("110101").name


def test_labels_are_unique(regions: Regions) -> None:
    for lang in ("zh", "en"):
        labels = [regions.places[c].label[lang] for c in regions.codes("county")]
        assert len(set(labels)) == 199


def test_unknown_regions_and_levels_are_named(regions: Regions) -> None:
    with pytest.raises(UnknownNameError, match="no region '999999'"):
        regions.place("999999")
    with pytest.raises(UnknownNameError, match="no level 'town'"):
        regions.codes("town")


def test_a_table_without_xiongan_is_refused() -> None:
    table = statistics.read_table("regions")
    with pytest.raises(FactsError, match=r"regions\.csv: 130632 missing"):
        build_regions(table[table["region_code"] != "130632"])


def test_label_points_carry_names_and_codes(regions: Regions) -> None:
    found = json.loads(label_points(regions, "city", "en"))
    points = {f["id"]: f for f in found["features"]}
    assert len(points) == 14
    assert points["133100"]["properties"] == {"name": "Xiong'an New Area"}
    assert points["110000"]["geometry"]["coordinates"] == [116.5134, 40.3744]


def test_every_scheme_of_the_tables_is_there(layout: Layout) -> None:
    found = {(s.id, c.id) for s in layout.schemes for c in s.circles}
    rows = statistics.read_table("circles")
    assert found == set(zip(rows["scheme"], rows["circle_id"], strict=True))
    assert [c.id for c in layout.scheme("article").circles] == [
        "capital",
        "tianjin",
        "shijiazhuang",
    ]


def test_schemes_are_complete_records(layout: Layout) -> None:
    for scheme in layout.schemes:
        assert scheme.year.isdecimal()
        assert scheme.source_ids
        texts = [scheme.name, scheme.definition, *(c.name for c in scheme.circles)]
        assert all(t.zh and t.en for t in texts)


def test_missing_members_are_counted(layout: Layout) -> None:
    assert layout.circle("plan2026/commuting").missing == 11
    assert layout.circle("plan2026/functional").missing is None
    assert layout.circle("plan2026/industry").missing is None
    assert layout.circle(TIANJIN).missing == 0


def test_the_commuting_circle_has_one_named_unit_besides_beijing(layout: Layout) -> None:
    assert layout.full_units("plan2026/commuting") == ("110000", "120114")


def test_counties_of_a_circle_are_those_of_full_members(layout: Layout) -> None:
    # 16 of Beijing with Tongzhou among them, 3 of Xiong'an; Baoding is radiated only.
    assert len(layout.counties(CAPITAL)) == 19
    # 22 of Shijiazhuang with Xinji, 11 of Hengshui, 18 of Xingtai, Dingzhou.
    assert len(layout.counties(SHIJIAZHUANG)) == 52


def test_the_most_specific_listing_decides(layout: Layout) -> None:
    roles = layout.roles([CAPITAL], "county")
    assert roles["110112"] == "wing"
    assert roles["110101"] == "core"
    assert roles["130629"] == "wing"
    assert roles["130602"] == "radiated"
    assert "130102" not in roles


def test_partial_and_excluded_units_are_no_members(layout: Layout) -> None:
    roles = layout.roles([PLAN_2025], "county")
    assert roles["130503"] == "partial"
    assert roles["130121"] == "excluded"
    assert not {"130503", "130121"} & layout.counties(PLAN_2025)


def test_a_city_with_some_members_is_partial(layout: Layout) -> None:
    assert layout.roles([PLAN_2025], "city") == {
        "130100": "partial",
        "130500": "partial",
        "130600": "partial",
        "131100": "partial",
    }
    assert layout.role("plan2026/commuting", "120000") == "partial"


def test_a_city_of_which_units_are_only_left_out_is_outside(
    regions: Regions, tmp_path: Path
) -> None:
    layout = small_layout(regions, tmp_path, [("130121", "excluded"), ("110000", "core")])
    assert layout.role("s/c", "130100") is None
    assert layout.roles(["s/c"], "city") == {"110000": "core"}


def test_several_circles_show_the_strongest_role(layout: Layout) -> None:
    both = layout.roles([CAPITAL, TIANJIN], "city")
    assert both["131000"] == "member"
    assert layout.roles([CAPITAL], "city")["131000"] == "radiated"
    assert both["110000"] == "core"


def test_langfang_and_dingzhou_are_in_two_circles(layout: Layout) -> None:
    overlaps = layout.overlaps("article")
    # The 10 counties of Langfang; Dingzhou lies in Baoding, which the capital radiates to.
    assert len(overlaps) == 11
    assert overlaps["131003"] == (CAPITAL, TIANJIN)
    assert overlaps["130682"] == (CAPITAL, SHIJIAZHUANG)
    assert layout.overlaps("ring2010") == {}


def test_membership_goes_through_the_listed_unit(layout: Layout) -> None:
    found = {c.key: (role, m.place) for c, role, m in layout.circles_of("130629")}
    assert found[CAPITAL] == ("wing", "133100")
    assert found["outline2015/central"] == ("partial", "130600")
    assert found["plan2026/industry"] == ("member", "130000")
    assert SHIJIAZHUANG not in found


def test_outlines_keep_full_partial_and_excluded_apart(layout: Layout) -> None:
    groups = layout.circle_groups("sjz2025")
    assert {key: len(codes) for key, codes in groups.items()} == {
        PLAN_2025: 29,
        f"{PLAN_2025}#partial": 1,
        f"{PLAN_2025}#excluded": 5,
    }
    assert f"{TIANJIN}#partial" not in layout.circle_groups("article")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda x: x.scheme("mine"), "no scheme 'mine'; choose one of article"),
        (lambda x: x.circle("article/mine"), "no circle 'article/mine'"),
        (lambda x: x.county_roles("mine"), "no circle 'mine'"),
    ],
)
def test_unknown_schemes_and_circles_are_named(layout: Layout, ask: object, words: str) -> None:
    with pytest.raises(UnknownNameError, match=words):
        ask(layout)  # type: ignore[operator]


def test_a_region_holding_only_members_takes_their_most_frequent_role(
    regions: Regions, tmp_path: Path
) -> None:
    counties = [("130629", "wing"), ("130632", "member"), ("130638", "member")]
    layout = small_layout(regions, tmp_path, counties)
    assert layout.role("s/c", "133100") == "member"
    assert layout.circle("s/c").members[0].source_ids == ("a", "b")


@pytest.mark.parametrize(("level", "number"), [("county", 199), ("city", 14)])
@pytest.mark.parametrize(("lang", "name"), [("zh", "通州区"), ("en", "Tongzhou")])
def test_a_build_holds_the_names_to_set_on_the_map(
    manifest: Manifest, level: str, number: int, lang: str, name: str
) -> None:
    features = json.loads(manifest.path(f"label-{level}-{lang}.geojson").read_bytes())["features"]
    assert len(features) == number
    names = {f["id"]: f["properties"]["name"] for f in features}
    assert names.get("110112") == (name if level == "county" else None)
