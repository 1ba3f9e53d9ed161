"""The install: ranges and the exact tested set agree, and every data file travels along."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import PurePath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = [
    Requirement(text)
    for text in (
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["test"],
    )
]
LINES = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
PINNED: dict[str, str] = dict(line.split("==") for line in LINES)
INSTALLERS = {"pip", "setuptools"}
"""They come with the environment and are no part of the tested set."""


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


def test_every_data_file_of_the_packages_is_declared() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    files = [
        path
        for package in ("geodata", "dashboard")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    ]
    left = [str(p) for p in files if not any(PurePath(p.name).match(q) for q in patterns)]
    assert left == []
    assert len(files) > 10
