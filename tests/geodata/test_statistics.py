"""The reader of facts: how a cell is resolved, what it refuses, and figures anyone can look up."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geodata.errors import FactsError, UnknownNameError
from geodata.facts.statistics import (
    OBSERVATION_COLUMNS,
    read_observations,
    read_sources,
    read_table,
    read_trusted_hosts,
    source_link,
)

SMALL = {
    "sources.csv": (
        "source_id,title,publisher,date,url,note\n"
        "book,Yearbook,Bureau,2021,https://stats.gov.cn/a,\n"
        "page,A page,A paper,2022,,\n"
    ),
    "sectors.csv": "sector,name_zh\nC,制造业\nC39,计算机、通信和其他电子设备制造业\n",
    "units.csv": "unit,name_en\n万人,ten thousand persons\n%,percent\n",
    "places/regions.csv": (
        "region_code,name_zh,name_en,level,parent_code,prefecture_code,province_code,lon,lat,"
        "area_km2\n"
        "130000,河北省,Hebei,province,,,130000,115,38,188000\n"
        "130100,石家庄市,Shijiazhuang,prefecture,130000,130100,130000,114,38,14000\n"
        "130102,长安区,Chang'an,county,130100,130100,130000,114.5,38.1,138\n"
    ),
    "places/other_regions.csv": "region_code,name_zh,name_en,level,members\n",
    "statistics/tables.csv": (
        "table,file,title,year,source_id,status,note\n"
        "wide,statistics/wide.csv,A wide table,2020,book,official,of the table\n"
        "long,statistics/long.csv,A long table,,,,\n"
    ),
    "statistics/columns.csv": (
        "table,column,indicator,sector,year,unit,source_id,status,note\n"
        "wide,people,population,,,万人,,,of the column\n"
        "wide,C,share,C,,%,,,\n"
        "wide,2010,population,,2010,万人,page,secondary,\n"
    ),
    "statistics/cell_notes.csv": (
        "table,region,year,column,source_id,status,note\n"
        "wide,130102,*,people,page,revised,of the cell; of the table\n"
        "wide,130671;130102,2020,C,,,a list (one; two)\n"
        "long,*,2021,firms,,,of the indicator\n"
    ),
    "statistics/wide.csv": (
        "region_code,region_name,zone_code,prefecture_code,people,C,2010,status,note\n"
        "130100,石家庄市,,,1123.5086,,1016,revised,of the row\n"
        "130102,长安区,,,70,12.5,,secondary,\n"
        ",高新区,130671,130100,3,0,,,\n"
    ),
    "statistics/long.csv": (
        "region_code,region_name,indicator,category,year,value,unit,source_id,status,note\n"
        "130100,石家庄市,firms,new,2021,4,%,book;page,official,own\n"
        "130100,石家庄市,firms,all,2021-2025,9,%,book,official,\n"
    ),
}

FIRST_LONG = "130100,石家庄市,firms,new"

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def write(**changed: tuple[str, str]) -> Path:
        """Write the small set; `changed` maps a file's stem to (old text, new text)."""
        for file, text in SMALL.items():
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            old, new = changed.get(path.stem, ("", ""))
            assert old in text
            path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        return tmp_path

    return write


def test_nearest_word_holds_and_notes_add_up(folder: Folder) -> None:
    frame = read_observations(folder())
    assert list(frame.columns) == list(OBSERVATION_COLUMNS)
    found = {
        (row.region_name, row.indicator, row.sector, row.category, row.year): (
            *(row.value, row.unit, row.source_ids, row.status, row.note, row.zone_code),
        )
        for row in frame.itertuples()
    }
    table_column = "of the table; of the column"
    assert found == {
        ("石家庄市", "population", "", "", "2020"): (
            *(1123.5086, "万人", "book", "revised", f"{table_column}; of the row", ""),
        ),
        ("石家庄市", "population", "", "", "2010"): (
            *(1016, "万人", "page", "revised", "of the table; of the row", ""),
        ),
        ("长安区", "population", "", "", "2020"): (
            *(70, "万人", "page", "revised", f"{table_column}; of the cell", ""),
        ),
        ("长安区", "share", "C", "", "2020"): (
            *(12.5, "%", "book", "secondary", "of the table; a list (one; two)", ""),
        ),
        ("高新区", "population", "", "", "2020"): (
            *(3, "万人", "book", "official", table_column, "130671"),
        ),
        ("高新区", "share", "C", "", "2020"): (
            *(0, "%", "book", "official", "of the table; a list (one; two)", "130671"),
        ),
        ("石家庄市", "firms", "", "new", "2021"): (
            *(4, "%", "book;page", "official", "own; of the indicator", ""),
        ),
        ("石家庄市", "firms", "", "all", "2021-2025"): (*(9, "%", "book", "official", "", ""),),
    }
    assert frame["value"].dtype == "float64"
    assert not frame.isna().any().any()


