"""Checks every table and link of the atlas, and tells what is covered."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, cast

from dashboard.headlines import headline_lines
from dashboard.loading import explain, load, say
from dashboard.pages.rehearsal import scheme_faults
from geodata.build import cache
from geodata.build.build import build
from geodata.errors import AtlasError, FactsError
from geodata.facts.check import find_faults
from geodata.places.boundaries import read_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


def check() -> int:
    """Print what is covered and every fault found; return 1 if there is one."""
    faults = [*map(str, find_faults())]
    try:
        read_source()
        build(progress=say)
        if cache.load_manifest() is None:
            say("缓存文件已被改动，重新生成 The cached files were altered and are built again:")
            build(force=True, progress=say)
        atlas, manifest = load()
        say("\n".join([*coverage_lines(atlas.coverage()), "", *headline_lines(atlas)]))
        faults += map(str, scheme_faults(atlas, manifest))
    except FactsError as error:
        faults += [said for said in map(str, error.faults) if said not in faults]
    except AtlasError as error:
        faults.append(explain(error))
    if not faults:
        say("未发现问题 No fault found.")
        return 0
    print(f"发现 {len(faults)} 处问题 · {len(faults)} found:", file=sys.stderr)
    for fault in faults:
        print("- " + fault.replace("\n", "\n  "), file=sys.stderr)
    return 1


def coverage_lines(coverage: pd.DataFrame) -> list[str]:
    """Lay the coverage out for reading, neighbouring years with the same count joined.

    Parameters
    ----------
    coverage
        One row per indicator, level and year, with the columns `indicator`, `level`, `year`,
        `present` (places with a value) and `total` (places of the level).

    Returns
    -------
    list of str
        A heading, then one line per indicator and level: `2013–2019 13/13, 2021 12/13`.
    """
    rows = [("指标 indicator", "级别 level", "年份 years: n/N")]
    for key, group in coverage.groupby(["indicator", "level"], sort=False):
        indicator, level = cast("tuple[str, str]", key)
        cells = zip(group["year"].astype(str), group["present"], group["total"], strict=True)
        rows.append((indicator, level, ", ".join(_year_runs(cells))))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return [f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}" for row in rows]


def _year_runs(cells: Iterable[tuple[str, int, int]]) -> Iterable[str]:
    """Yield "2013–2019 13/13"; only plain years one after the other are joined."""
    ordered = sorted(cells)

    def run_key(item: tuple[int, tuple[str, int, int]]) -> tuple[str, int, int]:
        place, (year, present, total) = item
        start = str(int(year) - place) if year.isdecimal() else year
        return start, present, total

    for (_, present, total), items in groupby(enumerate(ordered), key=run_key):
        years = [year for _, (year, _, _) in items]
        span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
        yield f"{span} {present}/{total}"
