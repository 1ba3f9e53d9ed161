"""Unfolds the wide tables of statistics: from what is said of a table down to a single cell."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from geodata.errors import FactsError, Fault
from geodata.facts.files import (
    STATUSES,
    Line,
    Vocabulary,
    already,
    in_column,
    is_number,
    read_lines,
    read_vocabulary,
    split_notes,
)
from geodata.records import Name

TABLES_FILE = "statistics/tables.csv"
COLUMNS_FILE = "statistics/columns.csv"
CELLS_FILE = "statistics/cell_notes.csv"

ROW_COLUMNS = frozenset(
    {"region_code", "region_name", "zone_code", "prefecture_code", "code_2010", "sector", "year"}
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
    """Figures gathered so far, the line of each, and what is wrong."""

    observations: list[Observation] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _seen: dict[tuple[str, ...], int] = field(default_factory=dict)

    def add(self, found: Observation, row: Line) -> None:
        """Keep a figure; one that two tables print must agree and is kept once."""
        key = (*found[:7], found.source_ids)
        if key not in self._seen:
            self._seen[key] = len(self.observations)
            self.observations.append(found)
            self.lines.append(row)
            return
        index = self._seen[key]
        before, first = self.observations[index], self.lines[index]
        words = f"{found.region_name} {found.indicator} {found.sector} {found.year}".split()
        what = " ".join(words)
        if first.file == row.file:
            self.faults.append(row.fault(already(what, first.number)))
            return
        if (before.value, before.unit, before.status) != (found.value, found.unit, found.status):
            differs = Name(
                f"“{what}”此处为 {found.value}，而 {first.file} 第 {first.number} 行为 "
                f"{before.value}；请按出版物更正其一。",
                f"{what} is {found.value} here but {before.value} in {first.file}, "
                f"line {first.number}; correct one by the publication.",
            )
            self.faults.append(row.fault(differs))
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
    left = [next(iter(said.values())) for said in columns.values()]
    left += [near[0].line for near in patterns.values()]
    for line in left:
        what = Name(
            f"描述了数据表“{line['table']}”，而 {TABLES_FILE} 中没有；请更正表名，或在那里加一行。",
            f"it describes the table {line['table']!r}, which {TABLES_FILE} does not list; "
            "correct the name or add a line there.",
        )
        found.faults.append(line.fault(what))
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
            into.faults.extend(error.faults)
            return
        into.faults.extend(self._header_faults(rows))
        for row in rows:
            faults = list(self._row_faults(row))
            into.faults.extend(row.fault(fault) for fault in faults)
            if not faults:
                for cell in self._cells(row):
                    self._resolve(cell, into)
        idle = Name(
            "在数据表中找不到所说的数字；请更正或删去这一行。",
            "it speaks of no figure in the table; correct it or take it out.",
        )
        into.faults.extend(
            pattern.line.fault(idle)
            for index, pattern in enumerate(self.patterns)
            if index not in self.used
        )

    def _is_long(self, row: Line) -> bool:
        return all(column in row.cells for column in LONG_COLUMNS)

    def _header_faults(self, rows: list[Line]) -> Iterator[Fault]:
        if not rows or self._is_long(rows[0]):
            return
        here = [column for column in rows[0].cells if column not in ROW_COLUMNS]
        for column in here:
            if column not in self.said:
                what = Name(
                    f"“{column}”列没有说明；请在 {COLUMNS_FILE} 中加一行。",
                    f"column {column!r} is not described; add a line to {COLUMNS_FILE}.",
                )
                yield Fault(rows[0].file, 1, what)
        for column, line in self.said.items():
            if column not in here:
                what = Name(
                    f"{rows[0].file} 中没有“{column}”列；请更正列名。",
                    f"{rows[0].file} has no column {column!r}; correct the name.",
                )
                yield line.fault(what)
            # Said once where the unit stands, not at each figure of the column.
            if fault := self.vocabulary.unit_fault(line["unit"]):
                yield line.fault(fault)

    def _row_faults(self, row: Line) -> Iterator[Name]:
        if not row["region_name"]:
            yield Name(
                "没有地区名称；请在 region_name 列按原文写上。",
                "there is no region_name; write the name as printed.",
            )
        for code in (row["region_code"], row["prefecture_code"]):
            fault = self.vocabulary.region_fault(code) if code else None
            if fault:
                yield fault
        if row["sector"] and (fault := self.vocabulary.sector_fault(row["sector"])):
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
            into.faults.extend(row.fault(in_column(cell.column, fault)) for fault in faults)
            return
        into.add(
            Observation(
                *(row["region_code"], row["region_name"], row["zone_code"]),
                *(said["indicator"], said["sector"] or row["sector"], said["category"]),
                *(year, float(cell.value), said["unit"]),
                *(source, status, join_notes(line["note"] for line in levels)),
            ),
            row,
        )

    def _cell_faults(self, cell: Cell, year: str, source: str, status: str) -> Iterator[Name]:
        if not is_number(cell.value):
            yield Name(
                f"“{cell.value}”不是数字；只写数字和小数点，原文没有的留空。",
                f"{cell.value!r} is not a number; write digits and a point only, and leave the "
                "cell empty where nothing is printed.",
            )
        if not _YEAR.fullmatch(year):
            yield Name(
                f"“{year}”不是年份；请写成 2020、2021-2025、2024H1 或 2025Q1。",
                f"{year!r} is not a year; write 2020, 2021-2025, 2024H1 or 2025Q1.",
            )
        own = self.vocabulary.unit_fault(cell.said["unit"]) if cell.said is cell.row else None
        if own:
            yield own
        if status not in STATUSES:
            yield Name(
                f"数据性质“{status}”不可用；请写 {'、'.join(STATUSES)} 之一。",
                f"status {status!r} is unknown; write one of {', '.join(STATUSES)}.",
            )
        if fault := self.vocabulary.source_fault(source):
            yield fault
