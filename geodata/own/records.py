"""What an import found, as it is told, kept and read again."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from geodata.own.numbers import NotANumberError, number_of
from geodata.own.words import reasons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geodata.own.columns import Columns, Measure
    from geodata.own.joining import Figure, Joined, Refusal
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
RAGGED: Final = "ragged"
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
        return len(self.joined.how)

    @property
    def refused(self) -> int:
        """Rows that were not."""
        return len(self.joined.refused) + len(self.sheet.ragged)

    def why(self) -> Counter[str]:
        """Count the refused rows by reason."""
        counted = Counter(one.reason for one in self.joined.refused)
        return counted + Counter({RAGGED: len(self.sheet.ragged)})

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
            "how": dict(Counter(self.joined.how.values())),
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
    sheet, words = outcome.sheet, reasons()
    width = len(sheet.header)
    by_row: dict[int, list[Refusal]] = defaultdict(list)
    for one in (*outcome.joined.refused, *outcome.joined.cells):
        by_row[one.at].append(one)
    said = {key: (both(one.why), both(one.cure)) for key, one in words.items()}

    @cache
    def tail(told: tuple[tuple[str, int | None], ...]) -> tuple[str, str, str]:
        columns = (sheet.header[column] for _, column in told if column is not None)
        keys = dict.fromkeys(reason for reason, _ in told)
        why, cures = ("; ".join(said[key][part] for key in keys) for part in (0, 1))
        return "; ".join(dict.fromkeys(columns)), why, cures

    def rows() -> Iterator[Sequence[object]]:
        yield (*sheet.header, *TAIL)
        for at, told in sorted(by_row.items()):
            key = tuple([(one.reason, one.column) for one in told])
            yield (*sheet.row(at), sheet.lines[at], *tail(key))
        for line, cells in sheet.ragged:
            yield (*[*cells, *[""] * width][:width], line, "", *said[RAGGED])

    return MARK.encode() + written(rows())


def placed_rows(outcome: Outcome) -> bytes:
    """Write the rows that were placed, as they stood, each after its line in the file."""
    sheet = outcome.sheet
    rows = ((sheet.lines[at], *sheet.row(at)) for at in sorted(outcome.joined.how))
    return written(chain([("line", *sheet.header)], rows))


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
