"""The data behind a figure as CSV and as a workbook; text that looks like a formula stays text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts.record import Row
    from dashboard.print.exhibit import Exhibit

    Cell = str | float | int | None

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
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula; numbers are no text and keep theirs."""
BOM: Final = "\ufeff"


def safe(cell: Cell) -> Cell:
    """Return a cell with an apostrophe before text that a spreadsheet would compute."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def records(rows: Iterable[Row]) -> list[list[Cell]]:
    """Return the rows as cells in the order of `COLUMNS`."""
    return [
        [
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
        for row in rows
    ]


def source_records(exhibit: Exhibit) -> list[list[Cell]]:
    """Return the publications of an exhibit in the order of `SOURCE_COLUMNS`."""
    return [[s.id, s.title, s.publisher, s.date, s.link or "", s.note] for s in exhibit.sources]


def csv_of(exhibit: Exhibit) -> bytes:
    """Return the table in UTF-8 with the mark by which Excel knows it."""
    return _csv(COLUMNS, records(exhibit.rows))


def sources_csv(exhibit: Exhibit) -> bytes:
    """Return the publications in the same way."""
    return _csv(SOURCE_COLUMNS, source_records(exhibit))


def _csv(columns: tuple[str, ...], rows: list[list[Cell]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([["" if c is None else safe(c) for c in row] for row in rows])
    return (BOM + file.getvalue()).encode()


def xlsx_of(exhibit: Exhibit, link: str) -> bytes:
    """Return a workbook: the data, the sources, and what the figure is."""
    from openpyxl import Workbook  # noqa: PLC0415 - only readers who take data away need it

    t = text(exhibit.lang)
    book = Workbook()
    words = [exhibit.title, exhibit.subtitle, exhibit.alt, exhibit.method, *exhibit.notes, link]
    about: list[list[Cell]] = [[line] for line in (*words, *exhibit.credits)]
    sheets: tuple[tuple[str, list[list[Cell]]], ...] = (
        (t("export.sheet_data"), [[*COLUMNS], *records(exhibit.rows)]),
        (t("export.sheet_sources"), [[*SOURCE_COLUMNS], *source_records(exhibit)]),
        (t("export.sheet_about"), about),
    )
    for place, (name, rows) in enumerate(sheets):
        page = book.active if place == 0 else book.create_sheet()
        page.title = name
        for row_number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = page.cell(row_number, column)
                if isinstance(value, str):
                    # Text even where it begins like a formula, and when edited too.
                    cell.value, cell.data_type = _printable(value), "s"
                    cell.quotePrefix = value.startswith(FORMULA)
                else:
                    cell.value = value
        page.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _printable(words: str) -> str:
    """Leave out the control characters that a workbook cannot hold."""
    return "".join(c for c in words if c >= " " or c in "\t\n")
