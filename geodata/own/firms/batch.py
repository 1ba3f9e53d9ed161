"""Rows of a register as firms: where each is, what it is, or why it is refused. Never a guess."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.own.firms.cells import Cell, capital_of, staff_of, there_of
from geodata.own.firms.cube import STAYS, UNDATED, UNKNOWN, Firms
from geodata.own.firms.divisions import division_of
from geodata.own.firms.placing import place_rows
from geodata.own.firms.rules import NONE, NOWHERE, Rules
from geodata.own.firms.taking import Taken, distinct, take, take_staff, take_years
from geodata.own.refusals import named
from geodata.own.words import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from geodata.own.firms.divisions import Habit

    Numbers = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows as read; arrays of shape (rows,).

    `firms` has all rows, those refused with a place of -1; `refused` is the reason (a position
    among `keys()`), 0 for a row that was placed, and `how` by what it was. `cells` are the reasons
    of single cells by role, `notes` what is told of rows that were placed.
    """

    firms: Firms
    refused: Numbers
    how: Numbers
    cells: Mapping[str, Numbers]
    notes: tuple[Numbers, ...]

    def rows(self) -> Counter[str]:
        """Count the rows by how they were placed or why they were refused."""
        return named(np.where(self.refused > 0, self.refused, self.how))

    def marked(self) -> Counter[str]:
        """Count what is told of rows that were placed, cells of them that were refused included."""
        there = self.refused == 0
        told = [*self.notes, *self.cells.values()]
        return sum((named(one[there]) for one in told), Counter[str]())

    def blanked(self) -> int:
        """Count the cells that were refused in rows that were placed."""
        there = self.refused == 0
        return sum(int((one[there] > 0).sum()) for one in self.cells.values())

    def placed(self, *, points: bool = True) -> Firms:
        """Return the firms that were placed, with their points or without."""
        firms = self.firms if points else replace(self.firms, lon=None, lat=None)
        return chosen(firms, np.flatnonzero(self.refused == 0))


@dataclass(frozen=True, slots=True)
class Going:
    """Who is there and when others went: cells of the day of closing, notes, and refusals."""

    there: NDArray[np.bool_]
    gone: Numbers | None
    closed: Taken | None
    note: Numbers
    refused: Numbers


def chosen(firms: Firms, at: NDArray[np.int64]) -> Firms:
    """Return some of the firms, by position."""
    columns: dict[str, Any] = {one.name: getattr(firms, one.name) for one in fields(Firms)}
    some: dict[str, Any] = {n: None if one is None else one[at] for n, one in columns.items()}
    return Firms(**some)


def together(some: Sequence[Firms]) -> Firms:
    """Return firms of the same columns one after the other."""
    columns = {one.name: [getattr(firms, one.name) for firms in some] for one in fields(Firms)}
    joined: dict[str, Any] = {
        name: None if parts[0] is None else np.concatenate(parts) for name, parts in columns.items()
    }
    return Firms(**joined)


def read_batch(table: pa.Table, rules: Rules) -> Batch:
    """Read rows of a register.

    Parameters
    ----------
    table
        Columns under the names of the register, of any type.
    rules
        What decides.
    """
    sites, rows = place_rows(table, rules), table.num_rows
    founded = _years(table, rules, "founded")
    going = _going(table, rules, founded)
    columns = {
        "industry": _divisions(table, rules),
        "founded": founded,
        "closed": going.closed,
        "staff": _staff(table, rules),
        "capital": _capital(table, rules),
    }
    taken = {role: one for role, one in columns.items() if one is not None}
    refused = np.where(sites.refused > 0, sites.refused, going.refused).astype(np.int16, copy=False)
    none = np.zeros(rows, np.int16)
    values = {role: one.values for role, one in taken.items()}
    firms = Firms(
        place=np.where(refused > 0, NOWHERE, sites.place).astype(np.int16, copy=False),
        division=values.get("industry", none).astype(np.int8),
        born=values.get("founded", none).astype(np.int16, copy=False),
        gone=None
        if going.gone is None
        else np.where(going.there, np.int16(STAYS), going.gone).astype(np.int16, copy=False),
        staff=values.get("staff"),
        capital=values.get("capital"),
        lon=sites.lon,
        lat=sites.lat,
    )
    cells = {role: one.reason for role, one in taken.items()}
    cells |= {"lon": sites.point, "id": sites.id}
    notes = (*(one.note for one in taken.values()), *sites.notes, going.note)
    return Batch(firms, refused, np.where(refused > 0, NONE, sites.how), cells, notes)


