"""Readers for locust; `python -m tests.load.knee` starts it, and so may a person.

    locust -f tests/load/locustfile.py --host http://127.0.0.1:8050

Each reader sends an address of its own in X-Forwarded-For: a server with JJJ_ATLAS_TRUST_PROXY=1
takes them for different clients, and its limit of files per client stays in force. Where
JJJ_ATLAS_LOAD_LOG names a file, each request is a line in it, as `tests.load.tally` reads them.
"""

from __future__ import annotations

import itertools
import json
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from locust import FastHttpUser, between, events

from tests.dialogue import DEPENDENCIES
from tests.load.mix import THINK, WEIGHTS, Mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.load.mix import Ask

LOG: Final = "JJJ_ATLAS_LOAD_LOG"
BUSY: Final = 503
numbers = itertools.count(1)


class Reader(FastHttpUser):
    """Opens the page, then thinks and acts by turns."""

    wait_time = between(*THINK)
    connection_timeout = network_timeout = 60.0

    def on_start(self) -> None:
        """Take an address of one's own, learn what can be asked, open the page."""
        self.number = next(numbers)
        address = f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"
        self.headers = {"X-Forwarded-For": address, "Accept-Encoding": "br"}
        known = [self._learn(path) for path in (DEPENDENCIES, "/data/catalog.json")]
        regions = {row["region_code"] for row in self._learn("/data/gdp.json?year=2020")["rows"]}
        self.mix = Mix(known[0], known[1], sorted(regions), random.Random(self.number))  # noqa: S311
        self._ask(self.mix.arrival())

    def _learn(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        headers = {**self.headers, "Accept-Encoding": "identity"}
        return self.client.get(path, headers=headers, name="arrival").json()

    def _ask(self, asked: Sequence[Ask]) -> None:
        for one in asked:
            with self.client.request(
                "GET" if one.body is None else "POST",
                one.path,
                name=one.name,
                data=one.body,
                headers=self.headers
                | ({"Content-Type": "application/json"} if one.body is not None else {}),
                catch_response=True,
                context={"reader": self.number},
            ) as answer:
                # A full queue of drawings is no fault: the page tells its reader to try later.
                if answer.status_code == BUSY and answer.headers.get("Retry-After"):
                    answer.request_meta["name"] = "refused"
                    answer.success()


def _doing(name: str) -> Any:  # noqa: ANN401 - a task of locust
    def task(reader: Reader) -> None:
        reader._ask(getattr(reader.mix, name)())  # noqa: SLF001 - part of the reader

    task.__name__ = name
    return task


Reader.tasks = {_doing(name): weight for name, weight in WEIGHTS.items()}

if os.environ.get(LOG):
    lines = Path(os.environ[LOG]).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115

    @events.request.add_listener
    def note(
        name: str,
        start_time: float,
        response_time: float,
        exception: object,
        context: dict[str, Any],
        **_: object,
    ) -> None:
        """Write one request down."""
        fault = str(exception) if exception else ""
        line = [name, start_time, response_time / 1000, fault, context.get("reader", 0)]
        lines.write(json.dumps(line) + "\n")
