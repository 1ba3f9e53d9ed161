"""The circles of other schemes over those of the chosen one, each scheme with its own lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from dashboard.map.figure import CLASSES
from dashboard.map.layout import CLEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboard.map.figure import Outline, Renderer

PATTERNS: Final[tuple[tuple[Literal["dashed", "dotted"], str], ...]] = (
    ("dashed", "6px,3px"),
    ("dotted", "2px,3px"),
)
"""Mark of the key and pattern of the line, the first scheme's first."""
WIDTH: Final = 2.4
"""Pixels of a line."""


def full_shapes(circle: Outline) -> list[str]:
    """Return the outline of a circle's full members; empty where none is named."""
    return [shape for shape in circle.shapes if "#" not in shape]


def scheme_lines(
    circles: Iterable[Outline], url: str, at: int, renderer: Renderer
) -> Iterator[dict[str, Any]]:
    """Yield a trace for the full members of each circle, in its colour.

    `url` is the file of the scheme's outlines, `at` the place of the scheme among `PATTERNS`. Both
    renderers draw areas with solid lines only: `meta.dash` says what assets/schemes.js and
    `dashboard.print.outlines` make of them.
    """
    for circle in circles:
        shapes = full_shapes(circle)
        if not shapes:
            continue
        yield {
            "type": CLASSES[renderer][0],
            "geojson": url,
            "locations": shapes,
            "z": [0] * len(shapes),
            "zmin": 0,
            "zmax": 1,
            "colorscale": [[0, CLEAR], [1, CLEAR]],
            "showscale": False,
            "marker": {"line": {"color": circle.colour, "width": WIDTH}},
            "hoverinfo": "skip",
            "meta": {"dash": PATTERNS[at][1]},
        }
