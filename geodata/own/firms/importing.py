"""From an enterprise register to a set of own figures: read, place, count, tell, keep."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from geodata.own import store
from geodata.own.columns import ColumnMap
from geodata.own.errors import OwnError
from geodata.own.firms import keeping
from geodata.own.firms.batch import Batch, read_batch
from geodata.own.firms.counts import axes_told, count_files
from geodata.own.firms.cube import Cube, tally
from geodata.own.firms.figures import figures_of, measures_of, undated
from geodata.own.firms.preparing import prepare
from geodata.own.firms.refused import refused_table
from geodata.own.firms.register import is_private, read_register
from geodata.own.reading import Columnar, read_columns
from geodata.own.records import FIGURES, RAGGED, REFUSED, TAIL, figure_table, harmed
from geodata.own.refusals import named
from geodata.own.words import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from geodata.own.adding import Figure
    from geodata.own.columns import Measure
    from geodata.own.firms.register import Register
    from geodata.own.firms.rules import Rules
    from geodata.own.store import Stored

RULES: Final = 1
"""Raise when the same register would be placed or counted in another way."""


@dataclass(frozen=True)
class FirmsRead:
    """A register that was read and placed; nothing is kept yet.

    `firms` is the table that is kept, of a former import of which rows were mended, too; `before`
    is how many of its rows come from that.
    """

    sheet: Columnar
    rules: Rules
    batch: Batch
    firms: pa.Table
    before: int
    cube: Cube
    figures: Sequence[Figure]
    salt: str

    @property
    def rows(self) -> int:
        """Rows in: those read, and those placed before."""
        return self.before + len(self.sheet.lines) + len(self.sheet.ragged)

    @property
    def placed(self) -> int:
        """Rows of firms that are somewhere."""
        return int(self.firms.num_rows)

    @property
    def refused(self) -> int:
        """Rows of the others."""
        return int((self.batch.refused > 0).sum()) + len(self.sheet.ragged)

    def manifest(self) -> dict[str, Any]:
        """Return what is told of the set, as of a table, and what firms have besides."""
        why = named(self.batch.refused)
        return {
            **told_of(self.rules, self.cube, self.figures),
            "rows": self.rows,
            "placed": self.placed,
            "refused": self.refused,
            "cells_refused": self.batch.blanked(),
            "how": dict(keeping.how_of(self.firms)),
            "why": dict(why + Counter({RAGGED: len(self.sheet.ragged)})),
            "marked": dict(self.batch.marked()),
            "read": self.sheet.notes,
            store.SALT: self.salt,
        }


def told_of(rules: Rules, cube: Cube, figures: Sequence[Figure]) -> dict[str, Any]:
    """Return what is told of firms, however they were read."""
    register = rules.register
    years: dict[Measure, set[int]] = {one: set() for one in measures_of(figures)}
    for figure in figures:
        years[figure.measure].add(figure.year)
    return {
        "kind": store.FIRMS,
        "columns": dict(register.roles) | {"within": list(register.within)},
        "left": list(register.left),
        "kept": list(register.keep),
        "system": rules.system if register.has_points else "",
        "undated": undated(cube),
        "digest": cube.digest(),
        "axes": axes_told(cube.axes, len(rules.raster.codes)),
        "when": datetime.now(UTC).date().isoformat(),
        "measures": [
            {"zh": m.zh, "en": m.en, "unit": m.unit, "kind": m.kind, "years": sorted(found)}
            for m, found in years.items()
        ],
    }


def read_firms(  # noqa: PLR0913 - what the line of the terminal says
    path: Path,
    name: str,
    said: ColumnMap | None = None,
    year: int | None = None,
    tell: Callable[[str, int], None] = lambda _step, _rows: None,
    *,
    system: str | None = None,
    keep: Sequence[str] = (),
    read: Columnar | None = None,
) -> FirmsRead:
    """Read, place and count a register without keeping anything.

    Parameters
    ----------
    path
        The file; where it holds rows that were refused and mended, the firms of the set that were
        placed are counted with them.
    name
        The name of the set.
    said
        What a person says about its columns.
    year
        The year of the register; later days are refused. By default the present one.
    tell
        Told each finished step (read, placed, counted) and the rows it took.
    system
        The system of coordinates of the points; by default it is told by codes and names beside.
    keep
        Columns to be kept although they name firms or persons.
    read
        The file, where it was read before.

    Raises
    ------
    OwnError
        If the file cannot be read, no column tells a place, or the system of the points is not
        given and cannot be told.
    """
    store.check_name(name)
    said = said or ColumnMap()
    sheet = read or read_columns(path, said.sheet)
    mended = sheet.header[-len(TAIL) :] == TAIL
    former = store.load(name) if mended else None
    if former:
        sheet = _mended(sheet)
    if sheet.ragged and not len(sheet.lines):
        raise OwnError(of="header_apart", cells=len(sheet.header))
    tell("read", len(sheet.lines))
    register = read_register(sheet.header, said.said, keep)
    table = _table(sheet)
    rules = prepare(register, table, end_of(year), system or _former_system(former))
    batch = read_batch(table, rules)
    salt = str(former.manifest[store.SALT]) if former else secrets.token_hex(16)
    before = _former_firms(former, sheet)
    hashes = _hashes(table, register, salt)
    batch = _without_twins(batch, hashes, before)
    tell("placed", len(sheet.lines))
    now = keeping.placed_table(batch, sheet, hashes, register.keep)
    firms = keeping.joined_tables(before, now)
    cube = tally(
        keeping.firms_of(firms), rules.axes, Counter(batch.rows()), blanked=batch.blanked()
    )
    found = FirmsRead(
        sheet,
        rules,
        batch,
        firms,
        firms.num_rows - now.num_rows,
        cube,
        figures_of(cube, rules.above, year or 0),
        salt,
    )
    if found.placed + found.refused != found.rows:
        message = f"{found.rows} rows, {found.placed} placed, {found.refused} refused"
        raise AssertionError(message)
    tell("counted", found.placed)
    return found


def keep_firms(
    read: FirmsRead,
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
    if not read.placed:
        raise OwnError(of="none_placed")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    manifest = {
        "rules": RULES,
        "source": {"name": called or path.name, "size": path.stat().st_size, "sha256": digest},
        "said": said or {},
        **read.manifest(),
    }
    return store.save(name, files_of(read), manifest)


def files_of(read: FirmsRead) -> dict[str, bytes]:
    """Return the files of a set."""
    register = read.rules.register
    kept = {*register.roles.values(), *register.within, *register.keep}
    shown = [one for one in read.sheet.header if one in kept or (one and not is_private(one))]
    return {
        keeping.POINTS: keeping.as_parquet(read.firms),
        **count_files(read.cube),
        FIGURES: figure_table(read.figures, measures_of(read.figures), ()),
        REFUSED: refused_table(read.sheet, read.batch, register.roles, shown, read.rules.shortened),
    }


def _table(sheet: Columnar) -> pa.Table:
    named = {name: at for at, name in enumerate(sheet.header) if name}
    return pa.table({name: sheet.columns[at] for name, at in named.items()})


def end_of(year: int | None) -> date:
    """Return the last day that a register of a year can tell of, by default today."""
    today = datetime.now().astimezone().date()
    return min(today, date(year, 12, 31)) if year else today


def _mended(sheet: Columnar) -> Columnar:
    """Return mended rows under the header they had, each with its line in the file."""
    width = len(sheet.header) - len(TAIL)
    lines = [int(one) if one and one.isdecimal() else 0 for one in sheet.columns[width].to_pylist()]
    columns = tuple(
        pa.chunked_array([[harmed(cell or "") for cell in column.to_pylist()]], pa.string())
        for column in sheet.columns[:width]
    )
    numbered = pa.chunked_array([lines], pa.int64())
    return replace(sheet, header=sheet.header[:width], columns=columns, lines=numbered)


def _former_system(former: Stored | None) -> str | None:
    return str(former.manifest["system"]) or None if former else None


def _former_firms(former: Stored | None, sheet: Columnar) -> pa.Table | None:
    """Return the firms of a former import whose lines are not read anew."""
    if former is None:
        return None
    if not former.counts_firms:
        raise OwnError(of="other_header", name=former.name)
    firms = parquet.read_table(former.folder / keeping.POINTS)
    return keeping.without_lines(firms, sheet.lines)


def _hashes(table: pa.Table, register: Register, salt: str) -> np.ndarray:
    column = table[register.roles["id"]] if "id" in register.roles else None
    return keeping.hashes_of(column, salt, table.num_rows)


def _without_twins(batch: Batch, hashes: np.ndarray, before: pa.Table | None) -> Batch:
    """Refuse rows whose credit code stands in a row before that was placed."""
    placed = np.flatnonzero((batch.refused == 0) & (hashes != keeping.NO_ID))
    _, first = np.unique(hashes[placed], return_index=True)
    again = np.ones(len(placed), np.bool_)
    again[first] = False
    if before is not None:
        again |= np.isin(hashes[placed], before[keeping.ID].to_numpy())
    twins = np.zeros(len(hashes), np.bool_)
    twins[placed[again]] = True
    refused = np.where(twins, number("duplicate"), batch.refused).astype(np.int16)
    how = np.where(twins, 0, batch.how).astype(np.int16)
    return replace(batch, refused=refused, how=how)
