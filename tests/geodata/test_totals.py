"""A sum over the members of a circle is its total, or it is named a subtotal: one rule for all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from geodata.ids import CENSUS_YEARS
from geodata.measures.coverage import ENOUGH, FEWEST, nearest_census
from geodata.records import Circle, Member, Name

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.measures.wholes import Whole


def circle(missing: int | None, *roles: str) -> Circle:
    members = tuple(Member(f"13010{n}", role, ()) for n, role in enumerate(roles))  # type: ignore[arg-type]
    return Circle("s/c", "s", "c", Name("圈", "Circle"), members, missing)


@pytest.mark.parametrize(
    ("missing", "roles", "known"),
    [
        (0, ("core", "member"), "yes"),
        (0, ("core", "partial"), "yes"),
        (None, ("core", "radiated"), "yes"),
        (None, ("core", "partial"), "no"),
        (11, ("core", "member"), "no"),
    ],
)
def test_members_are_known_where_none_is_missing_and_no_part_is_open(
    missing: int | None, roles: tuple[str, ...], known: str
) -> None:
    assert circle(missing, *roles).all_named is (known == "yes")


@pytest.mark.parametrize(
    ("year", "census"),
    [
        ("2003", "2010"),
        ("2010", "2010"),
        ("2014", "2010"),
        ("2015", "2020"),
        ("2025", "2020"),
        ("2010-2020", "2020"),
        ("2010-2012", "2010"),
    ],
)
def test_the_census_is_the_nearest_the_later_of_two(year: str, census: str) -> None:
    assert nearest_census(year) == census


def test_a_year_without_digits_has_no_census() -> None:
    with pytest.raises(ValueError, match="no year"):
        nearest_census("latest")


# The five views ---------------------------------------------------------------------------------


def withheld(whole: Whole, number: float, members: str, people: float | None) -> None:
    """Check that there is no total, and what its subtotal and its coverage are."""
    assert whole.value.value is None
    assert whole.value.note[0].startswith("no total: ")
    assert whole.subtotal
    assert whole.subtotal.value.value == pytest.approx(number, abs=1e-6)
    assert whole.subtotal.value.status == "computed"
    assert whole.subtotal.coverage.members == members
    found = whole.subtotal.coverage.people
    assert found is None if people is None else found == pytest.approx(people, abs=0.05)


def test_gdp_of_the_2025_shijiazhuang_circle_in_2020(atlas: Atlas) -> None:
    """19 of 29 units, the four core districts not among them: 3,377.342; 57.5 % of the people."""
    whole = atlas.whole("gdp", "sjz2025/shijiazhuang", "2020")
    core = {"130102", "130104", "130105", "130108"}
    assert core <= set(whole.lacking)
    people = sum(atlas.value("population", unit, "2020").value or 0 for unit in whole.used)
    withheld(whole, 3_377.342, "19/29", 100 * people / 1_533.6288)


@pytest.mark.parametrize(
    ("year", "number", "members", "people"),
    [("2020", 1_714.1511, "9/13", 61.9), ("2023", 404.7629, "1/13", 11.9)],
)
def test_gdp_of_the_ring_around_the_capital(
    atlas: Atlas, year: str, number: float, members: str, people: float
) -> None:
    withheld(atlas.whole("gdp", "ring2010/ringcapital", year), number, members, people)


def test_the_shijiazhuang_circle_does_not_fall_for_a_member_without_a_figure(atlas: Atlas) -> None:
    """2024: Shijiazhuang, Xingtai, Hengshui = 12,941.1, (1,123.5 + 711.1 + 421.3) of 2,365.5
    people. 2025: Shijiazhuang and Hengshui only, 10,663.5 and 65.3 %."""
    found = atlas.whole("gdp", "article/shijiazhuang", "2024")
    assert found.value.value == pytest.approx(12_941.1)
    assert found.coverage
    assert found.coverage.people == pytest.approx(95.4, abs=0.05)
    withheld(atlas.whole("gdp", "article/shijiazhuang", "2025"), 10_663.5, "2/4", 65.3)


def test_a_circle_with_eleven_members_unnamed_has_no_population(atlas: Atlas) -> None:
    """Beijing 2,189.3095 + Wuqing 115.3235 are 2 of 13 members."""
    found = atlas.whole("population", "plan2026/commuting", "2020")
    withheld(found, 2_304.633, "2/13", None)
    assert found.value.note == ("no total: 11 of 13 members are not named by any source",)
    open_ = atlas.whole("population", "plan2026/functional", "2020")
    withheld(open_, 2_189.3095 + 1_386.6009 + 120.544, "3/?", None)


def test_beijing_alone_is_not_the_capital_circle(atlas: Atlas) -> None:
    """Beijing holds 2,189.3095 of 2,309.8535 people, 94.8 %: no GDP, none per head."""
    withheld(atlas.whole("gdp", "article/capital", "2025"), 52_073.4, "1/2", 94.8)
    for year in ("2020", "2023", "2024"):
        head = atlas.whole("gdp_per_capita", "article/capital", year)
        assert head.value.value is None
        assert head.subtotal is None
    people = atlas.whole("population", "article/capital", "2020")
    assert people.value.value == 2_309.8535


# All of them ------------------------------------------------------------------------------------


def test_every_total_of_every_circle_keeps_the_rule(atlas: Atlas) -> None:
    """Judge again from the members and the census, without the code that judged."""
    people = {
        (place.id, census): value.value or 0.0
        for level in ("county", "city", "province")
        for census in CENSUS_YEARS
        for place, value in zip(
            atlas.regions(level),
            atlas.values("population", census, level).values,
            strict=True,
        )
    }
    units = {
        c.key: tuple(p.id for p in atlas.aggregate(c.key, "population", "2020").used)
        for scheme in atlas.schemes
        for c in scheme.circles
    }
    seen = set()
    for key, all_ in units.items():
        for indicator in (i for i in atlas.indicators if not i.startswith("lq_")):
            for year in atlas.years(indicator, key):
                whole = atlas.whole(indicator, key, year)
                census = "2010" if int(year[-4:]) < 2015 else "2020"
                held = sum(people[unit, census] for unit in whole.used)
                share = 100 * held / sum(people[unit, census] for unit in all_)
                may = atlas.circle(key).all_named and len(whole.used) >= FEWEST
                may = may and (share > ENOUGH or math.isclose(share, ENOUGH))
                assert may or whole.value.value is None, (key, indicator, year)
                if whole.subtotal:
                    assert atlas.indicators[indicator].summable
                    assert whole.value.value is None
                if whole.used:
                    seen.add((whole.value.value is None, whole.subtotal is None))
    assert seen == {(True, True), (True, False), (False, True)}


def test_theil_by_circle_is_told_with_and_without_the_lone_city(atlas: Atlas) -> None:
    """Beijing is a group of its own: recompute the part between from GDP and people of 2023."""
    split = atlas.gap.theil("2023", groups="article")
    assert [p.id for p in split.lone] == ["110000"]
    heads = {h.place.id: h for h in atlas.gap.heads("2023")}
    group = {c.id: g for g, cities in split.cities.items() for c in cities}
    shares = []
    for codes in (set(heads), set(heads) - {"110000"}):
        gdp, people = (
            {c: getattr(heads[c], what).value for c in codes} for what in ("gdp", "people")
        )
        y, p = (sum(part.values()) for part in (gdp, people))
        whole = sum(gdp[c] / y * math.log((gdp[c] / y) / (people[c] / p)) for c in codes)
        between = 0.0
        for name in {group[c] for c in codes}:
            s, q = (
                sum(part[c] for c in codes if group[c] == name) / total
                for part, total in ((gdp, y), (people, p))
            )
            between += s * math.log(s / q)
        shares.append(between / whole)
    assert split.without
    assert split.parts.share_between == pytest.approx(shares[0])
    assert split.without.share_between == pytest.approx(shares[1])
    assert [round(share, 2) for share in shares] == [0.89, 0.64]
    words = atlas.gap.splits(groups="article").remarks[1]
    assert "计入北京市为89%，不计为64%" in words.zh
    assert "89% with it and 64% without" in words.en


def test_theil_is_not_split_where_a_circle_is_too_little_of_itself(atlas: Atlas) -> None:
    """Until 2017 only Shijiazhuang of its circle has a revised GDP, 47 % of the people."""
    splits = atlas.gap.splits(groups="article")
    assert {split.year for split in splits.years} == {str(y) for y in range(2018, 2025)}
    assert "2013–2017年" in splits.remarks[2].zh
    by_province = {split.year for split in atlas.gap.splits().years}
    assert "2013" in by_province
