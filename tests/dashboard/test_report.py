"""Reports: a place is found, each figure has its sources, and the documents open."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation

from dashboard.export import report_files
from dashboard.export.errors import ExportError
from dashboard.export.report import Report, find_place, report
from dashboard.pages.frame import context

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.text.paragraph import Paragraph

    from dashboard.export.exhibit import Exhibit
    from dashboard.export.paper import Print
    from dashboard.scene import Scene
    from dashboard.view import View


def drawn(_exhibit: Exhibit, _choice: Print, kind: str) -> bytes:
    if kind == "svg":
        return b"<svg/>"
    file = io.BytesIO()
    Image.new("RGB", (160, 90)).save(file, "png")
    return file.getvalue()


def style_of(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return str(paragraph.style.name)


@pytest.fixture
def capital(scene: Scene, read: Callable[[str], View]) -> Report:
    view = read("")
    place = find_place(scene, "capital", view.scheme)
    return report(scene, place, view, context(scene, view))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("capital", "article/capital"),
        ("首都都市圈", "article/capital"),
        ("plan2026/commuting", "plan2026/commuting"),
        ("110112", "110112"),
        ("通州区", "110112"),
        ("tongzhou", "110112"),
        ("JJJ", "JJJ"),
    ],
)
def test_a_place_is_found_by_id_code_or_name(scene: Scene, asked: str, found: str) -> None:
    assert find_place(scene, asked, "article").id == found


def test_a_name_of_several_places_or_of_none_is_an_error(scene: Scene) -> None:
    with pytest.raises(ExportError, match="More than one place"):
        find_place(scene, "桥西区", "article")
    with pytest.raises(ExportError, match="No circle or region"):
        find_place(scene, "../etc", "article")


def test_every_number_in_brackets_is_a_source(capital: Report) -> None:
    words = [w for s in capital.sections for w in s.paragraphs]
    words += [cell for s in capital.sections for row in s.table for cell in row]
    used = {
        int(n) for w in words for found in re.findall(r"\[([\d, ]+)\]", w) for n in found.split(",")
    }
    assert used == set(range(1, len(capital.sources) + 1))


def test_the_key_figures_are_those_of_the_atlas_and_name_what_they_lack(
    capital: Report, scene: Scene
) -> None:
    figures = scene.atlas.profile("article/capital", "article").figures
    table = next(s.table for s in capital.sections if s.table and len(s.table[0]) == 4)
    shown = [figure for figure in figures if figure.value.value is not None]
    assert [row[0] for row in table[1:]] == [figure.indicator.name.zh for figure in shown]
    for row, figure in zip(table[1:], shown, strict=True):
        assert all(place.label.zh in row[3] for place in figure.lacking)


def test_a_word_document_has_headings_captions_and_alternative_text(capital: Report) -> None:
    document = Document(io.BytesIO(report_files.docx_of(capital, "zh", drawn)))
    headings = [p.text for p in document.paragraphs if style_of(p) == "Heading 1"]
    assert headings[:-1] == [section.heading for section in capital.sections]
    figures = [section.figure for section in capital.sections if section.figure]
    captions = [p.text for p in document.paragraphs if style_of(p) == "Caption"]
    assert [caption.split("\u3000")[1] for caption in captions] == [f.title for f in figures]
    alts = [
        shape._inline.docPr.get("descr")  # noqa: SLF001 - no public way
        for shape in document.inline_shapes
    ]
    assert alts == [figure.alt for figure in figures]


def test_slides_have_titles_and_alternative_text(capital: Report) -> None:
    deck = Presentation(io.BytesIO(report_files.pptx_of(capital, "zh", drawn)))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[0] == capital.title
    assert {section.heading for section in capital.sections} <= set(titles)
    alts = [
        shape._element.nvPicPr.cNvPr.get("descr")  # noqa: SLF001 - no public way
        for slide in deck.slides
        for shape in slide.shapes
        if shape.shape_type == 13
    ]
    assert alts == [section.figure.alt for section in capital.sections if section.figure]


def test_words_in_the_page_for_pdf_stay_words(capital: Report) -> None:
    hostile = Report("<script>", "&", capital.sections, ("<b>",), (), "x")
    page = report_files.html_of(hostile, "zh", drawn)
    assert "<script" not in page
    assert "&lt;b&gt;" in page
