"""The figures behind a chart as a table on the page, from the rows of its record."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from dashboard.asked import name_of
from dashboard.numbers import NO_DATA, number
from dashboard.units import counted
from dashboard.wording import decimals_of, year_text
from geodata.records import FigureId, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.charts.record import Row
    from dashboard.wording import Context
    from geodata.records import Indicator, Status

MOST_ROWS: Final = 600
"""Figures that the page lists; the files to take away hold all."""
MOST_COLUMNS: Final = 14
"""Figures of a place that stand beside one another."""

Cell = tuple[str, str]
"""Words, and the name of the figure where it can be asked where it comes from, else nothing."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what holds for all of it, heads, lines of cells, and that it goes on elsewhere."""

    caption: str
    head: tuple[str, ...]
    body: tuple[tuple[Cell, ...], ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the cells of a table; unit and year stand above it where all share them."""

    rows: Sequence[Row]
    indicators: Mapping[str, Indicator]
    context: Context

    @property
    def unit(self) -> str:
        """Return the unit of all rows, or nothing."""
        return _one_of({row.unit for row in self.rows})

    @property
    def year(self) -> str:
        """Return the year of all rows, or nothing."""
        return _one_of({row.year for row in self.rows})

    def named(self, year: str) -> str:
        """Write a year."""
        return year_text(year, self.context.t) if year else ""

    def cell(self, row: Row | None) -> Cell:
        """Write a figure and name it; a dash where there is none."""
        if row is None or row.value is None:
            return NO_DATA, ""
        indicator, status = self.indicators.get(row.item), cast("Status | None", row.status or None)
        decimals = (
            counted(indicator, self.context.lang).decimals
            if indicator
            else decimals_of(Value(row.value, row.unit, row.year, status))
        )
        return number(row.value, decimals), figure_of(row, self.indicators)

    def column(self, row: Row, *, dated: bool) -> str:
        """Write the head over figures like that of a row."""
        about = [row.item_name[self.context.lang]]
        about += [row.unit] if row.unit != self.unit else []
        about += [self.named(row.year)] if dated and row.year != self.year else []
        return " · ".join(word for word in about if word)


def table_of(rows: Iterable[Row], indicators: Mapping[str, Indicator], context: Context) -> Table:
    """Return the rows of a chart as a table.

    Places have a line each, or the years where there is one place, if no more than `MOST_COLUMNS`
    figures stand in a line and at least half of these are there; else each figure has one.

    Parameters
    ----------
    rows
        The figures; of more than `MOST_ROWS` the first.
    indicators
        The catalogue: its figures can be asked where they come from.
    context
        Words.
    """
    found = list(islice(rows, MOST_ROWS + 1))
    shown = found[:MOST_ROWS]
    writer = _Writer(shown, indicators, context)
    above = [word for word in (writer.unit, writer.named(writer.year)) if word]
    head, body = _crossed(writer) or _listed(writer)
    more = context.t("shell.table_more", n=MOST_ROWS) if len(found) > MOST_ROWS else ""
    return Table(context.t("panel.comma").join(above), head, body, more)


def _crossed(writer: _Writer) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]] | None:
    """Return heads and lines with several figures in each; None where they do not fit."""
    alone = len({row.id for row in writer.rows}) == 1
    lines: dict[str, dict[tuple[str, ...], Row]] = {}
    columns: dict[tuple[str, ...], Row] = {}
    for row in writer.rows:
        key = (row.item, row.unit) if alone else (row.item, row.unit, row.year)
        columns[key] = row
        lines.setdefault(row.year if alone else row.id, {})[key] = row
    if len(columns) > MOST_COLUMNS or 2 * len(writer.rows) < len(columns) * len(lines):
        return None
    names = {row.id: row.name[writer.context.lang] for row in writer.rows}
    first = "shell.table_year" if alone else "shell.table_place"
    heads = (writer.column(row, dated=not alone) for row in columns.values())
    body = tuple(
        (
            (writer.named(key) if alone else names[key], ""),
            *(writer.cell(line.get(column)) for column in columns),
        )
        for key, line in lines.items()
    )
    return (writer.context.t(first), *heads), body


def _listed(writer: _Writer) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Return heads and a line for each figure."""
    lang, t = writer.context.lang, writer.context.t
    more = [part for part in ("unit", "year") if not getattr(writer, part)]
    body = []
    for row in writer.rows:
        own = {"unit": row.unit, "year": writer.named(row.year)}
        names = (row.name[lang], ""), (row.item_name[lang], "")
        body.append((*names, writer.cell(row), *((own[part], "") for part in more)))
    parts = ("place", "item", "value", *more)
    return tuple(t(f"shell.table_{part}") for part in parts), tuple(body)


def _one_of(found: set[str]) -> str:
    return found.pop() if len(found) == 1 else ""


def figure_of(row: Row, indicators: Mapping[str, Indicator]) -> str:
    """Return the name by which a figure is asked for; nothing where the catalogue has it not."""
    if row.value is None or not row.catalogued or row.item not in indicators:
        return ""
    return name_of(FigureId(row.item, row.id, row.year, row.benchmark))
