"""An enterprise register from its bytes to counts of places: placed, refused, counted, mended."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from geodata import own_table
from geodata.own import child, reading, store
from geodata.own.columns import ColumnMap, read_map
from geodata.own.errors import OwnError
from geodata.own.firms import keeping
from geodata.own.firms.importing import FirmsRead, files_of, keep_firms, read_firms
from geodata.own.firms.preparing import counties
from geodata.own.firms.register import KEYS
from geodata.own.firms.shifts import gcj_to_bd, wgs_to_gcj
from geodata.own.records import REFUSED
from geodata.own.words import keys
from tests.geodata.test_own_place import CASES

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "编号,企业名称,电话,区划代码,经度,纬度,行业代码,成立日期,注销日期,从业人员\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(store.ENVIRONMENT, str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open files here: a process for each takes most of the time of a test."""

    def opened(path: Path, out: Path, sheet: str) -> dict[str, object]:
        return {**child.convert(path, out, sheet), "file": str(out)}

    monkeypatch.setattr(reading, "_in_child", opened)


def expected(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(folder: Path, text: str, name: str = "firms.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def place(read: FirmsRead, at: int) -> str:
    position = int(read.batch.firms.place[at])
    return read.rules.places[position] if position >= 0 and not read.batch.refused[at] else ""


def told(read: FirmsRead, at: int) -> set[str]:
    batch = read.batch
    numbers = [batch.refused, batch.how, *batch.cells.values(), *batch.notes]
    return {keys()[one[at]] for one in numbers}


def values(read: FirmsRead) -> dict[tuple[str, int, str], float]:
    return {(one.region, one.year, one.measure.zh): one.value for one in read.figures}


def test_the_golden_set_of_fields() -> None:
    read = read_firms(CASES / "04_firms.csv", "mine")
    lines = expected("04_firms.expected.csv")
    assert len(lines) == 42
    for line in lines:
        at = int(line["row"]) - 2
        found = (
            place(read, at)
            if line["field"] == "place"
            else str(getattr(read.batch.firms, line["field"])[at])
        )
        assert found == line["value"], line
        assert not line["reason"] or line["reason"] in told(read, at), line
    assert (read.rows, read.placed, read.refused) == (10, 6, 4)


def test_the_golden_set_of_points() -> None:
    read = read_firms(CASES / "05_points.csv", "mine")
    for line in expected("05_points.expected.csv"):
        at = int(line["row"]) - 2
        assert place(read, at) == line["place"], line
        assert not line["told"] or line["told"] in told(read, at), line
        if line["lon"]:
            assert read.batch.firms.lon is not None
            assert read.batch.firms.lat is not None
            assert read.batch.firms.lon[at] == pytest.approx(float(line["lon"]), abs=2e-6)
            assert read.batch.firms.lat[at] == pytest.approx(float(line["lat"]), abs=2e-6)
    assert (read.rows, read.placed, read.refused) == (19, 11, 8)


def register(points: list[tuple[str, float, float]]) -> str:
    rows = [
        f"{n},示例{n},13800000000,{c},{x},{y},3911,2001,,5" for n, (c, x, y) in enumerate(points)
    ]
    return HEADER + "\n".join(rows) + "\n"


def invented(n: int, system: str, wrong: float = 0.05) -> list[tuple[str, float, float]]:
    """Return points over the three places with the codes of their counties, some of them wrong."""
    chance = np.random.default_rng(8)
    lon, lat = chance.uniform(113.4, 119.9, 4 * n), chance.uniform(36, 42.7, 4 * n)
    county = counties().county_of(lon, lat)
    inside = np.flatnonzero(county >= 0)[:n]
    lon, lat, codes = lon[inside], lat[inside], np.array(counties().codes)[county[inside]]
    bad = chance.random(len(codes)) < wrong
    codes[bad] = chance.choice(counties().codes, bad.sum())
    if system != "wgs84":
        lon, lat = wgs_to_gcj(lon, lat)
    if system == "bd09":
        lon, lat = gcj_to_bd(lon, lat)
    return list(zip(codes.tolist(), lon.round(6).tolist(), lat.round(6).tolist(), strict=True))


@pytest.mark.parametrize("system", ["wgs84", "gcj02", "bd09"])
def test_the_system_of_points_is_told_by_the_codes_beside_them(tmp_path: Path, system: str) -> None:
    read = read_firms(written(tmp_path, register(invented(3_000, system))), "mine")
    assert read.rules.system == system
    # Nine in ten points lie in the county that is written; 5 % of codes were made wrong.
    marked = read.batch.marked()["code_apart"]
    assert 0.03 * 3_000 < marked < 0.07 * 3_000


def test_without_codes_the_system_is_asked_for_and_never_assumed(tmp_path: Path) -> None:
    text = register([("", 116.4122, 39.9402)] * 600)
    with pytest.raises(OwnError, match="--crs wgs84"):
        read_firms(written(tmp_path, text), "mine")
    assert read_firms(written(tmp_path, text), "mine", system="gcj02").placed == 600


def test_a_few_rows_beside_codes_are_too_few_to_tell(tmp_path: Path) -> None:
    with pytest.raises(OwnError, match="--crs"):
        read_firms(written(tmp_path, register(invented(6, "gcj02", 0))), "mine")


LIVES = HEADER + (
    # 三河 131082 (116.87, 39.97) and 大厂 131028, both in Langfang 131000, Hebei 130000.
    "1,甲,1,131082,116.874262,39.967673,C3911,2001-03-01,,10\n"
    "2,乙,1,131082,116.874262,39.967673,3911,2001,2003-05-01,20\n"
    "3,丙,1,131028,,,6510,2003,2003-01-01,30\n"
    "4,丁,1,131028,,,6510,2002,,40\n"
    "5,戊,1,131028,,,6510,,,\n"
    "6,己,1,131082,116.4122,39.9402,C3911,2004,2003-01-01,7\n"
    "7,庚,1,999999,,,C3911,2004,,7\n"
)


def test_firms_are_counted_by_place_and_year(tmp_path: Path) -> None:
    read = read_firms(written(tmp_path, LIVES), "mine", system="wgs84")
    assert (read.rows, read.placed, read.refused) == (7, 6, 1)
    got = values(read)
    # Row 6 lies in Dongcheng 110101 whatever its code says; it closed before it was founded, so
    # that it is gone and nobody knows since when.
    assert {key: got[key] for key in got if key[2] == "企业数"} == {
        ("131082", 0, "企业数"): 1,
        ("131028", 0, "企业数"): 2,
        ("131000", 0, "企业数"): 3,
        ("130000", 0, "企业数"): 3,
        ("110101", 0, "企业数"): 0,
        ("110000", 0, "企业数"): 0,
    }
    years = (2001, 2002, 2003, 2004)
    assert [got["131000", y, "新设企业数"] for y in years] == [2, 1, 1, 0]
    assert [got["131000", y, "退出企业数"] for y in years] == [0, 0, 2, 0]
    assert [got["131000", y, "年末企业数"] for y in years] == [2, 3, 2, 2]
    assert [got["131082", y, "年末企业数"] for y in years] == [2, 2, 1, 1]
    assert got["131028", 0, "从业人员（有数的企业）"] == 40
    assert got["131082", 0, "从业人员（有数的企业）"] == 10
    assert read.manifest()["undated"] == 2
    assert told(read, 5) >= {"code_apart", "closed_before", "by_point"}


def test_what_is_kept_is_an_own_table_like_any_other(tmp_path: Path) -> None:
    path = written(tmp_path, LIVES)
    read = read_firms(path, "mine", system="wgs84", year=2010)
    keep_firms(read, path, "mine")
    table = own_table("mine").set_index(["region_code", "year", "measure"])["value"]
    assert table["131000", "2003", "年末企业数"] == 2
    assert table["131028", "2010", "企业数"] == 2
    assert len(table) == len(read.figures)


def test_names_and_telephones_are_dropped_unless_they_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path, LIVES)
    stored = keep_firms(read_firms(path, "mine", system="wgs84"), path, "mine")
    for file in stored.folder.iterdir():
        blob = file.read_bytes()
        # The manifest tells that there were such columns, and no more of them.
        assert "企业名称".encode() not in blob or file.name == store.MANIFEST
        assert "庚".encode() not in blob
    read = read_firms(path, "mine", system="wgs84", keep=["企业名称"])
    firms = keep_firms(read, path, "mine").folder / keeping.POINTS
    assert parquet.read_table(firms)[keeping.KEPT + "企业名称"].to_pylist() == list("甲乙丙丁戊己")
    assert "庚" in files_of(read)[REFUSED].decode()


def test_credit_codes_are_kept_as_numbers_that_tell_nothing() -> None:
    path = CASES / "04_firms.csv"
    first, second = (keep_firms(read_firms(path, name), path, name) for name in ("a", "b"))
    hashes = [
        parquet.read_table(one.folder / keeping.POINTS)[keeping.ID].to_pylist()
        for one in (first, second)
    ]
    assert len(set(hashes[0])) == 6
    assert not set(hashes[0]) & set(hashes[1])
    assert b"91131082MA0AAAAA1A" not in (first.folder / keeping.POINTS).read_bytes()


def test_refused_rows_are_mended_and_imported_alone(tmp_path: Path) -> None:
    path = written(tmp_path, LIVES)
    stored = keep_firms(read_firms(path, "mine", system="wgs84"), path, "mine")
    refused = (stored.folder / REFUSED).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(refused)))
    assert [row[-4] for row in rows[1:]] == ["7", "8"]
    # The day of closing of line 7 and the code of line 8 are mended.
    mended = refused.replace("2003-01-01", "2009-01-01").replace("999999", "131028")
    again = written(tmp_path, mended, "mended.csv")
    read = read_firms(again, "mine")
    assert (read.rows, read.placed, read.refused) == (7, 7, 0)
    got = values(read)
    assert got["131028", 2004, "新设企业数"] == 1
    assert got["110101", 2009, "退出企业数"] == 1
    assert got["131000", 2003, "年末企业数"] == 2
    keep_firms(read, again, "mine")
    assert store.load("mine").manifest["how"] == {"by_point": 3, "as_today": 4}


