"""Every figure on every page says in words what it shows and has its figures as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.driving import PLOT, sit_down
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
TWINS = """() => [...document.querySelectorAll('.dash-graph')].map((graph) => {
  const own = document.querySelector(`.twin[data-of="${graph.id}"]`);
  const table = (own || graph.closest('section').querySelector('.twin')).querySelector('table');
  return [graph.id, table.rows.length];
})"""


@pytest.fixture(scope="module")
def module_desk(browser: Browser, app_url: str) -> Iterator[Desk]:
    with sit_down(browser, app_url, LAPTOP) as desk:
        yield desk


def rows(desk: Desk, graph: str) -> Locator:
    """Return the rows of the table of a graph."""
    return desk.page.locator(f".twin[data-of='{graph}'] tbody tr")


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/methods"])
def test_each_figure_is_told_and_has_its_table(desk: Desk, path: str) -> None:
    opened(desk, path, "?regions=110000,120000")
    unfolded(desk)
    told = desk.page.evaluate(TOLD)
    assert told
    assert [graph for graph, words in told if not re.search(r"\d", words)] == []
    assert [graph for graph, n in desk.page.evaluate(TWINS) if n < 2] == []


def test_the_table_of_the_map_lists_every_county_as_its_label_does(desk: Desk) -> None:
    opened(desk, "/", "?regions=110112")
    unfolded(desk)
    expect(rows(desk, "map")).to_have_count(desk.traces("(all) => all[0].locations.length"))
    row = rows(desk, "map").filter(has_text="安平县")
    expect(row.locator("th")).to_have_text("安平县")
    written = desk.traces("(all) => all[0].customdata[all[0].text.indexOf('安平县')][0]")
    expect(row.locator("td").nth(1)).to_have_text(written)


def test_the_table_of_the_map_follows_the_map(desk: Desk) -> None:
    opened(desk, "/", "?regions=110112")
    unfolded(desk)
    first = rows(desk, "map").first
    before = first.inner_text()
    desk.move("?regions=110112&indicator=lq_finance")
    expect(first).not_to_have_text(before)
    name = desk.page.evaluate(f"{PLOT}.data[0].hovertemplate.split('<br>')[1]")
    expect(first.locator("td").first).to_have_text(name)


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


def test_a_matrix_is_a_table_with_heads_on_both_sides(desk: Desk) -> None:
    opened(desk, "/linkages")
    unfolded(desk)
    table = desk.page.locator(".twin[data-of='matrix-chart'] table")
    heads = table.locator("thead th").all_inner_texts()
    assert heads == table.locator("tbody th").all_inner_texts()
    for at in range(len(heads)):
        cell = table.locator("tbody tr").nth(at).locator("td").nth(at)
        expect(cell).to_have_text("1.00")
