"""Every figure that is handed out as SVG is the same in other programs as in Chrome."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import resvg_py

from dashboard.lettering import FONT
from dashboard.papers import SIZES
from dashboard.print.handed_in import MOST_ELEMENTS, plotted
from dashboard.print.svg_rules import breaches
from dashboard.print.svg_texts import met, text_lines
from dashboard.web.limits import MAX_DRAWING
from tests import other_programs
from tests.browser import contact_sheets
from tests.browser.checked import CHARTS, is_right
from tests.browser.drawn import KEPT, LANGS, Figure, Wanted, figures, once, pictures
from tests.likeness import apart, is_plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from dashboard.print.svg_texts import TextLine
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

NEAR = 30.0
"""Levels of 255 by which a block may differ at most; what is missing or black differs by more."""
NEAR_IN_LIBREOFFICE = 42.0
"""LibreOffice 7.4 sets each letter on a whole pixel."""
LARGE = 3
"""How much larger LibreOffice draws, as letters are as wide as they are only where they are."""
MEASURE = """
words => {
  const pen = document.createElement("canvas").getContext("2d");
  return words.map(([said, size, weight, family]) => {
    pen.font = `${weight} ${size}px ${family}`;
    return pen.measureText(said).width;
  });
}
"""
TURNS = pytest.mark.parametrize("turn", [0, pytest.param(1, marks=pytest.mark.soak)])
"""Every figure in one of its languages, the next in the other; the other half by hand."""


@pytest.fixture(scope="module")
def made(atlas: Atlas, manifest: Manifest, browser_path: str) -> list[Figure]:
    """Draw each chart at one size, the next at another; all sizes are for `-m soak`."""
    return once("figures", lambda: list(figures(atlas, manifest, browser_path, Wanted(sizes=1))))


@pytest.fixture(scope="module")
def in_chrome(made: list[Figure], browser: Browser) -> dict[str, bytes]:
    return once("pictures", lambda: pictures(browser, made))


def half(made: list[Figure], turn: int) -> list[Figure]:
    """Return each figure in one of its two languages, which take turns."""
    return [
        pair[(at + turn) % 2] for at, pair in enumerate(zip(made[::2], made[1::2], strict=True))
    ]


def second(svg: str, width: int) -> bytes:
    """Return what another program, resvg, makes of an SVG."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, dpi=96))


@pytest.mark.journey
def test_every_size_is_among_what_is_looked_at(made: list[Figure]) -> None:
    assert {size for size in SIZES if any(one.name.endswith(f"-{size}") for one in made)} == {
        *SIZES
    }


@pytest.mark.journey
def test_every_svg_is_made_of_what_svg_1_1_knows(made: list[Figure]) -> None:
    assert len({figure.name for figure in made}) == len(made) > 50
    assert {figure.name: found for figure in made if (found := breaches(figure.svg))} == {}


@pytest.mark.journey
def test_every_chart_is_built_as_what_a_readers_browser_may_hand_in(made: list[Figure]) -> None:
    counts = [len(list(plotted(one.drawn.encode()).iter())) for one in made]
    assert min(counts) > 10
    assert 2 * max(counts) < MOST_ELEMENTS
    assert 2 * max(len(one.drawn.encode()) for one in made) < MAX_DRAWING


@pytest.mark.journey
def test_every_figure_is_set_as_its_use_asks_for(made: list[Figure]) -> None:
    drawn = {(one.checked.chart, one.checked.lang) for one in made}
    assert drawn == {(f"{page.name}/{name}", lang) for page, name in CHARTS for lang in LANGS}
    assert [str(one.checked) for one in made if not is_right(one.checked)] == []


def test_what_a_run_has_drawn_is_not_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = iter(range(9))
    monkeypatch.delenv(KEPT, raising=False)
    assert [once("one", lambda: next(turns)) for _ in range(2)] == [0, 1]
    monkeypatch.setenv(KEPT, str(tmp_path))
    assert [once("one", lambda: next(turns)) for _ in range(2)] == [2, 2]
    assert once("other", lambda: next(turns)) == 3


@pytest.mark.journey
@TURNS
def test_every_svg_looks_the_same_in_a_second_program(
    made: list[Figure], in_chrome: dict[str, bytes], turn: int
) -> None:
    drawn = {one.name: second(one.svg, one.size[0]) for one in half(made, turn)}
    assert [name for name, png in drawn.items() if is_plain(png)] == []
    levels = {name: apart(in_chrome[name], png) for name, png in drawn.items()}
    assert {name: much for name, much in levels.items() if much > NEAR} == {}


@pytest.mark.journey
def test_the_sheets_to_be_looked_at_show_each_figure_in_its_place(made: list[Figure]) -> None:
    sheet = contact_sheets.sheet(made[:2])
    wide, high = contact_sheets.CELL
    first, other, none = (
        sheet.crop((left, 0, left + wide, high)).convert("L").getextrema()
        for left in (0, wide, 2 * wide)
    )
    assert first[1] == other[1] == 255
    assert max(first[0], other[0]) < 64
    assert none[0] == none[1]


SPOILT: dict[str, Callable[[str], str]] = {
    "black": lambda svg: svg.replace(' fill="none"', ""),
    "without words": lambda svg: re.sub(r"<text.*?</text>", "", svg),
    "without areas": lambda svg: re.sub(r'<path [^>]*stroke="#ffffff"[^>]*>', "", svg),
    "without its lines": lambda svg: re.sub(r'<path [^>]*fill="none"[^>]*>', "", svg),
    "without places": lambda svg: re.sub(r' transform="[^"]*"', "", svg),
}
"""Faults of other programs: clear is black to them, or they leave out what they do not know."""


