"""A Dask cluster of a scheduler and two workers, started by Dask's own commands."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.conftest import HOST, ROOT, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS: Final = 2
KEPT: Final = {
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "DASK_DISTRIBUTED__NANNY__PRE_SPAWN_ENVIRON__MALLOC_TRIM_THRESHOLD_": "1073741824",
}
"""Memory that a worker keeps between parts, as docs/own.md says: by itself Dask hands it back."""


@contextmanager
def by_commands(folder: Path) -> Iterator[str]:
    """Start a cluster, give the address of its scheduler when all workers are there, and end it.

    Parameters
    ----------
    folder
        Where the processes keep what they need.
    """
    from distributed import Client  # noqa: PLC0415 - an extra

    port = free_port()
    address = f"tcp://{HOST}:{port}"
    dask = str(Path(sys.executable).with_name("dask"))
    host = ["--host", HOST, "--no-dashboard"]
    lines = [[dask, "scheduler", "--port", str(port), *host]]
    lines += [[dask, "worker", address, "--nworkers", str(WORKERS), "--nthreads", "1", *host]]
    started = [
        subprocess.Popen(  # noqa: S603 - Dask's own commands
            line,
            cwd=folder,
            env={**os.environ, **KEPT, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
        )
        for line in lines
    ]
    try:
        with Client(address, timeout="30s", set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout="60s")
        yield address
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait(20)
