"""The whole suite is shared among workers; what is named on the command line is not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.conftest import WORKERS, pytest_cmdline_main

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


def test_a_worker_starts_no_workers() -> None:
    option = SimpleNamespace(numprocesses=None, usepdb=False, dist="no", markexpr=USUAL)
    worker = SimpleNamespace(
        args_source=WHOLE, option=option, getini=ini, workerinput={"workerid": "gw0"}
    )
    pytest_cmdline_main(worker)  # type: ignore[arg-type]
    assert option.numprocesses is None
