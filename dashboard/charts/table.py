"""The figures behind a chart as a table on the page, from the rows of its record."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from dashboard.asked import name_of
from dashboard.charts.rows import parted
from dashboard.numbers import NO_DATA, number
from dashboard.panels.components import page_of
from dashboard.units import counted
from dashboard.wording import decimals_of, year_text
from geodata.errors import UnknownNameError
from geodata.records import FigureId, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dashboard.charts.record import Row
    from dashboard.wording import Context
    from geodata.records import Indicator, Name, Status

MOST_ROWS: Final = 600
"""Figures that the page lists; the files to take away hold all."""
MOST_COLUMNS: Final = 14
"""Figures of a place that stand beside one another."""

Cell = tuple[str, str]
"""Words and what they lead to, if anything.

A figure by the name it is asked after, a place by the address of its page.
"""


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

    def place(self, row: Row) -> str:
        """Return the address of the page of a row's place; nothing where it is no place."""
        try:
            return page_of(self.context.place(row.id).id, self.context)
        except UnknownNameError:
            return ""

    def head(self, name: str, row: Row, *, dated: bool) -> str:
        """Write the head over figures like that of a row."""
        about = [name]
        about += [row.unit] if row.unit != self.unit else []
        told = row.year == self.year or row.year in name
        about += [self.named(row.year)] if dated and not told else []
        return " · ".join(word for word in about if word)


def table_of(rows: Iterable[Row], indicators: Mapping[str, Indicator], context: Context) -> Table:
    """Return the rows of a chart as a table.

    Places have a line each; where there is one place its years have, or what is counted in it, such
    as industries. If more than `MOST_COLUMNS` figures stood in a line, or more than half were not
    there, each figure has a line.

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
    crossed = next(filter(None, (_crossed(writer, layout) for layout in layouts(shown))), None)
    head, body = crossed or _listed(writer)
    more = context.t("shell.table_more", n=MOST_ROWS) if len(found) > MOST_ROWS else ""
    return Table(context.t("panel.comma").join(above), head, body, more)


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the lines of a table stand for: the words that name a line, and those over a figure."""

    first: tuple[str, ...]
    line: Callable[[Row], tuple[Name | str, ...]]
    figure: Callable[[Row], Name]
    dated: bool


def layouts(rows: Sequence[Row]) -> list[_Layout]:
    """Return the layouts that could do, the best first."""
    several = len({row.id for row in rows}) > 1
    by_place = _Layout(("place",), lambda row: (row.name,), lambda row: row.item_name, dated=True)
    by_year = _Layout(("year",), lambda row: (row.year,), lambda row: row.item_name, dated=False)
    within = _Layout(
        ("place", "item") if several else ("item",),
        lambda row: ((row.name,) if several else ()) + (parted(row.item_name)[0],),
        lambda row: parted(row.item_name)[1],
        dated=True,
    )
    joined_names = all(parted(row.item_name)[1].zh for row in rows)
    return [by_place if several else by_year, *([within] if joined_names else [])]


def _crossed(
    writer: _Writer, layout: _Layout
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]] | None:
    """Return heads and lines with several figures in each; None where they do not fit."""
    lang, t = writer.context.lang, writer.context.t

    def told(word: Name | str) -> str:
        return writer.named(word) if isinstance(word, str) else word[lang]

    lines: dict[tuple[str, ...], dict[str, Row]] = {}
    order: dict[str, int] = {}
    columns: dict[str, tuple[int, str]] = {}
    for row in writer.rows:
        key, figure = tuple(map(told, layout.line(row))), layout.figure(row)[lang]
        head = writer.head(figure, row, dated=layout.dated)
        if head in lines.setdefault(key, {}):
            return None
        lines[key][head] = row
        columns[head] = (order.setdefault(figure, len(order)), row.year)
    heads = sorted(columns, key=columns.__getitem__)
    if len(heads) > MOST_COLUMNS or 2 * len(writer.rows) < len(heads) * len(lines):
        return None
    first = (t(f"shell.table_{part}") for part in layout.first)
    named = layout.first[0] == "place"
    body = []
    for key, line in lines.items():
        leads = writer.place(next(iter(line.values()))) if named else ""
        name, *others = key
        words = [(name, leads), *((word, "") for word in others)]
        body.append((*words, *(writer.cell(line.get(head)) for head in heads)))
    return (*first, *heads), tuple(body)


def _listed(writer: _Writer) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Return heads and a line for each figure."""
    lang, t = writer.context.lang, writer.context.t
    parts = ["place", "item"]
    parts += ["value"] if any(row.value is not None for row in writer.rows) else []
    parts += [part for part in ("unit", "year") if len({getattr(r, part) for r in writer.rows}) > 1]
    body = []
    for row in writer.rows:
        own = {
            "place": (row.name[lang], writer.place(row)),
            "item": (row.item_name[lang], ""),
            "value": writer.cell(row),
            "unit": (row.unit, ""),
            "year": (writer.named(row.year), ""),
        }
        body.append(tuple(own[part] for part in parts))
    return tuple(t(f"shell.table_{part}") for part in parts), tuple(body)


def _one_of(found: set[str]) -> str:
    return found.pop() if len(found) == 1 else ""


def figure_of(row: Row, indicators: Mapping[str, Indicator]) -> str:
    """Return the name by which a figure is asked for; nothing where the catalogue has it not."""
    if row.value is None or not row.catalogued or row.item not in indicators:
        return ""
    return name_of(FigureId(row.item, row.id, row.year, row.benchmark))
