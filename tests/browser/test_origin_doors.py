"""The numbers that the browser lets ask are those that the tests of the drawer go through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dash import html

from dashboard.charts.table import table_of
from dashboard.pages.callbacks import PAGES
from dashboard.pages.screen import Screen
from dashboard.panels.components import PLACES
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse
from tests.browser.pages import unfolded, walked_to
from tests.doors import doors

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.view import View
    from geodata.atlas import Atlas
    from tests.browser.driving import Desk

NUMBERS = """() => [...document.querySelectorAll('[data-figure]')].map((number) =>
  [number.dataset.figure, number.textContent])"""
SEARCH = "?regions=110000,130100&indicator=gdp&level=city"


@pytest.mark.parametrize("path", ["/", "/clusters", "/compare", "/linkages"])
def test_the_browser_has_each_number_with_its_name(desk: Desk, atlas: Atlas, path: str) -> None:
    scene = Scene(atlas, str, vocabulary(atlas))
    view, fallen = parse(SEARCH, scene.vocabulary)
    assert not fallen
    page = [PAGES[path].body(scene, view, Screen()), *later(scene, view, path)]
    expected = doors(html.Div(page))
    walked_to(desk, path, SEARCH)
    unfolded(desk)
    found = {(figure, closed(written)) for figure, written in desk.page.evaluate(NUMBERS)}
    tables = tabled(scene, view, path)
    beside = {(d.figure, closed(d.written)) for d in expected if d.where not in tables}
    assert found == beside | {cell for cells in tables.values() for cell in cells}


def tabled(scene: Scene, view: View, path: str) -> dict[str, set[tuple[str, str]]]:
    """Return the numbers that can be asked in the table beside each chart of a record."""
    context, indicators = scene.context(view), scene.atlas.indicators
    return {
        chart.graph_id: {
            (figure, closed(written))
            for line in table_of(chart.rows(), indicators, context).body
            for written, figure in line
            if figure and not figure.startswith(PLACES)
        }
        for panel in PAGES[path].panels
        for chart in panel.charts(scene, view, context)
        if not chart.empty
    }


def later(scene: Scene, view: View, path: str) -> list[Component]:
    """Return the panels that a page asks for once it stands."""
    parts = (section for section in PAGES[path].sections if section.later)
    return [panel for part in parts for panel in part.children(scene, view, Screen())]


def closed(written: str) -> str:
    """Return words without the space before a unit, which is no word but a margin."""
    return written.replace(" ", "")
