from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask

from dashboard.web import wire as web
from dashboard.web.packing import A_YEAR
from dashboard.web.wire import HEADERS, OF_A_PAGE, content_policy, guard

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from geodata.build.cache import Manifest
    from tests.dashboard.conftest import Reader

POLICY = {
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "worker-src": "blob:",
    "font-src": "'self' data:",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'self'",
}
COUNTIES = "county-overview.geojson"


def get(client: FlaskClient, path: str, encoding: str = "identity") -> TestResponse:
    """Fetch a path; the answer is read and closed, as a server does."""
    answer = client.get(path, headers={"Accept-Encoding": encoding})
    answer.get_data()
    answer.close()
    return answer


def directives(answer: TestResponse) -> dict[str, str]:
    parted = (one.strip().partition(" ") for one in policy_of(answer).split(";"))
    return {name: values for name, _, values in parted}


def policy_of(answer: TestResponse) -> str:
    (policy,) = answer.headers.getlist("Content-Security-Policy")
    return str(policy)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/healthz", 200), ("/_dash-layout", 200), ("/geo/nothing", 404)],
)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str, status: int) -> None:
    answer = get(client, path)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    of_a_page = {name: answer.headers.get(name) for name in OF_A_PAGE}
    assert of_a_page == (dict.fromkeys(OF_A_PAGE) if path == "/_dash-layout" else OF_A_PAGE)
    assert policy_of(answer)


def test_what_is_no_page_carries_the_policy_that_allows_nothing(
    client: FlaskClient, manifest: Manifest
) -> None:
    county = manifest.products[COUNTIES]
    for path in ("/_dash-layout", "/assets/app.css", "/assets/map.js", f"/geo/{county}"):
        assert policy_of(get(client, path)) == "default-src 'none'; frame-ancestors 'self'"
    for path in ("/", "/nothing", "/assets/favicon.svg", "/healthz"):
        assert directives(get(client, path))["script-src"].startswith("'self'")


def test_a_fault_of_the_server_carries_the_headers() -> None:
    server = Flask(__name__)
    guard(server, lambda: content_policy(["'sha256-x'"]))

    @server.get("/fault")
    def fault() -> str:
        raise ZeroDivisionError

    answer = get(server.test_client(), "/fault")
    assert answer.status_code == 500
    whole = {**HEADERS, **OF_A_PAGE}
    assert {name: answer.headers[name] for name in whole} == whole
    assert "default-src 'none'" in policy_of(answer)


def test_the_policy_is_asked_once() -> None:
    server = Flask(__name__)
    asked: list[int] = []

    def policy() -> str:
        asked.append(1)
        return "default-src 'none'"

    guard(server, policy)
    for _ in range(3):
        get(server.test_client(), "/nothing")
    assert asked == [1]


def test_the_policy_names_its_own_files_and_hashes_and_nothing_else(client: FlaskClient) -> None:
    found = directives(get(client, "/"))
    scripts = found.pop("script-src").split()
    assert found == POLICY
    assert scripts[0] == "'self'"
    assert len(scripts) > 1
    assert all(one.startswith("'sha256-") for one in scripts[1:])


def test_nothing_is_evaluated_and_no_host_is_allowed(client: FlaskClient) -> None:
    policy = policy_of(get(client, "/"))
    for forbidden in ("unsafe-eval", "http", "*", "strict-dynamic", "unsafe-hashes"):
        assert forbidden not in policy
    assert "unsafe-inline" not in directives(get(client, "/"))["script-src"]


def test_each_hash_stands_once() -> None:
    policy = content_policy(["'sha256-a'", "'sha256-b'", "'sha256-a'"])
    assert "script-src 'self' 'sha256-a' 'sha256-b';" in policy


def test_the_page_names_no_other_host(client: FlaskClient) -> None:
    page = get(client, "/").get_data(as_text=True)
    head = page.replace(page[page.index('id="_dash-config"') : page.index("</script>")], "")
    assert "://" not in head
    assert 'src="//' not in head


