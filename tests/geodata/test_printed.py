"""Figures that are read as printed: by industry, or one base year at a time."""

from __future__ import annotations

import pandas as pd
import pytest

from geodata.facts.printed import FACTS, Printed
from geodata.facts.statistics import read_observations


@pytest.fixture(scope="module")
def printed() -> Printed:
    found = read_observations()
    return Printed(found[found["indicator"].isin(FACTS)])


def test_a_build_without_them_has_none() -> None:
    assert Printed(pd.DataFrame()).sectors("census_employees", "110000", "2023") == {}


@pytest.mark.parametrize(
    ("fact", "region", "sector", "expected"),
    [
        ("census_enterprise_employees", "110000", "C39", (118166, "人", "h_bj_census5_3")),
        ("census_enterprise_employees", "110000", "E", (920422, "人", "h_bj_census5_3")),
        ("census_employees", "000000", "C39", (10308701, "人", "h_nat_census5_yb")),
        ("census_employees", "000000", "TOTAL", (42898.4, "万人", "h_nat_census5_2")),
        ("census_employees", "110000", "I", (160.6, "万人", "bj_census5_2")),
        ("value_added_io_sector", "110000", "IO31", (9716.4575, "亿元", "h_bj_io2023")),
    ],
)
def test_a_figure_stands_as_in_its_publication(
    printed: Printed, fact: str, region: str, sector: str, expected: tuple[float, str, str]
) -> None:
    found = printed.sectors(fact, region, "2023")[sector]
    assert (found.value, found.unit, *found.source_ids) == expected


def test_parts_add_up_to_what_is_printed(printed: Printed) -> None:
    beijing = {
        sector: value.value or 0
        for sector, value in printed.sectors(
            "census_enterprise_employees", "110000", "2023"
        ).items()
    }
    assert beijing["B"] + beijing["C"] + beijing["D"] == beijing["BD"] == 939521
    assert sum(beijing[d] for d in ("E47", "E48", "E49", "E50")) == beijing["E"]
    assert sum(beijing[d] for d in ("D44", "D45", "D46")) == beijing["D"]
    # Divisions 16 and 28 are suppressed: 1,740 workers stand in the total alone.
    listed = sum(n for d, n in beijing.items() if d.startswith("C") and d != "C")
    assert (listed, beijing["C"]) == (810363, 812103)
    products = printed.sectors("value_added_io_sector", "110000", "2023")
    total = products.pop("TOTAL").value
    assert len(products) == 42
    assert sum(v.value or 0 for v in products.values()) == pytest.approx(total, abs=0.005)


def test_a_figure_of_the_whole_is_read_by_year(printed: Printed) -> None:
    assert printed.years("index_2014_total", "JJJ")["2024"].value == 154.1
    assert printed.years("index_2010_total", "JJJ")["2018"].value == 160.13
