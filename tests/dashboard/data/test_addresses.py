"""The data addresses on the wire: refusals, caching, and what describes them."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import brotli  # type: ignore[import-untyped]
import pytest

from dashboard.data.describe import figures_by_source
from geodata.figures import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from geodata.atlas import Atlas

    Fetch = Callable[[str], bytes]

MARKUP = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("nothing.csv", 404, "no such indicator"),
        ("gdp.xlsx", 404, "csv, json, geojson, parquet"),
        ("gdp", 404, "no such format"),
        ("nothing.metadata.json", 404, "no such indicator"),
        ("../gdp.csv", 404, "no such"),
        ("gdp.csv?yaer=2023", 400, "level, year, circle, scheme, benchmark, bom"),
        ("gdp.json?bom=0", 400, "parameter is not known"),
        ("gdp.csv?year=2023&year=2022", 400, "separate several values by commas"),
        ("gdp.csv?year=1066", 400, "year has no such value"),
        ("lq_mining.csv?year=2023", 404, "possible: 2010, 2020"),
        ("gdp.csv?circle=functional", 404, "possible: capital, tianjin, shijiazhuang"),
        ("gdp.csv?level=village", 400, "level has no such value"),
        ("gdp.csv?level=", 400, "level has no such value"),
        ("urban_lq_mining.csv?level=county", 404, "possible: city, circle, region"),
        ("gdp.csv?circle=atlantis", 400, "capital, tianjin, shijiazhuang"),
        ("gdp.csv?scheme=nowhere", 400, "article"),
        ("gdp.csv?benchmark=EU", 400, "JJJ, CN, YRD, GD, 110000, 120000, 130000"),
        ("gdp.csv?bom=2", 400, "1, 0"),
        ("gdp.geojson?level=county,city", 400, "one level at a time"),
        ("gdp.geojson?level=city,city", 400, "one level at a time"),
        ("gdp.geojson?level=city&year=2020,2020", 400, "one year at a time"),
        ("gdp.geojson?year=2022,2023", 400, "one year at a time"),
        ("layout.geojson?scheme=nowhere", 400, "scheme has no such value"),
        ("catalog.json?x=1", 400, "This address takes no parameters"),
        (f"{MARKUP}.csv", 404, "no such"),
        (f"gdp.csv?year={MARKUP}", 400, "year has no such value"),
        (f"gdp.csv?{MARKUP}=1", 400, "parameter is not known"),
    ],
)
def test_a_refusal_says_what_there_is_and_never_what_was_sent(
    shop: FlaskClient, address: str, status: int, says: str
) -> None:
    answer = shop.get(f"/data/{address}")
    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    body = answer.get_json()
    assert says in body["en"]
    assert body["zh"]
    assert body["id"] == answer.headers["X-Request-Id"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script" not in answer.get_data(as_text=True)


def test_only_reading_is_allowed(shop: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = shop.open("/data/gdp.csv", method=method)
        assert answer.status_code == 405
        assert answer.get_json()["en"]
    assert shop.head("/data/gdp.csv").data == b""


def test_a_file_that_is_known_is_not_sent_again(shop: FlaskClient) -> None:
    first = shop.get("/data/gdp.csv?level=city")
    assert first.cache_control.public
    assert first.cache_control.max_age == 3600
    again = shop.get("/data/gdp.csv?level=city", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = shop.get("/data/gdp.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_file_is_compressed_as_asked(shop: FlaskClient) -> None:
    plain = shop.get("/data/gdp.geojson")
    assert "Content-Encoding" not in plain.headers
    for coding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = shop.get("/data/gdp.geojson", headers={"Accept-Encoding": coding})
        assert answer.headers["Content-Encoding"] == coding
        assert len(answer.data) < len(plain.data) / 3
        assert unpack(answer.data) == plain.data
        assert answer.headers["ETag"] != plain.headers["ETag"]
    parquet = shop.get("/data/gdp.parquet", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in parquet.headers


def test_a_spelling_of_the_same_is_the_same_file(shop: FlaskClient) -> None:
    tags = {
        shop.get(f"/data/population.csv{query}").headers["ETag"]
        for query in ("?level=county&year=2010,2020", "?year=2020,2010&level=county&benchmark=JJJ")
    }
    assert len(tags) == 1


def test_a_table_names_what_describes_it(shop: FlaskClient) -> None:
    answer = shop.get("/data/gdp.csv")
    assert answer.headers["Link"].startswith("</data/gdp.metadata.json>; rel=")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="gdp.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_file_has_the_name_of_what_it_holds(shop: FlaskClient) -> None:
    def name(address: str) -> tuple[str, str]:
        kept, _, named = shop.get(address).headers["Content-Disposition"].partition("; filename=")
        return kept, named.strip('"')

    assert name("/data/gdp.parquet") == ("attachment", "gdp.parquet")
    assert name("/data/gdp.csv?level=city&year=2023") == ("attachment", "gdp_city_2023.csv")
    assert name("/data/gdp.geojson?year=2020") == ("inline", "gdp_county_2020.geojson")
    quotients = "/data/lq_mining.json?level=county&year=2020&benchmark=CN&circle=capital"
    assert name(quotients)[1] == "lq_mining_county_2020_capital_CN.json"


def test_long_lists_of_years_have_names_of_their_own(shop: FlaskClient, atlas: Atlas) -> None:
    indicator = max(atlas.indicators.values(), key=lambda one: len(one.years.get("city", ())))
    years = indicator.years["city"]
    names = set()
    for left_out in years:
        asked = ",".join(year for year in years if year != left_out)
        answer = shop.get(f"/data/{indicator.id}.csv?level=city&year={asked}")
        assert answer.status_code == 200
        names.add(answer.headers["Content-Disposition"])
    assert len(names) == len(years)
    assert max(map(len, names)) < 140


def test_the_metadata_describe_every_column_and_source(fetch: Fetch, atlas: Atlas) -> None:
    told = json.loads(fetch("gdp.metadata.json"))
    assert [c["name"] for c in told["tableSchema"]["columns"]] == list(COLUMNS)
    assert told["url"] == "gdp.csv"
    assert {s["id"]: s["figures"] for s in told["dc:source"]} == figures_by_source(
        atlas.indicators["gdp"], atlas
    )
    assert [b["year"] for b in told["notes"][0]["breaks"]] == [
        b.year for level in ("county", "city", "province") for b in atlas.breaks("gdp", level)
    ]


def test_figures_are_counted_once_for_each_of_their_sources(atlas: Atlas) -> None:
    indicator = atlas.indicators["universities"]
    ((level, (year,)),) = indicator.years.items()
    counts = figures_by_source(indicator, atlas)
    by_hand: dict[str, int] = {}
    for value in atlas.values(indicator.id, year, level).values:
        for source in value.source_ids:
            by_hand[source] = by_hand.get(source, 0) + 1
    assert counts == by_hand


def test_every_address_of_the_catalogue_is_there(shop: FlaskClient, fetch: Fetch) -> None:
    catalogue: dict[str, Any] = json.loads(fetch("catalog.json"))
    ids = [entry["id"] for entry in catalogue["indicators"]]
    assert len(ids) == len(set(ids)) > 200
    for entry in catalogue["indicators"][::23]:
        for address in entry["addresses"].values():
            assert shop.get(address).status_code == 200, address
    for name in ("openapi", "layout"):
        assert shop.get(catalogue[name]).status_code == 200
    named = {s for scheme in catalogue["schemes"] for s in scheme["source_ids"]}
    assert named <= set(catalogue["sources"])


def test_places_are_listed_and_one_is_told(shop: FlaskClient) -> None:
    listed = json.loads(shop.get("/data/places.json").data)["places"]
    ids = [one["id"] for one in listed]
    assert len(ids) == len(set(ids))
    assert {"JJJ", "131000", "133100", "130104", "article/capital"} <= set(ids)
    told = json.loads(shop.get("/data/places.json?place=131000").data)
    assert told["name"]["zh"] == "廊坊市"
    assert told["figures"][0]["value"] == 546.4087
    unknown = shop.get("/data/places.json?place=131099")
    assert unknown.status_code == 404
    assert "131000（廊坊市）" in unknown.get_json()["zh"]
    assert "/data/places.json" in shop.get("/data/places.json?place=zzzz").get_json()["en"]
    assert shop.get("/data/places.json?x=1").status_code == 400


def test_claims_are_told_with_their_tests_and_sources(shop: FlaskClient) -> None:
    told = json.loads(shop.get("/data/claims.json").data)
    by_id = {one["id"]: one for one in told["claims"]}
    relocation = by_id["relocation"]
    assert (relocation["verdict"], len(relocation["tests"])) == ("supported", 3)
    [six] = [one for one in relocation["tests"] if one["id"] == "six_districts"]
    assert [(one["year"], round(one["value"], 2)) for one in six["figures"]] == [
        ("2010", round(100 * 1171.66 / 1961.24, 2)),
        ("2020", round(100 * 1098.86 / 2189.31, 2)),
    ]
    assert (six["holds"], six["outcome"]) == ("<= -0.5", "holds")
    missing = by_id["chain_mismatch"]["tests"][0]
    assert (missing["formula"], missing["figures"], missing["judged"]) == (None, [], None)
    assert missing["outcome"] == "missing"
    assert {s for one in told["claims"] for s in one["sources"]} == set(told["sources"])
    assert shop.get("/data/claims.json?x=1").status_code == 400


def test_one_claim_is_told_and_an_unknown_one_is_answered_with_the_nearest(
    shop: FlaskClient,
) -> None:
    for asked in ("missing_middle", "城市体系存在断层"):
        [one] = json.loads(shop.get(f"/data/claims.json?claim={asked}").data)["claims"]
        assert one["id"] == "missing_middle"
    near = shop.get("/data/claims.json?claim=mising_middle")
    assert near.status_code == 404
    assert "missing_middle (A rung is missing in the city system.)" in near.get_json()["en"]
    far = shop.get("/data/claims.json?claim=zzzz").get_json()
    assert "/data/claims.json" in far["zh"]
    assert "–" not in far["zh"] + far["en"]
