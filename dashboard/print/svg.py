"""Turns what Plotly draws into SVG 1.1 as every program reads it.

A browser takes colours, shadows and lines of text by the rules of CSS and of SVG 2. LibreOffice,
Inkscape and PowerPoint know those of SVG 1.1: a colour is six digits and its opacity stands apart,
a property is an attribute, and a line of text has a place of its own.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
INITIAL: Final[Mapping[str, str]] = {
    "fill": "#000000",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-opacity": "1",
    "stroke-width": "1",
    "stroke-dasharray": "none",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "shape-rendering": "auto",
    "font-family": "",
    "font-size": "",
    "font-style": "normal",
    "font-weight": "normal",
    "text-anchor": "start",
}
"""Properties that are handed down, and what holds where nobody says (SVG 1.1, appendix N)."""
PLACES: Final[Mapping[str, frozenset[str]]] = {
    "clipPath": frozenset({"id"}),
    "g": frozenset({"clip-path", "transform"}),
    "image": frozenset({"x", "y", "width", "height", "preserveAspectRatio", "transform"}),
    "path": frozenset({"d", "clip-path", "transform"}),
    "pattern": frozenset({"id", "width", "height", "patternUnits", "patternTransform"}),
    "rect": frozenset({"x", "y", "width", "height", "clip-path", "transform"}),
    "text": frozenset({"x", "y", "transform"}),
    "tspan": frozenset({"x", "y"}),
}
"""What says where and which an element is; all else about it are properties."""
SHAPES: Final = frozenset({"path", "rect"})
HALO: Final = 2.2
"""Width in pixels of the stroke under a name that has a shadow on screen."""
ON_A_PAGE: Final = (
    "svg text[aria-hidden] { display: none } "
    "svg text[aria-hidden] + text { text-shadow: 0 0 2px #ffffff, 0 0 3px #ffffff }"
)
"""Style of a page that is printed: as Chrome embeds no stroked text as type, the stroke under a
name is a shadow there."""

COLOUR: Final = re.compile(r"rgba?\(([^)]*)\)")
LONG: Final = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
UNIT: Final = re.compile(r"(?<=\d)px\b")
STILL: Final = re.compile(r"(?:translate\(0,\s*0\)|rotate\(0[\s,][^)]*\)|\s)*")
REFERENCE: Final = re.compile(r"url\(['\"]?#([^'\")]+)['\"]?\)")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of a figure: its size on paper and in its own units, and words."""

    millimetres: tuple[float, float]
    units: tuple[int, int]
    lang: str
    title: str
    description: str


def finished(plotted: ET.Element, head: Head) -> str:
    """Return an SVG of Plotly as SVG 1.1 for any program.

    Parameters
    ----------
    plotted
        The picture as Plotly writes it in a browser.
    head
        Size in millimetres, title and description for those who hear it.
    """
    texts = (_properties(one) for one in plotted.iter(f"{{{SVG}}}text"))
    family = next((text["font-family"] for text in texts if "font-family" in text), "")
    root = ET.Element(
        "svg",
        {
            "xmlns": SVG,
            "xmlns:xlink": XLINK,
            "version": "1.1",
            "width": f"{head.millimetres[0]}mm",
            "height": f"{head.millimetres[1]}mm",
            "viewBox": f"0 0 {head.units[0]} {head.units[1]}",
            "role": "img",
            "xml:lang": head.lang,
            **({"font-family": family} if family else {}),
        },
    )
    ET.SubElement(root, "title").text = head.title
    ET.SubElement(root, "desc").text = head.description
    defs = ET.SubElement(root, "defs")
    for child in plotted:
        root.extend(_finished(child, {**INITIAL, "font-family": family}, defs))
    _number(root, defs)
    return ET.tostring(root, encoding="unicode")


def _finished(element: ET.Element, above: Mapping[str, str], defs: ET.Element) -> list[ET.Element]:
    """Return what an element becomes, nothing where it is not seen.

    `above` are the properties that it is handed; what is only referred to goes to `defs`.
    """
    tag, said = element.tag.removeprefix(f"{{{SVG}}}"), _properties(element)
    here = {**above, **{key: value for key, value in said.items() if key in INITIAL}}
    made = ET.Element(tag, _places(element, tag))
    made.text, made.tail = element.text, element.tail
    for child in element:
        made.extend(_finished(child, here, defs))
    made.attrib.update(_own(tag, here, above))
    if said.get("opacity", "1") != "1":
        _make_clear(made, said["opacity"])
    if "id" in made.attrib:
        defs.append(made)
        return []
    if not _is_seen(made, here):
        return []
    if tag == "g" and not made.attrib and len(made) == 1:
        return list(made)
    if tag == "tspan" and "dy" in element.attrib:
        made.set("y", _down(element, float(here["font-size"])))
    if tag == "text":
        return _written(made, said.get("text-shadow", ""))
    return [made]


def _make_clear(made: ET.Element, opacity: str) -> None:
    """Set an opacity; that of a group around one element is the element's own.

    LibreOffice leaves out a group that is both clear and cut, such as the band around a line.
    """
    while made.tag == "g" and len(made) == 1 and opacity != "0":
        made = made[0]
    made.set("opacity", f"{float(made.get('opacity', 1)) * float(opacity):.3g}")


