"""Chrome's sandbox is on where it can be; where it cannot, the journal says so once."""

from __future__ import annotations

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from choreographer.errors import BrowserFailedError

from dashboard.print import chrome as module
from dashboard.print import easel, sandbox
from dashboard.print.chrome import Chrome
from tests.conftest import ROOT

FAULT = "The browser seemed to close immediately after starting."


class Opened:
    """Chromes that were started, with or without a sandbox; `able` says which of these open."""

    def __init__(self, able: set[bool]) -> None:
        self.able, self.ways = able, list[bool]()

    def easel(self, *, enable_sandbox: bool, **_: object) -> Any:  # noqa: ANN401
        async def opened() -> None:
            self.ways.append(enable_sandbox)
            if enable_sandbox not in self.able:
                raise BrowserFailedError(FAULT)

        async def closed() -> None:
            pass

        return SimpleNamespace(open=opened, close=closed, subprocess=SimpleNamespace(pid=0))


def starting(
    monkeypatch: pytest.MonkeyPatch, able: set[bool], user: int, *, polite: bool = True
) -> tuple[Chrome, Opened]:
    chrome, opened = Chrome(dict, "serif", polite=polite), Opened(able)
    monkeypatch.setattr(easel, "Easel", opened.easel)
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    monkeypatch.setattr(module, "DrawingPage", lambda _: None)
    monkeypatch.setattr(module, "lower_priority", lambda _: None)
    return chrome, opened


def start_twice(chrome: Chrome) -> None:
    async def started() -> None:
        for _ in range(2):
            await chrome._start()  # noqa: SLF001 - there is nothing to draw
            await chrome._drop()  # noqa: SLF001

    # A browser of other tests may have left a loop to this thread.
    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, started()).result()


ORDINARY, ROOT_USER = 1000, 0


@pytest.mark.parametrize(
    ("case", "ways", "why"),
    [
        ((ORDINARY, {True, False}), [True, True], []),
        ((ORDINARY, {False}), [True, False, False], [sandbox.REFUSED]),
        ((ROOT_USER, {False}), [False, False], [sandbox.AS_ROOT]),
    ],
    ids=["an ordinary user", "a kernel that refuses", "root"],
)
def test_the_sandbox_is_on_where_it_can_be_and_what_stands_in_the_way_is_said_once(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    case: tuple[int, set[bool]],
    ways: list[bool],
    why: list[str],
) -> None:
    user, able = case
    chrome, opened = starting(monkeypatch, able, user)
    with caplog.at_level(logging.WARNING, "jjj_atlas.faults"):
        start_twice(chrome)
    assert opened.ways == ways
    assert [one.fields["why"] for one in caplog.records] == why  # type: ignore[attr-defined]
    assert {one.message for one in caplog.records} <= {sandbox.LINE}


def test_a_chrome_that_does_not_start_either_way_is_not_blamed_on_the_sandbox(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    chrome, opened = starting(monkeypatch, set(), 1000)
    for _ in range(2):
        with pytest.raises(BrowserFailedError):
            start_twice(chrome)
    assert opened.ways == [True, False] * 2
    assert caplog.records == []


def test_on_the_command_line_it_is_a_note_and_no_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    chrome, _ = starting(monkeypatch, {False}, 0, polite=False)
    with caplog.at_level(logging.INFO, "jjj_atlas.faults"):
        start_twice(chrome)
    assert [one.levelno for one in caplog.records] == [logging.INFO]


def test_the_container_runs_as_an_ordinary_user_and_the_pages_say_what_it_needs() -> None:
    assert "\nUSER atlas\n" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    told = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    assert "seccomp=" in told
    assert sandbox.LINE in told
