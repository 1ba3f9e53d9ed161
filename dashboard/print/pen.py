"""Draws on a sheet in pixels: Plotly's shapes and annotations, placed from the top left corner."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from dashboard.map.size_key import nested
from dashboard.palette import INK
from dashboard.print.inks import DASHES, solid
from dashboard.print.inks import SYMBOLS as LAYERS
from dashboard.wrap import LINE, marked_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.record import Key
    from dashboard.palette import Ink

SYMBOLS: Final = {
    "circle": [
        (0.5 + 0.5 * math.cos(math.tau * step / 24), 0.5 + 0.5 * math.sin(math.tau * step / 24))
        for step in range(24)
    ],
    "square": [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
    "diamond": [(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)],
    "triangle-up": [(0.5, 0.0), (1.0, 1.0), (0.0, 1.0)],
}
"""Corners of Plotly's markers in a unit square."""
SWATCH: Final = (16, 11)
"""Pixels of a legend's mark."""
MOST_PARTS: Final = 3
"""Colours that a mark has room for."""
DASHED: Final = {"dashed": "4px,3px", "broken": "4px,3px", "dotted": "1.5px,2.5px"}
"""Patterns of lines by their marks."""
NEST_TYPE: Final = 11
"""Pixels of the values beside nested circles."""


@dataclass(slots=True)
class Pen:
    """A sheet of `width` × `height` pixels whose plot area leaves the `margin` (l, t, r, b).

    `grey` draws marks as they are told apart without colours: see `dashboard.print.repaint`.
    What is drawn gathers in `shapes` and `annotations`, in Plotly's paper coordinates.
    """

    width: int
    height: int
    margin: tuple[float, float, float, float]
    ink: Ink
    grey: bool = False
    shapes: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)

    def x(self, pixels: float) -> float:
        """Return the paper coordinate of pixels from the left."""
        left, _, right, _ = self.margin
        return round((pixels - left) / (self.width - left - right), 5)

    def y(self, pixels: float) -> float:
        """Return the paper coordinate of pixels from the top."""
        _, top, _, bottom = self.margin
        return round(1 - (pixels - top) / (self.height - top - bottom), 5)

    def words(  # noqa: PLR0913 - all that type has
        self,
        at: tuple[float, float],
        broken: list[str],
        size: float,
        colour: str = "",
        *,
        bold: bool = False,
        right: bool = False,
        middle: bool = False,
    ) -> float:
        """Write lines with their top left (or right, or middle left) at a point; return height."""
        if not broken:
            return 0
        self.annotations.append(
            {
                "xref": "paper",
                "yref": "paper",
                "x": self.x(at[0]),
                "y": self.y(at[1]),
                "xanchor": "right" if right else "left",
                "yanchor": "middle" if middle else "top",
                "align": "right" if right else "left",
                "borderpad": 0,
                "showarrow": False,
                "text": marked_up(broken, bold=bold),
                "font": {"size": size, "color": colour or self.ink.text},
            }
        )
        return len(broken) * size * LINE

    def box(self, corner: tuple[float, float], size: tuple[float, float], **more: Any) -> None:  # noqa: ANN401
        """Draw a rectangle from its top left corner."""
        self._shape("rect", corner, (corner[0] + size[0], corner[1] + size[1]), **more)

    def stroke(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, width: float = 1
    ) -> None:
        """Draw a line."""
        self._shape("line", start, end, line={"color": colour, "width": width})

    def path(self, points: list[tuple[float, float]], colour: str, edge: str = "") -> None:
        """Fill a polygon; with an edge only that is drawn in colour."""
        corners = " L".join(f"{self.x(x)},{self.y(y)}" for x, y in points)
        self.shapes.append(
            {
                "type": "path",
                "xref": "paper",
                "yref": "paper",
                "path": f"M{corners} Z",
                "fillcolor": colour,
                "line": {"width": 1.2, "color": edge} if edge else {"width": 0},
            }
        )

    def mark(self, key: Key, corner: tuple[float, float]) -> None:
        """Draw the mark of a legend's entry within `SWATCH` from its top left corner."""
        (x, y), (width, height) = corner, SWATCH
        shape, colour = key.shape, key.colour
        edge = {"color": self.ink.muted, "width": 0.5}
        if shape in {"area", "hatched"}:
            self.box(corner, SWATCH, fillcolor=colour, line=edge)
            without = self.grey and colour == INK["light"].no_data
            for step in range(3, width, 4) if shape == "hatched" or without else ():
                ink = "#000000" if without else "#ffffff"
                self.stroke((x + step - 3, y + height), (x + step, y), ink, 1)
        elif shape in {"ring", "thin"}:
            colours = (key.colours or (colour,))[:MOST_PARTS]
            for part, one in enumerate(colours):
                named = DASHES.get(solid(one)) if self.grey else None
                dash, times = named or ("solid", 1.0)
                across = width / len(colours)
                line = {"color": one, "width": (key.width or 1) * times, "dash": dash}
                room = (across - (2 if part + 1 < len(colours) else 0), height)
                inside = key.inside or "rgba(0,0,0,0)"
                self.box((x + part * across, y), room, fillcolor=inside, line=line)
        elif shape in {"line", "bar", *DASHED}:
            named = DASHES.get(solid(colour)) if self.grey else None
            dash, times = named or (DASHED.get(shape, "solid"), 1.0)
            line = {"color": colour, "width": (key.width or 2) * times, "dash": dash}
            self._shape("line", (x, y + height / 2), (x + width, y + height / 2), line=line)
        elif shape == "dot" and self.grey and colour in LAYERS:
            self.path(_symbol(LAYERS[colour], (x, y)), self.ink.paper, "#000000")
        elif shape in SYMBOLS:
            self.path(_symbol(shape, (x, y)), colour)
        elif shape == "diamond-open":
            self.path(_symbol("diamond", (x, y)), self.ink.paper, colour)
        elif shape in {"dot", "disc", "hollow"}:
            fill = self.ink.paper if shape == "hollow" else colour
            start, end = (x + 3, y + 1), (x + 3 + height - 2, y + height - 1)
            self._shape("circle", start, end, fillcolor=fill, line={"color": colour, "width": 1.2})

    def nest(
        self, circles: Sequence[tuple[str, float]], colour: str, corner: tuple[float, float]
    ) -> None:
        """Draw nested circles with their values from their top left corner."""
        placed, left, _ = nested(circles)
        x, y = corner
        edge = {"color": self.ink.text, "width": 0.8}
        for one in placed:
            across, down, radius = x + one.centre[0], y + one.centre[1], one.radius
            start, end = (across - radius, down - radius), (across + radius, down + radius)
            self._shape("circle", start, end, fillcolor=colour, opacity=0.45, line=edge)
            self.stroke((across, y + one.top), (x + left - 3, y + one.word), self.ink.muted, 0.6)
            self.words((x + left, y + one.word), [one.written], NEST_TYPE, middle=True)

    def _shape(
        self,
        kind: str,
        start: tuple[float, float],
        end: tuple[float, float],
        **more: Any,  # noqa: ANN401 - Plotly's
    ) -> None:
        self.shapes.append(
            {
                "type": kind,
                "xref": "paper",
                "yref": "paper",
                "x0": self.x(start[0]),
                "y0": self.y(start[1]),
                "x1": self.x(end[0]),
                "y1": self.y(end[1]),
                **more,
            }
        )


def _symbol(name: str, corner: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the corners of a marker where a legend's mark begins."""
    (x, y), side = corner, SWATCH[1] - 2
    return [(x + 3 + side * across, y + 1 + side * down) for across, down in SYMBOLS[name]]
