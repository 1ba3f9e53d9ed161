"""Pictures for print, drawn by a real Chrome: they look as they should and say all they must."""

from __future__ import annotations

import io
import os
import re
import signal
import threading
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from kaleido import Kaleido
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from dashboard.lettering import FONT
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery
from dashboard.papers import PALETTES, SIZES, WORDS
from dashboard.print.chrome import Chrome, Shot
from dashboard.print.easel import FIGURES_A_PAGE
from dashboard.print.errors import BusyError, ExportError
from dashboard.print.exporter import Exporter
from dashboard.print.legend import said
from dashboard.print.paper import Print
from dashboard.print.words import foot_lines
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse
from dashboard.web import journal
from dashboard.web import wire as web
from tests.pdf_words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.print.exhibit import Exhibit
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "JJJ_ATLAS_UPDATE_GOLDEN"
"""Set to draw the golden pictures anew; look at them before you keep them."""
SMALL = 320
"""Pixels of width at which pictures are compared, so that hinting of type does not matter."""
MEAN, WORST = 4.0, 0.02
"""Least likeness: mean difference of 255 levels, and share of pixels that differ by 80 or more."""
DAY = "2026-11-25"

VIEWS: dict[str, tuple[str, str, Print]] = {
    "map-half": ("map", "", Print("a4-half")),
    "map-circle-full": ("map", "?circle=capital", Print("a4-full", "both", "safe")),
    "map-landscape-en": ("map", "?lang=en&indicator=gdp", Print("a4-full-landscape", "en")),
    "map-column": ("map", "?level=city&indicator=gdp", Print("one-column")),
    "layout-square": ("map", "?layers=circles,cities,lines,labels", Print("square", "en")),
    "map-grey": ("map", "?layers=fill,lines,clusters,parks", Print("two-column", "zh", "grey")),
    "industry-half": ("industry", "?regions=110112", Print("a4-half")),
    "industry-both": ("industry", "?regions=110112", Print("a4-half-upright", "both")),
    "industry-column": ("industry", "?lang=en", Print("one-column", "en")),
    "ranking-slide": ("ranking", "?circle=tianjin", Print("slide")),
    "ranking-two": ("ranking", "?lang=en&indicator=gdp&level=city", Print("two-column", "en")),
    "matrix-half": ("linkages/matrix", "", Print("a4-half")),
    "matrix-slide-en": ("linkages/matrix", "?lang=en", Print("slide", "en")),
}
"""Chart of Explore, or page and chart; address; choice."""


