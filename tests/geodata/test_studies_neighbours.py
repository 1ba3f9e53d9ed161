"""Places near one in size, and larger labour markets by published rail times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geodata.errors import UnknownNameError
from geodata.measures.similarity import nearest_in_size
from geodata.records import LEVELS

if TYPE_CHECKING:
    from geodata.atlas import Atlas

NAN = float("nan")


def test_half_as_large_is_as_far_as_twice_as_large() -> None:
    # ln ratios to 4: 1 → −1.386, 8 → 0.693, 2 → −0.693, 5 → 0.223.
    assert nearest_in_size(np.array([1.0, 4.0, 8.0, 2.0, 5.0]), 1) == [4, 2, 3, 0]


def test_unknown_sizes_are_left_out() -> None:
    assert nearest_in_size(np.array([3.0, NAN, 0.0, 2.0]), 0) == [3]
    assert nearest_in_size(np.array([NAN, 1.0]), 0) == []
    with pytest.raises(ValueError, match="Place 2 of 2"):
        nearest_in_size(np.array([1.0, 2.0]), 2)


def test_the_nearest_in_size_are_of_the_same_kind_by_census_residents(atlas: Atlas) -> None:
    # Census of 2020, in thousands: Langfang 5,464, Hengshui 4,213 (0.771), Xingtai 7,111 (1.301),
    # Zhangjiakou 4,119 (0.754), Cangzhou 7,301 (1.336): |ln| 0.260, 0.263, 0.283, 0.290.
    found = atlas.neighbours.by_size("131000")
    assert [p.place.id for p in found[:4]] == ["131100", "130500", "130700", "130900"]
    assert [round(p.ratio, 3) for p in found[:2]] == [0.771, 1.301]
    assert {p.place.kind for p in atlas.neighbours.by_size("130104")} == {"county"}
    assert atlas.neighbours.by_size("130000") == atlas.neighbours.by_size("JJJ") == ()
    for level in LEVELS[:2]:
        for place in atlas.regions(level):
            ratios = [abs(np.log(p.ratio)) for p in atlas.neighbours.by_size(place.id)]
            assert ratios == sorted(ratios)


def test_larger_markets_are_told_by_the_nearest_published_time(atlas: Atlas) -> None:
    # Of Langfang: to Beijing 21 minutes of 2023 from the city, 29 and 46 from Sanhe and Xianghe;
    # to Tianjin 24 of 2023 from Anci and 29 from Yongqing, nothing from the city itself.
    found = atlas.neighbours.markets("131000")
    assert [(m.place.id, m.start.id, m.minutes.value) for m in found] == [
        ("110000", "131000", 21.0),
        ("120000", "131002", 24.0),
    ]
    assert all(m.minutes.source_ids and m.workers.source_ids for m in found)


def test_no_smaller_market_is_told(atlas: Atlas) -> None:
    # Nothing is larger than Beijing; a district of it lies in it, and no train need be taken.
    assert atlas.neighbours.markets("110000") == ()
    assert atlas.neighbours.markets("110112") == ()
    assert atlas.neighbours.markets("JJJ") == ()
    for place in (p.id for level in LEVELS for p in atlas.regions(level)):
        own = atlas.value("emp_sample_total", place, "2020").value
        for market in atlas.neighbours.markets(place):
            assert own is not None
            assert market.workers.value is not None
            assert market.workers.value > own


def test_a_county_without_a_time_of_its_own_has_those_of_its_city(atlas: Atlas) -> None:
    found = atlas.neighbours.markets("130703")  # Qiaoxi in Zhangjiakou
    assert [(m.place.id, m.start.id, m.minutes.value) for m in found] == [
        ("110000", "130700", 48.0)
    ]


def test_an_unknown_place_is_refused(atlas: Atlas) -> None:
    for ask in (atlas.neighbours.by_size, atlas.neighbours.markets):
        with pytest.raises(UnknownNameError):
            ask("999999")
