"""The chosen figures of the real tables: well-known ones, and what must hold for all."""

from typing import Final, NamedTuple, get_args

import pandas as pd
import pytest

from geodata.catalog import Catalog, load_catalog, load_notes
from geodata.catalog.chosen import COLUMNS
from geodata.catalog.series import incomparable, region_codes, resolve, unclaimed
from geodata.facts.statistics import read_observations, read_sources, read_table
from geodata.records import Status

KEY: Final = ["indicator", "level", "region_code", "year"]


class Cell(NamedTuple):
    """A figure of the frame."""

    value: float
    status: str
    sources: str
    note: str


@pytest.fixture(scope="module")
def observations() -> pd.DataFrame:
    return read_observations()


@pytest.fixture(scope="module")
def regions() -> pd.DataFrame:
    return read_table("regions")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def frame(observations: pd.DataFrame, catalog: Catalog, regions: pd.DataFrame) -> pd.DataFrame:
    return resolve(observations, catalog, regions)


@pytest.fixture(scope="module")
def figures(frame: pd.DataFrame) -> dict[str, Cell]:
    """Return the frame by "indicator level region year"."""
    keys = [" ".join(key) for key in zip(*(frame[name] for name in KEY), strict=True)]
    columns = (frame[name] for name in ("value", "status", "source_ids", "note"))
    cells = [Cell(*cell) for cell in zip(*columns, strict=True)]
    return dict(zip(keys, cells, strict=True))


def test_every_published_figure_is_used_or_its_disuse_is_explained(
    observations: pd.DataFrame, catalog: Catalog, regions: pd.DataFrame
) -> None:
    assert unclaimed(observations, catalog, regions).empty


def test_the_frame_is_tidy(frame: pd.DataFrame, catalog: Catalog) -> None:
    assert tuple(frame.columns) == COLUMNS
    assert not frame.duplicated(KEY).any()
    assert frame["value"].notna().all()
    assert set(frame["status"]) == set(get_args(Status)) - {"own"}  # nothing here is a reader's
    assert set(frame["indicator"]) <= set(catalog.indicators)
    assert frame["source_ids"].ne("").all()
    pairs = frame[["indicator", "unit"]].drop_duplicates()
    assert pairs["indicator"].is_unique


def test_every_source_is_on_record(frame: pd.DataFrame) -> None:
    used = {source for ids in frame["source_ids"].unique() for source in ids.split(";")}
    assert used <= set(read_sources().index)


def test_every_note_has_chinese(
    frame: pd.DataFrame, observations: pd.DataFrame, catalog: Catalog
) -> None:
    notes = load_notes()
    seen = {part for note in frame["note"].unique() for part in note.split("; ") if part}
    seen |= {part for parts in incomparable(observations, catalog).values() for part in parts}
    assert sorted(part for part in seen if notes.zh(part) is None) == []
    assert len(set(notes.fragments) & seen) > 100


@pytest.mark.parametrize(
    ("key", "value", "sources"),
    [
        # Tianjin before and after the 4th economic census: the two families are kept apart.
        ("gdp city 120000 2014", 10749.2, "nbs_prov_gdp"),
        ("gdp province 120000 2014", 10749.2, "nbs_prov_gdp"),
        ("gdp_alike city 120000 2014", 10640.6, "gp_gdp296"),
        ("gdp_alike province 130000 2014", 25208.9, "gp_province_gdp"),
        ("gdp_published city 120000 2014", 15726.9, "city_panel_1990_2023"),
        ("gdp_published city 120000 2018", 18809.6, "ccsy2019"),
        ("gdp city 120000 2019", 14097.2, "nbs_prov_gdp"),
        ("gdp_alike city 120000 2019", 14104, "ccsy2020"),
        ("gdp city 110000 2023", 47353.7, "nbs_prov_gdp"),
        ("gdp_alike city 110000 2023", 43761, "ccsy2024"),
        ("gdp city 130600 2018", 3526.61, "gp_gdp296"),
        ("gdp city 130600 2024", 4773.3, "tjgb_130600_2024_dz"),
        ("gdp city 130200 2024", 10003.9, "lianhe_hebei_2025"),
        ("gdp province 130000 2023", 45660, "nbs_prov_gdp"),
        ("gdp_alike province 130000 2023", 43944.1, "nqp_province"),
        ("gdp county 130682 2020", 341.9959, "county_yearbook_2021"),
        ("gdp county 110102 2020", 5061.1, "bj_districts_2017_2022"),
        ("gdp province 110000 2024", 49670.2, "nbs_prov_gdp"),
        ("population county 120116 2020", 197.3752, "census7_county"),
        ("population city 130600 2010", 1119.4382, "census6_county"),
        ("population_yearend city 130600 2024", 904.62, "gp_population"),
        ("emp_agriculture province 130000 2010", 2390479, "census6_county"),
        ("rd_intensity province 130000 2022", 2.00, "techme_rdbull"),
        ("rd_intensity region JJJ 2024", 4.22, "jjj_index2024"),
        ("listed_companies province 110000 2025", 476, "tushare_basic_2025"),
        ("retail_sales city 130600 2024", 1768.9, "tjgb_130600_2024_dz"),
        ("fiscal_revenue city 130600 2025", 362.7, "tjgb_130600_2025_dz"),
    ],
)
def test_well_known_figures_and_who_says_so(
    figures: dict[str, Cell], key: str, value: float, sources: str
) -> None:
    assert figures[key].value == pytest.approx(value, abs=0.05)
    assert figures[key].sources == sources


