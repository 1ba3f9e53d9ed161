"""Broken HTTP by the thousand, the same for the same seed, and what an answer to it must not be."""

from __future__ import annotations

import json
import random
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, Final, NamedTuple

from dashboard.web.limits import CALLBACK, MESSAGES
from dashboard.web.wire import HEADERS
from tests.conftest import HOST
from tests.dashboard.hostile import MARK, MARKUP, PATHS, TRACES, VALUES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Mutation = Callable[[bytes, random.Random], bytes]

SEED: Final = 20261129
SENDERS: Final = 6
"""Connections at a time: fewer than the threads of the servers, so that none waits for another."""
NO_MORE: Final = 0.4
"""Seconds without a word after which a request counts as one that its sender never finished."""
PATIENCE: Final = 20
GO_ON: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
LETTERS: Final = bytes(range(256))
PROMISED: Final = {501, 503, 505}
"""Of 5xx: a transfer coding nobody knows, come again later, a version of HTTP nobody speaks."""
FIELDS: Final = (
    b"Content-Length: -1",
    b"Content-Length: 99999999999999999999",
    b"Content-Length: 2, 3",
    b"Content-Length: +2",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: chunked, chunked",
    b"Transfer-Encoding: identity, chunked",
    b"Transfer-Encoding:\x0bchunked",
    b"Transfer-Encoding: " + MARK.encode(),
    b"Expect: 100-continue",
    b"Expect: " + MARK.encode(),
    b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings",
    b"Connection: close, " + MARK.encode(),
    b"Host: a\r\nHost: b",
    b"Host: " + MARKUP.encode(),
    b"Content-Encoding: br",
    b"Content-Type: text/html; charset=" + MARK.encode(),
    b"Range: bytes=0-,1-,2-,-1",
    b"X-Forwarded-For: " + b"1.2.3.4, " * 300,
    b"X_Forwarded_Proto: https",
    b"Cookie: " + MARK.encode() * 900,
    b" folded: " + MARK.encode(),
    b"\tfolded",
    b": no name",
    MARK.encode(),
    b"A b: c",
    b"Name\x00: x",
    b"Accept-Encoding: br;q=zqjx7, *;q=",
    b"If-None-Match: " + b'"x",' * 200,
    b"If-Modified-Since: Thu, 99 Nov 9999 99:99:99 GMT",
)
METHODS: Final = (b"get", b"G\x00T", b"TRACE", b"CONNECT", b"PRI", b"ZQJX7", b"", b"GET GET", b"*")
VERSIONS: Final = (
    b"",
    b"HTTP/0.9",
    b"HTTP/1.2",
    b"HTTP/2.0",
    b"HTTP/9",
    b"HTTX/1.1",
    b"HTTP/1.1 x",
)
GRAVE: Final = {"error", "critical"}
CHUNKS: Final = (
    b"zz\r\n{}\r\n0\r\n\r\n",
    b"-2\r\n{}\r\n0\r\n\r\n",
    b"0x2\r\n{}\r\n0\r\n\r\n",
    b"2 \r\n{}\r\n0\r\n\r\n",
    b"ffffffffffffffffffff\r\n{}",
    b"2\n{}\n0\n\n",
    b"2;" + MARK.encode() * 2000 + b"\r\n{}\r\n0\r\n\r\n",
    b"2\r\n{}zqjx7\r\n0\r\n\r\n",
    b"0\r\nContent-Length: 5\r\n" + MARK.encode() + b"\r\n\r\n",
    b"\r\n\r\n",
)


class Answer(NamedTuple):
    """The first answer to what was sent; the status is 0 where there was none."""

    status: int
    headers: dict[str, str]
    body: bytes


def whole(chance: random.Random) -> bytes:
    """Return a request as HTTP has it; only its values may be strange."""
    line = chance.choice((b"GET ", b"GET ", b"HEAD ", b"OPTIONS "))
    path = chance.choice((*PATHS, "/", "/compare", "/data/gdp.csv?year=2020", "/healthz"))
    address = path.encode("utf-8", "surrogatepass").replace(b" ", b"%20")
    close = b"Host: localhost\r\nConnection: close\r\n"
    kind = chance.randrange(4)
    if kind == 0:
        body = json.dumps({chance.choice(VALUES): chance.choice(VALUES)}).encode()
        where = chance.choice((CALLBACK, MESSAGES)).encode()
        length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        return b"POST " + where + b" HTTP/1.1\r\n" + close + length + body
    if kind == 1:
        coded = b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        return (
            b"POST "
            + CALLBACK.encode()
            + b" HTTP/1.1\r\n"
            + close
            + coded
            + b"2\r\n{}\r\n0\r\n\r\n"
        )
    return line + address + b" HTTP/1.1\r\n" + close + b"\r\n"


def bytes_changed(raw: bytes, chance: random.Random) -> bytes:
    """Put other bytes in place of one to eight."""
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.choice(LETTERS)
    return bytes(changed)


def bytes_lost(raw: bytes, chance: random.Random) -> bytes:
    """Leave a stretch out."""
    begin = chance.randrange(len(raw))
    return raw[:begin] + raw[begin + chance.randint(1, 40) :]


def cut_short(raw: bytes, chance: random.Random) -> bytes:
    """Stop anywhere."""
    return raw[: chance.randrange(len(raw))]


def doubled(raw: bytes, chance: random.Random) -> bytes:
    """Say a stretch twice."""
    begin = chance.randrange(len(raw))
    end = begin + chance.randint(1, 60)
    return raw[:end] + raw[begin:]


