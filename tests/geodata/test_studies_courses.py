"""Primacy and slope over the years: by hand, and joined only where the scope is the same."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from geodata.measures.hierarchy import rank_size
from geodata.studies.courses import SCOPE
from geodata.studies.hierarchy import MEASURES

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.studies.hierarchy import Family, Measure

SIZES: tuple[Measure, Measure] = ("towns", "population")
WHOLE: tuple[Measure, ...] = ("population", "urban", "gdp")
FAMILIES: tuple[Family, ...] = ("revised", "published")
TANGSHAN, SHIJIAZHUANG = 9133, 7534
OTHERS = (2001, 4382, 2586, 4825, 1843, 1852, 4440, 3608, 1888)
"""GDP of 2023 in hundred million yuan, China City Statistical Yearbook 2024."""


def test_the_interval_of_a_slope_lies_above_nothing_from_eight_places_on() -> None:
    """1.96 · √(2/8) = 0.98 and 1.96 · √(2/7) = 1.048, in parts of the exponent."""
    eight, seven = rank_size([1 / k for k in range(1, 9)]), rank_size([1 / k for k in range(1, 8)])
    low, high = eight.limits
    assert low == pytest.approx(0.02 * eight.exponent, abs=1e-4)
    assert high == pytest.approx(1.98 * eight.exponent, abs=1e-4)
    assert seven.limits[0] == pytest.approx(-0.0476 * seven.exponent, abs=1e-3)


def test_hebei_is_followed_by_its_two_largest_cities(atlas: Atlas) -> None:
    found = atlas.courses.of("130000", "gdp", "revised")
    assert [place.name.en for place in found.leaders] == ["Tangshan", "Shijiazhuang"]
    year = next(one for one in found.years if one.year == "2023")
    whole = TANGSHAN + SHIJIAZHUANG + sum(OTHERS)
    tangshan, shijiazhuang = (share.value for share in year.shares)
    assert tangshan == pytest.approx(100 * TANGSHAN / whole)
    assert shijiazhuang == pytest.approx(100 * SHIJIAZHUANG / whole)
    assert year.two.value == pytest.approx(TANGSHAN / SHIJIAZHUANG)
    assert "ccsy2024" in year.shares[0].source_ids


def test_residents_are_parted_by_the_census_and_by_a_lacking_year(atlas: Atlas) -> None:
    found = atlas.courses.of("JJJ", "population", "revised")
    assert found.runs[0][-1] == "2018"
    assert found.runs[1][0] == "2020"
    assert [(years, [p.name.en for p in places]) for years, places in found.lacking] == [
        (("2019",), ["Baoding"])
    ]
    assert found.years[-1].year == "2023", "from 2024 Baoding is counted without Dingzhou"


def test_published_gdp_is_parted_where_its_scope_becomes_known(atlas: Atlas) -> None:
    """Until 2017 nobody says whether Baoding has Dingzhou and Xiong'an in it, and then it has."""
    found = atlas.courses.of("130000", "gdp", "published")
    assert not any({"2017", "2018"} <= {*run} for run in found.runs)
    assert "2018" in {b.year for b in found.breaks}
    series = atlas.comparison.series("gdp", "130600", "published")
    assert not any({"2017", "2018"} <= {*run} for run in series.runs)


@pytest.mark.parametrize("measure", WHOLE)
@pytest.mark.parametrize("family", FAMILIES)
def test_joined_years_have_one_scope_and_no_break(
    atlas: Atlas, measure: Measure, family: Family
) -> None:
    indicator = MEASURES[measure, family]
    for scope in atlas.hierarchy.scopes("article"):
        found = atlas.courses.of(scope.id, measure, family)
        for before, year in (pair for run in found.runs for pair in pairwise(run)):
            assert int(year) - int(before) == 1
            assert year not in {b.year for b in found.breaks}
            systems = [atlas.hierarchy.system(scope.id, measure, y, family) for y in (before, year)]
            covered = [
                {
                    c.place.id: [
                        n
                        for n in atlas.value(indicator, c.place.id, s.year).note
                        if n.startswith(SCOPE)
                    ]
                    for c in s.cities
                }
                for s in systems
            ]
            assert covered[0] == covered[1], (scope.id, before, year)


def test_few_cities_have_no_slope_and_many_have(atlas: Atlas) -> None:
    few = atlas.courses.of("article/tianjin", "gdp", "revised")
    assert few.n == 4
    assert all(one.line is None and one.four is not None for one in few.years)
    many = atlas.courses.of("JJJ", "gdp", "revised")
    assert all(
        one.line and one.line.error == math.sqrt(2 / 13) * one.line.exponent for one in many.years
    )


def test_one_census_of_towns_gives_way_to_whole_cities(atlas: Atlas) -> None:
    towns, whole = (atlas.courses.of("JJJ", size, "revised") for size in SIZES)
    assert towns.years == whole.years
    assert "改示各市年末常住人口" in towns.remarks[0].zh


def test_one_year_is_no_course_and_one_city_no_system(atlas: Atlas) -> None:
    few = atlas.courses.of("article/shijiazhuang", "urban", "revised")
    assert few.years == ()
    assert "只有2020年可算首位度" in few.reason.zh
    beijing = atlas.courses.of("110000", "gdp", "revised")
    assert beijing.years == ()
    assert "one single city" in beijing.reason.en