def test_a_twin_that_was_refused_stays_refused_when_it_comes_alone(tmp_path: Path) -> None:
    path = CASES / "04_firms.csv"
    stored = keep_firms(read_firms(path, "mine"), path, "mine")
    refused = (stored.folder / REFUSED).read_text(encoding="utf-8-sig")
    again = read_firms(written(tmp_path, refused), "mine")
    assert again.placed == 6
    assert again.manifest()["why"]["duplicate"] == 1


def test_cells_like_formulas_are_written_as_text() -> None:
    path = CASES / "04_firms.csv"
    blob = files_of(read_firms(path, "mine", keep=["企业名称"]))[REFUSED]
    names = [row[0] for row in csv.reader(io.StringIO(blob.decode("utf-8-sig")))]
    assert "'=HYPERLINK(虚构十)" in names


def test_a_map_says_what_a_column_is(tmp_path: Path) -> None:
    text = "a,b,c,d\n116.4122,39.9402,82,歇业\n116.4122,39.9402,3911,歇业\n"
    said = tmp_path / "map.toml"
    said.write_text(
        'lon = "a"\nlat = "b"\nindustry = "c"\nstatus = "d"\nedition = 2011\n'
        '[statuses]\n"歇业" = "yes"\n',
        encoding="utf-8",
    )
    read = read_firms(written(tmp_path, text), "mine", read_map(said, KEYS), system="wgs84")
    assert read.placed == 2
    # 82 of the edition of 2011 is education, 83 in that of 2017.
    assert read.batch.firms.division.tolist() == [83, 39]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"edition": 2002}, "edition"),
        ({"statuses": {"歇业": "perhaps"}}, "statuses"),
        ({"keep": "企业名称"}, "keep"),
        ({"lon": "没有这列"}, "没有这列"),
    ],
)
def test_a_map_that_cannot_be_is_refused(
    tmp_path: Path, said: dict[str, object], fault: str
) -> None:
    with pytest.raises(OwnError, match=fault):
        read_firms(written(tmp_path, LIVES), "mine", ColumnMap(said), system="wgs84")


