"""Reads the lines of text of a finished SVG: their words, where they stand, how they are set."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from dashboard.lettering import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dashboard.labels import Box

    Matrix = tuple[float, float, float, float, float, float]

STEP: Final = re.compile(r"(\w+)\(([^)]*)\)")
SAME: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
BEFORE: Final = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Part of a line that stands before its place."""
ASCENT, DESCENT = 0.86, 0.14
"""Parts of the size that letters reach above and below the baseline, as in Noto Sans CJK."""
SLIM: Final = 0.12
"""Part of its size above and below a line that only few letters reach into."""
TOUCH: Final = 1.5
"""Pixels by which lines may stand in one another: widths of words are estimates."""
HANDED: Final = ("fill", "font-size", "font-weight", "text-anchor", "aria-hidden")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in the units of the figure.

    `matrix` leads from where it is written to the sheet (SVG's a, b, c, d, e, f); `at` is its place
    on the baseline, `anchor` which part of it stands there; `is_halo` what lies under the same
    words as their light edge.
    """

    words: str
    at: tuple[float, float]
    size: float
    colour: str
    bold: bool
    anchor: str
    is_halo: bool
    matrix: Matrix

    @property
    def width(self) -> float:
        """About how wide the words are."""
        return width_of(self.words, self.size)

    def box(self, width: float | None = None) -> Box:
        """Return left, top, right, bottom on the sheet.

        Parameters
        ----------
        width
            Of the words, where it was measured with their font; else an estimate.
        """
        across = self.width if width is None else width
        left, base = self.at[0] - BEFORE[self.anchor] * across, self.at[1]
        edges = (left, left + across), (base - ASCENT * self.size, base + DESCENT * self.size)
        return bounding_box(moved(self.matrix, x, y) for x in edges[0] for y in edges[1])

    def core(self, width: float | None = None) -> Box:
        """Return its box without the room that few letters reach into; see `box`."""
        left, top, right, bottom = self.box(width)
        slim = SLIM * self.size
        if abs(self.matrix[1]) > abs(self.matrix[0]):  # it stands upright
            return left + slim, top, right - slim, bottom
        return left, top + slim, right, bottom - slim


def bounding_box(points: Iterable[tuple[float, float]]) -> Box:
    """Return the smallest box that holds all points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def met(
    lines: Iterable[TextLine], width: Callable[[TextLine], float] | None = None
) -> list[tuple[TextLine, TextLine]]:
    """Return the pairs of lines that stand in one another; the light edges of names do not count.

    Parameters
    ----------
    lines
        Of one sheet.
    width
        Measures a line in pixels of its own size where its font is at hand; else an estimate.
    """
    cores = [
        (one, one.core(width(one) if width else None))
        for one in lines
        if one.words and not one.is_halo
    ]
    return [
        (one, other)
        for (one, core), (other, second) in combinations(cores, 2)
        if min(core[2], second[2]) - max(core[0], second[0]) > TOUCH
        and min(core[3], second[3]) - max(core[1], second[1]) > TOUCH
    ]


def text_lines(svg: str) -> list[TextLine]:
    """Return the lines of text of a finished SVG in the order in which they are drawn."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    start = {"fill": "#000000", "font-size": "16", "text-anchor": "start"}
    return list(_in(root, SAME, start))


def _in(element: ET.Element, matrix: Matrix, above: Mapping[str, str]) -> Iterator[TextLine]:
    tag = element.tag.rpartition("}")[2]
    matrix = after(matrix, matrix_of(element.get("transform", "")))
    here = {**above, **_handed(element)}
    if tag == "text":
        yield from _lines(element, matrix, here)
    else:
        for child in element:
            yield from _in(child, matrix, here)


def _lines(text: ET.Element, matrix: Matrix, here: Mapping[str, str]) -> Iterator[TextLine]:
    """Yield the lines of a text: those with places of their own, or the whole of it."""
    placed = [one for one in text if "y" in one.attrib] or [text]
    for line in placed:
        inner = [one for one in line.iter() if "".join(one.itertext()) == "".join(line.itertext())]
        style = dict(here)
        for one in inner:
            style |= _handed(one)
        place = float(line.get("x", text.get("x", 0))), float(line.get("y", text.get("y", 0)))
        yield TextLine(
            words="".join(line.itertext()).strip(),
            at=place,
            size=float(style["font-size"]),
            colour=style["fill"],
            bold=style.get("font-weight") in {"bold", "700"},
            anchor=style["text-anchor"],
            is_halo=style.get("aria-hidden") == "true",
            matrix=matrix,
        )


def _handed(element: ET.Element) -> dict[str, str]:
    return {key: element.attrib[key] for key in HANDED if key in element.attrib}


def matrix_of(transform: str) -> Matrix:
    """Return the matrix of translations, rotations and scales."""
    made = SAME
    for name, told in STEP.findall(transform):
        one, *others = (float(part) for part in told.replace(",", " ").split())
        if name == "translate":
            step = (1.0, 0.0, 0.0, 1.0, one, others[0] if others else 0.0)
        elif name == "scale":
            step = (one, 0.0, 0.0, others[0] if others else one, 0.0, 0.0)
        else:
            cos, sin = math.cos(math.radians(one)), math.sin(math.radians(one))
            x, y = others or (0.0, 0.0)
            step = (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)
        made = after(made, step)
    return made


def after(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that does what the inner one does, then the outer one."""
    a, b, c, d, _, _ = outer
    e, f = moved(outer, inner[4], inner[5])
    return (
        a * inner[0] + c * inner[1],
        b * inner[0] + d * inner[1],
        a * inner[2] + c * inner[3],
        b * inner[2] + d * inner[3],
        e,
        f,
    )


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix leads a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
