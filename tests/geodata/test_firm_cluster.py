"""A register on a Dask cluster has the digest of one process, also where a worker is killed."""

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet

from geodata.own.errors import OwnError
from geodata.own.firms import cluster, running
from geodata.own.firms.parts import parts_of
from geodata.own.firms.preparing import prepare
from geodata.own.firms.register import Register
from tests.benchmarks.firm_points import firms
from tests.cluster import by_commands
from tests.geodata.test_firm_cube import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geodata.own.firms.parts import Part
    from geodata.own.firms.rules import Rules

Job = tuple["list[Part]", "Rules", str]


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    path = tmp_path_factory.mktemp("cluster") / "firms.parquet"
    parquet.write_table(firms(12_000, 0), path, row_group_size=500)
    rules = prepare(Register(ROLES), parquet.read_table(path), date(2025, 12, 31), "wgs84")
    parts = parts_of([str(path)], rows=500)
    return parts, rules, running.count(parts, rules).digest()


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_digest_of_one_process(job: Job, local: Any) -> None:  # noqa: ANN401
    parts, rules, digest = job
    told: list[int] = []
    found = cluster.count_on(local.scheduler_address, parts, rules, tell=told.append)
    assert found.digest() == digest
    assert sorted(told) == [2_000] * 6


@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_is_killed_changes_nothing(job: Job, local: Any) -> None:  # noqa: ANN401
    parts, rules, digest = job
    victims = [one.pid for one in local.workers.values()]

    def kill(_rows: int) -> None:
        if victims:
            os.kill(victims.pop(), signal.SIGKILL)
            victims.clear()

    found = cluster.count_on(local.scheduler_address, parts, rules, tell=kill)
    assert not victims
    assert found.digest() == digest


def test_workers_with_other_code_are_refused() -> None:
    client = type("Client", (), {"get_versions": _fine, "run": lambda *_: {"worker": "another"}})()
    with pytest.raises(OwnError, match="other code"):
        cluster._compare(client)  # noqa: SLF001 - what a count begins with


def _fine(*_: object, **__: object) -> None:
    return None


def test_a_scheduler_that_is_not_there_is_told(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    monkeypatch.setattr(cluster, "PATIENCE", "1s")
    with pytest.raises(OwnError, match="does not answer"):
        cluster.count_on("tcp://127.0.0.1:1", *job[:2])


def test_without_distributed_a_person_is_told_what_to_install(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(OwnError, match=r"\[scale\]"):
        cluster.count_on("tcp://127.0.0.1:1", *job[:2])


@pytest.mark.soak
def test_two_workers_started_by_their_own_commands(job: Job, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    parts, rules, digest = job
    with by_commands(tmp_path) as address:
        assert cluster.count_on(address, parts, rules).digest() == digest
