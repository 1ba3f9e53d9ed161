"""What an answer costs, in a measure that a slow or a busy machine does not change."""

from __future__ import annotations

import json
import time
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = [{"code": str(n), "value": n / 7, "name": "京津冀"} for n in range(5_000)]


def yardstick() -> None:
    """Do the work that others are compared with: about 10 ms of a processor of 2025."""
    json.loads(json.dumps(SAMPLE))


def processor_seconds(work: Callable[[], object]) -> float:
    """Return what a piece of work takes of the processor, whatever else runs beside it."""
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


def yardsticks(work: Callable[[], object], times: int = 3) -> float:
    """Return how much of the processor a piece of work takes, in yardsticks.

    Both are done in turn `times` times in this thread, and the least of each is taken: what else
    the machine does can only add to it.
    """
    taken = [(processor_seconds(work), processor_seconds(yardstick)) for _ in range(times)]
    return min(ours for ours, _ in taken) / min(theirs for _, theirs in taken)


@cache
def yardstick_seconds() -> float:
    """Return what the yardstick takes here, for work that is done only once."""
    return min(processor_seconds(yardstick) for _ in range(5))
