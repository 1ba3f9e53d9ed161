"""A register too large for one table: Parquet, one file or a folder, counted in parts.

What is told and kept is that of a register read at once, without the firms themselves: the files
are the user's, stay where they are and can be counted again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from geodata.own import store
from geodata.own.columns import ColumnMap
from geodata.own.errors import OwnError
from geodata.own.firms import running
from geodata.own.firms.cluster import count_on
from geodata.own.firms.counts import count_files
from geodata.own.firms.figures import figures_of, measures_of
from geodata.own.firms.importing import RULES, end_of, told_of
from geodata.own.firms.parts import ROWS, Part, batches_of, columns_of, parts_of
from geodata.own.firms.preparing import prepare
from geodata.own.firms.register import Register, read_register
from geodata.own.firms.where import end_of_file, files_in, is_address, name_of, opened
from geodata.own.records import FIGURES, MARK, REFUSED, both, figure_table, written
from geodata.own.words import keys, reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geodata.own.adding import Figure
    from geodata.own.firms.cube import Cube
    from geodata.own.firms.rules import Rules

MAGIC: Final = b"PAR1"
MOST_REFUSED: Final = 100_000
"""Refused rows that are written, with file and row; all are counted."""


@dataclass(frozen=True)
class LargeRead:
    """A large register that was counted; nothing is kept yet."""

    parts: Sequence[Part]
    rules: Rules
    cube: Cube
    figures: Sequence[Figure]

    @property
    def rows(self) -> int:
        """Rows in; each is placed or refused."""
        return sum(part.rows for part in self.parts)

    @property
    def placed(self) -> int:
        """Rows of firms that are somewhere."""
        return int(self.cube.born.sum())

    @property
    def refused(self) -> int:
        """Rows of the others."""
        return self.rows - self.placed

    def manifest(self) -> dict[str, Any]:
        """Return what is told of the set."""
        refusals = {key for key, one in reasons().items() if one.cure.zh}
        how = {key: n for key, n in self.cube.rows.items() if key not in refusals}
        why = {key: n for key, n in self.cube.rows.items() if key in refusals}
        return {
            **told_of(self.rules, self.cube, self.figures),
            "rows": self.rows,
            "placed": self.placed,
            "refused": self.refused,
            "cells_refused": self.cube.blanked,
            "how": how,
            "why": why,
            "read": {"format": "Parquet", "files": str(len({one.path for one in self.parts}))},
        }


def is_large(file: str) -> bool:
    """Tell whether a register is counted in parts: an address, a folder, Parquet of many rows."""
    path = Path(file)
    if is_address(file) or path.is_dir():
        return True
    try:
        with path.open("rb") as source:
            if source.read(len(MAGIC)) != MAGIC:
                return False
        return sum(one.rows for one in parts_of([file])) > ROWS
    except OSError:
        return False


def read_large(  # noqa: PLR0913 - what the line of the terminal says
    path: Path | str,
    name: str,
    said: ColumnMap | None = None,
    year: int | None = None,
    tell: Callable[[int, int], None] = lambda _rows, _of: None,
    *,
    system: str | None = None,
    scheduler: str | None = None,
    processes: int = 1,
) -> LargeRead:
    """Count a large register without keeping anything.

    Parameters
    ----------
    path
        A Parquet file, or a folder of such with the same columns; by path or address (`where`).
    name, said, year, system
        As of `read_firms`; the system is told by the first part.
    tell
        Told how many rows have been counted, and of how many.
    scheduler
        Address of a Dask cluster, None for this machine.
    processes
        Processes on this machine.

    Raises
    ------
    OwnError
        As `read_firms`; or if the cluster cannot be used.
    """
    store.check_name(name)
    paths = files_in(str(path))
    register = _register(paths, said or ColumnMap())
    parts = parts_of(paths)
    rules = prepare(register, _first(parts[0], register), end_of(year), system)
    every, counted = sum(one.rows for one in parts), 0

    def told(rows: int) -> None:
        nonlocal counted
        counted += rows
        tell(counted, every)

    if scheduler:
        cube = count_on(scheduler, parts, rules, tell=told)
    else:
        cube = running.count(parts, rules, min(processes, len(parts)), tell=told)
    read = LargeRead(parts, rules, cube, figures_of(cube, rules.above, year or 0))
    if sum(cube.rows.values()) != every or read.placed != sum(read.manifest()["how"].values()):
        message = f"{every} rows, {dict(cube.rows)} told, {read.placed} counted"
        raise AssertionError(message)
    return read


def keep_large(read: LargeRead, path: Path | str, name: str) -> store.Stored:
    """Keep the counts as the version of a set that counts.

    Raises
    ------
    OwnError
        If nothing could be placed, or the set cannot be written.
    """
    if not read.placed:
        raise OwnError(of="none_placed")
    files = {
        **count_files(read.cube),
        FIGURES: figure_table(read.figures, measures_of(read.figures), ()),
        REFUSED: MARK.encode() + written(_refused(read)),
    }
    source = {"name": name_of(str(path)), **_source(read.parts)}
    return store.save(name, files, {"rules": RULES, "source": source, **read.manifest()})


def _refused(read: LargeRead) -> Iterator[Sequence[object]]:
    """Yield the first of the refused rows: cells, file, row (counted from 1), reason, cure."""
    columns = columns_of(read.rules.register)
    yield (*columns, "文件 · file", "行 · row", "原因 · why", "怎么改 · how to mend")
    left, shorten = min(read.refused, MOST_REFUSED), read.rules.shortened
    for part in read.parts:
        row = part.first
        for table, batch in batches_of(part, read.rules):
            some = np.flatnonzero(batch.refused)[:left]
            taken = table.select(columns).take(pa.array(some))
            texts = (
                [way(str(cell or "")) for cell in taken[name].to_pylist()]
                if (way := shorten.get(name))
                else taken[name].to_pylist()
                for name in columns
            )
            cells = zip(*texts, strict=True)
            for at, own in zip(some.tolist(), cells, strict=True):
                word = reasons()[keys()[batch.refused[at]]]
                told = ("" if one is None else one for one in own)
                yield (*told, part.path, row + at + 1, both(word.why), both(word.cure))
            left -= len(some)
            row += len(batch.refused)
            if not left:
                return


def _source(parts: Sequence[Part]) -> dict[str, Any]:
    """Return the size of all files, and a digest over the digests of their ends.

    The end of a Parquet file holds the sizes, places and bounds of all that is in it.
    """
    told, size = hashlib.sha256(), 0
    for path in dict.fromkeys(part.path for part in parts):
        length, end = end_of_file(path)
        size += length
        told.update(end)
    return {"size": size, "sha256": told.hexdigest()}


def _register(paths: Sequence[str], said: ColumnMap) -> Register:
    register: Register | None = None
    for path in paths:
        try:
            with opened(path) as file:
                schema = file.schema_arrow
        except (pa.ArrowException, OSError) as error:
            raise OwnError(of="bad_parquet", why=error) from None
        register = register or read_register(schema.names, said.said)
        used = columns_of(register)
        lacking = set(used) - set(schema.names)
        if lacking:
            raise OwnError(of="other_columns", file=path, columns="、".join(sorted(lacking)))
        nested = [one for one in used if pa.types.is_nested(schema.field(one).type)]
        if nested:
            raise OwnError(of="nested_columns", file=path, columns="、".join(nested))
    assert register  # noqa: S101 - there is one file at least
    return register


def _first(part: Part, register: Register) -> pa.Table:
    with opened(part.path) as file:
        columns = columns_of(register)
        return file.read_row_groups(list(part.groups), columns=columns, use_threads=False)
