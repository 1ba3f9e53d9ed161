"""Type for PDF: cubic outlines become TrueType with the same metrics, and no other font is met."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from dashboard.print import typeface
from dashboard.web import journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GLYPHS = [".notdef", "A", "B", "jing", "space"]
LETTERS = {ord("A"): "A", ord("B"): "B", ord("京"): "jing", ord(" "): "space"}
WIDTHS = {".notdef": 1000, "A": 608, "B": 657, "jing": 1000, "space": 224}
RADIUS, BEND = 400, 0.5523
"""A circle of four cubic arcs, whose control points stand this part of the radius off."""


def circle(pen: Any, x: int = 500, y: int = 380) -> None:  # noqa: ANN401 - any pen
    r, k = RADIUS, RADIUS * BEND
    pen.moveTo((x + r, y))
    pen.curveTo((x + r, y + k), (x + k, y + r), (x, y + r))
    pen.curveTo((x - k, y + r), (x - r, y + k), (x - r, y))
    pen.curveTo((x - r, y - k), (x - k, y - r), (x, y - r))
    pen.curveTo((x + k, y - r), (x + r, y - k), (x + r, y))
    pen.closePath()


def square(pen: Any) -> None:  # noqa: ANN401 - any pen
    pen.moveTo((0, 0))
    for corner in ((600, 0), (600, 600), (0, 600)):
        pen.lineTo(corner)
    pen.closePath()


DRAWN: dict[str, Callable[[Any], None]] = {
    ".notdef": square,
    "A": square,
    "B": circle,
    "jing": circle,
    "space": lambda _: None,
}


def font(family: str = "Noto Sans CJK SC", weight: int = 400, *, cubic: bool = True) -> TTFont:
    made = FontBuilder(1000, isTTF=not cubic)
    made.setupGlyphOrder(GLYPHS)
    made.setupCharacterMap(LETTERS)
    outlines = {}
    for name, draw in DRAWN.items():
        pen: Any = T2CharStringPen(WIDTHS[name], None) if cubic else TTGlyphPen(None)
        (draw if cubic else square)(pen)
        outlines[name] = pen.getCharString() if cubic else pen.glyph()
    if cubic:
        made.setupCFF(family.replace(" ", ""), {}, outlines, {})
    else:
        made.setupGlyf(outlines)
    made.setupHorizontalMetrics({name: (width, 0) for name, width in WIDTHS.items()})
    made.setupHorizontalHeader(ascent=1160, descent=-288)
    made.setupNameTable({"familyName": family, "styleName": "Regular"})
    made.setupOS2(usWeightClass=weight, sTypoAscender=880, sTypoDescender=-120)
    made.addOpenTypeFeatures("feature kern { pos A B -40; } kern;")
    made.setupPost()
    return made.font


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder as on a machine: both weights, a collection with others, and what is left alone."""
    (tmp_path / "noto").mkdir()
    collection = TTCollection()
    collection.fonts = [font("Noto Sans CJK JP"), font()]
    collection.save(tmp_path / "noto" / "NotoSansCJK-Regular.ttc")
    font(weight=700).save(tmp_path / "noto" / "NotoSansCJKsc-Bold.otf")
    font(weight=900).save(tmp_path / "noto" / "NotoSansCJKsc-Black.otf")
    font("Noto Sans SC", cubic=False).save(tmp_path / "NotoSansSC-Regular.otf")
    font("Other").save(tmp_path / "Other.otf")
    return tmp_path


def area(made: TTFont, letter: str) -> float:
    glyphs = made.getGlyphSet()
    pen = AreaPen(glyphs)
    glyphs[made.getBestCmap()[ord(letter)]].draw(pen)
    return abs(float(pen.value))


def opened(content: bytes) -> TTFont:
    return TTFont(io.BytesIO(content))


def test_what_is_converted_are_cubic_outlines_of_the_families_and_weights_of_the_pages(
    shelf: Path,
) -> None:
    faces = typeface.found([shelf, shelf / "nowhere"])
    assert sorted((face.family, face.weight) for face in faces) == [
        ("Noto Sans CJK SC", 400),
        ("Noto Sans CJK SC", 700),
    ]


def test_letters_keep_their_shapes_widths_and_kerning_as_truetype(shelf: Path) -> None:
    face = next(face for face in typeface.found([shelf]) if face.weight == 400)
    made = opened(face.truetype("AB京 "))
    assert made.sfntVersion == "\0\1\0\0"
    assert {"glyf", "loca"} <= set(made.keys())
    assert "CFF " not in made
    assert sorted(made.getBestCmap()) == sorted(LETTERS)
    assert [made["hmtx"][made.getBestCmap()[ord(one)]][0] for one in "AB京 "] == [
        608,
        657,
        1000,
        224,
    ]
    assert (made["hhea"].ascent, made["hhea"].descent) == (1160, -288)
    assert made["GPOS"].table.FeatureList.FeatureRecord[0].FeatureTag == "kern"
    assert area(made, "A") == 600 * 600
    # Four quarter circles by cubic curves; half a unit off all round is 0.25 % of the area.
    assert area(made, "京") == pytest.approx(3.14159 * RADIUS**2, rel=0.003)
    assert area(made, " ") == 0
    for name in ("A", "B"):
        assert made["maxp"].maxPoints >= len(
            made["glyf"][made.getBestCmap()[ord(name)]].coordinates
        )


def test_a_font_has_the_letters_of_its_page_alone_and_is_the_same_whatever_came_before(
    shelf: Path,
) -> None:
    face, *_ = typeface.found([shelf])
    first = face.truetype("A")
    assert sorted(opened(first).getBestCmap()) == [ord("A")]
    face.truetype("AB京字")
    assert face.truetype("AA") == first
    assert opened(face.truetype("字")).getBestCmap() in ({}, None)


def test_a_page_is_handed_its_type_by_family_and_weight(shelf: Path) -> None:
    page = "<html><head><title>京</title></head><body>A</body></html>"
    handed = typeface.handed(page, typeface.found([shelf]))
    rules = re.findall(r"@font-face{(.*?)}", handed)
    assert len(rules) == 2
    assert all('font-family:"Noto Sans CJK SC"' in rule for rule in rules)
    assert {re.search(r"font-weight:(\d+)", rule)[1] for rule in rules} == {"400", "700"}  # type: ignore[index]
    for rule in rules:
        content = base64.b64decode(rule.partition("base64,")[2].rstrip(")"))
        assert {ord("A"), ord("京")} <= set(opened(content).getBestCmap())
    assert re.sub(r"<style>.*?</style>", "", handed) == page
    assert typeface.handed(page, ()) == page


def test_a_font_that_cannot_be_read_is_left_out_and_logged(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[dict[str, str]] = []
    monkeypatch.setattr(journal.faults, "warning", lambda _, extra: logged.append(extra["fields"]))
    whole = (shelf / "noto" / "NotoSansCJKsc-Bold.otf").read_bytes()
    (shelf / "noto" / "NotoSansCJKsc-Bold.otf").write_bytes(whole[: len(whole) // 2])
    (shelf / "noto" / "NotoSansCJK-Text.ttc").write_bytes(b"no font")
    assert [face.weight for face in typeface.found([shelf])] == [400]
    assert {one["file"].rpartition("-")[2] for one in logged} == {"Bold.otf", "Text.ttc"}
