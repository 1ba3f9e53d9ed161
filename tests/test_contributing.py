"""What CONTRIBUTING says is all that an indicator and a scheme of circles take."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "exercise_report"
FIGURES = (
    ("110000", "北京市", "836"),
    ("120000", "天津市", "298.9"),
    ("130100", "石家庄市", "81.6"),
)
CIRCLES = {
    "north": ("北圈", "North circle", ("110000", "北京市"), ("130700", "张家口市")),
    "east": ("东圈", "East circle", ("120000", "天津市"), ("130200", "唐山市")),
    "south": ("南圈", "South circle", ("130100", "石家庄市"), ("130500", "邢台市")),
    "west": ("西圈", "West circle", ("130600", "保定市"), ("130400", "邯郸市")),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A checkout whose data may be changed."""
    shutil.copytree(ROOT / "geodata", tmp_path / "geodata", ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(ROOT / "run.py", tmp_path)  # no link: Python would import from where it leads
    for name in ("dashboard", "assets"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def add(tree: Path, file: str, *lines: str) -> None:
    path = tree / "geodata" / file
    path.write_text(path.read_text(encoding="utf-8") + "\n".join([*lines, ""]), encoding="utf-8")


def add_indicators(tree: Path) -> None:
    """Add a table of three figures, the indicator of them, and one computed from it."""
    rows = ["region_code,region_name,year,metro", *(f"{c},{n},2023,{v}" for c, n, v in FIGURES), ""]
    table = tree / "geodata" / "tables" / "statistics" / "exercise.csv"
    table.write_text("\n".join(rows), encoding="utf-8")
    add(
        tree,
        "tables/statistics/tables.csv",
        f"exercise,statistics/exercise.csv,Metro lines,,{SOURCE},official,",
    )
    add(tree, "tables/statistics/columns.csv", "exercise,metro,metro,,,公里,,,")
    add(tree, "tables/sources.csv", f"{SOURCE},城市轨道交通年度报告,行业协会,2024-03,,")
    add(tree, "catalog/sources_en.csv", f"{SOURCE},Yearly report on metro lines,")
    add(tree, "catalog/news.csv", "2026-11-23,added,轨道交通里程。,Metro lines.,exercise,metro")
    add(tree, "tables/units.csv", "公里,kilometres")
    add(tree, "catalog/terms.csv", "unit,公里,公里,km", "unit,公里/万人,公里/万人,km a head")
    add(
        tree,
        "catalog/indicators.csv",
        "metro,livelihood,轨道交通里程,Metro lines,公里,amount,1,yes,,,,,,,,年末里程。,Length.",
        "metro_head,livelihood,人均轨道里程,Metro a head,公里/万人,rate,3,,,,ratio,"
        "metro;population_yearend,,,,里程÷人口。,Length over residents.",
    )
    add(tree, "catalog/series.csv", f"metro,city,2023,2023,metro,,,{SOURCE},,,the yearly report")


def add_scheme(tree: Path) -> None:
    """Add a scheme of four circles, each of a core and a member."""
    add(tree, "catalog/schemes.csv", "exercise,,四圈方案,Four circles,2026,,练习。,Exercise.,,")
    for circle, (zh, en, *members) in CIRCLES.items():
        add(tree, "catalog/schemes.csv", f"exercise,{circle},{zh},{en},,,,,,")
        for role, (code, name) in zip(("core", "member"), members, strict=True):
            row = f"exercise,{circle},{zh},{en},{code},{name},{role},{SOURCE},"
            add(tree, "tables/places/circles.csv", row)


def checked(tree: Path) -> tuple[int, str]:
    """Run the check in a tree, with a cache of its own; return exit code and what is printed."""
    done = subprocess.run(
        [sys.executable, "run.py", "check"],
        cwd=tree,
        env={
            **os.environ,
            "PYTHONPATH": str(tree),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "JJJ_ATLAS_CACHE": str(tree / "cache"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.docs
def test_an_indicator_and_a_scheme_of_four_circles_take_the_rows_that_are_named(tree: Path) -> None:
    add_indicators(tree)
    add_scheme(tree)
    code, printed = checked(tree)
    assert code == 0, printed
    assert printed.endswith("未发现问题 No fault found.\n")
    covered = [line.split() for line in printed.splitlines() if line.startswith("metro")]
    assert [line[:3] for line in covered] == [
        ["metro", "city", "2023"],
        ["metro_head", "city", "2023"],
    ]
    assert all(line[3].startswith("3/") for line in covered)


@pytest.mark.docs
def test_what_is_forgotten_is_named_with_file_and_line(tree: Path) -> None:
    add_indicators(tree)
    units = tree / "geodata" / "tables" / "units.csv"
    units.write_text(units.read_text(encoding="utf-8").replace("公里,kilometres\n", ""), "utf-8")
    columns = tree / "geodata" / "tables" / "statistics" / "columns.csv"
    line = len(columns.read_text(encoding="utf-8").splitlines())
    code, printed = checked(tree)
    assert code == 1
    assert f"tables/statistics/columns.csv, line {line}: unit '公里' is unknown" in printed
