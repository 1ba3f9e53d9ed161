"""Strangers get an answer: never a fault of ours, a trace, or what they sent; and soon.

The number of inputs of a usual run is small; `pytest -m soak -s tests/dashboard/test_hostile.py`
tries many more and prints how many of each kind were sent and what came back.
"""

from __future__ import annotations

import json
from collections import Counter
from inspect import getmembers, isfunction
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.app import create_app
from dashboard.assistants import Tools
from dashboard.data.wanted import FORMATS, OF_CSV, PARAMETERS
from dashboard.pages.callbacks import PAGES
from dashboard.pages.exports import DATA
from dashboard.pages.gallery import charts_of
from dashboard.panels.taking import CHOICES as TAKEN
from dashboard.print.exporter import MIME
from dashboard.view import CHOICES
from dashboard.view import PARAMETERS as VIEW_PARAMETERS
from dashboard.web.limits import CALLBACK, Policy
from dashboard.web.wire import EXPORT
from geodata.figures import REACHES
from tests.dashboard.hostile import (
    MARK,
    PATHS,
    SLOWEST,
    VALUES,
    anything,
    asked,
    faults_of,
    queries,
    told,
    words,
)
from tests.dialogue import DEPENDENCIES
from tests.effort import processor_seconds, yardstick_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
USUAL, MANY = 60, 4000
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def swiftly(
    ask: Callable[[], TestResponse], sent: str, came: Counter[int] | None = None
) -> list[str]:
    """Ask, count the status that came, and return what is wrong with the answer."""
    wrong = []

    def answer_and_look() -> None:
        answer = ask()
        if came is not None:
            came[answer.status_code] += 1
        wrong.extend(faults_of(answer, sent))
        answer.close()

    taken = processor_seconds(answer_and_look) / yardstick_seconds()
    if taken > SLOWEST:
        wrong.append(f"{taken:.0f} yardsticks: {sent[:200]}")
    return wrong


@pytest.fixture(scope="module")
def dependencies(client: FlaskClient) -> list[dict[str, Any]]:
    """Give the callbacks that the server answers."""
    return [d for d in client.get(DEPENDENCIES).get_json() if not d["clientside_function"]]


def test_the_server_signs_nothing(app: Dash) -> None:
    assert app.server.secret_key is None


def test_known_tricks_in_the_path_are_answered(client: FlaskClient) -> None:
    wrong = [
        line
        for path in PATHS
        for line in swiftly(lambda p=path: client.get(p), path)  # type: ignore[misc]
    ]
    assert wrong == []


def test_an_address_with_two_slashes_is_none_and_is_not_repeated(client: FlaskClient) -> None:
    """A redirect to the same with one would say in a header and a page what was sent."""
    for path in (f"/export/{MARK}//x.csv", f"/data//{MARK}.csv", f"//{MARK}.example/%2f.."):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Location" not in answer.headers
        assert faults_of(answer, path) == []


@pytest.mark.parametrize("method", METHODS)
def test_every_method_on_every_kind_of_address_is_answered(
    client: FlaskClient, method: str
) -> None:
    paths = (*PAGES, "/healthz", "/readyz", "/data/gdp.csv", "/data/x", "/geo/x", "/assets/app.css")
    paths += (CALLBACK, "/_dash-layout", "/_dash-dependencies", "/nothing")
    wrong = [
        line
        for path in paths
        for line in swiftly(lambda p=path: client.open(p, method=method), f"{method} {path}")  # type: ignore[misc]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "header",
    [
        "Host",
        "Accept",
        "Accept-Encoding",
        "Content-Type",
        "Cookie",
        "If-None-Match",
        "If-Modified-Since",
        "Origin",
        "Range",
        "Referer",
        "X-Forwarded-Host",
        "X-Http-Method-Override",
    ],
)
def test_any_header_is_answered(client: FlaskClient, header: str) -> None:
    values = [v for v in VALUES if v.isprintable() and v.isascii()]
    wrong = [
        line
        for path in ("/", "/data/gdp.csv?level=city", "/assets/app.css", "/geo/x")
        for value in values
        for line in swiftly(
            lambda p=path, v=value: client.get(p, headers={header: v}),  # type: ignore[misc]
            f"{header}: {value} at {path}",
        )
    ]
    assert wrong == []


def test_each_trick_in_each_parameter_of_a_page_is_answered(client: FlaskClient) -> None:
    wrong = [
        line
        for path in PAGES
        for value in VALUES
        for line in swiftly(
            lambda p=path, v=value: client.get(p, query_string=dict.fromkeys(VIEW_PARAMETERS, v)),  # type: ignore[misc]
            f"{path} {value}",
        )
    ]
    assert wrong == []


def data_addresses(atlas: Atlas) -> st.SearchStrategy[tuple[str, list[tuple[str, str]]]]:
    names = st.builds(
        "{}.{}".format,
        st.one_of(st.sampled_from(sorted(atlas.indicators)), words),
        st.one_of(st.sampled_from([*FORMATS, "metadata.json"]), words),
    )
    fixed = st.sampled_from(["catalog.json", "layout.geojson", "openapi.json"])
    known = [
        *REACHES,
        "latest",
        "2020",
        "2010-2020",
        "capital",
        "article",
        "CN",
        "0",
        "county,city",
    ]
    return st.tuples(st.one_of(names, fixed, words), queries([*PARAMETERS, OF_CSV], known))


def try_data(client: FlaskClient, atlas: Atlas, examples: int) -> Counter[int]:
    came: Counter[int] = Counter()

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data_addresses(atlas))
    def one(address: tuple[str, list[tuple[str, str]]]) -> None:
        name, query = address
        path = "/data/" + quote(name, errors="replace")
        assert swiftly(lambda: client.get(path, query_string=query), str(address), came) == []

    one()
    return came


