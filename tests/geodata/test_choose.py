"""Which figure is chosen, and which is refused: the rules on small tables."""

from dataclasses import replace

import pandas as pd
import pytest

from geodata.catalog import Catalog, load_catalog
from geodata.catalog.series import incomparable, resolve, unclaimed
from geodata.errors import FactsError
from geodata.facts.statistics import read_table


@pytest.fixture(scope="module")
def regions() -> pd.DataFrame:
    return read_table("regions")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def row(**cells: str | float) -> dict[str, str | float]:
    """Return an observation, by default the population of Chang'an in 2020."""
    default: dict[str, str | float] = {
        "region_code": "130102",
        "region_name": "",
        "zone_code": "",
        "indicator": "population",
        "sector": "",
        "category": "",
        "year": "2020",
        "value": 1.0,
        "unit": "万人",
        "source_ids": "census7_county",
        "status": "official",
        "note": "",
    }
    return default | cells


def resolved(
    catalog: Catalog, regions: pd.DataFrame, *rows: dict[str, str | float], indicator: str
) -> list[tuple[str, str, float, str, str]]:
    found = resolve(pd.DataFrame(rows), catalog, regions)
    found = found[found["indicator"] == indicator]
    columns = ["region_code", "year", "value", "source_ids", "note"]
    return [tuple(cells) for cells in found[columns].itertuples(index=False)]


def test_the_first_source_in_order_speaks_wherever_it_stands(
    catalog: Catalog, regions: pd.DataFrame
) -> None:
    gdp: dict[str, str | float] = {"indicator": "gdp", "unit": "亿元"}
    found = resolved(
        catalog,
        regions,
        row(**gdp, value=3.0, source_ids="csmar_county"),
        row(**gdp, value=2.0, source_ids="county_yearbook_2021"),
        row(**gdp, value=4.0, source_ids="bulletin_130102_2020"),
        row(**gdp, value=5.0, source_ids="a_blog"),
        row(**gdp, value=6.0, source_ids="bulletin_130104_2020", region_code="130104"),
        indicator="gdp",
    )
    assert [(code, value, source) for code, _, value, source, _ in found] == [
        ("130102", 2.0, "county_yearbook_2021"),
        ("130104", 6.0, "bulletin_130104_2020"),
    ]


def test_a_yearbook_of_the_next_year_is_meant_and_no_other(
    catalog: Catalog, regions: pd.DataFrame
) -> None:
    gdp: dict[str, str | float] = {"indicator": "gdp", "unit": "亿元", "region_code": "130100"}
    gdp["year"] = "2021"
    rows = [row(**gdp, value=float(y), source_ids=f"ccsy{y}") for y in (2021, 2022, 2023)]
    found = resolved(catalog, regions, *rows, indicator="gdp")
    assert [value for _, _, value, _, _ in found] == [2022.0]


def test_two_figures_of_one_priority_are_refused(catalog: Catalog, regions: pd.DataFrame) -> None:
    with pytest.raises(FactsError, match=r"population of 130102 in 2020 has two figures"):
        resolve(pd.DataFrame([row(), row(value=2.0)]), catalog, regions)


def test_another_unit_is_refused(catalog: Catalog, regions: pd.DataFrame) -> None:
    with pytest.raises(FactsError, match="printed in 人 by census7_county"):
        resolve(pd.DataFrame([row(unit="人")]), catalog, regions)


def test_periods_zones_and_doubted_cells_are_not_chosen(
    catalog: Catalog, regions: pd.DataFrame
) -> None:
    found = resolved(
        catalog,
        regions,
        row(year="2010-2020"),
        row(region_code=""),
        row(note="implausible: check before use"),
        indicator="population",
    )
    assert found == []


def test_xiongan_needs_all_three_counties(catalog: Catalog, regions: pd.DataFrame) -> None:
    parts = [
        row(region_code="130638", value=47.8553, note="7th census; only here"),
        row(region_code="130632", value=45.3723, note="7th census"),
        row(region_code="130629", value=27.3164, note="7th census"),
    ]
    found = resolved(catalog, regions, *parts, indicator="population")
    code, year, value, sources, note = found[0]
    assert (code, year, sources) == ("133100", "2020", "census7_county")
    assert value == pytest.approx(120.544)
    assert note.startswith("7th census; sum of 容城县, 安新县 and 雄县 as printed")
    assert "only here" not in note
    short = resolved(catalog, regions, *parts[:2], indicator="population")
    assert {code for code, *_ in short} == {"130638", "130632"}


def test_one_doubtful_row_makes_a_county_incomparable(catalog: Catalog) -> None:
    old: dict[str, str | float] = {"source_ids": "census6_county", "year": "2010"}
    rows = [
        row(**old, note="6th census; NOT comparable with 2020: boundary changed"),
        row(**old, indicator="emp_mining", note="6th census"),
        row(region_code="130104", note="excludes 高新区, counted apart"),
        row(region_code="130105", note="7th census"),
    ]
    found = incomparable(pd.DataFrame(rows), catalog)
    assert found["130102"] == ("NOT comparable with 2020: boundary changed",)
    assert found["130104"] == ("excludes 高新区, counted apart",)
    assert set(found) == {"130102", "130104", "133100"}


def test_a_figure_that_nobody_uses_or_excuses_is_reported(
    catalog: Catalog, regions: pd.DataFrame
) -> None:
    rows = pd.DataFrame([row(), row(indicator="sheep"), row(indicator="gdp", region_code="")])
    assert list(unclaimed(rows, catalog, regions)["indicator"]) == ["sheep"]
    strict = replace(catalog, unused=())
    assert list(unclaimed(rows, strict, regions)["indicator"]) == ["sheep", "gdp"]
