"""Firms that were placed, as they are kept: a table from which all else can be made again."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from pyarrow import compute, parquet

from geodata.own.firms.cells import CREDIT, plain
from geodata.own.firms.cube import Firms
from geodata.own.firms.taking import distinct
from geodata.own.words import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.own.firms.batch import Batch
    from geodata.own.reading import Columnar

POINTS: Final = "points.parquet"
LINE, HOW, ID = "line", "how", "id_hash"
KEPT: Final = "kept "
"""What the names of columns begin with that a person wanted kept."""
NO_ID: Final = 0
COLUMNS: Final[tuple[str, ...]] = Firms.__slots__


def placed_table(
    batch: Batch, sheet: Columnar, hashes: np.ndarray, keep: Sequence[str]
) -> pa.Table:
    """Return the firms of a batch that were placed, without names unless they are kept.

    Parameters
    ----------
    batch, sheet
        What was read, and from what.
    hashes
        Hashes of ids, shape (rows,).
    keep
        Columns that a person wants kept.
    """
    at = np.flatnonzero(batch.refused == 0)
    columns = {
        name: pa.array(values[at])
        for name in COLUMNS
        if (values := getattr(batch.firms, name)) is not None
    }
    columns[LINE] = sheet.lines.take(pa.array(at))
    columns[HOW] = pa.array(np.array(keys())[batch.how[at]]).dictionary_encode()
    columns[ID] = pa.array(hashes[at])
    for one in keep:
        columns[KEPT + one] = sheet.columns[sheet.header.index(one)].take(pa.array(at))
    return pa.table(columns)


def without_lines(before: pa.Table, lines: pa.ChunkedArray) -> pa.Table:
    """Return firms of a former import without those whose lines were read anew."""
    again = compute.is_in(before[LINE], value_set=lines.combine_chunks())
    return before.filter(compute.invert(again))


def joined_tables(before: pa.Table | None, now: pa.Table) -> pa.Table:
    """Return firms of a former import and those read now."""
    if before is None:
        return now
    return pa.concat_tables([before, now], promote_options="permissive")


def firms_of(table: pa.Table) -> Firms:
    """Return the firms of such a table."""
    columns: dict[str, Any] = {
        name: table[name].to_numpy() if name in table.column_names else None for name in COLUMNS
    }
    unknown = {"gone": -1, "staff": -1, "capital": -1}
    for name, value in unknown.items():
        if columns[name] is not None and table[name].null_count:
            columns[name] = compute.fill_null(table[name], value).to_numpy()
    return Firms(**columns)


def how_of(table: pa.Table) -> Counter[str]:
    """Count by what the firms were placed."""
    counted = table[HOW].cast(pa.string()).value_counts().to_pylist()
    return Counter({one["values"]: one["counts"] for one in counted})


def hashes_of(column: pa.ChunkedArray | None, salt: str, rows: int) -> np.ndarray:
    """Return a number for each credit code, by which nobody can tell the code; 0 for none.

    Parameters
    ----------
    column
        The credit codes, None where the register has none.
    salt
        Drawn for each set.
    rows
        How many rows there are.
    """
    if column is None:
        return np.full(rows, NO_ID, np.int64)
    codes, texts = distinct(column)
    key = bytes.fromhex(salt)

    def hashed(text: str) -> int:
        told = plain(text).upper()
        if len(told) != CREDIT:
            return NO_ID
        blob = hashlib.blake2b(told.encode(), digest_size=8, key=key).digest()
        return int.from_bytes(blob, "big", signed=True)

    return np.array([hashed(text) for text in texts], np.int64)[codes]


def as_parquet(table: pa.Table) -> bytes:
    """Return a table as a Parquet file."""
    blob = io.BytesIO()
    parquet.write_table(table, blob, compression="zstd")
    return blob.getvalue()
