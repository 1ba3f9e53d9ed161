"""Workbooks (Office Open XML, ECMA-376) written row by row, without holding a sheet in memory.

The libraries that write workbooks take three to ten times as long for the same cells, since each
cell is an object of theirs; docs/measurements.md has the figures.
"""

from __future__ import annotations

import math
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import escape

from dashboard.data.formats import FORMULA
from dashboard.print import workbook_parts as parts
from dashboard.print.workbook_parts import (
    FIGURE,
    FOLLOWED,
    HEAD,
    MAIN,
    MOST_DECIMALS,
    OFFICE,
    PLAIN,
    QUOTED,
    WRAPPED,
    XML,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import IO

    from dashboard.print.workbook_parts import Properties

LONGEST_LINK: Final = 2_079
"""Characters of an address that can be followed from a cell."""
NARROWEST, WIDEST = 6, 60
"""Characters of width of a column; a Chinese one counts double."""
PROSE: Final = 90
"""Width of the one column of a sheet of prose, which a page of A4 holds."""
FULL: Final = 80
"""Characters after which a line of it wraps at the latest."""
HEIGHT: Final = 15
"""Points of a row."""
ACROSS: Final = 250
"""Characters of width that a page of A4 on its side holds in print of 60 per cent, still legible:
277 mm between its margins, 1.85 mm a character of 11 points."""
MARGINS: Final = dict.fromkeys(("left", "right"), 0.4) | {
    **dict.fromkeys(("top", "bottom"), 0.6),
    **dict.fromkeys(("header", "footer"), 0.3),
}
"""Inches around a printed page."""
FOOTER: Final = "&amp;L&amp;A&amp;R&amp;P / &amp;N"
"""Name of the sheet, number of the page and of all pages."""
ROOM: Final = 3
"""Characters of width beside the text, for the arrow of the filter."""
FASTEST: Final = 1
"""Level of compression: a quarter more bytes than the usual one in half the time."""
CHUNK: Final = 256
"""Rows that are written at once."""


class Figure(NamedTuple):
    """A number as it is, and with how many decimals it is shown."""

    value: float
    decimals: int


class Link(NamedTuple):
    """Words that lead to an address."""

    words: str
    address: str


Cell = str | int | Figure | Link | None
"""A whole number on its own, such as a year, is shown without marks between thousands."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: rows below a head that stays in sight and by which they can be filtered.

    `rows` is called twice, for the widths and for the cells. Without a `head` the sheet is prose,
    in lines that wrap.
    """

    name: str
    head: Sequence[str]
    rows: Callable[[], Iterable[Sequence[Cell]]]


def write(file: IO[bytes], tables: Sequence[Table], about: Properties) -> None:
    """Write a workbook.

    Parameters
    ----------
    file
        Where to; it need not be able to go back.
    tables
        Its sheets in their order.
    about
        Title, author, subject, date and language.
    """
    texts, numbers = _Texts(), range(1, len(tables) + 1)
    names = [*(f"worksheets/sheet{n}.xml" for n in numbers), "styles.xml", "sharedStrings.xml"]
    kinds = [*("worksheet" for _ in numbers), "styles", "sharedStrings"]
    cells: list[tuple[str, str]] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=FASTEST) as archive:
        # First, so that what looks at the beginning of a file knows its kind.
        _part(archive, "[Content_Types].xml", parts.types(len(tables)))
        _part(archive, "_rels/.rels", parts.front())
        _part(archive, "docProps/core.xml", parts.core(about))
        _part(
            archive, "xl/_rels/workbook.xml.rels", parts.relations(zip(kinds, names, strict=True))
        )
        _part(archive, "xl/styles.xml", parts.styles(about.language))
        for number, table in zip(numbers, tables, strict=True):
            sheet = _Sheet(table, texts)
            _part(archive, f"xl/worksheets/sheet{number}.xml", sheet.lines())
            if sheet.links:
                told = parts.relations(("hyperlink", link) for link in sheet.links.values())
                _part(archive, f"xl/worksheets/_rels/sheet{number}.xml.rels", told)
            cells.append((table.name, sheet.cells))
        _part(archive, "xl/workbook.xml", parts.book(cells))
        _part(archive, "xl/sharedStrings.xml", texts.xml())


def _part(archive: zipfile.ZipFile, name: str, lines: Iterable[str]) -> None:
    """Write a part of the package, many lines at once; none has a date of its own."""
    with archive.open(name, "w") as part:
        waiting = [XML]
        for line in lines:
            waiting.append(line)
            if len(waiting) == CHUNK:
                part.write("".join(waiting).encode())
                waiting.clear()
        part.write("".join(waiting).encode())


class _Texts(dict[str, str]):
    """Words → what follows the place of a cell that holds them; each is kept in the book once."""

    def __missing__(self, words: str) -> str:
        style = QUOTED if words.startswith(FORMULA) else PLAIN
        self[words] = made = f' s="{style}" t="s"><v>{len(self)}</v></c>'
        return made

    def xml(self) -> Iterator[str]:
        """Yield the part of the book that holds all words."""
        yield f'<sst xmlns="{MAIN}" uniqueCount="{len(self)}">'
        for words in self:
            yield f'<si><t xml:space="preserve">{escape(parts.printable(words))}</t></si>'
        yield "</sst>"


