"""Under a path of its host the atlas gives away no address outside that path."""

from __future__ import annotations

import io
import json
import re
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from dash import Dash
from flask import Flask, request
from openpyxl import load_workbook

from dashboard.app import create_app
from dashboard.pages.callbacks import PAGES
from dashboard.web.limits import Policy, believe_proxies
from dashboard.web.root import FORWARDED, PrefixError, read_prefix, rooted, stand_under
from tests.dialogue import DEPENDENCIES, UPDATE, questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

HOME = "/atlas"
PATTERNS = "shape"
"""Where a slash is the pattern of an area."""
SEARCH = "?lang=en&regions=110000,130100&layers=fill,circles,clusters,parks"
DATA = "/_dash-layout", "/data/catalog.json", "/data/gdp.metadata.json"


@pytest.fixture(scope="module")
def under(atlas: Atlas, manifest: Manifest) -> FlaskClient:
    policy = Policy(per_minute=0, mcp=True, prefix=HOME)
    made: FlaskClient = create_app(atlas, manifest, policy).server.test_client()
    return made


def addresses(told: Any, key: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Yield all strings in an answer that begin like the path of an address."""
    if isinstance(told, str):
        if told.startswith("/") and key != PATTERNS:
            yield told
    elif isinstance(told, dict):
        for name, one in told.items():
            yield from addresses(one, name)
    elif isinstance(told, list):
        for one in told:
            yield from addresses(one, key)


def answers(client: FlaskClient, home: str) -> Iterator[Any]:
    """Yield what a reader's browser is told on every page, one callback after the other."""
    asked = questions(client.get(home + DEPENDENCIES).get_json())
    yield from (client.get(home + path).get_json() for path in DATA)
    page = asked.pop("page")
    bodies = [page.body(SEARCH, path=home + path) for path in PAGES]
    bodies += [question.body(SEARCH, path=f"{home}/") for question in asked.values()]
    for body in bodies:
        answer = client.post(home + UPDATE, json=body)
        assert answer.status_code in {200, 204}, body["output"]
        yield answer.get_json(silent=True)


def status(client: FlaskClient, path: str) -> int:
    """Ask for what lies there; of a report, whose making takes long, only whether there is one."""
    ask = client.options if path.startswith(f"{HOME}/report/") else client.get
    with ask(path) as answer:
        return int(answer.status_code)


def linked(page: str) -> set[str]:
    return set(re.findall(r'(?:href|src|action|content)="(/[^"]*)"', page))


def test_every_address_on_every_page_lies_under_the_path_and_is_there(under: FlaskClient) -> None:
    found = {one for answer in answers(under, HOME) for one in addresses(answer)}
    for path in PAGES:
        found |= linked(under.get(f"{HOME}{path}").get_data(as_text=True))
    assert {one for one in found if not one.startswith(f"{HOME}/")} == set()
    paths = {urlsplit(one).path for one in found}
    kinds = {path.split("/")[2] for path in paths}
    assert {"", "assets", "clusters", "data", "geo", "methods", "_dash-component-suites"} <= kinds
    there = {path: status(under, path) for path in paths - {f"{HOME}/assets/topology/"}}
    assert {path: code for path, code in there.items() if code != 200} == {}


def test_who_asks_while_dash_names_its_scripts_gets_them(
    atlas: Atlas, manifest: Manifest, under: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = re.findall(r'src="(/[^"]*dash_renderer[^"]*)"', page := under.get(f"{HOME}/").text)
    assert script, page
    begun, named, answered = Event(), Event(), []
    name = Dash._generate_scripts_html  # noqa: SLF001 - what takes its time

    def slowly(app: Dash) -> str:
        begun.set()
        named.wait()
        return name(app)

    monkeypatch.setattr(Dash, "_generate_scripts_html", slowly)
    server = create_app(atlas, manifest, Policy(per_minute=0, prefix=HOME)).server

    def ask() -> None:
        answered.append(status(server.test_client(), script[0]))

    readers = [Thread(target=ask, daemon=True) for _ in range(2)]
    readers[0].start()
    begun.wait()
    readers[1].start()
    readers[1].join(0.5)  # time for a wrong answer
    named.set()
    for reader in readers:
        reader.join()
    assert answered == [200, 200]


def test_the_settings_of_dash_are_those_of_the_request(under: FlaskClient) -> None:
    page = under.get(f"{HOME}/").get_data(as_text=True)
    (told,) = re.findall(r'<script id="_dash-config"[^>]*>(.*?)</script>', page)
    assert json.loads(told)["requests_pathname_prefix"] == f"{HOME}/"


@pytest.mark.parametrize(("path", "to"), [("", "/atlas/"), ("?lang=en", "/atlas/?lang=en")])
def test_the_path_without_its_slash_leads_to_the_first_page(
    under: FlaskClient, path: str, to: str
) -> None:
    answer = under.get(HOME + path)
    assert (answer.status_code, answer.headers["Location"]) == (308, to)


def test_what_only_begins_alike_is_not_there_and_the_refusal_leads_home(under: FlaskClient) -> None:
    assert under.get("/atlasses/").status_code == 404
    answer = under.get(f"{HOME}/nothing")
    assert answer.status_code == 404
    assert f"{HOME}/" in answer.get_data(as_text=True)


def test_files_and_tools_name_their_neighbours_under_the_path(under: FlaskClient) -> None:
    table = under.get(f"{HOME}/data/gdp.csv?year=2020")
    assert f"<{HOME}/data/gdp.metadata.json>" in table.headers["Link"]
    assert under.get(f"{HOME}/data/openapi.json").get_json()["servers"] == [{"url": HOME}]
    asked = {"name": "link_to_figure", "arguments": {"indicator": "gdp"}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": asked}
    accept = {"Accept": "application/json, text/event-stream"}
    told = under.post(f"{HOME}/_mcp", json=message, headers=accept).get_data(as_text=True)
    found = json.loads(told)["result"]["structuredContent"]["result"]
    assert [urlsplit(found[kind]).path for kind in ("map", "table", "csv")] == [
        f"{HOME}/",
        f"{HOME}/data",
        f"{HOME}/data/gdp.csv",
    ]


def test_the_card_of_a_number_leads_to_its_files_under_the_path(under: FlaskClient) -> None:
    body = {
        "output": "origin-card.children",
        "outputs": {"id": "origin-card", "property": "children"},
        "inputs": [
            {"id": "origin-asked", "property": "data", "value": {"figure": "gdp|110000|2020"}}
        ],
        "state": [{"id": "url", "property": "search", "value": ""}],
        "changedPropIds": ["origin-asked.data"],
    }
    told = under.post(HOME + UPDATE, json=body).get_json()
    files = [one for one in addresses(told) if "/data/" in one]
    assert [urlsplit(one).path for one in files] == [
        f"{HOME}/data/gdp.{k}" for k in ("csv", "json")
    ]


def test_the_address_on_a_table_that_is_taken_away_has_the_path(under: FlaskClient) -> None:
    book = load_workbook(io.BytesIO(under.get(f"{HOME}/export/explore/ranking.xlsx").data))
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert [one for one in cells if "http://localhost" in one] != []
    assert all(f"http://localhost{HOME}/" in one for one in cells if "http://localhost" in one)


def told_by(server: Flask, path: str, forwarded: str = "") -> tuple[int, str]:
    answer = server.test_client().get(path, headers={FORWARDED: forwarded} if forwarded else {})
    return answer.status_code, answer.get_data(as_text=True)


def echo(prefix: str = "", proxies: int = 0) -> Flask:
    """Return a server with two addresses that say where they are."""
    server = Flask(__name__, static_folder=None)

    @server.get("/")
    @server.get("/data/<name>")
    def here(name: str = "") -> str:
        assert rooted(request.path).endswith(name)
        return rooted(request.path)

    stand_under(server, prefix, ["/clusters"], forwarded=proxies > 0)
    believe_proxies(server, proxies)
    return server


@pytest.mark.parametrize("path", ["/data/gdp.csv", "/a/b/data/gdp.csv"])
@pytest.mark.parametrize("prefix", ["", "/elsewhere"])
def test_a_trusted_proxy_names_the_path_whether_it_takes_it_off_or_not(
    path: str, prefix: str
) -> None:
    assert told_by(echo(prefix, proxies=1), path, "/a/b/") == (200, "/a/b/data/gdp.csv")


def test_nobody_else_names_it() -> None:
    assert told_by(echo(), "/data/gdp.csv", "/a") == (200, "/data/gdp.csv")
    assert told_by(echo("/b"), "/data/gdp.csv", "/a") == (200, "/b/data/gdp.csv")


@pytest.mark.parametrize(
    "hostile",
    ["//evil.example", "/a//b", "https://evil.example", '/a"><script>', "/..", "/a/../b", "/a?b"],
)
def test_a_path_that_would_lead_elsewhere_is_not_taken(hostile: str) -> None:
    assert told_by(echo(proxies=1), "/data/gdp.csv", hostile) == (200, "/data/gdp.csv")
    with pytest.raises(PrefixError, match=r"/atlas/"):
        read_prefix(hostile)


@pytest.mark.parametrize("path", ["/data", "/clusters/a"])
def test_a_path_that_begins_like_an_address_of_its_own_is_refused(path: str) -> None:
    with pytest.raises(PrefixError, match="JJJ_ATLAS_PREFIX"):
        echo(path)
    assert told_by(echo(proxies=1), "/data/gdp.csv", path) == (200, "/data/gdp.csv")


def test_a_cache_in_between_keeps_the_answers_of_two_paths_apart() -> None:
    client = echo(proxies=1).test_client()
    assert FORWARDED in client.get("/data/x").headers["Vary"]
    assert "Vary" not in echo().test_client().get("/data/x").headers


@pytest.mark.parametrize(
    ("given", "path"), [("", ""), ("/", ""), ("/atlas/", "/atlas"), ("/a/b-c", "/a/b-c")]
)
def test_the_option_is_read_with_and_without_its_slash(given: str, path: str) -> None:
    assert read_prefix(given) == path
    assert Policy.from_environment({"JJJ_ATLAS_PREFIX": given}).prefix == path
