"""Chrome as an ordinary user draws shut in: the kernel filters what its pages may ask of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, START_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser

NOBODY = 61_234
FILTERED = "Seccomp:\t2"
SCRIPT = """
import pathlib, sys
from dashboard.print.chrome import Chrome, Shot
chrome = Chrome(dict, "serif", path=sys.argv[1], polite=True)
made = chrome.picture({"data": [{"y": [1, 2]}], "layout": {}}, Shot("svg", 300, 200, 1))
assert made.startswith(b"<svg")
parents = {}
for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
    try:
        parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        pass
family = {chrome.process}
while more := {one for one, parent in parents.items() if parent in family} - family:
    family |= more
for one in family:
    folder = pathlib.Path("/proc") / str(one)
    if b"--type=renderer" in (folder / "cmdline").read_bytes():
        print((folder / "status").read_text())
chrome.close()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="read from /proc")
def test_an_ordinary_user_s_chrome_draws_in_its_sandbox(browser_path: str, tmp_path: Path) -> None:
    before: list[str] = []
    if os.geteuid() == 0:
        reading = "+dac_override,+dac_read_search"
        setpriv = shutil.which("setpriv")
        assert setpriv, "setpriv of util-linux is needed"
        line = f"--reuid={NOBODY} --clear-groups --inh-caps={reading} --ambient-caps={reading}"
        before = [setpriv, *line.split()]
    tmp_path.chmod(0o777)
    done = subprocess.run(  # noqa: S603 - our own script
        [*before, sys.executable, "-c", SCRIPT, str(browser_path)],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=START_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    assert FILTERED in done.stdout
    assert "without its sandbox" not in done.stderr
