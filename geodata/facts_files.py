"""Reads the csv files of facts line by line, and says where a fault stands and how to mend it."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import FactsError

TABLES = Path(__file__).parent / "tables"
STATUSES = ("official", "revised", "secondary")

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: where it stands, and its cells by column."""

    file: str
    number: int
    cells: dict[str, str]
    room: str = "tables"

    def __getitem__(self, column: str) -> str:
        """Return the cell of `column`, '' where the table has no such column."""
        return self.cells.get(column, "")

    def fault(self, what: str) -> str:
        """Return `what` as a sentence that names the file and the line."""
        return f"{self.room}/{self.file}, line {self.number}: {what}"


def read_lines(folder: Path, file: str, needed: Sequence[str], room: str = "tables") -> list[Line]:
    """Read one table of facts, or of what is said of them.

    Parameters
    ----------
    folder
        The folder of facts.
    file
        Path of the table inside `folder`.
    needed
        Columns that must be there.
    room
        What a fault calls the folder.

    Raises
    ------
    FactsError
        If the file is missing or not UTF-8, a column is missing or named twice, or a line has
        more or fewer cells than the header.
    """
    try:
        with (folder / file).open(encoding="utf-8", newline="") as text:
            return [
                Line(file, number, cells, room)
                for number, cells in _lines(f"{room}/{file}", csv.reader(text), needed)
            ]
    except FileNotFoundError:
        message = f"{room}/{file} is missing; restore it from the repository."
        raise FactsError(message) from None
    except UnicodeDecodeError:
        message = f"{room}/{file} is not UTF-8; save it again with that encoding."
        raise FactsError(message) from None


def _lines(
    file: str, rows: Iterator[list[str]], needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    header = next(rows, [])
    for column in needed:
        if column not in header:
            message = f"{file} has no column {column!r}; add it to the first line."
            raise FactsError(message)
    if len(set(header)) < len(header):
        message = f"{file} names a column twice; give each column its own name."
        raise FactsError(message)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            message = (
                f"{file}, line {number}: {len(row)} cells where the first line has "
                f"{len(header)}; add the missing commas or put quotes round a text with commas."
            )
            raise FactsError(message)
        yield number, dict(zip(header, row, strict=True))


def first_of(faults: Sequence[str]) -> str:
    """Return the first of several faults as the one sentence a reader gets to mend."""
    more = len(faults) - 1
    return faults[0] + (f" ({more} more; `python run.py check` lists all of them.)" if more else "")


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
    """What a table may name: regions, sources and units."""

    regions: frozenset[str]
    sources: frozenset[str]
    units: frozenset[str]

    def region_fault(self, code: str) -> str | None:
        """Return what is wrong with a region code, None if nothing is."""
        if code in self.regions:
            return None
        return (
            f"region code {code!r} is unknown; correct it, or add the region to places/regions.csv "
            "or places/other_regions.csv."
        )

    def unit_fault(self, unit: str) -> str | None:
        """Return what is wrong with a unit, None if nothing is."""
        if unit in self.units:
            return None
        return f"unit {unit!r} is unknown; correct it, or add it to units.csv."

    def source_fault(self, ids: str) -> str | None:
        """Return what is wrong with a ';'-joined list of source ids, None if nothing is."""
        if not ids:
            return "there is no source; write its id into source_id."
        unknown = [one for one in ids.split(";") if one not in self.sources]
        if not unknown:
            return None
        return f"source {unknown[0]!r} is unknown; correct it, or add a line to sources.csv."


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read the names that the tables in `folder` may use."""

    def names(file: str, column: str) -> frozenset[str]:
        return frozenset(line[column] for line in read_lines(folder, file, [column]))

    regions = names("places/regions.csv", "region_code")
    return Vocabulary(
        regions | names("places/other_regions.csv", "region_code"),
        names("sources.csv", "source_id"),
        names("units.csv", "unit"),
    )