@pytest.fixture(scope="module")
def chrome(manifest: Manifest, browser_path: str) -> Iterator[Chrome]:
    made = Chrome(partial(web.held_geometry, manifest), FONT, path=browser_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def gallery(atlas: Atlas, manifest: Manifest) -> Gallery:
    return Gallery(Scene(atlas, web.addresses(manifest), vocabulary(atlas)), PAGES)


def exhibits(gallery: Gallery, chart: str, search: str, choice: Print) -> list[Exhibit]:
    view, fallen = parse(search, gallery.scene.vocabulary)
    assert fallen == ()
    page, _, name = chart.rpartition("/")
    return gallery.exhibits(PAGES[f"/{page}"], name, view, choice)


def plain(words: str) -> str:
    """Leave out what lines make different."""
    return "".join(words.split())


def demanded(made: list[Exhibit], choice: Print) -> list[str]:
    """Return everything that must stand on the sheet."""
    words = [choice.date, *(e.title for e in made), *(e.subtitle for e in made)]
    words += [line for e in made for line in foot_lines(e)]
    words += [e.heading for e in made]
    return [plain(word) for word in words + [said(key) for key in made[0].keys]]


@pytest.mark.parametrize("name", VIEWS)
def test_a_picture_looks_as_it_should(name: str, gallery: Gallery, chrome: Chrome) -> None:
    chart, search, choice = VIEWS[name]
    choice = replace(choice, dpi=96, date=DAY)
    made = exhibits(gallery, chart, search, choice)
    drawn = Image.open(io.BytesIO(Exporter(chrome).file("png", made, choice, "", patient=True)))
    assert drawn.width == pytest.approx(choice.paper.width / 25.4 * 96, abs=2)
    assert drawn.info["dpi"][0] == pytest.approx(96, abs=0.1)
    size = (SMALL, round(SMALL * drawn.height / drawn.width))
    small = drawn.convert("RGB").resize(size, Image.Resampling.BOX)
    path = GOLDEN / f"{name}.png"
    if os.environ.get(UPDATE):
        path.parent.mkdir(exist_ok=True)
        small.quantize(64).save(path, optimize=True)
    golden = Image.open(path).convert("RGB")
    assert abs(golden.height - small.height) <= 6
    apart = ImageChops.difference(golden, small.resize(golden.size)).convert("L")
    assert ImageStat.Stat(apart).mean[0] <= MEAN
    assert sum(apart.histogram()[80:]) / (apart.width * apart.height) <= WORST


def test_the_pictures_have_every_size_language_and_palette() -> None:
    choices = [choice for _, _, choice in VIEWS.values()]
    assert {choice.size for choice in choices} == set(SIZES)
    assert {choice.words for choice in choices} == set(WORDS)
    assert {choice.palette for choice in choices} == set(PALETTES)


@pytest.mark.parametrize(
    "name", ["map-circle-full", "map-grey", "industry-column", "ranking-slide", "matrix-half"]
)
def test_every_word_is_text_in_svg_and_pdf(name: str, gallery: Gallery, chrome: Chrome) -> None:
    chart, search, choice = VIEWS[name]
    choice = replace(choice, date=DAY)
    made = exhibits(gallery, chart, search, choice)
    svg = Exporter(chrome).file("svg", made, choice, "", patient=True).decode()
    root = ET.fromstring(svg)  # noqa: S314 - our own
    texts = [t for t in root.iter() if t.tag.endswith("}text")]
    written = plain("".join("".join(text.itertext()) for text in texts))
    lines = plain(" ".join("".join(text.itertext()) for text in texts))
    missing = [w for w in demanded(made, choice) if w not in written and w not in lines]
    assert missing == []
    assert root.get("width") == f"{choice.paper.width:.2f}".rstrip("0").rstrip(".") + "mm" or (
        float(str(root.get("width")).removesuffix("mm"))
        == pytest.approx(choice.paper.width, abs=0.3)
    )
    assert made[0].alt in "".join(e.text or "" for e in root if e.tag.endswith("}desc"))
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", svg)
    paths = [str(path.get("d", "")) for path in root.iter() if path.tag.endswith("}path")]
    assert len(paths) > 5
    assert not [path for path in paths if re.search(r"\d\.\d{3}", path)]
    pdf = PdfReader(io.BytesIO(Exporter(chrome).file("pdf", made, choice, "", patient=True)))
    (page,) = pdf.pages
    assert float(page.mediabox.width) == pytest.approx(choice.paper.width / 25.4 * 72, abs=2)
    assert float(page.mediabox.height) == pytest.approx(
        float(str(root.get("height")).removesuffix("mm")) / 25.4 * 72, abs=2
    )
    assert pdf.metadata is not None
    assert pdf.metadata.title == made[0].title
    written = plain(words_of(page))
    assert [w for w in demanded(made, choice) if w not in written] == []


def test_letters_that_would_be_boxes_are_an_error(gallery: Gallery, chrome: Chrome) -> None:
    made = exhibits(gallery, "industry", "", Print())
    tofu = [replace(made[0], title="京津冀\U000e0fff\ue000")]
    with pytest.raises(ExportError, match="no font"):
        Exporter(chrome).file("svg", tofu, Print(), "", patient=True)
    assert Exporter(chrome).file("svg", made, Print(), "", patient=True)


def test_a_figure_is_the_same_on_a_page_that_others_were_drawn_on(
    monkeypatch: pytest.MonkeyPatch, gallery: Gallery, chrome: Chrome
) -> None:
    usual, loads = Kaleido._return_kaleido_tab, []  # noqa: SLF001 - where a page is loaded anew

    async def load(self: Kaleido, tab: object) -> None:
        loads.append(tab)
        await usual(self, tab)

    monkeypatch.setattr(Kaleido, "_return_kaleido_tab", load)
    exporter, drawn = Exporter(chrome), []
    for chart in ("map", "ranking", "industry") * (FIGURES_A_PAGE // 3 + 1):
        made = exhibits(gallery, chart, "regions=110112", Print())
        drawn.append((chart, exporter.file("svg", made, Print(), "", patient=True)))
    assert FIGURES_A_PAGE < len(drawn) < 2 * FIGURES_A_PAGE
    assert len(set(drawn)) == 3
    assert len(loads) == 1


def test_a_killed_chrome_loses_nothing_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, gallery: Gallery, chrome: Chrome
) -> None:
    logged: list[str] = []
    monkeypatch.setattr(journal.faults, "warning", lambda what, **_: logged.append(what))
    made = exhibits(gallery, "ranking", "", Print())
    exporter, drawn = Exporter(chrome), []
    for turn in range(5):
        if turn == 2:
            threading.Timer(0.05, partial(kill, chrome)).start()
        if turn == 3:
            kill(chrome)
        drawn.append(exporter.file("svg", made, Print(), "", patient=True))
    assert len(set(map(len, drawn))) == 1
    assert set(logged) == {"Chrome is started anew"}


def kill(chrome: Chrome) -> None:
    assert chrome.process is not None
    with suppress(ProcessLookupError):  # killed before, between two figures
        os.kill(chrome.process, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


def test_a_figure_that_cannot_be_drawn_is_a_sentence_and_the_next_one_is(chrome: Chrome) -> None:
    shot = Shot("svg", 300, 200, 1)
    wrong = {
        "data": [{"type": "choropleth", "geojson": "/none", "locations": ["a"], "z": [1]}],
        "layout": {},
    }
    with pytest.raises(ExportError, match=r"could not be drawn|did not finish"):
        chrome.picture(wrong, shot)
    assert chrome.picture({"data": [], "layout": {}}, shot).startswith(b"<svg")


def test_a_full_queue_turns_the_impatient_away(manifest: Manifest, browser_path: str) -> None:
    small = Chrome(
        partial(web.held_geometry, manifest), FONT, in_flight=1, seconds=20, path=browser_path
    )
    figure: dict[str, object] = {"data": [], "layout": {}}
    shot = Shot("svg", 300, 200, 1)
    first = threading.Thread(target=small.picture, args=(figure, shot))
    first.start()
    while first.is_alive() and small._room.acquire(blocking=False):  # noqa: SLF001 - its queue
        small._room.release()  # noqa: SLF001
    with pytest.raises(BusyError, match="few seconds"):
        small.picture(figure, shot)
    first.join()
    assert small.picture(figure, shot, patient=True)
    small.close()
    assert small.process is None
