"""Pages go first: who has a file made stops while a page is being answered in the same process.

Threads of a process share one interpreter, which hands itself on after an interval only: without
this, a page waits several times for a thread that writes a file, and works at half its speed.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

from flask import g, request

if TYPE_CHECKING:
    from flask import Flask

INTERVAL: Final = 0.0005
"""Seconds after which the interpreter is handed on; by itself 0.005, half of what a page takes."""

COLLECTED: Final = (700, 10, 100)
"""Of the collector of cycles: a pass over all that is kept holds the interpreter, 60 to 80 ms at a
time, and files of many rows led to one every other file; by itself the last is 10."""


class Pages:
    """Counts the pages that are being answered; safe to use from any thread."""

    def __init__(self) -> None:
        self._number, self._none = 0, threading.Condition()

    def begin(self) -> None:
        """Count one more."""
        with self._none:
            self._number += 1

    def end(self) -> None:
        """Count one less."""
        with self._none:
            self._number -= 1
            if not self._number:
                self._none.notify_all()

    def let_pass(self, seconds: float) -> float:
        """Wait until none is being answered, so many seconds at most; return how long it took."""
        if not self._number or seconds <= 0:
            return 0.0
        begun = time.monotonic()
        with self._none:
            self._none.wait_for(lambda: not self._number, seconds)
        return time.monotonic() - begun


PAGES: Final = Pages()
"""Of this process, whose threads share one interpreter."""


def go_first(server: Flask, files: tuple[str, ...]) -> None:
    """Count what is asked for, but for the paths of files, which let it pass."""
    sys.setswitchinterval(INTERVAL)
    gc.set_threshold(*COLLECTED)

    @server.before_request
    def begin() -> None:
        if not request.path.startswith(files):
            PAGES.begin()
            g.counted = True

    @server.teardown_request
    def end(_: BaseException | None) -> None:
        if g.pop("counted", False):
            PAGES.end()