@pytest.mark.journey
@pytest.mark.parametrize("fault", SPOILT)
def test_a_figure_that_is_spoilt_is_seen(
    fault: str, made: list[Figure], in_chrome: dict[str, bytes]
) -> None:
    figure = next(one for one in made if one.name.startswith("explore-map-zh"))
    spoilt = SPOILT[fault](figure.svg)
    assert spoilt != figure.svg
    assert apart(in_chrome[figure.name], second(spoilt, figure.size[0])) > NEAR


@pytest.mark.journey
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('fill="none"', 'fill="rgba(0, 0, 0, 0)"'),
        ('fill="none"', 'style="fill: none"'),
        ('stroke="#ffffff"', 'stroke="rgb(255, 255, 255)"'),
        ('stroke="#ffffff"', 'stroke="white" vector-effect="non-scaling-stroke"'),
        ('font-weight="bold"', 'font-weight="bold" paint-order="stroke"'),
        ('<tspan x="', '<tspan dy="1.3em" x="'),
        ("<defs>", "<defs><filter/>"),
        ("<defs>", '<g></g><defs><clipPath id="none"/>'),
        ('clip-path="url(#', 'clip-path="url(#no'),
    ],
)
def test_what_svg_1_1_does_not_know_is_found(right: str, wrong: str, made: list[Figure]) -> None:
    figure = next(one for one in made if right in one.svg)
    assert breaches(figure.svg.replace(right, wrong, 1))


@pytest.mark.journey
def test_no_text_stands_on_other_text(made: list[Figure], browser: Browser) -> None:
    lines = {one.name: text_lines(one.svg) for one in made}
    width = measured(browser, [one for several in lines.values() for one in several])
    pairs = {name: met(several, width) for name, several in lines.items()}
    told = {name: [(a.words, b.words) for a, b in some] for name, some in pairs.items() if some}
    assert told == {}


def measured(browser: Browser, lines: list[TextLine]) -> Callable[[TextLine], float]:
    """Return what tells the width of each line of words, by its font."""
    kinds = sorted({kind(one) for one in lines})
    page = browser.new_page()
    told = [(words, size, "bold" if bold else "normal", FONT) for words, size, bold in kinds]
    widths = dict(zip(kinds, page.evaluate(MEASURE, told), strict=True))
    page.close()
    return lambda line: widths[kind(line)]


def kind(line: TextLine) -> tuple[str, float, bool]:
    return line.words, line.size, line.bold


@pytest.mark.soak
def test_no_text_stands_on_other_text_at_any_size(
    atlas: Atlas, manifest: Manifest, browser_path: str
) -> None:
    """Every chart at every size it can be read at, with the widths that layout goes by."""
    told = {}
    for figure in figures(atlas, manifest, browser_path):
        assert breaches(figure.svg) == [], figure.name
        told[figure.name] = [(a.words, b.words) for a, b in met(text_lines(figure.svg))]
    assert {name: pairs for name, pairs in told.items() if pairs} == {}
    assert len(told) > len(SIZES) * len(LANGS) * 10


@pytest.mark.journey
def test_lines_of_text_in_one_place_are_found(made: list[Figure], browser: Browser) -> None:
    """LibreOffice 7.4 does not move a line by `dy`, and prints each over the first."""
    figure = next(one for one in made if "<tspan x=" in one.svg)
    lines = text_lines(re.sub(r'(<tspan x="[^"]*") y="[^"]*"', r'\1 y="11"', figure.svg))
    assert met(lines, measured(browser, lines))


def written(svgs: dict[str, str], folder: Path) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{name}.svg" for name in svgs]
    for path, svg in zip(paths, svgs.values(), strict=True):
        path.write_text(svg, encoding="utf-8")
    return paths


def enlarged(svg: str) -> str:
    """Return a figure on a larger sheet; what is drawn on it is the same."""
    return re.sub(r'="([\d.]+)mm"', lambda found: f'="{LARGE * float(found[1]):g}mm"', svg, count=2)


@pytest.mark.office
@other_programs.needs_libreoffice
@TURNS
def test_every_svg_looks_the_same_in_libreoffice(
    made: list[Figure], in_chrome: dict[str, bytes], tmp_path: Path, turn: int
) -> None:
    files = written({one.name: enlarged(one.svg) for one in half(made, turn)}, tmp_path)
    drawn = other_programs.in_libreoffice(files, tmp_path, "png")
    assert far(drawn, in_chrome, NEAR_IN_LIBREOFFICE) == {}


@pytest.mark.office
@other_programs.needs_libreoffice
def test_a_figure_as_plotly_draws_it_is_black_in_libreoffice(
    made: list[Figure], in_chrome: dict[str, bytes], tmp_path: Path
) -> None:
    figure = next(one for one in made if one.name.startswith("explore-map-zh"))
    files = written({figure.name: figure.drawn}, tmp_path)
    drawn = other_programs.in_libreoffice(files, tmp_path / "png", "png")
    assert far(drawn, in_chrome, 3 * NEAR_IN_LIBREOFFICE).keys() == {figure.name}


@pytest.mark.office
@other_programs.needs_inkscape
def test_every_svg_looks_the_same_in_inkscape(
    made: list[Figure], in_chrome: dict[str, bytes], tmp_path: Path
) -> None:
    files = written({one.name: one.svg for one in made}, tmp_path / "svg")
    assert far(other_programs.in_inkscape(files, tmp_path), in_chrome, NEAR) == {}


def far(drawn: list[Path], in_chrome: dict[str, bytes], near: float) -> dict[str, float]:
    """Return what is not as in Chrome, by how much."""
    levels = {path.stem: apart(in_chrome[path.stem], path.read_bytes()) for path in drawn}
    return {name: round(much, 1) for name, much in levels.items() if much > near}