FAULTS = [
    ("wide", ("130102,长安区", "130199,长安区"), "line 3: region code '130199' is unknown"),
    ("wide", ("130671,130100", "130671,139900"), "line 4: region code '139900' is unknown"),
    ("wide", ("长安区", ""), "line 3: there is no region_name"),
    ("wide", ("1123.5086", '"1,123.5"'), "column people: '1,123.5' is not a number; write digits"),
    ("wide", ("1123.5086", "nan"), "'nan' is not a number"),
    ("wide", ("1016,revised", "1016,final"), "status 'final' is unknown; write one of official"),
    (
        "wide",
        (",高新区,130671,130100", "130102,长安区,,"),
        "is already in line 3; keep one of them",
    ),
    ("wide", ("zone_code,prefecture_code,people", "a,b,persons"), "column 'a' is not described"),
    ("wide", ("70,12.5", "70"), "line 3: 8 cells where the first line has 9; add the missing"),
    ("wide", ("region_name", "name"), "wide.csv, line 1: there is no column 'region_name'; add"),
    ("wide", ("C,2010", "C,C"), "statistics/wide.csv, line 1: column 'C' is named twice"),
    ("tables", ("book,official", ",official"), "column people: there is no source; write its id"),
    ("tables", ("book,official", "boke,official"), "source 'boke' is unknown; correct it, or add"),
    ("tables", ("2020,book", "20,book"), "'20' is not a year; write 2020, 2021-2025"),
    ("tables", ("statistics/wide.csv", "statistics/w.csv"), "statistics/w.csv: it cannot be read"),
    ("tables", ("long,statistics", "lang,statistics"), "the table 'long', which"),
    (
        "columns",
        ("万人,,,of", "millions,,,of"),
        "unit 'millions' is unknown; correct it, or add it",
    ),
    ("columns", ("wide,people", "wide,persons"), "column 'people' is not described; add a line"),
    (
        "columns",
        ("wide,people", "wide,X,share,X,,%,,,\nwide,people"),
        "columns.csv, line 2: tables/statistics/wide.csv has no column 'X'; correct the name",
    ),
    ("cell_notes", ("130102,*", "130103,*"), "cell_notes.csv, line 2: it speaks of no figure"),
    ("long", ("book;page", "book;pgae"), "source 'pgae' is unknown"),
    (
        "long",
        ("130100,石家庄市,firms,new,2021,4,%,book;page", "130102,长安区,share,,2020,4,%,book"),
        "speaks of no figure",
    ),
]


