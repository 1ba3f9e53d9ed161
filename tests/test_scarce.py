"""A machine that gives too little: the sentence names what is wanting, and the cure."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from dashboard.serving import waitress_settings
from dashboard.web import journal
from geodata import scarce
from geodata.build.cache import unusable
from geodata.errors import CacheError
from tests.conftest import HOST, ROOT, STOP_SECONDS, free_port, wait_until_healthy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geodata.build.cache import Manifest

resource = pytest.importorskip("resource")
FILES = ("可同时打开的文件太少", "Too few files may be open at a time")
MEMORY = ("内存不够", "There is not enough memory")
THREADS = ("不能再开线程或进程", "No more threads or processes may be started")
LINES = {
    "run.py": ("run.py", "serve", "--no-browser", "--port", "{port}"),
    "gunicorn": (
        *("-m", "gunicorn", "--config", "python:dashboard.web.production"),
        *("--workers", "2", "--threads", "4", "--bind", f"{HOST}:{{port}}"),
        "dashboard.wsgi:server",
    ),
}
SERVERS = pytest.mark.parametrize("server", LINES)
NOT_LOADED = 4
"""How gunicorn ends where its workers cannot start."""
NOBODY = 61_234
"""A user of whom nothing runs."""


def caused(cause: BaseException) -> Exception:
    error = ValueError()
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EMFILE, "Too many open files"), FILES),
        (OSError(errno.ENFILE, "of the system"), FILES),
        (MemoryError(), MEMORY),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), MEMORY),
        (ImportError("x.so: failed to map segment from shared object"), MEMORY),
        (RuntimeError("can't start new thread"), THREADS),
        (caused(OSError(errno.EMFILE, "Too many open files")), FILES),
        (caused(MemoryError()), MEMORY),
    ],
)
def test_whatever_shows_it_the_want_has_its_true_name_and_a_cure(
    error: Exception, said: tuple[str, str]
) -> None:
    told = scarce.told(error)
    assert told is not None
    zh, en = str(told).split("\n")
    assert zh.startswith(said[0])
    assert en.startswith(said[1])
    assert "ulimit -" in zh
    assert "ulimit -" in en


@pytest.mark.parametrize(
    ("limits", "running", "said"),
    [
        ({"RLIMIT_AS": 700 << 20}, 5, MEMORY),  # room again by the time it is looked for
        ({"RLIMIT_AS": 700 << 20, "RLIMIT_NPROC": 5}, 5, THREADS),
        ({"RLIMIT_NPROC": 5}, 5, THREADS),
        ({}, 5, THREADS),  # a container's limit of pids is seen by nobody
    ],
)
def test_a_thread_that_does_not_start_wants_what_is_bounded(
    limits: dict[str, float],
    running: int,
    said: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scarce, "_limit", lambda name: limits.get(name, float("inf")))
    monkeypatch.setattr(scarce, "_threads_of_user", lambda: running)
    assert str(scarce.told(RuntimeError("can't start new thread"))).startswith(said[0])


@pytest.mark.parametrize(
    "error",
    [OSError(errno.EACCES, "no"), BlockingIOError(errno.EAGAIN, "read"), ValueError("memory")],
)
def test_any_other_fault_is_no_want(error: Exception) -> None:
    assert scarce.told(error) is None


def test_a_cache_is_not_blamed_for_a_want_of_files(tmp_path: Path) -> None:
    assert isinstance(unusable(tmp_path, OSError(errno.EMFILE, "x")), scarce.ScarceError)
    assert isinstance(unusable(tmp_path, OSError(errno.EACCES, "x")), CacheError)


def test_a_want_while_serving_is_told_and_the_reader_asked_to_come_again() -> None:
    server = Flask("wanting")
    journal.log_requests(server)
    journal.answer_errors(server)

    @server.get("/")
    def wanting() -> str:
        raise MemoryError

    answer = server.test_client().get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert all(words in answer.text for words in MEMORY)
    assert answer.headers["X-Request-Id"] in answer.text


def started(
    server: Sequence[str],
    cache: Path,
    log: Path,
    limit: Callable[[], None],
    before: tuple[str, ...] = (),
) -> tuple[subprocess.Popen[bytes], int]:
    """Start a server under a limit."""
    port = free_port()
    line = [*before, sys.executable, *(word.format(port=port) for word in server)]
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            line,
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=limit,  # noqa: PLW1509 - nothing else runs here
            env={**os.environ, "JJJ_ATLAS_CACHE": str(cache), "PYTHONUTF8": "1"},
        )
    return process, port


def limited(name: str, value: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(getattr(resource, name), (value, value))


def told_in(log: Path) -> str:
    """Return what a server said, what it said in lines of JSON as it reads."""
    lines = log.read_text(encoding="utf-8").splitlines()
    return "\n".join(
        json.loads(line).get("fault", "") if line[:1] == "{" else line for line in lines
    )


def ended(process: subprocess.Popen[bytes], log: Path, code: int = 1) -> str:
    """Wait for the end of a program that cannot start; return what it said."""
    assert process.wait(STOP_SECONDS) == code, log.read_text(encoding="utf-8")
    said = told_in(log)
    assert "Traceback" not in log.read_text(encoding="utf-8")
    return said


@SERVERS
def test_with_64_files_the_pages_are_served_and_a_figure_says_what_is_wanting(
    server: str, manifest: Manifest, tmp_path: Path
) -> None:
    log = tmp_path / "log.txt"
    limit = limited("RLIMIT_NOFILE", 64)
    process, port = started(LINES[server], manifest.folder.parent, log, limit)
    try:
        wait_until_healthy(process, port, log)
        at = f"http://{HOST}:{port}"
        with urllib.request.urlopen(f"{at}/") as page:  # noqa: S310 - our own server
            assert page.status == 200
        # More rest than there are files: they end, and who comes next is answered. A gunicorn by
        # itself withstands no crowd (deploy/).
        resting = [
            socket.create_connection((HOST, port), STOP_SECONDS)
            for _ in range(70 if server == "run.py" else 0)
        ]
        with urllib.request.urlopen(f"{at}/", timeout=STOP_SECONDS) as page:  # noqa: S310
            assert page.status == 200
        for one in resting:
            one.close()
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{at}/export/explore/ranking.svg")  # noqa: S310
        with refused.value as answer:
            said = answer.read().decode()
            assert (answer.code, answer.headers["Retry-After"]) == (503, "2")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)
    assert [words in said for words in FILES] == [True, True]
    assert re.search(r"上限 64\b", said)
    # Whoever starts it is told so at once.
    assert all(words in told_in(log) for words in FILES)


@pytest.mark.parametrize(
    ("files", "connections", "seconds"),
    [
        (float("inf"), 100, 60),
        (1024, 100, 60),
        (132, 100, 60),
        (131, 99, 5),
        (64, 32, 5),
        (9, 1, 5),
    ],
)
def test_there_are_fewer_connections_than_files(
    files: float, connections: int, seconds: int
) -> None:
    kept = waitress_settings(files)
    assert (kept["connection_limit"], kept["channel_timeout"]) == (connections, seconds)


@SERVERS
@pytest.mark.parametrize("megabytes", [150, 500, 600, 2000])  # libraries would end it, or not
def test_with_little_memory_the_start_ends_with_the_sentence(
    server: str, manifest: Manifest, tmp_path: Path, megabytes: int
) -> None:
    log = tmp_path / "log.txt"
    limit = limited("RLIMIT_AS", megabytes << 20)
    process, _ = started(LINES[server], manifest.folder.parent, log, limit)
    said = ended(process, log)
    assert all(words in said for words in MEMORY)
    assert f"{megabytes:,} MB" in said


@SERVERS
@pytest.mark.parametrize("threads", [1, 20])
def test_without_threads_the_start_ends_with_the_sentence(
    server: str, manifest: Manifest, tmp_path: Path, threads: int
) -> None:
    log = tmp_path / "log.txt"
    before: tuple[str, ...] = ()
    limit: Any = limited("RLIMIT_NPROC", threads)
    if os.geteuid() == 0:  # of root nothing is counted
        reading = "+dac_override,+dac_read_search"
        line = f"--reuid={NOBODY} --clear-groups --inh-caps={reading} --ambient-caps={reading}"
        setpriv = shutil.which("setpriv")
        assert setpriv, "setpriv of util-linux is needed"
        before = (setpriv, *line.split())
    process, _ = started(LINES[server], manifest.folder.parent, log, limit, before)
    assert all(words in ended(process, log) for words in THREADS)


@SERVERS
def test_a_cache_that_cannot_be_written_is_named_and_nothing_else(
    server: str, tmp_path: Path
) -> None:
    cache = tmp_path / "file"
    cache.touch()
    log = tmp_path / "log.txt"
    process, _ = started(LINES[server], cache, log, lambda: None)
    said = ended(process, log, {"run.py": 1, "gunicorn": NOT_LOADED}[server])
    assert "缓存文件夹无法读写" in said
    assert f"The cache folder {cache} cannot be used" in said
