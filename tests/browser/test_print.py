"""Ctrl+P: every page as the printer gets it, from a browser that prints.

Every other page is printed in English, the others in Chinese; each in the other language by hand
(`-m soak`).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from dashboard.palette import INK
from dashboard.text import text
from tests.browser.driving import sit_down
from tests.browser.pages import PATHS, opened
from tests.pdf_words import operations, words_among

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pypdf import PageObject

    from tests.browser.driving import Desk

LAPTOP = (1366, 768)
SHEET = (688, 1009)
"""Pixels between the margins of A4: 182 by 267 mm at 96 to the inch."""
CONTROLS = (
    *("export.button", "shell.controls", "shell.skip", "shell.add_mode", "shell.circle"),
    *("shell.census", "shell.method", "data.copy", "data.metadata"),
)
"""Words of what can be pressed, one of each kind."""
FOUND = """() => {
  const all = (where, tell) => [...document.querySelectorAll(where)].map(tell).filter(Boolean);
  return {
    address: location.href, today: new Date().toLocaleDateString('sv'),
    notes: all(`.panel-reading li, .page:not(.page-place) :is(.panel-notes, .panel-sources) li`,
      (e) => e.textContent),
    swatches: all('.panel .key i, #legend i', (e) =>
      e.checkVisibility() && (e.style.backgroundColor || e.style.borderColor)),
    rows: (insides.gridOf(document.querySelector('.data-table .grid') || {}) || {}).rows,
    hints: all('.hint', (e) => e.textContent),
    told: all('.methods article :is(h2, h3, dd, li, td)', (e) => e.textContent),
    codes: all('.panel-ranking .ytick text', (e) => e.textContent),
  };
}"""
LAID_OUT = """() => {
  dispatchEvent(new Event('beforeprint'));
  const pictures = [...document.querySelectorAll('.on-paper .slice')];
  const told = {
    height: document.scrollingElement.scrollHeight,
    sizes: pictures.map((e) => e.getBoundingClientRect()).map((box) => [box.width, box.height]),
    lost: pictures.flatMap((e) => [...e.innerHTML.matchAll(/url\\((?:&quot;|")?#([^)"&]+)/g)]
      .map((found) => found[1]).filter((id) => !e.querySelector(`[id="${id}"]`)
        && document.querySelector(`[id="${id.replace(/^paper-\\d+-/, '')}"]`))),
    pressable: [...document.querySelectorAll(`button:not(.origin), input, select, textarea, nav a,
      .export summary, .as-table summary, [role=slider], .dash-graph .js-plotly-plot`)]
      .filter((e) => e.checkVisibility({ visibilityProperty: true })
        && !e.closest('.methods-contents'))
      .map((e) => e.outerHTML.slice(0, 80)),
  };
  dispatchEvent(new Event('afterprint'));
  return { ...told, left: document.querySelectorAll('.on-paper, .pictured').length };
}"""


TRACED = """() => {
  const out = (sup) => sup.closest('[hidden], details.group:not([open]), .panel-notes');
  const spread = (mark) => {
    const [first, last = first] = mark.split('–').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  };
  const parts = (sup, kind) => sup.textContent.split(',').filter((one) => kind.test(one));
  const numbers = (sup) => parts(sup, /^\\d/).flatMap(spread);
  const marks = () => [...document.querySelectorAll('.page .panel sup')];
  const sourcesOf = (sup, list) =>
    numbers(sup).map((n) => list(sup).children[n - 1].textContent).sort();
  const own = (sup) => sup.closest('.panel').querySelector('.panel-sources > ol');
  const unsaid = document.querySelector('.printed').dataset.unsaid.split('|');
  const shortened = (words) => unsaid.reduce((told, one) => told.replace(one, ''), words);
  const screen = marks().map((sup) =>
    [sup, sourcesOf(sup, own).map(shortened).sort(), sup.textContent]);
  dispatchEvent(new Event('beforeprint'));
  const once = document.querySelector('.on-paper .panel-sources > ol');
  const shown = screen.filter(([sup]) => !out(sup));
  const told = {
    lists: document.querySelectorAll('.panel-sources:not([hidden]) > ol').length,
    moved: shown.filter(([sup, sources]) =>
      JSON.stringify(sourcesOf(sup, () => once)) !== JSON.stringify(sources)).length,
    shown: shown.length,
    listed: [...once.children].map((item) => item.textContent),
    asked: [...new Set(shown.flatMap(([sup]) => numbers(sup)))].length,
    letters: shown.flatMap(([sup]) => {
      const notes = sup.closest('.panel').querySelectorAll('.panel-notes li:not([hidden]) > sup');
      const named = new Set([...notes].map((note) => note.textContent));
      return parts(sup, /^[a-z]+$/).filter((one) => !named.has(one));
    }),
  };
  dispatchEvent(new Event('afterprint'));
  return { ...told, back: screen.every(([sup, _, words]) => sup.textContent === words) };
}"""
"""What the marks of a place's figures lead to on paper, beside what they lead to on the screen."""


