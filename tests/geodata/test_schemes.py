"""Schemes as read from the list of schemes and the table of members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.errors import FactsError
from geodata.facts import statistics
from geodata.places.regions import build_regions
from geodata.places.schemes import circle_counties
from tests.geodata.building import small_layout

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.places.regions import Regions


@pytest.fixture(scope="module")
def regions() -> Regions:
    return build_regions(statistics.read_table("regions"))


def test_the_build_outlines_all_schemes() -> None:
    groups = circle_counties()
    assert groups["bjdrc2023/functional"] == groups["plan2026/functional"]
    assert len(groups["plan2026/industry"]) == 199


@pytest.mark.parametrize(
    ("member", "circle", "words"),
    [
        (("130629", "friend"), "c", r"circles\.csv, line 2: role 'friend'"),
        (("999999", "core"), "c", "region code '999999'"),
        (("130629", "core"), "other", "no circle 's/other'"),
    ],
)
def test_faulty_circles_are_refused(
    regions: Regions, tmp_path: Path, member: tuple[str, str], circle: str, words: str
) -> None:
    with pytest.raises(FactsError, match=words):
        small_layout(regions, tmp_path, [member], circle)
