"""Real traffic over loopback: gunicorn on one side, kept-alive connections on the other."""

from __future__ import annotations

import http.client
import json
import os
import re
import selectors
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.conftest import HOST, ROOT, free_port, wait_until_healthy
from tests.dialogue import DEPENDENCIES, UPDATE, Question, questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

OURS: Final = "dashboard.wsgi:server"
LIMITS: Final = "python:dashboard.web.production"
WORKERS, THREADS = 2, 4
TIMEOUT: Final = 60
ANEW: Final = {"Cache-Control": "no-cache"}
"""What an answer costs to make is measured, not that it is kept; `tests.load` measures both."""
STOP_SECONDS: Final = 60
"""Longer than gunicorn lets its workers finish."""


@dataclass(frozen=True)
class Answer:
    """What one question cost: compressed bytes on the wire, seconds until the last of them."""

    size: int
    seconds: float


@dataclass(frozen=True)
class Cost:
    """Many answers in short: bytes (median, largest) and milliseconds (median, 95th percentile)."""

    size: float
    largest: int
    median: float
    p95: float

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> Cost:
        """Sum up at least two answers."""
        times = [1000 * a.seconds for a in answers]
        return cls(
            statistics.median(a.size for a in answers),
            max(a.size for a in answers),
            statistics.median(times),
            statistics.quantiles(times, n=20)[-1],
        )

    def cells(self) -> tuple[str, ...]:
        """Return the numbers as they are printed."""
        return (
            f"{self.size:,.0f} B",
            f"{self.largest:,} B",
            f"{self.median:.1f} ms",
            f"{self.p95:.1f} ms",
        )


class Reader:
    """One kept-alive connection that asks what a browser asks.

    Parameters
    ----------
    port
        Where the server listens.
    client
        The address this reader is taken for where the server trusts a proxy: each client has a
        limit of its own.
    """

    def __init__(self, port: int, client: str = HOST) -> None:
        self.connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
        self.client = client

    def questions(self) -> dict[str, Question]:
        """Return the callbacks of the page by name."""
        self.connection.request("GET", DEPENDENCIES)
        return questions(json.loads(self.connection.getresponse().read()))

    def ask(self, body: bytes) -> Answer:
        """Post one question and read the whole answer, which must be a good one."""
        headers = {"Content-Type": "application/json", "Accept-Encoding": "br", **ANEW}
        headers["X-Forwarded-For"] = self.client
        begun = time.perf_counter()
        self.connection.request("POST", UPDATE, body, headers)
        answer = self.connection.getresponse()
        size = len(answer.read())
        seconds = time.perf_counter() - begun
        if answer.status != http.client.OK:
            message = f"The server answered {answer.status} to {body[:300]!r}."
            raise RuntimeError(message)
        return Answer(size, seconds)

    def together(self, bodies: Sequence[bytes]) -> Answer:
        """Ask one after the other and add up what it cost."""
        answers = [self.ask(body) for body in bodies]
        return Answer(sum(a.size for a in answers), sum(a.seconds for a in answers))


@contextmanager
def gunicorn(application: str, log: Path, cache: Path) -> Iterator[int]:
    """Run a WSGI application as in production, over a cache, unlimited in rate; give its port."""
    settings = {"JJJ_ATLAS_CACHE": str(cache), "JJJ_ATLAS_RATE": "0"}
    with production(application, log, settings) as (port, _):
        yield port


@contextmanager
def production(
    application: str, log: Path, settings: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """Run a WSGI application as in production; give its port and the process above the workers."""
    port = free_port()
    line = [sys.executable, "-m", "gunicorn", "--config", LIMITS]
    line += ["--bind", f"{HOST}:{port}", application]
    line += ["--workers", str(WORKERS), "--threads", str(THREADS), "--log-level", "warning"]
    environment = {**os.environ, **settings, "PYTHONUTF8": "1"}
    with (
        log.open("wb") as out,
        subprocess.Popen(  # noqa: S603 - our own command line
            line, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=environment
        ) as process,
    ):
        try:
            wait_until_healthy(process, port, log)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def requests_per_second(port: int, bodies: Sequence[bytes], readers: int, seconds: float) -> float:
    """Let `readers` ask as fast as they are answered; return the answers per second.

    Each goes through all bodies from a place of its own. All are served by one loop over plain
    sockets, which takes next to nothing of the processor that the server needs.
    """
    asked = [_request(body) for body in bodies]
    begun = time.perf_counter()
    answered = 0
    with selectors.DefaultSelector() as selector:
        for number in range(readers):
            _Loop(port, asked, number, selector)
        while time.perf_counter() - begun < seconds:
            for key, _ in selector.select(TIMEOUT):
                answered += key.data.read()
        elapsed = time.perf_counter() - begun
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return answered / elapsed


def _request(body: bytes) -> bytes:
    lines = [f"POST {UPDATE} HTTP/1.1", f"Host: {HOST}", "Content-Type: application/json"]
    lines += ["Accept-Encoding: br", *(f"{name}: {value}" for name, value in ANEW.items())]
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


class _Loop:
    """One reader on a kept-alive socket: asks, waits for the whole answer, asks again."""

    def __init__(
        self, port: int, asked: Sequence[bytes], number: int, selector: selectors.BaseSelector
    ) -> None:
        self.socket = socket.create_connection((HOST, port), TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asked, self.place = asked, number * 7
        selector.register(self.socket, selectors.EVENT_READ, self)
        self.ask()

    def ask(self) -> None:
        """Send the next question."""
        self.received = b""
        self.socket.sendall(self.asked[self.place % len(self.asked)])
        self.place += 1

    def read(self) -> int:
        """Take what has come; return 1 and ask again when an answer is complete, else 0."""
        more = self.socket.recv(1 << 18)
        self.received += more
        if not more or not self.received.startswith(b"HTTP/1.1 200"):
            message = f"The server broke off or refused: {self.received[:200]!r}."
            raise RuntimeError(message)
        if not _complete(self.received):
            return 0
        self.ask()
        return 1


def _complete(answer: bytes) -> bool:
    """Tell whether a chunked answer, or one of a stated length, is all there."""
    head, end, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\ncontent-length: (\d+)", head)
    if not end or length:
        return bool(length) and len(body) >= int(length[1])  # type: ignore[index]
    return body.endswith(b"\r\n0\r\n\r\n")
