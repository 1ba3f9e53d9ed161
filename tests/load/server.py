"""The production server as a family of processes: gunicorn, its workers, the Chrome of each."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.benchmarks.memory import below, megabytes, parents
from tests.benchmarks.traffic import OURS, production
from tests.conftest import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Server:
    """A running gunicorn.

    Parameters
    ----------
    port
        Where it listens.
    master
        The process that starts the workers.
    """

    def __init__(self, port: int, master: int) -> None:
        self.port, self.master = port, master
        self.address = f"http://{HOST}:{port}"

    def workers(self) -> list[int]:
        """Return the workers, the oldest first."""
        return sorted(pid for pid, parent in parents().items() if parent == self.master)

    def memory(self) -> tuple[float, float]:
        """Return the megabytes of the workers, and of the Chrome processes below them."""
        workers = set(self.workers())
        return megabytes(workers), megabytes(below(workers) - workers)


@contextmanager
def serving(log: Path) -> Iterator[Server]:
    """Run the atlas as in production, behind one trusted proxy that is played by the readers."""
    with production(OURS, log, {"JJJ_ATLAS_TRUST_PROXY": "1"}) as (port, master):
        yield Server(port, master)