@dataclass(frozen=True)
class Sheets:
    """A page on paper, what it showed on the screen, and how it is laid out for the sheet."""

    path: str
    pdf: PdfReader
    found: dict[str, Any]
    laid_out: dict[str, Any]
    words: tuple[str, ...]
    """Those of each sheet, without the spaces between them."""
    inks: frozenset[tuple[float, ...]]
    """Colours in which anything is filled or drawn."""

    @property
    def all(self) -> str:
        """Return the words of all sheets."""
        return "".join(self.words)


def plain(words: str) -> str:
    return "".join(words.split())


def printed(desk: Desk) -> PdfReader:
    """Print as a reader does who has not asked for backgrounds."""
    return PdfReader(io.BytesIO(desk.page.pdf(prefer_css_page_size=True, print_background=False)))


@pytest.fixture(scope="module")
def reader(browser: Browser, app_url: str) -> Iterator[Desk]:
    with sit_down(browser, app_url, LAPTOP) as desk:
        yield desk


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((path, lang), marks=[pytest.mark.soak] if (at + turn) % 2 else [])
        for at, path in enumerate(PATHS)
        for turn, lang in enumerate(("zh", "en"))
    ],
    ids=lambda one: "-".join(one).replace("/", "") or "x",
)
def sheets(request: pytest.FixtureRequest, reader: Desk) -> Sheets:
    path, lang = request.param
    opened(reader, path, f"?lang={lang}")
    found = reader.page.evaluate(FOUND)
    pdf = printed(reader)
    reader.page.emulate_media(media="print")
    reader.page.set_viewport_size({"width": SHEET[0], "height": SHEET[1]})
    laid_out = reader.page.evaluate(LAID_OUT)
    reader.page.emulate_media(media="null")
    reader.page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    done = [(page, operations(page)) for page in pdf.pages]
    words = tuple(plain(words_among(page, did)) for page, did in done)
    colours = frozenset(ink for page, did in done for ink in inks(page, did))
    return Sheets(path, pdf, {**found, "lang": lang}, laid_out, words, colours)


def test_the_sheets_are_a4_upright_and_no_more_than_the_page_fills(sheets: Sheets) -> None:
    for page in sheets.pdf.pages:
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx((595, 842), abs=1)
    assert min(map(len, sheets.words)) > 60, "a sheet with next to nothing on it"
    filled = sheets.laid_out["height"] / SHEET[1]
    assert len(sheets.pdf.pages) <= 1.35 * filled + 1


def test_nothing_to_press_is_printed(sheets: Sheets) -> None:
    t = text(sheets.found["lang"])
    asked = CONTROLS if sheets.path != "/methods" else CONTROLS[:5]
    assert [key for key in asked if plain(t(key)) in sheets.all] == []
    assert [hint for hint in sheets.found["hints"] if plain(hint) in sheets.all] == []
    if sheets.path in {"/", "/clusters", "/compare", "/linkages"}:
        assert sheets.found["hints"]
    assert sheets.laid_out["pressable"] == []


