"""Type for PDF: the machine's Noto Sans CJK, its outlines as curves that PDF embeds as TrueType.

Noto Sans CJK comes with cubic outlines (CFF), which Chrome embeds as Type 3, a drawing for each
letter, which journals refuse and editors cannot edit. The letters of a page are converted to
quadratic curves (within half a thousandth of the type's size, by fontTools' cu2qu) and handed to
the page in place of the machine's own. Metrics, kerning and the numbers of the glyphs are those
of the font, so every line is as long as on the screen. Ligatures are set as letters.
"""

from __future__ import annotations

import base64
import functools
import io
import os
import struct
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dashboard.lettering import FONT
from dashboard.web import journal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FAMILIES: Final = tuple(name.strip(' "') for name in FONT.split(","))
FILES: Final = ("NotoSansCJK*.ttc", "NotoSansCJK*.otf", "NotoSansSC*.otf")
WEIGHTS: Final = (400, 700)
"""Regular and bold, as the pages ask for."""
WITHIN: Final = 0.5
"""Greatest distance of a converted outline, in thousandths of the type's size."""
KEPT: Final = ("OS/2", "hhea", "hmtx", "name", "GPOS", "GDEF")
"""Tables that stay as they are: names, metrics and kerning."""
CUBIC: Final = "CFF "


class Face:
    """One weight of a font with cubic outlines, converted letter by letter as pages ask for them.

    Parameters
    ----------
    font
        Opened by fontTools; it is read once and may be closed after.
    """

    def __init__(self, font: Any) -> None:  # noqa: ANN401 - fontTools has no types
        self.family = str(font["name"].getBestFamilyName())
        self.weight = int(font["OS/2"].usWeightClass)
        numbers = font.getReverseGlyphMap()
        self._glyphs = {code: numbers[name] for code, name in font.getBestCmap().items()}
        self._cubic = font[CUBIC].cff[0].CharStrings.charStringsIndex
        self._tables = {tag: font.reader[tag] for tag in KEPT if tag in font.reader}
        self._head = bytearray(font.reader["head"])
        self._head[50:52] = b"\0\1"  # offsets of 32 bits
        self._outlines: dict[int, tuple[bytes, int, int]] = {}
        self._writing = threading.Lock()

    def truetype(self, letters: Iterable[str]) -> bytes:
        """Return a TrueType font with those of the letters that the font has."""
        with self._writing:
            return self._written(letters)

    def _written(self, letters: Iterable[str]) -> bytes:
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - PDF alone needs it
        from fontTools.ttLib.tables.DefaultTable import DefaultTable  # noqa: PLC0415

        glyphs = {code: self._glyphs[code] for code in sorted(map(ord, letters)) if self.has(code)}
        outlines = {number: self._outline(number) for number in sorted({0, *glyphs.values()})}
        made = TTFont(sfntVersion="\0\1\0\0", recalcBBoxes=False, recalcTimestamp=False)
        for tag, data in {
            **self._tables,
            "head": bytes(self._head),
            "maxp": _limits(outlines.values(), len(self._cubic)),
            "cmap": _letters_to_glyphs(glyphs),
            "post": struct.pack(">IIhh5I", 0x30000, 0, -100, 50, *[0] * 5),
            "glyf": b"".join(outline for outline, _, _ in outlines.values()),
            "loca": _offsets(outlines, len(self._cubic)),
        }.items():
            made[tag] = DefaultTable(tag)
            made[tag].data = data
        file = io.BytesIO()
        made.save(file, reorderTables=False)
        return file.getvalue()

    def has(self, code: int) -> bool:
        """Tell whether the font draws a character."""
        return code in self._glyphs

    def _outline(self, number: int) -> tuple[bytes, int, int]:
        """Return an outline as TrueType holds it, and how many points and contours it has."""
        if number not in self._outlines:
            self._outlines[number] = quadratic(self._cubic[number])
        return self._outlines[number]


