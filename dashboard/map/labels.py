"""Names beside dots that keep clear of one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.labels import Box, Wanted, around, chosen
from dashboard.lettering import width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE: Final = 14
"""Pixels of a line of type."""
GAP: Final = 10
"""Pixels between a dot's middle and its name."""
SIDES: Final = ("top center", "bottom center", "middle right", "middle left")
"""Where a name may stand, as Plotly says it, the best first."""

Dot = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Named:
    """A dot in pixels from the upper left, its name, and whether it is named at any cost."""

    key: str
    name: str
    x: float
    y: float
    must: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A name that is set, and on which side of its dot."""

    key: str
    name: str
    side: str


def placed(
    wanted: Iterable[Named], size: tuple[float, float], dots: Iterable[Dot] = ()
) -> list[Label]:
    """Set names in order of importance, each where it hits no other and stays on the sheet.

    Parameters
    ----------
    wanted
        The dots to name, the most important first.
    size
        Width and height of the sheet in pixels.
    dots
        What names must not cover either: middle and radius of each dot.

    Returns
    -------
    list of Label
        A name without room is left out unless it must stand; then it covers as little as can be.
    """
    names = list(wanted)
    asked = [Wanted([_box(one, side) for side in SIDES], one.must) for one in names]
    sides = chosen(asked, (around((x, y), r) for x, y, r in dots), size)
    return [
        Label(one.key, one.name, SIDES[side])
        for one, side in zip(names, sides, strict=True)
        if side is not None
    ]


def _box(one: Named, side: str) -> Box:
    """Return left, top, right and bottom of a name."""
    wide = width_of(one.name)
    left = {"middle right": one.x + GAP, "middle left": one.x - GAP - wide}
    top = {"top center": one.y - GAP - LINE, "bottom center": one.y + GAP}
    x, y = left.get(side, one.x - wide / 2), top.get(side, one.y - LINE / 2)
    return x, y, x + wide, y + LINE
