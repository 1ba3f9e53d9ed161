"""Unfolds the wide tables of statistics: from what is said of a table down to a single cell."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from geodata.errors import FactsError
from geodata.facts_files import (
    STATUSES,
    Line,
    Vocabulary,
    is_number,
    read_lines,
    read_vocabulary,
    split_notes,
)

TABLES_FILE = "statistics/tables.csv"
COLUMNS_FILE = "statistics/columns.csv"
CELLS_FILE = "statistics/cell_notes.csv"

ROW_COLUMNS = frozenset(
    {"region_code", "region_name", "zone_code", "prefecture_code", "code_2010", "year"}
    | {"source_id", "status", "note"}
)
LONG_COLUMNS = ("indicator", "value", "unit")

_YEAR = re.compile(r"\d{4}(-\d{4}|H[12]|Q[1-4])?")


class Observation(NamedTuple):
    """One figure with everything said of it; the fields are the columns of the long frame."""

    region_code: str
    region_name: str
    zone_code: str
    indicator: str
    sector: str
    category: str
    year: str
    value: float
    unit: str
    source_ids: str
    status: str
    note: str


class Pattern(NamedTuple):
    """A line of cell_notes.csv: which cells it speaks of; None stands for all ('*')."""

    line: Line
    regions: frozenset[str] | None
    years: frozenset[str] | None
    columns: frozenset[str] | None

    def covers(self, region: str, year: str, column: str) -> bool:
        """Tell whether the pattern speaks of this cell."""
        return (
            (self.regions is None or region in self.regions)
            and (self.years is None or year in self.years)
            and (self.columns is None or column in self.columns)
        )


class Cell(NamedTuple):
    """One printed figure before it is resolved: its row, its column's line, its text."""

    row: Line
    column: str
    said: Line
    value: str


@dataclass
class Unfolding:
    """Figures gathered so far, the sentences on what is wrong, and where each figure stood."""

    observations: list[Observation] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _seen: dict[tuple[str, ...], tuple[int, Line]] = field(default_factory=dict)

    def add(self, found: Observation, row: Line) -> None:
        """Keep a figure; one that two tables print must agree and is kept once."""
        key = (*found[:7], found.source_ids)
        if key not in self._seen:
            self._seen[key] = (len(self.observations), row)
            self.observations.append(found)
            return
        index, first = self._seen[key]
        what = f"{found.region_name} {found.indicator} {found.sector} {found.year}".split()
        if first.file == row.file:
            self.faults.append(
                row.fault(f"{' '.join(what)} is already in line {first.number}; keep one of them.")
            )
            return
        before = self.observations[index]
        if (before.value, before.unit, before.status) != (found.value, found.unit, found.status):
            self.faults.append(
                row.fault(
                    f"{' '.join(what)} is {found.value} here but {before.value} in "
                    f"tables/{first.file}, line {first.number}; correct one by the publication."
                )
            )
            return
        self.observations[index] = before._replace(note=join_notes([before.note, found.note]))


def join_notes(notes: Iterable[str]) -> str:
    """Join notes into one, each fragment once, in the order given."""
    return "; ".join(dict.fromkeys(part for note in notes for part in split_notes(note)))


def unfold(folder: Path) -> Unfolding:
    """Read every table of statistics in `folder`; faults are gathered, not raised.

    Raises
    ------
    FactsError
        If a file that describes the others (tables, columns, cell notes, regions, sources or
        units) cannot be read at all.
    """
    vocabulary = read_vocabulary(folder)
    papers = read_lines(folder, TABLES_FILE, ["table", "file", "year", "source_id", "status"])
    columns: dict[str, dict[str, Line]] = defaultdict(dict)
    for line in read_lines(folder, COLUMNS_FILE, ["table", "column", "indicator", "unit"]):
        columns[line["table"]][line["column"]] = line
    patterns: dict[str, list[Pattern]] = defaultdict(list)
    for line in read_lines(folder, CELLS_FILE, ["table", "region", "year", "column", "note"]):
        patterns[line["table"]].append(_pattern(line))
    found = Unfolding()
    for paper in papers:
        table = paper["table"]
        sheet = _Sheet(paper, columns.pop(table, {}), patterns.pop(table, []), vocabulary)
        sheet.unfold(folder, found)
    for name in (*columns, *patterns):
        found.faults.append(
            f"tables/statistics describes the table {name!r}, which {TABLES_FILE} does not list; "
            "correct the name or add a line there."
        )
    return found


