"""What is refused before anything is computed, and with which words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, request

from dashboard.web import journal, limits
from dashboard.web.limits import MAX_BODY, MAX_QUERY, Policy, fits

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.dashboard.conftest import Reader


def server(policy: Policy) -> FlaskClient:
    """Give a small server with the limits and one page, one file and one callback."""
    small = Flask(__name__)
    journal.log_requests(small)
    journal.answer_errors(small)
    limits.believe_proxies(small, policy.proxies)
    limits.cap_requests(small)

    def echo() -> dict[str, Any]:
        size = len(request.get_data())
        return {"from": request.remote_addr, "scheme": request.scheme, "size": size}

    for number, path in enumerate(("/", "/data/x", limits.CALLBACK)):
        small.add_url_rule(path, str(number), echo, methods=["GET", "POST"])
    return small.test_client()


def words(answer: TestResponse) -> str:
    said = answer.get_data(as_text=True)
    assert answer.headers["X-Request-Id"] in said
    return said


@pytest.mark.parametrize("path", ["/", "/data/x", limits.CALLBACK])
def test_a_body_or_an_address_that_is_too_long_is_refused_in_words(path: str) -> None:
    client = server(Policy(per_minute=0))
    assert client.post(path, data=b"x" * MAX_BODY).get_json()["size"] == MAX_BODY
    large = client.post(path, data=b"x" * (MAX_BODY + 1))
    assert large.status_code == 413
    assert "256 kB" in words(large)
    assert client.get(path, query_string="x" * MAX_QUERY).status_code == 200
    long = client.get(path, query_string="x" * (MAX_QUERY + 1))
    assert long.status_code == 414
    assert "6000" in words(long)
    assert "xxx" not in words(long)


def test_only_a_proxy_that_is_named_is_believed() -> None:
    told = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    told["X-Forwarded-Host"] = "evil.example"
    seen = server(Policy()).get("/", headers=told).get_json()
    assert (seen["from"], seen["scheme"]) == ("127.0.0.1", "http")
    seen = server(Policy(proxies=1)).get("/", headers=told).get_json()
    assert (seen["from"], seen["scheme"]) == ("203.0.113.9", "https")


def test_the_environment_says_how_to_stand_towards_strangers() -> None:
    assert Policy.from_environment({}) == Policy()
    told = {"JJJ_ATLAS_TRUST_PROXY": "2", "JJJ_ATLAS_RATE": "0", "JJJ_ATLAS_MCP": "1"}
    told["JJJ_ATLAS_HOSTS"] = "atlas.example, .lab.example,"
    expected = Policy(2, 0, mcp=True, hosts=("atlas.example", ".lab.example"))
    assert Policy.from_environment(told) == expected


@pytest.mark.parametrize("value", ["-1", "many", "1.5", "１"])
def test_a_setting_that_is_no_number_is_named(value: str) -> None:
    with pytest.raises(limits.PolicyError, match="JJJ_ATLAS_RATE must be a whole number"):
        Policy.from_environment({"JJJ_ATLAS_RATE": value})


CALLBACKS = {
    "map.figure@ab": {
        "callback": print,
        "inputs": [{"id": "part-x", "property": "data"}],
        "state": [{"id": "url", "property": "search"}],
    },
    "..a.b...c.d..": {"callback": print, "inputs": [], "state": []},
    "theme.data": {"inputs": [], "state": []},
}
ASKED: dict[str, Any] = {
    "output": "map.figure@ab",
    "outputs": {"id": "map", "property": "figure@ab"},
    "inputs": [{"id": "part-x", "property": "data", "value": 1}],
    "state": [{"id": "url", "property": "search", "value": "?"}],
    "changedPropIds": ["part-x.data"],
}
SEVERAL = {
    "output": "..a.b...c.d..",
    "outputs": [{"id": "a", "property": "b"}, {"id": "c", "property": "d"}],
}


@pytest.mark.parametrize("body", [ASKED, SEVERAL])
def test_what_a_page_asks_fits(body: dict[str, Any]) -> None:
    assert fits(body, CALLBACKS)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "x",
        {},
        {"output": "theme.data", "outputs": {"id": "theme", "property": "data"}},
        {**ASKED, "output": "nothing.there"},
        {**ASKED, "output": ["map.figure@ab"]},
        {**ASKED, "inputs": []},
        {**ASKED, "inputs": {}},
        {**ASKED, "inputs": [["part-x", "data"]]},
        {**ASKED, "inputs": [{"id": "other", "property": "data"}]},
        {**ASKED, "inputs": [{"id": {"a": 1}, "property": "data"}]},
        {**ASKED, "state": [{"id": "url", "property": "href"}]},
        {**ASKED, "outputs": None},
        {**ASKED, "outputs": {"id": "page", "property": "children"}},
        {**ASKED, "outputs": [{"id": "map", "property": "figure"}]},
        {**ASKED, "changedPropIds": "part-x.data"},
        {**ASKED, "changedPropIds": [1]},
        {**SEVERAL, "outputs": [{"id": "a", "property": "b"}]},
        {**SEVERAL, "outputs": {"id": "a", "property": "b"}},
    ],
)
def test_what_no_page_asks_does_not_fit(body: Any) -> None:  # noqa: ANN401 - any JSON
    assert not fits(body, CALLBACKS)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[" * 200_000, b'{"output":' + b"9" * 5000 + b"}", b"\xff\xfe"]
)
def test_a_body_that_is_no_question_is_refused(reader: Reader, body: bytes) -> None:
    answer = reader.client.post(limits.CALLBACK, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert json.loads(answer.data)["id"] == answer.headers["X-Request-Id"]
