"""Reports opened by LibreOffice, where there is one: it lays out every page and keeps the words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import all_panels
from dashboard.print import report_slides, report_word
from dashboard.print.report import Report, find_place, report
from tests.other_programs import in_libreoffice, needs_libreoffice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dashboard.print.exhibit import Exhibit
    from dashboard.print.paper import Print
    from dashboard.scene import Scene
    from dashboard.view import View

pytestmark = needs_libreoffice


def drawn(_exhibit: Exhibit, choice: Print, _kind: str) -> bytes:
    """Draw nothing, in the shape that the figure would have."""
    file = io.BytesIO()
    height = choice.paper.height
    assert height is not None
    Image.new("RGB", (round(choice.paper.width), round(height)), "#cccccc").save(file, "png")
    return file.getvalue()


@pytest.fixture
def capital(scene: Scene, read: Callable[[str], View]) -> Report:
    view = read("")
    return report(
        scene,
        find_place(scene, "capital", view.scheme),
        view,
        scene.context(view),
        all_panels(PAGES),
    )


def laid_out(content: bytes, name: str, folder: Path) -> PdfReader:
    path = folder / name
    path.write_bytes(content)
    (made,) = in_libreoffice([path], folder, "pdf")
    return PdfReader(made)


def plain(words: str) -> str:
    return "".join(words.split())


def test_a_word_document_is_a_few_pages_of_a4(capital: Report, tmp_path: Path) -> None:
    content = report_word.docx_of(capital, "zh", drawn)
    pages = laid_out(content, "report.docx", tmp_path).pages
    assert 4 <= len(pages) <= 13
    for page in pages:
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx((595, 842), abs=1)
    said = plain("".join(page.extract_text() for page in pages))
    assert [s.heading for s in capital.sections if plain(s.heading) not in said] == []
    assert plain(capital.credits[-1]) in plain(pages[-1].extract_text())


def test_slides_are_as_many_as_the_deck_has(capital: Report, tmp_path: Path) -> None:
    content = report_slides.pptx_of(capital, "zh", drawn)
    pages = laid_out(content, "report.pptx", tmp_path).pages
    assert 9 <= len(pages) <= 21
    assert plain(capital.title) in plain(pages[0].extract_text())
    assert plain(capital.credits[-1]) in plain(pages[-1].extract_text())
    table = next(page for page in pages if "主要指标" in page.extract_text())
    section = next(s for s in capital.sections if s.heading == "主要指标")
    assert [
        row[0] for row in section.table if plain(row[0]) not in plain(table.extract_text())
    ] == []
