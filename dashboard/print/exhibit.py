"""Everything a print figure is: the screen's own drawing, its words, its table, its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.record import Canvas, Key, Row
    from geodata.records import Lang, Source


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A figure in one language.

    `draw` gives the figure of the screen as data and layout, for a sheet of so many pixels; its
    layout has a `height` of its own unless `is_map`. `beside` are the figures of the tables below
    it, which leave with the data alone, `cited` the publications of both. `names` gives `stem` and
    `plain`, and is asked only where files are to be named. `least` are the pixels of width below
    which it cannot be read. `told` is what it says; its title stands on it where `titled`, not
    where a caption has it. `band` says that figures are a reader's own; the subtitle begins with
    it.
    """

    page: str
    chart: str
    lang: Lang
    title: str
    subtitle: str
    draw: Callable[[Canvas], dict[str, Any]]
    rows: tuple[Row, ...]
    beside: tuple[Row, ...]
    sources: tuple[Source, ...]
    cited: tuple[Source, ...]
    alt: str
    names: Callable[[], tuple[str, str]]
    method: str
    unit: str = ""
    heading: str = ""
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    is_map: bool = False
    least: int = 0
    told: str = ""
    titled: bool = True
    band: str = ""

    @property
    def stem(self) -> str:
        """Return the name of its files."""
        return self.names()[0]

    @property
    def plain(self) -> str:
        """Return one of ASCII alone, in any language."""
        return self.names()[1]
