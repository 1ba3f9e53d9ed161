"""Rows of a table as figures of places of today: placed, added up where places merged, or refused.

Nothing is lost on the way: every row is placed or refused, each refusal with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from geodata.own.numbers import MISSING, NotANumberError, number_of, year_of
from geodata.own.place import Found
from geodata.own.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geodata.own.columns import Columns, Figures, Measure
    from geodata.own.history import History
    from geodata.own.place import Gazetteer
    from geodata.own.reading import Sheet

UNDATED: Final = 0
"""The year of figures whose table says none: of the divisions of today."""
NO_CODE: Final = frozenset({"no_place", "no_code", "lost_digits"})
"""Reasons for which the name of a row is asked instead of its code."""


class Refusal(NamedTuple):
    """A row that was refused, or one cell of a row: its place in the table and the reason.

    `codes` are the regions among which a person may choose.
    """

    at: int
    reason: str
    column: int | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a place of today; `rows` are the rows of the table that it was made from."""

    region: str
    year: int
    measure: Measure
    value: float
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Joined:
    """The outcome: `how` has the reason for each row that was placed, by its place in the table.

    `refused` has one refusal for each other row; `cells` are those of rows that were placed.
    """

    figures: tuple[Figure, ...]
    how: Mapping[int, str]
    refused: tuple[Refusal, ...]
    cells: tuple[Refusal, ...]


class _Cell(NamedTuple):
    """A figure before it is joined: the row, the column, and what the row's place means."""

    at: int
    column: int
    found: Found
    value: float


class _Asked:
    """What the code and name of a row mean together; the same cells are asked once."""

    def __init__(self, columns: Columns, gazetteer: Gazetteer) -> None:
        used = (columns.code, columns.name, *columns.within)
        self._columns = [at for at in used if at is not None]
        self._coded, self._named = columns.code is not None, columns.name is not None
        self._gazetteer, self._said = gazetteer, columns.places
        years = dict.fromkeys(one.year for one in columns.figures)
        self.by_year = [(y, [one for one in columns.figures if one.year == y]) for y in years]
        self._known: dict[tuple[int | None, tuple[str, ...]], Found] = {}

    def of(self, sheet: Sheet, at: int, year: int | None) -> Found:
        cells = tuple([sheet.cells[column][at] for column in self._columns])
        if (year, cells) not in self._known:
            self._known[year, cells] = self._answer(cells, year)
        return self._known[year, cells]

    def _answer(self, cells: tuple[str, ...], year: int | None) -> Found:
        for cell in cells[: self._coded + self._named] if self._said else ():
            if code := self._said.get(clean(cell)):
                return Found("one", (code,), "said")
        code = cells[0] if self._coded else None
        rest = cells[1:] if self._coded else cells
        name, *within = rest if self._named else ("", *rest)
        return meaning(self._gazetteer, code, name, within, year)


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
    refused: list[Refusal] = []
    how: dict[int, str] = {}
    groups: dict[tuple[str, int, Measure], list[_Cell]] = defaultdict(list)
    ask = _Asked(columns, gazetteer)
    for at in range(len(sheet.lines)):
        for found, year, figures in _placed(sheet, columns, ask, at, refused):
            how[at] = found.reason
            for one in figures:
                value = _value(sheet, one, at, refused)
                if value is not None:
                    key = found.codes[0], year, one.measure
                    groups[key].append(_Cell(at, one.at, found, value))
    made: list[Figure] = []
    for (region, year, measure), cells in groups.items():
        for value, rows in _joined(cells, measure, history, year or None, refused):
            made.append(Figure(region, year, measure, value, rows))
    used = {at for figure in made for at in figure.rows}
    return _settled(len(sheet.lines), made, {at: how[at] for at in used}, refused)


def _settled(
    rows: int, figures: Sequence[Figure], how: Mapping[int, str], told: Sequence[Refusal]
) -> Joined:
    """Give each row without a figure one refusal, the first that was told of it."""
    first = {one.at: one for one in reversed(told)}
    refused = tuple(first.get(at, Refusal(at, "no_value")) for at in range(rows) if at not in how)
    cells = tuple(one for one in told if one.at in how)
    return Joined(tuple(figures), how, refused, cells)


def _placed(
    sheet: Sheet, columns: Columns, ask: _Asked, at: int, refused: list[Refusal]
) -> Iterable[tuple[Found, int, list[Figures]]]:
    """Yield what the place of a row means in each of its years, with the columns of that year."""
    own = columns.fixed_year
    if columns.year is not None:
        cell = sheet.cells[columns.year][at]
        own = year_of(cell)
        if own is None:
            empty = clean(cell).casefold() in MISSING
            refused.append(Refusal(at, "no_year" if empty else "bad_year", columns.year))
            return
    for said, figures in ask.by_year:
        year = said or own
        found = ask.of(sheet, at, None if columns.today else year)
        if found.placed:
            yield found, year or UNDATED, figures
        else:
            where = columns.name if columns.code is None else columns.code
            refused.append(Refusal(at, found.reason, where, found.codes))


def _value(sheet: Sheet, one: Figures, at: int, refused: list[Refusal]) -> float | None:
    cell = sheet.cells[one.at][at]
    if cell.isascii() and cell.isdecimal():
        return float(cell)
    if one.measure.unit == "%":
        cell = cell.strip().removesuffix("%").removesuffix("％")
    try:
        return number_of(cell)
    except NotANumberError:
        refused.append(Refusal(at, "bad_number", one.at))
        return None


def _joined(
    cells: Sequence[_Cell],
    measure: Measure,
    history: History,
    year: int | None,
    refused: list[Refusal],
) -> list[tuple[float, tuple[int, ...]]]:
    """Return the figure of a place from all that the table says of it, or refuse what it says."""
    parts = [cell for cell in cells if cell.found.answer == "sum"]
    needed = frozenset[str]().union(
        *(history.parts(cell.found.use, year) for cell in parts if cell.found.use)
    )
    whole = [cell for cell in cells if _code(cell) not in needed]
    if whole and parts:
        refused += [Refusal(cell.at, "twice", cell.column) for cell in cells if cell not in whole]
    if whole:
        return _single(whole, refused)
    if not _once(cells, refused):
        return []
    if measure.kind != "amount":
        refused += [Refusal(cell.at, "rate_of_parts", cell.column) for cell in cells]
        return []
    if needed - {_code(cell) for cell in cells}:
        refused += [Refusal(cell.at, "incomplete", cell.column) for cell in cells]
        return []
    return [(sum(cell.value for cell in cells), tuple(cell.at for cell in cells))]


def _code(cell: _Cell) -> str:
    return cell.found.use.code if cell.found.use else cell.found.codes[0]


def _single(cells: Sequence[_Cell], refused: list[Refusal]) -> list[tuple[float, tuple[int, ...]]]:
    """Return the figure that one row has, or that several give alike."""
    first, *others = cells
    if any(cell.value != first.value for cell in others):
        refused += [Refusal(cell.at, "twice", cell.column) for cell in cells]
        return []
    refused += [Refusal(cell.at, "twice", cell.column) for cell in others]
    return [(first.value, (first.at,))]


def _once(cells: Sequence[_Cell], refused: list[Refusal]) -> bool:
    """Tell whether each part stands in the table once; refuse those that do not."""
    seen: dict[str, list[_Cell]] = defaultdict(list)
    for cell in cells:
        seen[_code(cell)].append(cell)
    twice = [cell for same in seen.values() if len(same) > 1 for cell in same]
    refused += [Refusal(cell.at, "twice", cell.column) for cell in twice]
    return not twice
