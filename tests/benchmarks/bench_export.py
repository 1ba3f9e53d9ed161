"""Measures export: time of a warm figure, thirteen profiles, memory, and readers beside it.

Run by hand: `python -m tests.benchmarks.bench_export`. On Linux; it reads /proc.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

import waitress

from dashboard import printing, web
from dashboard.app import create_app
from dashboard.cli import load
from dashboard.export.chrome import Chrome
from dashboard.export.paper import Print
from dashboard.export.studio import Studio
from dashboard.figures.sheet import FONT
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse
from run import _parser
from tests.conftest import HOST, free_port

REPEATS = 15
MANY = 200
READERS = 10
SECONDS = 20
PAGE = 4096


def main() -> int:
    atlas, manifest = load()
    scene = Scene(atlas, web.addresses(manifest), vocabulary(atlas))
    gallery = Gallery(scene, PAGES)
    chrome = Chrome(partial(web.held_geometry, manifest), FONT)
    studio = Studio(chrome)

    def one(chart: str, kind: str, search: str = "") -> float:
        view = parse(search, scene.vocabulary)[0]
        choice = Print(date="2026-01-01")
        start = time.perf_counter()
        exhibits = gallery.exhibits(PAGES["/"], chart, view, choice)
        studio.file(kind, exhibits, choice, "", patient=True)
        return time.perf_counter() - start

    for chart in ("map", "industry", "ranking"):
        for kind in ("svg", "png", "pdf"):
            one(chart, kind)
            taken = sorted(one(chart, kind) for _ in range(REPEATS))
            worst = taken[int(0.95 * len(taken))]
            print(f"{chart} {kind}: median {statistics.median(taken):.2f} s, p95 {worst:.2f} s")

    before = memory(chrome)
    for turn in range(MANY):
        one(("map", "industry")[turn % 2], "svg")
        if turn == MANY // 4:
            quarter = memory(chrome)
    print(
        f"memory: {before} MB, after {MANY // 4}: {quarter} MB, after {MANY}: {memory(chrome)} MB"
    )
    chrome.close()

    with tempfile.TemporaryDirectory() as folder:
        line = ["export", "?", "--each", "city", "--chart", "industry", "--format", "svg,png,pdf"]
        arguments = _parser().parse_args([*line, "--out", folder])
        start = time.perf_counter()
        printing.run(arguments, atlas, manifest, lambda _: None)
        files = len(list(Path(folder).iterdir()))
        print(f"13 profiles x 3 formats: {files} files in {time.perf_counter() - start:.1f} s")

    application = create_app(atlas, manifest).server
    port = free_port()
    server = waitress.create_server(application, host=HOST, port=port, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    base = f"http://{HOST}:{port}"
    fetch(f"{base}/export/explore/map.svg")
    idle = pages(base)
    stop = threading.Event()
    done: list[int] = []
    crowd = [threading.Thread(target=export_on, args=(base, stop, done)) for _ in range(READERS)]
    for reader in crowd:
        reader.start()
    busy = pages(base)
    stop.set()
    for reader in crowd:
        reader.join()
    made = done.count(200)
    print(f"pages: p95 idle {idle:.1f} ms, with {READERS} exporting {busy:.1f} ms; {made} figures")
    application.extensions["chrome"].close()
    server.close()
    return 0


def memory(chrome: Chrome) -> int:
    """Return the megabytes of memory that this process and all of Chrome hold."""
    family, parents = {chrome.process}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")")[1].split()[1])
        except OSError:
            continue
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    held = 0
    for process in family - {None}:
        try:
            held += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
        except OSError:
            continue
    return held // 2**20


def pages(base: str) -> float:
    """Return the 95th percentile of a small callback's time, in milliseconds."""
    taken = []
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        start = time.perf_counter()
        fetch(f"{base}/export/explore/ranking.json")
        taken.append(1000 * (time.perf_counter() - start))
        time.sleep(0.05)
    return sorted(taken)[int(0.95 * len(taken))]


def export_on(base: str, stop: threading.Event, done: list[int]) -> None:
    while not stop.is_set():
        status = fetch(f"{base}/export/explore/map.svg")
        done.append(status)
        if status != 200:
            time.sleep(2)


def fetch(address: str) -> int:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


if __name__ == "__main__":
    sys.exit(main())
