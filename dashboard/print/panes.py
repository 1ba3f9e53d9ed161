"""Several maps on one sheet: in how many columns, and the frame of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dashboard.print.cartography import STRIP
from dashboard.wrap import LINE, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    Frame = tuple[float, float, float, float]

GAP: Final = 8
"""Pixels between two maps."""
TYPE: Final = 11.5
AFTER_TITLE: Final = 3
"""Pixels between the title of a map and the map."""


@dataclass(frozen=True, slots=True)
class Panes:
    """The maps of a sheet: their subplots with what stands over each; a single one has no title.

    `shape` is height over width of one.
    """

    titles: Mapping[str, str]
    shape: float

    def head(self, across: float) -> float:
        """Return the pixels above maps so wide, for the longest of their titles."""
        most = max(len(lines(one, across, TYPE, bold=True)) for one in self.titles.values())
        return most * TYPE * LINE + AFTER_TITLE if most else 0

    @property
    def foot(self) -> float:
        """Return the pixels below several maps, where scale and north cover none of them."""
        return STRIP if len(self.titles) > 1 else 0

    def cell(self, frame: tuple[float, float], columns: int) -> tuple[float, float]:
        """Return width and height of a map in so many columns of a frame."""
        rows = -(-len(self.titles) // columns)
        across = (frame[0] - (columns - 1) * GAP) / columns
        down = frame[1] - self.foot - (rows - 1) * GAP
        return across, down / rows - self.head(across)

    def size(self, frame: tuple[float, float], columns: int) -> float:
        """Return how wide the area on a map is drawn in so many columns."""
        across, down = self.cell(frame, columns)
        return min(across, down / self.shape)

    def columns(self, frame: tuple[float, float]) -> int:
        """Return in how many columns the maps are drawn largest."""
        tries = range(1, len(self.titles) + 1)
        return max(tries, key=lambda columns: self.size(frame, columns))

    def best(self, frame: tuple[float, float]) -> float:
        """Return how wide the area on a map is drawn at most."""
        return self.size(frame, self.columns(frame))

    def body(self, width: float, most: float) -> float:
        """Return the height for maps up to `most` times as high as wide, four in a row."""
        columns = min(len(self.titles), 4)
        rows = -(-len(self.titles) // columns)
        across = (width - (columns - 1) * GAP) / columns
        high = across * min(self.shape, most) + self.head(across)
        return rows * high + (rows - 1) * GAP + self.foot

    def frames(self, frame: Frame) -> dict[str, Frame]:
        """Return x, y, width and height of each map by its subplot, in rows."""
        x, y, *room = frame
        columns = self.columns((room[0], room[1]))
        across, down = self.cell((room[0], room[1]), columns)
        head = self.head(across)
        return {
            name: (
                x + at % columns * (across + GAP),
                y + at // columns * (down + head + GAP) + head,
                across,
                down,
            )
            for at, name in enumerate(self.titles)
        }


def panes_of(figure: Mapping[str, Any], shape: float) -> Panes:
    """Return the maps of a figure."""
    return Panes(figure["layout"].get("meta", {}).get("panes", {"geo": ""}), shape)
