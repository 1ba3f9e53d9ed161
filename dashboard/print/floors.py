"""What print sets no smaller and draws no thinner: type and lines by their size at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dashboard.papers import LEAST_LINE, TYPES

if TYPE_CHECKING:
    from dashboard.papers import Use

NAMES: Final = 12.0
"""Pixels of the usual type of charts."""
LEAST_TYPE: Final = 11.0
"""Pixels of the smallest type on a sheet: what charts set smaller is raised to this."""
POINTS: Final = 0.75
"""Points of a pixel that is drawn at a zoom of 1."""
STEP: Final = 0.94
"""By what type is made smaller until a figure has room."""
CHINESE: Final = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
WIDTHS: Final = frozenset({"width", "gridwidth", "linewidth", "tickwidth", "zerolinewidth"})
"""Names under which Plotly keeps the width of a line, `width` only within one."""


@dataclass(frozen=True, slots=True)
class Floors:
    """Least pixels of type and of lines on a sheet that is drawn at some zoom."""

    type: float
    line: float

    @classmethod
    def at(cls, zoom: float) -> Floors:
        """Return those of a sheet."""
        return cls(LEAST_TYPE, LEAST_LINE / POINTS / zoom)


def zooms(use: Use, most: float, *, chinese: bool) -> list[float]:
    """Return how large a sheet may be drawn, the largest first.

    Parameters
    ----------
    use, chinese
        What the type is for, and whether there is Chinese on the sheet.
    most
        The largest zoom at which the figure is wide enough.

    Returns
    -------
    list of float
        From the usual type of the use to its least, in steps; empty where `most` is below that.
    """
    kind = TYPES[use]
    least = kind.least(chinese=chinese) / LEAST_TYPE / POINTS
    first = min(kind.names / NAMES / POINTS, most)
    found = []
    while first > least:
        found.append(first)
        first *= STEP
    return [*found, least] if most >= least else []


def raised(part: Any, floors: Floors, name: str = "") -> Any:  # noqa: ANN401 - any part of a figure
    """Return a figure, or a part of one, with no type or line below the floors.

    What has no line (a width of 0) keeps none.
    """
    if isinstance(part, dict):
        made = {key: raised(value, floors, key) for key, value in part.items()}
        if name.endswith("font") and "size" in made:
            made["size"] = _up(made["size"], floors.type)
        for key in WIDTHS & made.keys():
            if key != "width" or name == "line":
                made[key] = _up(made[key], floors.line)
        return made
    if isinstance(part, list | tuple):
        return [raised(one, floors, name) for one in part]
    return part


def _up(size: Any, least: float) -> Any:  # noqa: ANN401 - a number or one for each mark
    if isinstance(size, list | tuple):
        return [_up(one, least) for one in size]
    return max(size, least) if size else size
