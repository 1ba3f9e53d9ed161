"""Pages go first: whoever makes a file in the same process stops meanwhile, and not for ever."""

from __future__ import annotations

import gc
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from dashboard.print import budget
from dashboard.print.budget import EVERY, Budget, spending, watched
from dashboard.web import first
from dashboard.web.first import Pages, go_first
from dashboard.web.rates import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 20.0
"""Seconds: an end to waiting, never reached."""


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Pages:
    own = Pages()
    monkeypatch.setattr(first, "PAGES", own)
    monkeypatch.setattr(budget, "PAGES", own)
    return own


def test_where_no_page_is_asked_for_nobody_waits(pages: Pages) -> None:
    assert pages.let_pass(LONG) == 0.0
    pages.begin()
    pages.end()
    assert pages.let_pass(LONG) == 0.0


def test_a_file_is_gone_on_with_once_the_last_page_is_answered(pages: Pages) -> None:
    pages.begin()
    pages.begin()
    made: list[int] = []

    def make() -> None:
        with spending(Budget()):
            made.extend(watched(range(EVERY)))

    thread = threading.Thread(target=make)
    thread.start()
    pages.end()
    thread.join(0.05)
    assert made == []
    pages.end()
    thread.join(LONG)
    assert made == list(range(EVERY))


def test_patience_ends_once_for_a_whole_file(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    def let_pass(seconds: float) -> float:
        waited.append(seconds)
        return 2.0

    monkeypatch.setattr(pages, "let_pass", let_pass)
    with spending(Budget()):
        assert len(list(watched(range(2 * EVERY)))) == 2 * EVERY
        assert len(list(watched(range(2 * EVERY)))) == 2 * EVERY
    assert waited == [5.0, 3.0, 1.0, -1.0]
    monkeypatch.undo()
    pages.begin()
    begun = time.monotonic()
    assert pages.let_pass(-1.0) == 0.0
    assert pages.let_pass(0.05) >= 0.05
    assert time.monotonic() - begun < LONG


def test_what_is_no_file_counts_as_a_page_until_it_is_answered(pages: Pages) -> None:
    server, seen = Flask("first"), []
    go_first(server, FILES)

    @server.get("/<path:name>")
    def answer(name: str) -> str:
        seen.append(pages.let_pass(0.001) > 0)
        if name == "broken":
            raise ValueError
        return ""

    client = server.test_client()
    for path in ("compare", "export/x/y.csv", "data/gdp.csv", "embed/x", "broken", "healthz"):
        client.get(f"/{path}")
    assert seen == [True, False, False, False, True, True]
    assert pages.let_pass(LONG) == 0.0


@pytest.fixture(autouse=True)
def as_usual() -> Iterator[None]:
    interval, collected = sys.getswitchinterval(), gc.get_threshold()
    yield
    sys.setswitchinterval(interval)
    gc.set_threshold(*collected)


def test_a_thread_that_works_hands_the_interpreter_on_soon() -> None:
    sys.setswitchinterval(0.005)
    go_first(Flask("first"), FILES)
    assert sys.getswitchinterval() == pytest.approx(first.INTERVAL)


def test_all_that_is_kept_is_gone_through_seldom() -> None:
    gc.set_threshold(700, 10, 10)
    go_first(Flask("first"), FILES)
    assert gc.get_threshold() == (700, 10, 100)
