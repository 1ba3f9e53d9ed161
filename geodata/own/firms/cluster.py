"""Counts a register on a Dask cluster by its address: the job and the digest of one machine.

Workers need this package and see the files under the same paths. They run one thread each
(`dask worker --nthreads 1`), as outlines may not be shared by threads. Parts whose worker dies are
counted again by another.
"""

from __future__ import annotations

import hashlib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geodata.own.errors import OwnError
from geodata.own.firms.cube import Cube, add
from geodata.own.firms.parts import Task, count_parts, tasks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.own.firms.parts import Part
    from geodata.own.firms.rules import Rules

TOGETHER: Final = 8
"""Cubes that are added at once, so that no worker holds more."""
PATIENCE: Final = "10s"


def count_on(
    scheduler: str,
    parts: Sequence[Part],
    rules: Rules,
    *,
    density: bool = True,
    tell: Callable[[int], None] = lambda _rows: None,
) -> Cube:
    """Count all parts on a cluster.

    Parameters
    ----------
    scheduler
        Its address, tcp://host:8786.
    parts, rules, density, tell
        As of `running.count`.

    Raises
    ------
    OwnError
        If `distributed` is not installed, nobody answers at the address, the cluster has no
        workers, or they have other versions or other code.
    """
    try:
        from distributed import Client, as_completed  # noqa: PLC0415 - an extra
    except ImportError:
        raise OwnError(of="no_distributed") from None
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise OwnError(of="no_scheduler", address=scheduler, why=error) from None
    with client:
        _compare(client)
        lent = client.scatter(rules, broadcast=True, hash=False)
        counting = partial(_counted, density=density)
        tasks = tasks_of(parts)
        counted = client.map(counting, tasks, rules=lent, pure=False)
        total = _tree(client, counted)
        rows = {
            one.key: sum(part.rows for part in task)
            for one, task in zip(counted, tasks, strict=True)
        }
        for one in as_completed(counted, loop=client.loop):
            tell(rows[one.key])
        cube: Cube = total.result()
        return cube


def _counted(task: Task, rules: Rules, *, density: bool) -> Cube:
    return count_parts(task, rules, density=density)


def _tree(client: Any, cubes: list[Any]) -> Any:  # noqa: ANN401 - of a package without types
    """Add in a tree, so that each sum is ready as soon as its parts are."""
    while len(cubes) > 1:
        groups = [cubes[at : at + TOGETHER] for at in range(0, len(cubes), TOGETHER)]
        cubes = [client.submit(add, group, pure=False) for group in groups]
    return cubes[0]


def _compare(client: Any) -> None:  # noqa: ANN401 - of a package without types
    """Refuse a cluster of other versions or of other code."""
    try:
        client.get_versions(check=True)
    except ValueError as error:
        raise OwnError(of="other_versions", why=error) from None
    found = set(client.run(code_digest).values())
    if not found:
        raise OwnError(of="no_workers")
    if found != {code_digest()}:
        raise OwnError(of="other_code")


@cache
def code_digest() -> str:
    """Return SHA-256 of the code that counts, by which workers are compared."""
    told = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        told.update(path.read_bytes())
    return told.hexdigest()
