"""Rows of a table as figures of places of today: placed, added up where places merged, or refused.

Nothing is lost on the way: every row is placed or refused, each refusal with its reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.own.adding import UNDATED, Part, entries_of, figures_of
from geodata.own.numbers import (
    MISSING,
    NUMBER,
    NotANumberError,
    has_other_comma,
    number_of,
    year_of,
)
from geodata.own.place import Found
from geodata.own.refusals import Told
from geodata.own.spelling import clean, is_finer
from geodata.own.texts import Texts, together
from geodata.own.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.own.adding import Figure
    from geodata.own.columns import Columns, Figures
    from geodata.own.history import History
    from geodata.own.place import Gazetteer
    from geodata.own.reading import Sheet
    from geodata.own.refusals import Refusals

NO_CODE: Final = frozenset({"no_place", "no_code", "lost_digits"})
"""Reasons for which the name of a row is asked instead of its code."""


@dataclass(frozen=True)
class Joined:
    """The outcome: `how` is the reason by which each row was placed, a position among `keys()`.

    It is 0 for a row that was not, of which `refused` has one refusal each; `cells` are those of
    rows that were placed.
    """

    figures: tuple[Figure, ...]
    how: NDArray[np.int16]
    refused: Refusals
    cells: Refusals


def meaning(
    gazetteer: Gazetteer, code: str | None, name: str, within: Sequence[str], year: int | None
) -> Found:
    """Return what a code and a name mean together; at odds they are refused.

    Parameters
    ----------
    gazetteer
        Answers for either.
    code
        None where the table has no codes.
    name, within
        The name, and names of what it lies in.
    year
        The year of the figures; None for the borders of today.
    """
    named = gazetteer.name(name, within, year)
    if code is None:
        return named
    coded = gazetteer.code(code, year)
    if coded.reason in NO_CODE:
        total = gazetteer.name(code)
        said = total if total.answer == "whole" else coded
        return said if named.reason == "no_place" else named
    if coded.placed and named.placed and coded.codes != named.codes:
        return Found("none", (), "at_odds")
    return coded


def join(sheet: Sheet, columns: Columns, gazetteer: Gazetteer, history: History) -> Joined:
    """Make figures of places from the rows of a table.

    Parameters
    ----------
    sheet, columns
        The table, and what its columns are.
    gazetteer, history
        What codes and names mean, and which places merged.

    Returns
    -------
    Joined
        Every row of the table is in `how` or in `refused`, and in one of them only.
    """
    told, founds = Told(), list[Found]()
    how = np.zeros(len(sheet.lines), np.int16)
    rows, years = _dated(sheet, columns, told)
    parts = []
    for said, figures in _by_year(columns):
        when = years if said is None else np.full(len(years), said)
        which = _asked(sheet, columns, gazetteer, rows, when, founds)
        placed = _placed(columns, rows, which, founds, told)
        at, found = rows[placed], which[placed]
        how[at] = np.array([number(one.reason) for one in founds], np.int16)[found]
        for one in figures:
            value, there = _values(sheet, one, at, told)
            year, value = when[placed][there], value[there]
            parts.append(Part(one, at[there], found[there], year, value))
    entries = entries_of(parts, founds)
    return _settled(how, figures_of(entries, founds, history, told), told)


def _by_year(columns: Columns) -> list[tuple[int | None, list[Figures]]]:
    """Return the columns of figures by the year that their header tells."""
    years = dict.fromkeys(one.year for one in columns.figures)
    return [(year, [one for one in columns.figures if one.year == year]) for year in years]


def _dated(sheet: Sheet, columns: Columns, told: Told) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows whose year is known, and it; without a column of years all rows."""
    rows = np.arange(len(sheet.lines))
    if columns.year is None:
        return rows, np.full(len(rows), columns.fixed_year or UNDATED)
    cells = Texts.of(sheet.cells[columns.year])
    known = np.array([year_of(one) or UNDATED for one in cells.distinct], np.intp)
    empty = [clean(one).casefold() in MISSING for one in cells.distinct]
    reason = np.where(np.array(empty, np.bool_), number("no_year"), number("bad_year"))
    years = known[cells.codes]
    bad = np.flatnonzero(years == UNDATED)
    told.tell(bad, reason[cells.codes[bad]], columns.year)
    return rows[years != UNDATED], years[years != UNDATED]


