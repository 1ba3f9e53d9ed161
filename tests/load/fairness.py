"""What heavy asking costs the other readers: `python -m tests.load.fairness`.

Eight readers ask for the largest workbook at a time, each for a view of its own so that none is
given from memory, and at once again, whatever they are told; meanwhile another reads. Then one
reader holds two such loops, and another asks fifteen times, as the page does: told to wait, he
asks again. The loops run in a process of their own: what is measured is the server.
"""

from __future__ import annotations

import http.client
import itertools
import multiprocessing
import queue
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from geodata.build.build import build
from tests.benchmarks.traffic import Reader
from tests.conftest import HOST
from tests.load.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Event

LOOPS, TIMES, TRIES = 8, 15, 5
ROUNDS, QUESTIONS = 6, 60
"""Alone and beset by turns, so that whatever else the machine does falls on both."""
WARMING: Final = 8
"""Connections on which everything is asked first, so that each worker has it at hand."""
MOST: Final = 2.0
"""How many times as long as alone the slowest twentieth of answers may take."""
ASKED: Final = ("recolour", "rank", "identity", "industry")
SOON: Final = 0.05
"""Seconds that who is refused waits before asking again: far less than he is told to."""
APART: Final = 100_000
"""Between the numbers of two runs of loops: no file is asked for twice."""
HEAVY: Final = "/export/linkages/matrix.xlsx?among=county"


class Measured(NamedTuple):
    """The p95 alone and beset, in seconds; files that a reader got beside one with two loops."""

    alone: float
    beset: float
    got: int

    @property
    def ratio(self) -> float:
        """How many times as long as alone a reader waits."""
        return self.beset / self.alone

    @property
    def fair(self) -> bool:
        """Whether the others hardly notice, and everybody gets what he asks for."""
        return self.ratio <= MOST and self.got == TIMES


def heavy(number: int) -> str:
    """Return the address of all pairs of counties in a view of a number's own class limits."""
    return f"{HEAVY}&classes={number},{number + 1}"


def fetch(port: int, reader: str, number: int) -> tuple[int, float]:
    """Ask for a heavy file as a reader; return the status and for how long he is to wait."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", heavy(number), headers={"X-Forwarded-For": reader})
        answer = connection.getresponse()
        answer.read()
        return answer.status, float(answer.headers.get("Retry-After", 0))
    finally:
        connection.close()


def ask_on(port: int, readers: Sequence[str], first: int, stop: Event, said: Queue[int]) -> None:
    """Let readers ask again and again until told to stop; tell each status."""
    numbers = itertools.count(first)

    def loop(reader: str) -> None:
        while not stop.is_set():
            status, _ = fetch(port, reader, next(numbers))
            said.put(status)
            if status != http.client.OK:
                stop.wait(SOON)

    threads = [threading.Thread(target=loop, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def asking(port: int, readers: Sequence[str], first: int) -> Iterator[Counter[int]]:
    """Let readers ask for heavy files from a number on; count the statuses that they get."""
    spawn, statuses = multiprocessing.get_context("spawn"), Counter[int]()
    stop, said = spawn.Event(), spawn.Queue()
    process = spawn.Process(target=ask_on, args=(port, readers, first, stop, said))
    process.start()
    try:
        statuses[said.get(timeout=60)] += 1
        yield statuses
    finally:
        stop.set()
        while process.is_alive() or not said.empty():
            with suppress(queue.Empty):
                statuses[said.get(timeout=0.1)] += 1
        process.join()


def waits(port: int, number: int = QUESTIONS) -> list[float]:
    """Return how many seconds a reader waits for each of many answers, over one connection."""
    reader = Reader(port)
    asked = reader.questions()
    bodies = [asked[name].post(f"?k={k}") for k in range(3, 8) for name in ASKED]
    took = [reader.ask(bodies[n % len(bodies)]).seconds for n in range(number)]
    reader.connection.close()
    return took


def p95(took: Sequence[float]) -> float:
    """Return what the slowest twentieth takes at least."""
    return statistics.quantiles(took, n=20)[-1]


def served(port: int, reader: str, first: int) -> int:
    """Return how many of fifteen files a reader gets who asks again when he is told to."""
    got = 0
    for number in range(first, first + TIMES):
        for _ in range(TRIES):
            status, wait = fetch(port, reader, number)
            if status == http.client.OK:
                got += 1
                break
            time.sleep(wait)
    return got


def measure(port: int) -> tuple[Measured, Counter[int]]:
    """Measure; beside it return what the eight loops got."""
    for _ in range(WARMING):
        waits(port)
    alone, beset, kinds = list[float](), list[float](), Counter[int]()
    for number in range(ROUNDS):
        alone += waits(port)
        readers = [f"198.51.{number}.{n}" for n in range(LOOPS)]
        with asking(port, readers, APART * (1 + number)) as statuses:
            beset += waits(port)
        kinds += statuses
    with asking(port, ["203.0.113.1"] * 2, APART * (1 + ROUNDS)):
        got = served(port, "203.0.113.2", APART * (2 + ROUNDS))
    return Measured(p95(alone), p95(beset), got), kinds


def main() -> int:
    """Measure and print; 1 where others wait too long or are not served."""
    build(progress=lambda _: None)
    with tempfile.TemporaryDirectory() as name, serving(Path(name) / "log.txt") as server:
        found, kinds = measure(server.port)
    print(
        f"p95 alone {1000 * found.alone:.1f} ms, beside {LOOPS} loops {1000 * found.beset:.1f} ms "
        f"({found.ratio:.2f} times, at most {MOST:g}); "
        f"the loops got {', '.join(f'{n} × {status}' for status, n in sorted(kinds.items()))}"
    )
    print(f"beside one reader with two loops another got {found.got} of {TIMES}")
    return 0 if found.fair else 1


if __name__ == "__main__":
    sys.exit(main())
