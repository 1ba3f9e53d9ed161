"""Every figure on every page says in words what it shows and has its figures as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.driving import sit_down
from tests.browser.pages import PATHS, opened, unfolded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator

    from tests.browser.driving import Desk

TOLD = """() => [...document.querySelectorAll('.dash-graph')].map((graph) => {
  const framed = graph.closest('[role=img], [role=group]');
  const ids = (framed?.getAttribute('aria-describedby') || '').split(' ').filter(Boolean);
  const more = ids.map((id) => document.getElementById(id)?.textContent || '');
  return [graph.id, [framed?.getAttribute('aria-label') || '', ...more].join(' ')];
})"""
TABLES = """() => [...document.querySelectorAll('.dash-graph')].map((graph) => {
  const own = document.querySelector(`.as-table[data-of="${graph.id}"]`);
  const table = (own || graph.closest('section').querySelector('.as-table')).querySelector('table');
  return [graph.id, table.rows.length];
})"""


@pytest.fixture(scope="module")
def module_desk(browser: Browser, app_url: str) -> Iterator[Desk]:
    with sit_down(browser, app_url, LAPTOP) as desk:
        yield desk


def rows(desk: Desk, graph: str) -> Locator:
    """Return the rows of the table of a graph."""
    return desk.page.locator(f".as-table[data-of='{graph}'] tbody tr")


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/methods"])
def test_each_figure_is_told_and_has_its_table(desk: Desk, path: str) -> None:
    opened(desk, path, "?regions=110000,120000")
    unfolded(desk)
    told = desk.page.evaluate(TOLD)
    assert told
    assert [graph for graph, words in told if not re.search(r"\d", words)] == []
    assert [graph for graph, n in desk.page.evaluate(TABLES) if n < 2] == []


def test_the_table_of_the_map_lists_every_county_as_its_label_does(desk: Desk) -> None:
    opened(desk, "/", "?regions=110112")
    unfolded(desk)
    expect(rows(desk, "map")).to_have_count(desk.traces("(all) => all[0].locations.length"))
    row = rows(desk, "map").filter(has_text="安平县")
    expect(row.locator("th")).to_have_text("安平县")
    written = desk.traces("(all) => all[0].customdata[all[0].text.indexOf('安平县')][0]")
    expect(row.locator("td")).to_have_text(written)


def test_the_table_of_the_map_follows_the_map(desk: Desk) -> None:
    opened(desk, "/", "?regions=110112")
    unfolded(desk)
    head = desk.page.locator(".as-table[data-of='map'] thead th").nth(1)
    expect(head).to_have_text("制造业区位商")
    desk.move("?regions=110112&indicator=lq_finance")
    expect(head).to_have_text("金融业区位商")


def test_the_table_of_a_chart_follows_the_selection(desk: Desk) -> None:
    opened(desk, "/", "?regions=110112")
    unfolded(desk)
    mining = rows(desk, "industry-chart").filter(has_text="采矿业")
    before = mining.inner_text()
    desk.move("?regions=130200")
    unfolded(desk)
    expect(mining).not_to_have_text(before)


def test_numbers_are_written_as_the_chart_writes_them(desk: Desk) -> None:
    opened(desk, "/", "?regions=110112")
    unfolded(desk)
    row = rows(desk, "ranking-chart").first
    shown = desk.page.locator("#ranking-chart .bartext").first.text_content() or ""
    expect(row.locator("td").last).to_have_text(shown)


def test_a_matrix_has_every_pair_once(desk: Desk) -> None:
    opened(desk, "/linkages")
    unfolded(desk)
    table = desk.page.locator(".as-table[data-of='matrix-chart'] table")
    above = table.locator("thead th").all_inner_texts()[1:]
    beside = table.locator("tbody th").all_inner_texts()
    places = {*above, *beside}
    assert len(above) == len(beside) == len(places) - 1
    cells = table.locator("tbody td").all_inner_texts()
    pairs = [cell for cell in cells if cell != "–"]
    assert len(pairs) == len(places) * (len(places) - 1) / 2
    assert all(0 <= float(cell) <= 1 for cell in pairs)
