"""The claims of one part of the argument as a document."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from plotly.utils import PlotlyJSONEncoder
from pptx import Presentation

from dashboard.pages import findings, reports
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery
from dashboard.pages.screen import Screen
from dashboard.panels.claims import verdict_line
from dashboard.panels.taking import TAKEN
from dashboard.print import report_page, report_slides
from dashboard.text import text
from geodata.records import LANGUAGES
from geodata.studies.claim_records import PARTS
from tests.dashboard.test_report import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from dashboard.print.report import Report
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Lang
    from geodata.studies.claims import Finding

Told = tuple["Report", list["Finding"]]


@pytest.fixture
def told(scene: Scene, read: Callable[[str], View]) -> Callable[[str, Lang], Told]:
    """Return the report on a part, and its claims."""

    def make(part: str, lang: Lang) -> Told:
        found = [one for one in scene.atlas.claims.findings if one.claim.part == part]
        view = read(f"?claim={found[-1].claim.id}&lang={lang}")
        return reports.gathered_findings(Gallery(scene, PAGES), view, "https://x"), found

    return make


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_part_holds_each_of_its_claims_with_all_that_its_card_has(
    part: str, lang: Lang, told: Callable[[str, Lang], Told]
) -> None:
    report, found = told(part, lang)
    listed, *cards = report.sections
    names = [one.claim.name[lang] for one in found]
    assert [card.heading for card in cards] == names
    assert all(row[0].endswith(name) for row, name in zip(listed.table[1:], names, strict=True))
    called = [row[0] != name for row, name in zip(listed.table[1:], names, strict=True)]
    assert called == [one.claim.kind == "call" for one in found]
    for one, card in zip(found, cards, strict=True):
        said = " ".join(card.paragraphs)
        assert verdict_line(one, text(lang)) in said
        assert one.claim.caveat[lang].rstrip("。.") in said
        assert [row[0] for row in card.table[1:]] == [test.test.name[lang] for test in one.tests]
        assert bool(card.figure) == any(test.judged for test in one.tests)
        assert "。：" not in card.caption
    marks = re.findall(r"\[([\d, ]+)\]", str(report.sections))
    numbers = {int(number) for mark in marks for number in mark.split(",")}
    assert numbers == set(range(1, len(report.sources) + 1))
    assert f"claim={found[-1].claim.id}" in report.link or found[-1].claim.id == "relocation"


def test_slides_of_claims_show_chart_and_tests_and_keep_their_words(
    told: Callable[[str, Lang], Told],
) -> None:
    report, found = told("digital", "en")
    deck = Presentation(io.BytesIO(report_slides.pptx_of(report, "en", drawn)))
    titles = [slide.shapes.title.text for slide in deck.slides]
    notes = " ".join(s.notes_slide.notes_text_frame.text for s in deck.slides if s.has_notes_slide)
    for card in report.sections[1:]:
        assert card.caption in titles
        assert card.figure is None or card.figure.title in titles
    assert all(verdict_line(one, text("en")) in notes for one in found)


def test_english_words_in_the_page_for_pdf_have_quotes_of_their_width(
    told: Callable[[str, Lang], Told],
) -> None:
    page = report_page.html_of(told("digital", "en")[0], "en", drawn)
    assert "“" not in re.sub(r"[^<>]*[\u4e00-\u9fff][^<>]*", "", page)


def test_the_page_leads_to_the_document_of_the_part_of_its_claim(
    scene: Scene, read: Callable[[str], View], client: FlaskClient
) -> None:
    view = read("?claim=computing&lang=en")
    links = json.dumps(findings.taken(scene, view, Screen()), cls=PlotlyJSONEncoder)
    for kind in TAKEN:
        assert f"/report/findings.{kind}?" in links
    assert "claim=computing" in links
    assert text("en")("findings.part_digital") in links
    assert client.get("/report/findings.exe").status_code == 404
