"""Schemes of any number of circles, written into a copy of the product as a user would add them."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CITIES: Final = (
    *("110000", "120000", "130100", "130200", "130300", "130400", "130500"),
    *("130600", "130700", "130800", "130900", "131000", "131100"),
)
"""The 13 cities, which the circles of a scheme share among them."""
PRODUCT: Final = ("geodata", "dashboard", "assets")


def copy_with(folder: Path, sizes: Iterable[int]) -> Path:
    """Copy the product into `folder` and add a scheme `n<size>` for each number of circles."""
    for name in PRODUCT:
        made = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=made)
    for name in ("run.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    for size in sizes:
        add_scheme(folder / "geodata", size)
    return folder


def add_scheme(facts: Path, size: int) -> None:
    """Add a scheme of so many circles, x1, x2 …, to the tables and the catalogue in `facts`.

    The first city of each is its core.
    """
    scheme = f"n{size}"
    named = [[scheme, f"x{n}", f"第{n}都市圈", f"Circle {n}"] for n in range(1, size + 1)]
    head = [scheme, "", f"{size}个圈", f"Scheme of {size}", "2024", "", "试用。", "A test.", "", ""]
    circles = [[*name, "", "0", "", "", "成员列名。", "All are named."] for name in named]
    members = [
        [*name, code, "", "member" if at else "core", "seed2024", ""]
        for n, name in enumerate(named)
        for at, code in enumerate(cities_of(n, size))
    ]
    _append(facts / "catalog" / "schemes.csv", [head, *circles])
    _append(facts / "tables" / "places" / "circles.csv", members)


def cities_of(number: int, size: int) -> tuple[str, ...]:
    """Return the cities of a circle (0, 1 …); two at least, so that it can have a total."""
    own = CITIES[number::size]
    return own if len(own) > 1 else (CITIES[number], CITIES[(number + 1) % len(CITIES)])


def _append(file: Path, rows: Iterable[list[str]]) -> None:
    with file.open("a", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the copy's own `run.py`, with a cache of its own."""
    return subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, str(folder / "run.py"), *words],
        cwd=folder,
        env={**os.environ, "JJJ_ATLAS_CACHE": str(folder / "cache"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
