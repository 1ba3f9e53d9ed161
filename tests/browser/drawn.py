"""Every chart of every page, drawn by Chrome and finished."""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dashboard.lettering import FONT
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery, charts_of
from dashboard.papers import SIZES
from dashboard.print.chrome import Chrome
from dashboard.print.errors import ExportError
from dashboard.print.exporter import Exporter
from dashboard.print.paper import Print
from dashboard.print.sheet import sheet
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse
from dashboard.web import wire as web
from tests.browser.checked import looked_at
from tests.dashboard.asked import CHOSEN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from playwright.sync_api import Browser

    from dashboard.papers import Words
    from dashboard.print.chrome import Shot
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from tests.browser.checked import Checked

DAY = "2026-11-25"
KEPT = "JJJ_ATLAS_DRAWN"
"""Names the folder of what has been drawn, in the lines of one run on one state of the code."""
Drawn = TypeVar("Drawn")
VIEWS = {
    "map": ("", "layers=fill,circles,cities,lines,labels,clusters,parks", "circle=capital"),
    **{chart: (chosen,) for chart, chosen in CHOSEN.items()},
}
"""Views of charts that have several looks; the others have the first one."""
LANGS: tuple[Words, ...] = ("zh", "en")


@dataclass(frozen=True)
class Figure:
    """A figure as Plotly drew it and as it is handed out, with its size in pixels."""

    name: str
    drawn: str
    svg: str
    size: tuple[int, int]
    checked: Checked


class Listening(Chrome):
    """A Chrome that keeps what it was last asked for and drew."""

    drawn = b""
    size = (0, 0)

    def picture(self, figure: Mapping[str, object], shot: Shot, *, patient: bool = False) -> bytes:
        self.drawn = super().picture(figure, shot, patient=patient)
        self.size = (shot.width, shot.height)
        return self.drawn


@dataclass(frozen=True)
class Wanted:
    """How many sizes of each chart, among which, and of which charts (`compare/slope`), or all."""

    sizes: int = len(SIZES)
    among: tuple[str, ...] = tuple(SIZES)
    charts: Collection[str] = ()


def figures(
    atlas: Atlas, manifest: Manifest, path: str, wanted: Wanted = Wanted()
) -> Iterator[Figure]:
    """Draw every chart of every page in both languages, at some of the sizes it can be read at.

    The first size of each is another than that of the one before, so that few sizes of each are
    all sizes of some. `path` is the Chrome that draws.
    """
    scene = Scene(atlas, web.addresses(manifest), vocabulary(atlas))
    gallery = Gallery(scene, PAGES)
    chrome = Listening(partial(web.held_geometry, manifest), FONT, path=path)
    exporter = Exporter(chrome)
    looks = [
        (page, chart, lang, look)
        for page in PAGES.values()
        for chart in charts_of(page)
        if not wanted.charts or f"{page.name}/{chart}" in wanted.charts
        for look in VIEWS.get(chart, ("",))
        for lang in LANGS
    ]
    try:
        for turn, (page, chart, lang, look) in enumerate(looks):
            view, fallen = parse(f"?lang={lang}&{look}", scene.vocabulary)
            assert fallen == ()
            drawn = 0
            for size in rotated(list(wanted.among), turn):
                choice = Print(size, lang, date=DAY)
                try:
                    exhibits = gallery.exhibits(page, chart, view, choice)
                    made = sheet(exhibits, choice)
                except ExportError:
                    continue  # said in words
                svg = exporter.file("svg", exhibits, choice, "", patient=True).decode()
                name = "-".join(
                    filter(None, (page.name, chart, look.partition("=")[2][:4], lang, size))
                )
                seen = looked_at(svg, f"{page.name}/{chart}", choice, made, exhibits[0])
                yield Figure(name, chrome.drawn.decode(), svg, chrome.size, seen)
                drawn += 1
                if drawn == wanted.sizes:
                    break
            assert drawn > 0 or len(wanted.among) < len(SIZES), (page.name, chart, lang)
    finally:
        chrome.close()


def once(name: str, draw: Callable[[], Drawn]) -> Drawn:
    """Return what is drawn; the lines of `.ci/run` draw it once, and name a folder for it."""
    folder = os.environ.get(KEPT)
    if not folder:
        return draw()
    path = Path(folder) / name
    if not path.exists():
        path.write_bytes(pickle.dumps(draw()))
    drawn: Drawn = pickle.loads(path.read_bytes())  # noqa: S301 - our own
    return drawn


def rotated(sizes: list[str], turn: int) -> list[str]:
    """Return the sizes from another one on at each turn."""
    start = turn % len(sizes)
    return sizes[start:] + sizes[:start]


def pictures(browser: Browser, figures: list[Figure]) -> dict[str, bytes]:
    """Return by name what Chrome makes of the figures as Plotly drew them."""
    context = browser.new_context(device_scale_factor=1)
    page = context.new_page()
    made = {}
    for figure in figures:
        page.set_viewport_size({"width": figure.size[0], "height": figure.size[1]})
        page.set_content(f"<body style='margin: 0'>{figure.drawn}</body>")
        made[figure.name] = page.screenshot()
    context.close()
    return made
