from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.bench_map import CHANGES
from tests.benchmarks.bench_own import BUDGETS
from tests.benchmarks.bench_pages import MOST_BYTES, PAGES, WHOLE, Measured
from tests.benchmarks.traffic import Answer, Cost

if TYPE_CHECKING:
    from geodata.build.cache import Manifest

HERE = Path(__file__).parent


def quickly(script: str, manifest: Manifest, *more: str) -> subprocess.CompletedProcess[str]:
    """Run a benchmark on a small sample."""
    return subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-X", "utf8", str(HERE / script), "--quick", *more],
        env={**os.environ, "JJJ_ATLAS_CACHE": str(manifest.folder.parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_cost_is_the_median_and_the_slow_end() -> None:
    cost = Cost.of([Answer(size, size / 1000) for size in range(1, 101)])
    assert (cost.size, cost.largest, cost.median) == (50.5, 100, 50.5)
    assert cost.p95 == pytest.approx(95.95)
    assert cost.cells() == ("50 B", "100 B", "50.5 ms", "96.0 ms")


@pytest.mark.soak
def test_firms_are_counted_far_faster_than_they_are_joined(
    manifest: Manifest, tmp_path: Path
) -> None:
    done = quickly("bench_firms.py", manifest, "--folder", str(tmp_path))
    assert done.returncode == 0, done.stderr
    digests = re.findall(r"digest (\w+)", done.stdout)
    assert digests[0] == digests[1] != digests[2] == digests[3]
    ratio = re.search(r"ratio ([\d.]+)×", done.stdout)
    assert ratio
    assert float(ratio[1]) > 5


@pytest.mark.soak
def test_a_sample_of_the_benchmark_runs(manifest: Manifest) -> None:
    done = quickly("bench_explore.py", manifest)
    assert done.returncode == 0, done.stderr
    for heading in ("Start of", "Change of colour, 8 addresses", "Click on a place", "4 readers"):
        assert heading in done.stdout
    ratios = re.search(r"ratio[^\d]+([\d.]+)×\s+([\d.]+)×", done.stdout)
    assert ratios
    sizes = re.findall(r"\(([\d,]+) B an answer", done.stdout)
    ours, areas, every = (int(size.replace(",", "")) for size in sizes)
    assert every > areas > 20 * ours


@pytest.mark.parametrize(
    ("sizes", "seconds", "over"),
    [
        ((40_000, 10), (0.05, 0.05), ""),
        ((40_001, 10), (0.01, 0.01), "size"),
        # Half of the answers within 50 ms is enough, whatever the slowest takes.
        ((10, 10), (0.01, 0.01, 9.0), ""),
        ((40_001, 10), (0.051, 0.051), "size time"),
    ],
)
def test_a_callback_is_over_the_budget_by_size_or_by_median_time(
    sizes: tuple[int, ...], seconds: tuple[float, ...], over: str
) -> None:
    answers = [Answer(size, second) for size in sizes for second in seconds]
    assert Measured("one", answers, answers).over == over


@pytest.mark.bench
def test_the_callbacks_of_all_pages_are_measured_and_small(manifest: Manifest) -> None:
    done = quickly("bench_pages.py", manifest)
    # On a busy machine some may take longer than the budget; sizes are the same everywhere.
    assert done.returncode in {0, 1}, done.stderr
    rows = re.findall(r"^  (\S+) +([\d,]+) B +[\d.]+ ms", done.stdout, re.MULTILINE)
    names = [name for names in PAGES.values() for name in (*names, WHOLE)]
    assert [name for name, _ in rows] == names, done.stdout
    assert all(int(size.replace(",", "")) <= MOST_BYTES for _, size in rows)
    assert done.stdout.rstrip().endswith("all within the budget") == (done.returncode == 0)


@pytest.mark.soak
def test_the_map_is_measured_beside_plain_dash(manifest: Manifest) -> None:
    done = quickly("bench_map.py", manifest)
    assert done.returncode == 0, done.stderr
    rows = re.findall(
        r"^(\S.*?), (\w+) +([\d,]+)(?: +([\d,]+) +[\d.]+×)?$", done.stdout, re.MULTILINE
    )
    measured = {(what, unit): (ours, plain) for what, unit, ours, plain in rows}
    for change in CHANGES:
        assert {("first visit", "painted"), (change, "drawn"), (change, "work")} <= set(measured)
        ours, plain = (int(size.replace(",", "")) for size in measured[change, "bytes"])
        assert 0 < 3 * ours < plain
    assert measured["a click on a county", "panels"][1] == ""


@pytest.mark.bench
def test_a_table_of_a_thousand_rows_is_soon_on_the_map(manifest: Manifest) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.benchmarks.bench_own"],
        cwd=HERE.parents[1],
        env={**os.environ, "JJJ_ATLAS_CACHE": str(manifest.folder.parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (seconds,) = re.findall(r"1,000 rows, file to map: ([\d.]+) CPU s", done.stdout)
    assert 0 < float(seconds) <= min(BUDGETS.values())
