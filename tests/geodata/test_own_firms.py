"""What a register that was brought along tells: of the cube as it is read again, and by hand."""

from __future__ import annotations

import csv
import pickle
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from geodata.facts.statistics import read_table
from geodata.ids import OWN_ID
from geodata.own import store
from geodata.own.beside import whole_sets
from geodata.own.errors import OwnError
from geodata.own.firms import where
from geodata.own.firms.counts import axes_of, read_cube
from geodata.own.firms.cube import FIRST_YEAR
from geodata.own.firms.figures import LEAST
from geodata.own.firms.importing import keep_firms, read_firms
from geodata.own.firms.keeping import POINTS
from geodata.own.firms.large import is_large, keep_large, read_large
from geodata.own.firms.preparing import counties
from geodata.own.firms.register import is_register
from geodata.own.firms.study import OwnFirms, own_firms, to_metres
from geodata.own.firms.where import files_in
from geodata.own.records import REFUSED
from geodata.places.regions import build_regions
from geodata.records import REGION_ID, Name, Site
from tests.benchmarks.firm_points import firms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


LAST = 2025
REGIONS = build_regions(read_table("regions"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        made = tmp_path_factory.mktemp("own")
        patch.setenv(store.ENVIRONMENT, str(made / "data"))
        path = made / "firms.parquet"
        parquet.write_table(firms(6_000, 5), path, row_group_size=2_000)
        kept = read_firms(path, "kept", year=LAST, system="wgs84")
        keep_firms(kept, path, "kept")
        counted = read_large(path, "counted", year=LAST, system="wgs84")
        keep_large(counted, path, "counted")
        assert counted.cube.digest() == kept.cube.digest()
        yield made


def opened(name: str, sites: tuple[Site, ...] = ()) -> OwnFirms:
    return OwnFirms(store.load(name), REGIONS, sites)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["kept", "counted"])
def test_the_cube_is_read_again_as_it_was(name: str) -> None:
    stored = store.load(name)
    found = read_cube(stored.folder, axes_of(stored.manifest))
    rows = stored.manifest["how"] | stored.manifest["why"]
    found = replace(found, rows=type(found.rows)(rows), blanked=stored.manifest["cells_refused"])
    assert found.digest() == stored.manifest["digest"]


def test_refused_rows_of_a_large_register_have_their_own_cells(folder: Path) -> None:
    stored = store.load("counted")
    header, *rows = csv.reader(
        (stored.folder / REFUSED).read_text(encoding="utf-8-sig").splitlines()
    )
    *columns, _file, _row, _why, _cure = header
    assert {"lon", "lat", "区划代码", "行业代码"} <= set(columns)
    assert len(rows) == stored.manifest["refused"] > 0
    source = parquet.read_table(folder / "firms.parquet").to_pylist()
    for *cells, _, row, why, _ in rows:
        own = source[int(row) - 1]
        assert cells == ["" if own[one] is None else str(own[one]) for one in columns]
        assert why


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("place", "division"), [(REGION_ID, None), ("131000", None), ("JJJ", 51)])
def test_entry_and_exit_are_those_of_the_firms_one_by_one(place: str, division: int | None) -> None:
    own = opened("kept")
    table = parquet.read_table(store.load("kept").folder / POINTS).to_pandas()
    codes = np.array(store.load("kept").manifest["axes"]["places"])[table["place"]]
    inside = [place in {c, *(one.id for one in REGIONS.parents(c))} for c in codes]
    table = table[inside]
    table = table if division is None else table[table["division"] == division]
    found = own.moves(place, division)
    assert found.years
    for at, year in enumerate(found.years):
        there = (table["born"] < year) & ((table["gone"] == -1) | (table["gone"] >= year))
        stock, born = int(there.sum()), int((table["born"] == year).sum())
        gone = int((table["gone"] == year).sum())
        assert (found.births[at], found.deaths[at]) == (born, gone)
        if stock < LEAST:
            assert np.isnan(found.entry[at])
        else:
            assert found.entry[at] == pytest.approx(born / stock)
            assert found.exit[at] == pytest.approx(gone / stock)
    assert found.years[-1] == max(table["born"].max(), table["gone"].max())


@pytest.mark.usefixtures("folder")
def test_a_division_with_few_firms_has_no_gamma() -> None:
    own = opened("counted")
    assert own.by_staff
    told = {one.division: one for one in own.gammas}
    assert [one.gamma for one in own.gammas] == sorted(g.gamma for g in told.values())[::-1]
    for division in range(1, 98):
        assert (division in told) == (own.firms[division] >= LEAST)


