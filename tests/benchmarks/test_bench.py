from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.traffic import Answer, Cost

if TYPE_CHECKING:
    from geodata.cache import Manifest

BENCHMARK = Path(__file__).with_name("bench_explore.py")


def test_a_cost_is_the_median_and_the_slow_end() -> None:
    cost = Cost.of([Answer(size, size / 1000) for size in range(1, 101)])
    assert (cost.size, cost.largest, cost.median) == (50.5, 100, 50.5)
    assert cost.p95 == pytest.approx(95.95)
    assert cost.cells() == ("50 B", "100 B", "50.5 ms", "96.0 ms")


def test_a_sample_of_the_benchmark_runs(manifest: Manifest) -> None:
    environment = {**os.environ, "JJJ_ATLAS_CACHE": str(manifest.folder.parent)}
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-X", "utf8", str(BENCHMARK), "--quick"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for heading in ("Start of", "Change of colour, 8 addresses", "Click on a place", "4 readers"):
        assert heading in done.stdout
    ratios = re.search(r"ratio[^\d]+([\d.]+)×\s+([\d.]+)×", done.stdout)
    assert ratios
    sizes = re.findall(r"\(([\d,]+) B an answer", done.stdout)
    ours, areas, every = (int(size.replace(",", "")) for size in sizes)
    assert every > areas > 20 * ours