def quadratic(outline: Any) -> tuple[bytes, int, int]:  # noqa: ANN401 - fontTools has no types
    """Convert a cubic outline; returns its TrueType form, its points and its contours."""
    from fontTools.pens.cu2quPen import Cu2QuPen  # noqa: PLC0415 - PDF alone needs it
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415

    pen = TTGlyphPen(None)
    outline.draw(Cu2QuPen(pen, WITHIN, reverse_direction=True))
    glyph = pen.glyph(dropImpliedOnCurves=True)
    written = glyph.compile(None)
    padded = written + b"\0" * (-len(written) % 4)
    return padded, len(getattr(glyph, "coordinates", ())), max(glyph.numberOfContours, 0)


def _limits(outlines: Iterable[tuple[bytes, int, int]], count: int) -> bytes:
    """Return the table `maxp` of a font without instructions."""
    _, points, contours = zip(*outlines, strict=True)
    return struct.pack(">I14H", 0x10000, count, max(points), max(contours), 0, 0, 2, *[0] * 8)


def _letters_to_glyphs(glyphs: dict[int, int]) -> bytes:
    """Return the table `cmap`, one group a letter (format 12)."""
    groups = b"".join(struct.pack(">3I", code, code, glyph) for code, glyph in glyphs.items())
    size = 16 + len(groups)
    return struct.pack(">4HI2H3I", 0, 1, 3, 10, 12, 12, 0, size, 0, len(glyphs)) + groups


def _offsets(outlines: dict[int, tuple[bytes, int, int]], count: int) -> bytes:
    """Return the table `loca`; what is not converted is empty."""
    sizes = np.zeros(count + 1, np.uint32)
    sizes[[number + 1 for number in outlines]] = [len(one) for one, _, _ in outlines.values()]
    return np.cumsum(sizes).astype(">u4").tobytes()


def handed(page: str, faces: Iterable[Face] | None = None) -> str:
    """Return a page with the type it is printed in.

    Parameters
    ----------
    page
        HTML with a head.
    faces
        What to convert from; by default what is on the machine. None at all leaves the page as
        it is: with other fonts Chrome embeds TrueType by itself.
    """
    letters = set(page)
    rules = [
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-display:block;'
        f"src:url(data:font/ttf;base64,{base64.b64encode(face.truetype(letters)).decode()})}}"
        for face in (machine() if faces is None else faces)
    ]
    return page.replace("</head>", f"<style>{''.join(rules)}</style></head>", 1) if rules else page


@functools.cache
def machine() -> tuple[Face, ...]:
    """Return the faces of this machine that have to be converted; read once."""
    return found(folders())


def found(where: Iterable[Path]) -> tuple[Face, ...]:
    """Return the faces with cubic outlines in folders, one for each family and weight.

    A file that cannot be read is left out and logged: Chrome then sets what it can.
    """
    faces: dict[tuple[str, int], Face] = {}
    for path in sorted(path for folder in where for kind in FILES for path in folder.rglob(kind)):
        try:
            read = list(_faces(path))
        except Exception as error:  # noqa: BLE001 - a font may be broken in any way
            fields = {"file": str(path), "fault": repr(error)}
            journal.faults.warning("a font cannot be read", extra={"fields": fields})
            continue
        for face in read:
            faces.setdefault((face.family, face.weight), face)
    return tuple(faces.values())


def _faces(path: Path) -> Iterator[Face]:
    """Yield the faces of a file that the pages name, in the weights that they ask for."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - PDF alone needs it
    from fontTools.ttLib.sfnt import readTTCHeader  # noqa: PLC0415

    with path.open("rb") as file:
        collection = file.read(4) == b"ttcf"
        file.seek(0)
        count = readTTCHeader(file).numFonts if collection else 1
        for number in range(count):
            font = TTFont(file, fontNumber=number if collection else -1, lazy=True)
            named = font["name"].getBestFamilyName() in FAMILIES
            if named and CUBIC in font and font["OS/2"].usWeightClass in WEIGHTS:
                yield Face(font)


def folders() -> tuple[Path, ...]:
    """Return where the fonts of this machine and of this user are."""
    home = Path.home()
    if sys.platform == "win32":
        system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts"
        own = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft" / "Windows" / "Fonts"
        return (system, own)
    if sys.platform == "darwin":
        return (Path("/Library/Fonts"), home / "Library" / "Fonts")
    shared = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return (*shared, home / ".local" / "share" / "fonts", home / ".fonts")
