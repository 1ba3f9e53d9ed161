"""Every figure on every page says in words what it shows and has its figures as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PATHS, opened, unfolded, walked_to

if TYPE_CHECKING:
    from playwright.sync_api import Locator

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


def rows(desk: Desk, graph: str) -> Locator:
    """Return the rows of the table of a graph."""
    return desk.page.locator(f".as-table[data-of='{graph}'] tbody tr")


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/methods"])
def test_each_figure_is_told_and_has_its_table(desk: Desk, path: str) -> None:
    walked_to(desk, path, "?regions=110000,120000")
    unfolded(desk)
    told = desk.page.evaluate(TOLD)
    assert told
    assert [graph for graph, words in told if not re.search(r"\d", words)] == []
    assert [graph for graph, n in desk.page.evaluate(TABLES) if n < 2] == []


def test_tables_say_what_map_and_charts_say_and_follow_them(desk: Desk) -> None:
    walked_to(desk, "/", "?regions=110112")
    unfolded(desk)
    expect(rows(desk, "map")).to_have_count(desk.traces("(all) => all[0].locations.length"))
    county = rows(desk, "map").filter(has_text="安平县")
    expect(county.locator("th")).to_have_text("安平县")
    written = desk.traces("(all) => all[0].customdata[all[0].text.indexOf('安平县')][0]")
    expect(county.locator("td")).to_have_text(written)
    shown = desk.page.locator("#ranking-chart .bartext").first.text_content() or ""
    expect(rows(desk, "ranking-chart").first.locator("td").last).to_have_text(shown)

    head = desk.page.locator(".as-table[data-of='map'] thead th").nth(1)
    expect(head).to_have_text("制造业区位商")
    mining = rows(desk, "industry-chart").filter(has_text="采矿业")
    before = mining.inner_text()
    desk.move("?regions=130200&indicator=lq_finance")
    unfolded(desk)
    expect(head).to_have_text("金融业区位商")
    expect(mining).not_to_have_text(before)


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