def _taken(
    table: pa.Table,
    rules: Rules,
    role: str,
    read: Callable[[str], Cell[Any]],
    nothing: Any,  # noqa: ANN401 - of the kind that is read
) -> Taken | None:
    column = rules.register.roles.get(role)
    return take(table[column], read, nothing) if column else None


@cache
def _known(_habit: Habit) -> dict[str, tuple[Any, int, int]]:
    """Return what is known of cells of industries: parts of a register say the same again."""
    return {}


def _division(cell: str, habit: Habit) -> Cell[int]:
    found = division_of(cell, habit)
    return Cell(int(found.value) if found.value else None, found.reason, found.note)


def _divisions(table: pa.Table, rules: Rules) -> Taken | None:
    column, read = rules.register.roles.get("industry"), partial(_division, habit=rules.habit)
    return take(table[column], read, np.int8(0), _known(rules.habit)) if column else None


def _years(table: pa.Table, rules: Rules, role: str) -> Taken | None:
    column = rules.register.roles.get(role)
    closing = role == "closed"
    return take_years(table[column], rules.today, closing=closing) if column else None


def _staff(table: pa.Table, rules: Rules) -> Taken | None:
    column = rules.register.roles.get("staff")
    return take_staff(table[column], staff_of) if column else None


def _capital(table: pa.Table, rules: Rules) -> Taken | None:
    """Return capital in yuan, with what a column of currencies says beside it."""
    read = partial(capital_of, unit=rules.register.units_of("capital"))
    taken = _taken(table, rules, "capital", read, UNKNOWN)
    column = rules.register.roles.get("currency")
    if taken is None or column is None:
        return taken
    codes, texts = distinct(table[column])
    strange = [capital_of("1元", currency=one).reason == "currency" for one in texts]
    foreign = np.array(strange, np.bool_)[codes] & (taken.values > 0)
    reason = np.where(foreign, number("currency"), taken.reason).astype(np.int16, copy=False)
    return replace(taken, values=np.where(foreign, UNKNOWN, taken.values), reason=reason)


def _going(table: pa.Table, rules: Rules, founded: Taken | None) -> Going:
    none = np.zeros(table.num_rows, np.int16)
    closed = _years(table, rules, "closed")
    read = partial(there_of, said=rules.register.statuses)
    status = _taken(table, rules, "status", read, False)  # noqa: FBT003 - what an empty one reads
    gone = none if closed is None else closed.values
    dated = gone > UNDATED
    if status is None:
        there, note, refused = ~dated, none, none
    else:
        # An empty status beside a day of closing says what the day says.
        silent = dated & (status.reason == number("no_status"))
        apart = dated & status.values & (status.reason == 0)
        there, note = status.values & ~silent, status.note
        refused = np.where(silent, NONE, status.reason)
        refused = np.where(apart, number("status_at_odds"), refused).astype(np.int16, copy=False)
    if closed is not None and founded is not None:
        early = dated & (founded.values > gone)
        reason = np.where(early, number("closed_before"), closed.reason).astype(
            np.int16, copy=False
        )
        gone, closed = np.where(early, np.int16(UNDATED), gone), replace(closed, reason=reason)
    told = closed is not None or status is not None
    return Going(there, gone.astype(np.int16, copy=False) if told else None, closed, note, refused)
