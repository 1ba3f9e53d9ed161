"""A fact of the code is written in one place, which all others read, in every language of it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from dash import html

from dashboard.pages.callbacks import frame
from dashboard.pages.frame import notices_of
from dashboard.pages.screen import COLUMN, LARGE, LARGE_COLUMN, NARROW, PHONE, SCREENS
from dashboard.text import text
from dashboard.view import MAX_REGIONS, PARTS, Vocabulary
from geodata import ids
from geodata.records import LANGUAGES, REGION_ID
from tests.conftest import ROOT
from tests.dashboard.panel_fixtures import said
from tests.rooms import module_of, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

ASSETS = ROOT / "assets"
SCRIPTS = sorted(ASSETS.glob("*.js"))
SHEETS = sorted(ASSETS.glob("*.css"))
NO_WORDS = Vocabulary({}, {}, {}, (), {}, "", "")
CODES = frozenset(
    {
        *ids.PROVINCES,
        *ids.XIONGAN_COUNTIES,
        *(ids.SHIJIAZHUANG, ids.BAODING, ids.XIONGAN, ids.NATION_CODE),
    }
)
NAMED = CODES | {ids.DEFAULT_SCHEME, ids.NATION, REGION_ID}
"""Strings that stand for one thing wherever they stand."""
LISTS_THAT_ARE_NO_FACT = (
    {"indicator", "level"},
    {"0", "1"},
    {"circle", "county"},
    {"circle", "region"},
    {"circle", "city", "county"},
    {",", ":"},
    {"ring", "thin"},
    {"read", "formula", "definition"},
)
"""Two lists of the same words that mean different things and may change apart."""


def strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def lists(tree: ast.AST) -> Iterator[frozenset[str]]:
    """Yield the lists of words in a file: two words or more, and nothing else in them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            words = [one.value for one in node.elts if isinstance(one, ast.Constant)]
            found = frozenset(word for word in words if isinstance(word, str))
            if len(found) == len(node.elts) > 1:
                yield found


def test_an_id_is_written_where_it_is_named_and_nowhere_else() -> None:
    found = defaultdict(set)
    for path in sources():
        for word in strings(ast.parse(path.read_text(encoding="utf-8"))):
            if word in NAMED:
                found[word].add(module_of(path))
    once = {word: {"geodata.records" if word == REGION_ID else "geodata.ids"} for word in NAMED}
    assert dict(found) == once


def test_no_list_of_words_is_written_in_two_modules() -> None:
    found = defaultdict(set)
    for path in sources():
        for words in lists(ast.parse(path.read_text(encoding="utf-8"))):
            # What a chart or a page waits for is its own.
            if not words <= set(PARTS):
                found[words].add(module_of(path))
    twice = {tuple(sorted(words)): at for words, at in found.items() if len(at) > 1}
    other = {tuple(sorted(words)) for words in LISTS_THAT_ARE_NO_FACT}
    assert {words: at for words, at in twice.items() if words not in other} == {}


def test_a_list_written_again_is_found() -> None:
    again = ast.parse('PAINTS = {"paint": ("lq", "change")}\nALSO = ["change", "lq"]\nX = ("a",)')
    assert [*lists(again)] == [frozenset({"lq", "change"})] * 2


def test_scripts_hold_no_code_of_a_place_and_no_number_that_python_holds() -> None:
    numbers = {MAX_REGIONS, *SCREENS.values(), PHONE} - {10}
    for path in SCRIPTS:
        words = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert [code for code in CODES if code in words] == [], path.name
        held = {int(n) for n in re.findall(r"(?<![\w.#])\d+(?![\w.])", words)}
        assert held & numbers == set(), path.name


def test_the_browser_is_told_how_many_regions_and_how_wide_screens_are() -> None:
    stores = {getattr(one, "id", ""): one for one in frame(html.Div(), NO_WORDS)}
    told: dict[str, object] = vars(stores["address"])["data"]
    assert told["most_regions"] == MAX_REGIONS
    assert told["screens"] == SCREENS
    script = (ASSETS / "atlas.js").read_text(encoding="utf-8")
    assert len(re.findall(r"known\.most_regions", script)) >= 3
    (names,) = re.findall(r"const \{ (.*) \} = known\.screens;", script)
    singly = re.findall(r"known\.screens\.(\w+)", script)
    assert {*(name.partition(":")[0] for name in names.split(", ")), *singly} == set(SCREENS)


def test_style_sheets_change_at_the_widths_that_python_knows() -> None:
    widths = chain.from_iterable(
        re.findall(r"@media \((max|min)-width: (\d+)px\)", path.read_text(encoding="utf-8"))
        for path in SHEETS
    )
    assert {(edge, int(width)) for edge, width in widths} == {
        ("max", PHONE),
        ("max", NARROW),
        ("max", LARGE),
        ("min", NARROW + 1),
        ("min", LARGE + 1),
    }


def test_style_sheets_give_panels_the_columns_that_python_measures_by() -> None:
    sheet = (ASSETS / "app.css").read_text(encoding="utf-8")
    tracks = re.findall(r"\.desk \{[^}]*grid-template-columns: ([^;]*);", sheet)
    columns = [re.findall(r"(\d+)px", one)[-1] for one in tracks]
    assert [int(width) for width in columns[:2]] == [LARGE_COLUMN, COLUMN]


def test_the_sentence_on_too_many_regions_says_how_many() -> None:
    for lang in LANGUAGES:
        (words,) = [said(one) for one in notices_of(("regions",), text(lang))]
        assert f" {MAX_REGIONS} " in words
