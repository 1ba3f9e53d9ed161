"""The production server as a family of processes: gunicorn, its workers, the Chrome of each."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.traffic import OURS, production
from tests.conftest import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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
        """Return the megabytes of the workers, and of the Chrome processes below them.

        What processes share is counted once, by halves (PSS).
        """
        workers = set(self.workers())
        return megabytes(workers), megabytes(below(workers) - workers)


@contextmanager
def serving(log: Path) -> Iterator[Server]:
    """Run the atlas as in production, behind one trusted proxy that is played by the readers."""
    with production(OURS, log, {"JJJ_ATLAS_TRUST_PROXY": "1"}) as (port, master):
        yield Server(port, master)


def parents() -> Mapping[int, int]:
    """Return the parent of every process."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found[int(folder.name)] = int(stat.rsplit(")", 1)[1].split()[1])
    return found


def below(pids: set[int]) -> set[int]:
    """Return processes with all that they have started, and what these have started."""
    family, known = set(pids), parents()
    while more := {pid for pid, parent in known.items() if parent in family} - family:
        family |= more
    return family


def megabytes(pids: set[int]) -> float:
    """Return the memory of processes; one that has just ended holds none."""
    held = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        held += sum(int(one.split()[1]) for one in lines if one.startswith("Pss:"))
    return held / 1024
