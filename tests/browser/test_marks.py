"""Every figure draws what it was given: as many marks as there are points with a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import LAPTOP
from tests.browser.driving import Desk, sit_down
from tests.browser.pages import PATHS, walked_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

QUERIES = {
    "/": "?circle=capital&regions=130100",
    "/compare": "?regions=110000,120000,130100,131100",
    "/clusters": "?regions=130100",
    "/linkages": "?regions=130100",
}
"""Views in which the figures have most to draw."""
MANY = 80
"""Points that the figures of each of these views hold at least: the counting found them."""
MISSED = """() => {
  const given = (list) => [...(list || [])].map((one) => one !== null && one !== undefined);
  const both = (one, other) => given(one).filter((there, i) => there && given(other)[i]).length;
  const kinds = {
    scatter: (t) => [/markers/.test(t.mode) ? both(t.x, t.y) : 0, ".scatterlayer .point"],
    bar: (t) => [both(t.x, t.y), ".barlayer .point"],
    scattergeo: (t) => [/markers/.test(t.mode) ? both(t.lon, t.lat) : 0, ".scattergeo .point"],
    choropleth: (t) => [(t.locations || []).length, ".choroplethlayer .choroplethlocation"],
  };
  const drawn = (plot, where) => [...plot.querySelectorAll(where)].filter(
    (one) => one.tagName === "path" || one.querySelector("path")).length;
  const found = [];
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const wanted = {};
    for (const trace of plot._fullData.filter((t) => t.visible === true)) {
      if (!kinds[trace.type]) continue;
      const [points, where] = kinds[trace.type](trace);
      wanted[where] = (wanted[where] || 0) + points;
    }
    const name = plot.parentElement.closest("[id]")?.id || plot.id;
    for (const [where, points] of Object.entries(wanted)) {
      found.push([name, where, points, drawn(plot, where)]);
    }
  }
  return found;
}"""
"""The figures of the page by kind of mark: name, kind, points given and marks drawn."""


@pytest.fixture(scope="module")
def vector_desk(browser: Browser, app_url: str) -> Iterator[Desk]:
    with sit_down(browser, app_url, LAPTOP) as desk:
        yield desk


@pytest.mark.parametrize("path", PATHS)
def test_as_many_marks_are_drawn_as_points_are_given(vector_desk: Desk, path: str) -> None:
    walked_to(vector_desk, path, QUERIES.get(path, ""))
    found = vector_desk.page.evaluate(MISSED)
    assert [one for one in found if one[2] != one[3]] == []
    if path in QUERIES:
        assert "map" in {name for name, *_ in found} or path == "/compare"
        assert sum(given for _, _, given, _ in found) > MANY