def test_health(client: FlaskClient) -> None:
    answer = get(client, "/healthz")
    assert (answer.status_code, answer.data) == (200, b"ok\n")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("identity", None),
        ("deflate", None),
        ("", None),
        ("*;q=0, identity", None),
        ("br;q=0, gzip;q=0", None),
    ],
)
def test_geometry_comes_as_the_browser_reads_it(
    client: FlaskClient, manifest: Manifest, asked: str, given: str | None
) -> None:
    file = manifest.products[COUNTIES]
    answer = get(client, f"/geo/{file}", asked)
    assert answer.headers.get("Content-Encoding") == given
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[given]
    assert unpack(answer.data) == (manifest.folder / file).read_bytes()
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.mimetype == "application/geo+json"


def test_geometry_is_kept_for_good(client: FlaskClient, manifest: Manifest) -> None:
    kept = get(client, f"/geo/{manifest.products[COUNTIES]}", "br").headers["Cache-Control"]
    assert {part.strip() for part in kept.split(",")} == {
        "public",
        "immutable",
        f"max-age={A_YEAR}",
    }


def test_every_map_file_is_served(client: FlaskClient, manifest: Manifest) -> None:
    products = [name for name in manifest.products if name.endswith(".geojson")]
    assert len(products) > 10
    for name in products:
        body = get(client, f"/geo/{manifest.products[name]}").data
        assert json.loads(body)["type"] == "FeatureCollection"


@pytest.mark.parametrize(
    "path",
    [
        "/geo/manifest.json",
        "/geo/county-overview.geojson",
        "/geo/{file}.br",
        "/geo/{file}.gz",
        "/geo/{table}",
        "/geo/..%5Cmanifest.json",
        "/geo/{file}%00",
        "/geo/{FILE}",
        "/geo/<script>alert(1)<",
    ],
)
def test_any_other_name_is_unknown(client: FlaskClient, manifest: Manifest, path: str) -> None:
    file = manifest.products[COUNTIES]
    table = next(f for name, f in manifest.products.items() if name.endswith(".parquet"))
    answer = get(client, path.format(file=file, FILE=file.upper(), table=table))
    assert answer.status_code == 404
    assert b"<script" not in answer.data


@pytest.mark.parametrize(
    "path",
    [
        "/geo/",
        "/geo/../manifest.json",
        "/geo/..%2Fmanifest.json",
        "/geo/%2e%2e/{file}",
        "/geo/x/../{file}",
        "/geo/.%2F%2Fetc%2Fpasswd",
        "/geo//etc/passwd",
        "/geo/{file}/",
    ],
)
def test_no_path_leads_out_of_the_folder_of_map_files(
    client: FlaskClient, manifest: Manifest, path: str
) -> None:
    answer = get(client, path.format(file=manifest.products[COUNTIES]))
    assert answer.status_code == 404
    assert b"root:" not in answer.data
    assert manifest.digest.encode() not in answer.data


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # flask-compress leaves it open
@pytest.mark.parametrize("file", ["atlas.js", "app.css", "panels.css"])
def test_assets_are_kept_and_compressed(client: FlaskClient, file: str) -> None:
    answer = get(client, f"/assets/{file}", "br")
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.cache_control.max_age == 3600
    assert not answer.cache_control.no_cache
    assert answer.headers["ETag"]


def test_the_outline_of_the_vector_map_is_at_hand(client: FlaskClient) -> None:
    # Plotly's own geo asks for it even when nothing of it is drawn.
    answer = get(client, "/assets/topology/world_110m.json")
    assert answer.status_code == 200
    assert answer.get_json()["type"] == "Topology"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_answers_are_compressed(reader: Reader, encoding: str) -> None:
    for question in ("recolour", "industry"):
        answer = reader.post(question, "", encoding=encoding)
        assert answer.headers["Content-Encoding"] == encoding
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}[encoding]
        assert json.loads(unpack(answer.data)) == json.loads(reader.post(question, "").data)


def test_the_first_page_does_not_bring_the_whole_page_twice(client: FlaskClient) -> None:
    """What the callback sends anyway has no place in the document itself."""
    assert len(get(client, "/", "br").data) < 10_000


def test_addresses_of_geometry_are_those_served(manifest: Manifest) -> None:
    server = Flask(__name__)
    url = web.serve_geometry(server, manifest)
    assert get(server.test_client(), url(COUNTIES)).status_code == 200
    with pytest.raises(KeyError):
        url("nothing.geojson")
