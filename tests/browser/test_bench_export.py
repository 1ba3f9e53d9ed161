"""The benchmark of export can be run; what it measures is for a quiet machine to say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from geodata.build.cache import Manifest


@pytest.mark.soak
def test_a_sample_of_export_is_measured(manifest: Manifest, browser_path: str) -> None:
    line = ["-X", "utf8", "-m", "tests.benchmarks.bench_export", "--quick"]
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, *line, "figures", "memory", "readers"],
        cwd=ROOT,
        env={
            **os.environ,
            "JJJ_ATLAS_CACHE": str(manifest.folder.parent),
            "BROWSER_PATH": browser_path,
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    verdict = "something is over" if done.returncode else "all within"
    assert done.stdout.splitlines()[-1:] == [f"{verdict} what is wanted"], done.stderr
    figures = re.findall(r"^  (\w+) (svg|png|pdf) +[\d.]+ s +[\d.]+ s", done.stdout, re.MULTILINE)
    assert len(set(figures)) == 9
    memory = re.findall(r"^  after (\d+) +(\d+)$", done.stdout, re.MULTILINE)
    assert [int(many) for many, _ in memory] == list(range(1, 21))
    # Chrome takes more than this at the least, so its processes were found.
    assert all(int(held) > 200 for _, held in memory)
    assert re.search(r"^  [+-][\d.]+% ± [\d.]+% over 20 figures: ", done.stdout, re.MULTILINE)
    ratios = re.findall(r"^  (.+), 10 exporting .+ ([\d.]+)× +\d+$", done.stdout, re.MULTILINE)
    assert [name for name, _ in ratios] == ["run.py serve", "gunicorn"]
