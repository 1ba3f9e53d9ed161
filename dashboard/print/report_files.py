"""Reports as documents that can be edited on: Word, PowerPoint, and PDF by way of Chrome."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING, Any, Final

from dashboard.print.paper import Print
from dashboard.print.report_tables import columns, parts
from dashboard.print.svg import ON_A_PAGE
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.print.exhibit import Exhibit
    from dashboard.print.report import Report
    from geodata.records import Lang

    Picture = Callable[[Exhibit, Print, str], bytes]

EAST_ASIAN: Final = "Microsoft YaHei"
"""Of Office's own fonts for Chinese; Office falls back by itself where it is missing."""
PAGE_MM, MARGIN_MM, TEXT_MM = (210, 297), 20, 170
"""A4, and what its margins leave for text, figures and tables."""
SLIDE_MM: Final = (338.67, 190.5)
TABLE_MM: Final = (310, 156)
"""Width and greatest height of a table on a slide."""
TABLE_TYPE: Final = 14
LINES_OF_A_SLIDE: Final = 9
EMU: Final = 36000
"""English metric units in a millimetre."""
ALT = "descr"


def docx_of(report: Report, lang: Lang, picture: Picture) -> bytes:
    """Return a Word document with real headings, captions, alternative text and sources."""
    from docx import Document  # noqa: PLC0415 - reports alone need it
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    t = text(lang)
    document = Document()
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Caption"):
        style = document.styles[name]
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), EAST_ASIAN)
    document.styles["Normal"].font.size = Pt(10.5)
    page = document.sections[0]
    page.page_width, page.page_height = (Mm(side) for side in PAGE_MM)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN_MM)
    document.core_properties.title = report.title
    document.core_properties.language = "zh-CN" if lang == "zh" else "en"
    document.add_heading(report.title, 0)
    document.add_paragraph(report.subtitle, style="Subtitle")
    number = 0
    for section in report.sections:
        document.add_heading(section.heading, 1)
        if section.figure:
            number += 1
            choice = Print("a4-half", lang)
            content = picture(section.figure, choice, "png")
            shape = document.add_picture(io.BytesIO(content), width=Mm(TEXT_MM))
            shape._inline.docPr.set(ALT, section.figure.alt)  # noqa: SLF001 - no public way
            document.paragraphs[-1].paragraph_format.keep_with_next = True
            caption = t("export.report_figure", n=number, title=section.figure.title)
            document.add_paragraph(caption, style="Caption")
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph)
        if section.table:
            _word_table(document, section.table)
    document.add_heading(t("export.report_sources"), 1)
    for place, line in enumerate(report.sources, 1):
        document.add_paragraph(f"[{place}] {line}")
    for line in report.credits:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _word_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:  # noqa: ANN401
    """Add a table whose head stands on each page anew and whose rows stay whole."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - reports alone need it
    from docx.shared import Mm  # noqa: PLC0415

    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Light Grid Accent 1")
    table.autofit = False
    across = columns(rows, TEXT_MM)
    for column, width in zip(table.columns, across, strict=True):
        column.width = Mm(width)
    for number, (line, row) in enumerate(zip(table.rows, rows, strict=True)):
        told = line._tr.get_or_add_trPr()  # noqa: SLF001 - no public way
        told.append(OxmlElement("w:cantSplit"))
        if number == 0:
            told.append(OxmlElement("w:tblHeader"))
        for cell, words, width in zip(line.cells, row, across, strict=True):
            cell.text, cell.width = words, Mm(width)


def pptx_of(report: Report, lang: Lang, picture: Picture) -> bytes:
    """Return slides: a figure or a table each, with alternative text; the sources at the end."""
    from pptx import Presentation  # noqa: PLC0415 - reports alone need it
    from pptx.util import Mm, Pt  # noqa: PLC0415

    t = text(lang)
    deck = Presentation()
    deck.slide_width, deck.slide_height = (Mm(side) for side in SLIDE_MM)
    deck.core_properties.title = report.title
    opening = deck.slides.add_slide(deck.slide_layouts[0])
    opening.shapes.title.text = report.title
    opening.placeholders[1].text = report.subtitle
    for shape, top, size in ((opening.shapes.title, 55, 40), (opening.placeholders[1], 100, 22)):
        shape.left, shape.top, shape.width, shape.height = Mm(24), Mm(top), Mm(290), Mm(40)
        shape.text_frame.paragraphs[0].font.size = Pt(size)

    def slide(heading: str) -> Any:  # noqa: ANN401 - python-pptx has no types
        made = deck.slides.add_slide(deck.slide_layouts[5])
        title = made.shapes.title
        title.text = heading
        title.left, title.top, title.width, title.height = Mm(12), Mm(6), Mm(314), Mm(16)
        title.text_frame.paragraphs[0].font.size = Pt(26)
        return made

    for section in report.sections:
        if section.figure:
            made = slide(section.heading)
            content = picture(section.figure, Print("slide", lang, width=286), "png")
            shape = made.shapes.add_picture(io.BytesIO(content), Mm(26), Mm(24), height=Mm(161))
            shape._element.nvPicPr.cNvPr.set(ALT, section.figure.alt)  # noqa: SLF001 - no public way
            made.notes_slide.notes_text_frame.text = "\n".join(section.paragraphs)
        elif section.table:
            across = columns(section.table, TABLE_MM[0])
            for part in parts(section.table, across, TABLE_TYPE, TABLE_MM[1]):
                _slide_table(slide(section.heading), part, across)
        else:
            _slide_words(slide(section.heading), section.paragraphs, (Mm, Pt))
    lines = [f"[{place}] {line}" for place, line in enumerate(report.sources, 1)]
    lines += report.credits
    for start in range(0, len(lines), LINES_OF_A_SLIDE):
        words = tuple(lines[start : start + LINES_OF_A_SLIDE])
        _slide_words(slide(t("export.report_sources")), words, (Mm, Pt))
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _slide_table(slide: Any, rows: list[tuple[str, ...]], across: list[float]) -> None:  # noqa: ANN401
    from pptx.util import Mm, Pt  # noqa: PLC0415 - reports alone need it

    size, row_mm = (len(rows), len(rows[0])), 8
    table = slide.shapes.add_table(
        *size, Mm(14), Mm(28), Mm(TABLE_MM[0]), Mm(row_mm * size[0])
    ).table
    for column, width in zip(table.columns, across, strict=True):
        column.width = Mm(width)
    for y, row in enumerate(rows):
        for x, words in enumerate(row):
            cell = table.cell(y, x)
            cell.text = words
            cell.text_frame.paragraphs[0].font.size = Pt(TABLE_TYPE)


def _slide_words(slide: Any, lines: tuple[str, ...], units: Any) -> None:  # noqa: ANN401
    mm, pt = units
    frame = slide.shapes.add_textbox(mm(14), mm(28), mm(310), mm(150)).text_frame
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.text = line
        paragraph.font.size = pt(13)


def html_of(report: Report, lang: Lang, picture: Picture) -> str:
    """Return the page that Chrome prints as PDF: the same sections, figures as vectors."""
    t = text(lang)
    parts = [f"<h1>{escape(report.title)}</h1><p class=sub>{escape(report.subtitle)}</p>"]
    number = 0
    for section in report.sections:
        parts.append(f"<section><h2>{escape(section.heading)}</h2>")
        if section.figure:
            number += 1
            drawn = picture(section.figure, Print("a4-half", lang), "svg").decode()
            caption = t("export.report_figure", n=number, title=section.figure.title)
            parts.append(f"<figure>{drawn}<figcaption>{escape(caption)}</figcaption></figure>")
        parts += [f"<p>{escape(paragraph)}</p>" for paragraph in section.paragraphs]
        if section.table:
            head, *rows = section.table
            parts += ["<table><tr>", *(f"<th>{escape(w)}</th>" for w in head), "</tr>"]
            for row in rows:
                parts += ["<tr>", *(f"<td>{escape(w)}</td>" for w in row), "</tr>"]
            parts.append("</table>")
        parts.append("</section>")
    parts.append(f"<h2>{escape(t('export.report_sources'))}</h2>")
    parts += [f"<p>[{n}] {escape(line)}</p>" for n, line in enumerate(report.sources, 1)]
    parts += [f"<p>{escape(line)}</p>" for line in report.credits]
    code = "zh-Hans" if lang == "zh" else "en"
    return (
        f'<!doctype html><html lang="{code}"><head><meta charset="utf-8">'
        f"<title>{escape(report.title)}</title><style>{STYLE}{ON_A_PAGE}</style></head>"
        f"<body>{''.join(parts)}</body></html>"
    )


STYLE: Final = """
@page { size: A4; margin: 20mm }
body { font: 10.5pt/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  margin: 0 }
h1 { font-size: 20pt; margin: 0 } h2 { font-size: 13pt; margin: 1.2em 0 .3em; break-after: avoid }
figure { margin: 0; break-inside: avoid } figure svg { width: 170mm; height: auto; display: block }
figcaption { font-size: 9pt; color: #5c676d } p { margin: .3em 0; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt } tr { break-inside: avoid }
th, td { text-align: left; border-bottom: .5pt solid #c9cdcb; padding: 2pt 4pt }
"""
