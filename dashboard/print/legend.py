"""The legend of a sheet: marks, words and counts, in one column or in as many as there is room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.lettering import width_of
from dashboard.map.size_key import nested
from dashboard.print.grid_key import GridKey, both_grids
from dashboard.print.pen import NEST_TYPE, SWATCH
from dashboard.wrap import LINE, lines

if TYPE_CHECKING:
    from dashboard.charts.record import Key
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.pen import Pen

TYPE, HEADING = 11.0, 11.5
ROW_GAP: Final = 4
AFTER_MARK: Final = 6
BETWEEN: Final = 16


class Legend:
    """The keys of an exhibit laid out for a width; with two languages each entry says both."""

    def __init__(self, exhibits: list[Exhibit], width: float, *, columns: int | None) -> None:
        """Break the words; `columns` None takes as many columns as the entries allow."""
        keys = [both(list(same)) for same in zip(*(e.keys for e in exhibits), strict=True)]
        heading = [e.heading for e in exhibits if e.heading]
        self._heading = [line for one in heading for line in lines(one, width, HEADING, bold=True)]
        text_room = width - SWATCH[0] - AFTER_MARK
        widest = max((_width(key) for key in keys), default=0)
        column = min(width, widest + BETWEEN)
        most = columns or max(1, min(len(keys), int((width + BETWEEN) // column) if column else 1))
        self._across = width / most
        self._least = max(map(_least, keys), default=0.0)
        room = min(text_room, self._across - SWATCH[0] - AFTER_MARK - BETWEEN / 2)
        self._entries = [(key, lines(said(key), room, TYPE)) for key in keys]
        per_column = -(-len(keys) // most) if keys else 0
        self._columns = [
            self._entries[start : start + per_column]
            for start in range(0, len(keys), per_column or 1)
        ]

    @property
    def height(self) -> float:
        """Return the pixels it takes; 0 without entries."""
        if not self._entries:
            return 0
        return self._head + max(sum(map(self._height, column)) for column in self._columns)

    @property
    def lacks(self) -> float:
        """Return the pixels by which the widest entry that no line parts leaves its column."""
        return max(0.0, self._least - self._across)

    @property
    def _head(self) -> float:
        return len(self._heading) * HEADING * LINE + (4 if self._heading else 0)

    def _height(self, entry: tuple[Key, list[str]]) -> float:
        key, broken = entry
        if key.shape == "nested":
            return nested(key.sizes)[2] + ROW_GAP
        if key.grid:
            return GridKey(key.grid, self._across).height
        return len(broken) * TYPE * LINE + ROW_GAP

    def write(self, pen: Pen, at: tuple[float, float]) -> None:
        """Draw it with its top left corner at a point."""
        x, y = at
        pen.words((x, y), self._heading, HEADING, bold=True)
        for place, column in enumerate(self._columns):
            left, top = x + place * self._across, y + self._head
            for entry in column:
                key, broken = entry
                if key.shape == "nested":
                    pen.nest(key.sizes, key.colour, (left, top))
                    top += self._height(entry)
                    continue
                if key.grid:
                    GridKey(key.grid, self._across).write(pen, (left, top))
                    top += self._height(entry)
                    continue
                indent = 0 if key.shape in {"none", "heading"} else SWATCH[0] + AFTER_MARK
                pen.mark(key, (left, top + (TYPE * LINE - SWATCH[1]) / 2 + 1.5))
                pen.words((left + indent, top), broken, TYPE)
                top += self._height(entry)


def said(key: Key) -> str:
    """Write an entry with its count."""
    return key.words if key.count is None else f"{key.words}  ({key.count})"


def both(same: list[Key]) -> Key:
    """Return one entry for all languages; equal words stand once, as do equal sizes."""
    first = same[0]
    words = "  ".join(dict.fromkeys(key.words for key in same))
    sizes = tuple(
        (" / ".join(dict.fromkeys(value for value, _ in one)), one[0][1])
        for one in zip(*(key.sizes for key in same), strict=True)
    )
    grids = [key.grid for key in same if key.grid]
    return replace(first, words=words, sizes=sizes, grid=both_grids(grids) if grids else None)


def _width(key: Key) -> float:
    if key.shape == "nested":
        return _least(key)
    if key.grid:
        return GridKey(key.grid, 0).usual
    return width_of(said(key), TYPE) * 1.04 + SWATCH[0] + AFTER_MARK


def _least(key: Key) -> float:
    """Return the pixels that an entry takes in any case; words are broken to any width."""
    if key.shape == "nested":
        _, left, _ = nested(key.sizes)
        return left + max((width_of(words, NEST_TYPE) for words, _ in key.sizes), default=0)
    return GridKey(key.grid, 0).least if key.grid else 0.0