@pytest.mark.usefixtures("folder")
def test_distances_of_cells_are_within_half_a_percent_of_those_of_all_pairs() -> None:
    own = opened("counted")
    found = own.distances(own.largest)
    assert found is not None
    table = parquet.read_table(store.load("kept").folder / POINTS).to_pandas()
    of = table[(table["division"] == own.largest) & (table["gone"] == -1) & table["lon"].notna()]
    assert found.firms == len(of)
    x, y = to_metres(of["lon"].to_numpy(), of["lat"].to_numpy())
    above = np.triu_indices(len(x), 1)
    apart = np.hypot(x[above[0]] - x[above[1]], y[above[0]] - y[above[1]]) / 1000
    at = found.km[::20]
    both = (np.exp(-0.5 * ((d - apart) / 5) ** 2) for d in at)
    mirrored = (np.exp(-0.5 * ((d + apart) / 5) ** 2) for d in at)
    exact = np.array([(a + b).mean() for a, b in zip(both, mirrored, strict=True)])
    exact /= 5 * np.sqrt(2 * np.pi)
    error = np.abs(found.density[::20] - exact).max()
    assert error < 0.005 * found.density.max()
    assert (found.bands.low <= found.bands.high).all()
    assert own.distances(own.largest) is found


def spots(n: int) -> pa.Table:
    """Return firms within 200 m of two spots, twice as many at the first, some far from both."""
    chance = np.random.default_rng(3)
    east, north = chance.uniform(-0.001, 0.001, (2, 3 * n))
    lon = np.where(np.arange(3 * n) < 2 * n, 115.5025, 117.1025) + east
    lat = np.where(np.arange(3 * n) < 2 * n, 38.8725, 39.1325) + north
    far = np.arange(4)
    lon, lat = np.append(lon, 115.0 + 0.3 * far), np.append(lat, 38.0 + 0.2 * far)
    industry = pa.array(["3911"] * len(lon))
    return pa.table({"lon": lon, "lat": lat, "行业代码": industry})


def site(name: str, *regions: str) -> Site:
    return Site(
        id=name,
        name=Name(name, name),
        what="park",
        kind="bonded",
        level="",
        industry="",
        regions=regions,
        lon=115.5,
        lat=38.9,
        year="2024",
        scale=None,
        metric="",
        source_ids=(),
        at_label=True,
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["dots", "cells"])
def test_clusters_stand_beside_the_named_sites(name: str, tmp_path: Path) -> None:
    path = tmp_path / "spots.parquet"
    parquet.write_table(spots(30), path)
    if name == "dots":
        keep_firms(read_firms(path, name, system="wgs84"), path, name)
    else:
        keep_large(read_large(path, name, system="wgs84"), path, name)
    raster = counties()
    middle = raster.county_of(np.array([115.5025, 117.1025]), np.array([38.8725, 39.1325]))
    first, second = (raster.codes[at] for at in middle)
    near, both = site("near", second), site("both", first, second)
    # A site that is told to a city, and one where there are no firms.
    sites = (near, both, site("wide", "130600"), site("empty", "110101"))
    found = opened(name, sites).clustered(39)
    assert found is not None
    assert (found.firms, found.found, found.inside) == (94, 2, 90)
    assert [one.firms for one in found.clusters] == [60, 30]
    assert [one.county for one in found.clusters] == [first, second]
    assert [one.sites for one in found.clusters] == [(both,), (near, both)]
    assert found.beside == ((both, 90), (near, 30))
    assert found.wider == 1
    assert opened(name).clustered(13) is None
    store.remove(name)


@pytest.mark.usefixtures("folder")
def test_a_register_without_its_axes_is_told_and_left_out() -> None:
    faults: dict[str, OwnError] = {}
    found = whole_sets(["kept", "nowhere"], lambda *_: None)
    (one,) = own_firms(found, REGIONS, (), faults.__setitem__)
    assert (one.source_id, faults) == (OWN_ID + "kept", {})
    (bare,) = (replace(one, manifest={"kind": store.FIRMS}) for one in found)
    assert own_firms([bare], REGIONS, (), faults.__setitem__) == ()
    assert list(faults) == ["kept"]


def test_a_store_that_is_read_by_address_counts_as_a_folder_does(folder: Path) -> None:
    home = folder / "store"
    home.mkdir(exist_ok=True)
    for number in range(2):
        parquet.write_table(firms(400, number), home / f"{number}.parquet")
    (home / "notes.txt").write_text("no firms", encoding="utf-8")
    address = home.as_uri()
    assert address.startswith("file:///")
    assert is_large(address)
    here = read_large(home, "here", year=LAST, system="wgs84")
    there = read_large(address, "there", year=LAST, system="wgs84")
    assert there.rows == here.rows == 800
    assert there.cube.digest() == here.cube.digest()
    source = keep_large(here, home, "here").manifest["source"]
    assert keep_large(there, address, "there").manifest["source"] == source
    assert source["name"] == "store"
    assert files_in(f"{address}/1.parquet") == [f"{address}/1.parquet"]
    for name in ("here", "there"):
        store.remove(name)


@pytest.mark.parametrize(
    ("file", "of"),
    [("nothing://bucket/firms", "no_store"), ("file:///nowhere/firms", "no_parquet")],
)
def test_a_store_that_cannot_be_read_says_so(file: str, of: str) -> None:
    with pytest.raises(OwnError) as refused:
        read_large(file, "mine", system="wgs84")
    assert refused.value.of == of
    assert file in str(refused.value)


