"""Every number that can be asked where it comes from is the one of which the drawer tells."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from dash import html

from dashboard.charts.table import figure_of
from dashboard.numbers import number
from dashboard.pages.callbacks import PAGES
from dashboard.pages.origin import origin_of
from dashboard.pages.screen import Screen
from dashboard.panels.origin import card
from dashboard.units import counted
from tests.dashboard.panel_fixtures import said
from tests.doors import doors

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View

EXPLORE = {"identity", "industry-chart", "plan"}
CLUSTERS = {
    "standing",
    "specialists-chart",
    "sizes-chart",
    "changes-chart",
    "strength",
    "beijing-chart",
}
COMPARE = {"multiples-chart", "keys", "indices-chart", "rank-size-chart", "timeline-chart"}
COMPARE |= {"definitions"}
LINKAGES = {"chain-chart", "chain", "roles"}
PLACES = "regions=110000,130100,130984"
SHOWN = [
    ("/", "", EXPLORE),
    ("/", "?regions=110112&benchmark=CN", EXPLORE),
    ("/", f"?{PLACES}&indicator=lq_finance&lang=en", EXPLORE),
    ("/", "?circle=tianjin&census=2010&level=city&indicator=gdp", EXPLORE),
    ("/", "?scheme=outline2015&indicator=lq_change_mining&lang=en", EXPLORE - {"plan"}),
    ("/clusters", "", CLUSTERS),
    ("/clusters", f"?{PLACES}&industry=finance&benchmark=CN&lang=en", CLUSTERS),
    ("/clusters", "?circle=tianjin&census=2010&paint=change", CLUSTERS),
    ("/clusters", "?level=city&paint=lisa&industry=mining", CLUSTERS),
    ("/compare", "", COMPARE),
    ("/compare", f"?{PLACES}&family=published&size=gdp&lang=en", COMPARE),
    ("/compare", "?regions=110112,130100&indicator=lq_finance&size=towns", COMPARE),
    ("/compare", "?scheme=commute2018&size=urban", COMPARE - {"multiples-chart"}),
    # What is drawn of these circles are subtotals, which the catalogue does not have.
    (
        "/compare",
        "?scheme=plan2026&size=population&indicator=retail_sales&lang=en",
        COMPARE - {"multiples-chart"},
    ),
    ("/linkages", "?benchmark=CN", LINKAGES),
    ("/linkages", "?among=county&census=2010&lang=en", LINKAGES),
    ("/linkages", "?among=circle", LINKAGES),
]
AMOUNT = re.compile(r"[+−-]?[\d,]*\d(?:\.(\d+))?")


@pytest.mark.parametrize(("path", "search", "where"), SHOWN)
def test_every_number_is_the_one_that_is_told(
    scene: Scene, read: Callable[[str], View], path: str, search: str, where: set[str]
) -> None:
    view = read(search)
    page, screen = PAGES[path], Screen("geo", "light", 500)
    later = [part.children(scene, view, screen) for part in page.sections if part.later]
    found = doors(html.Div([page.body(scene, view, screen), *chain.from_iterable(later)]))
    there = {door.where for door in found}
    assert where <= there
    assert there - where <= askable(scene, view, path)
    for door in found:
        told = origin_of(scene, view, door.figure)
        assert told is not None, door
        value = counted(told.value, view.lang).value
        assert value is not None, door
        if "<" in door.written:
            assert 0 < value < 0.01, door
            continue
        amounts = [*AMOUNT.finditer(door.written)]
        again = [number(value, len(one[1] or ""), signed=one[0].startswith("+")) for one in amounts]
        written = [one[0].replace("-", "−") for one in amounts]
        assert any(a == b for a, b in zip(written, again, strict=True)), door


def askable(scene: Scene, view: View, path: str) -> set[str]:
    """Return the graphs of the charts whose rows can be asked where they come from."""
    return {
        chart.graph_id
        for panel in PAGES[path].panels
        for chart in panel.charts(scene, view, scene.context(view))
        if any(figure_of(row, scene.atlas.indicators) for row in chart.rows())
    }


def test_the_drawer_counts_as_the_button_does(scene: Scene, read: Callable[[str], View]) -> None:
    # Beijing in 2020: 2,189.3095 × 10,000 persons.
    expected = {"zh": ("2,189.31", "2,189.3095"), "en": ("21.8931", "21.893095")}
    for lang, (rounded, full) in expected.items():
        view = read(f"?regions=110000&lang={lang}")
        found = origin_of(scene, view, "population|110000|2020")
        assert found
        assert found.value.unit == "万人"
        words = said(html.Div(card(found, scene.context(view))))
        assert rounded in words
        assert scene.context(view).t("origin.exact", value=full) in words


def test_the_test_can_fail(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("?benchmark=CN")
    quotient = "lq_finance|110000|2020"
    region, nation = (origin_of(scene, view, f"{quotient}{more}") for more in ("|JJJ", ""))
    assert region
    assert nation
    assert region.value.value != nation.value.value
    assert origin_of(scene, replace(view, benchmark="JJJ"), quotient) == region
