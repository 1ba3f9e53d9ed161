"""The data behind a figure as CSV and as a workbook; text that looks like a formula stays text."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final, cast

from dashboard.data.formats import harmless
from dashboard.print import workbook
from dashboard.print.about import LANGUAGE_TAGS
from dashboard.print.budget import watched
from dashboard.print.workbook import Figure, Link, Table
from dashboard.print.workbook_parts import Properties
from dashboard.text import text
from dashboard.wording import decimals_of
from geodata.records import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts.record import Row
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.workbook import Cell
    from geodata.records import Source, Status

COLUMNS: Final = (
    "id",
    "name_zh",
    "name_en",
    "item",
    "item_zh",
    "item_en",
    "value",
    "unit",
    "year",
    "status",
    "source_ids",
    "note",
)
SOURCE_COLUMNS: Final = ("id", "title", "publisher", "date", "address", "note")
VALUE, YEAR = COLUMNS.index("value"), COLUMNS.index("year")
YEAR_ALONE: Final = re.compile(r"\d{4}")
BOM: Final = "\ufeff"


def record(row: Row) -> list[str | float | None]:
    """Return a row as cells in the order of `COLUMNS`."""
    return [
        row.id,
        row.name.zh,
        row.name.en,
        row.item,
        row.item_name.zh,
        row.item_name.en,
        row.value,
        row.unit,
        row.year,
        row.status,
        ";".join(row.source_ids),
        row.note,
    ]


def source_record(source: Source) -> list[str]:
    """Return a publication as cells in the order of `SOURCE_COLUMNS`."""
    note = source.note
    title = f"{source.title} [{source.original}]" if source.original else source.title
    return [source.id, title, source.publisher, source.date, source.link or "", note]


def csv_of(exhibit: Exhibit) -> bytes:
    """Return the table in UTF-8 with the mark by which Excel knows it."""
    return _csv(COLUMNS, map(record, watched((*exhibit.rows, *exhibit.beside))))


def sources_csv(sources: Iterable[Source]) -> bytes:
    """Return publications in the same way."""
    return _csv(SOURCE_COLUMNS, map(source_record, sources))


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(c) if isinstance(c, str) else c for c in row])
    return (BOM + file.getvalue()).encode()


def xlsx_of(exhibit: Exhibit, link: str, date: str) -> bytes:
    """Return a workbook: the data, the sources, and what the figure is; `date` is of today."""
    t = text(exhibit.lang)
    words = [exhibit.title, exhibit.subtitle, exhibit.alt, exhibit.method, *exhibit.notes]
    about: list[list[Cell]] = [[line] for line in (*words, *exhibit.credits) if line]
    about += [[Link(link, link)]] if link else []
    data = [Table(t("export.sheet_data"), COLUMNS, lambda: map(_entered, watched(exhibit.rows)))]
    if exhibit.beside:
        below = t("export.sheet_beside")
        data.append(Table(below, COLUMNS, lambda: map(_entered, exhibit.beside)))
    file = io.BytesIO()
    workbook.write(
        file,
        (
            *data,
            Table(t("export.sheet_sources"), SOURCE_COLUMNS, lambda: map(_cited, exhibit.cited)),
            Table(t("export.sheet_about"), (), lambda: about),
        ),
        Properties(
            exhibit.title, t("shell.title"), exhibit.subtitle, date, LANGUAGE_TAGS[exhibit.lang]
        ),
    )
    return file.getvalue()


def _entered(row: Row) -> list[Cell]:
    """Return a row as cells: the figure with its decimals, one year as a number."""
    cells = cast("list[Cell]", record(row))
    cells[VALUE] = None if row.value is None else Figure(row.value, decimals_shown(row))
    cells[YEAR] = int(row.year) if YEAR_ALONE.fullmatch(row.year) else row.year
    return cells


def decimals_shown(row: Row) -> int:
    """Return how many decimals a figure is written with: as published, or four digits."""
    status = cast("Status | None", row.status or None)
    return decimals_of(Value(row.value, row.unit, row.year, status))


def _cited(source: Source) -> list[Cell]:
    """Return a publication as cells; its address can be followed."""
    cells: list[Cell] = [*source_record(source)]
    return [Link(cell, cell) if cell and cell == source.link else cell for cell in cells]
