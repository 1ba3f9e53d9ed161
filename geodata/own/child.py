"""The process that opens a user's file: `python -m geodata.own.child FILE OUT SHEET`.

It imports nothing of the atlas but its errors, limits itself before it opens the file, and prints
one line of JSON: what it understood, or what is wrong in both languages.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geodata.own.errors import OwnError, headers_told
from geodata.own.formats import MOST_COLUMNS, MOST_ROWS, rows_of, top_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMORY: Final = 4 * 2**30
MOST_CPU: Final = 240
BATCH: Final = 65_536
MOST_RAGGED: Final = 10_000


def limit() -> None:
    """Take no more memory and time than a table may; Windows knows no such limits."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_CPU)):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(what, (most, hard))


def convert(path: Path, out: Path, sheet: str) -> dict[str, object]:
    """Write the table of a file as Arrow and return what was understood about it.

    Raises
    ------
    OwnError
        If the file is not a table, or larger than a table may be.
    """
    import pyarrow as pa  # noqa: PLC0415 - after the limits are set

    rows, notes = rows_of(path, sheet)
    header, top, rest = top_of(rows)
    width = len(header)
    fields = [("line", pa.int64()), *((str(at), pa.string()) for at in range(width))]
    schema, total = pa.schema(fields), 0
    ragged: list[object] = []
    with pa.OSFile(str(out), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for batch in _batches(rest, top, width, ragged):
            total += len(batch)
            if total + len(ragged) > MOST_ROWS or len(ragged) > MOST_RAGGED:
                raise OwnError(of="too_many_rows", rows=MOST_ROWS, ragged=MOST_RAGGED)
            columns = list(zip(*batch, strict=True)) or [()] * (width + 1)
            arrays = [
                pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    if not total and not ragged:
        raise OwnError(of="no_rows", columns=headers_told(header))
    return {"header": header, "ragged": ragged, "notes": notes}


def _batches(
    rows: Iterator[tuple[int, list[str]]], top: int, width: int, ragged: list[object]
) -> Iterator[list[tuple[object, ...]]]:
    batch: list[tuple[object, ...]] = []
    for line, row in rows:
        if line <= top or not any(row):
            continue
        cells = row if len(row) <= width or any(row[width:]) else row[:width]
        if len(cells) != width:
            ragged.append((line, cells[:MOST_COLUMNS]))
            continue
        batch.append((line, *cells))
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def main(line: list[str]) -> int:
    """Convert a file and print the outcome; exit code 0 where it was one of both."""
    path, out, sheet = line
    limit()
    gc.disable()  # rows hold nothing that holds them: looking for that takes a third of the time
    try:
        told = convert(Path(path), Path(out), sheet)
    except OwnError as error:
        told = {"fault": {"of": error.of, **error.fields}}
    except UnicodeDecodeError:
        told = {"fault": {"of": "no_text"}}
    sys.stdout.write(json.dumps(told, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
