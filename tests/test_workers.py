"""The whole suite is shared among workers; what is named on the command line is not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.conftest import WORKERS, pytest_cmdline_main

NAMED, WHOLE = pytest.Config.ArgsSource.ARGS, pytest.Config.ArgsSource.TESTPATHS


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
    option = SimpleNamespace(numprocesses=asked, usepdb=debugged, dist="no")
    config = SimpleNamespace(args_source=source, option=option)
    pytest_cmdline_main(config)  # type: ignore[arg-type]
    assert option.numprocesses == given
    assert option.dist == ("loadfile" if given else "no")


def test_without_the_plugin_nothing_is_asked_of_it() -> None:
    option = SimpleNamespace(usepdb=False)
    pytest_cmdline_main(SimpleNamespace(args_source=WHOLE, option=option))  # type: ignore[arg-type]
    assert vars(option) == {"usepdb": False}


def test_a_worker_starts_no_workers() -> None:
    option = SimpleNamespace(numprocesses=None, usepdb=False, dist="no")
    worker = SimpleNamespace(args_source=WHOLE, option=option, workerinput={"workerid": "gw0"})
    pytest_cmdline_main(worker)  # type: ignore[arg-type]
    assert option.numprocesses is None
