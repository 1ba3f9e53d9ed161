"""A report as a document of Word, with the styles, captions and languages that Word works with."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from dashboard.palette import INK
from dashboard.print.about import LANGUAGE_TAGS, of_report
from dashboard.print.office import EAST_ASIAN, LABELS, LATIN, caption, describe, readable
from dashboard.print.report_tables import columns
from dashboard.print.scripts import pieces
from dashboard.text import text

if TYPE_CHECKING:
    from dashboard.print.office import Picture
    from dashboard.print.report import Report, Section
    from geodata.records import Lang

PAGE_MM, MARGIN_MM, TEXT_MM = (210, 297), 20, 170
"""A4, and what its margins leave for text, figures and tables."""
SIZES: Final = {
    "Normal": 10.5,
    "Title": 20,
    "Subtitle": 11,
    "Heading 1": 14,
    "Heading 2": 12,
    "Heading 3": 10.5,
    "Caption": 9,
    "Footer": 9,
}
"""Points of the styles; 10.5 is the Chinese size 五号, 9 is 小五."""
TABLE: Final = "Light Shading"
"""Rules above, below and under the head, as tables of Chinese reports have them."""
LOOK: Final = {
    "val": "0620",
    "firstRow": "1",
    "lastRow": "0",
    "firstColumn": "0",
    "lastColumn": "0",
    "noHBand": "1",
    "noVBand": "1",
}
"""Which parts of the style a table takes, as attributes and as the bits of earlier Words."""
SIGNS: Final = ("ascii", "hAnsi", "eastAsia", "cs")
MODE: Final = "15"
"""How Word lays out since 2013."""
HANGING_MM: Final = 8
OF_2010: Final = "/stylesWithEffects"
"""The template's styles once more for Word 2010, in the language of the template."""


class Document:
    """A document under way.

    Parameters
    ----------
    lang
        Its language.
    """

    def __init__(self, lang: Lang) -> None:
        from docx import Document as Opened  # noqa: PLC0415 - reports alone need it
        from docx.shared import Mm  # noqa: PLC0415

        self.lang, self.made = lang, Opened()
        self._mm = Mm
        self._numbers: Counter[str] = Counter()
        page = self.made.sections[0]
        page.page_width, page.page_height = (Mm(side) for side in PAGE_MM)
        page.left_margin = page.right_margin = Mm(MARGIN_MM)
        page.top_margin = page.bottom_margin = Mm(MARGIN_MM)
        set_styles(self.made, lang)
        set_settings(self.made, lang)
        self._number_pages(page.footer.paragraphs[0])

    def add(self, words: str, style: str = "Normal") -> Any:  # noqa: ANN401 - no types
        """Add a paragraph."""
        paragraph = self.made.add_paragraph(style=style)
        self.write(paragraph, words)
        return paragraph

    def write(self, paragraph: Any, words: str) -> None:  # noqa: ANN401 - no types
        """Write into a paragraph, each script as a run of its language and type."""
        for piece, tongue in pieces(words, self.lang):
            speak(paragraph.add_run(piece)._r.get_or_add_rPr(), tongue)  # noqa: SLF001

    def figure(self, section: Section, picture: Picture) -> None:
        """Add a figure over its caption, both on one page."""
        figure = section.figure
        assert figure is not None  # noqa: S101 - asked before
        content = readable(figure, picture, "png", self.lang)
        shape = self.made.add_picture(io.BytesIO(content), width=self._mm(TEXT_MM))
        told = shape._inline  # noqa: SLF001 - no public way to the alternative text
        for properties in (told.docPr, told.graphic.graphicData.pic.nvPicPr.cNvPr):
            properties.set("descr", figure.alt)
        self.made.paragraphs[-1].paragraph_format.keep_with_next = True
        self._caption("figure", figure.title)

    def table(self, section: Section) -> None:
        """Add a table under its caption; its head stands on each page anew, rows stay whole."""
        from docx.oxml import OxmlElement  # noqa: PLC0415 - reports alone need it

        self._caption("table", section.caption).paragraph_format.keep_with_next = True
        rows = section.table
        table = self.made.add_table(rows=len(rows), cols=len(rows[0]), style=TABLE)
        table.autofit = False
        plain_rows(table)
        across = columns(rows, TEXT_MM)
        for column, width in zip(table.columns, across, strict=True):
            column.width = self._mm(width)
        for number, (line, row) in enumerate(zip(table.rows, rows, strict=True)):
            told = line._tr.get_or_add_trPr()  # noqa: SLF001 - no public way
            told.append(OxmlElement("w:cantSplit"))
            if number == 0:
                told.append(OxmlElement("w:tblHeader"))
            for cell, words, width in zip(line.cells, row, across, strict=True):
                cell.width = self._mm(width)
                self.write(cell.paragraphs[0], words)

    def source(self, words: str) -> None:
        """Add a numbered publication, its number hanging."""
        form = self.add(words).paragraph_format
        form.left_indent, form.first_line_indent = self._mm(HANGING_MM), self._mm(-HANGING_MM)

    def _caption(self, kind: str, title: str) -> Any:  # noqa: ANN401 - no types
        """Add a caption with a number that Word counts anew where figures are moved."""
        self._numbers[kind] += 1
        label, number = text(self.lang)(LABELS[kind]), self._numbers[kind]
        whole = caption(kind, number, title, self.lang)
        before, _, after = whole.partition(str(number))
        paragraph = self.add(before, "Caption")
        self._field(paragraph, rf"SEQ {label} \* ARABIC", str(number))
        self.write(paragraph, after)
        return paragraph

    def _number_pages(self, paragraph: Any) -> None:  # noqa: ANN401 - no types
        """Write which page it is of how many."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - reports alone need it

        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        first, last = "\1", "\2"
        line = text(self.lang)("export.report_page", page=first, pages=last)
        before, _, rest = line.partition(first)
        between, _, after = rest.partition(last)
        self.write(paragraph, before)
        self._field(paragraph, "PAGE", "1")
        self.write(paragraph, between)
        self._field(paragraph, "NUMPAGES", "1")
        self.write(paragraph, after)

    def _field(self, paragraph: Any, told: str, shown: str) -> None:  # noqa: ANN401 - no types
        """Write a field: what Word works out, and what it shows until then."""
        from docx.oxml import OxmlElement  # noqa: PLC0415 - reports alone need it
        from docx.oxml.ns import qn  # noqa: PLC0415

        for kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run = paragraph.add_run()
            run._r.append(mark)  # noqa: SLF001 - no public way to fields
            speak(run._r.get_or_add_rPr(), self.lang)  # noqa: SLF001
            if kind == "begin":
                code = OxmlElement("w:instrText")
                code.text = f" {told} "
                paragraph.add_run()._r.append(code)  # noqa: SLF001
            elif kind == "separate":
                self.write(paragraph, shown)


def docx_of(report: Report, lang: Lang, picture: Picture) -> bytes:
    """Return a Word document with real headings, captions, alternative text and sources."""
    document = Document(lang)
    describe(document.made, of_report(report, lang))
    document.add(report.title, "Title")
    document.add(report.subtitle, "Subtitle")
    for section in report.sections:
        document.add(section.heading, "Heading 1")
        if section.figure:
            document.figure(section, picture)
        for paragraph in section.paragraphs:
            document.add(paragraph)
        if section.table:
            document.table(section)
    document.add(text(lang)("export.report_sources"), "Heading 1")
    for place, line in enumerate(report.sources, 1):
        document.source(f"[{place}] {line}")
    for line in report.credits:
        document.add(line)
    file = io.BytesIO()
    document.made.save(file)
    return file.getvalue()


def speak(properties: Any, tongue: Lang) -> None:  # noqa: ANN401 - no types
    """Tell the language of a run, and that Chinese marks are set as Chinese."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - reports alone need it
    from docx.oxml.ns import qn  # noqa: PLC0415

    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), EAST_ASIAN)
    if tongue == "zh":
        fonts.set(qn("w:hint"), "eastAsia")  # or its quotation marks would be Latin ones
    told = OxmlElement("w:lang")
    told.set(qn("w:val"), LANGUAGE_TAGS[tongue])
    told.set(qn("w:eastAsia"), LANGUAGE_TAGS["zh"])
    properties.append(told)


