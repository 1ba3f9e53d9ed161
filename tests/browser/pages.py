"""The pages of the atlas as the tests of accessibility open them, one like the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.callbacks import PAGES
from tests.browser.driving import DRAWN, FIRST_VISIT, IDLE, PATIENCE

if TYPE_CHECKING:
    from dashboard.palette import Theme
    from tests.browser.driving import Desk

PATHS = tuple(PAGES)
WITH_MAP = tuple(path for path, page in PAGES.items() if page.drawn)
THERE = """(path) => document.querySelector('.page')?.dataset.path === path
  && document.querySelectorAll('.js-plotly-plot').length
     === document.querySelectorAll('.dash-graph').length
  && (path !== '/data' || document.querySelector('.ag-center-cols-container .ag-cell'))"""
"""The page of this path stands with all its graphs, and the grid where there is one."""
GO = "([pathname, search]) => dash_clientside.set_props('url', { pathname, search })"
UNFOLD = "() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"


def opened(desk: Desk, path: str, query: str = "") -> None:
    """Load a page anew and wait until all of it is drawn."""
    desk.page.goto(path + query)
    _drawn(desk, path)


def walked_to(desk: Desk, path: str, query: str = "") -> None:
    """Go to a page from another, without loading it, and wait until all of it is drawn."""
    if not desk.stands():
        opened(desk, path, query)
        return
    # Of a page that is left while it waits for a part, Dash says that the part is not there.
    desk.page.wait_for_function(IDLE, timeout=FIRST_VISIT)
    desk.page.evaluate(GO, [path, query])
    desk.address(query)
    _drawn(desk, path)


def _drawn(desk: Desk, path: str) -> None:
    desk.page.wait_for_function(THERE, arg=path, timeout=FIRST_VISIT)
    if path in WITH_MAP:
        desk.page.wait_for_function(DRAWN, timeout=FIRST_VISIT)
    desk.page.wait_for_function(IDLE, timeout=FIRST_VISIT)


def dressed(desk: Desk, theme: Theme) -> None:
    """Have every page of the desk come in a theme."""
    desk.page.context.add_init_script(f"localStorage.setItem('theme', '\"{theme}\"');")


def unfolded(desk: Desk) -> None:
    """Open all folds, and wait until the tables in them are written."""
    desk.page.evaluate(UNFOLD)
    desk.page.wait_for_function(
        "() => [...document.querySelectorAll('.as-table')].every((one) => one.querySelector('tr'))",
        timeout=PATIENCE,
    )
