"""Measures the other pages: `python tests/benchmarks/bench_pages.py [--quick]`.

Every callback of the pages but Explore, Data and Methods is asked with addresses that change all it
waits for, each twice: when the server has not seen it, and again. As `bench_explore.py` does, it
speaks over loopback to gunicorn with answers compressed by Brotli. An answer may have 40 kB, and
half of all answers of a callback must come within 50 ms; the exit code is 1 where one does not keep
to it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script: the tests are no package

from dashboard.pages.callbacks import PAGES as PAGES_OF_ATLAS
from dashboard.scene import Scene, vocabulary
from dashboard.view import CHOICES, MAX_REGIONS
from geodata.atlas import Atlas
from geodata.build import cache
from geodata.build.build import build
from tests.benchmarks.bench_explore import row, section
from tests.benchmarks.traffic import OURS, Answer, Cost, Reader, gunicorn
from tests.dialogue import QUESTION_OF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.dialogue import Question

MOST_BYTES: Final = 40_000
MOST_MILLISECONDS: Final = 50.0
MAP: Final = ("redraw", "recolour", "outline", "describe")
PAGES: Final[Mapping[str, tuple[str, ...]]] = {
    path: (
        *(MAP if page.drawn else ()),
        *(("controls",) if page.controls else ()),
        *(QUESTION_OF[one.id] for one in page.sections if one.follows),
    )
    for path, page in PAGES_OF_ATLAS.items()
    if path not in {"/", "/data", "/methods"}
}
"""What a reader sets off on each page once it is there; a new part is measured by itself."""
WHOLE: Final = "page"
"""The page itself, which comes once with all its panels."""
COLUMNS: Final = ("largest", "median", "95 %", "first touch", "")


@dataclass(frozen=True)
class Measured:
    """A callback and its answers: to addresses the server had not seen, and to them again."""

    name: str
    first: list[Answer]
    again: list[Answer]

    @property
    def cost(self) -> Cost:
        """Return all answers in short."""
        return Cost.of([*self.first, *self.again])

    @property
    def over(self) -> str:
        """Say what is over the budget, nothing where all is within."""
        cost = self.cost
        size = "size" if cost.largest > MOST_BYTES else ""
        time = "time" if cost.median > MOST_MILLISECONDS else ""
        return " ".join(filter(None, (size, time)))

    def cells(self) -> tuple[str, ...]:
        """Return the numbers as they are printed."""
        _, largest, median, p95 = self.cost.cells()
        return (largest, median, p95, Cost.of(self.first).cells()[2], self.over)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 where a callback is over the budget."""
    parser = argparse.ArgumentParser(description="Measure the other pages.")
    parser.add_argument("--quick", action="store_true", help="a small sample")
    number = 3 if parser.parse_args(argv).quick else 40
    layers = cache.default_folder()
    atlas = Atlas.load(build(layers).folder)
    choices = choices_of(Scene(atlas, str, vocabulary(atlas)))
    over = []
    with (
        tempfile.TemporaryDirectory() as folder,
        gunicorn(OURS, Path(folder) / "log.txt", layers) as port,
    ):
        reader = Reader(port)
        asked = reader.questions()
        for path, names in PAGES.items():
            section(f"{path}, {number} addresses a callback", COLUMNS)
            for name in (*names, WHOLE):
                searches = addresses(asked[name], choices, number)
                bodies = [asked[name].post(search, path=path) for search in searches]
                found = measure(reader, name, bodies)
                row(name, *found.cells())
                over += [f"{path} {name}: {found.over}"] if found.over else []
    print("\n" + ("\n".join(["over the budget:", *over]) if over else "all within the budget"))
    return 1 if over else 0


def measure(reader: Reader, name: str, bodies: Sequence[bytes]) -> Measured:
    """Ask one callback everything, and then everything again."""
    first, again = ([reader.ask(body) for body in bodies] for _ in range(2))
    return Measured(name, first, again)


def choices_of(scene: Scene) -> dict[str, list[str]]:
    """Return, by part of the address, the pieces of a query that a reader may choose from."""
    atlas = scene.atlas
    places = [[place.id for place in atlas.regions(level)] for level in ("county", "city")]
    selected = [[], places[0][:1], places[1][2:3], places[1][:3], places[0][20 : 20 + MAX_REGIONS]]
    circles = [(s.id, c.id) for s in atlas.schemes for c in s.circles]
    return {
        "scope": ["", *(f"scheme={scheme}&circle={circle}" for scheme, circle in circles)],
        "regions": [f"regions={','.join(codes)}" for codes in selected],
        "level": ["level=county", "level=city"],
        **{name: [f"{name}={value}" for value in values] for name, values in CHOICES.items()},
    }


def addresses(question: Question, choices: Mapping[str, Sequence[str]], number: int) -> list[str]:
    """Return the same queries each time, drawn at random from all that a callback waits for."""
    parts = [one["id"].removeprefix("part-") for one in question.inputs]
    draw = Random(len(parts))  # noqa: S311 - a sample, no secret
    return [
        "?" + "&".join(draw.choice(choices[part]) for part in parts if part in choices)
        for _ in range(number)
    ]


if __name__ == "__main__":
    sys.exit(main())
