"""What a finished figure is refused for: small type, thin lines, words that meet, are cut or faint.

It reads the SVG as another program would, not the figure it was made from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from dashboard.colours import contrast, difference, over
from dashboard.labels import overlap
from dashboard.papers import LEAST_LINE, TYPES
from dashboard.print.floors import CHINESE, POINTS
from dashboard.print.inks import inked
from dashboard.print.svg_texts import (
    SAME,
    TOUCH,
    after,
    bounding_box,
    matrix_of,
    met,
    moved,
    text_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.charts.record import Key
    from dashboard.labels import Box
    from dashboard.papers import Palette, Use
    from dashboard.print.svg_texts import Matrix, TextLine

GRAVE: Final = frozenset({"type", "line", "off the sheet", "cut by the frame"})
"""Kinds of faults with which a figure does not leave; the others are named."""
ROUNDING: Final = 0.02
"""Points by which a size may differ from what it was set to."""
LEGIBLE: Final = 4.5
"""Least contrast of type with its ground (WCAG 2, 1.4.3)."""
APART: Final = 8.0
"""Least ΔE (CIEDE2000) of neighbouring classes."""
NUMBER: Final = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
STEP: Final = re.compile(r"([MLHVAZmlhvz])([^MLHVAZmlhvz]*)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a figure: the kind, the words or mark, and the figure that is too low."""

    kind: str
    what: str
    value: float

    def __str__(self) -> str:
        """Return it as a line of a table."""
        return f"{self.kind}: {self.what} ({self.value:.2f})"


def faults(svg: str, use: Use, zoom: float, frame: Box | None = None) -> list[Fault]:
    """Return everything that is wrong with a finished SVG.

    Parameters
    ----------
    svg
        As `dashboard.print.svg.finished` returns it.
    use, zoom
        What the sheet is for, and how large a pixel of it is drawn.
    frame
        Left, top, right and bottom of the map, whose edge no word may cross.
    """
    lines = [one for one in text_lines(svg) if one.words]
    words = [one for one in lines if not one.is_halo]
    root = ET.fromstring(svg)  # noqa: S314 - our own
    width, height = (float(one) for one in root.attrib["viewBox"].split()[2:])
    haloed = {one.words for one in lines if one.is_halo}
    return [
        *small_type(words, use, zoom),
        *thin_lines(root, zoom),
        *together(words),
        *cut(words, (0, 0, width, height), frame),
        *faint(root, [one for one in words if one.words not in haloed]),
    ]


def points_of(one: TextLine, zoom: float) -> float:
    """Return the points that a line of text has at the final size."""
    a, b, *_ = one.matrix
    return float(one.size * (a * a + b * b) ** 0.5 * zoom * POINTS)


def strokes(root: ET.Element, zoom: float) -> Iterator[tuple[str, float]]:
    """Yield colour and points of what is stroked; the edges of names do not count."""
    for element, said, _ in _drawn(root, {"stroke": "none", "stroke-width": "1"}):
        if said["stroke"] != "none" and not element.tag.endswith(("text", "tspan")):
            yield said["stroke"], float(said["stroke-width"]) * zoom * POINTS


def frame_of(figure: Mapping[str, Any], width: float, height: float) -> Box | None:
    """Return left, top, right and bottom of the map of a sheet in pixels; None of a chart."""
    geo = figure["layout"].get("geo")
    if not geo:
        return None
    (left, right), (low, high) = geo["domain"]["x"], geo["domain"]["y"]
    return left * width, (1 - high) * height, right * width, (1 - low) * height


def small_type(words: Sequence[TextLine], use: Use, zoom: float) -> Iterator[Fault]:
    """Yield the lines set smaller than the use allows their script, in points."""
    for one in words:
        points = points_of(one, zoom)
        if points < TYPES[use].least(chinese=bool(CHINESE.search(one.words))) - ROUNDING:
            yield Fault("type", one.words, points)


def thin_lines(root: ET.Element, zoom: float) -> Iterator[Fault]:
    """Yield strokes thinner than `LEAST_LINE`, in points."""
    for colour, points in strokes(root, zoom):
        if points < LEAST_LINE - ROUNDING:
            yield Fault("line", colour, points)


def together(words: Sequence[TextLine]) -> Iterator[Fault]:
    """Yield pairs of lines that stand in one another, with the square pixels they share."""
    for one, other in met(words):
        shared = overlap(one.core(), other.core())
        yield Fault("met", f"{one.words} / {other.words}", shared)


