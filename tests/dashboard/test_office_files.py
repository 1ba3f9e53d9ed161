"""What Word and PowerPoint read in a report beside its words: language, fields, properties."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image
from pptx import Presentation

from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import all_panels
from dashboard.print import report_page, report_slides, report_word
from dashboard.print.about import About
from dashboard.print.report import Report, find_place, report
from dashboard.print.scripts import pieces
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.print.exhibit import Exhibit
    from dashboard.print.paper import Print
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Lang

HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z0-9]")
TAGS = {"zh": "zh-CN", "en": "en-GB"}
ADDRESS = "https://atlas.example/?circle=capital"


def drawn(exhibit: Exhibit, _choice: Print, kind: str) -> bytes:
    """Draw nothing, but see that the caption is not said a second time."""
    assert not exhibit.titled
    if kind == "svg":
        return b"<svg/>"
    file = io.BytesIO()
    Image.new("RGB", (160, 90)).save(file, "png")
    return file.getvalue()


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> Lang:
    chosen: Lang = request.param
    return chosen


@pytest.fixture(scope="module")
def capital(scene: Scene, read: Callable[[str], View], lang: Lang) -> Report:
    view = read(f"?lang={lang}")
    place = find_place(scene, "capital", view.scheme)
    return report(scene, place, view, scene.context(view), all_panels(PAGES))


@pytest.fixture(scope="module")
def word(capital: Report, lang: Lang) -> bytes:
    return report_word.docx_of(capital, lang, drawn)


@pytest.fixture(scope="module")
def slides(capital: Report, lang: Lang) -> bytes:
    return report_slides.pptx_of(capital, lang, drawn)


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name).decode() for name in file.namelist() if name.endswith(".xml")}


@pytest.mark.parametrize(
    ("lang", "words", "expected"),
    [
        ("zh", "北京市GDP为2,310亿元", [("北京市", "zh"), ("GDP", "en"), ("为", "zh")]),
        ("zh", "（2024年）", [("（", "zh"), ("2024", "en"), ("年）", "zh")]),
        ("zh", "入选“国家队”", [("入选“国家队”", "zh")]),
        ("zh", "2024“国家队”", [("2024", "en"), ("“国家队”", "zh")]),
        ("en", "Beijing (北京) 2024", [("Beijing (", "en"), ("北京) ", "zh"), ("2024", "en")]),
        ("en", "– 2013–2024", [("– 2013–2024", "en")]),
        ("zh", "", []),
    ],
)
def test_a_text_is_parted_by_its_scripts(
    lang: Lang, words: str, expected: list[tuple[str, str]]
) -> None:
    parted = list(pieces(words, lang))
    assert parted[: len(expected)] == expected
    assert "".join(piece for piece, _ in parted) == words


def runs_of_word(content: bytes) -> Iterator[tuple[str, Any]]:
    document = Document(io.BytesIO(content))
    bodies = [document.element.body, document.sections[0].footer._element]  # noqa: SLF001
    for body in bodies:
        for run in body.iter(qn("w:r")):
            words = "".join(part.text or "" for part in run.iter(qn("w:t")))
            if words.strip():
                yield words, run.rPr


def test_every_run_in_word_is_of_the_language_of_its_script(word: bytes, lang: Lang) -> None:
    found = set()
    for words, properties in runs_of_word(word):
        told = properties.find(qn("w:lang"))
        said = told.get(qn("w:val"))
        assert told.get(qn("w:eastAsia")) == "zh-CN"
        assert properties.rFonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
        assert not (HAN.search(words) and LATIN.search(words)), words
        if HAN.search(words):
            assert said == "zh-CN", words
        elif LATIN.search(words):
            assert said == "en-GB", words
        found.add(said)
    assert found == {"zh-CN", "en-GB"}
    default = re.search(r"<w:rPrDefault>.*?</w:rPrDefault>", parts(word)["word/styles.xml"])
    assert default
    assert f'w:val="{TAGS[lang]}"' in default[0]


def test_every_run_on_a_slide_is_of_the_language_of_its_script(slides: bytes) -> None:
    seen = 0
    for name, xml in parts(slides).items():
        if not re.match(r"ppt/(slides|notesSlides)/", name):
            continue
        for properties, words in re.findall(
            r"<a:rPr([^>]*)>(?:(?!</a:rPr>).)*</a:rPr><a:t>([^<]*)</a:t>", xml
        ):
            assert not (HAN.search(words) and LATIN.search(words)), words
            if HAN.search(words) or LATIN.search(words):
                seen += 1
                tag = "zh-CN" if HAN.search(words) else "en-GB"
                assert f' lang="{tag}"' in properties, words
    assert seen > 100
    assert "Microsoft YaHei" in parts(slides)["ppt/slides/slide1.xml"]


def test_no_part_of_a_file_is_in_the_language_of_the_empty_template(
    word: bytes, slides: bytes
) -> None:
    for content in (word, slides):
        assert [name for name, xml in parts(content).items() if "en-US" in xml] == []


@pytest.mark.parametrize("kind", ["word", "slides"])
def test_a_file_says_who_made_it_of_what_and_when(
    kind: str, lang: Lang, capital: Report, request: pytest.FixtureRequest
) -> None:
    content = request.getfixturevalue(kind)
    opened: Any = Document if kind == "word" else Presentation
    core = opened(io.BytesIO(content)).core_properties
    atlas = text(lang)("shell.title")
    assert (core.author, core.last_modified_by) == (atlas, atlas)
    assert (core.title, core.subject) == (capital.title, capital.subtitle)
    assert core.language == TAGS[lang]
    assert "GS(2024)0650" in core.keywords
    now = datetime.now(tz=UTC).replace(tzinfo=None)
    assert core.created == core.modified
    assert abs(now - core.created.replace(tzinfo=None)) < timedelta(hours=1)
    whole = "".join(parts(content).values())
    assert [name for name in ("python-docx", "python-pptx", "Macintosh") if name in whole] == []
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert [name for name in file.namelist() if "thumbnail" in name] == []


def test_keywords_that_are_too_long_keep_the_review_number_and_the_address() -> None:
    words = (*(f"来源{number}" * 10 for number in range(20)), "审图号 GS(2024)0650号", ADDRESS)
    kept = About("zh", "", "", words).within(255)
    assert len(kept) <= 255
    assert kept.endswith(f"来源19; 审图号 GS(2024)0650号; {ADDRESS}")


def test_captions_in_word_are_numbered_by_fields_of_their_kind(word: bytes, lang: Lang) -> None:
    xml = parts(word)["word/document.xml"]
    counted = re.findall(r"<w:instrText> SEQ (\S+) \\\* ARABIC </w:instrText>", xml)
    document = Document(io.BytesIO(word))
    figure, table = ("图", "表") if lang == "zh" else ("Figure", "Table")
    assert counted.count(figure) == len(document.inline_shapes) > 1
    assert counted.count(table) == len(document.tables) > 1
    assert len(counted) == counted.count(figure) + counted.count(table)
    begun, ended = (xml.count(f'w:fldCharType="{kind}"') for kind in ("begin", "end"))
    assert begun == ended == len(counted)
    footer = next(words for name, words in parts(word).items() if "footer" in name)
    assert " PAGE " in footer
    assert " NUMPAGES " in footer


def test_each_table_in_word_stands_under_its_caption_with_a_head_for_each_page(
    word: bytes,
) -> None:
    document = Document(io.BytesIO(word))
    for table in document.tables:
        before = table._tbl.getprevious()  # noqa: SLF001 - no public way to what stands before
        assert before.style == "Caption"
        rows = table._tbl.tr_lst  # noqa: SLF001
        heads = [len(row.xpath("./w:trPr/w:tblHeader")) for row in rows]
        assert heads == [1] + [0] * (len(rows) - 1)
        assert {len(row.xpath("./w:trPr/w:cantSplit")) for row in rows} == {1}


def test_slides_are_numbered_by_a_field_and_tables_are_described(slides: bytes) -> None:
    deck = Presentation(io.BytesIO(slides))
    shown = []
    for slide in deck.slides:
        shown += re.findall(
            r'type="slidenum".*?<a:t>(\d+)</a:t>',
            "".join(shape._element.xml for shape in slide.shapes),  # noqa: SLF001
            re.DOTALL,
        )
        for shape in slide.shapes:
            if shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")  # noqa: SLF001
    assert shown == [str(number) for number in range(2, len(deck.slides) + 1)]


def test_the_page_for_pdf_has_captions_and_heads_that_repeat(capital: Report, lang: Lang) -> None:
    page = report_page.html_of(capital, lang, drawn)
    figures = [section.figure.title for section in capital.sections if section.figure]
    tables = [section.caption for section in capital.sections if section.table]
    assert page.count("<figcaption>") == len(figures)
    assert page.count("<caption>") == page.count("<thead>") == len(tables)
    for number, title in enumerate(tables, 1):
        assert f"{number}{'　' if lang == 'zh' else '. '}{title}</caption>" in page
