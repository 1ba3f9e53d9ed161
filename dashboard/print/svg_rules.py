"""What a reader of SVG 1.1 knows of a figure: elements, attributes, and forms of their values.

After the recommendation "Scalable Vector Graphics (SVG) 1.1 (Second Edition)" of the W3C, narrowed
to what LibreOffice and Inkscape draw alike. `role` and `aria-hidden` are no part of it; they are
for those who hear a figure, and a program that does not know them leaves them alone.

Drawings of strangers are held against it, so every form is read in linear time: what repeats gives
nothing back (`++`, `*+`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SPACE: Final = "http://www.w3.org/2000/svg"
N: Final = r"-?(?:\d{1,9}+(?:\.\d*+)?|\.\d++)(?:e-?\d{1,2}+)?"
NAME: Final = r"[A-Za-z0-9_-]+"
PAINT: Final = {
    "fill": rf"none|#[0-9a-f]{{6}}|url\(#{NAME}\)",
    "fill-opacity": r"0?\.\d+|1",
    "fill-rule": "evenodd|nonzero",
    "stroke": r"none|#[0-9a-f]{6}",
    "stroke-opacity": r"0?\.\d+|1",
    "stroke-width": N,
    "stroke-dasharray": rf"none|{N}(,{N})*+",
    "stroke-linecap": "butt|round|square",
    "stroke-linejoin": "miter|round|bevel",
    "stroke-miterlimit": N,
    "opacity": r"0?\.\d+",
    "shape-rendering": "auto|crispEdges",
}
TYPE: Final = {
    "font-family": r"[^<>;:]+",
    "font-size": N,
    "font-style": "normal|italic",
    "font-weight": r"normal|bold|\d00",
    "text-anchor": "start|middle|end",
    "space": "preserve",
}
STEP: Final = rf"(?:translate\({N},? ?{N}\)|rotate\({N}(?:[, ]{N}){{0,2}}\)|scale\({N}\))"
PLACED: Final = {"transform": rf"{STEP}( ?{STEP})*+", "clip-path": rf"url\(#{NAME}\)"}
AT: Final = {"x": N, "y": N}
SIDES: Final = {"width": N, "height": N}
KNOWN: Final[Mapping[str, Mapping[str, str]]] = {
    "svg": {
        "version": r"1\.1",
        "width": rf"{N}mm",
        "height": rf"{N}mm",
        "viewBox": rf"0 0 {N} {N}",
        "role": "img",
        "lang": "zh-Hans|en",
        **TYPE,
    },
    "title": {},
    "desc": {},
    "defs": {},
    "clipPath": {"id": NAME},
    "pattern": {
        "id": NAME,
        "patternUnits": "userSpaceOnUse",
        "patternTransform": rf"{STEP}++",
        **SIDES,
    },
    "g": {**PLACED, **PAINT, **TYPE},
    "path": {"d": rf"(?:[MmLlHhVvCcSsQqTtAaZz,\s]|{N})*+", **PLACED, **PAINT},
    "rect": {**AT, **SIDES, **PLACED, **PAINT},
    "image": {
        "href": r"data:image/png;base64,[A-Za-z0-9+/=]+",
        "preserveAspectRatio": "none",
        **AT,
        **SIDES,
        **PLACED,
    },
    "text": {**AT, **PLACED, **PAINT, **TYPE, "aria-hidden": "true"},
    "tspan": {**AT, **PAINT, **TYPE},
}
"""Attributes of each element, and the whole of what may be written in one."""
FULL: Final = frozenset({"title", "desc", "text", "tspan"})
"""Elements that hold words; all others hold elements or nothing."""
TOLD: Final = 60
"""Letters of a value that are told of one that is not known."""


def breaches(svg: str) -> list[str]:
    """Return what a reader of SVG 1.1 would not know, or would draw as something else.

    Parameters
    ----------
    svg
        As `dashboard.print.svg.finished` returns it.
    """
    root = ET.fromstring(svg)  # noqa: S314 - written by `finished`, whatever it was made of
    return [told for element in root.iter() for told in _breaches(element)] + list(_dangling(root))


def _breaches(element: ET.Element) -> Iterator[str]:
    space, _, tag = element.tag.rpartition("}")
    if space != f"{{{SPACE}" or tag not in KNOWN:
        yield f"<{element.tag}>"
        return
    for key, value in element.attrib.items():
        name = key.rpartition("}")[2]
        if not (form := KNOWN[tag].get(name)):
            yield f"{name} of <{tag}>"
        elif not re.fullmatch(form, value, re.ASCII):
            yield f'{name}="{value[:TOLD]}" of <{tag}>'
    if tag == "g" and not len(element):
        yield "an empty <g>"
    if tag == "g" and len(element) == 1 and "opacity" in element.attrib:
        yield "a clear <g> around one element"
    if tag == "text" and len(lines := [one for one in element if one.get("y")]) != len(element):
        yield from () if not lines else ("a text with lines and words beside them",)
    words = [element.text, *(child.tail for child in element)]
    if tag not in FULL and any(part and part.strip() for part in words):
        yield f"words in <{tag}>"


def _dangling(root: ET.Element) -> Iterator[str]:
    """Yield what is referred to and is not there, and the other way round."""
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    values = [value for element in root.iter() for value in element.attrib.values()]
    wanted = {found[1] for value in values if (found := re.fullmatch(r"url\(#(.+)\)", value))}
    yield from (f"#{name} is not there" for name in sorted(wanted - set(ids)))
    yield from (f"#{name} is for nothing" for name in sorted(set(ids) - wanted))
    if len(set(ids)) != len(ids):
        yield "two things of one name"
