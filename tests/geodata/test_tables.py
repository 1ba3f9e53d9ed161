"""The facts themselves: complete, adding up, said once, every source resolving."""

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from geodata.facts.check import find_faults
from geodata.facts.files import TABLES, split_notes
from geodata.facts.places import PLACE_TABLES
from geodata.facts.statistics import read_observations, read_sources, read_table

MEGABYTE = 1_000_000
MOST_REPEATS_OF_A_NOTE = 41
NAMED = ("indicator", "sector", "value")


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return read_observations()


def _files() -> list[Path]:
    return sorted(TABLES.rglob("*.csv"))


def test_no_fault_in_the_facts() -> None:
    assert find_faults() == []


def _rows(file: str) -> list[dict[str, str]]:
    text = (TABLES / file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _printed() -> Iterator[tuple[str, str, str, float]]:
    """Yield place, indicator, sector and value of every cell that holds a figure."""
    said: dict[str, list[dict[str, str]]] = {}
    for column in _rows("statistics/columns.csv"):
        said.setdefault(column["table"], []).append(column)
    for table in _rows("statistics/tables.csv"):
        for row in _rows(table["file"]):
            place = row["region_code"] or row["region_name"]
            if "indicator" in row:
                yield place, row["indicator"], row.get("sector", ""), float(row["value"])
                continue
            for column in said[table["table"]]:
                if cell := row[column["column"]]:
                    sector = column["sector"] or row.get("sector", "")
                    yield place, column["indicator"], sector, float(cell)


def test_every_figure_in_the_files_is_read(published: pd.DataFrame) -> None:
    printed = Counter(_printed())
    places = published["region_code"].where(published["region_code"] != "", None)
    columns = [places.fillna(published["region_name"]), *map(published.get, NAMED)]
    read = Counter(zip(*columns, strict=True))
    assert read.keys() == printed.keys()
    # A figure that two tables print is read once, so no more can be read than is printed.
    assert all(read[figure] <= printed[figure] for figure in read)


def test_the_places_are_those_of_the_map() -> None:
    levels = read_table("regions")["level"].value_counts().to_dict()
    assert levels == {"county": 199, "prefecture": 11, "province": 3, "new_area": 1}


@pytest.mark.parametrize("name", ["parks", "clusters", "circles", "flows", "firms"])
def test_every_line_of_a_table_of_places_is_read(name: str) -> None:
    assert len(read_table(name)) == len(_rows(PLACE_TABLES[name].file))


def test_key_is_unique(published: pd.DataFrame) -> None:
    key = [
        "region_code",
        "region_name",
        "zone_code",
        "indicator",
        "sector",
        "category",
        "year",
        "source_ids",
    ]
    assert not published.duplicated(key).any()


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(TABLES)))
def test_file_can_be_read_by_a_person(path: Path) -> None:
    blob = path.read_bytes()
    assert len(blob) < MEGABYTE
    assert b"\r" not in blob
    assert blob.endswith(b"\n")
    assert not blob.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(blob.decode("utf-8").splitlines()))
    assert all(cell == cell.strip() for row in rows for cell in row)


@pytest.mark.parametrize(
    "path", sorted((TABLES / "statistics").glob("*.csv")), ids=lambda p: p.stem
)
def test_a_note_is_said_once(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as text:
        lines = [row for row in csv.DictReader(text) if row.get("note")]
    # columns.csv describes many tables: a note counts once for each.
    notes = Counter((row.get("table"), row["note"]) for row in lines)
    assert max(notes.values(), default=0) <= MOST_REPEATS_OF_A_NOTE


def test_no_fragment_is_said_twice_of_one_figure(published: pd.DataFrame) -> None:
    for note in published["note"].unique():
        fragments = split_notes(note)
        assert len(fragments) == len(set(fragments))


def test_every_source_resolves_and_says_who(published: pd.DataFrame) -> None:
    sources = read_sources()
    cited = {one for ids in published["source_ids"].unique() for one in ids.split(";")}
    assert cited <= set(sources.index)
    assert sources["title"].ne("").all()
    assert sources["publisher"].ne("").all()


def test_deviation_of_one_county_explains_its_city() -> None:
    path = TABLES / "statistics/known_deviations.csv"
    lines = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    parts = [int(line["difference"]) for line in lines if line["check"] == "parts of a place"]
    whole = [int(line["difference"]) for line in lines if line["region"] == "130924"]
    assert [sum(parts)] == whole == [11386]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TABLES, tmp_path / "tables"))


