"""What an assistant is told: figures with their sources, and nothing else of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.app import create_app
from dashboard.assistants import Tools
from dashboard.web.limits import Policy

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

NAMES = {"find_place", "find_indicator", "get_figure", "compare_places", "link_to_figure"}


@pytest.fixture(scope="module")
def assistant(atlas: Atlas, manifest: Manifest) -> FlaskClient:
    made = create_app(atlas, manifest, Policy(per_minute=0, mcp=True))
    client: FlaskClient = made.server.test_client()
    return client


def call(client: FlaskClient, method: str, **params: Any) -> Any:  # noqa: ANN401 - any JSON
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    answer = client.post("/_mcp", json=body)
    assert answer.status_code == 200
    return answer.get_json()["result"]


def use(client: FlaskClient, tool: str, **arguments: Any) -> Any:  # noqa: ANN401 - any JSON
    return call(client, "tools/call", name=tool, arguments=arguments)["structuredContent"]["result"]


def test_only_the_documented_tools_are_offered(assistant: FlaskClient) -> None:
    tools = {tool["name"]: tool for tool in call(assistant, "tools/list")["tools"]}
    assert set(tools) == NAMES
    assert all(len(tool["description"]) > 50 for tool in tools.values())
    assert tools["get_figure"]["inputSchema"]["required"] == ["indicator", "place", "year"]
    assert call(assistant, "resources/list")["resources"] == []


def test_a_figure_comes_with_its_sources(assistant: FlaskClient, atlas: Atlas) -> None:
    (place, *_) = use(assistant, "find_place", words="唐山")
    figure = use(assistant, "get_figure", indicator="gdp", place=place["id"], year="2023")
    value = atlas.value("gdp", "130200", "2023")
    assert (figure["value"], figure["unit"]) == (value.value, value.unit)
    assert set(figure["sources"]) == set(value.source_ids)
    quotient = use(assistant, "get_figure", indicator="lq_mining", place="130200", year="2020")
    assert len(quotient["ingredients"]) == 4


def test_the_tools_know_the_names_that_the_library_knows(assistant: FlaskClient) -> None:
    named = use(assistant, "get_figure", indicator="采矿业区位商", place="tangshan", year="2020")
    by_id = use(assistant, "get_figure", indicator="lq_mining", place="130200", year="2020")
    assert named == by_id
    found = use(assistant, "find_indicator", words="gdp per head")
    heads = ["gdp_per_capita", "gdp_per_capita_alike", "gdp_per_capita_published"]
    assert [one["id"] for one in found] == [*heads, "gdp_per_head_census"]
    assert [one["id"] for one in use(assistant, "find_place", words="桥西")] == ["130104", "130703"]


def test_places_are_compared_with_gaps_last(assistant: FlaskClient) -> None:
    places = ["133100", "130100", "110000"]
    found = use(assistant, "compare_places", indicator="gdp", places=places, year="2023")
    assert [f["place"] for f in found["figures"]] == ["110000", "130100", "133100"]
    assert found["figures"][-1]["value"] is None


def test_a_link_leads_to_the_figure(assistant: FlaskClient) -> None:
    links = use(assistant, "link_to_figure", indicator="gdp", level="city", year="2023")
    assert set(links) == {"map", "table", "csv"}
    assert [assistant.get(link).status_code for link in links.values()] == [200, 200, 200]


@pytest.mark.parametrize(
    "arguments",
    [
        {"indicator": "nothing", "place": "110000", "year": "2023"},
        {"indicator": "gdp", "place": "<b>", "year": "2023"},
        {"indicator": "gdp", "place": "110000", "year": "1066"},
        {"indicator": "lq_mining", "place": "110000", "year": "2020", "benchmark": "EU"},
    ],
)
def test_what_is_not_there_is_said_and_not_invented(
    atlas: Atlas, arguments: dict[str, str]
) -> None:
    assert set(Tools(atlas).get_figure(**arguments)) == {"error"}


def test_without_being_told_there_are_no_tools(client: FlaskClient) -> None:
    assert client.get("/_mcp").status_code == 404
    assert client.post("/_mcp", json={"method": "tools/list"}).status_code in {404, 405}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"[1, null]",
        b'{"method": 1, "id": {}}',
        b'{"method": "tools/call", "id": 1, "params": []}',
        b'{"method": "tools/call", "id": 1, "params": {"name": "get_figure", "arguments": 7}}',
        b'{"method": "tools/call", "id": 1, "params": {"name": [], "arguments": {"a": 1}}}',
        b'{"method": "resources/read", "id": 1, "params": {"uri": "file:///etc/passwd"}}',
        b'{"method": "tasks/get", "id": 1, "params": {"taskId": {}}}',
        b"[" * 100_000,
    ],
)
def test_rubbish_is_refused(assistant: FlaskClient, body: bytes) -> None:
    answer = assistant.post("/_mcp", data=body, content_type="application/json")
    assert answer.status_code < 500
    said = answer.get_data(as_text=True)
    assert "Traceback" not in said
    assert "root:" not in said
