"""Readers who export one figure after the other: `python -m tests.benchmarks.crowd ADDRESS N`.

A process of its own, as readers are. Where the server is busy they wait as long as it asks and ask
again, as the page does. Each figure that came is a line.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from itertools import cycle, islice
from typing import IO, TYPE_CHECKING, Final

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

FIGURES: Final = ("map.svg", "industry.pdf", "map.png", "ranking.svg", "map.pdf", "industry.png")
BUSY: Final = frozenset({429, 503})
"""Answers that ask to wait: of a server whose hands are full, or who has been asked much by one."""
STARTED: Final = 4
"""Figures after which the crowd is under way and every Chrome has started."""


def main() -> None:
    """Export until killed."""
    address, number = sys.argv[1], int(sys.argv[2])
    readers = [threading.Thread(target=take, args=(address, at)) for at in range(number)]
    for reader in readers:
        reader.start()


def take(address: str, first: int) -> None:
    """Take one figure after the other."""
    for figure in islice(cycle(FIGURES), first, None):
        while wait := asked(f"{address}/export/explore/{figure}"):
            time.sleep(wait)
        print(figure, flush=True)


def asked(address: str) -> float:
    """Ask for a figure; return the seconds to wait before asking again, 0 where it has come."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
            answer.read()
    except urllib.error.HTTPError as error:
        if error.code not in BUSY:
            raise
        return float(error.headers["Retry-After"])
    return 0


@contextmanager
def crowd(address: str, number: int) -> Iterator[list[str]]:
    """Let readers export; give the list to which the figures that came are added."""
    line = [sys.executable, "-m", "tests.benchmarks.crowd", address, str(number)]
    came: list[str] = []
    with subprocess.Popen(  # noqa: S603 - our own script
        line, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        listener = threading.Thread(target=_listen, args=(process.stdout, came))
        listener.start()
        try:
            while len(came) < STARTED and process.poll() is None:
                time.sleep(0.1)
            came.clear()
            yield came
        finally:
            process.kill()
            listener.join()


def _listen(lines: IO[str], came: list[str]) -> None:
    came.extend(line.strip() for line in lines)


if __name__ == "__main__":
    main()
