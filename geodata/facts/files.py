"""Reads the csv files of facts line by line, and says where a fault stands and how to mend it."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import FactsError, Fault
from geodata.records import Name

TABLES = Path(__file__).parent.parent / "tables"
STATUSES = ("official", "revised", "preliminary", "secondary")

CHINESE = re.compile("[一-鿿]+")
"""A run of Chinese characters."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file of facts: where it stands, and its cells by column."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the cell of `column`, '' where the file has no such column."""
        return self.cells.get(column, "")

    def fault(self, what: Name) -> Fault:
        """Return `what` as a fault of this line."""
        return Fault(self.file, self.number, what)


def read_lines(folder: Path, file: str, needed: Sequence[str]) -> list[Line]:
    """Read one table of facts.

    Parameters
    ----------
    folder
        The folder of facts.
    file
        Path of the table inside `folder`.
    needed
        Columns that must be there.

    Raises
    ------
    FactsError
        If the file is missing or not UTF-8, a column is missing or named twice, or a line has
        more or fewer cells than the header.
    """
    return read_csv(folder / file, f"tables/{file}", needed)


def read_csv(path: Path, file: str, needed: Sequence[str] = ()) -> list[Line]:
    """Read a file that faults call `file`; as `read_lines`, for the catalogue too."""
    try:
        blob = path.read_bytes()
    except OSError as error:
        what = Name(
            f"无法读取（{error.strerror}）；请从代码仓库恢复这个文件。",
            f"it cannot be read ({error.strerror}); restore it from the repository.",
        )
        raise FactsError(Fault(file, None, what)) from None
    try:
        text = blob.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = Name(
            "不是 UTF-8 编码；请用 UTF-8 重新保存这个文件。",
            "this is not UTF-8; save the file again with that encoding.",
        )
        raise FactsError(Fault(file, blob.count(b"\n", 0, error.start) + 1, what)) from None
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        _check_header(file, header, needed)
        return [_line(file, rows.line_num, header, row) for row in rows]
    except csv.Error:
        what = Name(
            "引号不成对；请补上缺少的引号，文字中的引号写两遍。",
            "a quote is not closed; add the one missing, and double quotes inside a text.",
        )
        raise FactsError(Fault(file, rows.line_num, what)) from None


def _check_header(file: str, header: list[str], needed: Sequence[str]) -> None:
    if len(set(header)) < len(header):
        twice = next(column for column in header if header.count(column) > 1)
        what = Name(
            f"“{twice}”列出现不止一次；请让各列名称互不相同。",
            f"column {twice!r} is named twice; give each column its own name.",
        )
        raise FactsError(Fault(file, 1, what))
    for column in needed:
        if column not in header:
            raise FactsError(no_column(file, column))


def no_column(file: str, column: str) -> Fault:
    """Return the fault of a file that lacks a column."""
    what = Name(
        f"缺少“{column}”列；请在第一行补上。",
        f"there is no column {column!r}; add it to the first line.",
    )
    return Fault(file, 1, what)


def _line(file: str, number: int, header: list[str], row: list[str]) -> Line:
    if len(row) != len(header):
        what = Name(
            f"有 {len(row)} 格，而第一行有 {len(header)} 格；"
            "请补上缺少的逗号，文字中有逗号的用引号括起。",
            f"{len(row)} cells where the first line has {len(header)}; add the missing commas "
            "or put quotes round a text with commas.",
        )
        raise FactsError(Fault(file, number, what))
    return Line(file, number, dict(zip(header, row, strict=True)))


def lines_of(rows: Iterable[Mapping[Any, object]], file: str) -> list[Line]:
    """Return the lines that the rows of a whole table stand in, to say where a fault is."""
    return [
        Line(f"tables/{file}", number, {str(k): str(v) for k, v in row.items()})
        for number, row in enumerate(rows, start=2)
    ]


def split_notes(note: str) -> list[str]:
    """Return the fragments of a note; a '; ' inside brackets does not part them."""
    fragments: list[str] = []
    for part in filter(None, note.split("; ")):
        last = fragments[-1] if fragments else ""
        if last.count("(") > last.count(")"):
            fragments[-1] = f"{last}; {part}"
        else:
            fragments.append(part)
    return fragments


def is_number(text: str) -> bool:
    """Tell whether `text` is a plain decimal number: no thousands separators, no exponent."""
    return _NUMBER.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a table may name: regions, sources, units and sectors."""

    regions: frozenset[str]
    sources: frozenset[str]
    units: frozenset[str]
    sectors: frozenset[str]

    def region_fault(self, code: str) -> Name | None:
        """Return what is wrong with a region code, None if nothing is."""
        if code in self.regions:
            return None
        return Name(
            f"区划代码“{code}”未登记；请更正，或在 places/regions.csv、"
            "places/other_regions.csv 中登记该地区。",
            f"region code {code!r} is unknown; correct it, or add the region to "
            "places/regions.csv or places/other_regions.csv.",
        )

    def unit_fault(self, unit: str) -> Name | None:
        """Return what is wrong with a unit, None if nothing is."""
        if unit in self.units:
            return None
        return Name(
            f"单位“{unit}”未登记；请更正，或在 units.csv 中登记。",
            f"unit {unit!r} is unknown; correct it, or add it to units.csv.",
        )

    def sector_fault(self, sector: str) -> Name | None:
        """Return what is wrong with the code of a sector, None if nothing is."""
        if sector in self.sectors:
            return None
        return Name(
            f"行业代码“{sector}”未登记；请更正，或在 sectors.csv 中登记。",
            f"sector {sector!r} is unknown; correct it, or add it to sectors.csv.",
        )

    def source_fault(self, ids: str) -> Name | None:
        """Return what is wrong with a ';'-joined list of source ids, None if nothing is."""
        if not ids:
            return Name(
                "没有注明来源；请在 source_id 列写上来源代号。",
                "there is no source; write its id into source_id.",
            )
        unknown = [one for one in ids.split(";") if one not in self.sources]
        if not unknown:
            return None
        return Name(
            f"来源“{unknown[0]}”未登记；请更正，或在 sources.csv 中加一行。",
            f"source {unknown[0]!r} is unknown; correct it, or add a line to sources.csv.",
        )


def in_column(column: str, what: Name) -> Name:
    """Return what is wrong, led by the column it is wrong in."""
    return Name(f"{column} 列：{what.zh}", f"column {column}: {what.en}")


def already(key: str, number: int) -> Name:
    """Return that a line says again what line `number` says."""
    return Name(
        f"“{key}”与第 {number} 行重复；请只留一处。",
        f"{key} is already in line {number}; keep one of them.",
    )


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read the names that the tables in `folder` may use."""

    def names(file: str, column: str) -> frozenset[str]:
        return frozenset(line[column] for line in read_lines(folder, file, [column]))

    regions = names("places/regions.csv", "region_code")
    return Vocabulary(
        regions | names("places/other_regions.csv", "region_code"),
        names("sources.csv", "source_id"),
        names("units.csv", "unit"),
        names("sectors.csv", "sector"),
    )