@pytest.mark.parametrize(("file", "change", "sentence"), FAULTS)
def test_reader_names_the_fault(
    folder: Folder, file: str, change: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(FactsError) as caught:
        read_observations(folder(**{file: change}))
    assert sentence in str(caught.value)
    assert "tables/" in str(caught.value)


def test_a_row_may_stand_for_an_industry(folder: Folder) -> None:
    old = "region_code,region_name,zone_code,prefecture_code,people,C,2010,status,note\n"
    where = folder(wide=(old, old.replace("zone_code", "sector", 1)))
    wide = where / "statistics" / "wide.csv"
    lines = wide.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("石家庄市,,", "石家庄市,C39,")
    wide.write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    cells = where / "statistics" / "cell_notes.csv"
    cells.write_text("table,region,year,column,source_id,status,note\n", encoding="utf-8")
    found = read_observations(where)
    people = found[(found["indicator"] == "population") & (found["year"] == "2020")]
    assert people[["sector", "value"]].to_numpy().tolist() == [["C39", 1123.5086]]
    wide.write_text(wide.read_text(encoding="utf-8").replace("C39", "C99"), encoding="utf-8")
    with pytest.raises(FactsError, match=r"line 2: sector 'C99' is unknown; correct it"):
        read_observations(where)


def test_figure_in_two_tables_is_read_once_with_both_notes(folder: Folder) -> None:
    again = "130102,长安区,population,,2020,70,万人,page,revised,printed again\n"
    frame = read_observations(folder(long=(FIRST_LONG, again + FIRST_LONG)))
    note = frame.loc[frame["region_name"].eq("长安区") & frame["sector"].eq(""), "note"]
    assert note.tolist() == ["of the table; of the column; of the cell; printed again"]


def test_figure_in_two_tables_must_agree(folder: Folder) -> None:
    other = "130102,长安区,population,,2020,71,万人,page,revised,\n"
    with pytest.raises(
        FactsError, match=r"long\.csv, line 2: .* is 71\.0 here but 70\.0 in tables"
    ):
        read_observations(folder(long=(FIRST_LONG, other + FIRST_LONG)))


def test_not_utf8_is_said(folder: Folder) -> None:
    place = folder()
    (place / "statistics/wide.csv").write_bytes("region_code,石家庄".encode("gbk"))
    with pytest.raises(FactsError, match=r"wide\.csv, line 1: this is not UTF-8"):
        read_observations(place)


def test_sources_refuse_an_id_given_twice(folder: Folder) -> None:
    with pytest.raises(FactsError, match="line 3: source_id 'book' is empty or given twice"):
        read_sources(folder(sources=("page,", "book,")))


def test_read_table_is_text_without_gaps() -> None:
    firms = read_table("firms")
    assert firms.loc[firms["firm_id"] == "000008.SZ", "metric_value"].tolist() == ["22.148"]
    assert firms.loc[firms["firm_id"] == "000065.SZ", "metric_value"].tolist() == [""]
    assert not firms.isna().any().any()


def test_read_table_refuses_unknown_names() -> None:
    with pytest.raises(UnknownNameError, match="There is no table 'citys'; the tables are regions"):
        read_table("citys")


LINKS = [
    ("https://www.stats.gov.cn/sj/", True),
    ("http://en.people.cn/n3/2026", True),
    ("https://github.com/leiii/census", True),
    ("https://gov.cn", True),
    ("https://GOV.cn/a", True),
    ("https://notgov.cn/", False),
    ("https://gov.cn.example.com/", False),
    ("https://gov.cn@example.com/", False),
    ("https://www.gov.cn:8443/", False),
    ("https://www.gov.cn:x/", False),
    ("javascript:alert(1)//gov.cn", False),
    ("ftp://gov.cn/", False),
    ("https://gov.cn/ a", False),
    ("https://tjgb.hongheiku.com/1816.html", False),
    ("", False),
]


@pytest.mark.parametrize(("url", "linked"), LINKS)
def test_only_trusted_hosts_are_linked(url: str, linked: bool) -> None:  # noqa: FBT001
    assert source_link(url) == (url if linked else None)
    assert source_link(url, read_trusted_hosts()) == (url if linked else None)


def test_source_link_takes_the_given_hosts() -> None:
    assert source_link("https://www.example.org/a", {"example.org": "a test"}) is not None
    assert source_link("https://gov.cn", {}) is None


# region, indicator, sector or category, year, source → value, as the publication prints it.
KNOWN = [
    ("110000", "population", "", "2020", "census7_county", 2189.3095),
    ("120000", "population", "", "2020", "census7_county", 1386.6009),
    ("130000", "population", "", "2020", "census7_county", 7461.0235),
    ("000000", "population", "", "2020", "census7_county", 140977.8724),
    ("440000", "population", "", "2020", "census7_county", 12601.2510),
    ("310000", "population", "", "2020", "census7_county", 2487.0895),
    ("110108", "population", "", "2020", "census7_county", 313.3469),
    ("110105", "population", "", "2020", "census7_county", 345.2460),
    ("110112", "population", "", "2020", "census7_county", 184.0295),
    ("130100", "population", "", "2020", "census7_county", 1123.5086),
    ("130200", "population", "", "2020", "census7_county", 771.7983),
    ("130600", "population", "", "2020", "census7_county", 1154.4036),
    ("131000", "population", "", "2020", "census7_county", 546.4087),
    ("130629", "population", "", "2020", "census7_county", 27.3164),
    ("120116", "population_census_bulletin", "", "2020", "citypopulation", 206.7318),
    ("110000", "emp_sample_total", "", "2020", "census7_county", 1015007),
    ("110108", "emp_information_software", "", "2020", "census7_county", 19749),
    ("000000", "emp_manufacturing", "", "2020", "census7_county", 11853428),
    ("110000", "population", "", "2010", "census6_county", 1961.2368),
    ("130000", "population", "", "2010", "census6_county", 7185.4210),
    ("000000", "population", "", "2010", "census6_county", 133281.0869),
    ("120000", "gdp", "", "2014", "gp_gdp296", 10640.6),
    ("120000", "gdp", "", "2014", "gp_province_gdp", 10640.6),
    ("120000", "gdp", "", "2014", "city_panel_1990_2023", 15726.93),
    ("110000", "gdp", "", "2018", "ccsy2019", 30319.98),
    ("110000", "gdp", "", "2018", "gp_province_gdp", 33106.0),
    ("120000", "gdp", "", "2018", "ccsy2019", 18809.64),
    ("120000", "gdp", "", "2018", "gp_province_gdp", 13362.9),
    ("130000", "gdp", "", "2018", "nqp_province", 36010.27),
    ("130000", "gdp", "", "2018", "gp_province_gdp", 32494.6),
    ("110000", "gdp", "", "2023", "tjgb_110000_2023", 43760.7),
    ("120000", "gdp", "", "2023", "gp_province_gdp", 16737.3),
    ("110000", "gdp", "", "2024", "tjgb_110000_2024", 49843.1),
    ("110000", "gdp", "", "2024", "nbs_major_city_2024", 49670.2),
    ("120000", "gdp", "", "2024", "tjgb_120000_2024", 18024.32),
    ("130000", "gdp", "", "2024", "tjgb_130000_2024", 47526.9),
    ("130000", "fiscal_revenue", "", "2024", "tjgb_130000_2024b", 4310),
    ("110000", "gdp", "", "2025", "tjgb_110000_2025", 52073.4),
    ("130200", "gdp", "", "2024", "lianhe_hebei_2025", 10003.9),
    ("130600", "gdp", "", "2024", "tjgb_130600_2024", 4339.4),
    ("130600", "gdp", "", "2024", "tjgb_130600_2024_dz", 4773.3),
    ("130500", "gdp", "", "2022", "tjgb_130500_2023", 2522.7),
    ("110108", "gdp", "", "2022", "bj_districts_2017_2022", 10206.9),
    ("110000", "rd_expenditure", "", "2023", "techme_rdbull", 2947.1),
    ("110000", "rd_intensity", "", "2023", "techme_rdbull", 6.73),
    ("JJJ", "rd_expenditure", "", "2023", "jjj_index2023", 4458.4),
    ("110000", "pm25", "", "2024", "tjgb_110000_2024", 30.5),
    ("110000", "emp_urban_units", "I", "2019", "emp300", 85.913),
    ("110000", "emp_urban_units", "TOTAL", "2019", "emp300", 791.298),
    ("110000", "census_legal_units", "TOTAL", "2023", "bj_census5_2", 117.9),
    ("130000", "population", "", "2024", "tjgb_130000_2024c", 7378),
    ("130000", "urbanization", "", "2024", "tjgb_130000_2024c", 63.42),
    ("JJJ", "rd_intensity", "", "2024", "jjj_index2024", 4.22),
    ("120000", "port_containers", "", "2024", "h_port_tj", 2328),
    ("130100", "deposits", "", "2023", "ccsy2024", 23123.9891),
    ("130100", "fiscal_expenditure", "", "2023", "ccsy2024", 1274.8334),
    ("130100", "hightech_firms", "", "2023", "ccsy2024", 3572),
    ("130900", "gdp", "", "2025", "h_cz_bulletin2025", 4930.9),
    ("", "gdp", "", "2025", "h_etown2025", 4012.1),
    ("110000", "listed_companies", "A_share_list", "2025", "tushare_basic_2025", 476),
    ("110000", "little_giant_firms", "batch1-2_cumulative", "2021", "lg_batch12", 90),
]


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return read_observations()


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: "-".join(known[:5]))
def test_well_known_figure(
    published: pd.DataFrame, known: tuple[str, str, str, str, str, float]
) -> None:
    region, indicator, part, year, source, value = known
    rows = published[
        (published["region_code"] == region)
        & (published["indicator"] == indicator)
        & (published["sector"] + published["category"] == part)
        & (published["year"] == year)
        & (published["source_ids"] == source)
    ]
    assert rows["value"].tolist() == [value]
    assert source in read_sources().index


def test_zone_and_dissolved_unit_have_no_region_code(published: pd.DataFrame) -> None:
    people = published[published["indicator"] == "population"]
    found = {
        row.region_name: (row.region_code, row.zone_code, row.value)
        for row in people[people["region_code"] == ""].itertuples()
    }
    assert found["邯郸经济技术开发区"] == ("", "130471", 29.4436)
    assert found["崇文区 (2010)"] == ("", "", 34.6073)
