"""The whole suite is shared among workers; what is named on the command line is not."""

from __future__ import annotations

import re
import tomllib
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT, WORKERS, pytest_cmdline_main
from tests.other_programs import unchecked

USUAL = "not bench and not soak"
NAMED, WHOLE = pytest.Config.ArgsSource.ARGS, pytest.Config.ArgsSource.TESTPATHS


def ini(name: str) -> list[str]:
    assert name == "addopts"
    return ["-ra", "-m", USUAL]


@pytest.mark.parametrize(
    ("source", "asked", "debugged", "given"),
    [
        (WHOLE, None, False, WORKERS),
        (NAMED, None, False, None),
        (NAMED, 2, False, 2),
        (WHOLE, 0, False, 0),
        (WHOLE, 3, False, 3),
        (WHOLE, None, True, None),
    ],
)
def test_only_the_whole_suite_is_shared(
    source: pytest.Config.ArgsSource, asked: int | None, given: int | None, *, debugged: bool
) -> None:
    option = SimpleNamespace(numprocesses=asked, usepdb=debugged, dist="no", markexpr=USUAL)
    config = SimpleNamespace(args_source=source, option=option, getini=ini)
    pytest_cmdline_main(config)  # type: ignore[arg-type]
    assert option.numprocesses == given
    assert option.dist == ("loadfile" if given else "no")


@pytest.mark.parametrize(
    ("source", "asked", "given"),
    [
        (WHOLE, USUAL, f"{USUAL} and not browser"),
        (NAMED, USUAL, USUAL),
        (WHOLE, "browser", "browser"),
    ],
)
def test_the_bare_line_leaves_the_closer_look_in_the_browser_out(
    source: pytest.Config.ArgsSource, asked: str, given: str
) -> None:
    option = SimpleNamespace(usepdb=False, markexpr=asked)
    config = SimpleNamespace(args_source=source, option=option, getini=ini)
    pytest_cmdline_main(config)  # type: ignore[arg-type]
    # Without pytest-xdist nothing is asked of it.
    assert vars(option) == {"usepdb": False, "markexpr": given}


def test_ci_runs_all_that_the_bare_line_leaves_out_but_the_long_measurements() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = settings["tool"]["pytest"]["ini_options"]["addopts"]
    left_out = {*re.findall(r"not (\w+)", options), "browser"}
    shared, alone = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-2:]
    taken = re.search(r"\((.+)\) and not alone and not soak", shared)
    assert taken
    assert {*taken[1].split(" or ")} == left_out - {"soak"}
    assert alone.endswith("-m alone")


def test_what_a_missing_program_leaves_unchecked_is_named() -> None:
    def skipped(test: str, why: str) -> pytest.TestReport:
        where = ("tests/test_a.py", None, "")
        return pytest.TestReport(
            test, where, {}, "skipped", ("a.py", 1, f"Skipped: {why}"), "setup"
        )

    reports = [
        skipped("test_a.py::test_two", "no LibreOffice here"),
        skipped("test_a.py::test_other", "gunicorn runs on POSIX only"),
        skipped("test_a.py::test_one", "no Inkscape here"),
    ]
    assert unchecked(reports) == [
        "没有 no Inkscape: test_a.py::test_one",
        "没有 no LibreOffice: test_a.py::test_two",
    ]


def test_a_worker_starts_no_workers() -> None:
    option = SimpleNamespace(numprocesses=None, usepdb=False, dist="no", markexpr=USUAL)
    worker = SimpleNamespace(
        args_source=WHOLE, option=option, getini=ini, workerinput={"workerid": "gw0"}
    )
    pytest_cmdline_main(worker)  # type: ignore[arg-type]
    assert option.numprocesses is None
