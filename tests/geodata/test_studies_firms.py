"""Listed companies count where their registered address is told, and nowhere else."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from geodata.errors import UnknownNameError
from tests.conftest import ROOT

if TYPE_CHECKING:
    from geodata.atlas import Atlas


@pytest.fixture(scope="module")
def codes() -> list[str]:
    path = ROOT / "geodata" / "tables" / "firms" / "firms.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row["region_code"] for row in csv.DictReader(file)]


def test_a_county_has_those_of_its_code_and_is_told_of_those_around(
    atlas: Atlas, codes: list[str]
) -> None:
    for county in ("110112", "131082", "130104"):
        found = atlas.firms.of(county)
        assert len(found.firms) == codes.count(county)
        around = {county[:2] + "0000", county[:4] + "00"}
        assert found.wider == sum(code in around for code in codes)


def test_a_city_has_those_of_its_counties_and_of_the_city_itself(
    atlas: Atlas, codes: list[str]
) -> None:
    found = atlas.firms.of("131000")
    assert len(found.firms) == sum(code.startswith("1310") for code in codes)
    assert found.wider == codes.count("130000")


def test_the_whole_has_all_and_the_largest_go_first(atlas: Atlas, codes: list[str]) -> None:
    found = atlas.firms.of("JJJ")
    assert (len(found.firms), found.wider) == (len(codes), 0)
    revenues = [one.revenue.value or 0.0 for one in found.firms]
    assert revenues == sorted(revenues, reverse=True)
    assert found.source_ids


def test_an_unknown_place_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError):
        atlas.firms.of("999999")
