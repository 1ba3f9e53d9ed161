"""The city system of the region, the provinces and the circles, from the published figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.errors import UnknownNameError
from geodata.measures.hierarchy import missing_middle
from geodata.records import Name, Place, Value
from geodata.studies.systems import in_part
from geodata.studies.towns import is_district

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.studies.hierarchy import Measure

SIZES: tuple[Measure, ...] = ("towns", "population", "urban", "gdp")


def test_the_region_is_ranked_by_gdp_as_the_bulletins_say(atlas: Atlas) -> None:
    system = atlas.hierarchy.system("JJJ", "gdp", "2024")
    assert [c.place.name.zh for c in system.cities[:5]] == [
        "北京市",
        "天津市",
        "唐山市",
        "石家庄市",
        "保定市",
    ]
    assert [c.rank for c in system.cities] == list(range(1, 14))
    assert system.cities[0].value.value == 49_843.1
    assert system.line
    assert system.line.n == 13
    assert not system.reason.zh


def test_primacy_of_the_region_by_hand(atlas: Atlas) -> None:
    """49,843.10 / 18,024.32, and over 18,024.32 + 10,003.90 + 8,203.40."""
    found = atlas.hierarchy.primacy("JJJ", "gdp", "2024")
    assert found.two
    assert found.four
    assert found.share
    assert found.two.value == pytest.approx(49_843.10 / 18_024.32)
    assert found.four.value == pytest.approx(49_843.10 / (18_024.32 + 10_003.90 + 8_203.40))
    assert found.two.source_ids == ("tjgb_110000_2024", "tjgb_120000_2024")
    assert found.share.unit == "%"
    assert 43 < (found.share.value or 0) < 44


def test_hebei_is_led_by_tangshan_in_gdp(atlas: Atlas) -> None:
    by_gdp = atlas.hierarchy.primacy("130000", "gdp", "2024")
    assert by_gdp.first
    assert by_gdp.first.id == "130200"
    assert by_gdp.two
    assert by_gdp.two.value == pytest.approx(10_003.90 / 8_203.40)


@pytest.mark.parametrize("scope", ["130000", "JJJ"])
def test_no_rank_by_people_once_baoding_is_counted_without_dingzhou_and_xiongan(
    atlas: Atlas, scope: str
) -> None:
    """2024 sets 904.62 of Baoding, without both, beside Shijiazhuang with Xinji: withheld."""
    system = atlas.hierarchy.system(scope, "population", "2024")
    assert system.year == "2023"
    assert any("定州" in remark.zh and "Xinji" in remark.en for remark in system.remarks)
    assert "2024" not in {p.year for p in atlas.hierarchy.primacies(scope, "population")}


def test_baoding_is_the_largest_of_hebei_with_dingzhou_and_xiongan(atlas: Atlas) -> None:
    """1,148.82 of Baoding over 1,123.35 of Shijiazhuang, each with the scope in its notes."""
    latest = atlas.hierarchy.primacy("130000", "population")
    assert latest.two
    assert latest.two.value == pytest.approx(1_148.82 / 1_123.35)
    assert "scope incl. 辛集" in latest.two.note
    found = atlas.hierarchy.primacies("130000", "population")
    assert [(p.year, p.first.id if p.first else "") for p in found] == [
        ("2013", "130600"),
        ("2018", "130600"),
        ("2023", "130600"),
    ]


@pytest.mark.parametrize("province", ["110000", "120000"])
def test_a_province_of_one_city_says_that_it_has_no_hierarchy(atlas: Atlas, province: str) -> None:
    system = atlas.hierarchy.system(province, "gdp")
    assert system.line is None
    assert system.steps == ()
    assert "一个城市" in system.reason.zh
    assert "one single city" in system.reason.en
    (row,) = atlas.hierarchy.primacies(province)
    assert (row.two, row.four, row.share, row.reason) == (None, None, None, system.reason)


def test_a_circle_ranks_its_whole_cities_and_names_what_it_leaves_out(atlas: Atlas) -> None:
    tianjin = atlas.hierarchy.system("article/tianjin", "gdp")
    assert {c.place.id for c in tianjin.cities} == {"120000", "130200", "130900", "131000"}
    shijiazhuang = atlas.hierarchy.system("article/shijiazhuang", "population")
    assert {c.place.id for c in shijiazhuang.cities} == {"130100", "130500", "131100"}
    assert [p.id for p in shijiazhuang.outside] == ["130682"]
    assert "定州市" in shijiazhuang.remarks[0].zh
    assert shijiazhuang.primacy.four is None


def test_fewer_than_three_cities_are_no_curve(atlas: Atlas) -> None:
    found = atlas.hierarchy.system("bjdrc2023/functional", "gdp")
    assert found.line is None
    assert "只有2个" in found.reason.zh
    assert "Only 2 whole cities" in found.reason.en


@pytest.mark.parametrize("measure", ["towns", "population", "urban", "gdp"])
def test_a_circle_of_one_city_has_no_primacy(atlas: Atlas, measure: Measure) -> None:
    """Not 81.48 and 97.1 % against Xiongxian, a county of the new area beside Beijing."""
    capital = atlas.hierarchy.system("article/capital", measure)
    assert capital.line is None
    assert "只有北京市是城市" in capital.reason.zh
    assert (capital.primacy.first, capital.primacy.two, capital.primacy.share) == (None, None, None)


def test_whole_cities_that_are_little_of_a_circle_have_no_primacy(atlas: Atlas) -> None:
    """Beijing holds 80.3 % of the commuting study area; the counties around it are no city."""
    found = atlas.hierarchy.system("commute2018/commuting", "gdp")
    assert "80.3%" in found.reason.zh
    assert found.primacy.first is None


def test_the_missing_middle_is_stated_by_one_rule_of_districts_too(atlas: Atlas) -> None:
    """Districts of 1,500 people per km² and more, summed from the census by hand.

    Tianjin: 35.5 + 85.8787 + 82.2174 + 91.7106 + 64.7702 + 48.313 + 93.6322 + 111.8123 + 92.8066
    + 82.2691 = 788.9101; Shijiazhuang: 105.9572 + 97.9646 + 80.2057 + 77.1255 = 361.253.
    """
    remark = atlas.hierarchy.system("JJJ", "towns").remarks[-1]
    ratio = 788.9101 / 361.253
    assert f"比值{ratio:.2f}，为法则预期值的{ratio / 1.5:.2f}倍" in remark.zh
    assert "全部市辖区并入时为1.63倍" in remark.zh
    assert "1,500 residents per km²" in remark.en


def test_two_cities_have_a_two_city_index_only(atlas: Atlas) -> None:
    found = atlas.hierarchy.primacy("bjdrc2023/functional", "gdp", "2024")
    assert found.two
    assert found.four is None
    assert "只有2个" in found.reason.zh


def test_a_circle_with_unknown_members_is_not_analysed(atlas: Atlas) -> None:
    system = atlas.hierarchy.system("plan2026/commuting", "population")
    assert system.line is None
    assert "11个成员未查到" in system.reason.zh
    assert "11 members" in system.reason.en


def test_a_circle_of_county_units_has_no_whole_city(atlas: Atlas) -> None:
    system = atlas.hierarchy.system("ring2010/ringcapital", "gdp")
    assert system.cities == ()
    assert system.primacy.n == 0
    assert "只有0个" in system.reason.zh


def test_a_year_that_lacks_a_city_gives_way_and_says_so(atlas: Atlas) -> None:
    """In 2025 no bulletin of Tangshan was seen; in 2019 Baoding has no population."""
    for measure, asked, shown in (("gdp", "2025", "2024"), ("population", "2019", "2023")):
        found: Measure = "gdp" if measure == "gdp" else "population"
        system = atlas.hierarchy.system("JJJ", found, asked)
        assert system.year == shown
        assert asked in system.remarks[-1].zh
        assert shown in system.remarks[-1].en


def test_urban_residents_come_from_the_censuses(atlas: Atlas) -> None:
    found = atlas.hierarchy.primacies("JJJ", "urban")
    assert [p.year for p in found] == ["2010", "2020"]
    latest = found[-1]
    assert latest.two
    assert latest.two.value == pytest.approx(1916.6433 / 1174.444)


def test_urban_places_are_districts_together_and_county_towns(atlas: Atlas) -> None:
    """The census of 2020: eight districts of Shijiazhuang hold 480.5 of its 788.4 万人."""
    system = atlas.hierarchy.system("JJJ", "towns")
    found = {c.place.name.zh: c.value.value or 0 for c in system.cities}
    districts = [c for c in atlas.regions("county") if c.id[:4] == "1301" and c.id[4:] <= "20"]
    urban = [atlas.value("population_urban", d.id, "2020").value or 0 for d in districts]
    assert len(districts) == 8
    assert found["石家庄市区"] == pytest.approx(sum(urban))
    assert found["三河市"] == atlas.value("population_urban", "131082", "2020").value
    assert (len(found), found["北京市"]) == (131, 1916.6433)
    assert all(d.name.zh.endswith("区") for d in districts)


def test_the_catalogue_has_towns_but_no_districts_together(atlas: Atlas) -> None:
    towns = atlas.hierarchy.system(measure="towns").cities
    for town in towns:
        known = atlas.value("population_urban", town.place.id, "2020").value
        assert not town.catalogued or known == town.value.value, town.place.name.zh
    assert {town.place.kind for town in towns if town.catalogued} == {"county"}
    assert all(city.catalogued for city in atlas.hierarchy.system(measure="urban").cities)


def test_the_missing_middle_lies_below_tianjin(atlas: Atlas) -> None:
    """1,174.4 over 480.5 where the rule gives 1.5: 1.63 times as steep."""
    system = atlas.hierarchy.system("JJJ", "towns")
    sizes = [c.value.value or 0 for c in system.cities]
    step = missing_middle(sizes)
    assert step.rank == 2
    assert step.factor == pytest.approx(sizes[1] / sizes[2] / 1.5)
    assert 1.6 < step.factor < 1.7
    assert system.line
    assert abs(system.line.exponent - 1) < system.line.error


def test_a_part_of_the_districts_is_named_as_such(atlas: Atlas) -> None:
    names = {
        scope: {c.place.name.zh for c in atlas.hierarchy.system(scope, "towns").cities}
        for scope in ("commute2018/commuting", "sjz2025/shijiazhuang", "ring2010/ringcapital")
    }
    assert "武清区" in names["commute2018/commuting"]
    assert "天津市" not in names["commute2018/commuting"]
    assert "石家庄市区（部分）" in names["sjz2025/shijiazhuang"]
    assert "廊坊市区" in names["ring2010/ringcapital"]


def test_codes_tell_districts_from_counties(atlas: Atlas) -> None:
    for county in atlas.regions("county"):
        assert is_district(county.id) == county.name.zh.endswith("区")


def test_families_are_not_mixed(atlas: Atlas) -> None:
    revised = atlas.hierarchy.system("JJJ", "gdp", "2018", "revised")
    published = atlas.hierarchy.system("JJJ", "gdp", "2018", "published")
    assert revised.cities[1].value.value == 13_362.9
    assert published.cities[1].value.value == 18_809.64
    first = atlas.hierarchy.primacies("JJJ", "gdp", "published")[0]
    assert (first.indicator, first.year) == ("gdp_published", "2013")


def test_every_scope_of_every_scheme_answers(atlas: Atlas) -> None:
    for scheme in atlas.schemes:
        for scope in atlas.hierarchy.scopes(scheme.id):
            for measure in SIZES:
                system = atlas.hierarchy.system(scope.id, measure)
                assert (system.line is None) == bool(system.reason.zh)
                assert all(atlas.hierarchy.primacies(scope.id, measure))


def test_a_town_of_which_a_part_is_unknown_leaves_a_range_and_no_primacy(atlas: Atlas) -> None:
    """Xingtai counts 75.7279 without Xindu and 75.7279 + 61.3796 with all of it, 万人 of 2020.

    474.2 over the one is 6.26, over the other 3.46; only the urban part of Xindu belongs.
    """
    system = atlas.hierarchy.system("sjz2025/shijiazhuang", "towns")
    districts = ("130102", "130104", "130105", "130108", "130109", "130110", "130111")
    head = sum(atlas.value("population_urban", c, "2020").value or 0 for c in districts)
    around = ("130502", "130505", "130506")
    rest = [atlas.value("population_urban", c, "2020").value or 0 for c in around]
    xindu = atlas.value("population_urban", "130503", "2020").value or 0
    assert (f"{head / sum(rest):.2f}", f"{head / (sum(rest) + xindu):.2f}") == ("6.26", "3.46")
    assert "只含信都区的一部分" in system.reason.zh
    assert "全部计入为3.46，全不计入为6.26" in system.reason.zh
    assert "two-city index 3.46 with all of it, 6.26 with none" in system.reason.en
    assert system.line is None
    primacy = system.primacy
    assert (primacy.first, primacy.two, primacy.four, primacy.share) == (None,) * 4
    assert primacy.reason == system.reason


def test_no_circle_with_a_member_in_part_has_a_primacy(atlas: Atlas) -> None:
    parted = [c for s in atlas.schemes for c in s.circles if c.in_part]
    assert len(parted) > 1
    for circle in parted:
        for measure in SIZES:
            assert atlas.hierarchy.primacy(circle.key, measure).two is None, circle.key


@pytest.mark.parametrize(
    ("without", "whole", "said"),
    [
        ({"a": 60, "b": 10}, {"a": 60, "b": 20}, "全部计入为3.00，全不计入为6.00"),
        ({"a": 60, "b": 20}, {"a": 80, "b": 20}, "全部计入为4.00，全不计入为3.00"),
        ({"a": 60, "b": 20, "c": 10}, {"a": 60, "b": 20, "c": 30}, "全部计入为2.00"),
        # Neither end bounds the index where the head changes, or head and second place both grow
        ({"a": 60, "b": 50}, {"a": 60, "b": 90}, ""),
        ({"a": 60, "b": 20}, {"a": 80, "b": 30}, ""),
        # Nor where a town is lost, nor is there a range of one value or of one town
        ({"a": 60, "b": 20, "c": 5}, {"a": 60, "b": 30}, ""),
        ({"a": 60, "b": 20, "c": 5}, {"a": 60, "b": 20, "c": 9}, ""),
        ({"a": 60}, {"a": 60, "b": 20}, ""),
    ],
)
def test_the_range_is_told_where_its_ends_bound_the_index(
    without: dict[str, float], whole: dict[str, float], said: str
) -> None:
    def one(code: str) -> Place:
        return Place(code, "county", Name(code, code), Name(code, code))

    found, grown = (
        [(one(code), Value(size, "万人", "2020")) for code, size in sizes.items()]
        for sizes in (without, whole)
    )
    reason = in_part(one("s"), [one("b")], found, grown)
    assert said in reason.zh
    assert ("二城市指数" in reason.zh) == bool(said)
    assert in_part(one("s"), [], found, found) == Name("", "")


def test_a_county_is_no_city_system(atlas: Atlas) -> None:
    for place in ("130102", "130100"):
        with pytest.raises(UnknownNameError, match="no city system"):
            atlas.hierarchy.system(place)
