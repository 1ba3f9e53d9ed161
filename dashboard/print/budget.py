"""What one file may cost: rows, bytes, seconds of a processor; and readers of pages go first."""

from __future__ import annotations

import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from dashboard.print.errors import ExportError
from dashboard.text import text
from dashboard.web.first import PAGES
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
EVERY: Final = 32
"""Rows, half a millisecond of work, after which it is looked how long they have taken."""
PATIENCE: Final = 5.0
"""Seconds for which pages are let go first while one file is made; then it waits no more."""
MEGABYTE: Final = 1_000_000


class BudgetError(ExportError):
    """A file would cost more than one request may."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that one file may have; today's largest has 19,701 rows and 2.1 MB."""

    rows: int = 25_000
    megabytes: int = 12
    seconds: int = 5

    def error(self) -> BudgetError:
        """Return the sentence in both languages: who reads it is not known here."""
        told = {"rows": self.rows, "megabytes": self.megabytes, "seconds": self.seconds}
        return BudgetError("\n".join(text(lang)("export.too_much", **told) for lang in LANGUAGES))


@dataclass(slots=True)
class _Spending:
    budget: Budget
    until: float
    patience: float = PATIENCE


_now: ContextVar[_Spending | None] = ContextVar("spending", default=None)


@contextmanager
def spending(budget: Budget) -> Iterator[None]:
    """Let what is made inside keep to a budget; outside, as on the command line, there is none."""
    token = _now.set(_Spending(budget, time.thread_time() + budget.seconds))
    try:
        yield
    finally:
        _now.reset(token)


def watched(rows: Iterable[T]) -> Iterator[T]:
    """Yield the rows as long as the budget lasts.

    Raises
    ------
    BudgetError
        When there are too many, or they have taken too long.
    """
    at = _now.get()
    if at is None:
        yield from rows
        return
    left, coming = at.budget.rows, iter(rows)
    while some := tuple(islice(coming, EVERY)):
        left -= len(some)
        if left < 0 or time.thread_time() > at.until:
            raise at.budget.error()
        at.patience -= PAGES.let_pass(at.patience)
        yield from some


def weighed(content: bytes) -> bytes:
    """Return a finished file.

    Raises
    ------
    BudgetError
        When it is larger than the budget.
    """
    at = _now.get()
    if at is not None and len(content) > at.budget.megabytes * MEGABYTE:
        raise at.budget.error()
    return content
