"""Figures of rows as figures of places: one that is told once, or the parts of a merged one added.

A figure that is told twice counts where both say the same, and else not at all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geodata.own.texts import together
from geodata.own.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.own.columns import Figures, Measure
    from geodata.own.history import History
    from geodata.own.place import Found
    from geodata.own.refusals import Told

UNDATED: Final = 0
"""The year of figures whose table says none: of the divisions of today."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a place of today; `rows` are the rows of the table that it was made from."""

    region: str
    year: int
    measure: Measure
    value: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of a column as aligned arrays: row, what its place means, year and value."""

    of: Figures
    at: NDArray[np.intp]
    found: NDArray[np.intp]
    year: NDArray[np.intp]
    value: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Entries:
    """Figures before they are joined as aligned arrays: row, column, what its place means, value.

    `group` is the place, year and measure that an entry is a figure of, as a position among `keys`.
    """

    at: NDArray[np.intp]
    column: NDArray[np.int16]
    found: NDArray[np.intp]
    value: NDArray[np.float64]
    group: NDArray[np.intp]
    keys: Sequence[tuple[str, int, Measure]]


class _Cell(NamedTuple):
    """A figure before it is joined: the row, and what the row's place means."""

    at: int
    found: Found
    value: float


def entries_of(parts: Sequence[Part], founds: Sequence[Found]) -> Entries:
    """Return the figures of all columns by what they are figures of, in the order of the table."""
    measures = list(dict.fromkeys(part.of.measure for part in parts))
    names = {code: at for at, code in enumerate(dict.fromkeys(_region(one) for one in founds))}
    regions = np.array([names[_region(one)] for one in founds], np.intp)
    sizes = [len(part.at) for part in parts]
    column = np.repeat(np.array([part.of.at for part in parts], np.int16), sizes)
    measure = np.repeat([measures.index(part.of.measure) for part in parts], sizes)
    at, found, year, value = (
        np.concatenate([getattr(part, one) for part in parts])
        for one in ("at", "found", "year", "value")
    )
    # As the table is read: row by row, and in a row column by column.
    order = np.argsort(at, kind="stable")
    at, found, year, value = at[order], found[order], year[order], value[order]
    column, measure = column[order], measure[order]
    first, group = together([regions[found], year, measure], len(at))
    rank = np.argsort(np.argsort(first))
    keys = [
        (_region(founds[found[one]]), int(year[one]), measures[measure[one]])
        for one in np.sort(first).tolist()
    ]
    order = np.argsort(rank[group], kind="stable")
    return Entries(at[order], column[order], found[order], value[order], rank[group][order], keys)


def _region(found: Found) -> str:
    return found.codes[0] if found.placed else ""


def figures_of(
    entries: Entries, founds: Sequence[Found], history: History, told: Told
) -> list[Figure]:
    """Return the figure of each place, year and measure; what cannot be one is refused."""
    begins = np.searchsorted(entries.group, np.arange(len(entries.keys)))
    ends = np.append(begins[1:], len(entries.group))
    if not len(begins):
        return []
    value = entries.value
    alike = np.minimum.reduceat(value, begins) == np.maximum.reduceat(value, begins)
    # Of several rows that say the same the first counts; where they do not, none.
    reason = np.full(len(value), number("twice"))
    reason[begins[alike]] = 0
    partly = np.array([one.answer == "sum" for one in founds], np.bool_)[entries.found]
    parted = np.logical_or.reduceat(partly, begins)
    made: list[Figure] = []
    for at, key in enumerate(entries.keys):
        begin = int(begins[at])
        if not parted[at]:
            if alike[at]:
                rows = (int(entries.at[begin]),)
                made.append(Figure(*key, float(value[begin]), rows))
            continue
        some = slice(begin, int(ends[at]))
        cells = [
            _Cell(row, founds[found], figure)
            for row, found, figure in zip(
                *(one[some].tolist() for one in (entries.at, entries.found, value)), strict=True
            )
        ]
        figure, why = _joined(cells, key[2], history, key[1] or None)
        reason[some] = [number(one) if one else 0 for one in why]
        if figure:
            made.append(Figure(*key, *figure))
    refused = np.flatnonzero(reason)
    told.tell(entries.at[refused], reason[refused], entries.column[refused])
    return made


def _joined(
    cells: Sequence[_Cell], measure: Measure, history: History, year: int | None
) -> tuple[tuple[float, tuple[int, ...]] | None, list[str]]:
    """Return the figure of a place from its parts, if there is one, and why each is refused."""
    parts = [cell for cell in cells if cell.found.answer == "sum"]
    needed = frozenset[str]().union(
        *(history.parts(cell.found.use, year) for cell in parts if cell.found.use)
    )
    codes = [_code(cell) for cell in cells]
    whole = [cell for cell, code in zip(cells, codes, strict=True) if code not in needed]
    if whole:
        first = whole[0] if len({cell.value for cell in whole}) == 1 else None
        why = ["" if cell is first else "twice" for cell in cells]
        return ((first.value, (first.at,)) if first else None), why
    often = Counter(codes)
    if len(often) < len(codes):
        return None, ["twice" if often[code] > 1 else "" for code in codes]
    if measure.kind != "amount":
        return None, ["rate_of_parts"] * len(cells)
    if needed - often.keys():
        return None, ["incomplete"] * len(cells)
    total = sum(cell.value for cell in cells)
    return (total, tuple(cell.at for cell in cells)), [""] * len(cells)


def _code(cell: _Cell) -> str:
    return cell.found.use.code if cell.found.use else cell.found.codes[0]
