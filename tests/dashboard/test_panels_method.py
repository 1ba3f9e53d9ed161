"""The method notes: each chart has one, whole, and each one has its chart."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from dashboard.pages import explore, firms
from dashboard.pages.callbacks import PAGES
from dashboard.panels import method
from dashboard.text import words
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.records import Lang


def called() -> Iterator[tuple[str, str]]:
    """Yield page and chart of every `note("page", "chart", …)` in the source."""
    for path in sorted((ROOT / "dashboard").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "note":
                given = [a.value for a in node.args[:2] if isinstance(a, ast.Constant)]
                if len(given) == 2:
                    yield str(given[0]), str(given[1])


def written() -> set[tuple[str, str]]:
    return {(page, chart) for page, charts in method.charts().items() for chart in charts}


def test_every_note_has_its_chart_and_every_named_chart_its_note() -> None:
    pages = (*PAGES.values(), firms.PAGE)
    panels = {(panel.page, panel.name) for page in pages for panel in page.panels}
    of_maps = {(page.name, "map") for page in PAGES.values() if page.drawn}
    lists = {("explore", note) for note in explore.NOTES.values()}
    assert {*called(), *(panels - of_maps), *lists} == written()


def test_the_tables_are_those_of_the_pages() -> None:
    assert set(method.charts()) <= {page.name for page in (*PAGES.values(), firms.PAGE)}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_note_is_whole(lang: Lang) -> None:
    wanted = {
        f"method_{page}.{chart}.{part}"
        for page, chart in written()
        for part in ("title", *method.PARTS)
    }
    found = {key for key in words(lang) if key.startswith("method_")}
    assert found == wanted
