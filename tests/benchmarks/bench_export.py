"""Measures export: `python -m tests.benchmarks.bench_export [PART ...] [--quick]`.

The parts are figures (warm, one by one), profiles (thirteen, in three formats), memory (of this
process and all of Chrome, over many figures) and readers (the callbacks of Explore, idle and while
ten others export, from `run.py serve` and from gunicorn). All parts are measured unless told.
On Linux; it reads /proc. The exit code is 1 where something is over what is wanted of it, which on
a machine that is busy with other things says nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from dashboard import printing
from dashboard.command import _parser
from dashboard.lettering import FONT
from dashboard.loading import load
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery
from dashboard.print.chrome import Chrome
from dashboard.print.exporter import Exporter
from dashboard.print.paper import Print
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse
from dashboard.web import wire as web
from geodata.build import cache
from tests.benchmarks import memory
from tests.benchmarks.bench_explore import CLICK, row, section
from tests.benchmarks.crowd import crowd
from tests.benchmarks.traffic import OURS, Answer, Cost, Reader, gunicorn
from tests.conftest import HOST, running_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

PARTS: Final = ("figures", "profiles", "memory", "readers")
MOST_SECONDS: Final = {"svg": 0.25, "pdf": 0.7}
"""Wanted of the median of a warm figure, that of a map above all."""
MOST_PROFILES: Final = 15.0
"""Seconds wanted of thirteen cities in three formats, Chrome's start among them."""
CHARTS: Final = ("map", "industry", "ranking")
MOST_RATIO: Final = 2.0
"""Wanted of the callbacks' 95th percentile while others export, over the one while nobody does."""
READERS: Final = 10
PAUSE: Final = 0.05
"""Seconds between two questions of the one reader whose callbacks are timed."""
LOOKS: Final = 20
"""How often the memory is looked at."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure export.")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="a small sample of each")
    told = parser.parse_args(argv)
    atlas, manifest = load()
    measures = {
        "figures": lambda: figures(atlas, manifest, 2 if told.quick else 15),
        "profiles": lambda: profiles(atlas, manifest),
        "memory": lambda: held(atlas, manifest, 20 if told.quick else 200),
        "readers": lambda: readers(atlas, 1.0 if told.quick else 20.0),
    }
    within = [measures[part]() for part in told.parts or PARTS]
    load_now = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\nload of the machine at the end, over 1, 5 and 15 minutes: {load_now}")
    print("all within what is wanted" if all(within) else "something is over what is wanted")
    return 0 if all(within) else 1


@contextmanager
def studio_of(
    atlas: Atlas, manifest: Manifest
) -> Iterator[tuple[Callable[[str, str], float], Chrome]]:
    """Give what makes a figure of Explore and returns the seconds it took, and its Chrome."""
    scene = Scene(atlas, web.addresses(manifest), vocabulary(atlas))
    gallery = Gallery(scene, PAGES)
    chrome = Chrome(partial(web.held_geometry, manifest), FONT)
    view, choice = parse("", scene.vocabulary)[0], Print(date="2026-01-01")

    def one(chart: str, kind: str) -> float:
        begun = time.perf_counter()
        exhibits = gallery.exhibits(PAGES["/"], chart, view, choice)
        Exporter(chrome).file(kind, exhibits, choice, "", patient=True)
        return time.perf_counter() - begun

    try:
        yield one, chrome
    finally:
        chrome.close()


def figures(atlas: Atlas, manifest: Manifest, repeats: int) -> bool:
    """Time warm figures, one by one."""
    section(f"Warm figures, each {repeats} times", ("median", "95 %", "wanted"))
    within = True
    with studio_of(atlas, manifest) as (one, _):
        for chart in CHARTS:
            for kind in ("svg", "png", "pdf"):
                one(chart, kind)
                taken = [one(chart, kind) for _ in range(repeats)]
                median, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
                most = MOST_SECONDS.get(kind)
                wanted = f"≤ {most:.2f} s" if most else ""
                within &= not most or median <= most
                row(f"{chart} {kind}", f"{median:.2f} s", f"{p95:.2f} s", wanted)
    return within


def profiles(atlas: Atlas, manifest: Manifest) -> bool:
    """Print the industry structure of every city in three formats, as from a terminal."""
    heads = ("files", "all", "a file", "wanted")
    section("Profiles of thirteen cities, as SVG, PNG and PDF", heads)
    with tempfile.TemporaryDirectory() as folder:
        line = ["export", "?", "--each", "city", "--chart", "industry", "--format", "svg,png,pdf"]
        arguments = _parser().parse_args([*line, "--out", folder])
        begun = time.perf_counter()
        failed = printing.run(arguments, atlas, manifest, lambda _: None)
        taken = time.perf_counter() - begun
        files = len(list(Path(folder).iterdir()))
    cells = (f"{taken:.1f} s", f"{taken / files:.2f} s", f"≤ {MOST_PROFILES:.0f} s")
    row("Chrome's start among it", str(files), *cells)
    return not failed and taken <= MOST_PROFILES


def held(atlas: Atlas, manifest: Manifest, many: int) -> bool:
    """Watch the memory of this process and all of Chrome while many figures are made."""
    section(f"Memory of the exporter over {many} figures", ("MB",))
    samples: list[tuple[float, float]] = []
    with studio_of(atlas, manifest) as (one, chrome):
        for made in range(1, many + 1):
            one(("map", "industry")[made % 2], ("svg", "png", "pdf")[made % 3])
            if made in {1, many} or not made % (many // LOOKS):
                assert chrome.process is not None
                own = memory.below({chrome.process}) | {os.getpid()}
                samples.append((made, memory.megabytes(own)))
                row(f"after {made}", f"{samples[-1][1]:.0f}")
    share, error = memory.growth(samples, many)
    said = memory.verdict(share, error)
    print(f"  {share:+.1%} ± {error:.1%} over {many} figures: {said}. {memory.RULE}")
    return said != "growing"


def readers(atlas: Atlas, seconds: float) -> bool:
    """Time the callbacks of Explore while nobody exports, and while others do."""
    section(
        f"Callbacks of Explore ({' + '.join(CLICK)}), {READERS} readers exporting",
        ("median", "95 %", "ratio", "figures"),
    )
    places = [f"?regions={place.id}" for place in atlas.regions("county")[::4]]
    within = True
    with tempfile.TemporaryDirectory() as name:
        for title, server in (("run.py serve", waitress), ("gunicorn", production)):
            with server(Path(name) / "log.txt") as port:
                asked = Reader(port).questions()
                bodies = [asked[question].post(place) for place in places for question in CLICK]
                timed(port, bodies, seconds)
                idle = timed(port, bodies, seconds)
                row(f"{title}, idle", f"{idle.median:.1f} ms", f"{idle.p95:.1f} ms")
                with crowd(f"http://{HOST}:{port}", READERS) as came:
                    busy = timed(port, bodies, seconds)
                    made = str(len(came))
            ratio = busy.p95 / idle.p95
            cells = (f"{busy.median:.1f} ms", f"{busy.p95:.1f} ms", f"{ratio:.1f}×", made)
            row(f"{title}, {READERS} exporting (wanted ≤ {MOST_RATIO:.0f}×)", *cells)
            within &= ratio <= MOST_RATIO
    return within


@contextmanager
def waitress(log: Path) -> Iterator[int]:
    """Run the front door and give its port."""
    settings = {"JJJ_ATLAS_CACHE": str(cache.default_folder()), "JJJ_ATLAS_RATE": "0"}
    with running_server(settings, log) as (_, address):
        yield int(urlsplit(address).port or 0)


@contextmanager
def production(log: Path) -> Iterator[int]:
    """Run gunicorn with two workers, whose readers draw in turn, and give its port."""
    with gunicorn(OURS, log, cache.default_folder()) as port:
        yield port


def timed(port: int, bodies: Sequence[bytes], seconds: float) -> Cost:
    """Ask one question after the other for so long."""
    reader = Reader(port)
    end = time.monotonic() + seconds
    answers: list[Answer] = []
    while time.monotonic() < end or len(answers) < len(CLICK):
        answers.append(reader.ask(bodies[len(answers) % len(bodies)]))
        time.sleep(PAUSE)
    return Cost.of(answers)


if __name__ == "__main__":
    sys.exit(main())
