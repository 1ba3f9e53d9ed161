"""What Plotly draws becomes SVG 1.1, and its lines of text can be read."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from dashboard.print.svg import Head, dashes, finished, hexadecimal
from dashboard.print.svg_texts import met, text_lines

HEAD = Head((80.5, 40), (200, 100), "zh-Hans", "甲 & 乙", "图：<甲>")
START = '<svg xmlns="http://www.w3.org/2000/svg" class="main-svg" style="background: white;">'


def drawn(inside: str) -> str:
    """Return the finished drawing."""
    return finished(ET.fromstring(f"{START}{inside}</svg>"), HEAD)  # noqa: S314 - our own


def made(inside: str) -> ET.Element:
    """Return the finished drawing without its title and description."""
    root = ET.fromstring(drawn(inside))  # noqa: S314 - our own
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    root[:] = root[2:]
    return root


def one(inside: str) -> dict[str, str]:
    """Return the attributes of the only thing drawn."""
    (thing,) = made(inside)
    return thing.attrib


def test_the_head_tells_size_language_and_words() -> None:
    svg = drawn('<rect width="9" height="9"/>')
    root = ET.fromstring(svg)  # noqa: S314 - our own
    told = {key: root.get(key) for key in ("width", "height", "viewBox", "version", "role")}
    assert told == {
        "width": "80.5mm",
        "height": "40mm",
        "viewBox": "0 0 200 100",
        "version": "1.1",
        "role": "img",
    }
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    assert [root[0].text, root[1].text] == ["甲 & 乙", "图：<甲>"]
    assert "style" not in svg


@pytest.mark.parametrize(
    ("colour", "written", "opacity"),
    [
        ("rgb(181, 67, 47)", "#b5432f", 1.0),
        ("rgba(181,67,47,0.26)", "#b5432f", 0.26),
        ("rgba(0, 0, 0, 0)", "#000000", 0.0),
        ("transparent", "none", 1.0),
        ("none", "none", 1.0),
        ("#20272b", "#20272b", 1.0),
        ('url("#p1")', "url(#p1)", 1.0),
    ],
)
def test_a_colour_is_six_digits_and_its_opacity(colour: str, written: str, opacity: float) -> None:
    assert hexadecimal(colour) == (written, opacity)


def test_what_is_clear_is_none_and_what_shines_through_says_how_much() -> None:
    path = '<path d="M0,0H9" fill="rgba(0, 0, 0, 0)" style="stroke: rgba(0, 128, 255, 0.5);'
    assert one(f'{path} stroke-opacity: 0.5; stroke-width: 2px; opacity: 0.9"/>') == {
        "d": "M0,0H9",
        "fill": "none",
        "stroke": "#0080ff",
        "stroke-opacity": "0.25",
        "stroke-width": "2",
        "opacity": "0.9",
    }


def test_what_is_handed_down_is_said_once_and_what_differs_again() -> None:
    (group,) = made(
        '<g style="fill: rgb(1, 2, 3); stroke-width: 3px">'
        '<path d="M0,0H9" style="fill: rgb(1, 2, 3); stroke: rgb(0, 0, 0); stroke-width: 3px"/>'
        '<path d="M1,0H9" style="fill: rgb(0, 0, 0)"/></g>'
    )
    assert group.attrib == {"fill": "#010203", "stroke-width": "3"}
    assert [dict(path.attrib) for path in group] == [
        {"d": "M0,0H9", "stroke": "#000000"},
        {"d": "M1,0H9", "fill": "#000000"},
    ]


@pytest.mark.parametrize(
    "unseen",
    [
        "<g/>",
        "<g><g/><defs><g/></defs></g>",
        '<path style="stroke: rgb(0, 0, 0)"/>',
        '<rect width="9" height="9" style="fill: rgb(0, 0, 0); fill-opacity: 0"/>',
        '<path d="M0,0H9" style="fill: none; stroke: rgb(0, 0, 0); stroke-width: 0px"/>',
        '<path d="M0,0H9" style="fill: rgb(0, 0, 0); opacity: 0"/>',
        '<g style="opacity: 0"><path d="M0,0H9"/></g>',
        '<text style="font-size: 12px"> </text>',
        '<text style="font-size: 12px; fill: rgba(0,0,0,0)">甲</text>',
        '<defs><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>',
    ],
)
def test_what_is_not_seen_is_left_out(unseen: str) -> None:
    assert len(made(unseen)) == 0


def test_a_group_around_one_element_leaves_its_opacity_to_it() -> None:
    """LibreOffice leaves out a group that is both clear and cut, as the band around a line is."""
    band = '<path d="M0,0H9V9Z" style="fill: rgb(0, 0, 0); opacity: 0.5"/>'
    clip = '<defs><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>'
    root = made(f'{clip}<g style="opacity: 0.5"><g clip-path="url(#c)">{band}</g></g>')
    found = [one for one in root.iter() if "opacity" in one.attrib]
    assert [(one.tag, one.get("opacity")) for one in found] == [("path", "0.25")]
    two = made(f'<g style="opacity: 0.5">{band}{band}</g>')
    assert [one.get("opacity") for one in two.iter() if one.tag == "g"] == ["0.5"]


def test_what_is_referred_to_is_kept_and_numbered() -> None:
    root = made(
        '<defs id="d1"><g class="clips"><clipPath id="clipa1"><rect width="9" height="9"/>'
        '</clipPath><clipPath id="clipb2"><rect width="8" height="8"/></clipPath></g></defs>'
        '<g clip-path="url(#clipb2)"><path d="M0,0H9" style="fill: url(&quot;#p3&quot;)"/>'
        '</g><g><pattern id="p3" width="4.5px" height="4px" patternTransform="">'
        '<path d="M0,0L4,4" stroke="rgb(9, 9, 9)"/></pattern></g>'
    )
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    clip = next(element for element in root.iter("clipPath"))
    assert len(ids) == 2
    assert clip[0].get("width") == "8"
    assert f"url(#{clip.get('id')})" in [element.get("clip-path") for element in root.iter()]
    (pattern,) = root.iter("pattern")
    assert pattern.attrib == {"id": pattern.get("id"), "width": "4.5", "height": "4"}
    assert f"url(#{pattern.get('id')})" in [element.get("fill") for element in root.iter()]


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("3px, 3px", "3,3"),
        ("0px, 0px, 4.5px, 8.5px", "4.5,8.5"),
        ("0px, 0px, 0px, 0px", "none"),
        ("0px, 4px", "0,4"),
        ("none", "none"),
    ],
)
def test_dashes_of_no_length_are_left_out(told: str, written: str) -> None:
    assert one(f'<path d="M0,0H9" style="stroke: rgb(9, 9, 9); stroke-dasharray: {told}"/>').get(
        "stroke-dasharray", "none"
    ) == (written)
    assert dashes(told.replace("px", "")) == written


LINES = (
    '<g transform="translate(10, 20)"><text x="1" y="11" text-anchor="middle" '
    'transform="rotate(0,5,6)" style="font-family: A, B; font-size: 10px; fill: rgb(1, 2, 3); '
    'white-space: pre;">'
    '<tspan class="line" dy="0em" x="1" y="11"><tspan style="font-weight:bold">甲乙</tspan></tspan>'
    '<tspan class="line" dy="1.3em" x="1" y="11">one  two</tspan></text></g>'
)


def test_a_line_of_text_has_a_place_of_its_own() -> None:
    (group,) = made(LINES)
    (text,) = group
    assert [line.attrib for line in text] == [{"x": "1", "y": "11.00"}, {"x": "1", "y": "24.00"}]
    space = "{http://www.w3.org/XML/1998/namespace}space"
    assert text.attrib == {
        "x": "1",
        "y": "11",
        "text-anchor": "middle",
        "font-size": "10",
        "fill": "#010203",
        space: "preserve",
    }


def test_the_light_edge_of_a_name_is_a_stroke_under_it() -> None:
    shadow = "text-shadow: rgb(255, 255, 255) 0px 0px 2px, rgb(255, 255, 255) 0px 0px 3px"
    halo, text = made(f'<text x="0" y="9" style="font-size: 9px; {shadow}">甲</text>')
    assert halo.text == text.text == "甲"
    assert "stroke" not in text.attrib
    assert (halo.get("fill"), halo.get("stroke"), halo.get("stroke-width")) == (
        "#ffffff",
        "#ffffff",
        "2.2",
    )
    lines = text_lines(drawn(f'<text style="{shadow}; font-size: 9px">甲</text>'))
    assert [(line.words, line.is_halo) for line in lines] == [("甲", True), ("甲", False)]


def test_the_lines_of_text_are_read_with_their_places() -> None:
    first, second = text_lines(drawn(LINES))
    assert (first.words, first.size, first.colour, first.bold) == ("甲乙", 10, "#010203", True)
    assert (second.words, second.bold, second.anchor) == ("one  two", False, "middle")
    # Two ideographs of 10 around x = 10 + 1, on the baseline 20 + 11.
    assert first.box() == pytest.approx((1, 31 - 8.6, 21, 31 + 1.4))
    assert second.box(80) == pytest.approx((11 - 40, 44 - 8.6, 11 + 40, 44 + 1.4))


def test_a_turned_line_stands_upright_where_it_is() -> None:
    told = 'x="30" y="40" transform="translate(5,0)rotate(-90,30,40)" style="font-size: 10px"'
    (line,) = text_lines(drawn(f"<text {told}>甲乙</text>"))
    # Turned to the left about its beginning at 35, 40: upwards, its letters at the left.
    assert line.box() == pytest.approx((35 - 8.6, 40 - 20, 35 + 1.4, 40))
    assert line.core() == pytest.approx((35 - 7.4, 40 - 20, 35 + 0.2, 40))


@pytest.mark.parametrize(
    ("second", "together"),
    [
        ("x='19' y='30'", False),  # a pixel beside the end of the first, of two ideographs
        ("x='17' y='30'", True),
        ("x='0' y='38'", False),  # letters are 7.6 pixels high in a line of 10
        ("x='0' y='34'", True),
        ("x='22' y='30' text-anchor='end'", True),
        ("transform='translate(24, 30)rotate(-90)'", True),  # its letters at the left of 24
        ("transform='translate(29, 30)rotate(-90)'", False),
    ],
)
def test_lines_that_stand_in_one_another_are_found(second: str, *, together: bool) -> None:
    texts = f"<text x='0' y='30'>甲乙</text><text {second}>丙丁</text>"
    lines = text_lines(f"<svg font-size='10'>{texts}</svg>")
    assert [(one.words, other.words) for one, other in met(lines)] == (
        [("甲乙", "丙丁")] if together else []
    )
    assert met(lines, lambda _: 0.0) == []


def test_a_light_edge_stands_under_its_own_words() -> None:
    told = "<text y='9' aria-hidden='true'>甲乙</text><text y='9'>甲乙</text>"
    assert met(text_lines(f"<svg font-size='10'>{told}</svg>")) == []
