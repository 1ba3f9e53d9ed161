"""The parts of a workbook around its sheets: list, styles, properties and what joins them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST: Final = 32_767
"""Characters that a cell can hold."""
MOST_DECIMALS: Final = 10
PLAIN, HEAD, QUOTED, FOLLOWED, WRAPPED, FIGURE = range(6)
"""Styles by number; those of figures go on, one for each count of decimals."""
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNWRITABLE: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Properties:
    """What a program lists of a document; `date` as in ISO 8601, `language` as in BCP 47."""

    title: str
    author: str
    subject: str
    date: str
    language: str


def printable(words: str) -> str:
    """Leave out what XML cannot hold, and mark what a workbook would read as an escape."""
    return _LIKE_ESCAPED.sub("_x005F_", _UNWRITABLE.sub("", words)[:LONGEST])


def book(sheets: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the list of sheets, each with its name and its cells, "" for one of prose.

    Printed pages repeat the head and the first two columns, which say of what a row is.
    """
    yield f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    for number, (name, _) in enumerate(sheets, 1):
        yield f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
    yield "</sheets><definedNames>"
    for number, (name, cells) in enumerate(sheets):
        sheet, about = escape(_quoted(name)), f'localSheetId="{number}"'
        if cells:
            titles = f"{sheet}!$A:$B,{sheet}!$1:$1"
            yield f'<definedName name="_xlnm.Print_Area" {about}>{sheet}!{cells}</definedName>'
            yield f'<definedName name="_xlnm.Print_Titles" {about}>{titles}</definedName>'
    yield "</definedNames></workbook>"


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def styles(language: str) -> Iterator[str]:
    """Yield how cells look, in the order of `PLAIN` … `FIGURE`."""
    name = "DengXian" if language.startswith("zh") else "Calibri"
    fonts = [
        f'<font>{mark}<sz val="11"/>{colour}<name val="{name}"/><family val="2"/></font>'
        for mark, colour in (("", ""), ("<b/>", ""), ("<u/>", '<color rgb="FF0563C1"/>'))
    ]
    formats = ["#,##0" + ("." + "0" * n if n else "") for n in range(MOST_DECIMALS + 1)]
    yield f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(formats)}">'
    for at, code in enumerate(formats):
        yield f'<numFmt numFmtId="{164 + at}" formatCode="{code}"/>'
    yield f'</numFmts><fonts count="{len(fonts)}">{"".join(fonts)}'
    yield '</fonts><fills count="3"><fill><patternFill patternType="none"/></fill>'
    yield '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
    yield '<fgColor rgb="FFE8EDF2"/><bgColor indexed="64"/></patternFill></fill></fills>'
    yield "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    yield f"<cellStyleXfs>{plain}/></cellStyleXfs><cellXfs>"
    base = plain + ' xfId="0"'
    yield f"{base}/>"
    yield (
        base.replace('fontId="0" fillId="0"', 'fontId="1" fillId="2"')
        + ' applyFont="1" applyFill="1"/>'
    )
    yield f'{base} quotePrefix="1"/>'
    yield base.replace('fontId="0"', 'fontId="2"') + ' applyFont="1"/>'
    yield f'{base} applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    for at, _ in enumerate(formats):
        yield base.replace('numFmtId="0"', f'numFmtId="{164 + at}"') + ' applyNumberFormat="1"/>'
    yield '</cellXfs><cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    yield "</styleSheet>"


def core(about: Properties) -> Iterator[str]:
    """Yield the properties, in the terms of Dublin Core."""
    terms = "http://purl.org/dc"
    yield f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
    yield f'xmlns:dc="{terms}/elements/1.1/" xmlns:dcterms="{terms}/terms/" '
    yield 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    named = ("title", about.title), ("subject", about.subject), ("creator", about.author)
    for name, words in (*named, ("language", about.language)):
        yield f"<dc:{name}>{escape(printable(words))}</dc:{name}>"
    yield f"<cp:lastModifiedBy>{escape(about.author)}</cp:lastModifiedBy>"
    for name in ("created", "modified"):
        when = f"{about.date}T00:00:00Z"
        yield f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{when}</dcterms:{name}>'
    yield "</cp:coreProperties>"


def front() -> Iterator[str]:
    """Yield where a program begins to read."""
    yield f'<Relationships xmlns="{PACKAGE}/relationships">'
    yield f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    yield f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/></Relationships>'


def relations(targets: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what a part leads to, numbered in order; an address leads out of the package."""
    yield f'<Relationships xmlns="{PACKAGE}/relationships">'
    for number, (kind, target) in enumerate(targets, 1):
        mode = ' TargetMode="External"' if kind == "hyperlink" else ""
        about = f'Id="rId{number}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}{mode}'
        yield f"<Relationship {about}/>"
    yield "</Relationships>"


def types(sheets: int) -> Iterator[str]:
    """Yield what kind of part each is."""
    yield f'<Types xmlns="{PACKAGE}/content-types">'
    package = "application/vnd.openxmlformats-package"
    yield f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>'
    yield '<Default Extension="xml" ContentType="application/xml"/>'
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = {"workbook": "sheet.main", "styles": "styles", "sharedStrings": "sharedStrings"}
    parts = {f"/xl/{name}.xml": f"{book}.{kind}+xml" for name, kind in kinds.items()}
    parts["/docProps/core.xml"] = f"{package}.core-properties+xml"
    for number in range(1, sheets + 1):
        parts[f"/xl/worksheets/sheet{number}.xml"] = f"{book}.worksheet+xml"
    for name, kind in parts.items():
        yield f'<Override PartName="{name}" ContentType="{kind}"/>'
    yield "</Types>"
