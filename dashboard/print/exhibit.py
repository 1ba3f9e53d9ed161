"""Everything a print figure is: the screen's own drawing, its words, its table, its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.records import Lang, Name, Source, Value

Shape = Literal["area", "hatched", "ring", "thin", "dot", "hollow", "line", "nested", "none"]


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: its mark, its words and how many places it stands for.

    `sizes` are the values and pixels of the circles of a "nested" mark, which has no other words.
    """

    words: str
    colour: str = ""
    shape: Shape = "area"
    count: int | None = None
    sizes: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the table: whose, of what, how much, by which sources."""

    id: str
    name: Name
    item: str
    item_name: Name
    value: float | None
    unit: str
    year: str
    status: str = ""
    source_ids: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A figure in one language.

    `draw(width, height)` gives the figure of the screen as data and layout, for so many pixels;
    its layout has a `height` of its own unless `is_map`. `place` says what of, as `stem` in file
    names. `least` are the pixels of width below which it cannot be read.
    """

    page: str
    chart: str
    lang: Lang
    title: str
    subtitle: str
    draw: Callable[[int, int], dict[str, Any]]
    rows: tuple[Row, ...]
    sources: tuple[Source, ...]
    alt: str
    stem: str
    method: str
    unit: str = ""
    heading: str = ""
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    is_map: bool = False
    least: int = 0


def row_of(
    place: tuple[str, Name], item: tuple[str, Name], value: Value, unit: str, note: str
) -> Row:
    """Return the row of one figure with all that it carries; `unit` and `note` are in words."""
    return Row(
        place[0],
        place[1],
        item[0],
        item[1],
        value.value,
        unit,
        value.year,
        value.status or "",
        value.source_ids,
        note,
    )
