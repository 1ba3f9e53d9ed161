"""What of a place can be followed: from the first year on, never across a gap or a break."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.records import LEVELS
from geodata.studies.trends import COUNTED, FEWEST, MOST

if TYPE_CHECKING:
    from geodata.atlas import Atlas


def test_every_place_is_followed_only_through_comparable_years(atlas: Atlas) -> None:
    circles = [c.key for scheme in atlas.schemes for c in scheme.circles]
    places = [*(p.id for level in LEVELS for p in atlas.regions(level)), "JJJ", *circles]
    for place in dict.fromkeys(places):
        found = atlas.trends.of(place)
        assert len(found) <= MOST
        for one in found:
            years = [v.year for v in one.points]
            assert years == sorted(set(years))
            assert [year for run in one.runs for year in run] == years
            assert max(len(run) for run in one.runs) >= FEWEST
            assert all(v.value is not None and v.source_ids for v in one.points)
            if one.indicator.id in COUNTED:
                continue
            for run in one.runs:
                assert all(int(b) == int(a) + 1 for a, b in pairwise(run))
                assert not {b.year for b in one.breaks} & set(run[1:])


def test_the_first_year_is_that_of_the_tables(atlas: Atlas) -> None:
    # The long series of Langfang's tertiary share begins in 2003, its GDP in 2013.
    found = {one.indicator.id: one for one in atlas.trends.of("131000")}
    assert found["strata_tertiary_share"].points[0].year == "2003"
    assert found["gdp_alike"].points[0].year == "2013"
    years = atlas.indicator("gdp_alike").years["city"]
    assert found["gdp_alike"].points[0].year == years[0]


def test_a_county_is_followed_between_censuses_only_within_one_boundary(atlas: Atlas) -> None:
    same, changed = atlas.trends.of("131082"), atlas.trends.of("130104")
    assert {one.indicator.id for one in same} == set(COUNTED)
    assert all(one.runs == (("2010", "2020"),) for one in same)
    assert atlas.value("population_change", "130104", "2010-2020").value is None
    assert not {one.indicator.id for one in changed} & set(COUNTED)