def _properties(element: ET.Element) -> dict[str, str]:
    """Return the properties of an element, from its attributes and its style, as SVG 1.1 has them.

    What is painted with nothing is `none`, be it clear or of no width.
    """
    styled = (part.partition(":") for part in element.get("style", "").split(";"))
    said = {
        **{key: value for key, value in element.attrib.items() if key not in {"style", "class"}},
        **{key.strip(): value.strip() for key, _, value in styled},
    }
    said = {key: UNIT.sub("", value) for key, value in said.items()}
    for paint in ("fill", "stroke"):
        if paint in said:
            said[paint], clear = hexadecimal(said[paint])
            opacity = clear * float(said.get(f"{paint}-opacity", 1))
            said[f"{paint}-opacity"] = f"{opacity:.3g}"
            if not opacity:
                said[paint] = "none"
                del said[f"{paint}-opacity"]
    if said.get("stroke-width") == "0":
        said["stroke"] = "none"
    if "stroke-dasharray" in said:
        said["stroke-dasharray"] = dashes(said["stroke-dasharray"])
    return said


def hexadecimal(colour: str) -> tuple[str, float]:
    """Return a CSS colour as SVG 1.1 writes it, and its opacity."""
    if colour == "transparent":
        return "none", 1.0
    if reference := REFERENCE.fullmatch(colour):
        return f"url(#{reference[1]})", 1.0
    if not (found := COLOUR.fullmatch(colour)):
        return colour, 1.0
    red, green, blue, *alpha = (float(part) for part in found[1].split(","))
    written = f"#{round(red):02x}{round(green):02x}{round(blue):02x}"
    return written, alpha[0] if alpha else 1.0


def dashes(told: str) -> str:
    """Return a pattern of dashes without those of no length that no gap follows."""
    lengths = told.replace(",", " ").split()
    while lengths[:2] == ["0", "0"]:
        lengths = lengths[2:]
    return ",".join(lengths) or "none"


def _places(element: ET.Element, tag: str) -> dict[str, str]:
    """Return what says where and which an element is, in hundredths of a pixel."""
    kept = {key: element.attrib[key] for key in element.attrib if key in PLACES.get(tag, ())}
    for key in kept.keys() - {"d", "id"}:
        kept[key] = UNIT.sub("", LONG.sub(lambda found: f"{float(found[0]):.2f}", kept[key]))
    for key in kept.keys() & {"transform", "patternTransform"}:
        if STILL.fullmatch(kept[key]):
            del kept[key]
    if "clip-path" in kept:
        kept["clip-path"], _ = hexadecimal(kept["clip-path"])
    if tag == "image":
        kept["xlink:href"] = element.get("href") or element.attrib[f"{{{XLINK}}}href"]
    return kept


def _own(tag: str, here: Mapping[str, str], above: Mapping[str, str]) -> dict[str, str]:
    """Return the properties that an element must say itself."""
    own = {key: value for key, value in here.items() if value != above[key]}
    if tag == "g":
        return own
    idle = tuple(f"{paint}-" for paint in ("fill", "stroke") if here[paint] == "none")
    return {key: value for key, value in own.items() if not key.startswith(idle or " ")}


def _is_seen(made: ET.Element, here: Mapping[str, str]) -> bool:
    """Tell whether an element puts anything on the sheet, or holds what does."""
    if made.get("opacity") == "0":
        return False
    if made.tag in SHAPES:
        painted = {here["fill"], here["stroke"]} != {"none"}
        return painted and (made.tag == "rect" or "d" in made.attrib)
    if made.tag == "text":
        return bool("".join(made.itertext()).strip()) and here["fill"] != "none"
    return made.tag in {"image", "tspan"} or len(made) > 0


def _down(line: ET.Element, size: float) -> str:
    """Return where a line of text stands that Plotly places by a distance from the first."""
    distance = line.attrib["dy"]
    pixels = float(distance.removesuffix("em")) * size if distance.endswith("em") else distance
    return f"{float(line.get('y', 0)) + float(pixels):.2f}"


def _written(text: ET.Element, shadow: str) -> list[ET.Element]:
    """Return a text as it is printed: over a stroke of its own where it has a shadow on screen."""
    words = "".join(text.itertext())
    if "  " in words or words != words.strip():
        text.set("xml:space", "preserve")
    if not (colour := COLOUR.search(shadow)):
        return [text]
    light, _ = hexadecimal(colour[0])
    halo = deepcopy(text)
    drawn = {"fill": light, "stroke": light, "stroke-width": f"{HALO:g}"}
    halo.attrib.update({**drawn, "stroke-linejoin": "round", "aria-hidden": "true"})
    return [halo, text]


def _number(root: ET.Element, defs: ET.Element) -> None:
    """Leave out what nobody refers to, and number the rest."""
    references = [
        (element, key, found[1])
        for element in root.iter()
        for key, value in element.attrib.items()
        if value.startswith("url(") and (found := REFERENCE.fullmatch(value))
    ]
    wanted = {name for _, _, name in references}
    defs[:] = [one for one in defs if one.attrib["id"] in wanted]
    names = {one.attrib["id"]: f"{one.tag}-{at}" for at, one in enumerate(defs, 1)}
    for one in defs:
        one.set("id", names[one.attrib["id"]])
    for element, key, name in references:
        element.set(key, f"url(#{names[name]})")
    if not len(defs):
        root.remove(defs)
