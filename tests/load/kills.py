"""What workers killed under load cost: `python -m tests.load.kills [--proxy]`.

Readers ask over kept connections and ask again at once what failed, as often as a browser's page
does. Straight at one gunicorn, or through nginx of deploy/ before two of them (needs nginx and
openssl). Counted are requests that were under way when a worker died, those that met a connection
which had died while nothing was asked, and those that no asking again saved.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geodata.build.build import build
from tests.conftest import HOST
from tests.deploy.proxy import gunicorns, proxy
from tests.dialogue import DEPENDENCIES, UPDATE, questions
from tests.load.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Connect = Callable[[str], http.client.HTTPConnection]

READERS: Final = 20
SECONDS: Final = 60
FIRST_KILL, BETWEEN_KILLS, THINK = 3.0, 5.0, 0.1
"""Seconds; a worker takes about three to start, a reader looks for a moment before asking."""
TRIES: Final = 3
"""Once, and twice more, as the page asks (assets)."""
NEAR: Final = 0.05
"""Seconds by which a signal and its effect may be apart."""
ASKED: Final = ("recolour", "rank", "describe")
GOOD: Final = http.client.OK


@dataclass
class Failure:
    """One request that got no good answer: when it began and ended, on which connection."""

    begun: float
    ended: float
    kept: bool
    what: str


@dataclass
class Log:
    """What one reader met; it has an address of its own, as limits are counted by it."""

    source: str
    asked: int = 0
    failures: list[Failure] = field(default_factory=list)
    lost: int = 0


def read(connect: Connect, bodies: Sequence[bytes], stop: threading.Event, log: Log) -> None:
    """Ask by turns until told to stop; ask again what failed, on a new connection."""
    connection, kept = connect(log.source), False
    while not stop.is_set():
        body = bodies[log.asked % len(bodies)]
        for attempt in range(TRIES):
            begun = time.time()
            what = once(connection, body)
            log.asked += attempt == 0
            if not what:
                kept = True
                break
            log.failures.append(Failure(begun, time.time(), kept, what))
            log.lost += attempt == TRIES - 1
            connection.close()
            connection, kept = connect(log.source), False
        stop.wait(THINK)
    connection.close()


def once(connection: http.client.HTTPConnection, body: bytes) -> str:
    """Ask, and return what was wrong, nothing where the answer is good and whole."""
    try:
        connection.request("POST", UPDATE, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    return "" if answer.status == GOOD else str(answer.status)


def sorted_out(failures: Sequence[Failure], kills: Sequence[float]) -> tuple[int, int, int]:
    """Return how many were under way at a kill, met a dead kept connection, failed otherwise."""
    flying = [
        one for one in failures if any(one.begun - NEAR <= k <= one.ended + NEAR for k in kills)
    ]
    rest = [one for one in failures if one not in flying]
    dead = sum(one.kept for one in rest)
    return len(flying), dead, len(rest) - dead


def bodies_of(connection: http.client.HTTPConnection) -> list[bytes]:
    """Return what is asked: the callbacks of other colours, as the page states them."""
    connection.request("GET", DEPENDENCIES)
    known = questions(json.loads(connection.getresponse().read()))
    connection.close()
    searches = ("?indicator=gdp", "?indicator=population", "?indicator=gdp&year=2019")
    return [known[name].post(search) for search in searches for name in ASKED]


def measure(connect: Connect, servers: Sequence[Server], readers: int, seconds: float) -> str:
    """Kill the oldest worker of each server in turn while readers ask; say what it cost."""
    bodies, stop = bodies_of(connect(HOST)), threading.Event()
    for body in (*bodies, *bodies) * len(servers):  # until what is asked first is there
        once(connect(HOST), body)
    logs = [Log(f"127.0.2.{1 + n}") for n in range(readers)]
    threads = [threading.Thread(target=read, args=(connect, bodies, stop, log)) for log in logs]
    for one in threads:
        one.start()
    kills: list[float] = []
    end = time.time() + seconds
    time.sleep(FIRST_KILL)
    while time.time() < end - BETWEEN_KILLS:
        worker = servers[len(kills) % len(servers)].workers()[0]
        kills.append(time.time())
        os.kill(worker, signal.SIGKILL)
        time.sleep(BETWEEN_KILLS)
    stop.set()
    for one in threads:
        one.join()
    failures = [one for log in logs for one in log.failures]
    flying, dead, other = sorted_out(failures, kills)
    kinds = ", ".join(sorted({one.what for one in failures})) or "none"
    return (
        f"{len(kills)} kills, {readers} readers, {sum(log.asked for log in logs)} requests: "
        f"{flying} failed under way, {dead} on a connection that had died, {other} otherwise "
        f"({kinds}); lost after asking again: {sum(log.lost for log in logs)}"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.kills", description=__doc__)
    parser.add_argument("--proxy", action="store_true", help="through nginx, before two servers")
    parser.add_argument("--readers", type=int, default=READERS, help="by default %(default)s")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="by default %(default)s")
    asked = parser.parse_args(argv)
    settings = {"JJJ_ATLAS_CACHE": str(build(progress=print).folder.parent), "JJJ_ATLAS_RATE": "0"}
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        started = running.enter_context(gunicorns(folder, 1 + asked.proxy, settings))
        servers = [Server(one.port, one.process.pid) for one in started]
        if asked.proxy:
            site = running.enter_context(proxy(folder, [one.port for one in started]))
            print(measure(site.connect, servers, asked.readers, asked.seconds))
            again = (folder / "error.log").read_text(encoding="utf-8").count("upstream:")
            print(f"nginx asked another {again} times")
        else:
            print(measure(straight(servers[0].port), servers, asked.readers, asked.seconds))
    return 0


def straight(port: int) -> Connect:
    """Return what opens a connection to a server of this machine."""
    return lambda source: http.client.HTTPConnection(
        HOST, port, timeout=60, source_address=(source, 0)
    )


if __name__ == "__main__":
    sys.exit(main())
