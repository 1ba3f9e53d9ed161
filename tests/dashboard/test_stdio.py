"""Tools for assistants over standard streams: one answer a line, nothing else on the output."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from dashboard.stdio import answered, open_tools

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

SITE = "https://atlas.example.org"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def client(atlas: Atlas, manifest: Manifest) -> FlaskClient:
    return open_tools(atlas, manifest, SITE)


def told(client: FlaskClient, *lines: bytes) -> list[Any]:
    return [json.loads(one) for one in answered(client, io.BytesIO(b"\n".join(lines)), SITE)]


def line(number: int | None, method: str, **params: Any) -> bytes:  # noqa: ANN401 - any JSON
    asked = {} if number is None else {"id": number}
    message = {"jsonrpc": "2.0", **asked, "method": method, "params": params}
    return json.dumps(message, ensure_ascii=False).encode()


def test_a_conversation_goes_line_by_line(client: FlaskClient) -> None:
    answers = told(
        client,
        line(1, "initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={}),
        line(None, "notifications/initialized"),
        line(2, "ping"),
        line(3, "tools/call", name="find_place", arguments={"words": "廊坊"}),
    )
    assert [one["id"] for one in answers] == [1, 2, 3]
    assert answers[0]["result"]["serverInfo"]["name"] == "jjj-atlas"
    assert answers[1]["result"] == {}
    found = answers[2]["result"]["structuredContent"]["result"]
    assert found[0]["id"] == "131000"


def test_links_lead_to_the_site_that_is_named(client: FlaskClient) -> None:
    (answer,) = told(
        client, line(1, "tools/call", name="link_to_figure", arguments={"indicator": "gdp"})
    )
    links = answer["result"]["structuredContent"]["result"].values()
    assert {urlsplit(link)[:2] for link in links} == {("https", "atlas.example.org")}
    assert [client.get(link, base_url=SITE).status_code for link in links] == [200, 200, 200]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"{", -32700),
        (b"\xff\xfe", -32700),
        (b"[" * 100_000, -32700),
        (b"[1]", -32600),
        (b"5", -32600),
        (b'{"id": 1, "method": 5}', -32600),
        (b'{"id": 1, "result": {}}', -32600),
        (line(1, "nothing<script>"), -32601),
        (line(1, "tools/call", name="none"), -32602),
        (line(1, "tools/call", name="find_place", arguments={"words": 5}), -32602),
    ],
)
def test_what_is_no_message_is_answered_in_words_and_the_next_is_heard(
    client: FlaskClient, sent: bytes, code: int
) -> None:
    fault, after = told(client, sent, b"", line(7, "ping"))
    assert fault["error"]["code"] == code
    assert "script" not in fault["error"]["message"]
    assert after == {"jsonrpc": "2.0", "id": 7, "result": {}}


def test_the_command_writes_answers_alone(atlas: Atlas, tmp_path: Path) -> None:
    assert atlas.indicators  # the cache is there: building it is no part of this
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, ROOT / "run.py", "mcp"],
        input=line(1, "tools/list") + b"\n" + line(2, "ping"),
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=True,
        timeout=120,
    )
    first, second = map(json.loads, ended.stdout.decode().splitlines())
    assert "describe_place" in {tool["name"] for tool in first["result"]["tools"]}
    assert second["id"] == 2
