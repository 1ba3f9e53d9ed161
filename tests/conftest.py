"""Fixtures for all tests: one build, one Atlas and one running server a session."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

# The fixtures import what they make, so that a broken module fails its own tests, not all.
# ruff: noqa: PLC0415

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
WORKERS = 2
START_SECONDS = 180
STOP_SECONDS = 60
"""Longer than a server takes on any machine: an end to waiting, not a measurement."""

# The same examples in every run, however long one takes.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

BELOW_EPHEMERAL = range(20_000, 32_000)
PORTS: Iterator[int] = cycle([*BELOW_EPHEMERAL[os.getpid() % 600 * 20 :], *BELOW_EPHEMERAL])
"""Each process begins its search at a place of its own."""

# What whoever starts the tests has set for an atlas of their own is not for these.
for setting in ("CACHE", "HOSTS", "LOG", "MCP", "RATE", "TRUST_PROXY"):
    os.environ.pop(f"JJJ_ATLAS_{setting}", None)
# Nor are the tables that he has brought along: a test that brings some names a folder.
os.environ["JJJ_ATLAS_DATA"] = str(Path(tempfile.gettempdir()) / f"jjj-atlas-of-{os.getpid()}")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Choose what the bare line runs, and share it among two workers.

    Of the tests in a browser it takes the journeys alone, which is a matter of minutes; all others
    run by `-m browser`, and where a file is named. Where `-n` is given, it holds; without
    pytest-xdist nothing is shared. A worker shares nothing of its own, or each would start two more
    without end.
    """
    option = config.option
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    usual = next(one for one in config.getini("addopts") if one.startswith("not bench"))
    if whole and option.markexpr == usual:
        option.markexpr = f"{usual} and not browser"
    if not hasattr(option, "numprocesses") or hasattr(config, "workerinput"):
        return
    if whole and option.numprocesses is None and not option.usepdb:
        option.numprocesses = WORKERS
    if option.numprocesses and option.dist == "no":
        option.dist = "loadfile"  # so that a module's page stays in one worker
        option.loadscopereorder = False  # the browser's long files come first


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was not checked because a program is missing; it is no success."""
    from tests.other_programs import unchecked

    if lines := unchecked(terminalreporter.stats.get("skipped", [])):
        terminalreporter.section("未检验 · not checked", yellow=True)
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Give the cache folder of all tests of a worker; nobody alters it.

    It is built once for all workers. Each has a copy, for servers of one cache folder share the
    turn of figures, and tests of two workers would wait for one another.
    """
    from geodata.build.build import build

    own = tmp_path_factory.getbasetemp()
    if not hasattr(request.config, "workerinput"):
        (own / "cache").mkdir()
        return own / "cache"
    shared = own.parent / "cache"
    with FileLock(shared.with_suffix(".lock")):
        shared.mkdir(exist_ok=True)
        build(shared)
    return Path(shutil.copytree(shared, own / "cache"))


@pytest.fixture(scope="session")
def manifest(cache_folder: Path) -> Manifest:
    """Build everything, or find it built."""
    from geodata.build.build import build

    return build(cache_folder)


@pytest.fixture(scope="session")
def atlas(manifest: Manifest) -> Atlas:
    """Load the one atlas of the session; it is read only."""
    from geodata.atlas import Atlas

    return Atlas.load(manifest.folder)


@pytest.fixture(scope="session")
def app_url(
    manifest: Manifest, cache_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Run the front door as a reader would, and give its address without a closing slash."""
    assert manifest.folder.parent == cache_folder
    folder = tmp_path_factory.mktemp("server")
    log, own = folder / "log.txt", str(folder / "own")
    with running_server({"JJJ_ATLAS_CACHE": str(cache_folder), "JJJ_ATLAS_DATA": own}, log) as (
        _,
        address,
    ):
        yield address


@contextmanager
def running_server(
    environment: Mapping[str, str], log: Path
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start `run.py serve` on a free port, wait until it answers, stop it in the end."""
    port = free_port()
    line = [sys.executable, str(ROOT / "run.py"), "serve", "--no-browser", "--port", str(port)]
    with log.open("wb") as out, signal_at_its_default(signal.SIGINT):
        started = subprocess.Popen(  # noqa: S603 - our own command line
            line,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
        )
    with started as process:
        try:
            wait_until_healthy(process, port, log)
            yield process, f"http://{HOST}:{port}"
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@contextmanager
def signal_at_its_default(number: signal.Signals) -> Iterator[None]:
    """Let processes that are started meanwhile meet a signal as in the foreground of a shell.

    A shell ignores SIGINT for what it starts in the background, and so do all processes below.
    Where Python handles a signal, a new process has its default (POSIX, `execve`).
    """
    before = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def free_port() -> int:
    """Return a port that nobody listens on and that no outgoing connection is given."""
    return next(port for port in PORTS if can_listen(port))


def can_listen(port: int) -> bool:
    """Tell whether a port of this machine can be listened on."""
    with suppress(OSError), socket.create_server((HOST, port)):
        return True
    return False


def wait_until_healthy(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait for 200 from /healthz, or fail with what the server printed."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if health(port) == http.client.OK:
            return
        time.sleep(0.1)
    printed = log.read_text(encoding="utf-8", errors="replace")
    pytest.fail(f"The server did not start (exit code {process.poll()}):\n{printed}")


def health(port: int) -> int | None:
    """Return the status of /healthz, or None where nobody answers yet."""
    connection = http.client.HTTPConnection(HOST, port, timeout=START_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()
