"""What an import found, as it is told, kept and read again."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from pyarrow import compute

from geodata.own.numbers import NotANumberError, number_of
from geodata.own.refusals import NO_COLUMN, named
from geodata.own.texts import Texts, together
from geodata.own.words import keys, reasons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from geodata.own.adding import Figure
    from geodata.own.columns import Columns, Measure
    from geodata.own.joining import Joined
    from geodata.own.reading import Sheet
    from geodata.records import Name

REFUSED: Final = "refused.csv"
ROWS: Final = "rows.csv"
FIGURES: Final = "figures.csv"
TAIL: Final = ("行 · line", "列 · column", "原因 · why", "怎么改 · how to mend")
"""Columns that a table of refused rows has after those of the table itself."""
FIGURE_COLUMNS: Final = ("region_code", "year", "measure", "value", "rows")
FORMULA: Final = frozenset("=+-@\t\r")
"""What a cell begins with that a spreadsheet would compute."""
PLAIN_NUMBER: Final = r"^[+-]?[0-9]+(\.[0-9]*)?$"
"""Some of what `number_of` takes, told without reading it."""
RAGGED: Final = "ragged"
LINE_END: Final = "\r\n"
ROWS_AT_ONCE: Final = 65_536
MARK: Final = "\ufeff"
"""By it a spreadsheet knows that the file is UTF-8."""


@dataclass(frozen=True)
class Outcome:
    """A table that was read and placed; nothing is kept yet."""

    sheet: Sheet
    columns: Columns
    joined: Joined

    @property
    def rows(self) -> int:
        """Rows of the table; each is placed or refused."""
        return len(self.sheet.lines) + len(self.sheet.ragged)

    @property
    def placed(self) -> int:
        """Rows that figures of places were made from."""
        return int(np.count_nonzero(self.joined.how))

    @property
    def refused(self) -> int:
        """Rows that were not."""
        return len(self.joined.refused) + len(self.sheet.ragged)

    def why(self) -> Counter[str]:
        """Count the refused rows by reason."""
        return self.joined.refused.why() + Counter({RAGGED: len(self.sheet.ragged)})

    def measures(self) -> tuple[Measure, ...]:
        """Return what is measured, in the order of the columns."""
        return tuple(dict.fromkeys(one.measure for one in self.columns.figures))

    def manifest(self) -> dict[str, Any]:
        """Return what is told of the set: rows, reasons, columns, measures and their years."""
        header = self.sheet.header
        years: dict[Measure, set[int]] = {one: set() for one in self.measures()}
        for figure in self.joined.figures:
            years[figure.measure].add(figure.year)
        used = {"code": self.columns.code, "name": self.columns.name, "year": self.columns.year}
        return {
            "rows": self.rows,
            "placed": self.placed,
            "refused": self.refused,
            "cells_refused": len(self.joined.cells),
            "how": dict(named(self.joined.how)),
            "why": dict(self.why()),
            "columns": {role: header[at] for role, at in used.items() if at is not None}
            | {"within": [header[at] for at in self.columns.within]},
            "left": list(self.columns.left),
            "read": self.sheet.notes,
            "measures": [
                {"zh": m.zh, "en": m.en, "unit": m.unit, "kind": m.kind, "years": sorted(found)}
                for m, found in years.items()
            ],
        }


def refused_table(outcome: Outcome) -> bytes:
    """Write the refused rows so that a spreadsheet shows them, and they can be mended.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    sheet, header = outcome.sheet, outcome.sheet.header
    at, tails = _tails(outcome)
    lines = pa.array(np.asarray(sheet.lines)[at]).cast(pa.string())
    columns = [*(Texts.of(one).chosen(at) for one in sheet.cells), lines, *tails]
    said = (both(reasons()[RAGGED].why), both(reasons()[RAGGED].cure))
    ragged = (
        (*[*cells, *[""] * len(header)][: len(header)], line, "", *said)
        for line, cells in sheet.ragged
    )
    head = MARK.encode() + written([(*header, *TAIL)])
    return _one_blob([head], written_columns(columns), [written(ragged)])