def try_callbacks(
    client: FlaskClient, dependencies: list[dict[str, Any]], examples: int
) -> Counter[int]:
    """Ask every callback with any values, and with addresses of right names and any values."""
    came: Counter[int] = Counter()
    known = [value for values in CHOICES.values() for value in values]
    search = st.one_of(
        queries(VIEW_PARAMETERS, [*known, "130100", "article", "gdp", "2020"]).map(
            lambda pairs: "?" + "&".join(f"{name}={value}" for name, value in pairs)
        ),
        anything,
    )
    for dependency in dependencies:

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(asked(dependency, search, st.one_of(st.sampled_from(list(PAGES)), anything)))
        def one(body: dict[str, Any]) -> None:
            wrong = swiftly(
                lambda: client.post(
                    CALLBACK,
                    data=json.dumps(body).encode(),
                    content_type="application/json",
                ),
                json.dumps(body),
                came,
            )
            assert wrong == []

        one()
    return came


def try_bodies(client: FlaskClient, examples: int) -> Counter[int]:
    came: Counter[int] = Counter()

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(anything.map(lambda v: json.dumps(v).encode()), st.binary(max_size=200)))
    def one(body: bytes) -> None:
        wrong = swiftly(
            lambda: client.post(CALLBACK, data=body, content_type="application/json"),
            repr(body),
            came,
        )
        assert wrong == []

    one()
    return came


def try_exports(client: FlaskClient, examples: int) -> Counter[int]:
    """Ask for figures to keep, as far as no Chrome draws them."""
    came: Counter[int] = Counter()
    charts = [(page.name, chart) for page in PAGES.values() for chart in charts_of(page)]
    address = st.tuples(
        st.sampled_from(charts) | st.tuples(words, words),
        st.sampled_from(sorted(DATA)) | words.filter(lambda kind: kind not in MIME),
    )
    known = [value for values in (*CHOICES.values(), *TAKEN.values()) for value in values]
    known += ["130100", "capital", "2020", "gdp", "-1", "1e999"]

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(address, queries([*VIEW_PARAMETERS, *TAKEN, "width", "transparent"], known))
    def one(address: tuple[tuple[str, str], str], query: list[tuple[str, str]]) -> None:
        (page, chart), kind = address
        path = EXPORT + quote(f"{page}/{chart}.{kind}", errors="replace")
        assert swiftly(lambda: client.get(path, query_string=query), f"{path} {query}", came) == []

    one()
    return came


def try_assistants(atlas: Atlas, manifest: Manifest, examples: int) -> Counter[int]:
    """Call the tools for assistants, by right names and wrong ones."""
    came: Counter[int] = Counter()
    made = create_app(atlas, manifest, Policy(per_minute=0, mcp=True))
    client: FlaskClient = made.server.test_client()
    names = [name for name, _ in getmembers(Tools, isfunction) if not name.startswith("_")]
    known = st.sampled_from(["gdp", "lq_mining", "130200", "article/capital", "2020", "city", "CN"])
    arguments = ("indicator", "place", "places", "year", "benchmark", "words", "level")
    value = st.one_of(known, st.lists(known, max_size=3), anything)
    params = st.fixed_dictionaries(
        {
            "name": st.sampled_from(names) | words,
            "arguments": st.dictionaries(st.sampled_from(arguments), value) | anything,
        }
    )
    methods = ("tools/call", "tools/list", "resources/read", "resources/list", "initialize", "ping")
    call = st.fixed_dictionaries(
        {
            "jsonrpc": st.just("2.0"),
            "id": st.just(1),
            "method": st.just("tools/call") | st.sampled_from(methods) | words,
            "params": params | anything,
        }
    )

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(call)
    def one(body: dict[str, Any]) -> None:
        sent = json.dumps(body)

        def ask() -> TestResponse:
            answer = client.post("/_mcp", data=sent, content_type="application/json")
            assert answer.mimetype in {"application/json", "text/plain"}
            return answer

        assert swiftly(ask, sent, came) == []

    one()
    return came


def test_any_data_address_is_answered(client: FlaskClient, atlas: Atlas) -> None:
    assert try_data(client, atlas, USUAL).total() >= USUAL / 2


def test_any_value_in_any_callback_is_answered(
    client: FlaskClient, dependencies: list[dict[str, Any]]
) -> None:
    assert try_callbacks(client, dependencies, 6).total() >= 3 * len(dependencies)


def test_any_body_is_answered(client: FlaskClient) -> None:
    assert try_bodies(client, USUAL).total() >= USUAL / 2


def test_any_export_is_answered(client: FlaskClient) -> None:
    assert try_exports(client, USUAL).total() >= USUAL / 2


def test_any_call_of_an_assistant_is_answered(atlas: Atlas, manifest: Manifest) -> None:
    assert try_assistants(atlas, manifest, USUAL).total() >= USUAL / 2


@pytest.mark.soak
def test_very_many_of_all_are_answered(
    client: FlaskClient,
    atlas: Atlas,
    manifest: Manifest,
    dependencies: list[dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    kinds: dict[str, Callable[[], Counter[int]]] = {
        "data addresses": lambda: try_data(client, atlas, MANY),
        "exports": lambda: try_exports(client, MANY),
        "calls of assistants": lambda: try_assistants(atlas, manifest, MANY),
        "bodies": lambda: try_bodies(client, MANY),
        "callbacks": lambda: try_callbacks(client, dependencies, MANY // 8),
    }
    for kind, tried in kinds.items():
        line = told(kind, tried())
        with capsys.disabled():
            print(f"\n{line}", end="")  # noqa: T201 - the number is what the run is for