def test_moments_are_of_the_day_here_and_nested_cells_are_told(tmp_path: Path) -> None:
    midnight = pa.array([datetime(1997, 12, 31, 16, tzinfo=UTC)], pa.timestamp("ms", "UTC"))
    table = pa.table({"lon": [116.46], "lat": [39.91], "founded": midnight})
    parquet.write_table(table, tmp_path / "a.parquet")
    cube = read_large(tmp_path, "a", year=LAST, system="wgs84").cube
    assert np.flatnonzero(cube.born.sum(axis=(0, 1))).tolist() == [1998 - FIRST_YEAR + 2]
    nested = table.set_column(2, "founded", pa.array([["1998"]]))
    parquet.write_table(nested, tmp_path / "a.parquet")
    with pytest.raises(OwnError, match="founded") as refused:
        read_large(tmp_path, "a", year=LAST, system="wgs84")
    assert refused.value.of == "nested_columns"


@pytest.mark.parametrize(
    ("header", "register"),
    [
        (("区划代码", "经营状态"), True),
        (("序号", "区县", "登记状态（2024）"), True),
        (("区划代码", "状态"), True),
        (("区划代码", "名称", "状态", "地区生产总值"), False),
        (("code", "status", "gdp"), False),
        (("区划代码", "年份", "从业人员"), False),
    ],
)
def test_codes_with_what_became_of_a_firm_are_a_register(
    header: tuple[str, ...], *, register: bool
) -> None:
    assert is_register(header) == register


@pytest.mark.parametrize("address", ["name:sesame@bucket/firms", "bucket/firms?secret_key=sesame"])
def test_an_address_holds_no_key(address: str) -> None:
    with pytest.raises(OwnError) as refused:
        read_large(f"s3://{address}", "mine")
    assert refused.value.of == "key_in_address"
    assert "sesame" not in str(refused.value)


class Bucket(BaseHTTPRequestHandler):
    """Answers as an object store of the kind of S3 does, with the files that it was given."""

    protocol_version = "HTTP/1.1"
    files: ClassVar[dict[str, bytes]] = {}

    def do_HEAD(self) -> None:
        self._answer(self.files.get(unquote(self.path.partition("?")[0])))

    def do_GET(self) -> None:
        if "list-type" not in self.path:
            self.do_HEAD()
            return
        names = "".join(
            f"<Contents><Key>{path.removeprefix('/bucket/')}</Key>"
            f"<Size>{len(content)}</Size></Contents>"
            for path, content in self.files.items()
        )
        told = f"<KeyCount>{len(self.files)}</KeyCount><IsTruncated>false</IsTruncated>"
        self._answer(f"<ListBucketResult>{told}{names}</ListBucketResult>".encode())

    def _answer(self, content: bytes | None) -> None:
        first, _, last = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")
        part = (content or b"")[int(first) : int(last or len(content or b"")) + 1]
        self.send_response(404 if content is None else 206 if "Range" in self.headers else 200)
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(part)

    def log_message(self, *_: Any) -> None:  # noqa: ANN401 - those of the library
        """Say nothing."""


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give keys, and none of the addresses that a machine may have."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "name")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "sesame")
    for one in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(one, raising=False)


@pytest.mark.usefixtures("surroundings")
def test_a_folder_of_an_object_store_counts_as_one_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told behind the address or by the surroundings, whatever letters the names have."""
    for at, name in enumerate(("名录 100%.parquet", "b.parquet")):
        parquet.write_table(firms(300, at), tmp_path / name)
        content = (tmp_path / name).read_bytes()
        monkeypatch.setitem(Bucket.files, f"/bucket/京津冀/{name}", content)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    Thread(target=server.serve_forever, daemon=True).start()
    host = f"127.0.0.1:{server.server_port}"
    here = read_large(tmp_path, "mine", year=LAST, system="wgs84")
    told = f"s3://bucket/京津冀/?endpoint_override={host}&scheme=http&region=us-east-1"
    assert read_large(told, "mine", year=LAST, system="wgs84").cube.digest() == here.cube.digest()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}")
    assert len(files_in("s3://bucket/京津冀")) == 2
    server.shutdown()
    server.server_close()
    with pytest.raises(OwnError, match=host) as refused:
        files_in(told)
    assert refused.value.of == "silent_store"


@pytest.mark.usefixtures("surroundings")
def test_a_store_that_is_silent_is_told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(where, "ANSWERED", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        with pytest.raises(OwnError, match=host) as refused:
            files_in(f"s3://bucket/firms?endpoint_override={host}&scheme=http&region=us-east-1")
        assert refused.value.of == "silent_store"
        assert time.monotonic() - begun < 15


def test_a_fault_is_handed_from_one_process_to_another() -> None:
    fault = OwnError(of="silent_store", address="s3://bucket", why=OSError("gone"))
    handed = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own
    assert (handed.of, str(handed)) == (fault.of, str(fault))
