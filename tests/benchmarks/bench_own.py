"""A table of your own, from the file to the map: the seconds of a processor that each step takes.

Usage: `python -m tests.benchmarks.bench_own [--rows 1000000]`; exit code 1 where they are over the
budget together, of a million rows those before the map.
The server is that of `serve` on loopback, asked as the page asks it; what is counted is this
process and the one that opens the file.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import threading
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from werkzeug.test import Client

from dashboard.site import Site
from dashboard.web.limits import Policy
from geodata.atlas import Atlas
from geodata.build.build import build
from geodata.facts.statistics import read_table
from geodata.own import store
from geodata.places.regions import build_regions
from tests.dialogue import DEPENDENCIES, UPDATE, questions

if TYPE_CHECKING:
    from collections.abc import Callable

BUDGETS: Final = {1_000: 2.0, 1_000_000: 10.0}
"""Seconds from the file to the map by rows, of a million to the set that is kept."""
YEARS: Final = 35
HEAD: Final = "区划代码,地区,年份,企业数（家）,增速（%）"


def table(rows: int) -> bytes:
    """Return a table of so many rows: every county in each year, and once all are told, again."""
    regions = build_regions(read_table("regions"))
    codes = regions.codes("county")
    told = (divmod(at % (len(codes) * YEARS), len(codes)) for at in range(rows))
    lines = (
        f"{codes[at]},{regions.places[codes[at]].name.zh},{2024 - ago},{ago * 1400 + at * 7},"
        f"{at % 90 / 10}"
        for ago, at in told
    )
    return "\n".join([HEAD, *lines]).encode()


def processor() -> float:
    """Return the seconds that this process and those it waited for have taken."""
    return sum(os.times()[:4])


class Reader:
    """Brings a table as the page does, and counts what it takes."""

    def __init__(self, site: Site) -> None:
        self._client = Client(site)
        told = re.findall(r'data-own="([^"]*)"', self.ask("/own").text)[0]
        self._token = re.findall(r'"token": "([^"]+)"', unescape(told))[0]
        self._told = questions(self.ask(DEPENDENCIES).get_json())
        self.taken: dict[str, float] = {}

    def ask(self, path: str, method: str = "GET", **how: Any) -> Any:  # noqa: ANN401 - of werkzeug
        """Return an answer; anything but 200 ends the measurement."""
        answer = self._client.open(
            path,
            base_url="http://127.0.0.1:8050",
            method=method,
            environ_overrides={"REMOTE_ADDR": "127.0.0.1"},
            buffered=True,
            **how,
        )
        if answer.status_code != 200:
            message = f"{path}: {answer.status} {answer.text[:200]}"
            raise RuntimeError(message)
        return answer

    def step(self, name: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the work gives
        """Do one step and note its seconds."""
        begun = processor()
        done = work()
        self.taken[name] = processor() - begun
        return done

    def bring(self, content: bytes) -> None:
        """Bring a table and look at its map."""
        headers = {"X-Own-Token": self._token, "X-File-Name": "bench.csv"}

        def post(what: str, given: object) -> Any:  # noqa: ANN401 - of werkzeug
            return self.ask(f"/own/{what}", "POST", json=given, headers=headers)

        def upload() -> Any:  # noqa: ANN401 - of werkzeug
            return self.ask("/own/upload", "PUT", data=content, headers=headers).get_json()

        file = self.step("upload", upload)
        self.step("preview", lambda: post("preview", file))
        kept = self.step("keep", lambda: post("keep", file).get_json())
        search = kept["address"].removeprefix("/")
        body = self._told["page"].post(search, path="/", theme="light", screen=None)
        kind = "application/json"
        drawn = self.step(
            "map", lambda: self.ask(UPDATE, "POST", data=body, content_type=kind).text
        )
        if "own.bench.1" not in drawn:
            message = "The map does not show the table."
            raise RuntimeError(message)


def warmed(site: Site) -> Site:
    """Return a site that has done what it does once, ahead of its first reader."""
    for thread in threading.enumerate():
        if thread.name == "warm":
            thread.join()
    return site


def main() -> int:
    """Measure, print, and return 1 where it takes too long."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, choices=BUDGETS, default=min(BUDGETS))
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        os.environ[store.ENVIRONMENT] = folder
        manifest = build(progress=lambda _: None)
        reader = Reader(warmed(Site(Atlas.load(manifest.folder), manifest, Policy(own="here"))))
        content = table(rows)
        reader.bring(content)
    ended = "map" if rows == min(BUDGETS) else "keep"
    counted = list(reader.taken)[: list(reader.taken).index(ended) + 1]
    total = sum(reader.taken[name] for name in counted)
    for name, seconds in reader.taken.items():
        print(f"{name:>8}: {seconds:.2f} CPU s")
    print(f"{rows:,} rows, file to {ended}: {total:.2f} CPU s (budget {BUDGETS[rows]:g})")
    return int(total > BUDGETS[rows])


if __name__ == "__main__":
    sys.exit(main())
