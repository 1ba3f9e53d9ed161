"""The type of every chart's PDF, and of a report's: TrueType, embedded, subset, with its words."""

from __future__ import annotations

import io
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from dashboard.lettering import FONT
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery, charts_of
from dashboard.print.chrome import Chrome
from dashboard.print.exporter import Exporter
from dashboard.print.paper import Print
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse
from dashboard.web import wire as web
from tests import other_programs
from tests.dashboard.asked import asked
from tests.pdf_words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

DAY = "2026-11-25"
ADDRESS = "http://127.0.0.1:8050/?chosen=1"
CHARTS = [(path, chart) for path, page in PAGES.items() for chart in charts_of(page)]


@pytest.fixture(scope="module")
def gallery(atlas: Atlas, manifest: Manifest) -> Gallery:
    return Gallery(Scene(atlas, web.addresses(manifest), vocabulary(atlas)), PAGES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the PDF of each chart is kept for `pdffonts`."""
    return tmp_path_factory.mktemp("pdf")


@pytest.fixture(scope="module")
def exporter(manifest: Manifest, browser_path: str) -> Iterator[Exporter]:
    chrome = Chrome(partial(web.held_geometry, manifest), FONT, path=browser_path)
    yield Exporter(chrome)
    chrome.close()


def fonts(made: PdfReader) -> list[Any]:
    """Return the fonts of all pages, as ISO 32000-1 (9.7) describes them."""
    found = [page["/Resources"].get("/Font", {}).get_object() for page in made.pages]  # type: ignore[attr-defined]
    return [font.get_object() for several in found for font in several.values()]


def faults(font: Any) -> list[str]:  # noqa: ANN401 - pypdf's
    """Return what keeps a font from being TrueType, embedded, subset and readable."""
    if font["/Subtype"] != "/Type0":
        return [f"{font['/Subtype']} is no composite font"]
    (below,) = (one.get_object() for one in font["/DescendantFonts"])
    name = below["/BaseFont"]
    wrong = [] if below["/Subtype"] == "/CIDFontType2" else [f"{name}: {below['/Subtype']}"]
    wrong += [] if "/FontFile2" in below["/FontDescriptor"] else [f"{name} is not embedded"]
    wrong += [] if "/ToUnicode" in font else [f"{name} has no words"]
    return wrong + ([] if re.match(r"/[A-Z]{6}\+", name) else [f"{name} is no subset"])


def printed(path: str, chart: str, gallery: Gallery, exporter: Exporter) -> tuple[str, bytes]:
    """Return the titles of a chart in both languages, and its PDF."""
    view, choice = (
        parse(asked(chart), gallery.scene.vocabulary)[0],
        Print("a4-full", "both", date="2026-11-25"),
    )
    exhibits = gallery.exhibits(PAGES[path], chart, view, choice)
    content = exporter.file("pdf", exhibits, choice, ADDRESS, patient=True)
    return "\n".join(one.title for one in exhibits), content


@pytest.mark.parametrize(("path", "chart"), CHARTS, ids=lambda one: one.strip("/") or "explore")
def test_every_chart_is_set_in_truetype_and_says_where_it_is_from(
    path: str, chart: str, gallery: Gallery, exporter: Exporter, folder: Path
) -> None:
    titles, content = printed(path, chart, gallery, exporter)
    file_of(folder, path, chart).write_bytes(content)
    made = PdfReader(io.BytesIO(content))
    assert len(fonts(made)) >= 1
    assert [fault for font in fonts(made) for fault in faults(font)] == []
    written = "".join("".join(map(words_of, made.pages)).split())
    assert all("".join(title.split()) in written for title in titles.splitlines())
    told = made.metadata
    assert told is not None
    assert (told.title, told.author) == (titles.splitlines()[0], "京津冀产业协同图谱")
    assert str(told["/Keywords"]).endswith(ADDRESS)
    assert made.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in made.root_object


def file_of(folder: Path, path: str, chart: str) -> Path:
    return folder / f"{path.strip('/') or 'explore'}-{chart}.pdf"


@pytest.mark.office
@other_programs.needs_pdffonts
def test_pdffonts_finds_truetype_embedded_and_subset_in_the_pdf_of_every_chart(
    gallery: Gallery, exporter: Exporter, folder: Path
) -> None:
    """`pytest -m office -s tests/browser/test_pdf_type.py -k pdffonts` prints the table."""
    wrong = []
    for path, chart in CHARTS:
        file = file_of(folder, path, chart)
        if not file.exists():
            file.write_bytes(printed(path, chart, gallery, exporter)[1])
        told = other_programs.fonts_of(file)
        assert told, file.name
        for font in told:
            sys.stdout.write("\t".join([file.stem, *font.values()]) + "\n")
            good = (font["type"], font["emb"], font["sub"], font["uni"])
            wrong += [] if good == ("CID TrueType", "yes", "yes", "yes") else [(file.name, font)]
    assert wrong == []
