"""Every graph of every page: told in words made of its figures, with a table beside it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.record import Chart
from dashboard.charts.sigma import PANEL
from dashboard.lettering import base_layout
from dashboard.pages.callbacks import PAGES
from dashboard.pages.screen import Screen
from dashboard.panels.graph import as_table
from dashboard.static import Static
from dashboard.text import text
from tests.dashboard.panel_fixtures import REGION, on_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.scene import Scene
    from dashboard.view import View

WITH_GRAPHS = [path for path in PAGES if path != "/methods"]


def within(component: Component, around: tuple[Component, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield every component of a tree after those it stands in."""
    here = (*around, component)
    yield here
    children = getattr(component, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if isinstance(child, Component):
            yield from within(child, here)


def given(component: Component) -> dict[str, Any]:
    return vars(component)


def tables(component: Component) -> list[str]:
    """Return the graphs whose table a component is, or holds where it is still."""
    if isinstance(component, Static):
        return re.findall(r'"data-of": "([\w-]+)"', json.dumps(given(component)["tree"]))
    return [given(component)["data-of"]] if "data-of" in given(component) else []


def test_a_chart_is_an_image_with_words_beside_its_table() -> None:
    figure = {"data": [], "layout": base_layout("light", 120, {})}
    chart = Chart(
        "some", "Growth", REGION.name, lambda _: figure, tuple, say=("It grew by 3%.",), least=300
    )
    shown = list(within(on_page(replace(PANEL, names=("some",)), chart, "en")))
    (framed,) = [one[-1] for one in shown if given(one[-1]).get("role") == "img"]
    (fold,) = [one[-1] for one in shown if "data-of" in given(one[-1])]
    assert given(framed)["role"] == "img"
    assert given(framed)["aria-label"] == "Chart: Growth. It grew by 3%."
    assert given(framed.children)["style"] == {"height": "120px", "minWidth": "300px"}
    assert given(fold)["data-of"] == "some-chart"
    assert (given(fold)["data-page"], given(fold)["data-chart"]) == ("compare", "some")
    assert fold.children[0].children == "As a table"


def test_the_table_can_be_scrolled_by_the_keyboard() -> None:
    box = as_table("map", "explore", "map", text("zh")).children[1]
    assert given(box)["tabIndex"] == 0
    assert given(box)["aria-label"] == "以表格查看"


@pytest.mark.parametrize("path", WITH_GRAPHS)
@pytest.mark.parametrize("search", ["?regions=110112", "?regions=110000,120000&lang=en"])
def test_each_graph_has_words_with_a_figure_and_a_table(
    scene: Scene, read: Callable[[str], View], path: str, search: str
) -> None:
    found = list(within(PAGES[path].body(scene, read(search), Screen())))
    graphs = [chain for chain in found if isinstance(chain[-1], dcc.Graph)]
    folds = {id_ for chain in found for id_ in tables(chain[-1])}
    coverage = [c for c in found if given(c[-1]).get("className") == "data-coverage"]
    assert graphs
    for *around, drawn in graphs:
        id_ = given(drawn)["id"]
        framed = next(one for one in reversed(around) if "role" in given(one))
        words = given(framed)["aria-label"]
        if id_ == "map":
            assert given(framed)["aria-describedby"] == "map-help legend"
        else:
            assert given(framed)["role"] == "img"
            assert re.search(r"\d", words), words
        assert id_ in folds or (id_ == "coverage-chart" and coverage)
    ids = [given(chain[-1])["id"] for chain in graphs]
    assert len(ids) == len(set(ids))


def test_the_map_is_described_by_what_is_on_the_page(
    scene: Scene, read: Callable[[str], View]
) -> None:
    for path, page in PAGES.items():
        if not page.drawn:
            continue
        found = [c[-1] for c in within(page.body(scene, read(""), Screen()))]
        named = {given(one)["id"]: one for one in found if "id" in given(one)}
        assert isinstance(named["map-help"], html.P), path
        assert "legend" in named