def test_a_register_without_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OwnError, match="credit codes"):
        read_firms(written(tmp_path, "企业名称,成立日期\n甲,2001\n"), "mine")


def test_parquet_with_types_says_the_same_as_text(tmp_path: Path) -> None:
    text = written(tmp_path, LIVES)
    frame = pd.read_csv(text, dtype=str)
    frame["经度"], frame["纬度"] = (frame[one].astype(float) for one in ("经度", "纬度"))
    frame["从业人员"] = frame["从业人员"].astype("Int64")
    typed = tmp_path / "firms.parquet"
    parquet.write_table(pa.Table.from_pandas(frame), typed)
    both = [read_firms(one, "mine", system="wgs84") for one in (text, typed)]
    assert both[0].cube.digest() == both[1].cube.digest()


@pytest.mark.parametrize(
    ("province", "city", "address", "found", "why"),
    [
        ("河北省", "廊坊市", "河北省廊坊市三河市燕郊镇燕顺路1号", "131082", "by_address"),
        ("", "", "河北廊坊三河市燕郊镇燕顺路1号", "131082", "by_address"),
        ("北京市", "北京市", "海淀区中关村大街1号", "110108", "by_address"),
        ("", "", "北京市市辖区海淀区中关村大街1号", "110108", "by_address"),
        ("", "", "天津市河北区中山路1号", "120105", "by_address"),
        ("河北省", "石家庄市", "新华区中华北大街1号", "130105", "by_address"),
        ("", "", "北京市宣武区广安门内大街1号", "110102", "by_address"),  # 西城区 today
        ("", "", "张家口市宣化县钟楼大街1号", "130700", "by_address"),  # divided: the city
        ("", "", "天津经济技术开发区黄海路1号", "", "address_unread"),
        ("天津市", "天津市", "天津经济技术开发区黄海路1号", "120000", "own_name"),
        ("河北省", "沧州市", "沧县路1号", "130900", "own_name"),  # a road
        ("", "", "北京路1号", "", "address_unread"),
        ("", "", "朝阳区建国路1号", "", "address_alone"),
        ("", "", "吉林省长春市朝阳区", "", "out"),
        ("河北省", "保定市", "廊坊市三河市燕郊镇", "", "not_there"),
        ("", "", "", "", "no_place"),
    ],
)
def test_an_address_tells_the_county_below_its_city(  # noqa: PLR0913, PLR0917 - a row
    tmp_path: Path, province: str, city: str, address: str, found: str, why: str
) -> None:
    read = read_firms(
        written(tmp_path, f"省,市,地址,成立日期\n{province},{city},{address},2001\n"), "mine"
    )
    assert (place(read, 0), why in told(read, 0)) == (found, True)


