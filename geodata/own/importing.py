"""From a file to a set of own figures: read, understand, place, tell, keep."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from geodata.own import store
from geodata.own.columns import ColumnMap, understand
from geodata.own.errors import OwnError
from geodata.own.history import load_history
from geodata.own.joining import join
from geodata.own.place import Gazetteer
from geodata.own.reading import read_columns, sheet_of
from geodata.own.records import (
    FIGURES,
    REFUSED,
    ROWS,
    TAIL,
    Outcome,
    figure_table,
    harmed,
    placed_rows,
    read_rows,
    refused_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from geodata.own.reading import Columnar, Sheet
    from geodata.own.store import Stored

RULES: Final = 1
"""Raise when the same table would be placed in another way."""


def read_own(  # noqa: PLR0913 - what the line of the terminal says
    path: Path,
    name: str,
    said: ColumnMap | None = None,
    year: int | None = None,
    tell: Callable[[str, int], None] = lambda _step, _rows: None,
    *,
    read: Columnar | None = None,
) -> Outcome:
    """Read and place a table without keeping anything.

    Parameters
    ----------
    path
        The file; where it holds rows that were refused and mended, those of the set that were
        placed are read with them.
    name
        The name of the set.
    said
        What a person says about its columns.
    year
        The year of all figures.
    tell
        Told each finished step (read, placed) and the rows it took.
    read
        The file, where it was read before.

    Raises
    ------
    OwnError
        If the file cannot be read, or no column has places or figures.
    """
    store.check_name(name)
    said = said or ColumnMap()
    sheet = sheet_of(read or read_columns(path, said.sheet))
    if sheet.header[-len(TAIL) :] == TAIL:
        sheet = _with_placed(sheet, store.load(name))
    if sheet.ragged and not sheet.lines:
        raise OwnError(of="header_apart", cells=len(sheet.header))
    tell("read", len(sheet.lines))
    history = load_history()
    gazetteer = Gazetteer(history)
    columns = understand(sheet, gazetteer, said, name, year)
    outcome = Outcome(sheet, columns, join(sheet, columns, gazetteer, history))
    if outcome.placed + outcome.refused != outcome.rows:
        message = f"{outcome.rows} rows, {outcome.placed} placed, {outcome.refused} refused"
        raise AssertionError(message)
    tell("placed", outcome.rows)
    return outcome


def keep(
    outcome: Outcome,
    path: Path,
    name: str,
    called: str = "",
    said: Mapping[str, Any] | None = None,
) -> Stored:
    """Keep what was read as the version of a set that counts.

    `called` is the name of the file; `said` what a person said of it, so that the next of its kind
    asks nothing.

    Raises
    ------
    OwnError
        If nothing could be placed, or the set cannot be written.
    """
    if not outcome.placed:
        raise OwnError(of="none_placed")
    blob = path.read_bytes()
    manifest = {
        "rules": RULES,
        "source": {
            "name": called or path.name,
            "size": len(blob),
            "sha256": hashlib.sha256(blob).hexdigest(),
        },
        "when": datetime.now(UTC).date().isoformat(),
        "said": said or {},
        **outcome.manifest(),
    }
    files = {
        ROWS: placed_rows(outcome),
        FIGURES: figure_table(outcome.joined.figures, outcome.measures(), outcome.sheet.lines),
        REFUSED: refused_table(outcome),
    }
    return store.save(name, files, manifest)


def _with_placed(sheet: Sheet, stored: Stored) -> Sheet:
    """Return the mended rows of a set after those that were placed before."""
    header, rows = read_rows((stored.folder / ROWS).read_bytes())
    width = len(sheet.header) - len(TAIL)
    if sheet.header[:width] != header:
        raise OwnError(of="other_header", name=stored.name)
    mended = [
        (
            int(line) if line.isdecimal() else 0,
            tuple(harmed(cell) for cell in sheet.row(at)[:width]),
        )
        for at, line in enumerate(sheet.cells[width])
    ]
    anew = {line for line, _ in mended}
    kept = [(line, tuple(map(harmed, cells))) for line, cells in rows if line not in anew]
    every = [*kept, *mended]
    lines = [line for line, _ in every]
    cells = tuple(zip(*(row for _, row in every), strict=True))
    return replace(sheet, header=header, cells=cells, lines=lines)
