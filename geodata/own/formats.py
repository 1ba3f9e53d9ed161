"""The rows of a file as text: CSV in the encodings of the trade, spreadsheets, Parquet."""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, TextIO

from geodata.own.errors import OwnError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

Rows = Iterator[tuple[int, list[str]]]
_Range = tuple[tuple[int, int], tuple[int, int]]

MOST_ROWS: Final = 5_000_000
MOST_COLUMNS: Final = 500
MOST_CELL: Final = 2**20
MOST_UNPACKED: Final = 2**31
TOP: Final = 30
"""Lines at the top of a file among which the header is looked for, below titles."""
SEPARATORS: Final = ",\t;|"
MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
BLOCK: Final = 2**20
PLAIN_NUMBER: Final = re.compile(r"[+-]?[\d.,]+%?")
YEAR: Final = re.compile(r"(?:19|20)\d\d")
KINDS: Final = {
    "PDF": re.compile(rb"%PDF"),
    "gzip": re.compile(rb"\x1f\x8b"),
    "JSON": re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*\{|\{\s*\")"),
    "HTML, XML": re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:[!?]|html|head|table)", re.IGNORECASE),
}
"""What is handed in as a table and is none, by its first bytes."""
SOME_NUL: Final = 8
EXACT: Final = 1e15
"""From here on a spreadsheet has lost digits of a whole number."""


def rows_of(path: Path, sheet: str = "") -> tuple[Rows, dict[str, str]]:
    """Return the rows of a file with their lines, and what was understood about it.

    Raises
    ------
    OwnError
        If it is empty, or of a kind that is not read.
    """
    with path.open("rb") as file:
        begin = file.read(256)
    head = begin[:8]
    if not head:
        raise OwnError(of="empty")
    for kind, mark in KINDS.items():
        if mark.match(begin):
            raise OwnError(of="other_kind", kind=kind)
    if head[:4] == b"PAR1":
        return _parquet(path), {"format": "Parquet"}
    if head[:2] == b"PK" or head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _spreadsheet(path, sheet, zipped=head[:2] == b"PK")
    encoding = encoding_of(path)
    separator = separator_of(path, encoding)
    return _csv(path, encoding, separator), {
        "format": "CSV",
        "encoding": encoding,
        "separator": {"\t": "TAB"}.get(separator, separator),
    }