def other_line_ends(raw: bytes, chance: random.Random) -> bytes:
    """End lines otherwise than HTTP does."""
    return raw.replace(b"\r\n", chance.choice((b"\n", b"\r", b"\r\r\n", b"\n\r")))


def one_more_field(raw: bytes, chance: random.Random) -> bytes:
    """Add one header, or the same a hundred times."""
    line = chance.choice(FIELDS) + b"\r\n"
    first, end, rest = raw.partition(b"\r\n")
    return first + end + line * chance.choice((1, 1, 1, 100)) + rest


def other_first_line(raw: bytes, chance: random.Random) -> bytes:
    """Ask by another method, for another kind of address, in another version."""
    _, end, rest = raw.partition(b"\r\n")
    address = chance.choice(
        (
            b"/",
            b"*",
            b"",
            b"http://evil.example/" + MARK.encode(),
            b"//",
            b"/%",
            b"/\xff\xfe",
            b"a:1",
        )
    )
    method = chance.choice((b"GET", *METHODS))
    return b" ".join((method, address, chance.choice((b"HTTP/1.1", *VERSIONS)))) + end + rest


def in_pieces(body: bytes) -> bytes:
    """Return a question whose body comes in chunks."""
    head = b"Host: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
    coded = head + b"Transfer-Encoding: chunked\r\n\r\n" + body
    return b"POST " + CALLBACK.encode() + b" HTTP/1.1\r\n" + coded


def other_chunks(_: bytes, chance: random.Random) -> bytes:
    """Send a body in pieces that do not fit."""
    return in_pieces(chance.choice(CHUNKS))


def another_behind(raw: bytes, chance: random.Random) -> bytes:
    """Send what is no request behind a request."""
    return raw + chance.choice((bytes_changed, bytes_lost, other_first_line))(raw, chance)


def noise(_: bytes, chance: random.Random) -> bytes:
    """Send no HTTP at all."""
    begun = chance.choice((b"", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET /", b"\x00"))
    return begun + chance.randbytes(chance.randint(1, 300)) + chance.choice((b"", b"\r\n\r\n"))


MUTATIONS: Final[tuple[Mutation, ...]] = (
    bytes_changed,
    bytes_lost,
    cut_short,
    doubled,
    other_line_ends,
    one_more_field,
    one_more_field,
    other_first_line,
    other_chunks,
    another_behind,
    noise,
)


def requests(number: int, seed: int = SEED) -> Iterator[bytes]:
    """Yield requests, one in ten whole, the others broken once or twice."""
    chance = random.Random(seed)  # noqa: S311 - the same each time, not a secret
    for _ in range(number):
        raw = whole(chance)
        for _ in range(chance.choice((0, *[1] * 6, *[2] * 3))):
            raw = chance.choice(MUTATIONS)(raw or b"\r\n", chance)
        yield raw


def sent(port: int, raw: bytes) -> Answer:
    """Send bytes and return the first answer; what is not finished is ended by its sender."""
    with socket.create_connection((HOST, port), PATIENCE) as wire:
        with suppress(OSError):  # refused before all was sent
            wire.sendall(raw)
        try:
            if not spoken(wire):
                return Answer(0, {}, b"")
            with closing(HTTPResponse(wire, method="HEAD" if raw[:5] == b"HEAD " else None)) as it:
                it.begin()
                return Answer(it.status, dict(it.getheaders()), it.read())
        except ConnectionError:
            return Answer(0, {}, b"")
        except (OSError, HTTPException) as error:  # an answer that never ends, or is no HTTP
            return Answer(-1, {}, repr(error).encode())


def spoken(wire: socket.socket) -> bool:
    """Tell whether an answer begins; a word to go on is none."""
    told = b""
    while not told or told.startswith(GO_ON):
        wire.settimeout(NO_MORE)
        try:
            told = wire.recv(len(GO_ON), socket.MSG_PEEK)
        except TimeoutError:
            with suppress(OSError):
                wire.shutdown(socket.SHUT_WR)
            wire.settimeout(PATIENCE)
            told = wire.recv(len(GO_ON), socket.MSG_PEEK)
        if not told:
            return False
        if told == GO_ON:
            wire.recv(len(GO_ON))
    wire.settimeout(PATIENCE)
    return True


def faults_of(raw: bytes, answer: Answer) -> list[str]:
    """Return what is wrong with an answer; none at all is right for what was never finished."""
    if not answer.status:
        return []
    said = answer.body.decode("utf-8", "replace")
    wrong = [] if 0 < answer.status < 500 else [f"status {answer.status}"]
    if answer.status in PROMISED:
        wrong = []
    wrong += ["a trace"] * any(trace in said for trace in TRACES)
    wrong += ["an echo"] * (MARK in said + str(answer.headers))
    wrong += [f"no {name}" for name in (*HEADERS, "X-Request-Id") if name not in answer.headers]
    return [f"{one}: {raw[:300]!r}" for one in wrong]


def try_many(port: int, number: int) -> tuple[Counter[int], list[str]]:
    """Send many, some at a time; return how often each status came, and all that was wrong."""
    statuses: Counter[int] = Counter()
    wrong: list[str] = []

    def one(raw: bytes) -> tuple[int, list[str]]:
        answer = sent(port, raw)
        return answer.status, faults_of(raw, answer)

    with ThreadPoolExecutor(SENDERS) as senders:
        for status, found in senders.map(one, requests(number)):
            statuses[status] += 1
            wrong += found
    return statuses, wrong


def logged_faults(log: str) -> list[str]:
    """Return the lines of a log that tell of a fault of ours, or are no line of ours at all."""
    lines = [line for line in log.splitlines() if line]
    return [one for one in lines if not one.startswith('{"') or json.loads(one)["level"] in GRAVE]
