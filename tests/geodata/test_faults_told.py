"""Each kind of fault, provoked once: told in both languages with file, line and cure."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest

from geodata.build import cache
from geodata.catalog import load_catalog, load_notes
from geodata.errors import FactsError, Fault
from geodata.facts import statistics
from geodata.facts.check import find_faults
from geodata.places.regions import build_regions
from geodata.places.schemes import build_layout
from geodata.places.sites import build_clusters, build_parks, read_identity, read_metrics
from geodata.studies.claim_records import load_claims
from geodata.studies.sites import read_sections

if TYPE_CHECKING:
    from pathlib import Path


class Case(NamedTuple):
    """A change of a file, and the fault it must give: its file and its cure in both languages.

    The fault stands in the line that was changed, and in the file that was, unless `told` names
    the start of another line of another file.
    """

    file: str
    old: str
    new: str
    zh: str
    en: str
    told: tuple[str, str] | None = None


ROLES = "tables/places/roles.csv"
YEARBOOK = "tables/statistics/county_yearbook_2021.csv"
CENSUS = "tables/statistics/census_2020.csv"
COLUMNS = "tables/statistics/columns.csv"
SINGLE = "tables/statistics/single_figures.csv"
KNOWN = "tables/statistics/known_deviations.csv"
PARKS, CIRCLES = "tables/places/parks.csv", "tables/places/circles.csv"
INDICATORS, SERIES = "catalog/indicators.csv", "catalog/series.csv"
BREAKS, TERMS = "catalog/breaks.csv", "catalog/terms.csv"
SOURCES, ENGLISH = "catalog/sources_zh.csv", "catalog/sources_en.csv"
SCHEMES, SECTIONS = "catalog/schemes.csv", "catalog/site_sections.csv"

ROW = "110117,平谷区,40.8645"
CORRECT = ("请更正", "correct it")
OFF = ("请按出版物更正，或在", "correct the cell by the publication, or state")
CASES = {
    # Reading any file
    "a missing column": Case(
        PARKS, "park_id,", "id,", "请在第一行补上", "add it to the first line"
    ),
    "a column named twice": Case(
        PARKS, "lon,lat", "lon,lon", "请让各列名称互不相同", "give each column its own name"
    ),
    "a missing cell": Case(
        TERMS, "airport,机场", "机场", "请补上缺少的逗号", "add the missing commas"
    ),
    "an open quote": Case(
        BREAKS, "gdp,city", '"gdp"x,city', "请补上缺少的引号", "add the one missing"
    ),
    "no UTF-8": Case(
        PARKS, "ht_binhai", "\udcff", "请用 UTF-8 重新保存", "save the file again with"
    ),
    # Tables of places and firms
    "a wrong code": Case(PARKS, "hitech,120116", "hitech,139999", *CORRECT),
    "a duplicate": Case(PARKS, "ht_binhai,", "ht_zgc,", "请只留一处", "keep one of them"),
    "no number": Case(PARKS, "97.96", "97.96a", "只写数字和小数点", "write digits and a point"),
    "no source": Case(
        CIRCLES, "wing,seed2024", "wing,", "写上来源代号", "write its id into source_id"
    ),
    "a source unknown": Case(
        CIRCLES,
        "wing,seed2024",
        "wing,seed",
        "或在 sources.csv 中加一行",
        "add a line to sources.csv",
    ),
    "a role unknown": Case(
        CIRCLES, "通州区,wing", "通州区,friend", "请写 core", "write one of core"
    ),
    "a region outside": Case(
        CIRCLES,
        "capital,首都都市圈,Capital metropolitan circle,110000",
        "capital,首都都市圈,Capital metropolitan circle,000000",
        *CORRECT,
    ),
    "a circle unknown": Case(CIRCLES, "article,capital", "article,core", *CORRECT),
    "a verdict without reference": Case(
        ROLES,
        "emp_culture_sport,level,110000",
        "emp_culture_sport,level,",
        "请在 reference 列写 110000",
        "write 110000 in the column reference",
    ),
    "a district against the region": Case(
        ROLES,
        "emp_finance,level,110000",
        "emp_finance,level,BTH",
        "请在 reference 列写 110000",
        "write 110000 in the column reference",
    ),
    "a province against its own region": Case(
        ROLES,
        "emp_manufacturing,untested,CN",
        "emp_manufacturing,untested,BTH",
        "请在 reference 列写 CN",
        "write CN in the column reference",
    ),
    "evidence without a test": Case(
        ROLES, "cluster:aerospace,told", "cluster:aerospace,", "请写 level", "write level"
    ),
    "no reason for no test": Case(
        ROLES,
        "普查数的是住在通州的教师、医护，不是通州的学位、床位；公共服务是否补齐，"
        "现有数据不能检验。",
        "",
        "写明缺什么数据",
        "say in limit_zh and limit_en",
    ),
    "a computing row of no site": Case(
        "catalog/site_identity.csv",
        "sc_tj,sc_tj",
        "sc,sc_tj",
        "请在 catalog/site_identity.csv 加一行",
        "add a row, with the id of the site",
        told=("tables/places/parks.csv", "sc_tj,"),
    ),
    "a scale of nothing": Case(
        "catalog/site_metrics.csv",
        "chain_nev,",
        "chain,",
        "请在那里加一行",
        "add a row with its metric",
        told=("tables/places/clusters.csv", "chain_nev,"),
    ),
    # Tables of statistics
    "a wrong code of a row": Case(YEARBOOK, "110117,", "139999,", *CORRECT),
    "a duplicate row": Case(
        YEARBOOK, ROW, "110116,怀柔区,40.8645", "请只留一处", "keep one of them"
    ),
    "no name": Case(YEARBOOK, ROW, "110117,,40.8645", "按原文写上", "write the name as printed"),
    "no figure": Case(
        YEARBOOK, ROW, "110117,平谷区,4O", "只写数字和小数点", "write digits and a point"
    ),
    "a column undescribed": Case(
        YEARBOOK, ",loans,", ",lent,", "请在 statistics/columns.csv", "add a"
    ),
    "a column unheard of": Case(
        COLUMNS, "census_2020,population_male", "census_2020,men", "请更正列名", "correct the name"
    ),
    "a table unheard of": Case(
        COLUMNS,
        "census_2020,population_male",
        "census,men",
        "请更正表名",
        "correct the name or add a line",
    ),
    "a unit unknown": Case(COLUMNS, "population,,,万人", "population,,,亿", *CORRECT),
    "a note of nothing": Case(
        "tables/statistics/cell_notes.csv",
        "130108;130111,",
        "130199,",
        "请更正或删去",
        "correct it or take it out",
    ),
    "no year": Case(SINGLE, "DIGC,2023,", "DIGC,23,", "请写成 2020", "write 2020"),
    "a status unknown": Case(
        SINGLE, "digital,secondary", "digital,final", "请写 official", "write one of official"
    ),
    "two tables that differ": Case(
        CENSUS,
        "2189.3095,,",
        "2189.3096,,",
        "请按出版物更正其一",
        "correct one by the publication",
        told=("tables/statistics/census_2020_provinces.csv", "110000,"),
    ),
    # Sums
    "parts off their total": Case(CENSUS, "1123.5086,", "1123.5087,", *OFF),
    "industries off": Case(CENSUS, "8940,1218,31286", "8940,1218,31287", *OFF),
    "men and women off": Case(CENSUS, "34.3913,36.4916", "34.3913,36.4917", *OFF),
    "town and country off": Case(CENSUS, "70.8829,0,", "70.8829,1,", *OFF),
    "ages off": Case(CENSUS, "13.87,67.9,18.23", "13.87,68.9,18.23", *OFF),
    "sectors of GDP off": Case(YEARBOOK, "284.0976,", "294.0976,", *OFF),
    "a wrong difference": Case(
        KNOWN, ",11386,", ",11387,", "请更正数字或差额", "correct the cell or the statement"
    ),
    "a difference that is gone": Case(
        KNOWN,
        "130924,2010",
        "130924;130925,2010",
        "请从这一行删去 130925",
        "take 130925 out of the line",
    ),
    # The catalogue
    "a theme unknown": Case(INDICATORS, "gdp,economy", "gdp,money", *CORRECT),
    "a unit unnamed": Case(INDICATORS, "one basis),亿元", "one basis),贯", *CORRECT),
    "a kind unknown": Case(INDICATORS, "亿元,amount", "亿元,sum", *CORRECT),
    "no decimals": Case(INDICATORS, "亿元,amount,1", "亿元,amount,one", *CORRECT),
    "no English": Case(
        INDICATORS, "GDP (as first published)", "", "请补上缺少的中文或英文", "fill zh and en"
    ),
    "an indicator twice": Case(
        INDICATORS,
        "gdp,economy",
        "area,economy",
        "请只留一处",
        "keep one",
        told=(INDICATORS, "area,environment"),
    ),
    "an ingredient unknown": Case(
        INDICATORS, "ratio,population_male", "ratio,men", "请更正", "correct them"
    ),
    "no operation": Case(
        INDICATORS, ",ratio,population_male", ",,population_male", "或都留空", "leave both empty"
    ),
    "years that run back": Case(
        SERIES, "2010,2017,co2", "2018,2017,co2", "请更正 from", "correct from"
    ),
    "years that overlap": Case(
        SERIES, "gdp,city,2019", "gdp,city,2018", "请更正 from", "correct from"
    ),
    "no reason": Case(
        SERIES,
        "co2_county_2020,,,modelled",
        "co2_county_2020,,,",
        "在 why 列写明",
        "say why they were chosen",
    ),
    "a level unknown": Case(SERIES, "co2,county", "co2,town", *CORRECT),
    "a choice for nothing": Case(SERIES, "co2,county,2010", "co3,county,2010", *CORRECT),
    "a break of nothing": Case(BREAKS, "pm25,city", "pm10,city", *CORRECT),
    "a sector unnamed": Case("catalog/industries.csv", "C,manu", "Z,manu", *CORRECT),
    "a fragment twice": Case(
        "catalog/notes_places_zh.csv",
        '"1.75 x 10,000 P as reported"',
        "2010 and 2020 are not comparable",
        "请只留一处",
        "keep one of them",
    ),
    "a section unknown": Case(SECTIONS, "aerospace,C", "aerospace,X", "请更正", "correct them"),
    "a scheme twice": Case(
        SCHEMES, "article,capital", "article,", "请只留一处", "keep one of them"
    ),
    "a circle of nobody": Case(
        SCHEMES, "article,capital", "article,core", *CORRECT, told=(CIRCLES, "article,capital")
    ),
    "a circle named in two ways": Case(
        CIRCLES,
        "article,tianjin,天津都市圈,Tianjin metropolitan circle,130200",
        "article,tianjin,天津圈,Tianjin metropolitan circle,130200",
        "请把两处写成一样",
        "write the same name in both",
    ),
    "a scheme without circles": Case(
        SCHEMES,
        "plan2026,,首都",
        "plan2027,,首都",
        "请为各圈各加一行，或删去该方案",
        "add a row for each, or take it out",
    ),
    "a circle of no scheme": Case(
        SCHEMES,
        "plan2026,,首都",
        "plan2027,,首都",
        "请更正，或加一行，circle 列留空",
        "correct it, or add one with an empty circle",
        told=(SCHEMES, "plan2026,commuting"),
    ),
    "no count": Case(SCHEMES, "circle,,,", "circle,,few,", *CORRECT),
    # What would make a partial sum pass for a total
    "a part of the three places": Case(
        "tables/statistics/rd_releases.csv",
        "JJJ,京津冀,2023,4458.4",
        "JJJ,京津冀,2023,3484.7",
        "是部分之和而非合计；请按出版物更正",
        "a part of the sum and no total; correct it by the publication",
    ),
    "a member without people": Case(
        CIRCLES,
        "天津都市圈,Tianjin metropolitan circle,130200",
        "天津都市圈,Tianjin metropolitan circle,JJJ",
        "请补上人口，或改写角色",
        "add the population, or give it another role",
    ),
    # The Chinese of the sources
    "a rendering of nothing": Case(SOURCES, "bda2026,", "nobody,", *CORRECT),
    "a rendering twice": Case(SOURCES, "bj_2023_cns,", "bda2026,", "请只留一处", "keep one"),
    "a part that cannot be kept": Case(
        SOURCES, "title;publisher", "title;date", "请写 title 或", "write title or"
    ),
    "an English title of nothing": Case(ENGLISH, "tjgb_110000_2023,", "nobody,", *CORRECT),
    "an English title twice": Case(
        ENGLISH, "tjgb_110000_2024,", "tjgb_110000_2023,", "请只留一处", "keep one"
    ),
    "kept beside its Chinese": Case(SOURCES, "日报,,", "日报,,title", "请只留其一", "choose one"),
}


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Return a copy of tables and catalogue that a test may spoil."""
    for room in ("tables", "catalog"):
        shutil.copytree(cache.SOURCE_ROOT / room, tmp_path / room)
    return tmp_path


