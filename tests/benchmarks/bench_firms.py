"""What counting firms costs: `python tests/benchmarks/bench_firms.py [--quick] [--millions N …]`.

CPU seconds of all processes, after the county raster is built. Invented firms are written once to a
folder of their own and stay there.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pyarrow import parquet  # noqa: E402 - the path comes first

from geodata.own.firms.parts import parts_of  # noqa: E402
from geodata.own.firms.register import Register  # noqa: E402
from geodata.own.firms.running import count  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.own.firms.rules import Rules

POINTS = {"lon": "lon", "lat": "lat", "industry": "行业代码", "founded": "成立日期"}
ALL = POINTS | {"closed": "注销日期", "staff": "从业人员"}
TODAY = date(2025, 12, 31)
JOBS = {
    "join + count": (POINTS, False, 1),
    "join + count, two processes": (POINTS, False, 2),
    "births, deaths, staff, density": (ALL, True, 1),
    "the same, two processes": (ALL, True, 2),
}


def cpu() -> float:
    """Return the CPU seconds of this process and of all that have ended."""
    both = (resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def rules_for(roles: dict[str, str], path: Path) -> Rules:
    # Not above: processes that count read this file, too, and need none of it.
    from geodata.own.firms.preparing import prepare  # noqa: PLC0415

    with parquet.ParquetFile(path) as file:
        some = file.read_row_group(0)
    return prepare(Register(roles), some, TODAY, "wgs84")


def measured(job: str, paths: Sequence[Path]) -> tuple[float, str, int]:
    """Return CPU seconds, the digest, and the peak memory of one process in MB."""
    roles, density, processes = JOBS[job]
    rules = rules_for(roles, paths[0])
    begun = cpu()
    cube = count(parts_of([str(one) for one in paths]), rules, processes, density=density)
    taken = cpu() - begun
    return taken, cube.digest(), _most()


def _most() -> int:
    """Return the most memory that this process or one it started ever held, MB.

    `getrusage` will not do for this one: to it, a process has held what its parent did.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    here = int(status.partition("VmHWM:")[2].split()[0])
    return max(here, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def joined(paths: Sequence[Path]) -> float:
    """Return the CPU seconds of the same join and count by geopandas."""
    import geopandas as gpd  # noqa: PLC0415 - only this needs it
    import pandas as pd  # noqa: PLC0415

    from geodata.places.boundaries import read_counties  # noqa: PLC0415

    counties = read_counties()
    begun = cpu()
    counted = []
    for path in paths:
        frame = pd.read_parquet(path, columns=list(POINTS.values()))
        points = gpd.points_from_xy(frame["lon"], frame["lat"], crs=counties.crs)
        firms = gpd.GeoDataFrame(frame[["行业代码", "成立日期"]], geometry=points)
        found = firms.sjoin(counties, predicate="intersects")
        division = found["行业代码"].str[:2]
        year = pd.to_datetime(found["成立日期"]).dt.year
        counted.append(found.groupby([found["region_code"], division, year]).size())
    pd.concat(counted).groupby(level=[0, 1, 2]).sum()
    return cpu() - begun


def main() -> None:
    from tests.benchmarks import firm_points  # noqa: PLC0415

    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="one million firms")
    parser.add_argument("--millions", type=int, nargs="+", default=[10])
    parser.add_argument("--folder", default=str(Path(tempfile.gettempdir()) / "jjj-atlas-firms"))
    parser.add_argument("--job", help="one job alone, as it is named; for its memory")
    said = parser.parse_args()
    for millions in [1] if said.quick else said.millions:
        paths = firm_points.write(millions, Path(said.folder))
        if said.job:
            taken, digest, peak = measured(said.job, paths)
            print(f"{taken:.2f} {digest} {peak}")
            continue
        print(f"{millions} M firms")
        for job in JOBS:
            line = [sys.executable, __file__, "--millions", str(millions)]
            done = subprocess.run(  # noqa: S603 - our own script, alone in its process
                [*line, "--folder", said.folder, "--job", job],
                capture_output=True,
                check=True,
                encoding="utf-8",
                env=os.environ,
            )
            seconds, found, most = done.stdout.split()
            print(f"  {job}: {seconds} CPU s, {most} MB, digest {found[:12]}")
        ours, theirs = measured("join + count", paths)[0], joined(paths)
        print(f"  geopandas.sjoin: {theirs:.2f} CPU s, ratio {theirs / ours:.1f}×")


if __name__ == "__main__":
    main()
