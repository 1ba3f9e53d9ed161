"""The tables as pandas, GeoPandas and a spreadsheet read them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal
from pyarrow import parquet
from shapely.geometry import shape

from dashboard.data.formats import FORMULA, harmless
from geodata.figures import COLUMNS, NUMBERS, plain
from geodata.outlines import right_handed
from geodata.records import FULL_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geodata.atlas import Atlas

    Fetch = Callable[[str], bytes]

TEXT = {name: "str" for name in COLUMNS if name not in NUMBERS}
EMPTY = dict.fromkeys(NUMBERS, "")


def frame(body: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(body), dtype=TEXT, keep_default_na=False, na_values=EMPTY)


def test_a_table_has_every_figure_of_the_atlas_with_its_provenance(
    fetch: Fetch, atlas: Atlas
) -> None:
    table = frame(fetch("gdp.csv?level=city"))
    assert tuple(table.columns) == COLUMNS
    for year in atlas.indicators["gdp"].years["city"]:
        column = atlas.values("gdp", year, "city")
        rows = table[table["year"] == year]
        assert list(rows["region_code"]) == list(column.codes)
        for row, value in zip(rows.itertuples(), column.values, strict=True):
            if value.value is None:
                assert (row.status, str(row.value)) == ("missing", "nan")
            else:
                assert (row.value, row.unit) == (value.value, value.unit)
                assert row.status == (value.status or "")
                assert row.source_ids == ";".join(value.source_ids)
                assert row.source_ids


def test_without_a_query_all_levels_and_years_come(fetch: Fetch, atlas: Atlas) -> None:
    table = frame(fetch("population.csv"))
    years = atlas.indicators["population"].years
    assert {level: tuple(sorted(set(g["year"]))) for level, g in table.groupby("level")} == years
    assert not table.duplicated(["level", "region_code", "year"]).any()


def test_a_computed_figure_brings_its_ingredients(fetch: Fetch) -> None:
    body = json.loads(fetch("lq_manufacturing.json?level=city&year=2020&benchmark=CN"))
    row = next(r for r in body["rows"] if r["region_code"] == "130200")
    here, total, there, whole = (i["value"] for i in row["ingredients"])
    assert row["value"] == pytest.approx(here / total / (there / whole))
    assert row["benchmark"] == "CN"
    used = {s for i in row["ingredients"] for s in i["source_ids"]} | set(row["source_ids"])
    assert used <= set(body["sources"])
    assert all(body["sources"][s]["title"] for s in used)
    text = frame(fetch("lq_manufacturing.csv?level=city&year=2020&benchmark=CN"))
    words = text.set_index("region_code")["ingredients"]["130200"]
    assert f"emp_manufacturing[130200 2020] = {here} 人 (official, census7_county)" in words


def test_a_circle_gives_its_full_members_only(fetch: Fetch, atlas: Atlas) -> None:
    table = frame(fetch("population.csv?level=county&year=2020&circle=capital"))
    assert set(table["role"]) <= FULL_ROLES
    members = {p.id for p in atlas.regions("county", "article/capital")}
    assert set(table["region_code"]) == members
    two = frame(fetch("population.csv?level=county&year=2020&circle=capital,tianjin"))
    assert set(two["region_code"]) == members | {
        p.id for p in atlas.regions("county", "article/tianjin")
    }


def test_circles_and_the_whole_are_levels_of_their_own(fetch: Fetch, atlas: Atlas) -> None:
    table = frame(fetch("gdp.csv?level=circle,region&year=2023")).set_index("region_code")
    assert set(table.index) == {"JJJ", *(c.key for c in atlas.circles("article"))}
    assert table["value"]["JJJ"] == atlas.value("gdp", "JJJ", "2023").value
    one = frame(fetch("gdp.csv?level=circle&year=2023&scheme=sjz2025&circle=shijiazhuang"))
    assert list(one["region_code"]) == ["sjz2025/shijiazhuang"]


@pytest.mark.parametrize("indicator", ["gdp", "gdp_per_capita"])
def test_gdp_of_a_circle_says_that_its_cities_stand_on_one_basis(
    fetch: Fetch, indicator: str
) -> None:
    """Tianjin 16,737 + Tangshan 9,133 + Cangzhou 4,440 + Langfang 3,608 in 2023, preliminary."""
    table = frame(fetch(f"{indicator}.csv?level=circle,region&year=2023"))
    shown = table[table["value"].notna() | table["subtotal"].notna()].set_index("region_code")
    circles = shown[shown.index != "JJJ"]
    assert len(circles)
    assert circles["note_zh"].str.contains("各市同口径").all()
    assert circles["note_en"].str.contains("cities on one basis").all()
    assert "各市同口径" not in str(shown["note_zh"]["JJJ"])
    people = 1_364 + 771.95 + 726.46 + 547.83
    expected = 33_918 if indicator == "gdp" else 10_000 * 33_918 / people
    assert shown["value"]["article/tianjin"] == pytest.approx(expected)


@pytest.mark.parametrize("query", ["?level=county&year=2020", "?level=circle&year=2020", "?"])
def test_geopandas_reads_the_outlines_of_a_parquet_file(fetch: Fetch, query: str) -> None:
    got = gpd.read_parquet(io.BytesIO(fetch(f"emp_share_finance.parquet{query}")))
    assert got.crs == "OGC:CRS84"
    assert got.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all()
    assert got["year"].dtype == "int32"
    for level, year in {*zip(got["level"], got["year"], strict=True)}:
        url = f"emp_share_finance.geojson?level={level}&year={year}"
        layer = gpd.read_file(io.BytesIO(fetch(url))).set_index("region_code")
        same = got[(got["level"] == level) & (got["year"] == year)].set_index("region_code")
        assert set(same.index) == set(layer.index)
        drawn = layer.loc[same.index].geometry
        assert same.geometry.geom_equals(drawn.set_crs("OGC:CRS84", allow_override=True)).all()


def test_a_parquet_file_is_of_geoparquet_1_1_with_the_bounds_of_each_outline(fetch: Fetch) -> None:
    body = fetch("emp_share_finance.parquet?level=county&year=2020")
    about = json.loads(parquet.read_schema(io.BytesIO(body)).metadata[b"geo"])
    outlines = about["columns"]["geometry"]
    assert about["version"] == "1.1.0"
    assert outlines["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    everything = gpd.read_parquet(io.BytesIO(body))
    assert outlines["bbox"] == list(everything.total_bounds)
    # Tianjin lies between 116.7° and 118.1° east; only files with bounds can be read in part.
    near = gpd.read_parquet(io.BytesIO(body), bbox=(117.1, 39.0, 117.3, 39.2))
    assert 0 < len(near) < len(everything)
    assert set(near["region_code"].str[:2]) == {"12"}


def test_spans_of_years_stay_text_in_a_parquet_file(fetch: Fetch) -> None:
    table = pd.read_parquet(io.BytesIO(fetch("population_change.parquet")))
    assert "2010-2020" in set(table["year"])


@pytest.mark.parametrize(
    "address",
    [
        "population.geojson?level=county&year=2020",
        "gdp.geojson?level=city&year=2023",
        "lq_mining.geojson?level=province",
        "gdp.geojson?level=circle&year=2023",
        "layout.geojson",
        "emp_share_finance.parquet",
    ],
)
def test_rings_run_as_rfc_7946_says(fetch: Fetch, address: str) -> None:
    body = fetch(address)
    if ".parquet" in address:
        shapes = list(gpd.read_parquet(io.BytesIO(body)).geometry)
    else:
        told = json.loads(body)
        assert "crs" not in told
        geometries = [f["geometry"] for f in told["features"] if f["geometry"]]
        places = [number for g in geometries for number in _flat(g["coordinates"])]
        assert all(len(repr(n).partition(".")[2]) <= 6 for n in places)
        shapes = [shape(g) for g in geometries]
    polygons = [p for s in shapes for p in getattr(s, "geoms", [s]) if p.geom_type == "Polygon"]
    assert polygons
    assert all(shapely.is_ccw(p.exterior) for p in polygons)
    assert not any(shapely.is_ccw(hole) for p in polygons for hole in p.interiors)


def _flat(places: Any) -> Iterator[float]:  # noqa: ANN401 - lists in lists
    for one in places:
        yield from _flat(one) if isinstance(one, list) else (one,)


def test_a_hole_runs_clockwise() -> None:
    around = [[0, 0], [0, 3], [3, 3], [3, 0], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    right = [around[::-1], hole[::-1]]
    for rings in ([around, hole], right, [around, hole[::-1]]):
        assert right_handed({"type": "Polygon", "coordinates": rings})["coordinates"] == right
        several = {"type": "MultiPolygon", "coordinates": [rings]}
        assert right_handed(several)["coordinates"] == [right]
    point = {"type": "Point", "coordinates": [1, 2]}
    assert right_handed(point) == point


def test_the_whole_has_no_outline_of_its_own(fetch: Fetch) -> None:
    got = gpd.read_parquet(io.BytesIO(fetch("gdp.parquet?level=region&year=2023")))
    assert got.geometry.isna().all()
    assert len(got) == 1


def test_csv_json_and_parquet_hold_the_same(fetch: Fetch) -> None:
    query = "?level=county&year=2010,2020"
    table = frame(fetch(f"emp_share_finance.csv{query}"))
    packed = pd.read_parquet(io.BytesIO(fetch(f"emp_share_finance.parquet{query}")))
    assert_frame_equal(
        table.astype({"year": "int32"}),
        packed.drop(columns=["geometry", "bbox"]),
        check_dtype=False,
    )
    rows = json.loads(fetch(f"emp_share_finance.json{query}"))["rows"]
    assert [r["region_code"] for r in rows] == list(table["region_code"])
    values = pd.Series([r["value"] for r in rows], dtype="float64", name="value")
    pd.testing.assert_series_equal(values, table["value"])


def test_a_spreadsheet_sees_chinese_and_pandas_no_mark(fetch: Fetch) -> None:
    with_mark, without = fetch("gdp.csv?year=2023"), fetch("gdp.csv?year=2023&bom=0")
    assert with_mark == b"\xef\xbb\xbf" + without
    assert without.startswith(b"indicator,level,")
    assert "北京市".encode() in without


@pytest.mark.parametrize("first", FORMULA)
def test_text_that_looks_like_a_formula_is_made_harmless(first: str) -> None:
    assert harmless(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"


def test_no_cell_of_text_begins_as_a_formula_and_numbers_stay_numbers(fetch: Fetch) -> None:
    body = fetch("population_change.csv?bom=0").decode()
    rows = list(csv.DictReader(io.StringIO(body)))
    assert any(row["value"].startswith("-") and float(row["value"]) < 0 for row in rows)
    cells = {cell for row in rows for name, cell in row.items() if name != "value"}
    assert not [cell for cell in cells if cell.startswith(FORMULA)]


@pytest.mark.parametrize(
    ("number", "written"), [(3.0, "3"), (0.1, "0.1"), (1e22, "1" + "0" * 22), (None, "None")]
)
def test_a_number_is_written_exactly(number: float | None, written: str) -> None:
    assert str(plain(number)) == written


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("population.geojson?level=county&year=2020", 199),
        ("gdp.geojson?level=city&year=2023", 14),
        ("lq_mining.geojson?level=province", 3),
        ("gdp.geojson?level=circle&year=2023", 3),
        ("gdp.geojson", 199),
    ],
)
def test_a_layer_opens_in_geopandas(fetch: Fetch, address: str, rows: int) -> None:
    layer = gpd.read_file(io.BytesIO(fetch(address)))
    assert len(layer) == rows
    assert layer.crs == "EPSG:4326"
    assert layer.geometry.is_valid.all()
    assert not layer.geometry.is_empty.any()
    assert set(COLUMNS) <= set(layer.columns)


def test_the_three_places_together_have_no_outline_of_their_own(fetch: Fetch) -> None:
    (feature,) = json.loads(fetch("gdp.geojson?level=region&year=2023"))["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["value"] > 0


def test_the_layout_has_circles_with_members_and_points(fetch: Fetch, atlas: Atlas) -> None:
    layer = gpd.read_file(io.BytesIO(fetch("layout.geojson?scheme=sjz2025")))
    assert {"circle", "city", "wing"} <= set(layer["what"])
    everything = json.loads(fetch("layout.geojson"))["features"]
    circles = {f["id"].partition("#")[0] for f in everything if "/" in f["id"]}
    drawn = {c.key for s in atlas.schemes for c in s.circles if atlas.circle_groups(s.id)}
    assert circles <= drawn
    assert {f["properties"]["scheme"] for f in everything if "/" in f["id"]} == {
        s.id for s in atlas.schemes
    }
    assert all(f["properties"]["source_ids"] for f in everything)
