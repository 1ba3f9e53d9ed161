"""Claims computed anew from the printed tables, past catalogue, readings and formulas."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from geodata.atlas import Atlas

TIANJIN_CIRCLE = ("120000", "130200", "130900", "131000")
NATION = "000000"


def printed(table: str) -> list[dict[str, str]]:
    """Return the rows of a table as they stand in its file."""
    path = ROOT / "geodata" / "tables" / "statistics" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def judged(atlas: Atlas) -> Callable[[str, str], float | None]:
    """Return the figure that a test of a claim is judged by."""

    def of(claim: str, test: str) -> float | None:
        tests = {one.test.id: one for one in atlas.claims.finding(claim).tests}
        value = tests[test].judged
        return value.value if value else None

    return of


@pytest.mark.parametrize(
    ("test", "sector"),
    [
        ("making", "manufacturing"),
        ("logistics", "transport_storage"),
        ("trade", "wholesale_retail"),
    ],
)
def test_the_industries_of_the_tianjin_circle(
    judged: Callable[[str, str], float | None], test: str, sector: str
) -> None:
    """Workers of the four cities over those of the nation, each as a share of all workers."""
    counts = {row["region_code"]: row for row in printed("census_2020")}
    (nation,) = (r for r in printed("census_2020_provinces") if r["region_code"] == NATION)

    def workers(column: str) -> int:
        return sum(int(counts[code][column]) for code in TIANJIN_CIRCLE)

    share = workers(f"emp_{sector}") / workers("emp_sample_total")
    whole = int(nation[f"emp_{sector}"]) / int(nation["emp_sample_total"])
    assert judged("tianjin_circle_industries", test) == pytest.approx(share / whole, rel=1e-9)


def test_the_gap_of_landing(judged: Callable[[str, str], float | None]) -> None:
    """Contracts absorbed over GDP, Tianjin with Hebei against Beijing, of 2013 and 2023."""
    absorbed = {
        (row["region_code"], row["year"]): float(row["tech_contract_absorbed_value"])
        for row in printed("tech_market")
        if row["tech_contract_absorbed_value"]
    }
    gdp = {row["region_code"]: row for row in printed("nbs_gdp_revised")}

    def intensity(year: str, *codes: str) -> float:
        output = sum(float(gdp[code][year]) for code in codes)
        return sum(absorbed[code, year] for code in codes) / output

    first, last = (
        intensity(year, "120000", "130000") / intensity(year, "110000") for year in ("2013", "2023")
    )
    assert judged("landing", "level") == pytest.approx(last, rel=1e-9)
    assert judged("landing", "gap") == pytest.approx(last - first, rel=1e-9)


def test_growth_since_2018_is_weighted_by_revised_gdp(atlas: Atlas) -> None:
    """As printed in 2019 Tianjin would weigh 18,809.64 in place of 13,362.9."""
    years = range(2019, 2024)
    printed_in = {
        year: {row["region_code"]: row for row in printed(f"city_yearbook_{year + 1}")}
        for year in years
    }
    last = {row["region_code"]: row for row in printed("rating_report_2025")}
    last |= {row["region_code"]: row for row in printed("bulletins") if row["year"] == "2024"}
    baoding = next(row for row in printed("bulletins_dingzhou") if row["year"] == "2024")
    last[baoding["region_code"]] = baoding
    weights = {
        row["region_code"]: float(row["gdp"])
        for row in printed("gp_gdp296")
        if row["year"] == "2018"
    }

    def grown(cities: Collection[str]) -> float:
        found = 0.0
        for city in cities:
            factor = weights[city] * (1 + float(last[city]["gdp_growth"]) / 100)
            for year in years:
                factor *= 1 + float(printed_in[year][city]["gdp_growth"]) / 100
            found += factor
        return 100 * (found / sum(weights[city] for city in cities) - 1)

    cities = tuple(printed_in[2019])
    assert len(cities) == 13
    tests = {one.test.id: one for one in atlas.claims.finding("tianjin_circle").tests}
    by_hand = grown(TIANJIN_CIRCLE) - grown(cities)
    assert by_hand == pytest.approx(-1.173, abs=0.001)
    assert tests["growth"].figures[0].value == pytest.approx(by_hand, rel=1e-9)
