"""The report as PDF, printed by a real Chrome: pages, headings, figures and the sources last."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from dashboard import printing
from dashboard.lettering import STRAIGHT
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import all_panels
from dashboard.print.chrome import Chrome
from dashboard.print.report import Report, find_place, report
from dashboard.scene import Scene, vocabulary
from dashboard.text import text
from dashboard.view import parse
from tests.browser.test_pdf_type import faults, fonts
from tests.pdf_words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.records import Lang

SITE = "https://atlas.example"


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> Lang:
    chosen: Lang = request.param
    return chosen


@pytest.fixture(scope="module")
def told(atlas: Atlas, lang: Lang) -> Report:
    scene = Scene(atlas, str, vocabulary(atlas))
    view = parse(f"?lang={lang}", scene.vocabulary)[0]
    return report(
        scene,
        find_place(scene, "capital", view.scheme),
        view,
        scene.context(view),
        all_panels(PAGES),
    )


@pytest.fixture(scope="module")
def printed(
    atlas: Atlas,
    manifest: Manifest,
    browser_path: str,
    lang: Lang,
    tmp_path_factory: pytest.TempPathFactory,
) -> PdfReader:
    out = tmp_path_factory.mktemp("report") / "report.pdf"
    line = argparse.Namespace(out=str(out), view="", lang=lang, place="capital", site=SITE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "Chrome", partial(Chrome, path=browser_path))
        assert printing.report(line, atlas, manifest, lambda _: None) == 0
    return PdfReader(out)


def plain(words: str) -> str:
    """Return words without spaces; English ones are set with straight quotes."""
    return "".join(words.split()).translate(STRAIGHT)


def everything(printed: PdfReader) -> str:
    return plain("".join(words_of(page) for page in printed.pages))


def test_its_pages_are_a4_and_none_is_empty(printed: PdfReader) -> None:
    assert len(printed.pages) >= 4
    for page in printed.pages:
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx((595, 842), abs=1)
        assert len(plain(words_of(page))) > 100


def test_its_headings_are_in_its_outline(printed: PdfReader, told: Report, lang: Lang) -> None:
    headings = [section.heading for section in told.sections]
    sources = text(lang)("export.report_sources")
    found = [plain(title) for title in titles(printed.outline)]
    # Chrome leaves out the space at which a heading is broken into two lines.
    assert found == [plain(title) for title in (told.title, *headings, sources)]
    assert printed.metadata is not None
    assert printed.metadata.title == told.title


def test_its_type_is_truetype_and_it_says_where_it_is_from(printed: PdfReader, lang: Lang) -> None:
    assert [fault for font in fonts(printed) for fault in faults(font)] == []
    assert printed.metadata is not None
    assert printed.metadata.author == text(lang)("shell.title")
    keywords = str(printed.metadata["/Keywords"])
    assert "GS(2024)0650" in keywords
    assert f"{SITE}/place?" in keywords
    assert "circle=capital" in keywords


def titles(outline: list[Any]) -> Iterator[str]:
    for one in outline:
        if isinstance(one, list):
            yield from titles(one)
        else:
            yield one.title


def test_it_says_every_word_in_order_and_the_sources_last(
    printed: PdfReader, told: Report, lang: Lang
) -> None:
    written, at = everything(printed), 0
    for number, line in enumerate(demanded(told, text(lang)("export.report_sources")), 1):
        found = written.find(plain(line), at)
        assert found >= 0, f"line {number} is missing or out of order: {line}"
        at = found + len(plain(line))
    assert at == len(written)


def demanded(told: Report, sources: str) -> Iterator[str]:
    yield told.title
    yield told.subtitle
    for section in told.sections:
        yield section.heading
        if section.figure:
            yield section.figure.title
        yield from section.paragraphs
        yield from (cell for row in section.table for cell in row)
    yield sources
    yield from (f"[{number}] {line}" for number, line in enumerate(told.sources, 1))
    yield from told.credits


def test_its_figures_have_alternative_text(printed: PdfReader, told: Report) -> None:
    root: Any = printed.trailer["/Root"]
    said = [words for words in alternatives(root["/StructTreeRoot"]) if words]
    assert said == [section.figure.title for section in told.sections if section.figure]


def alternatives(element: Any) -> Iterator[str]:  # noqa: ANN401 - pypdf's
    element = element.get_object()
    if isinstance(element, list):
        for one in element:
            yield from alternatives(one)
    elif isinstance(element, dict):
        if element.get("/S") == "/Figure":
            yield str(element.get("/Alt", ""))
        if "/K" in element:
            yield from alternatives(element["/K"])
