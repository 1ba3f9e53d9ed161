"""Takes the pictures of the README: `python tests/browser/screenshots.py`.

The six presets, a step of the tour, findings and the page of a place at three sizes, one of them
dark and one in English, and the other pages as a laptop and a phone show them, are written to
docs/screenshots/<name>-<width>.png.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402 - after the path, like all below
from playwright.sync_api import sync_playwright  # noqa: E402 - found from the root

from tests.browser.conftest import FLAGS, LAPTOP, PHONE, SCREEN  # noqa: E402
from tests.browser.driving import FIRST_VISIT, IDLE, Desk, sit_down  # noqa: E402
from tests.browser_setup import Machine, ensure_browser, ensure_font  # noqa: E402
from tests.conftest import running_server  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

FOLDER = ROOT / "docs" / "screenshots"
PRESETS = ("cities", "wings", "capital", "tianjin", "shijiazhuang", "digital")
PAGES = {
    "findings": "findings?claim=contracts_low",
    "place": "place?regions=131000",
    "tour": "?tour=2",
    "clusters": "clusters?industry=information_software&paint=lisa",
    "linkages": "linkages?regions=130100",
    "compare": "compare",
    "methods": "methods",
    "data": "data?indicator=gdp&level=city",
}
"""Name of a picture → path and query of the other pages."""
ANSWERS = ("findings", "place", "tour")
"""Pages that are taken at all three sizes."""
WITHOUT_MAP = frozenset({"findings", "place", "compare", "methods", "data"})
COLOURS = 256
"""Of the palette."""
DRAWING = 3000
"""Milliseconds that charts and grids are given to draw once nothing is asked any more."""


@dataclass(frozen=True)
class Shot:
    """One picture: a tour or a page at a size, light or dark, in one language."""

    name: str
    size: tuple[int, int]
    dark: bool = False
    lang: str = "zh"

    @property
    def file(self) -> Path:
        """Return where the picture is kept."""
        kind = "-dark" if self.dark else "-en" if self.lang == "en" else ""
        return FOLDER / f"{self.name}{kind}-{self.size[0]}.png"


def shots() -> Iterator[Shot]:
    """Name all pictures."""
    for size in (SCREEN, LAPTOP, PHONE):
        yield from (Shot(preset, size) for preset in PRESETS)
    yield Shot("tianjin", LAPTOP, dark=True)
    yield Shot("tianjin", LAPTOP, lang="en")
    yield from (Shot(name, SCREEN) for name in ANSWERS)
    for size in (LAPTOP, PHONE):
        yield from (Shot(name, size) for name in PAGES)


def take(desk: Desk, shot: Shot) -> bytes:
    """Go where a reader would, and take the picture."""
    if shot.dark:
        desk.page.add_init_script("localStorage.setItem('theme', '\"dark\"')")
    if shot.name in PAGES:
        open_page(desk, shot.name)
    else:
        click_tour(desk, shot)
    # The pointer left the link: nothing is lit up.
    desk.page.mouse.move(1, shot.size[1] - 1)
    desk.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    return desk.page.screenshot(animations="disabled")


def open_page(desk: Desk, name: str) -> None:
    """Open one of the other pages and wait until all of it stands."""
    if name in WITHOUT_MAP:
        desk.page.goto(f"/{PAGES[name]}")
        desk.page.locator(f".page-{name}").wait_for(timeout=FIRST_VISIT)
        desk.page.wait_for_function(IDLE, timeout=FIRST_VISIT)
        desk.page.wait_for_timeout(DRAWING)
    else:
        desk.visit(PAGES[name])


def click_tour(desk: Desk, shot: Shot) -> None:
    """Click a tour as a reader would."""
    desk.visit("?regions=130828" + ("&lang=en" if shot.lang == "en" else ""))
    desk.page.locator(f"#preset-{shot.name}").click()
    desk.until("() => !location.search.includes('130828')")
    desk.settle(FIRST_VISIT)


def small(picture: bytes) -> bytes:
    """Write a picture anew with a palette that has the colours of its large areas as they are."""
    out = io.BytesIO()
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    palette = image.quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    palette.save(out, "PNG", optimize=True)
    return out.getvalue()


def photograph(browser: Browser, home: str) -> None:
    """Take all pictures and say how large they are."""
    for shot in shots():
        touch: dict[str, Any] = {"has_touch": True, "is_mobile": True} if shot.size == PHONE else {}
        with sit_down(browser, home, shot.size, fresh=True, **touch) as desk:
            picture = take(desk, shot)
        data = small(picture)
        shot.file.write_bytes(data)
        sys.stdout.write(f"{shot.file.relative_to(ROOT)}  {len(data) / 1000:.0f} kB\n")


def main() -> None:
    """Start the atlas and a browser, and photograph it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    machine = Machine()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server({}, Path(folder) / "log.txt") as (_, home),
        sync_playwright() as playwright,
    ):
        path = ensure_browser(machine, playwright.chromium.executable_path)
        ensure_font(machine)
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        photograph(browser, home)
        browser.close()


if __name__ == "__main__":
    main()
