"""What comes over a raw socket: each server refuses it in words, with an id, and logs one line."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from dashboard.web.limits import CALLBACK, MESSAGES
from dashboard.web.wire import HEADERS
from tests.benchmarks.traffic import OURS, production
from tests.conftest import HOST, ROOT, free_port, wait_until_healthy
from tests.dashboard.hostile import told
from tests.malformed import logged_faults, requests, sent, try_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geodata.build.cache import Manifest

    Asking = Callable[[bytes], tuple[int, dict[str, str], str]]

MARK = "zqjx7"
SOME, MANY = 150, 6000
POST = f"POST {CALLBACK} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n".encode()
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
TWO_MEGABYTES = b"".join(b"8000\r\n" + b"a" * 0x8000 + b"\r\n" for _ in range(64)) + b"0\r\n\r\n"
MALFORMED: dict[str, tuple[bytes, set[int]]] = {
    "a size that is none": (CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n", {400}),
    "a negative size": (CHUNKED + b"-1\r\n{}\r\n0\r\n\r\n", {400}),
    "no end of a chunk": (CHUNKED + b"2\r\n{}zqjx7\r\n0\r\n\r\n", {400}),
    "a bad extension": (CHUNKED + b'2;a="zqjx7\r\n{}\r\n0\r\n\r\n', {400}),
    "two megabytes in chunks": (CHUNKED + TWO_MEGABYTES, {413}),
    "two megabytes at once": (POST + b"Content-Length: 2097152\r\n\r\n" + b"a" * 2097152, {413}),
    "two lengths": (POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", {400}),
    "a length that is none": (POST + b"Content-Length: zqjx7\r\n\r\n", {400}),
    "a transfer nobody knows": (POST + b"Transfer-Encoding: zqjx7\r\n\r\n", {400, 501}),
    "no request": (b"zqjx7\r\n\r\n", {400}),
    "a header without a colon": (b"GET / HTTP/1.1\r\nHost: x\r\nzqjx7\r\n\r\n", {400}),
    "too many bytes of headers": (
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: " + b"zqjx7" * 60_000 + b"\r\n\r\n",
        {431},
    ),
    "too long an address": (
        b"GET /?" + b"zqjx7" * 1500 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        {414},
    ),
}


SERVERS = ["waitress", *([] if sys.platform == "win32" else ["gunicorn"])]


@pytest.fixture(scope="module", params=SERVERS)
def server(
    request: pytest.FixtureRequest, manifest: Manifest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, Path]]:
    """Give the port and the log of each server as it is started for many readers."""
    log = tmp_path_factory.mktemp(request.param) / "log.txt"
    told = {"JJJ_ATLAS_CACHE": str(manifest.folder.parent), "JJJ_ATLAS_LOG": "all"}
    told["JJJ_ATLAS_MCP"] = "1"
    if request.param == "gunicorn":
        with production(OURS, log, told) as (port, _):
            yield port, log
        return
    port = free_port()
    line = [sys.executable, "-m", "waitress", f"--listen={HOST}:{port}", OURS]
    with (
        log.open("wb") as out,
        subprocess.Popen(  # noqa: S603 - our own command line
            line, cwd=ROOT, stdout=out, stderr=out, env={**os.environ, **told}
        ) as process,
    ):
        try:
            wait_until_healthy(process, port, log)
            yield port, log
        finally:
            process.send_signal(signal.SIGKILL)


@pytest.fixture
def ask(server: tuple[int, Path]) -> Asking:
    """Give what sends bytes and reads status, headers and body of the first answer."""

    def send(raw: bytes) -> tuple[int, dict[str, str], str]:
        with socket.create_connection((HOST, server[0]), 20) as wire:
            with suppress(OSError):  # refused before all was sent
                wire.sendall(raw)
            answer = b""
            while more := wire.recv(1 << 16):
                answer += more
                head, end, body = answer.partition(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: (\d+)", head)
                if end and length and len(body) >= int(length[1]):
                    break
        lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:])
        return int(lines[0].split()[1]), headers, body.decode()

    return send


def lines_of(log: Path) -> list[dict[str, object]]:
    """Read the log; a line that is no JSON of ours fails."""
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line]


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_http_is_refused_in_words_with_an_id_and_the_headers(
    ask: Asking, server: tuple[int, Path], case: str
) -> None:
    raw, expected = MALFORMED[case]
    status, headers, body = ask(raw)
    assert status in expected
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    number = headers["X-Request-Id"]
    assert number in body
    assert MARK not in body + str(headers)
    assert re.search("[一-龥]", body)
    (line,) = [line for line in lines_of(server[1]) if line.get("id") == number]
    assert line["status"] == status
    assert "trace" not in line


def test_whatever_is_sent_makes_no_line_of_its_own_in_the_log(
    ask: Asking, server: tuple[int, Path]
) -> None:
    forged = '\n{"level": "error", "what": "forged"}\n'
    message = {"jsonrpc": "2.0", "id": 1, "method": f"x{forged}", "params": {"name": forged}}
    for body in (message, {**message, "method": "tools/call"}, {**message, "method": forged}):
        raw = json.dumps(body).encode()
        head = f"POST {MESSAGES} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        ask(f"{head}Content-Length: {len(raw)}\r\nConnection: close\r\n\r\n".encode() + raw)
    for path in ("/%0A%7B%22what%22:%22forged%22%7D", "/a\tb", "/\x1b[2J"):
        ask(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    ask(f"GET / HTTP/1.1\r\nHost: x{forged}\r\n\r\n".encode())
    lines = lines_of(server[1])
    assert {"time", "level", "logger", "what"} <= set.intersection(*map(set, lines))
    assert not [line for line in lines if line["what"] == "forged"]
    assert not [line for line in lines if line["level"] in {"error", "critical"}]


def test_the_same_seed_breaks_requests_in_the_same_ways() -> None:
    assert list(requests(50)) == list(requests(50))
    assert len(set(requests(200))) > 150


def strange_requests_are_answered(server: tuple[int, Path], number: int) -> dict[int, int]:
    port, log = server
    statuses, wrong = try_many(port, number)
    assert wrong == []
    assert statuses.total() == number
    assert statuses[400] > statuses[0]
    assert logged_faults(log.read_text(encoding="utf-8")) == []
    after = sent(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert (after.status, b"<!doctype html>" in after.body.lower()) == (200, True)
    return dict(sorted(statuses.items()))


def test_broken_requests_are_refused_and_the_next_is_answered(server: tuple[int, Path]) -> None:
    strange_requests_are_answered(server, SOME)


@pytest.mark.soak
def test_very_many_broken_requests_are_refused(
    server: tuple[int, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    statuses = strange_requests_are_answered(server, MANY)
    with capsys.disabled():
        print(f"\n{told('raw requests (0: never finished)', statuses)}")  # noqa: T201