def faults_of(facts: Path, *, checked: bool = True) -> list[Fault]:
    """Return the faults of the tables and those that each reader of the catalogue stops at.

    The tables are read at length; whoever has changed an entry of the catalogue may do without.
    """
    tables, entries = facts / "tables", facts / "catalog"

    def read_circles() -> object:
        regions = build_regions(statistics.read_table("regions", tables))
        circles = statistics.read_table("circles", tables)
        return build_layout(circles, regions, entries / "schemes.csv")

    def read_sites() -> object:
        metrics = read_metrics(entries / "site_metrics.csv")
        identity = read_identity(entries / "site_identity.csv")
        clusters = build_clusters(statistics.read_table("clusters", tables), metrics, identity)
        # An atlas reads no table that has a fault; a number that is none is told by the check.
        parks = statistics.read_table("parks", tables)
        return clusters, () if found else build_parks(parks, metrics, identity)

    found = find_faults(tables, entries) if checked else []
    for read in (
        partial(load_catalog, entries),
        partial(load_notes, entries),
        partial(load_claims, entries),
        partial(read_sections, entries),
        read_circles,
        read_sites,
    ):
        try:
            read()
        except FactsError as error:
            found += error.faults
    return found


@pytest.mark.parametrize("kind", CASES)
def test_a_fault_names_file_line_and_cure_in_both_languages(facts: Path, kind: str) -> None:
    case = CASES[kind]
    path = facts / case.file
    text = path.read_text(encoding="utf-8")
    assert case.old in text
    line = text[: text.index(case.old)].count("\n") + 1
    spoilt = text.replace(case.old, case.new, 1)
    path.write_text(spoilt, encoding="utf-8", errors="surrogateescape", newline="\n")
    file = case.file
    if case.told:
        file, start = case.told
        rows = (facts / file).read_text(encoding="utf-8").splitlines()
        line = next(n for n, row in enumerate(rows, start=1) if row.startswith(start))
    here: list[Fault] = []
    for checked in (not case.file.startswith("catalog/"), True):
        found = faults_of(facts, checked=checked) if not here else []
        here += [fault for fault in found if (fault.file, fault.line) == (file, line)]
    assert any(case.zh in fault.zh and case.en in fault.en for fault in here), faults_of(facts)
    for fault in here:
        zh, en = str(fault).splitlines()
        assert zh.startswith(f"{file} 第 {line} 行：")
        assert en.startswith(f"{file}, line {line}: ")
        assert zh.endswith("。")
        assert en.endswith(".")


@pytest.mark.parametrize("file", [PARKS, TERMS])
def test_a_fault_of_a_whole_file_names_the_file_and_the_cure(facts: Path, file: str) -> None:
    (facts / file).unlink()
    (fault,) = {fault for fault in faults_of(facts) if fault.file == file}
    assert str(fault) == (
        f"{file}：无法读取（No such file or directory）；请从代码仓库恢复这个文件。\n"
        f"{file}: it cannot be read (No such file or directory); restore it from the repository."
    )
