"""Reports: a place is found, each figure has its sources, and the documents open."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation

from dashboard import printing
from dashboard.command import _parser
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import all_panels
from dashboard.print import report_page, report_slides, report_tables, report_word
from dashboard.print.errors import ExportError
from dashboard.print.office import readable
from dashboard.print.report import Report, find_place, report
from dashboard.print.sheet import sheet
from dashboard.text import text
from geodata.places.sites import distinct

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.text.paragraph import Paragraph
    from pptx.shapes.base import BaseShape

    from dashboard.print.exhibit import Exhibit
    from dashboard.print.paper import Print
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.records import Lang


def drawn(_exhibit: Exhibit, _choice: Print, kind: str) -> bytes:
    if kind == "svg":
        return b"<svg/>"
    file = io.BytesIO()
    Image.new("RGB", (160, 90)).save(file, "png")
    return file.getvalue()


def style_of(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return str(paragraph.style.name)


def numbers(shape: BaseShape) -> bool:
    """Tell whether a box holds the number of its slide."""
    return bool(shape._element.xpath(".//a:fld[@type='slidenum']"))  # noqa: SLF001


@pytest.fixture
def capital(scene: Scene, read: Callable[[str], View]) -> Report:
    view = read("")
    place = find_place(scene, "capital", view.scheme)
    return report(scene, place, view, scene.context(view), all_panels(PAGES))


@pytest.mark.parametrize(
    ("place", "lang"), [("JJJ", "en"), ("capital", "zh"), ("130000", "en"), ("130404", "zh")]
)
def test_each_figure_of_a_report_can_be_read_at_some_size(
    scene: Scene, read: Callable[[str], View], place: str, lang: Lang
) -> None:
    view = read(f"?lang={lang}")
    found = find_place(scene, place, view.scheme)
    told = report(scene, found, view, scene.context(view), all_panels(PAGES))
    figures = [section.figure for section in told.sections if section.figure]
    assert len(figures) > 1
    for figure in figures:
        made = readable(figure, lambda one, size, _: size_of(one, size), "svg", lang)
        width, height = map(float, made.split())
        assert width <= 170
        assert height <= 240


def size_of(figure: Exhibit, size: Print) -> bytes:
    """Return width and height of a figure in millimetres, laid out and not drawn."""
    return "{} {}".format(*sheet([figure], size).millimetres).encode()


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
    shown = [figure for figure in figures if figure.value.value is not None or figure.subtotal]
    assert [row[0] for row in table[1:]] == [figure.indicator.name.zh for figure in shown]
    for row, figure in zip(table[1:], shown, strict=True):
        assert all(place.label.zh in row[3] for place in figure.lacking)


def test_each_site_counts_once_in_a_report(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("")
    made = report(scene, scene.atlas.place("130700"), view, scene.context(view), all_panels(PAGES))
    (sites,) = (s for s in made.sections if s.heading == "产业集群与园区")
    names = [row[0] for row in sites.table[1:]]
    assert sum("张家口数据中心集群" in name for name in names) == 1
    assert not [name for name in names if "用电" in name or "排名" in name]
    rows = (*scene.atlas.clusters("130700"), *scene.atlas.parks("130700"))
    counted = distinct(rows)
    assert sites.paragraphs[0] == f"共{len(counted)}处，同一处只计一次。"
    assert sites.paragraphs[-1].startswith(f"另有{len(rows) - len(counted)}条记录")


def test_a_word_document_has_headings_captions_and_alternative_text(capital: Report) -> None:
    document = Document(io.BytesIO(report_word.docx_of(capital, "zh", drawn)))
    headings = [p.text for p in document.paragraphs if style_of(p) == "Heading 1"]
    assert headings[:-1] == [section.heading for section in capital.sections]
    figures = [section.figure for section in capital.sections if section.figure]
    captions = [p.text for p in document.paragraphs if style_of(p) == "Caption"]
    shown = [
        (s.figure.title if s.figure else s.caption) for s in capital.sections if s.figure or s.table
    ]
    assert [caption.split("\u3000")[1] for caption in captions] == shown
    under = [caption for caption in captions if caption.startswith("图 ")]
    assert [line.split("\u3000")[0] for line in under] == [
        f"图 {number}" for number in range(1, len(figures) + 1)
    ]
    alts = [
        shape._inline.docPr.get("descr")  # noqa: SLF001 - no public way
        for shape in document.inline_shapes
    ]
    assert alts == [figure.alt for figure in figures]


def test_a_word_document_ends_with_its_sources_in_the_order_of_their_numbers(
    capital: Report,
) -> None:
    document = Document(io.BytesIO(report_word.docx_of(capital, "zh", drawn)))
    last = max(place for place, p in enumerate(document.paragraphs) if style_of(p) == "Heading 1")
    assert document.paragraphs[last].text == "资料来源"
    numbered = [f"[{number}] {line}" for number, line in enumerate(capital.sources, 1)]
    assert [p.text for p in document.paragraphs[last + 1 :]] == [*numbered, *capital.credits]
    assert document.core_properties.title == capital.title


def test_everything_in_a_word_document_is_within_the_margins_of_a4(capital: Report) -> None:
    document = Document(io.BytesIO(report_word.docx_of(capital, "zh", drawn)))
    (page,) = document.sections
    across, down, *beside = (
        Mm(0) if side is None else side
        for side in (page.page_width, page.page_height, page.left_margin, page.right_margin)
    )
    assert (across.mm, down.mm) == pytest.approx((210, 297), abs=0.1)
    width = across - sum(beside)
    assert {shape.width <= width for shape in document.inline_shapes} == {True}
    tables = [section.table for section in capital.sections if section.table]
    assert len(document.tables) == len(tables)
    for table, rows in zip(document.tables, tables, strict=True):
        assert [[cell.text for cell in row.cells] for row in table.rows] == list(map(list, rows))
        assert sum(column.width for column in table.columns) == pytest.approx(width, rel=0.001)
        heads = ["tblHeader" in row._tr.xml for row in table.rows]  # noqa: SLF001
        assert heads == [True] + [False] * (len(rows) - 1)


def test_a_figure_in_a_word_document_stays_with_its_caption(capital: Report) -> None:
    document = Document(io.BytesIO(report_word.docx_of(capital, "zh", drawn)))
    pairs = [
        (before, after)
        for before, after in pairwise(document.paragraphs)
        if style_of(after) == "Caption" and after.text.startswith("图")
    ]
    assert len(pairs) == len(document.inline_shapes)
    assert all("pic:pic" in before._p.xml for before, _ in pairs)  # noqa: SLF001 - no public way
    assert {before.paragraph_format.keep_with_next for before, _ in pairs} == {True}


def test_columns_share_the_width_and_long_words_get_more_of_it() -> None:
    rows = [("a", "b"), ("1", "a remark that goes on and on")]
    across = report_tables.columns(rows, 100)
    assert sum(across) == pytest.approx(100)
    assert across[1] > 2 * across[0] > 20


@given(st.lists(st.text("京津冀，ab ", max_size=200), min_size=1, max_size=30))
def test_tables_are_parted_so_that_every_part_fits(words: list[str]) -> None:
    head, across = ("h", "h"), (40.0, 200.0)
    rows = [head, *((str(number), one) for number, one in enumerate(words))]
    parts = list(report_tables.parts(rows, across, 14, 120))
    assert [row for part in parts for row in part[1:]] == rows[1:]
    for part in parts:
        assert part[0] == head
        assert sum(report_tables.tall(row, across, 14) for row in part) <= 120


def test_slides_end_with_the_sources_and_hold_all_rows(capital: Report) -> None:
    deck = Presentation(io.BytesIO(report_slides.pptx_of(capital, "zh", drawn)))
    said: list[str] = []
    rows: list[list[str]] = []
    for slide in deck.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width
            assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height
            if shape.has_table:
                rows += [[cell.text for cell in row.cells] for row in shape.table.rows]
            elif shape.has_text_frame and shape != slide.shapes.title and not numbers(shape):
                said += [paragraph.text for paragraph in shape.text_frame.paragraphs]
    numbered = [f"[{number}] {line}" for number, line in enumerate(capital.sources, 1)]
    assert said[-len(numbered) - len(capital.credits) :] == [*numbered, *capital.credits]
    assert {tuple(row) for row in rows} == {row for s in capital.sections for row in s.table}


def test_words_of_a_slide_are_as_large_as_they_have_room_for() -> None:
    largest, *_, least = report_slides.WORDS_TYPES
    sizes = [report_slides.type_of(["协同" * 90] * several) for several in range(1, 12)]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (largest, least)


def test_slides_have_titles_and_alternative_text(capital: Report) -> None:
    deck = Presentation(io.BytesIO(report_slides.pptx_of(capital, "zh", drawn)))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[0] == capital.title
    shown = {s.figure.title if s.figure else s.caption or s.heading for s in capital.sections}
    assert shown <= set(titles)
    alts = [
        shape._element.nvPicPr.cNvPr.get("descr")  # noqa: SLF001 - no public way
        for slide in deck.slides
        for shape in slide.shapes
        if shape.shape_type == 13
    ]
    assert alts == [section.figure.alt for section in capital.sections if section.figure]


def test_words_in_the_page_for_pdf_stay_words(capital: Report) -> None:
    hostile = Report("<script>", "&", capital.sections, ("<b>",), (), "x")
    page = report_page.html_of(hostile, "zh", drawn)
    assert "<script" not in page
    assert "&lt;b&gt;" in page


def test_a_language_that_there_is_not_is_a_sentence(
    atlas: Atlas, manifest: Manifest, tmp_path: Path
) -> None:
    line = ["report", "110112", "--out", str(tmp_path / "a.docx"), "--lang", "xx"]
    with pytest.raises(ExportError, match="--lang has no “xx”; there are: zh, en"):
        printing.report(_parser().parse_args(line), atlas, manifest, print)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("asked", "has", "lacks"),
    [
        ("130100", {"functions"}, {"coupled", "division", "planned", "relatedness", "scatter"}),
        ("133100", {"functions"}, {"coupled"}),
        ("110112", set(), {"functions", "coupled"}),
        ("130000", {"functions", "coupled", "primacy_years"}, {"division"}),
        (
            "JJJ",
            {
                *("functions", "division", "coagglomeration", "coupled", "planned"),
                *("primacy_years", "regional_index", "relatedness", "scatter"),
            },
            set(),
        ),
        ("capital", {"scatter"}, {"relatedness", "coupled"}),
    ],
)
def test_measures_stand_in_the_reports_of_the_places_they_speak_of(
    scene: Scene, read: Callable[[str], View], asked: str, has: set[str], lacks: set[str]
) -> None:
    view = read("")
    found = report(
        scene, find_place(scene, asked, view.scheme), view, scene.context(view), all_panels(PAGES)
    )
    headings = {one.heading: panel.name for panel in all_panels(PAGES) for one in panel.reported}
    drawn = {
        panel
        for s in found.sections
        if s.figure
        for key, panel in headings.items()
        if text("zh")(key) == s.heading
    }
    assert has <= drawn
    assert not lacks & drawn


@pytest.mark.parametrize(
    ("asked", "related", "defined"),
    [
        ("110112", 5, 0),
        ("130100", 0, 0),
        ("JJJ", 19, 11),
        ("capital", 0, 11),
        ("article/shijiazhuang", 0, 8),
    ],
)
def test_relatedness_and_definitions_stand_where_they_mean_something(
    scene: Scene, read: Callable[[str], View], asked: str, related: int, defined: int
) -> None:
    """A county has the industries nearest to it, a circle those of other schemes it overlaps."""
    view = read("")
    place = find_place(scene, asked, view.scheme)
    found = report(scene, place, view, scene.context(view), [])
    tables = {section.heading: section.table[1:] for section in found.sections}
    t = text("zh")
    assert len(tables.get(t("place.related"), ())) == related
    assert len(tables.get(t("compare.definitions"), ())) == defined
    if related:
        (said,) = (s.paragraphs for s in found.sections if s.heading == t("place.related"))
        assert said[0].endswith("]"), "its sources are named"


def test_primacy_in_a_report_is_of_the_cities_of_the_place_by_output(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """Of Hebei: Tangshan and Shijiazhuang lead, not Beijing and Tianjin."""
    view = read("")
    hebei = report(
        scene,
        find_place(scene, "130000", view.scheme),
        view,
        scene.context(view),
        all_panels(PAGES),
    )
    [primacy] = [s for s in hebei.sections if s.heading == text("zh")("compare.primacy_years")]
    assert "唐山市" in primacy.paragraphs[0]
    assert "北京市" not in primacy.paragraphs[0]