def test_of_an_address_no_more_is_written_than_the_names_of_places(tmp_path: Path) -> None:
    text = "地址,经营状态\n北京市海淀区中关村大街1号,歇业\n北京市海淀区清华路2号,存续\n"
    path = written(tmp_path, text)
    keep_firms(read_firms(path, "mine"), path, "mine")
    refused = (store.load("mine").folder / REFUSED).read_text("utf-8-sig")
    assert refused.splitlines()[1].startswith("北京市海淀区,歇业,2,")
    # What was written is enough to find the county again, where the row is mended.
    again = read_firms(written(tmp_path, refused.replace("歇业", "存续"), "b.csv"), "mine")
    assert (again.placed, place(again, 0)) == (2, "110108")
    kept = read_firms(path, "mine", keep=["地址"])
    assert "中关村大街" in files_of(kept)[REFUSED].decode()


PLACES = ["", "131082", "110101", "1", "三河", "116.4", "39.9", "0", "-", "\u3000", "９", "1e300"]
OTHERS = ["C3911", "82", "2001-03-01", "2099-01-01", "1900-01-01", "注销", "'=1", "nan", "999999"]
CELLS = st.sampled_from(PLACES + OTHERS)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=10, max_size=10), min_size=1, max_size=12))
def test_every_row_is_placed_or_refused(tmp_path: Path, rows: list[list[str]]) -> None:
    text = HEADER + "\n".join(",".join([f"r{n}", *row[1:]]) for n, row in enumerate(rows)) + "\n"
    read = read_firms(written(tmp_path, text), "mine", system="wgs84")
    assert read.rows == len(rows) == read.placed + read.refused
    counted = read.cube.born.sum()
    assert counted == read.placed == read.firms.num_rows
    assert sum(read.manifest()["why"].values()) == read.refused
