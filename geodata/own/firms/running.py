"""Runs the count of a register: in this process, in several, or on a Dask cluster by address.

It is the same job each time, `count_parts` for some parts and `add` for their sums, and has the
same digest. A process that dies has its parts counted again; threads are not used (`raster`).
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context
from typing import TYPE_CHECKING, Final

from geodata.own.errors import OwnError
from geodata.own.firms.cube import Cube, add
from geodata.own.firms.parts import count_part, count_parts, tasks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from geodata.own.firms.parts import Part, Task
    from geodata.own.firms.rules import Rules

    Tell = Callable[[int], None]

MOST_DEATHS: Final = 3
"""Processes that may die before the count is given up."""


@dataclass
class _Worker:
    """A process that counts, our end of the pipe to it, and what it counts."""

    process: BaseProcess
    pipe: Connection
    task: Task | None = None


def count(
    parts: Sequence[Part],
    rules: Rules,
    processes: int = 1,
    *,
    density: bool = True,
    tell: Tell = lambda _rows: None,
) -> Cube:
    """Count all parts on this machine.

    Parameters
    ----------
    parts
        What to count, one part at least.
    rules
        What decides.
    processes
        How many processes; 1 counts in this one.
    density
        Whether to count points by cell, too.
    tell
        Told how many rows have been counted since it was told last.

    Raises
    ------
    OwnError
        If a file cannot be read, or processes died again and again.
    """
    if processes == 1:
        return add(_each(parts, rules, density=density, tell=tell))
    return add(_shared(parts, rules, processes, density=density, tell=tell))


def _each(parts: Sequence[Part], rules: Rules, *, density: bool, tell: Tell) -> Iterable[Cube]:
    for part in parts:
        yield count_part(part, rules, density=density)
        tell(part.rows)


def _shared(
    parts: Sequence[Part], rules: Rules, processes: int, *, density: bool, tell: Tell
) -> Iterable[Cube]:
    """Yield the sums that processes hand over; the task of one that dies goes to another."""
    tasks = deque(tasks_of(parts))
    deaths = 0
    workers = [_hired(rules, density) for _ in range(min(processes, len(tasks)))]
    try:
        for worker in workers:
            _give(worker, tasks)
        while any(one.task for one in workers):
            for at in _ready(workers):
                worker = workers[at]
                task, worker.task = worker.task or (), None
                try:
                    done = worker.pipe.recv()
                except (EOFError, OSError):
                    deaths += 1
                    if deaths > MOST_DEATHS:
                        raise OwnError(of="processes_died", deaths=deaths) from None
                    tasks.append(task)
                    _dismiss(worker)
                    workers[at] = _hired(rules, density)
                    done = None
                _give(workers[at], tasks)
                if isinstance(done, Exception):
                    raise done
                if done is not None:
                    yield done
                    tell(sum(part.rows for part in task))
    finally:
        for worker in workers:
            _dismiss(worker)


def _hired(rules: Rules, density: bool) -> _Worker:  # noqa: FBT001 - sent by position
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, rules, density), daemon=True)
    process.start()
    # With our copy of their end open we would never hear that they are gone.
    theirs.close()
    return _Worker(process, ours)


def _give(worker: _Worker, tasks: deque[Task]) -> None:
    if tasks:
        worker.task = tasks.popleft()
        # Of one that is gone already we hear when its answer is waited for.
        with suppress(OSError):
            worker.pipe.send(worker.task)


def _ready(workers: Sequence[_Worker]) -> list[int]:
    ready = connection.wait([one.pipe for one in workers if one.task])
    return [at for at, one in enumerate(workers) if one.task and one.pipe in ready]


def _dismiss(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _work(pipe: Connection, rules: Rules, density: bool) -> None:  # noqa: FBT001 - by position
    """Count what is asked for until nobody asks any more."""
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_done(pipe.recv(), rules, density=density))


def _done(task: Task, rules: Rules, *, density: bool) -> Cube | Exception:
    try:
        return count_parts(task, rules, density=density)
    except (OwnError, MemoryError, OSError) as error:
        return error