def plain_rows(table: Any) -> None:  # noqa: ANN401 - no types
    """Leave a table its rules and its head alone: no grey rows, no bold names."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - reports alone need it

    (look,) = table._tbl.tblPr.iter(qn("w:tblLook"))  # noqa: SLF001 - no public way
    look.attrib.clear()
    for name, value in LOOK.items():
        look.set(qn(f"w:{name}"), value)


def set_styles(document: Any, lang: Lang) -> None:  # noqa: ANN401 - no types
    """Give the styles their type, size and language, in the ink of the figures."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - reports alone need it
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    relations = document.part.rels
    for name in [key for key, one in relations.items() if one.reltype.endswith(OF_2010)]:
        relations.pop(name)
    ink = RGBColor.from_string(INK["light"].text.removeprefix("#").upper())
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()  # the fonts of a theme would go before those that are named
        for sign in SIGNS:
            fonts.set(qn(f"w:{sign}"), EAST_ASIAN if sign == "eastAsia" else LATIN)
    for told in document.styles.element.iter(qn("w:lang")):
        told.set(qn("w:val"), LANGUAGE_TAGS[lang])
        told.set(qn("w:eastAsia"), LANGUAGE_TAGS["zh"])
    for line in document.styles["Title"].element.iter(qn("w:bottom")):
        line.attrib.pop(qn("w:themeColor"))
        line.set(qn("w:color"), str(ink))
    for name, size in SIZES.items():
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), EAST_ASIAN)
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), ink, False
        style.hidden, style.quick_style = False, True


def set_settings(document: Any, lang: Lang) -> None:  # noqa: ANN401 - no types
    """Let Word open it as a document of today, not in the mode of an earlier Word."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - reports alone need it

    settings = document.settings.element
    for state in list(settings.iter(qn("w:proofState"))):
        settings.remove(state)  # nobody has proofed it
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), MODE)
    for told in settings.iter(qn("w:themeFontLang")):
        told.set(qn("w:val"), LANGUAGE_TAGS[lang])
        told.set(qn("w:eastAsia"), LANGUAGE_TAGS["zh"])
