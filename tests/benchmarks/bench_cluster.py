"""What counting firms on a Dask cluster costs: `python tests/benchmarks/bench_cluster.py`.

Two workers of one thread each on this machine, started by Dask's own commands, and the same with a
worker killed after the first part. CPU seconds of all processes, their start included, and how many
of these the start took. Needs the extra `scale`.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from geodata.own.firms.cluster import count_on  # noqa: E402 - the path comes first
from geodata.own.firms.parts import parts_of  # noqa: E402
from geodata.own.firms.running import count  # noqa: E402
from tests.benchmarks.bench_firms import POINTS, cpu, rules_for  # noqa: E402
from tests.benchmarks.memory import below, parents  # noqa: E402
from tests.cluster import by_commands  # noqa: E402


def measured(paths: list[Path], *, kill: bool) -> tuple[float, float, str]:
    """Return the CPU seconds of a cluster and a count, those of its start, and the digest."""
    rules = rules_for(POINTS, paths[0])
    parts = parts_of([str(one) for one in paths])
    victims: list[int] = []

    def tell(_rows: int) -> None:
        while victims:
            os.kill(victims.pop(), signal.SIGKILL)

    begun = cpu()
    with (
        tempfile.TemporaryDirectory() as folder,
        by_commands(Path(folder)) as address,
    ):
        started = cpu() + sum(map(_spent, below({os.getpid()}) - {os.getpid()})) - begun
        if kill:
            victims.append(_worker(address))
        cube = count_on(address, parts, rules, density=False, tell=tell)
        assert not victims, "no worker was killed"
    return cpu() - begun, started, cube.digest()


def _spent(pid: int) -> float:
    """Return the CPU seconds of a process that runs."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    user, system = stat.rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _worker(address: str) -> int:
    """Return a process that counts; the nanny above it starts another when it dies."""
    from distributed import Client  # noqa: PLC0415 - an extra

    with Client(address, set_as_default=False) as client:
        pids = sorted(client.run(os.getpid).values())
    assert set(pids) <= set(parents())
    return int(pids[0])


def main() -> None:
    """Measure and print; fail where a digest differs."""
    from tests.benchmarks import firm_points  # noqa: PLC0415

    parser = argparse.ArgumentParser()
    parser.add_argument("--millions", type=int, default=50)
    parser.add_argument("--folder", default=str(Path(tempfile.gettempdir()) / "jjj-atlas-firms"))
    said = parser.parse_args()
    paths = firm_points.write(said.millions, Path(said.folder))
    rules = rules_for(POINTS, paths[0])  # before the clock starts, as `bench_firms` has it
    begun = cpu()
    here = count(parts_of([str(one) for one in paths]), rules, density=False).digest()
    print(f"{said.millions} M firms in one process: {cpu() - begun:.2f} CPU s, {here[:12]}")
    for kill in (False, True):
        seconds, started, found = measured(paths, kill=kill)
        told = "a worker killed" if kill else "two workers"
        start = f"of which {started:.2f} start the cluster"
        print(f"  {told}: {seconds:.2f} CPU s, {start}, digest {found[:12]}")
        assert found == here


if __name__ == "__main__":
    main()