def _pattern(line: Line) -> Pattern:
    def among(column: str) -> frozenset[str] | None:
        return None if line[column] == "*" else frozenset(line[column].split(";"))

    return Pattern(line, among("region"), among("year"), among("column"))


class _Sheet:
    """One table with what is said of it."""

    def __init__(
        self, paper: Line, said: dict[str, Line], patterns: list[Pattern], vocabulary: Vocabulary
    ) -> None:
        self.paper = paper
        self.said = said
        self.patterns = patterns
        self.vocabulary = vocabulary
        self.used: set[int] = set()

    def unfold(self, folder: Path, into: Unfolding) -> None:
        """Add every figure of the table to `into`, and what is wrong with it."""
        try:
            rows = read_lines(folder, self.paper["file"], ["region_code", "region_name"])
        except FactsError as error:
            into.faults.append(str(error))
            return
        into.faults.extend(self._header_faults(rows))
        for row in rows:
            faults = list(self._row_faults(row))
            into.faults.extend(row.fault(fault) for fault in faults)
            if not faults:
                for cell in self._cells(row):
                    self._resolve(cell, into)
        into.faults.extend(
            pattern.line.fault("speaks of no figure in the table; correct it or take it out.")
            for index, pattern in enumerate(self.patterns)
            if index not in self.used
        )

    def _is_long(self, row: Line) -> bool:
        return all(column in row.cells for column in LONG_COLUMNS)

    def _header_faults(self, rows: list[Line]) -> Iterator[str]:
        if not rows or self._is_long(rows[0]):
            return
        here = [column for column in rows[0].cells if column not in ROW_COLUMNS]
        for column in here:
            if column not in self.said:
                yield (
                    f"tables/{self.paper['file']}: column {column!r} is not described; "
                    f"add a line to {COLUMNS_FILE}."
                )
        for column, line in self.said.items():
            if column not in here:
                yield line.fault(
                    f"tables/{self.paper['file']} has no column {column!r}; correct the name."
                )
            # Said once where the unit stands, not at each figure of the column.
            if fault := self.vocabulary.unit_fault(line["unit"]):
                yield line.fault(fault)

    def _row_faults(self, row: Line) -> Iterator[str]:
        if not row["region_name"]:
            yield "there is no region_name; write the name as printed."
        for code in (row["region_code"], row["prefecture_code"]):
            fault = self.vocabulary.region_fault(code) if code else None
            if fault:
                yield fault

    def _cells(self, row: Line) -> Iterator[Cell]:
        if self._is_long(row):
            yield Cell(row, row["indicator"], row, row["value"])
            return
        for column, said in self.said.items():
            if row[column]:
                yield Cell(row, column, said, row[column])

    def _resolve(self, cell: Cell, into: Unfolding) -> None:
        """Let the nearest word hold (cell, row, column, table); notes add up, widest first."""
        row, said = cell.row, cell.said
        year = row["year"] or said["year"] or self.paper["year"]
        region = row["region_code"] or row["zone_code"] or row["region_name"]
        near = []
        for index, pattern in enumerate(self.patterns):
            if pattern.covers(region, year, cell.column):
                near.append(pattern.line)
                self.used.add(index)
        levels = [self.paper, said, *([] if said is row else [row]), *near]

        def nearest(column: str) -> str:
            return next((line[column] for line in reversed(levels) if line[column]), "")

        source, status = nearest("source_id"), nearest("status")
        faults = list(self._cell_faults(cell, year, source, status))
        if faults:
            into.faults.extend(row.fault(f"column {cell.column}: {fault}") for fault in faults)
            return
        into.add(
            Observation(
                *(row["region_code"], row["region_name"], row["zone_code"]),
                *(said["indicator"], said["sector"], said["category"]),
                *(year, float(cell.value), said["unit"]),
                *(source, status, join_notes(line["note"] for line in levels)),
            ),
            row,
        )

    def _cell_faults(self, cell: Cell, year: str, source: str, status: str) -> Iterator[str]:
        if not is_number(cell.value):
            yield (
                f"{cell.value!r} is not a number; write digits and a point only, and leave the "
                "cell empty where nothing is printed."
            )
        if not _YEAR.fullmatch(year):
            yield f"{year!r} is not a year; write 2020, 2021-2025, 2024H1 or 2025Q1."
        own = self.vocabulary.unit_fault(cell.said["unit"]) if cell.said is cell.row else None
        if own:
            yield own
        if status not in STATUSES:
            yield f"status {status!r} is unknown; write one of {', '.join(STATUSES)}."
        if fault := self.vocabulary.source_fault(source):
            yield fault
