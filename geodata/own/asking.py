"""What a person has to decide about a table before it counts: places that may be several."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.own.adding import UNDATED
from geodata.own.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.own.records import Outcome
    from geodata.own.refusals import Refusal

OPEN: Final = frozenset({"namesakes", "used_twice", "divided"})
"""Reasons of refusal that a person may settle by naming the place that is meant."""


@dataclass(frozen=True, slots=True)
class Question:
    """A cell that may mean several regions, why, which, and in how many rows it stands."""

    cell: str
    reason: str
    codes: tuple[str, ...]
    rows: int


def questions(outcome: Outcome) -> tuple[Question, ...]:
    """Return what is to be decided, that of the most rows first."""
    rows: dict[tuple[str, str, tuple[str, ...]], set[int]] = defaultdict(set)
    for one in outcome.joined.refused.of(OPEN):
        rows[clean(asked_cell(outcome, one)), one.reason, one.codes].add(one.at)
    found = [Question(*key, len(at)) for key, at in rows.items()]
    return tuple(sorted(found, key=lambda one: (-one.rows, one.cell)))


def asked_cell(outcome: Outcome, refusal: Refusal) -> str:
    """Return the cell that was refused; where a row has no code, its name."""
    cells, columns = outcome.sheet.cells, outcome.columns
    at = (refusal.column, columns.name) if refusal.column == columns.code else (refusal.column,)
    found = (cells[one][refusal.at].strip() for one in at if one is not None)
    return next(filter(None, found), "")


def open_rows(asked: Sequence[Question]) -> int:
    """Count the rows that wait for an answer."""
    return sum(one.rows for one in asked)


def undated(outcome: Outcome) -> bool:
    """Tell whether there are figures of which no year is told."""
    return any(one.year == UNDATED for one in outcome.joined.figures)