class _Sheet:
    """Writes a sheet.

    `links` are the places of the cells that lead to an address, and where; `cells` are those below
    and with a head, once written.
    """

    def __init__(self, table: Table, texts: _Texts) -> None:
        self._table, self._texts = table, texts
        self.links: dict[str, str] = {}
        self.cells = ""

    def lines(self) -> Iterator[str]:
        """Yield the sheet, a row after the other."""
        head, (widths, last) = self._table.head, _widths(self._table)
        letters = [letter(at) for at in range(len(widths))]
        pages = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        yield f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{pages}'
        pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        yield f'<sheetViews><sheetView workbookViewId="0">{pane if head else ""}'
        yield f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="{HEIGHT}"/><cols>'
        for at, wide in enumerate(widths, 1):
            yield f'<col min="{at}" max="{at}" width="{wide}" customWidth="1"/>'
        yield "</cols><sheetData>"
        if head:
            heads = zip(letters, head, strict=True)
            cells = (f'<c r="{at}1"{_restyled(self._texts[word], HEAD)}' for at, word in heads)
            yield f'<row r="1">{"".join(cells)}</row>'
        for number, row in enumerate(self._table.rows(), 2 if head else 1):
            placed = zip(letters, row, strict=False)
            cells = (self._cell(f"{column}{number}", cell) for column, cell in placed)
            yield f'<row r="{number}"{"" if head else _height(row)}>{"".join(cells)}</row>'
        yield "</sheetData>"
        if head:
            self.cells = f"$A$1:${letters[-1]}${last}"
            yield f'<autoFilter ref="A1:{letters[-1]}{last}"/>'
        if self.links:
            told = (f'<hyperlink ref="{at}" r:id="rId{n}"/>' for n, at in enumerate(self.links, 1))
            yield f"<hyperlinks>{''.join(told)}</hyperlinks>"
        margins = " ".join(f'{side}="{wide}"' for side, wide in MARGINS.items())
        yield f"<pageMargins {margins}/>"
        fit = f'fitToWidth="{across(widths)}" fitToHeight="0"'
        yield f'<pageSetup paperSize="9" orientation="landscape" {fit}/>'
        yield f"<headerFooter><oddFooter>{FOOTER}</oddFooter></headerFooter></worksheet>"

    def _cell(self, place: str, cell: Cell) -> str:
        """Return a cell, nothing for an empty one or what is no number."""
        if not cell and cell != 0:
            return ""
        if isinstance(cell, str):
            tail = self._texts[cell]
            return f'<c r="{place}"{tail if self._table.head else _restyled(tail, WRAPPED)}'
        if isinstance(cell, Figure):
            style = FIGURE + min(cell.decimals, MOST_DECIMALS)
            # NumPy writes its own numbers otherwise, in a way no spreadsheet reads.
            value = f'<c r="{place}" s="{style}"><v>{float(cell.value)!r}</v></c>'
            return value if math.isfinite(cell.value) else ""
        if isinstance(cell, Link):
            if len(cell.address) <= LONGEST_LINK:
                self.links[place] = cell.address
            return f'<c r="{place}"{_restyled(self._texts[cell.words], FOLLOWED)}'
        return f'<c r="{place}"><v>{cell}</v></c>'


def across(widths: Sequence[int]) -> int:
    """Return on how many pages side by side columns are printed, the first two on each of them."""
    again = sum(widths[:2])
    return max(1, math.ceil((sum(widths) - again) / max(1, ACROSS - again)))


def _height(row: Sequence[Cell]) -> str:
    """Return how high a line of prose is when it wraps; not every program finds out by itself."""
    lines = max(-(-_room(cell) // FULL) for cell in row)
    return f' ht="{HEIGHT * lines}" customHeight="1"'


def _restyled(tail: str, style: int) -> str:
    return f' s="{style}"{tail[tail.index(" t=") :]}'


def _widths(table: Table) -> tuple[list[int], int]:
    """Return the width of each column in characters, and how many rows there are with the head."""
    if not table.head:
        return [PROSE], 0
    known = {word: width(word) for word in table.head}
    widest = [known[word] for word in table.head]
    last = 1
    for row in table.rows():
        last += 1
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                wide = known.get(cell) or known.setdefault(cell, width(cell))
            else:
                wide = _room(cell)
            if wide > widest[at]:  # noqa: PLR1730 - max() would take twice as long
                widest[at] = wide
    return [min(max(wide + ROOM, NARROWEST), WIDEST) for wide in widest], last


def _room(cell: Cell) -> int:
    """Return how many characters wide a cell is."""
    if isinstance(cell, Figure):
        return len(f"{cell.value:,.{cell.decimals}f}")
    return width(cell.words if isinstance(cell, Link) else str(cell or ""))


def width(words: str) -> int:
    """Return how wide words are: a full-width character counts as two."""
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in words)


def letter(at: int) -> str:
    """Return the name of a column: A, B … Z, AA … for 0, 1 …."""
    high, low = divmod(at, 26)
    return (letter(high - 1) if high else "") + chr(ord("A") + low)
