"""Draws charts small on sheets, to be looked at: `python tests/browser/contact_sheets.py DIR`.

Charts may be told behind the folder by page and name (`compare/slope`); without any, all are drawn.
Each is there at the sizes of a report, a journal and a slide, in both languages, as a second
program, resvg, draws the SVG that is handed out.
"""

from __future__ import annotations

import argparse
import io
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import resvg_py
from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from dashboard.loading import load
from tests.browser.drawn import Wanted, figures
from tests.browser_setup import Machine, ensure_browser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.browser.drawn import Figure

SIZES: Final = ("a4-half", "one-column", "slide")
ACROSS, DOWN = 3, 2
CELL: Final = (760, 600)
"""Pixels of a thumbnail's place, its name below it."""
NAME: Final = 18


def main(argv: Sequence[str] | None = None) -> int:
    """Draw the sheets into a folder, one for each six figures of a chart."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("charts", nargs="*", metavar="CHART")
    told = parser.parse_args(argv)
    folder: Path = told.folder
    folder.mkdir(parents=True, exist_ok=True)
    atlas, manifest = load()
    with sync_playwright() as playwright:
        path = ensure_browser(Machine(), playwright.chromium.executable_path)
    made = figures(atlas, manifest, path, Wanted(len(SIZES), SIZES, told.charts))
    for chart, several in groupby(made, key=chart_of):
        left = list(several)
        for at in range(0, len(left), ACROSS * DOWN):
            file = folder / f"{chart}-{at}.png"
            sheet(left[at : at + ACROSS * DOWN]).save(file)
    return 0


def chart_of(figure: Figure) -> str:
    """Return the page and chart of a figure, without language and size."""
    return figure.name.partition("-zh-")[0].partition("-en-")[0]


def sheet(some: Iterable[Figure]) -> Image.Image:
    """Return a sheet of thumbnails with their names."""
    made = Image.new("RGB", (ACROSS * CELL[0], DOWN * CELL[1]), "#999999")
    pen = ImageDraw.Draw(made)
    for figure, (left, top) in zip(some, places(), strict=False):
        svg = resvg_py.svg_to_bytes(svg_string=figure.svg, width=2 * CELL[0], dpi=96)
        drawn = Image.open(io.BytesIO(bytes(svg))).convert("RGB")
        drawn.thumbnail((CELL[0] - 4, CELL[1] - NAME - 4))
        made.paste(drawn, (left + 2, top + 2))
        pen.text((left + 4, top + CELL[1] - NAME), figure.name, fill="#000000")
    return made


def places() -> Iterator[tuple[int, int]]:
    """Yield the left and top edges of the places on a sheet, row by row."""
    for row in range(DOWN):
        yield from ((column * CELL[0], row * CELL[1]) for column in range(ACROSS))


if __name__ == "__main__":
    sys.exit(main())