def _tails(outcome: Outcome) -> tuple[NDArray[np.intp], list[pa.Array]]:
    """Return the rows that are to be mended, and what stands after their cells."""
    header, some = outcome.sheet.header, (outcome.joined.refused, outcome.joined.cells)
    at, reason, column = (
        np.concatenate([getattr(one, name) for one in some]) for name in ("at", "reason", "column")
    )
    order = np.argsort(at, kind="stable")
    at, reason, column = at[order], reason[order], column[order]
    begins = np.flatnonzero(np.diff(at, prepend=-1))
    often = np.diff(begins, append=len(at))
    told = reason.astype(np.int64) * (len(header) + 1) + column + 2
    nth = (
        np.where(often > step, told[np.minimum(begins + step, len(at) - 1)], 0)
        for step in range(often.max(initial=0))
    )
    first, which = together(nth, len(begins))
    texts: list[list[str]] = []
    for begin, count in zip(begins[first].tolist(), often[first].tolist(), strict=True):
        here = slice(begin, begin + count)
        where = [header[one] for one in column[here].tolist() if one != NO_COLUMN]
        words = [reasons()[keys()[one]] for one in dict.fromkeys(reason[here].tolist())]
        why, cure = (both(one.why) for one in words), (both(one.cure) for one in words)
        texts.append(["; ".join(one) for one in (dict.fromkeys(where), why, cure)])
    tails = [pa.array(one, pa.string()) for one in zip(*texts, strict=True)] or [
        pa.array([], pa.string())
    ] * 3
    return at[begins], [pa.DictionaryArray.from_arrays(which, one) for one in tails]


def placed_rows(outcome: Outcome) -> bytes:
    """Write the rows that were placed, as they stood, each after its line in the file."""
    sheet, at = outcome.sheet, np.flatnonzero(outcome.joined.how)
    lines = pa.array(np.asarray(sheet.lines)[at]).cast(pa.string())
    columns = [lines, *(Texts.of(one).chosen(at) for one in sheet.cells)]
    return _one_blob([written([("line", *sheet.header)])], written_columns(columns))


def _one_blob(*parts: Iterable[bytes]) -> bytes:
    """Return parts as one, of which no second copy is made: there may be much of it."""
    blob = io.BytesIO()
    blob.writelines(chain.from_iterable(parts))
    return blob.getvalue()


def figure_table(
    figures: Sequence[Figure], measures: Sequence[Measure], lines: Sequence[int]
) -> bytes:
    """Write the figures: place, year ("" where none is told), measure by number, value, lines."""
    number = {measure: at for at, measure in enumerate(measures)}
    rows = (
        (
            one.region,
            one.year or "",
            number[one.measure],
            repr(one.value),
            ";".join(str(lines[at]) for at in one.rows),
        )
        for one in sorted(figures, key=lambda f: (number[f.measure], f.year, f.region))
    )
    return written(chain([FIGURE_COLUMNS], rows))


def read_rows(blob: bytes) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]]:
    """Return the header and the rows that `placed_rows` wrote."""
    header, *rows = csv.reader(io.StringIO(blob.decode(), newline=""))
    return tuple(header[1:]), [(int(row[0]), tuple(row[1:])) for row in rows]


def read_figures(blob: bytes) -> list[Mapping[str, str]]:
    """Return the rows that `figure_table` wrote."""
    return list(csv.DictReader(io.StringIO(blob.decode(), newline="")))


def written(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as CSV without anything a spreadsheet would compute."""
    blob = io.BytesIO()
    with io.TextIOWrapper(blob, encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
        text.flush()
        return blob.getvalue()


def written_columns(columns: Sequence[pa.Array]) -> Iterator[bytes]:
    """Yield columns of text as `written` writes rows, many rows at once."""
    safe = [_harmless_column(one) for one in columns]
    for begin in range(0, len(safe[0]), ROWS_AT_ONCE):
        some = [one.slice(begin, ROWS_AT_ONCE).cast(pa.string()) for one in safe]
        some[-1] = compute.binary_join_element_wise(some[-1], "", LINE_END)
        lines = compute.binary_join_element_wise(*some, ",")
        yield "".join(lines.to_pylist()).encode()


def _harmless_column(column: pa.Array) -> pa.Array:
    """Return a column as it stands in a CSV: quoted where needed, with nothing to be computed."""
    if pa.types.is_dictionary(column.type):
        texts = _harmless_column(column.dictionary)
        return pa.DictionaryArray.from_arrays(column.indices, texts)
    suspect = compute.and_(
        compute.match_substring_regex(column, f"^[{re.escape(''.join(sorted(FORMULA)))}]"),
        compute.invert(compute.match_substring_regex(column, PLAIN_NUMBER)),
    )
    if compute.any(suspect).as_py():
        column = pa.array([_harmless(cell) for cell in column.to_pylist()], pa.string())
    doubled = compute.replace_substring(column, '"', '""')
    quoted = compute.binary_join_element_wise('"', doubled, '"', "")
    return compute.if_else(compute.match_substring_regex(column, '[",\r\n]'), quoted, column)


def harmed(cell: str) -> str:
    """Return a cell as it stood before `written` put an apostrophe before it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell


def _harmless(cell: object) -> object:
    if not isinstance(cell, str) or cell[:1] not in FORMULA:
        return cell
    try:
        number_of(cell)
    except NotANumberError:
        return f"'{cell}"
    return cell


def both(name: Name) -> str:
    """Return a name in both languages."""
    return f"{name.zh} · {name.en}"
