"""Where the processor goes, request by request: `python -m tests.load.spent`.

What readers do is asked of the application itself, without a server before it, and the time that
its thread takes is counted: other work on the machine changes little. Figures to keep are left
out: their drawing is Chrome's (`tests.benchmarks.bench_export`).
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any
from unittest import mock

from dashboard.app import create_app
from dashboard.loading import load
from dashboard.web import packing
from dashboard.web.limits import Policy
from tests.dialogue import DEPENDENCIES
from tests.load.mix import WEIGHTS, Mix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

READERS, ACTIONS = 50, 40
"""Readers, and what each does after it has opened the page."""


class Meter:
    """Adds up the processor time of this thread under names."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return the same work, its time counted under a name."""

        def counted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it is given
            begun = time.thread_time()
            try:
                return work(*given, **named)
            finally:
                self.spent[name] += time.thread_time() - begun

        return counted


def measure(server: Flask, readers: int, actions: int) -> tuple[Counter[str], Mapping[str, float]]:
    """Let readers act by turns; return the requests by kind and the seconds by kind and part.

    The parts are "view", all that answers, and "compress", within it; the rest of a kind is what
    surrounds an answer: limits, headers, the log.
    """
    client, meter, asked = server.test_client(), Meter(), Counter[str]()
    known = (DEPENDENCIES, "/data/catalog.json", "/data/gdp.json?year=2020")
    dependencies, catalog, gdp = (client.get(at).get_json() for at in known)
    regions = sorted({row["region_code"] for row in gdp["rows"]})
    kinds = [kind for kind in WEIGHTS if kind != "exports"]
    weights = [WEIGHTS[kind] for kind in kinds]
    crowd = [(chance, Mix(dependencies, catalog, regions, chance)) for chance in chances(readers)]
    packed = {coding: meter.timed("compress", work) for coding, work in packing.PACK.items()}
    views = {name: meter.timed("view", work) for name, work in server.view_functions.items()}
    with (
        mock.patch.dict(packing.PACK, packed),
        mock.patch.dict(server.view_functions, views),
    ):
        for action in range(actions + 1):
            for chance, mix in crowd:
                kind = chance.choices(kinds, weights)[0] if action else "arrival"
                for one in getattr(mix, kind)():
                    headers = {"Accept-Encoding": "br", "Content-Type": "application/json"}
                    method = "GET" if one.body is None else "POST"
                    with mock.patch.object(server, "wsgi_app", meter.timed(kind, server.wsgi_app)):
                        client.open(one.path, method=method, data=one.body, headers=headers)
                    asked[kind] += 1
    return asked, meter.spent


def chances(readers: int) -> list[random.Random]:
    """Return what decides for each reader; the same every time."""
    return [random.Random(number) for number in range(readers)]  # noqa: S311


def main() -> int:
    """Measure and print."""
    application = create_app(*load(), Policy(per_minute=0))
    asked, spent = measure(application.server, READERS, ACTIONS)
    whole, number = sum(spent[kind] for kind in asked), asked.total()
    print(f"{'':12}{'requests':>10}{'ms each':>10}{'share':>8}")
    for kind, times in asked.items():
        print(
            f"{kind:12}{times:>10,}{1000 * spent[kind] / times:>10.2f}{spent[kind] / whole:>8.0%}"
        )
    print(f"{'all':12}{number:>10,}{1000 * whole / number:>10.2f}{1:>8.0%}")
    parts = {
        "answering": spent["view"] - spent["compress"],
        "compressing": spent["compress"],
        "around it": whole - spent["view"],
    }
    for part, seconds in parts.items():
        print(f"{part:12}{'':>10}{1000 * seconds / number:>10.2f}{seconds / whole:>8.0%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