def cut(words: Sequence[TextLine], sheet: Box, frame: Box | None) -> Iterator[Fault]:
    """Yield lines that leave the sheet or cross the frame of a map, with the pixels beyond."""
    for one in words:
        box = one.core()
        if (beyond := _beyond(box, sheet)) > TOUCH:
            yield Fault("off the sheet", one.words, beyond)
        elif frame and overlap(box, frame) > 0 and (beyond := _beyond(box, frame)) > TOUCH:
            yield Fault("cut by the frame", one.words, beyond)


def faint(root: ET.Element, words: Sequence[TextLine]) -> Iterator[Fault]:
    """Yield lines that do not stand out from what is drawn below them, with the contrast.

    What lies on a picture, as heat maps are, is black or white by the cell (`charts.cells`).
    """
    grounds = list(_grounds(root))
    for one in words:
        left, top, right, bottom = one.box()
        middle = (left + right) / 2, (top + bottom) / 2
        ground = "#ffffff"
        below = [one for one in grounds if _holds(one[0], middle)]
        if any(not colour for _, colour, _ in below):
            continue
        for _, colour, opacity in below:
            ground = over(colour, opacity, ground)
        if (ratio := contrast(one.colour, ground)) < LEGIBLE:
            yield Fault("faint", f"{one.words} {one.colour} on {ground}", ratio)


def alike(keys: Sequence[Key], palette: Palette) -> Iterator[Fault]:
    """Yield neighbouring classes of a key whose colours are hardly told apart, with their ΔE."""
    areas = [
        (key.words, inked(key.colour_in("light"), palette)) for key in keys if key.shape == "area"
    ]
    for (one, colour), (other, second) in pairwise(areas):
        if (apart := difference(colour, second)) < APART:
            yield Fault("alike", f"{one} / {other}", apart)


def _beyond(box: Box, edge: Box) -> float:
    return max(edge[0] - box[0], edge[1] - box[1], box[2] - edge[2], box[3] - edge[3])


def _drawn(
    element: ET.Element, above: Mapping[str, str], matrix: Matrix = SAME
) -> Iterator[tuple[ET.Element, Mapping[str, str], Matrix]]:
    """Yield what draws, the properties it is handed down, and what leads to the sheet."""
    said = {**above, **{key: element.attrib[key] for key in above if key in element.attrib}}
    if element.tag.rpartition("}")[2] in {"defs", "title", "desc"}:
        return
    matrix = after(matrix, matrix_of(element.get("transform", "")))
    if not len(element):
        yield element, said, matrix
    for child in element:
        yield from _drawn(child, said, matrix)


def _grounds(root: ET.Element) -> Iterator[tuple[Box, str, float]]:
    """Yield boxes of what is filled, in the order drawn, with colour and opacity; "" a picture."""
    start = {"fill": "#000000", "fill-opacity": "1", "opacity": "1"}
    for element, said, matrix in _drawn(root, start):
        tag = element.tag.rpartition("}")[2]
        if tag not in {"rect", "path", "image"} or not re.match("#|none", said["fill"]):
            continue
        if tag != "image" and said["fill"] == "none":
            continue
        box = _box(element, tag)
        if not box or box[0] == box[2] or box[1] == box[3]:
            continue
        left, top, right, bottom = box
        place = bounding_box(moved(matrix, x, y) for x in (left, right) for y in (top, bottom))
        opacity = float(said["fill-opacity"]) * float(said["opacity"])
        yield place, "" if tag == "image" else said["fill"], opacity


def _box(element: ET.Element, tag: str) -> Box | None:
    """Return the box of a rectangle or disc; None for other shapes, on which no words are set."""
    if tag != "path":
        left, top, wide, high = (float(element.get(n, 0)) for n in ("x", "y", "width", "height"))
        return left, top, left + wide, top + high
    points: list[tuple[float, float]] = []
    x = y = 0.0
    for command, told in STEP.findall(element.get("d", "")):
        numbers = [float(one) for one in NUMBER.findall(told)]
        if command == "H":
            x = numbers[0]
        elif command == "V":
            y = numbers[0]
        elif command in "MLA":
            x, y = numbers[-2:]
        elif command not in "Zz":
            return None
        points.append((x, y))
    if not points:
        return None
    box = bounding_box(points)
    if "A" in element.attrib["d"]:
        radius = float(NUMBER.findall(element.attrib["d"].partition("A")[2])[0])
        return -radius, -radius, radius, radius
    corners = all(a in (box[0], box[2]) and b in (box[1], box[3]) for a, b in points)
    return box if corners and len(set(points)) > 2 else None  # noqa: PLR2004 - else it is a line


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
