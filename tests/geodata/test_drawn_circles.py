"""Circles as measured beside circles as planned, by hand from the published times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.measures.agreement import agreement

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.studies.drawn_circles import Compared


def one(atlas: Atlas, key: str, by: str) -> Compared:
    found = atlas.drawn_circles.compared("gdp", 2.0)
    return next(c for c in found if c.circle.key == key and c.by == by)


def test_agreement_by_hand() -> None:
    found = agreement({"a", "b", "x"}, {"b", "c"}, ("a", "b", "c", "d"))
    assert (found.shared, found.only_planned) == (("b",), ("a",))
    assert (found.only_measured, found.neither) == (("c",), ("d",))
    assert found.jaccard == pytest.approx(1 / 3), "x is outside of what is known"
    assert agreement((), (), ("a",)).jaccard is None
    assert agreement({"a"}, {"a"}, ("a",)).jaccard == 1


def test_the_hour_around_beijing(atlas: Atlas) -> None:
    """Published: Langfang 21, Tianjin 30, Baoding 41, Zhangjiakou 48, Xiong'an 50, Chengde 52,
    Shijiazhuang 60; Tangshan 71 and Qinhuangdao 99 lie beyond."""
    found = one(atlas, "article/capital", "rail").found
    assert found.shared == ("133100",)
    assert {*found.only_measured} == {"131000", "120000", "130600", "130700", "130800", "130100"}
    assert {*found.neither} == {"130200", "130300"}
    assert found.jaccard == pytest.approx(1 / 7)


def test_counties_count_where_their_city_does_not(atlas: Atlas) -> None:
    """Langfang has no time from Tianjin, but two of its counties have: 24 and 29 minutes."""
    tianjin = one(atlas, "article/tianjin", "rail")
    assert {*tianjin.found.shared} == {"131002", "131023"}
    assert {p.id for p in tianjin.untold} == {"130200", "130900", "131000"}
    capital = one(atlas, "article/capital", "rail").found
    counted = {*capital.shared, *capital.only_measured, *capital.only_planned, *capital.neither}
    assert not {"131082", "131024", "130681"} & counted, "they lie in cities that are counted"
    study = one(atlas, "commute2018/commuting", "rail")
    assert {"131082", "131024", "130681", "120114"} <= {*study.found.shared}
    assert "131000" in {p.id for p in study.parts}


def test_gravity_tells_only_of_cities_with_times_to_two_cores(atlas: Atlas) -> None:
    found = one(atlas, "article/capital", "gravity").found
    assert {*found.only_measured} == {"130600", "130200", "130800", "130300"}
    assert one(atlas, "article/shijiazhuang", "gravity").found.jaccard is None


def test_no_place_is_counted_twice(atlas: Atlas) -> None:
    for found in atlas.drawn_circles.compared("population", 1.0):
        parts = found.found
        every = [*parts.shared, *parts.only_measured, *parts.only_planned, *parts.neither]
        assert len(every) == len(set(every))
        assert not {p.id for p in found.parts} & set(every)
        assert not {p.id for p in found.cores} & set(every)


def test_circles_without_a_core_and_commuters_are_told(atlas: Atlas) -> None:
    assert "plan2026/industry" in {c.key for c in atlas.drawn_circles.coreless()}
    (flow,) = atlas.drawn_circles.commuting()
    assert (flow.value.value, flow.value.year) == (330_000, "2022")
