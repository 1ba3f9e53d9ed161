"""Measures the Explore page: `python tests/benchmarks/bench_explore.py [--quick]`.

Everything is measured over loopback against gunicorn with two workers of four threads, answers
compressed by Brotli as a browser gets them; times run from the first byte asked to the last
received. Compare ratios and runs on the same idle machine; no test depends on these times.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script: the tests are no package

from dashboard.scene import Scene, vocabulary
from geodata.atlas import Atlas
from geodata.build import cache
from geodata.build.build import build
from tests.benchmarks.first_visit import first_visit
from tests.benchmarks.traffic import (
    OURS,
    THREADS,
    WORKERS,
    Answer,
    Cost,
    Reader,
    gunicorn,
    requests_per_second,
)
from tests.conftest import running_server

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.dialogue import Question

INLINE: Final = "tests.benchmarks.inline_app:server"
PANELS: Final = ("identity", "industry", "sites", "plan")
CLICK: Final = (*PANELS, "rank", "outline", "controls")
"""Everything the page asks when a region is clicked."""
COLUMNS: Final = ("median size", "largest", "median", "95 %")


@dataclass(frozen=True)
class Plan:
    """How much is measured; `colours` are the changes of colour that many readers ask in turn."""

    addresses: int | None
    places: int | None
    readers: int
    colours: int
    seconds: float
    browser: bool

    @classmethod
    def full(cls) -> Plan:
        """Measure everything."""
        return cls(None, None, 50, 12, 10, browser=True)

    @classmethod
    def quick(cls) -> Plan:
        """Show in a few seconds that everything can be measured."""
        return cls(8, 4, 4, 2, 0.5, browser=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the Explore page.")
    parser.add_argument("--quick", action="store_true", help="a small sample, without a browser")
    plan = Plan.quick() if parser.parse_args(argv).quick else Plan.full()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # A sample is taken from the layers that are there; the full run builds its own.
        layers = cache.default_folder() if plan == Plan.quick() else folder / "cache"
        measure_starts(folder, layers, first=plan.browser)
        atlas = Atlas.load(build(layers).folder)
        scene = Scene(atlas, str, vocabulary(atlas))
        with gunicorn(OURS, folder / "ours.txt", layers) as port:
            reader = Reader(port)
            asked = reader.questions()
            measure_colours(reader, asked, colour_addresses(scene)[: plan.addresses])
            measure_clicks(reader, asked, scene, plan)
            measure_visit(port, plan)
        measure_readers(folder, layers, asked["recolour"], scene, plan)
    return 0


def measure_starts(folder: Path, layers: Path, *, first: bool) -> None:
    """Time the front door up to its first 200: with nothing built, then with everything."""
    section("Start of `run.py serve` until the first 200", ("seconds",))
    for name in ("first start, layers built", "later start") if first else ("later start",):
        begun = time.perf_counter()
        with running_server({"JJJ_ATLAS_CACHE": str(layers)}, folder / "start.txt"):
            row(name, f"{time.perf_counter() - begun:.1f} s")


def colour_addresses(scene: Scene) -> list[str]:
    """Return an address for every indicator of the map, level and year."""
    return [
        f"?indicator={indicator}&level={level}&year={year}"
        for indicator, years in scene.vocabulary.years.items()
        for level in ("county", "city")
        for year in years.get(level, ())
    ]


def measure_colours(reader: Reader, asked: dict[str, Question], addresses: Sequence[str]) -> None:
    """Go through all indicators and years twice: what is touched first, and what is warm."""
    section(f"Change of colour, {len(addresses)} addresses", COLUMNS)
    bodies = [asked["recolour"].post(address) for address in addresses]
    for name in ("first touch", "warm"):
        answers = [reader.ask(body) for body in bodies]
        row(name, *Cost.of(answers).cells())
    largest = max(range(len(answers)), key=lambda place: answers[place].size)
    print(f"  largest: {addresses[largest]}")


def places_of(scene: Scene) -> dict[str, list[str]]:
    """Return the addresses of a click on every place, by kind."""
    atlas = scene.atlas
    found = {
        level: [f"?regions={place.id}" for place in atlas.regions(level)]
        for level in ("county", "city", "province")
    }
    found["circle"] = [
        f"?scheme={scheme.id}&circle={circle.id}"
        for scheme in atlas.schemes
        for circle in scheme.circles
    ]
    return found


def measure_clicks(reader: Reader, asked: dict[str, Question], scene: Scene, plan: Plan) -> None:
    """Click every place: the four panels alone, then everything a click asks for."""
    section("Click on a place: its panels, cold and warm; then all that the page asks", COLUMNS)
    for kind, addresses in places_of(scene).items():
        addresses = addresses[: plan.places]  # noqa: PLW2901 - the same list, cut short
        cold, warm = (
            [
                reader.together([asked[panel].post(address) for panel in PANELS])
                for address in addresses
            ]
            for _ in range(2)
        )
        every: list[Answer] = [
            reader.together([asked[question].post(address) for question in CLICK])
            for address in addresses
        ]
        row(f"{kind} ({len(addresses)}), first touch", *Cost.of(cold).cells())
        row(f"{kind}, warm", *Cost.of(warm).cells())
        row(f"{kind}, {' + '.join(CLICK)}", *Cost.of(every).cells())


def measure_readers(
    folder: Path, layers: Path, recolour: Question, scene: Scene, plan: Plan
) -> None:
    """Let many readers change colours, here and where the polygons travel each time."""
    engine = "orjson" if find_spec("orjson") else "json"  # what Plotly writes the answers with
    section(f"{plan.readers} readers changing colours, written by {engine}", ("requests/s",))
    addresses = [a for a in colour_addresses(scene) if "level=county" in a]
    addresses = addresses[:: len(addresses) // plan.colours]
    warming = min(plan.readers, WORKERS * THREADS)  # connections enough to reach both workers
    rates = []
    for name, application, post in (
        ("this page, numbers only", OURS, recolour.post),
        ("polygons inline in the coloured trace", INLINE, partial(inline_body, "areas")),
        ("polygons inline in every trace", INLINE, partial(inline_body, "all")),
    ):
        with gunicorn(application, folder / "readers.txt", layers) as port:
            bodies = [post(address) for address in addresses]
            for first in [Reader(port) for _ in range(warming)]:
                size = first.together(bodies).size / len(bodies)
            rates.append(requests_per_second(port, bodies, plan.readers, plan.seconds))
            row(f"{name} ({size:,.0f} B an answer)", f"{rates[-1]:,.1f}")
    row(
        "ratio to the coloured trace alone, to every trace",
        *(f"{rates[0] / r:.1f}×" for r in rates[1:]),
    )


def inline_body(inline: str, search: str) -> bytes:
    """Return what a browser posts to the page of `inline_app`."""
    target = {"id": "map", "property": "figure"}
    waits = {"id": "part-colour", "property": "data", "value": inline}
    address = {"id": "url", "property": "search", "value": search}
    question = {"output": "map.figure", "outputs": target, "changedPropIds": ["part-colour.data"]}
    return json.dumps({**question, "inputs": [waits], "state": [address]}).encode()


def measure_visit(port: int, plan: Plan) -> None:
    """Count the bytes of a first visit."""
    if not plan.browser:
        return
    visit = first_visit(f"http://127.0.0.1:{port}")
    section("First visit in Chromium", ("bytes",))
    row("all", f"{visit.total:,}")
    row("libraries", f"{visit.libraries:,}")
    row("ours", f"{visit.ours:,}")
    for path, size in visit.largest(8):
        row(f"  {path}", f"{size:,}")
    row("requests", str(len(visit.sizes)))
    row("requests to other hosts", str(len(visit.foreign)))
    row("requests that failed", str(len(visit.failed)))


def section(title: str, columns: Sequence[str]) -> None:
    """Begin a table."""
    print(f"\n{title}", flush=True)
    row("", *columns)


def row(name: str, *cells: str) -> None:
    """Print a line of a table."""
    print(f"  {name:<58}" + "".join(f"{cell:>15}" for cell in cells), flush=True)


if __name__ == "__main__":
    sys.exit(main())
