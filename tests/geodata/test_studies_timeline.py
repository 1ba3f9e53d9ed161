"""The milestones: in order, numbered, with their places and sources."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from geodata.studies.timeline import KINDS, decimal_year

if TYPE_CHECKING:
    from geodata.atlas import Atlas


def test_all_milestones_of_the_table_are_numbered_in_order(atlas: Atlas) -> None:
    found = atlas.timeline.milestones
    assert [m.number for m in found] == list(range(1, 33))
    assert all(a.at <= b.at for a, b in pairwise(found))
    assert (found[0].date, found[-1].date) == ("2014-02-26", "2026-02-03")
    assert {m.kind for m in found} == set(KINDS)


def test_a_milestone_has_places_and_sources_that_resolve(atlas: Atlas) -> None:
    for milestone in atlas.timeline.milestones:
        assert milestone.places
        assert all(atlas.source(i).title for i in milestone.source_ids)
        assert milestone.title.zh != milestone.title.en


def test_dates_as_decimal_years() -> None:
    assert decimal_year("2014-01-01") == 2014
    assert decimal_year("2017-07-01") == pytest.approx(2017.5)
    assert decimal_year("2014-07") == pytest.approx(2014 + 6.5 / 12)
    assert decimal_year("2015-12-31") < 2016


def test_milestones_touch_places_in_and_around_them(atlas: Atlas) -> None:
    """Number 8, Xiong'an announced, concerns Xiong'an and its county Rongcheng, not Tianjin."""
    announced = next(m for m in atlas.timeline.milestones if m.date == "2017-04-01")
    for place, touched in (("133100", True), ("130629", True), ("120000", False)):
        assert (announced.number in atlas.timeline.touching([place])) is touched
    assert announced.number in atlas.timeline.touching(["article/capital"])


def test_the_region_is_touched_by_all_and_nothing_by_none(atlas: Atlas) -> None:
    assert atlas.timeline.touching(["JJJ"]) == {m.number for m in atlas.timeline.milestones}
    assert atlas.timeline.touching([]) == frozenset()
