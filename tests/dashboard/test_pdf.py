"""What a PDF says of itself is added without touching its pages, tags and outline."""

from __future__ import annotations

import io
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery, all_panels
from dashboard.print import about, pdf, typeface
from dashboard.print.chrome import Chrome
from dashboard.print.paper import Print
from dashboard.print.report import find_place, report
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View

TOLD = about.About(
    "zh",
    "标题 & <副题>",
    "范围：京津冀",
    ("统计年鉴（2024）", "审图号 GS(2024)0650号", "http://a/?b=1&c=2"),
)


@pytest.fixture
def drawn() -> bytes:
    """A PDF with an outline and the root of a tree of tags, as Chrome writes them."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_outline_item(title="一", page_number=0)
    writer.root_object[NameObject("/StructTreeRoot")] = DictionaryObject()
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_pdf_says_author_subject_keywords_and_when(drawn: bytes) -> None:
    made = PdfReader(io.BytesIO(pdf.described(drawn, TOLD)))
    told = made.metadata
    assert told is not None
    assert told.title == "标题 & <副题>"
    assert told.author == told.creator == "京津冀产业协同图谱"
    assert told.subject == "范围：京津冀"
    assert str(told["/Keywords"]) == "统计年鉴（2024）; 审图号 GS(2024)0650号; http://a/?b=1&c=2"
    for moment in (told.creation_date, told.modification_date):
        assert moment is not None
        assert timedelta(0) <= datetime.now(tz=UTC) - moment < timedelta(minutes=10)


def test_a_catalogue_reads_the_same_in_xmp(drawn: bytes) -> None:
    made = PdfReader(io.BytesIO(pdf.described(drawn, TOLD)))
    told = made.xmp_metadata
    assert told is not None
    assert told.dc_title == {"x-default": TOLD.title}
    assert told.dc_creator == ["京津冀产业协同图谱"]
    assert told.dc_description == {"x-default": TOLD.subject}
    assert told.dc_subject == list(TOLD.keywords)
    assert told.dc_language == ["zh-CN"]
    assert told.xmp_create_date == made.metadata.creation_date.replace(tzinfo=None)  # type: ignore[union-attr]
    stream = made.root_object["/Metadata"].get_object()
    assert (stream["/Type"], stream["/Subtype"]) == ("/Metadata", "/XML")  # type: ignore[index]


def test_what_was_there_stays_byte_by_byte(drawn: bytes) -> None:
    described = pdf.described(drawn, TOLD)
    assert described.startswith(drawn)
    made = PdfReader(io.BytesIO(described))
    assert [one.title for one in made.outline] == ["一"]  # type: ignore[union-attr]
    assert "/StructTreeRoot" in made.root_object


@pytest.mark.parametrize(
    ("search", "chart", "number"),
    [
        ("", "map", "审图号 GS(2024)0650号"),
        ("?lang=en", "map", "review no. GS(2024)0650"),
        ("", "industry", ""),
    ],
)
def test_a_figure_names_its_sources_the_review_number_and_its_address(
    scene: Scene, read: Callable[[str], View], search: str, chart: str, number: str
) -> None:
    view = read(search)
    made = Gallery(scene, PAGES).exhibits(PAGES["/"], chart, view, Print(words=view.lang))
    told = about.of_figure(made, "http://127.0.0.1:8050/?x=1")
    assert (told.title, told.subject) == (made[0].title, made[0].subtitle)
    *sources, last = told.keywords
    assert last == "http://127.0.0.1:8050/?x=1"
    assert (number in sources) if number else not any("GS(" in one for one in sources)
    assert sum("2020" in one for one in sources) >= 1
    assert len(set(told.keywords)) == len(told.keywords)


def test_a_report_names_every_source_it_numbers(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("?lang=en")
    place = find_place(scene, "capital", view.scheme)
    made = report(scene, place, view, scene.context(view), all_panels(PAGES))
    told = about.of_report(made, "en")
    assert len(made.named) == len(made.sources)
    assert set(made.named) <= set(told.keywords)
    assert "review no. GS(2024)0650" in told.keywords


def test_type_that_is_drawn_letter_by_letter_is_told_once_and_the_file_is_whole(
    monkeypatch: pytest.MonkeyPatch, drawn: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    drawn_letters = drawn + b"% /Subtype /Type3\n"
    assert pdf.has_drawn_letters(drawn_letters)
    assert not pdf.has_drawn_letters(drawn)
    monkeypatch.setattr(typeface, "handed", lambda page: page)
    chrome = Chrome(dict, "serif")

    def printed(work: object) -> bytes:
        work.close()  # type: ignore[attr-defined]
        return drawn_letters

    monkeypatch.setattr(chrome, "_run", printed)
    with caplog.at_level(logging.WARNING):
        made = [chrome.document("<p>", TOLD) for _ in range(2)]
    assert all(PdfReader(io.BytesIO(one)).metadata.title == TOLD.title for one in made)  # type: ignore[union-attr]
    assert [one.message for one in caplog.records] == [
        "\n".join(text(lang)("export.type3") for lang in ("zh", "en"))
    ]
