"""The servers as they are started: to look at on one machine, and for many readers."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.conftest import (
    HOST,
    ROOT,
    STOP_SECONDS,
    free_port,
    running_server,
    wait_until_healthy,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def in_the_background() -> Iterator[None]:
    """Run as what a shell has started in the background, where SIGINT is ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_stops_the_server_with_exit_code_0(
    cache_folder: Path, tmp_path: Path, in_the_background: None
) -> None:
    assert in_the_background is None
    log = tmp_path / "log.txt"
    with running_server({"JJJ_ATLAS_CACHE": str(cache_folder)}, log) as (process, address):
        with urllib.request.urlopen(f"{address}/") as answer:  # noqa: S310 - our own server
            assert "<!doctype html>" in answer.read().decode().lower()
        process.send_signal(signal.SIGINT)
        assert process.wait(STOP_SECONDS) == 0
    printed = log.read_text(encoding="utf-8")
    assert f"图谱已就绪 The atlas is ready: {address}/" in printed
    assert printed.endswith("已停止 Stopped.\n")
    assert "Traceback" not in printed


def test_the_production_server_answers(
    app_url: str, cache_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app_url  # the layers are built by now
    monkeypatch.setenv("JJJ_ATLAS_CACHE", str(cache_folder))
    port, log = free_port(), tmp_path / "log.txt"
    windows = ["waitress", f"--listen={HOST}:{port}"]
    posix = [
        "gunicorn",
        "--config",
        "python:dashboard.web.production",
        "--workers",
        "2",
        "--threads",
        "4",
        "--bind",
        f"{HOST}:{port}",
    ]
    server = windows if sys.platform == "win32" else posix
    line = [sys.executable, "-m", *server, "dashboard.wsgi:server"]
    with (
        log.open("wb") as out,
        subprocess.Popen(line, cwd=ROOT, stdout=out, stderr=out) as process,  # noqa: S603
    ):
        try:
            wait_until_healthy(process, port, log)
        finally:
            process.terminate()
