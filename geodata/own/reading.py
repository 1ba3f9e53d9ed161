"""Reads CSV, spreadsheets and Parquet as text, in a process of its own with limits.

A file of unknown origin is opened by the child only: it may use so much memory and time and no
more, and hands back an Arrow file with a column of text for each column and the line it stood on.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from geodata.own.errors import OwnError
from geodata.own.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES: Final = 2**30
MOST_SECONDS: Final = 300
CHILD: Final = "geodata.own.child"
LINE: Final = "line"
"""Name of the column of line numbers in the child's file; the others are numbered from 0."""


@dataclass(frozen=True)
class Sheet:
    """A table as text: its header, its cells by column and the line of each row in the file.

    `notes` tells what was understood about the file (encoding, separator, sheet); `ragged` are the
    rows whose number of cells is not that of the header, as (line, cells).
    """

    header: tuple[str, ...]
    cells: tuple[Sequence[str], ...]
    lines: Sequence[int]
    ragged: tuple[tuple[int, tuple[str, ...]], ...]
    notes: dict[str, str]

    def row(self, at: int) -> tuple[str, ...]:
        """Return the cells of a row, counted from 0."""
        return tuple(column[at] for column in self.cells)


@dataclass(frozen=True)
class Columnar:
    """A table as columns of text, named and numbered as in `Sheet`."""

    header: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    lines: pa.ChunkedArray
    ragged: tuple[tuple[int, tuple[str, ...]], ...]
    notes: dict[str, str]


def read_sheet(path: Path, sheet: str = "", most_bytes: int = MOST_BYTES) -> Sheet:
    """Read a file as columns of text whose cells can be asked for.

    Parameters
    ----------
    path, sheet, most_bytes
        As of `read_columns`.

    Raises
    ------
    OwnError
        As `read_columns`.
    """
    return sheet_of(read_columns(path, sheet, most_bytes))


def sheet_of(read: Columnar) -> Sheet:
    """Return a table that was read as one whose cells can be asked for."""
    cells = tuple(Texts.read(column) for column in read.columns)
    return Sheet(read.header, cells, read.lines.to_pylist(), read.ragged, read.notes)


def read_columns(path: Path, sheet: str = "", most_bytes: int = MOST_BYTES) -> Columnar:
    """Read a file.

    Parameters
    ----------
    path
        A CSV (UTF-8, UTF-16 with its mark, GB18030; comma, tab, semicolon or bar), a spreadsheet
        (xlsx, xls, ods) or Parquet, told apart by their content.
    sheet
        The sheet of a spreadsheet; by default the first that has rows.
    most_bytes
        Larger files are refused.

    Raises
    ------
    OwnError
        If it is missing, larger than allowed, of another kind, empty, or takes more memory or
        time than it may.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise OwnError(of="unreadable", file=path, why=error.strerror) from None
    if size > most_bytes or not path.is_file():
        raise OwnError(of="too_large", file=path.name, most=most_bytes // 2**20)
    with tempfile.TemporaryDirectory() as folder:
        told = _in_child(path.resolve(), Path(folder) / "table.arrow", sheet)
        with pa.OSFile(told["file"]) as file:
            table = pa.ipc.open_file(file).read_all()
    ragged = tuple((line, tuple(row)) for line, row in told["ragged"])
    columns = tuple(table[str(at)] for at in range(len(told["header"])))
    return Columnar(tuple(told["header"]), columns, table[LINE], ragged, told["notes"])


def _in_child(path: Path, out: Path, sheet: str) -> dict[str, Any]:
    line = [sys.executable, "-m", CHILD, str(path), str(out), sheet]
    root = Path(__file__).parents[2]
    try:
        done = subprocess.run(  # noqa: S603 - our own line
            line, cwd=root, capture_output=True, timeout=MOST_SECONDS, check=False
        )
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise OwnError(of="over_limits", file=path.name) from None
    if "fault" in told:
        raise OwnError(**told["fault"])
    return {**told, "file": str(out)}
