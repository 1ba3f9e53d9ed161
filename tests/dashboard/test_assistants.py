"""What an assistant is told: figures with their sources, and nothing else of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from dashboard.app import create_app
from dashboard.assistants import Tools
from dashboard.web import journal
from dashboard.web.hosts import check_hosts
from dashboard.web.limits import Policy

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

NAMES = {
    *("find_place", "find_indicator", "get_figure", "compare_places"),
    *("describe_place", "list_claims", "get_claim", "link_to_figure"),
}


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


def test_an_unknown_place_or_claim_is_answered_with_the_nearest(atlas: Atlas) -> None:
    tools = Tools(atlas)
    assert tools.get_claim("A rung is missing in the city system")["claims"]
    assert "missing_middle (A rung is missing" in tools.get_claim("mising_middle")["error"]
    assert "131000 (Langfang)" in tools.describe_place("131099")["error"]
    assert "nearest" not in tools.describe_place("zqjx7")["error"]


def refusal(client: FlaskClient, method: str, **params: Any) -> Any:  # noqa: ANN401 - any JSON
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return client.post("/_mcp", json=body).get_json()["error"]


TEXT, TEXTS = "must be text of at most 200 characters.", "must be at most 20 texts."


NOTHING: tuple[object, ...] = (0, "", [], None)


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("find_place", {"words": 7}, f"words {TEXT}"),
        ("find_place", {"words": None}, f"words {TEXT}"),
        ("find_place", {"words": "石" * 201}, f"words {TEXT}"),
        ("find_indicator", {"words": ["gdp"]}, f"words {TEXT}"),
        ("find_place", {}, "find_place needs words as well."),
        ("find_place", {"zqjx7": "x"}, "find_place takes the arguments words and no others."),
        ("find_place", ["x"], "find_place takes the arguments words and no others."),
        *(("list_claims", none, "list_claims takes no arguments.") for none in NOTHING),
        ("get_figure", {"indicator": "gdp"}, "get_figure needs place, year as well."),
        ("get_figure", {"indicator": "gdp", "place": "110000", "year": 2023}, f"year {TEXT}"),
        ("compare_places", {"indicator": "gdp", "year": "2023", "places": "x"}, f"places {TEXTS}"),
        ("compare_places", {"indicator": "gdp", "year": "2023", "places": [1]}, f"places {TEXTS}"),
        (
            "compare_places",
            {"indicator": "gdp", "year": "2023", "places": ["110000"] * 21},
            f"places {TEXTS}",
        ),
    ],
)
def test_a_wrong_argument_gets_a_sentence_and_no_error_of_python(
    assistant: FlaskClient, tool: str, arguments: object, said: str
) -> None:
    error = refusal(assistant, "tools/call", name=tool, arguments=arguments)
    assert error == {"code": -32602, "message": said}


@pytest.mark.parametrize("name", ["zqjx7", ["x"], None, 7])
def test_an_unknown_tool_is_not_repeated(assistant: FlaskClient, name: object) -> None:
    error = refusal(assistant, "tools/call", name=name, arguments={})
    assert error["message"].startswith("There is no such tool; the tools are find_place,")
    assert "zqjx7" not in error["message"]


@pytest.mark.parametrize(
    "method", ["zqjx7", "x\ny", "", "resources/read", "tasks/get", "tasks/cancel", "completion"]
)
def test_an_unknown_method_is_not_repeated_and_makes_no_line_in_the_log(
    assistant: FlaskClient, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = refusal(assistant, method)
    assert error["code"] == -32601
    assert error["message"] == (
        "There is no such method; the methods are initialize, ping, tools/list, tools/call, "
        "resources/list, resources/templates/list."
    )
    assert caplog.records == []


def test_a_level_that_there_is_not_makes_no_address(atlas: Atlas) -> None:
    assert Tools(atlas).link_to_figure("gdp", "zqjx7") == {
        "error": "The level is one of county, city."
    }


def test_what_goes_wrong_in_a_tool_is_told_by_its_number_alone(
    assistant: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        message = "a secret of the server"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("geodata.lookup.Lookup.places", fails)
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    body["params"] = {"name": "find_place", "arguments": {"words": "x"}}
    answer = assistant.post("/_mcp", json=body)
    said = answer.get_json()["result"]
    assert said["isError"] is True
    number = answer.headers["X-Request-Id"]
    assert said["content"][0]["text"] == (
        f"Fault: something went wrong on the server and has been logged; quote {number}."
    )
    (record,) = caplog.records
    assert (record.message, record.exc_info is not None) == ("assistant", True)


LISTED = ("atlas.example", ".lab.example")


@pytest.mark.parametrize(
    ("hosts", "host", "origin", "status"),
    [
        ((), "localhost:8050", None, 200),
        ((), "127.0.0.1", "http://127.0.0.1", 200),
        ((), "[::1]:8050", None, 200),
        ((), "192.0.2.7:8050", None, 200),
        ((), "evil.example", None, 403),
        ((), "evil.example", "http://evil.example", 403),
        ((), "localhost.evil.example", None, 403),
        ((), "localhost:8050", "http://evil.example", 403),
        ((), "localhost:8050", "http://localhost:3000", 403),
        ((), "localhost:8050", "null", 403),
        (LISTED, "atlas.example", "https://atlas.example", 200),
        (LISTED, "a.lab.example", None, 200),
        (LISTED, "localhost", None, 200),
        (LISTED, "192.0.2.7", None, 400),
        (LISTED, "evil.example", None, 400),
        (LISTED, "atlas.example.evil.example", None, 400),
    ],
)
def test_no_page_of_a_stranger_asks_the_tools(
    hosts: tuple[str, ...], host: str, origin: str | None, status: int
) -> None:
    small = Flask(__name__)
    journal.answer_errors(small)
    check_hosts(small, hosts)
    small.add_url_rule("/_mcp", "tools", lambda: "", methods=["POST"])
    headers = {"Host": host, **({"Origin": origin} if origin else {})}
    answer = small.test_client().post("/_mcp", headers=headers)
    assert answer.status_code == status
    if status != 200:
        assert "JJJ_ATLAS_HOSTS" in answer.get_json()["zh"]
        assert "evil" not in answer.get_data(as_text=True)


def test_with_a_list_of_names_no_other_name_is_answered_or_repeated(
    atlas: Atlas, manifest: Manifest
) -> None:
    made = create_app(atlas, manifest, Policy(per_minute=0, hosts=("atlas.example",)))
    client: FlaskClient = made.server.test_client()
    for path in ("/", "/data/gdp.csv", "/healthz", "/export/explore/map.csv"):
        answer = client.get(path, headers={"Host": "zqjx7.example"})
        assert answer.status_code == 400
        assert "zqjx7" not in answer.get_data(as_text=True) + str(answer.headers)
        for host in ("atlas.example:8050", "localhost"):
            assert client.get(path, headers={"Host": host}).status_code == 200


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


def test_a_place_is_described_as_on_its_page(atlas: Atlas) -> None:
    told = Tools(atlas).describe_place("131000")
    figures = {one["indicator"]: one for one in told["figures"]}
    assert (figures["population"]["value"], figures["population"]["year"]) == (546.4087, "2020")
    cities = atlas.values("population", "2020", "city")
    assert figures["population"]["of_places_with_data"] == cities.present
    assert {"scheme": "article", "circle": "article/tianjin", "role": "member"}.items() <= next(
        one for one in told["claimed_by"] if one["circle"] == "article/tianjin"
    ).items()
    assert [one["minutes"]["value"] for one in told["larger_labour_markets"]] == [21.0, 24.0]
    named = {i for one in told["figures"] for i in one["sources"]}
    assert named <= set(told["sources"])
    assert "error" in Tools(atlas).describe_place("nowhere at all")


def test_a_claim_is_told_as_on_its_page(atlas: Atlas) -> None:
    listed = Tools(atlas).list_claims()
    assert [one["id"] for one in listed] == [one.id for one in atlas.claims.claims]
    told = Tools(atlas).get_claim("contracts_low")
    [claim] = told["claims"]
    assert claim["verdict"] == atlas.claims.finding("contracts_low").verdict
    [tenth] = [one for one in claim["tests"] if one["id"] == "tenth"]
    assert (tenth["holds"], tenth["fails"], tenth["outcome"]) == ("<= 9", ">= 11", "open")
    assert set(claim["sources"]) == set(told["sources"])
    assert "error" in Tools(atlas).get_claim("no such claim")
