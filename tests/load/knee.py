"""Load on the production server: `python -m tests.load.knee [--kill | --soak SECONDS]`.

Needs the extra `load` (`python -m pip install -c constraints.txt -e '.[load]'`) and Linux. Readers
are made by locust on the same machine, so they take part of what the server could have: the knee
of a server of its own is later, never earlier.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from geodata.build.build import build
from tests.benchmarks import memory
from tests.benchmarks.traffic import Reader
from tests.load import tally
from tests.load.mix import THINK, WEIGHTS
from tests.load.server import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE: Final = Path(__file__).parent
STEPS: Final = "5,10,25,50,100,200"
ARRIVING: Final = 10
"""Seconds in which the readers of a step arrive; they are not counted."""
BETWEEN_KILLS: Final = 8.0
"""Seconds; a worker takes about three to start."""
BETWEEN_LOOKS: Final = 30.0
TEN_MINUTES: Final = 600.0
CHUNK: Final = 20
"""Addresses that one connection asks; the next may be with another worker."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where sessions were lost or memory grew."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.knee", description=__doc__)
    parser.add_argument("--readers", default=STEPS, help="steps, by default %(default)s")
    parser.add_argument("--seconds", type=int, default=60, help="of each step, after the arrival")
    parser.add_argument("--kill", action="store_true", help="kill workers one by one under load")
    parser.add_argument("--soak", type=int, metavar="SECONDS", help="watch the memory under load")
    parser.add_argument("--at", type=int, default=10, help="readers for --kill and --soak")
    asked = parser.parse_args(argv)
    say(f"Of 100 things a reader does: {', '.join(f'{n} {w}' for w, n in WEIGHTS.items())}.")
    say(f"Between two of them {THINK[0]:g} to {THINK[1]:g} s; each reader is a client of its own.")
    build(progress=say)
    with tempfile.TemporaryDirectory() as name, serving(Path(name) / "server.txt") as server:
        log = Path(name) / "requests.txt"
        if asked.kill:
            return kill(server, log, asked.at, asked.seconds)
        if asked.soak:
            return soak(server, log, asked.at, asked.soak)
        return climb(server, log, [int(n) for n in asked.readers.split(",")], asked.seconds)