CHANGES = [
    (
        "statistics/census_2020.csv",
        ("110101,东城区,,,70.8829,", "110101,东城区,,,70.8828,"),
        [
            "parts of a place: 110000 2020 population: the printed total is +0.0001 off",
            "men and women: 110101 2020 population",
            "town and country: 110101 2020 population",
        ],
    ),
    (
        "statistics/census_2020.csv",
        ("11.84,74.86,13.3,", "11.84,74.86,13.4,"),
        ["age groups: 110000 2020"],
    ),
    (
        "statistics/census_2020_provinces.csv",
        ("000000,全国,140977.8724", "000000,全国,140978.8724"),
        ["parts of a place: 000000 2020 population: the printed total is +1.0000 off"],
    ),
    (
        "statistics/census_2010.csv",
        (",57.318,57.318,", ",57.319,57.318,"),
        ["parts of a place: 110000 2010 population: the printed total is -0.0010 off"],
    ),
    (
        "statistics/bulletins.csv",
        ("2024,2183.2,49843.1,116.4,", "2024,2183.2,49843.1,126.4,"),
        ["sectors of GDP: 110000 2024 gdp: the printed total is -10.0000 off"],
    ),
    (
        "statistics/gp_strata.csv",
        ("2003,84.1,1456.4,", "2003,48.1,1456.4,"),
        ["sectors: 110000 2003 value_added_strata: the printed total is +36"],
    ),
    (
        "statistics/known_deviations.csv",
        ("130400,2012,emp_urban_units,1.96", "130400,2012,emp_urban_units,1.86"),
        ["line 22: the difference of 130400 is stated as 1.86 but is 1.9600; correct the cell"],
    ),
    (
        "statistics/known_deviations.csv",
        ("130400,2012", "130400,2013"),
        [
            "sectors: 130400 2012 emp_urban_units: the printed total is +1.96",
            "sectors 130400 2013 emp_urban_units adds up after all",
        ],
    ),
    (
        "places/regions.csv",
        ("130109,藁城区,Gaocheng,county", "130109,藁城区,Gaocheng,town"),
        ["regions.csv: it holds 198 counties instead of 199"],
    ),
    (
        "places/parks.csv",
        ("ht_binhai,", "ht_zgc,"),
        ["parks.csv, line 3: ht_zgc is already in line 2; keep one of them."],
    ),
    ("places/parks.csv", ("110108,116.246", "110109;1,116.246"), ["region code '1' is unknown"]),
    ("places/parks.csv", ("97.96", "97.96 "), ["column metric_value: '97.96 ' is not a number"]),
    ("places/roles.csv", ("seed2024", "seed2023"), ["roles.csv, line 2: source 'seed2023'"]),
    (
        "places/flows.csv",
        ("origin_code", "origin"),
        ["flows.csv, line 1: there is no column 'origin_code'"],
    ),
    ("sources.csv", ("title", "name"), ["sources.csv, line 1: there is no column 'title'"]),
    (
        "sources.csv",
        ("source_id", "id"),
        ["sources.csv, line 1: there is no column 'source_id'"],
    ),
]


@pytest.mark.parametrize(("file", "change", "sentences"), CHANGES)
def test_check_finds_a_changed_cell(
    copy: Path, file: str, change: tuple[str, str], sentences: list[str]
) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    assert change[0] in text
    (copy / file).write_text(text.replace(*change, 1), encoding="utf-8", newline="\n")
    faults = find_faults(copy)
    for sentence in sentences:
        assert any(sentence in str(fault) for fault in faults), faults


def test_check_misses_no_county(copy: Path) -> None:
    path = copy / "statistics/census_2020.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("110101,", ",保定白沟新城,"))]
    assert len(kept) == len(lines) - 2
    path.write_text("".join(kept), encoding="utf-8", newline="\n")
    faults = "\n".join(map(str, find_faults(copy)))
    assert "census_2020.csv: there is no population of 110101; add the line." in faults
    assert "census_2020.csv: it holds 22 zones instead of 23" in faults
    assert "parts of a place: 110000 2020 population: the printed total is +70.8829" in faults
    assert "parts of a place: 130600 2020 population: the printed total is +15.3132" in faults


def test_check_finds_a_table_nobody_reads(copy: Path) -> None:
    (copy / "statistics/extra.csv").write_text("region_code\n", encoding="utf-8")
    (fault,) = find_faults(copy)
    assert fault.en.startswith("tables/statistics/extra.csv: it is read by nobody; list it in")