def top_of(rows: Rows) -> tuple[list[str], int, Rows]:
    """Return the header, its line, and the rows once more.

    The header is the first of the lines at the top that has as many filled cells as the fullest:
    titles above it have fewer. It may take two lines, where cells of it were merged.

    Raises
    ------
    OwnError
        If there is no row, or more columns than a table may have.
    """
    first = list(islice(rows, TOP))
    filled = [sum(1 for cell in row if cell.strip()) for _, row in first]
    if not any(filled):
        raise OwnError(of="no_table")
    wide = max(filled[: max(3, len(filled) // 2)])
    at = next(at for at, full in enumerate(filled) if full >= min(wide, max(2, wide - 1)))
    line, header = first[at][0], _trimmed(first[at][1])
    for upper in range(max(0, at - 1), min(at + 1, len(first) - 1)):
        if both := _of_two_lines(*(_trimmed(row) for _, row in first[upper : upper + 2])):
            line, header = first[upper + 1][0], both
            break
    if len(header) > MOST_COLUMNS:
        raise OwnError(of="too_wide", columns=len(header), most=MOST_COLUMNS)
    return header, line, chain(first, rows)


def _trimmed(row: Sequence[str]) -> list[str]:
    header = [cell.strip().lstrip("\ufeff") for cell in row]
    while header and not header[-1]:
        header.pop()
    return header


def _of_two_lines(upper: Sequence[str], lower: Sequence[str]) -> list[str] | None:
    """Return the header of two lines, such as 2019年 over 企业数 and 产值; None where it is one.

    In two lines some cells stand above nothing, and some below one that is to their left.
    """
    wide = max(len(upper), len(lower))
    pairs = [
        ("" if at >= len(upper) else upper[at], "" if at >= len(lower) else lower[at])
        for at in range(wide)
    ]
    pairs = [(above, "" if below == above else below) for above, below in pairs]
    alone = any(above and not below for above, below in pairs)
    shared = any(below and not above for above, below in pairs[1:])
    figures = (PLAIN_NUMBER.fullmatch(one) and not YEAR.fullmatch(one) for _, one in pairs)
    if not (alone and shared and all(map(any, pairs))) or any(figures):
        return None
    header, last = [], ""
    for above, below in pairs:
        last = above or last
        header.append(f"{last} {below}".strip())
    return header


def encoding_of(path: Path) -> str:
    """Return the encoding of a text: by its mark, else strict UTF-8, else GB18030.

    Raises
    ------
    OwnError
        If it is none of these, or no text at all.
    """
    with path.open("rb") as file:
        head = file.read(4)
        for mark, encoding in MARKS.items():
            if head.startswith(mark):
                return encoding
        file.seek(0)
        if _is_wide(file.read(BLOCK)):
            raise OwnError(of="no_text")
        for encoding in ("utf-8", "gb18030"):
            file.seek(0)
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                while block := file.read(BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
    raise OwnError(of="no_text")


def _is_wide(blob: bytes) -> bool:
    """Tell whether this is UTF-16 without its mark: NUL at every other place, and seldom else."""
    nul = blob.count(0), blob[::2].count(0)
    one_side = max(nul[1], nul[0] - nul[1])
    return nul[0] >= SOME_NUL and nul[0] > len(blob) / 20 and one_side > nul[0] * 0.9


def separator_of(path: Path, encoding: str) -> str:
    """Return the separator with which most of the first lines have the same, largest width."""
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice(_bounded(file), TOP))

    def score(separator: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        except csv.Error:
            return (0, 0)
        wide = [width for width in widths if width > 1]
        most = max(set(wide), key=lambda width: (wide.count(width), width), default=1)
        return (wide.count(most), most) if wide else (0, 0)

    csv.field_size_limit(MOST_CELL)
    return max(SEPARATORS, key=score)


def _bounded(file: TextIO) -> Iterator[str]:
    """Yield the lines of a text without NUL; one longer than a row may be is an error."""
    most = MOST_CELL * 4
    while line := file.readline(most):
        if len(line) == most:
            raise OwnError(of="long_line")
        yield line.replace("\0", "") if "\0" in line else line


def _csv(path: Path, encoding: str, separator: str) -> Rows:
    csv.field_size_limit(MOST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(_bounded(file), delimiter=separator)
        line, begun, row = 1, 1, list[str]()
        try:
            for row in reader:
                begun = line
                yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            raise OwnError(of="csv_fault", line=line, why=error) from None
    if any("\n" in cell or "\r" in cell for cell in row):
        _refuse_open_quote(path, encoding, separator, begun)


def _refuse_open_quote(path: Path, encoding: str, separator: str, line: int) -> None:
    """Refuse a file whose last row, which begins in this line, is held by a quote left open."""
    with path.open(encoding=encoding, newline="") as file:
        try:
            list(
                csv.reader(islice(_bounded(file), line - 1, None), delimiter=separator, strict=True)
            )
        except csv.Error as error:
            if "end of data" in str(error):
                raise OwnError(of="open_quote", line=line) from None


def _spreadsheet(path: Path, sheet: str, *, zipped: bool) -> tuple[Rows, dict[str, str]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - seldom needed
    from python_calamine import SheetVisibleEnum as Visible  # noqa: PLC0415

    try:
        if zipped:
            _refuse_bomb(path)
        book = CalamineWorkbook.from_path(str(path))
        shown = [one.name for one in book.sheets_metadata if one.visible == Visible.Visible]
        named = [sheet] if sheet else shown
        if sheet and sheet not in book.sheet_names:
            raise OwnError(of="no_sheet", sheet=sheet, known="、".join(book.sheet_names))
        sheets = (book.get_sheet_by_name(name) for name in named)
        found = next((one for one in sheets if one.height), None)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        if isinstance(error, OwnError):
            raise
        raise OwnError(of="bad_sheet", why=error) from None
    if found is None:
        raise OwnError(of="empty_sheets")
    notes = {"format": "XLSX", "sheet": found.name, "sheets": str(len(book.sheet_names))}
    rows = found.to_python(skip_empty_area=False)
    _fill_down(rows, found.merged_cell_ranges or [])
    return ((at, [_written(cell) for cell in row]) for at, row in enumerate(rows, start=1)), notes


def _fill_down(rows: list[list[Any]], merged: Sequence[_Range]) -> None:
    """Write the words of a cell that was merged with those below it into each; a figure is one."""
    for (top, left), (bottom, right) in merged:
        if left == right and bottom < len(rows) and isinstance(word := rows[top][left], str):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = word


def _refuse_bomb(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > MOST_UNPACKED:
        raise OwnError(of="bomb", size=unpacked)


def _written(cell: object) -> str:
    """Return a cell of a spreadsheet as its reader sees it: whole numbers without a point."""
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < EXACT
        return str(int(cell)) if whole else repr(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell).replace("\0", "")


def _parquet(path: Path) -> Rows:
    import pyarrow as pa  # noqa: PLC0415 - after the limits are set
    from pyarrow import parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(path)
        names: Sequence[str] = file.schema_arrow.names
        if file.metadata.num_rows > MOST_ROWS or len(names) > MOST_COLUMNS:
            raise OwnError(of="too_wide", columns=len(names), most=MOST_COLUMNS)
        yield 1, list(names)
        line = 2
        for batch in file.iter_batches(batch_size=BLOCK // 16):
            columns = [_texts(column) for column in batch.columns]
            for row in zip(*columns, strict=True):
                yield line, list(row)
                line += 1
    except (pa.ArrowException, OSError) as error:
        raise OwnError(of="bad_parquet", why=error) from None


def _texts(column: pa.Array) -> list[str]:
    """Return a column of Parquet as text; what stands there again and again is written once."""
    import pyarrow as pa  # noqa: PLC0415 - after the limits are set

    if pa.types.is_nested(column.type) or pa.types.is_floating(column.type):
        return [_written(cell) for cell in column.to_pylist()]
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    texts = [_written(cell) for cell in coded.dictionary.to_pylist()]
    return ["" if at is None else texts[at] for at in coded.indices.to_pylist()]
