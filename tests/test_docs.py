"""The pages of docs/: made from what they speak of, leading nowhere that is not there."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docs import drawing, links, pages
from geodata.catalog.reader import load_catalog
from tests.conftest import ROOT
from tests.rooms import ROOMS

if TYPE_CHECKING:
    from geodata.records import Lang

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
ENGLISH = "methods_en.md"
LONGEST_README = 50
FIRST_SCREEN = 35
"""Lines of the README on the screen of a desk, its picture counted as one."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def read(path: Path | str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def built(folder: Path, tree: Path = ROOT) -> tuple[int, str]:
    """Build the site as the workflow does; return the exit code and what is printed."""
    line = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "-q"]
    done = subprocess.run(  # noqa: S603 - our own line
        [*line, "docs", str(folder)],
        cwd=tree,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.docs
def test_the_site_is_built_without_a_warning_and_holds_what_it_is_made_of(tmp_path: Path) -> None:
    assert built(tmp_path) == (0, "")
    site = {path.stem: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")}
    assert {path.stem for path in PAGES} <= site.keys()
    assert "problematic" not in "".join(site.values())
    assert "<svg" in site["architecture"]
    for function in ("map", "table", "place", "search"):
        assert f'id="geodata.{function}"' in site["api"]
    assert "Return the indicators and places that hold the words" in site["api"]
    assert (tmp_path / "_images" / "tianjin-1920.png").is_file()


@pytest.mark.docs
def test_a_link_that_leads_nowhere_fails_the_build(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for path in (*ROOT.glob("[!.]*"), *DOCS.glob("*.py"), DOCS / "_static", DOCS / "rooms.csv"):
        if path != DOCS and path.name != "build":
            (tree / path.relative_to(ROOT)).parent.mkdir(exist_ok=True)
            (tree / path.relative_to(ROOT)).symlink_to(path)
    (tree / "docs" / "index.md").write_text("# 页\n\n[无](nowhere.md)\n", encoding="utf-8")
    code, printed = built(tmp_path / "site", tree)
    assert code != 0
    assert "nowhere.md" in printed


def test_links_that_lead_nowhere_or_fetch_from_elsewhere_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<h1 id="top">a</h1><a href="b.html#there">1</a><a href="#top">2</a>'
        '<a href="https://example.org/">3</a><img src="data:,x">',
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text('<p id="there">b</p>', encoding="utf-8")
    assert list(links.broken(tmp_path)) == []
    (tmp_path / "b.html").write_text(
        '<a href="c.html">1</a><a href="a.html#gone">2</a><img src="https://example.org/x.png">',
        encoding="utf-8",
    )
    assert list(links.broken(tmp_path)) == [
        "a.html: no anchor for b.html#there",
        "b.html: no file for c.html",
        "b.html: no anchor for a.html#gone",
        "b.html: fetches https://example.org/x.png",
    ]


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES], ids=str)
def test_what_a_page_names_is_there(path: Path) -> None:
    named = re.findall(
        r"`((?:assets|dashboard|docs|geodata|tests)/[\w./-]+)`", path.read_text(encoding="utf-8")
    )
    gone = [name for name in named if name != "docs/" and not (ROOT / name).exists()]
    assert [name for name in gone if not name.startswith("build/")] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_begins_in_chinese_and_goes_on_in_english(path: Path) -> None:
    if path.name == ENGLISH:
        return
    title = re.search(
        r"^# (.+)$", pages.filled(path.read_text(encoding="utf-8"), path), re.MULTILINE
    )
    assert title
    assert CHINESE.match(title[1]), title[1]


def test_the_readme_says_on_one_screen_what_it_is_how_to_begin_and_what_it_looks_like() -> None:
    lines = read("README.md").splitlines()
    assert len(lines) <= LONGEST_README
    first = lines[: lines.index("## 从这里去 · Where to go from here")]
    assert len(first) <= FIRST_SCREEN
    assert len(re.findall(r"!\[", "\n".join(lines))) == 1
    assert any(line.startswith("![") for line in first)
    assert sum(line.startswith("python -m pip install") for line in first) == 2


def test_every_page_is_found_from_the_readme_or_the_contents() -> None:
    index = read("docs/index.md")
    listed = {line for line in index.splitlines() if re.fullmatch(r"[a-z_]+", line)}
    assert listed == {path.stem for path in PAGES} - {"index"}


def test_links_of_the_repository_become_links_of_the_site() -> None:
    source = "[a](CONTRIBUTING.md) [b](docs/data.md#x) [c](LICENSE) [d](https://e.org/) [e](#f)"
    assert pages.relinked(source, ROOT / "README.md", DOCS / "index.md") == (
        "[a](contributing.md) [b](data.md#x) [c](../LICENSE) [d](https://e.org/) [e](#f)"
    )


def test_a_line_that_breaks_within_chinese_leaves_no_space() -> None:
    page = DOCS / "x.md"
    assert pages.filled("一行，\n又一行 a\nb\n\n“三”\n四", page) == "一行，又一行 a\nb\n\n“三”四"


def test_a_link_to_a_picture_opens_it_and_a_picture_stays_one() -> None:
    source = "[图](screenshots/a.png) ![图](screenshots/b.png)"
    assert pages.filled(source, DOCS / "x.md") == (
        '<a href="_static/a.png">图</a> ![图](screenshots/b.png)'
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_methods_hold_every_word_of_every_note(lang: Lang) -> None:
    made = pages.notes(lang)
    for path in sorted((ROOT / "dashboard" / "text").glob("method_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for line in row[lang].split("\n"):
                    title = row["key"].endswith(".title")
                    assert (line if title else pages.plain(line)) in made, (path.name, row["key"])


def test_the_catalogue_holds_every_indicator_and_every_break() -> None:
    made, catalog = pages.indicators(), load_catalog()
    assert [one for one in catalog.indicators if f"`{one}`" not in made] == []
    shown = [one for one in catalog.breaks if one.indicator in catalog.indicators]
    assert [one.reason.zh for one in shown if pages.plain(one.reason.zh) not in made] == []
    assert len(shown) > 5


def test_the_drawing_has_a_floor_for_every_room_in_order() -> None:
    members = [one for floor in drawing.floors() for one in floor.members]
    assert sorted(members) == sorted(one for group in ROOMS for one in group)
    order = {one: number for number, group in enumerate(ROOMS) for one in group}
    assert [order[one] for one in members] == sorted(order.values())


def test_the_drawing_marks_every_import_that_leaves_a_floor_and_none_goes_up() -> None:
    drawn = drawing.svg()
    house = drawing.floors()
    counted = drawing.stairs(house)
    assert len(counted) > 50
    assert drawn.count("<circle") == len(counted)
    assert drawn.count('class="down"') == len(counted)
    (pages_,) = [n for n, floor in enumerate(house) if floor.members == ("dashboard.pages",)]
    (text,) = [n for n, floor in enumerate(house) if floor.members == ("dashboard.text",)]
    named = sum(
        path.read_text(encoding="utf-8").count("from dashboard.text import")
        for path in (ROOT / "dashboard" / "pages").glob("*.py")
    )
    assert counted[pages_, text] >= named > 0
    for floor in house:
        assert floor.zh in drawn
        assert CHINESE.search(floor.zh)


def test_an_import_against_the_order_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "sources", lambda: [Path("any.py")])
    monkeypatch.setattr(drawing, "module_of", lambda _: "geodata.facts.files")
    monkeypatch.setattr(
        drawing, "imports", lambda _: ["dashboard.text.words", "geodata.records.Name", "csv"]
    )
    drawn = drawing.svg()
    assert (drawn.count('class="up"'), drawn.count('class="down"')) == (1, 1)
