"""Where the parts of a sheet go: title above, key and foot below the drawing or beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.print.legend import Legend
from dashboard.print.words import Block, foot, head

if TYPE_CHECKING:
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.pen import Pen

PAD: Final = 12
GAP: Final = 10
BESIDE, LEAST_BESIDE = (0.36, 0.46), 190
"""Parts of a sheet for the words beside a drawing, and their least width in pixels."""
LEAST_BODY: Final = 110
"""Least pixels of a map or chart in either direction."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A sheet of `width` × `height` pixels.

    `frame` is x, y, width and height left to the drawing; `below` tells that all words but the
    title are below it.
    """

    width: int
    height: int
    title: Block
    legend: Legend
    foot: Block
    frame: tuple[float, float, float, float]
    key_at: tuple[float, float]
    foot_at: tuple[float, float]
    below: bool

    @property
    def fits(self) -> bool:
        """Tell whether the words leave room to draw in, and the key has as much as it takes."""
        return min(self.frame[2:]) >= LEAST_BODY and not self.legend.lacks

    def write(self, pen: Pen, key_top: float | None = None) -> None:
        """Write the words; the key begins at `key_top` where it is not to keep its place."""
        self.title.write(pen, (PAD, PAD))
        self.foot.write(pen, self.foot_at)
        self.legend.write(pen, (self.key_at[0], self.key_at[1] if key_top is None else key_top))


def under(exhibits: list[Exhibit], width: int, height: int | None, date: str, body: float) -> Plan:
    """Lay key and foot out below a drawing, `body` pixels high where the sheet has no height."""
    inner = width - 2 * PAD
    title, legend = head(exhibits, inner), Legend(exhibits, inner, columns=None)
    below = foot(exhibits, inner, date)
    top, key = PAD + title.height + GAP, legend.height + GAP if legend.height else 0
    tall = height or round(top + body + GAP + key + below.height + PAD)
    foot_at = (PAD, tall - PAD - below.height)
    key_at = (PAD, foot_at[1] - key)
    frame = (PAD, top, inner, key_at[1] - GAP - top)
    return Plan(width, tall, title, legend, below, frame, key_at, foot_at, below=True)


def beside(exhibits: list[Exhibit], width: int, height: int, date: str) -> list[Plan]:
    """Lay the key out at the right, the foot under it or across the whole sheet, the best first.

    Those where key and foot would meet are left out.
    """
    tries = (
        _beside(exhibits, (width, height), date, part, foot_across=across, columns=columns)
        for part in BESIDE
        for across in (False, True)
        for columns in (1, 2)
    )
    return [plan for plan in tries if plan]


def _beside(  # noqa: PLR0913 - all that may differ
    exhibits: list[Exhibit],
    sheet: tuple[int, int],
    date: str,
    part: float,
    *,
    foot_across: bool,
    columns: int,
) -> Plan | None:
    (width, height), inner = sheet, sheet[0] - 2 * PAD
    room = max(part * width, LEAST_BESIDE)
    title, legend = head(exhibits, inner), Legend(exhibits, room, columns=columns)
    if columns == 1 and legend.lacks:
        room += legend.lacks
        legend = Legend(exhibits, room, columns=1)
    below = foot(exhibits, inner if foot_across else room, date)
    top, left = PAD + title.height + GAP, width - room - PAD
    alone = not foot_across and not legend.height
    foot_at = (PAD if foot_across else left, top if alone else height - PAD - below.height)
    bottom = foot_at[1] - GAP if foot_across else height - PAD
    frame = (PAD, top, left - 2 * PAD, bottom - top)
    met = foot_at[1] < top + legend.height + GAP and not alone
    if met or foot_at[1] + below.height > height - PAD:
        return None
    return Plan(width, height, title, legend, below, frame, (left, top), foot_at, below=False)
