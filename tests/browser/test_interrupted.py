"""Ctrl-C in a real export: what is there is whole, and neither a process nor a file is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 120
"""An end to waiting, not a measurement."""
LINE = ("export", "?", "--each", "county", "--chart", "industry", "--format", "svg,pdf")

pytestmark = pytest.mark.skipif(
    not Path("/proc").is_dir(), reason="the processes left are looked for in /proc"
)


def left_by(temporary: Path) -> Iterator[str]:
    """Yield the processes that were given this temporary folder."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            if str(temporary).encode() in environment:
                yield (folder / "cmdline").read_text()
        except OSError:
            continue  # it ended, or is another's


@pytest.fixture
def short() -> Iterator[Path]:
    """Give a temporary folder: the sockets that Chrome keeps there have short names."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.parametrize("moment", ["while Chrome starts", "while it draws"])
def test_ctrl_c_leaves_whole_files_and_no_trace(
    tmp_path: Path, short: Path, cache_folder: Path, browser_path: str, moment: str
) -> None:
    temporary, out = short, tmp_path / "out"
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "JJJ_ATLAS_CACHE": str(cache_folder),
        "BROWSER_PATH": browser_path,
    }
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "run.py", *LINE, "--out", str(out)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as export:
        assert export.stdout is not None
        if moment == "while it draws":
            while not export.stdout.readline().startswith("["):
                assert export.poll() is None
        else:
            end = time.monotonic() + SECONDS
            while not any(temporary.iterdir()):
                assert export.poll() is None
                assert time.monotonic() < end
                time.sleep(0.02)
        os.killpg(export.pid, signal.SIGINT)
        _, complaint = export.communicate(timeout=SECONDS)
    assert export.returncode == 130
    assert complaint == ""
    files = list(out.iterdir()) if out.exists() else []
    assert bool(files) == (moment == "while it draws")
    for file in files:
        assert file.suffix in {".svg", ".pdf"}
        end_of_it = b"</svg>" if file.suffix == ".svg" else b"%%EOF"
        assert file.read_bytes().rstrip().endswith(end_of_it)
    assert list(left_by(temporary)) == []
    assert list(temporary.iterdir()) == []
