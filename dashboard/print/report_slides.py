"""A report as slides of PowerPoint: a figure or a table each, the sources at the end."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from dashboard.lettering import width_of
from dashboard.print.about import LANGUAGE_TAGS, of_report
from dashboard.print.office import EAST_ASIAN, LATIN, describe, readable
from dashboard.print.paper import PER_MM, Print
from dashboard.print.report_tables import POINT, columns, parts, tall
from dashboard.print.scripts import pieces
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.print.exhibit import Exhibit
    from dashboard.print.office import Picture
    from dashboard.print.report import Report
    from geodata.records import Lang

SLIDE_MM: Final = (338.67, 190.5)
HEADING_MM: Final = (12, 6, 314, 16)
"""Left, top, width and height of the heading of a slide; so of all boxes below."""
OPENING_MM: Final = ((24, 55, 290, 40), (24, 100, 290, 40))
PICTURE_MM: Final = (26, 24, 286, 161)
WORDS_MM: Final = (14, 28, 310, 150)
NUMBER_MM: Final = (311, 180, 22, 8)
TABLE_MM: Final = (310, 156)
"""Width and greatest height of a table on a slide."""
OPENING_TYPE: Final = (40, 22)
HEADING_TYPE, TABLE_TYPE, NUMBER_TYPE, LEAST_HEADING = 26, 14, 12, 18
WORDS_TYPES: Final = (20, 18, 16, 14, 13)
"""Type of the words of a slide: the largest at which all have room."""
LINES_OF_A_SLIDE: Final = 9
ROW_MM: Final = 8
OPENING, TITLE_ONLY = 0, 5
"""Layouts of the template."""


class Deck:
    """Slides under way.

    Parameters
    ----------
    lang
        Their language.
    """

    def __init__(self, lang: Lang) -> None:
        from pptx import Presentation  # noqa: PLC0415 - reports alone need it
        from pptx.util import Mm, Pt  # noqa: PLC0415

        self.lang, self.made = lang, Presentation()
        self._mm, self._pt = Mm, Pt
        widen(self.made, Mm(SLIDE_MM[0]), Mm(SLIDE_MM[1]))

    def open(self, title: str, subtitle: str) -> None:
        """Add the slide that all begins with."""
        slide = self.made.slides.add_slide(self.made.slide_layouts[OPENING])
        boxes = (slide.shapes.title, slide.placeholders[1])
        for shape, words, at, size in zip(
            boxes, (title, subtitle), OPENING_MM, OPENING_TYPE, strict=True
        ):
            self._place(shape, at)
            self.write(shape.text_frame.paragraphs[0], words, size)

    def slide(self, heading: str) -> Any:  # noqa: ANN401 - python-pptx has no types
        """Add a slide with a heading in one line where that can be read, and its number."""
        made = self.made.slides.add_slide(self.made.slide_layouts[TITLE_ONLY])
        self._place(made.shapes.title, HEADING_MM)
        room = HEADING_MM[2] * PER_MM / width_of(heading, POINT)
        size = max(LEAST_HEADING, min(HEADING_TYPE, int(room)))
        self.write(made.shapes.title.text_frame.paragraphs[0], heading, size)
        self._number(made)
        return made

    def figure(self, figure: Exhibit, notes: Iterable[str], picture: Picture) -> None:
        """Add a figure with its alternative text; what is said of it goes to the notes."""
        made = self.slide(figure.title)
        left, top, width, height = PICTURE_MM
        # What is not as wide as the slide is as high.
        wide = Print("slide", self.lang, width=width)
        content = readable(figure, picture, "png", self.lang, wide)
        shape = made.shapes.add_picture(
            io.BytesIO(content), self._mm(left), self._mm(top), height=self._mm(height)
        )
        shape._element.nvPicPr.cNvPr.set("descr", figure.alt)  # noqa: SLF001 - no public way
        self._lines(made.notes_slide.notes_text_frame, notes, None)

    def table(
        self, heading: str, rows: Sequence[tuple[str, ...]], notes: Sequence[str] = ()
    ) -> None:
        """Add a table, on as many slides as it takes, each with its head and the notes."""
        across = columns(rows, TABLE_MM[0])
        for part in parts(rows, across, TABLE_TYPE, TABLE_MM[1]):
            made, size = self.slide(heading), (len(part), len(part[0]))
            if notes:
                self._lines(made.notes_slide.notes_text_frame, notes, None)
            heights = [max(ROW_MM, tall(row, across, TABLE_TYPE)) for row in part]
            box = (*WORDS_MM[:2], TABLE_MM[0], sum(heights))
            frame = made.shapes.add_table(*size, *map(self._mm, box))
            frame._element.nvGraphicFramePr.cNvPr.set("descr", heading)  # noqa: SLF001
            for column, width in zip(frame.table.columns, across, strict=True):
                column.width = self._mm(width)
            for line, height in zip(frame.table.rows, heights, strict=True):
                line.height = self._mm(height)
            for y, row in enumerate(part):
                for x, words in enumerate(row):
                    cell = frame.table.cell(y, x)
                    self.write(cell.text_frame.paragraphs[0], words, TABLE_TYPE)

    def words(self, heading: str, lines: Sequence[str]) -> None:
        """Add lines of text, on as many slides as they take, all in type of one size."""
        starts = range(0, len(lines), LINES_OF_A_SLIDE)
        several = [lines[start : start + LINES_OF_A_SLIDE] for start in starts]
        size = min(map(type_of, several), default=WORDS_TYPES[0])
        for part in several:
            shapes = self.slide(heading).shapes
            frame = shapes.add_textbox(*map(self._mm, WORDS_MM)).text_frame
            frame.word_wrap = True
            self._lines(frame, part, size)

    def write(self, paragraph: Any, words: str, size: float | None) -> None:  # noqa: ANN401
        """Write into a paragraph, each script as a run of its language and type."""
        for piece, tongue in pieces(words, self.lang):
            run = paragraph.add_run()
            run.text = piece
            run.font.size = self._pt(size) if size else None
            speak(run, tongue)

    def _lines(self, frame: Any, lines: Iterable[str], size: float | None) -> None:  # noqa: ANN401
        for place, line in enumerate(lines):
            self.write(frame.paragraphs[0] if place == 0 else frame.add_paragraph(), line, size)

    def _place(self, shape: Any, at: Sequence[float]) -> None:  # noqa: ANN401 - no types
        shape.left, shape.top, shape.width, shape.height = map(self._mm, at)

    def _number(self, slide: Any) -> None:  # noqa: ANN401 - no types
        """Write the number of a slide, which PowerPoint keeps right where slides are moved."""
        from pptx.enum.text import PP_ALIGN  # noqa: PLC0415 - reports alone need it
        from pptx.oxml.xmlchemy import OxmlElement  # noqa: PLC0415

        box = slide.shapes.add_textbox(*map(self._mm, NUMBER_MM))
        paragraph = box.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        self.write(paragraph, str(len(self.made.slides)), NUMBER_TYPE)
        (run,) = paragraph._p.r_lst  # noqa: SLF001 - a field is a run that is counted
        field = OxmlElement("a:fld")
        field.set("id", "{7B4C1F0A-2F5D-4D0E-9C53-0A6E5D1B8F21}")
        field.set("type", "slidenum")
        field.extend(list(run))
        run.getparent().replace(run, field)


def pptx_of(report: Report, lang: Lang, picture: Picture) -> bytes:
    """Return slides: a figure or a table each, with alternative text; the sources at the end."""
    deck = Deck(lang)
    describe(deck.made, of_report(report, lang))
    deck.open(report.title, report.subtitle)
    for section in report.sections:
        if section.figure:
            deck.figure(section.figure, section.paragraphs, picture)
        if section.table:
            deck.table(section.caption, section.table, section.paragraphs)
        if not (section.figure or section.table):
            deck.words(section.heading, section.paragraphs)
    numbered = [f"[{place}] {line}" for place, line in enumerate(report.sources, 1)]
    deck.words(text(lang)("export.report_sources"), [*numbered, *report.credits])
    tell_language(deck.made, lang)
    file = io.BytesIO()
    deck.made.save(file)
    return file.getvalue()


def type_of(part: Iterable[str]) -> int:
    """Return the type of the words of a slide in points."""
    rows, (_, _, *room) = [(line,) for line in part], WORDS_MM
    heights = ((one, sum(tall(row, room[:1], one) for row in rows)) for one in WORDS_TYPES)
    return next((one for one, height in heights if height <= room[1]), WORDS_TYPES[-1])


def speak(run: Any, tongue: Lang) -> None:  # noqa: ANN401 - no types
    """Tell the language of a run, and its type in both scripts."""
    from pptx.oxml.xmlchemy import OxmlElement  # noqa: PLC0415 - reports alone need it

    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - no public way to its language
    properties.set("lang", LANGUAGE_TAGS[tongue])
    properties.set("altLang", LANGUAGE_TAGS["en" if tongue == "zh" else "zh"])
    run.font.name = LATIN
    east_asian = OxmlElement("a:ea")
    east_asian.set("typeface", EAST_ASIAN)
    properties.append(east_asian)


def tell_language(deck: Any, lang: Lang) -> None:  # noqa: ANN401 - no types
    """Have what is added to the slides by hand be of their language too, not of the template's."""
    masters = (deck.slide_master, *deck.slide_layouts, deck.notes_master)
    for part in (deck.part, *(one.part for one in masters)):
        for told in part._element.xpath(".//*[@lang]"):  # noqa: SLF001 - no public way
            told.set("lang", LANGUAGE_TAGS[lang])


def widen(deck: Any, width: int, height: int) -> None:  # noqa: ANN401 - no types
    """Make the slides as wide as screens are, and their layouts, for the slides that are added."""
    across = width / deck.slide_width
    for slide in (deck.slide_master, *deck.slide_layouts):
        for shape in slide.placeholders:
            if shape._element.spPr.xfrm is not None:  # noqa: SLF001 - others have the master's
                shape.left, shape.width = round(shape.left * across), round(shape.width * across)
    deck.slide_width, deck.slide_height = width, height
    deck.part._element.sldSz.attrib.pop("type")  # noqa: SLF001 - the template's is 4:3