def test_address_day_notes_and_sources_are_printed(sheets: Sheets) -> None:
    words, found = sheets.all, sheets.found
    assert plain(found["address"]) in words
    assert found["today"] in words
    lost = [note for note in found["notes"] if note and plain(note) not in words]
    # A line that is broken between sheets or columns is read in two pieces.
    assert len(lost) <= max(1, len(found["notes"]) // 20), lost


def test_swatches_have_their_colours_without_asking_for_backgrounds(sheets: Sheets) -> None:
    wanted = {rgb(colour) for colour in sheets.found["swatches"] if colour.startswith("rgb(")}
    if sheets.path not in {"/methods", "/data"}:
        assert wanted
    assert wanted <= sheets.inks


def test_charts_are_whole_and_within_the_sheet(sheets: Sheets) -> None:
    for width, height in sheets.laid_out["sizes"]:
        assert 0 < width <= SHEET[0] + 1
        assert 0 < height <= SHEET[1]
    assert sheets.laid_out["lost"] == [], "a clip that is not in the copy hides what it clips"
    assert sheets.laid_out["left"] == 0


def test_what_is_long_is_printed_whole(sheets: Sheets) -> None:
    if sheets.path == "/":
        assert len(sheets.found["codes"]) > 100
        assert [one for one in sheets.found["codes"] if plain(one) not in sheets.all] == []
    if sheets.path == "/data":
        rows = ["".join(row[:2]) for row in sheets.found["rows"]]
        assert len(rows) > 150
        assert [row for row in rows if plain(row) not in sheets.all] == []
    if sheets.path == "/methods":
        told = sheets.found["told"]
        assert len(told) > 300
        lost = [one for one in told if plain(one) not in sheets.all]
        assert len(lost) <= len(told) // 20, lost


@pytest.mark.parametrize(
    "query",
    [
        "?regions=131000&lang=en",
        "?regions=JJJ",
        "?circle=capital&lang=en",
        *(
            pytest.param(f"?regions={code}", marks=pytest.mark.soak)
            for code in (
                *("131000", "133100", "130000", "110000", "110108", "130000&lang=en"),
                *("110000&lang=en", "120000&lang=en", "130100&lang=en", "JJJ&lang=en"),
            )
        ),
        *(
            pytest.param(f"?circle={circle}&lang=en", marks=pytest.mark.soak)
            for circle in ("tianjin", "shijiazhuang")
        ),
    ],
)
def test_a_place_of_any_kind_takes_two_sheets_and_lists_each_source_once(
    reader: Desk, query: str
) -> None:
    """Those with most on them: Beijing and Hebei have most parks, the capital circle most notes."""
    opened(reader, "/place", query)
    traced = reader.page.evaluate(TRACED)
    assert traced["lists"] == 1
    assert traced["shown"] > 20
    assert traced["moved"] == 0, "each mark leads to the sources that it leads to on the screen"
    assert len(set(traced["listed"])) == len(traced["listed"]) == traced["asked"]
    assert traced["letters"] == []
    assert traced["back"]
    assert len(printed(reader).pages) <= 2


def test_the_dark_theme_prints_in_the_inks_of_the_light_one(reader: Desk) -> None:
    opened(reader, "/", "?regions=130100")
    reader.page.locator("#theme-button").click()
    reader.page.wait_for_function(
        "() => document.documentElement.dataset.mantineColorScheme === 'dark'"
    )
    reader.settle()
    found = {one for page in printed(reader).pages for one in inks(page, operations(page))}
    reader.page.locator("#theme-button").click()
    reader.settle()
    dark, light = (rgb_of(INK[theme].text) for theme in ("dark", "light"))
    assert dark not in found
    assert light in found


@pytest.mark.maplibre
def test_the_map_of_maplibre_is_in_the_print(webgl_browser: Browser, app_url: str) -> None:
    with sit_down(webgl_browser, app_url, LAPTOP) as desk:
        desk.visit("?regions=130828")
        shown = set(desk.page.evaluate(FOUND)["swatches"])
        images = [one.image for one in printed(desk).pages[0].images if one.image]
        pictures = [one.convert("RGB") for one in images]
        colours = {c for one in pictures for _, c in one.getcolors(one.width * one.height) or ()}
        classes = {rgb_255(one) for one in shown if one.startswith("rgb(")} & colours
        assert len(classes) >= 3, "the map is a picture in the colours of its legend"
        # The screen has its map back.
        desk.settle()
        assert desk.page.locator(".on-paper").count() == 0


def rgb_255(colour: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", colour)[:3]))


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(round(part / 255, 2) for part in rgb_255(colour))


def rgb_of(ink: str) -> tuple[float, ...]:
    return tuple(round(int(ink[at : at + 2], 16) / 255, 2) for at in (1, 3, 5))


def inks(page: PageObject, done: list[Any]) -> Iterator[tuple[float, ...]]:
    """Yield the colours in which a page or form fills and draws, the forms within it included."""
    for operands, operator in done:
        if operator in {b"rg", b"RG", b"sc", b"scn", b"SC", b"SCN"} and len(operands) == 3:
            yield tuple(round(float(part), 2) for part in operands)
    for form in (page.get("/Resources", {}).get("/XObject") or {}).values():
        if form.get_object().get("/Subtype") == "/Form":
            within = form.get_object()
            yield from inks(within, ContentStream(within, within.indirect_reference.pdf).operations)