@pytest.mark.parametrize("code", ["130500", "130600", "131100"])
def test_three_cities_have_no_revised_gdp_before_2018(figures: dict[str, Cell], code: str) -> None:
    for indicator, first in (("gdp", "2018"), ("gdp_published", "2013")):
        start = f"{indicator} city {code} "
        assert min(key for key in figures if key.startswith(start)) == start + first


@pytest.mark.parametrize(
    ("key", "value"),
    [
        # 23.5236 + 18.6713 + 14.5215 of 120.5440
        ("urban_share_census city 133100 2020", 47.0504),
        # 7015 of 19432
        ("emp_share_manufacturing county 130638 2020", 36.1003),
        # 4118 of 12080 less 6296 of 14579
        ("emp_share_change_manufacturing county 130629 2010-2020", -9.0960),
        # 36.3091 against 37.0317
        ("population_change county 130683 2010-2020", -1.9513),
        # 341.9959 over 109.5986, in yuan
        ("gdp_per_head_census county 130682 2020", 31204.4),
        # 109.5986 on 1284 square kilometres as printed
        ("population_density county 130682 2020", 853.572),
        # 67 + 25
        ("universities city 110000 2017", 92),
        # 5982.6 of 268.5 + 5982.6 + 10486.2
        ("gdp_secondary_share city 120000 2023", 35.7441),
    ],
)
def test_computed_figures_by_hand(figures: dict[str, Cell], key: str, value: float) -> None:
    assert figures[key].value == pytest.approx(value, rel=2e-6, abs=1e-4)
    assert figures[key].status == "computed"


def test_household_services_of_tianjin_are_called_odd(figures: dict[str, Cell]) -> None:
    found = figures["urban_lq_resident_services city 120000 2019"]
    assert found.value == pytest.approx(3.42, abs=0.005)
    assert "odd in the source" in found.note
    assert found.sources == "emp300;emp300_sum"


def test_scope_travels_with_the_figure(figures: dict[str, Cell]) -> None:
    assert "scope incl. 定州 and 雄安" in figures["gdp city 130600 2022"].note
    assert "scope incl. 定州, excl. 雄安" in figures["gdp city 130600 2024"].note
    assert "scope incl. 辛集" in figures["gdp city 130100 2022"].note
    daxing = figures["gdp_per_head_census county 110115 2020"].note
    assert "without the Beijing Economic-Technological Development Area" in daxing


def test_beijing_and_tianjin_say_the_same_as_city_and_as_province(frame: pd.DataFrame) -> None:
    both = frame[frame["region_code"].isin(["110000", "120000"])]
    wide = both.pivot_table(
        index=["indicator", "region_code", "year"], columns="level", values="value"
    ).dropna()
    assert len(wide) > 500
    assert (wide["city"] == wide["province"]).all()


def test_no_change_across_a_row_that_may_not_be_compared(
    frame: pd.DataFrame, observations: pd.DataFrame, catalog: Catalog
) -> None:
    barred = incomparable(observations, catalog)
    # Haigang grew in 2015, Renqiu and Xiong county lost and gained townships, Gaobeidian has a
    # zone counted apart.
    assert {"130302", "130982", "130638", "130684", "133100"} <= set(barred)
    changes = frame[frame["year"] == "2010-2020"]
    assert set(changes["region_code"]).isdisjoint(barred)
    assert not changes["note"].str.contains("NOT comparable|check before|no longer exists").any()


def test_three_industries_add_up_to_gdp(figures: dict[str, Cell]) -> None:
    compared = 0
    for key, cell in figures.items():
        name, place = key.split(" ", 1)
        whole = "gdp" if place.startswith("county") else "gdp_alike"
        parts = [f"gdp_{p} {place}" for p in ("primary", "secondary", "tertiary")]
        if name == whole and all(part in figures for part in parts):
            total = sum(figures[part].value for part in parts)
            assert total == pytest.approx(cell.value, rel=0.002), key
            compared += 1
    assert compared > 500


def test_shares_of_the_nineteen_industries_add_up(frame: pd.DataFrame, catalog: Catalog) -> None:
    shares = [i for i in catalog.indicators if i.startswith("emp_share_") and "change" not in i]
    found = frame[frame["indicator"].isin(shares)]
    sums = found.groupby(["level", "region_code", "year"])["value"].sum()
    assert len(shares) == 19
    assert sums.between(99.9, 100.0001).all()


def test_levels_of_regions(regions: pd.DataFrame) -> None:
    codes = region_codes(regions)
    assert {level: len(found) for level, found in codes.items()} == {
        "county": 199,
        "city": 14,
        "province": 3,
        "region": 1,
        "nation": 1,
    }
    assert {"110000", "120000", "133100"} <= codes["city"]
