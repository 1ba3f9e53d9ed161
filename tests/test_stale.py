"""A fault in a table or a file gets a sentence, and the last good data keep being served."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from dashboard import checking, command, loading
from dashboard.app import create_app
from geodata.build import cache
from geodata.errors import CacheError, FactsError
from geodata.facts import check as facts_check
from geodata.places import boundaries
from tests.conftest import HOST, ROOT, free_port, wait_until_healthy
from tests.dashboard.conftest import Reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dashboard.web.stale import Stale
    from geodata.build.cache import Manifest
    from geodata.records import Lang

YEARBOOK = "tables/statistics/county_yearbook_2021.csv"
COLUMNS = "tables/statistics/columns.csv"


def wrong_code(line: str) -> str:
    return line.replace(line.split(",", maxsplit=1)[0], "139999", 1)


def wrong_unit(line: str) -> str:
    return line.replace("亿元", "亿")


def no_source(line: str) -> str:
    cells = line.split(",")
    return ",".join([*cells[:7], "", *cells[8:]])


FAULTS: dict[str, tuple[str, int, Callable[[str], str], str]] = {
    "a wrong code": (YEARBOOK, 3, wrong_code, "region code '139999' is unknown; correct it"),
    "a duplicate": (YEARBOOK, 3, lambda line: line + line, "is already in line 3; keep one"),
    "a unit unknown": (
        COLUMNS,
        115,
        lambda line: line.replace("亿元", "亿"),
        "add it to units.csv",
    ),
    "a missing source": (
        "tables/places/circles.csv",
        2,
        no_source,
        "there is no source; write its id into source_id.",
    ),
    "a missing cell": (
        "catalog/terms.csv",
        2,
        lambda line: line.replace(",", "", 1),
        "3 cells where the first line has 4; add the missing commas",
    ),
}


def harm(root: Path, fault: str) -> str:
    """Put a fault into a copy of the facts and return the file."""
    file, number, change, _ = FAULTS[fault]
    path = root / file
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[number - 1] = change(lines[number - 1])
    path.write_text("".join(lines), encoding="utf-8")
    return file


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manifest: Manifest) -> Path:
    """Give facts and code of our own beside the finished build of all tests."""
    copy = tmp_path / "geodata"
    shutil.copytree(cache.SOURCE_ROOT, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "SOURCE_ROOT", copy)
    check = partial(facts_check.find_faults, copy / "tables")
    monkeypatch.setattr(checking, "find_faults", check)
    monkeypatch.setattr("geodata.catalog.reader.load_catalog.__defaults__", (copy / "catalog",))
    monkeypatch.setenv(cache.ENVIRONMENT, str(manifest.folder.parent))
    return copy


def served(told: list[Stale]) -> tuple[Manifest, Stale | None]:
    """Start as a server does and return what it shows."""
    atlas, shown, stale = loading.load_or_last(told.append)
    assert atlas.value("gdp", "110000", "2020").value
    return shown, stale


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_table_is_one_sentence_and_the_last_good_data_are_served(
    fault: str, facts: Path, manifest: Manifest, capsys: pytest.CaptureFixture[str]
) -> None:
    file = harm(facts, fault)
    for line in ("build", "check"):
        assert command.main([line]) == 1
        printed = capsys.readouterr().err
        assert file in printed
        assert ", line " in printed
        assert FAULTS[fault][3] in printed
        assert "Traceback" not in printed
    told: list[Stale] = []
    shown, stale = served(told)
    assert shown == manifest
    assert told == [stale]
    assert isinstance(told[0].fault, FactsError)
    loading.warn(told[0])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"{file} 第 ")
    day = manifest.finished.isoformat()
    assert lines[-2] == f"数据表有误，现展示 {day} 核对通过的数据；改正后请重启。"
    assert day in lines[-1]
    assert len(lines) == 4


def test_facts_without_fault_are_served_without_a_notice(facts: Path, manifest: Manifest) -> None:
    assert facts.is_dir()
    told: list[Stale] = []
    assert served(told) == (manifest, None)
    assert told == []


def test_an_altered_boundary_file_stops_a_build_and_no_server(
    facts: Path, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boundaries, "files", lambda _: facts)
    assert command.main(["build", "--force"]) == 1
    assert command.main(["check"]) == 1
    # The build was made from the file as it should be, so what it shows is not stale.
    assert served([]) == (manifest, None)
    better = facts / "tables" / "units.csv"
    better.write_text(better.read_text(encoding="utf-8") + "新,new\n", encoding="utf-8")
    shown, stale = served([])
    assert shown == manifest
    assert stale is not None
    assert stale.line("zh").startswith("边界文件缺失或已被改动，现展示")


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_better_facts_that_cannot_be_written_leave_the_last_good_data(
    facts: Path, manifest: Manifest, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    better = facts / "tables" / "units.csv"
    better.write_text(better.read_text(encoding="utf-8") + "新,new\n", encoding="utf-8")

    def refuse(*_: object, **__: object) -> str:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    shown, stale = served([])
    assert shown == manifest
    assert stale is not None
    assert isinstance(stale.fault, CacheError)
    assert stale.line("en").startswith("The cache folder cannot be used")
    assert ("free some space" in str(stale.fault)) == (number == errno.ENOSPC)


@pytest.mark.parametrize("harmed", ["nothing built", "half written", "other code"])
def test_what_is_not_good_is_not_the_last_good(
    facts: Path,
    manifest: Manifest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    harmed: str,
) -> None:
    root = tmp_path / "cache"
    monkeypatch.setenv(cache.ENVIRONMENT, str(root))
    if harmed != "nothing built":
        folder = shutil.copytree(manifest.folder, root / manifest.folder.name)
        assert cache.last_good() is not None
        if harmed == "half written":
            cut = next(folder.glob("chosen.*"))
            cut.write_bytes(cut.read_bytes()[:-1])
        else:
            written = replace(manifest, code="other").to_json()
            (folder / cache.MANIFEST).write_text(written, encoding="utf-8")
    harm(facts, "a wrong code")
    assert cache.last_good() is None
    with pytest.raises(FactsError, match="'139999' is unknown"):
        served([])


def test_the_latest_of_several_good_builds_is_taken(
    facts: Path, manifest: Manifest, tmp_path: Path
) -> None:
    assert facts.is_dir()
    for number, name in enumerate(("build-b", "build-a", "build-c")):
        copy = shutil.copytree(manifest.folder, tmp_path / "cache" / name)
        os.utime(copy / cache.MANIFEST, (number % 2, number % 2))
    found = cache.last_good(tmp_path / "cache")
    assert found is not None
    assert found.folder.name == "build-a"


def test_the_page_and_the_readiness_check_say_that_the_data_are_not_the_latest(
    facts: Path,
) -> None:
    harm(facts, "a duplicate")
    atlas, shown, stale = loading.load_or_last(lambda _: None)
    assert stale is not None
    reader = Reader(create_app(atlas, shown, stale=stale).server.test_client())
    spoken: tuple[tuple[str, Lang], ...] = (("", "zh"), ("?lang=en", "en"))
    for search, lang in spoken:
        page = reader.ask("page", search)["page"]["children"]
        (line,) = [one for one in _components(page) if "stale" in str(one.get("className"))]
        assert line["children"] == [stale.line(lang)]
    ready = reader.client.get("/readyz")
    assert ready.status_code == 200
    told = ready.get_data(as_text=True).splitlines()
    assert told == ["ok", stale.line("zh"), stale.line("en")]
    assert all("tables/" not in line for line in told)


def _components(tree: object) -> list[dict[str, object]]:
    """Return the properties of all components of a page."""
    if isinstance(tree, list):
        return [found for one in tree for found in _components(one)]
    if not isinstance(tree, dict):
        return []
    own = [tree["props"]] if "props" in tree else []
    return own + [found for one in tree.values() for found in _components(one)]


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn runs on POSIX only")
def test_a_worker_started_anew_while_a_table_has_a_fault_serves_the_last_good_data(
    tmp_path: Path, manifest: Manifest
) -> None:
    tree, log, port = tmp_path / "tree", tmp_path / "log.txt", free_port()
    for room in ("geodata", "dashboard", "assets"):
        shutil.copytree(ROOT / room, tree / room, ignore=shutil.ignore_patterns("__pycache__"))
    line = [sys.executable, "-m", "gunicorn", "--workers", "1", "--threads", "2"]
    line += ["--bind", f"{HOST}:{port}", "dashboard.wsgi:server"]
    environment = {
        **os.environ,
        cache.ENVIRONMENT: str(manifest.folder.parent),
        "PYTHONPATH": str(tree),
    }
    with (
        log.open("wb") as out,
        subprocess.Popen(line, cwd=tree, env=environment, stdout=out, stderr=out) as process,  # noqa: S603
    ):
        try:
            wait_until_healthy(process, port, log)
            assert ready(port) == ["ok"]
            file = harm(tree / "geodata", "a wrong code")
            assert ready(port) == ["ok"]
            (worker,) = children(process.pid)
            os.kill(worker, signal.SIGKILL)
            deadline = time.monotonic() + 60
            while children(process.pid) in ([], [worker]) and time.monotonic() < deadline:
                time.sleep(0.1)
            wait_until_healthy(process, port, log)
            assert [line[:5] for line in ready(port)] == ["ok", "数据表有误", "A tab"]
        finally:
            process.terminate()
    logged = log.read_text(encoding="utf-8")
    (told,) = [json.loads(one) for one in logged.splitlines() if "stale data" in one]
    assert file in told["fault"]
    assert "Traceback" not in logged


def ready(port: int) -> list[str]:
    with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=30) as answer:
        told: str = answer.read().decode()
    return told.splitlines()


def children(parent: int) -> list[int]:
    """Return the processes that a process has started."""
    done = subprocess.run(  # noqa: S603 - our own line
        ["ps", "-o", "pid=", "--ppid", str(parent)],  # noqa: S607 - found on the path
        stdout=subprocess.PIPE,
        check=False,
    )
    return [int(one) for one in done.stdout.split()]