@contextmanager
def crowd(server: Server, log: Path, readers: int, seconds: float) -> Iterator[float]:
    """Let readers arrive and act for some seconds; give the moment when all are there."""
    log.unlink(missing_ok=True)
    line = [sys.executable, "-m", "locust", "-f", str(HERE / "locustfile.py"), "--headless"]
    line += ["--users", str(readers), "--spawn-rate", str(max(1, readers / ARRIVING))]
    line += ["--run-time", f"{ARRIVING + seconds + 2:.0f}s", "--stop-timeout", "20"]
    line += ["--host", server.address, "--only-summary", "--exit-code-on-error", "0"]
    noise = log.with_suffix(".locust")
    with (
        noise.open("wb") as out,
        subprocess.Popen(  # noqa: S603 - our own command line
            line,
            env={**os.environ, "JJJ_ATLAS_LOAD_LOG": str(log)},
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            while not log.exists() and process.poll() is None:
                time.sleep(0.05)
            time.sleep(ARRIVING)
            yield time.time()
            process.wait(seconds + 60)
        finally:
            if process.poll() is None:
                process.terminate()
    present = {r.reader for r in tally.read(log) if r.reader}
    if process.returncode or len(present) < readers:
        said = noise.read_text(encoding="utf-8")
        message = f"{len(present)} of {readers} readers; locust {process.returncode}:\n{said}"
        raise RuntimeError(message)


def climb(server: Server, log: Path, readers: Sequence[int], seconds: int) -> int:
    """Raise the number of readers step by step and name the knee."""
    heads = ("readers", "req/s", "p50 ms", "p95 ms", "exports p95", "errors", "refused")
    say("\n" + "".join(f"{head:>13}" for head in heads))
    steps = []
    for number in readers:
        with crowd(server, log, number, seconds) as begun:
            pass
        measured = [r for r in tally.read(log) if begun <= r.begun < begun + seconds]
        step = tally.Step.of(number, measured, seconds)
        times = "".join(f"{ms:>13,.0f}" for ms in (step.p50, step.p95, step.export95))
        say(f"{number:>13}{step.rate:>13.1f}{times}{step.errors:>13}{step.refused:>13}")
        for fault in sorted({r.fault for r in measured if r.fault}):
            say(f"{'':>13}{fault[:100]}")
        steps.append(step)
    knee = tally.knee(steps)
    say(f"\nThe knee ({tally.RULE}): {f'{knee.readers} readers' if knee else 'not reached'}.")
    say("p50 and p95 are of callbacks and data files; refused: a drawing when the queue was full.")
    return 0


def kill(server: Server, log: Path, readers: int, seconds: int) -> int:
    """Kill the oldest worker again and again, and count what the readers lose."""
    kills = []
    with crowd(server, log, readers, seconds) as begun:
        while time.time() < begun + seconds - BETWEEN_KILLS:
            worker = server.workers()[0]
            chrome = memory.below({worker}) - {worker}
            kills.append(time.time())
            os.kill(worker, signal.SIGKILL)
            time.sleep(BETWEEN_KILLS)
            left = len(chrome & set(memory.parents()))
            say(f"worker {worker} killed; {len(server.workers())} workers, {left} processes left")
    requests = tally.read(log)
    flying, other, gone = tally.lost(requests, kills)
    say(f"\n{len(kills)} kills, {readers} readers, {len(requests)} requests")
    say(f"failed in flight at a kill: {flying}; failed otherwise: {other}")
    say(f"readers who did not go on: {len(gone)}")
    for fault in sorted({r.fault for r in requests if r.fault}):
        say(f"  {fault[:100]}")
    return 1 if other or gone or not kills else 0


def soak(server: Server, log: Path, readers: int, seconds: int) -> int:
    """Watch the memory of workers and Chrome under a steady load."""
    every = min(BETWEEN_LOOKS, seconds / 10)
    samples: dict[str, list[tuple[float, float]]] = {"workers": [], "Chrome": []}
    say("Asking every colour of every year, until what a worker keeps of them is all there:")
    for _ in range(2):
        say(f"{warm(server):>10} questions, workers {server.memory()[0]:,.0f} MB")
    say(f"\n{'seconds':>10}{'workers MB':>14}{'Chrome MB':>14}")
    with crowd(server, log, readers, seconds) as begun:
        for look in range(int(seconds / every) + 1):
            time.sleep(max(0.0, begun + look * every - time.time()))
            held, past = server.memory(), time.time() - begun
            say(f"{past:>10.0f}{held[0]:>14,.0f}{held[1]:>14,.0f}")
            for name, megabytes in zip(samples, held, strict=True):
                samples[name].append((past, megabytes))
    requests = [r for r in tally.read(log) if r.begun >= begun]
    errors = sum(bool(r.fault) for r in requests)
    say(f"\n{readers} readers, {len(requests)} requests, {errors} errors")
    grown = {
        name: memory.growth(seen, TEN_MINUTES)
        for name, seen in samples.items()
        if any(held for _, held in seen)
    }
    said = {name: memory.verdict(*found) for name, found in grown.items()}
    for name, (share, error) in grown.items():
        say(f"{name}: {share:+.1%} ± {error:.1%} in ten minutes: {said[name]}")
    say(memory.RULE)
    return 1 if errors or "growing" in said.values() else 0


def warm(server: Server) -> int:
    """Ask for the colours of every indicator, level and year once, by connections to all workers.

    What a worker keeps of them has a limit, and reaches it here instead of during the soak.
    """
    catalog = urllib.request.urlopen(f"{server.address}/data/catalog.json")  # noqa: S310
    with catalog:
        indicators = json.load(catalog)["indicators"]
    first = Reader(server.port)
    questions = first.questions()
    first.connection.close()
    searches = [
        f"?{urlencode({'indicator': one['id'], 'level': level, 'year': year})}"
        for one in indicators
        for level, years in one["years"].items()
        for year in years
    ]
    for number, start in enumerate(range(0, len(searches), CHUNK)):
        reader = Reader(server.port, f"10.255.{number >> 8 & 255}.{number & 255}")
        for search in searches[start : start + CHUNK]:
            for name in ("recolour", "rank"):
                reader.ask(questions[name].post(search))
        reader.connection.close()
    return 2 * len(searches)


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
