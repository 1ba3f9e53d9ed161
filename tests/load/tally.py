"""What is read from the requests of a run: the times, the knee, the lost sessions, the slope."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAGES: Final = ("colours", "selections", "data")
"""What the times speak of; figures to keep take as long as Chrome takes, and have their own."""
SLOWER: Final = 2.0
RULE: Final = f"first step with an error, or with a p95 above {SLOWER:g} times that of the first"
NEAR: Final = 0.25
"""Seconds by which clocks of two processes, and a signal and its effect, may be apart."""


class Request(NamedTuple):
    """One request: its kind, when it began, how long it took, what went wrong, whose it was."""

    name: str
    begun: float
    seconds: float
    fault: str
    reader: int


def read(file: Path) -> list[Request]:
    """Read what the locust file has written; a last line may be cut short."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return [Request(*json.loads(line)) for line in lines if line.endswith("\n")]


@dataclass(frozen=True)
class Step:
    """One number of readers: answers per second, milliseconds, errors, refused drawings."""

    readers: int
    rate: float
    p50: float
    p95: float
    export95: float
    errors: int
    refused: int

    @classmethod
    def of(cls, readers: int, requests: Sequence[Request], seconds: float) -> Step:
        """Sum up the requests of some seconds."""
        pages = [1000 * r.seconds for r in requests if r.name in PAGES and not r.fault]
        exports = [1000 * r.seconds for r in requests if r.name == "exports" and not r.fault]
        return cls(
            readers,
            len(requests) / seconds,
            percentile(pages, 50),
            percentile(pages, 95),
            percentile(exports, 95),
            sum(bool(r.fault) for r in requests),
            sum(r.name == "refused" for r in requests),
        )


def percentile(values: Sequence[float], percent: int) -> float:
    """Return a percentile; of fewer than two values the only one, or no number."""
    if len(values) < 2:
        return values[0] if values else float("nan")
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def knee(steps: Sequence[Step]) -> Step | None:
    """Return the first step that breaks the rule, None where all keep it."""
    first = steps[0]
    return next((s for s in steps if s.errors or s.p95 > SLOWER * first.p95), None)


def lost(requests: Sequence[Request], kills: Sequence[float]) -> tuple[int, int, set[int]]:
    """Return failures in flight at a kill, other failures, and the readers who never went on.

    A request was in flight if it had begun when a worker was killed, and not ended.
    """
    failed = [r for r in requests if r.fault]
    flying = sum(
        any(r.begun - NEAR <= kill <= r.begun + r.seconds + NEAR for kill in kills) for r in failed
    )
    last = {r.reader: r for r in sorted(requests, key=lambda r: r.begun)}
    return flying, len(failed) - flying, {number for number, r in last.items() if r.fault}
