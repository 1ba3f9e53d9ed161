"""Checks every figure in every size and language: `python tests/browser/checked.py [SIZE …]`.

Prints a table: chart, size, language, the least type of either script and the thinnest line in
points, and the faults, or the sentence of a figure that has no room.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).parents[2]))

from dashboard.lettering import FONT
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery
from dashboard.papers import LEAST_LINE, PALETTES, SIZES, TYPES
from dashboard.print import checks
from dashboard.print.chrome import Chrome, Shot
from dashboard.print.errors import ExportError
from dashboard.print.exporter import finished_svg
from dashboard.print.floors import CHINESE
from dashboard.print.paper import Print
from dashboard.print.sheet import sheet
from dashboard.print.svg_texts import text_lines
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse
from dashboard.web import wire as web
from geodata.atlas import Atlas
from geodata.build.build import build

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboard.pages.page import Page
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.sheet import Sheet
    from geodata.build.cache import Manifest

DAY = "2026-11-25"
CHARTS = [(page, name) for page in PAGES.values() for panel in page.panels for name in panel.names]


@dataclass(frozen=True)
class Checked:
    """A figure that was checked; `refused` is the sentence of one that has no room."""

    chart: str
    size: str
    lang: str
    latin: float = 0
    chinese: float = 0
    line: float = 0
    faults: tuple[checks.Fault, ...] = ()
    refused: str = ""

    def __str__(self) -> str:
        """Return a row of the table."""
        least = [f"{points:.2f}" if points else "-" for points in (self.latin, self.chinese)]
        said = "; ".join(map(str, self.faults)) or self.refused or "none"
        return "\t".join([self.chart, self.size, self.lang, *least, f"{self.line:.2f}", said])


HEAD = "chart\tsize\tlanguage\tLatin pt\tChinese pt\tline pt\tfaults"


def checked(
    gallery: Gallery,
    chrome: Chrome,
    asked: Iterable[tuple[int, str, str]],
    charts: Sequence[tuple[Page, str]] = CHARTS,
) -> Iterator[Checked]:
    """Draw and check figures: number in `charts`, size and language."""
    for number, size, lang in asked:
        page, name = charts[number]
        choice, chart = Print(size, lang, date=DAY), f"{page.name}/{name}"  # type: ignore[arg-type]
        view, _ = parse(f"?lang={lang}", gallery.scene.vocabulary)
        try:
            exhibits = gallery.exhibits(page, name, view, choice)
            made = sheet(exhibits, choice)
        except ExportError as error:
            yield Checked(chart, size, lang, refused=str(error))
            continue
        drawn = chrome.picture(made.figure, Shot("svg", made.width, made.height, 1), patient=True)
        svg = finished_svg(ET.fromstring(drawn), made, exhibits[0])  # noqa: S314 - our own
        yield looked_at(svg, chart, choice, made, exhibits[0])


def looked_at(svg: str, chart: str, choice: Print, made: Sheet, main: Exhibit) -> Checked:
    """Check a figure that is drawn and finished, and the keys of its legend in every palette."""
    frame = checks.frame_of(made.figure, made.width, made.height)
    found = checks.faults(svg, choice.paper.use, made.zoom, frame)
    found += [one for p in PALETTES for one in checks.alike(main.keys, p)]
    told = (chart, choice.size, choice.words)
    return Checked(*told, *least(svg, made.zoom), faults=tuple(found))


def is_right(one: Checked) -> bool:
    """Tell whether a figure has no fault, and type and lines as its use asks for."""
    if one.refused:
        return True
    kind = TYPES[SIZES[one.size].use]
    sized = (one.latin or 99) > kind.latin - 0.03 and (one.chinese or 99) > kind.chinese - 0.03
    return sized and one.line > LEAST_LINE - 0.03 and not one.faults


def least(svg: str, zoom: float) -> tuple[float, float, float]:
    """Return the points of the smallest Latin and Chinese type and of the thinnest line."""
    sizes: dict[bool, list[float]] = {True: [], False: []}
    for one in text_lines(svg):
        if one.words:
            sizes[bool(CHINESE.search(one.words))].append(checks.points_of(one, zoom))
    lines = [points for _, points in checks.strokes(ET.fromstring(svg), zoom)]  # noqa: S314
    return min(sizes[False], default=0), min(sizes[True], default=0), min(lines, default=0)


def opened(atlas: Atlas, manifest: Manifest, path: str | None = None) -> tuple[Gallery, Chrome]:
    """Return what draws and what there is to draw."""
    gallery = Gallery(Scene(atlas, web.addresses(manifest), vocabulary(atlas)), PAGES)
    return gallery, Chrome(partial(web.held_geometry, manifest), FONT, path=path)


def main() -> None:
    """Print the table."""
    manifest = build()
    gallery, chrome = opened(Atlas.load(manifest.folder), manifest)
    sizes = sys.argv[1:] or list(SIZES)
    asked = [
        (at, size, lang) for at in range(len(CHARTS)) for size in sizes for lang in ("zh", "en")
    ]
    sys.stdout.write(HEAD + "\n")
    for one in checked(gallery, chrome, asked):
        sys.stdout.write(f"{one}\n")
    chrome.close()


if __name__ == "__main__":
    main()