def _asked(  # noqa: PLR0913, PLR0917 - all that a place is told by
    sheet: Sheet,
    columns: Columns,
    gazetteer: Gazetteer,
    rows: NDArray[np.intp],
    years: NDArray[np.intp],
    founds: list[Found],
) -> NDArray[np.intp]:
    """Return what the place of each row means, a position among `founds`, where it is added.

    Cells and year that stand in many rows are asked for once.
    """
    used = [at for at in (columns.code, columns.name, *columns.within) if at is not None]
    cells = [Texts.of(sheet.cells[at]) for at in used]
    borders = np.zeros_like(years) if columns.today else years
    first, which = together([*(one.codes[rows] for one in cells), borders], len(rows))
    before = len(founds)
    for at in first.tolist():
        row, year = rows[at], int(borders[at]) or None
        founds.append(_answer(columns, gazetteer, [one[row] for one in cells], year))
    return which + before


def _answer(
    columns: Columns, gazetteer: Gazetteer, cells: Sequence[str], year: int | None
) -> Found:
    coded, named = columns.code is not None, columns.name is not None
    for cell in cells[: coded + named] if columns.places else ():
        if code := columns.places.get(clean(cell)):
            return Found("one", (code,), "said")
    if coded and is_finer(cells[0]):
        return Found("none", (), "town")
    rest = cells[1:] if coded else cells
    name, *within = rest if named else ("", *rest)
    return meaning(gazetteer, cells[0] if coded else None, name, within, year)


def _placed(
    columns: Columns,
    rows: NDArray[np.intp],
    which: NDArray[np.intp],
    founds: Sequence[Found],
    told: Told,
) -> NDArray[np.bool_]:
    """Tell which rows are in one place; the others are refused."""
    placed = np.array([one.placed for one in founds], np.bool_)[which]
    reasons = [number(one.reason) for one in founds]
    choices = [0 if one.placed else told.choice(one.codes) for one in founds]
    lost = which[~placed]
    where = columns.name if columns.code is None else columns.code
    reason, choice = np.array(reasons, np.int16)[lost], np.array(choices, np.int32)[lost]
    told.tell(rows[~placed], reason, where, choice)
    return placed


def _values(
    sheet: Sheet, one: Figures, at: NDArray[np.intp], told: Told
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the figures of a column in some rows, and where there are any."""
    cells = Texts.of(sheet.cells[one.at])
    commas = any(map(has_other_comma, cells.distinct))
    read = [_value(cell, one, commas=commas) for cell in cells.distinct]
    codes = cells.codes[at]
    reason = np.array([number(why) if why else 0 for _, why in read], np.int16)[codes]
    bad = np.flatnonzero(reason)
    told.tell(at[bad], reason[bad], one.at)
    value = np.array([figure for figure, _ in read], np.float64)[codes]
    return value, ~np.isnan(value)


def _value(cell: str, one: Figures, *, commas: bool) -> tuple[float, str]:
    """Return the figure of a cell, NaN where there is none, and why it is refused.

    `commas` says that those of the column may part more than thousands.
    """
    percent = one.measure.unit == "%" and cell.strip().endswith(("%", "％"))
    plain = cell.strip()[:-1] if percent else cell
    if NUMBER.fullmatch(plain):
        figure: float | None = float(plain)
    elif commas and "," in clean(cell):
        return math.nan, "comma"
    else:
        try:
            figure = number_of(plain)
        except NotANumberError:
            return math.nan, "bad_number"
    if figure is None:
        return math.nan, ""
    return (math.nan, "no_percent") if one.marked and not percent else (figure, "")


def _settled(how: NDArray[np.int16], figures: Sequence[Figure], told: Told) -> Joined:
    """Give each row without a figure one refusal, the first that was told of it."""
    used = np.zeros(len(how), np.bool_)
    used[[at for figure in figures for at in figure.rows]] = True
    how = np.where(used, how, 0).astype(np.int16)
    told.tell(np.flatnonzero(~used), number("no_value"))
    every = told.all()
    first = np.diff(every.at, prepend=-1) > 0
    placed = used[every.at]
    return Joined(tuple(figures), how, every.some(first & ~placed), every.some(placed))
