"""`import geodata as jjj`: figures by the names people use, with what a quotation needs."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest

import geodata as jjj
from geodata.build import cache
from geodata.errors import CacheError, UnknownNameError
from geodata.facts.statistics import read_table
from geodata.figures import COLUMNS
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

HEAVY = {"pandas", "numpy", "geopandas", "shapely", "scipy", "pyarrow", "dash", "plotly", "flask"}
NAME = "制造业区位商"


@pytest.fixture(autouse=True)
def _built(_no_user_cache: None, manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.ENVIRONMENT, str(manifest.folder.parent))


def modules_after(code: str) -> set[str]:
    line = [sys.executable, "-c", f"{code}\nimport sys, json; print(json.dumps([*sys.modules]))"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_importing_it_loads_nothing_heavy() -> None:
    loaded = modules_after("import geodata as jjj\nassert 'map' in dir(jjj)")
    assert loaded & HEAVY == set()
    assert {name for name in loaded if name.startswith("geodata")} == {"geodata"}


def test_a_table_needs_neither_geometry_nor_the_screen() -> None:
    loaded = modules_after("import geodata as jjj; jjj.table('gdp', 2023, level='city')")
    assert loaded & {"geopandas", "shapely", "dash", "plotly", "flask"} == set()
    assert not any(name.startswith("dashboard") for name in loaded)


def test_what_it_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'plot'"):
        jjj.plot  # noqa: B018


def test_a_map_has_the_full_members_of_a_circle_with_their_figures(atlas: Atlas) -> None:
    got = jjj.map(NAME, 2020, circle="天津都市圈")
    assert isinstance(got, gpd.GeoDataFrame)
    # The article names Tianjin, Tangshan, Cangzhou and Langfang.
    regions = read_table("regions")
    of = regions["prefecture_code"].isin(["120000", "130200", "130900", "131000"])
    assert set(got["region_code"]) == {*regions[of & (regions["level"] == "county")]["region_code"]}
    column = atlas.values("lq_manufacturing", "2020", "county")
    values = dict(zip(column.codes, (one.value for one in column.values), strict=True))  # noqa: PD011
    assert [values[code] for code in got["region_code"]] == got["value"].tolist()
    assert set(got["level"]) == {"county"}


def test_a_map_has_the_outlines_of_the_build(manifest: Manifest) -> None:
    got = jjj.map("gdp", 2023, level="city")
    drawn = json.loads(manifest.path("prefecture-detail.geojson").read_bytes())["features"]
    for code, shape in zip(got["region_code"], got.geometry, strict=True):
        (one,) = [f for f in drawn if f["id"] == code]
        read = gpd.GeoDataFrame.from_features([one | {"properties": {}}])
        assert shape.equals(read.geometry.iloc[0])
    assert got.crs == "OGC:CRS84"


def test_the_provenance_travels_with_the_frame(atlas: Atlas) -> None:
    attrs = jjj.map(NAME, 2020, circle="天津都市圈").attrs
    assert attrs["indicator"] == "lq_manufacturing"
    assert attrs["name"] == {"zh": NAME, "en": "Manufacturing: location quotient"}
    assert (attrs["circle"], attrs["benchmark"]) == ("article/tianjin", "JJJ")
    assert (attrs["levels"], attrs["years"]) == (["county"], ["2020"])
    assert attrs["sources"].keys() == {"census7_county"}
    assert attrs["sources"]["census7_county"]["title"] == atlas.source("census7_county").title
    assert "GS(2024)0650" in attrs["boundaries"]
    assert json.loads(json.dumps(attrs)) == attrs
    yearly = jjj.table("gdp", level="city").attrs
    assert yearly["boundaries"] == yearly["benchmark"] == yearly["circle"] == ""
    assert {one["level"] for one in yearly["breaks"]} <= {"city"}


def test_a_table_has_every_place_and_year_with_status_and_sources(atlas: Atlas) -> None:
    got = jjj.table("gdp", level="city")
    years = atlas.indicators["gdp"].years["city"]
    assert list(got.columns) == list(COLUMNS)
    assert len(got) == 14 * len(years)
    cell = got[(got["region_code"] == "130100") & (got["year"] == "2013")].iloc[0]
    assert cell["value"] == atlas.value("gdp", "130100", "2013").value
    gaps = got[got["value"].isna()]
    assert set(gaps["status"]) <= {"missing"}
    assert (got[got["value"].notna()]["source_ids"] != "").all()


@pytest.mark.parametrize("year", [2020, "2020", [2020], ("2020",), range(2020, 2021)])
def test_a_year_may_be_a_number_a_text_or_several(year: Any) -> None:  # noqa: ANN401
    got = jjj.table(NAME, year, level="county")
    pd.testing.assert_frame_equal(got, jjj.table("lq_manufacturing", "2020", level="county"))


def test_without_a_year_a_table_has_all_and_a_map_the_latest(atlas: Atlas) -> None:
    years = atlas.indicators["gdp"].years
    assert set(jjj.table("gdp")["year"]) == {y for of in years.values() for y in of}
    latest = max(y for of in years.values() for y in of)
    assert set(jjj.map("gdp")["year"]) == set(jjj.table("gdp", "latest")["year"]) == {latest}


def test_circles_and_the_whole_are_levels_too(atlas: Atlas) -> None:
    circles = jjj.map("gdp", 2023, level="circle", scheme="article")
    for row in circles.itertuples():
        value = atlas.value("gdp", str(row.region_code), "2023").value
        assert row.value == value if value is not None else pd.isna(row.value)
    # Who belongs to the capital circle was never drawn: its members have a subtotal, no total.
    capital = circles.set_index("region_code").loc["article/capital"]
    assert pd.isna(capital["value"])
    assert capital["subtotal"] > 0
    assert circles.geometry.notna().all()
    whole = jjj.table("gdp", 2023, level="region")
    assert list(whole["value"]) == [atlas.value("gdp", "JJJ", "2023").value]


def test_the_benchmark_is_that_asked_for(atlas: Atlas) -> None:
    got = jjj.table("lq_mining", 2020, level="city", benchmark="CN")
    tangshan = got[got["region_code"] == "130200"].iloc[0]
    assert tangshan["value"] == atlas.value("lq_mining", "130200", "2020", "CN").value
    assert tangshan["benchmark"] == got.attrs["benchmark"] == "CN"


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: jjj.place("桥西区"), ["130104", "130703", "可指 2 个", "fits 2 places"]),
        (lambda: jjj.place("上海"), ["尚义县（130725）", "Shangyi (130725)"]),
        (lambda: jjj.place("Shijiazuang"), ["石家庄市（130100）", "Shijiazhuang (130100)"]),
        (lambda: jjj.table("gdpp"), ["gdp_published", "close to it"]),
        (lambda: jjj.table("人均地区生产总值"), ["gdp_per_capita_published", "fits 4 indicators"]),
        (lambda: jjj.map("zzz"), ["population"]),
        (lambda: jjj.map("gdp", 1999, level="city"), ["1999", "2013–2025", "at level city"]),
        (lambda: jjj.table(NAME, 2015, level="county"), ["2015", "2010, 2020"]),
        (lambda: jjj.table("gdp", [2023, 1066]), ["1066"]),
        (lambda: jjj.table("rd_intensity", level="county"), ["city", "province"]),
        (
            lambda: jjj.table("gdp", level="town"),  # type: ignore[arg-type]
            ["county, city, province, circle, region"],
        ),
        (lambda: jjj.table("gdp", circle="上海都市圈"), ["article/tianjin"]),
        (lambda: jjj.table("gdp", circle="石家庄市"), ["article/shijiazhuang"]),
        (lambda: jjj.table("gdp", circle="天津都市圈", scheme="sjz2025"), ["sjz2025/shijiazhuang"]),
        (lambda: jjj.table("gdp", scheme="x"), ["article", "plan2026"]),
        (lambda: jjj.table("lq_mining", benchmark="EU"), ["JJJ, CN, YRD, GD"]),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence_that_lists_what_there_is(
    ask: Callable[[], object], says: list[str]
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        ask()
    zh, en = str(caught.value).splitlines()
    assert zh.endswith("。")
    assert en.endswith(".")
    assert [word for word in says if word not in str(caught.value)] == []


def test_a_cache_without_a_build_is_said_with_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path / "none"))
    with pytest.raises(CacheError, match=r"其中没有任何图层；请先运行 jjj-atlas build"):
        jjj.place("石家庄")
    (tmp_path / "build-0123").mkdir()
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path))
    with pytest.raises(CacheError, match=r"it has build-0123 only; run `jjj-atlas build`"):
        jjj.map("gdp")


HEADS = ["gdp_per_capita", "gdp_per_capita_alike", "gdp_per_capita_published"]


def test_a_search_finds_by_words_in_any_order() -> None:
    found = jjj.search("gdp per head")
    assert list(found["id"]) == [*HEADS, "gdp_per_head_census"]
    assert set(jjj.search("人均GDP")["id"]) == set(found["id"])
    assert "lq_manufacturing" in set(jjj.search("区位商 制造业")["id"])
    assert list(jjj.search("桥西")["id"]) == ["130104", "130703"]
    assert jjj.search("桥西")["kind"].tolist() == ["county", "county"]
    assert len(jjj.search("zzz")) == len(jjj.search(" ")) == 0


def test_a_notebook_shows_each_answer_as_a_table() -> None:
    answers = (
        jjj.place("石家庄"),
        jjj.indicator("gdp"),
        jjj.search("gdp"),
        jjj.table("gdp", 2023, level="city"),
        jjj.map("gdp", 2023, level="city"),
    )
    for answer in answers:
        shown = answer._repr_html_()  # type: ignore[operator]
        assert "<table" in shown
    assert "Shijiazhuang" in jjj.place("石家庄")._repr_html_()
