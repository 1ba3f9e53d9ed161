"""The exhibits of the pages Clusters, Linkages and Compare, from their own panels and maps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard.export import common, panelled
from dashboard.export.panelled import chart_exhibit
from dashboard.pages.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.export.exhibit import Exhibit, Row
    from dashboard.pages.page import Drawn, Maker
    from dashboard.panels.parts import Context
    from dashboard.scene import Scene
    from dashboard.view import View

    Panels = Callable[[Scene, View, Screen], Sequence[Component]]
    Rows = Callable[[Scene, View, Context], tuple[Row, ...]]


def screen(width: int) -> Screen:
    """Return a sheet of paper as panels know a screen."""
    return Screen("geo", "light", width)


def charts(page: str, found: Mapping[str, tuple[Panels, int, int]]) -> dict[str, Maker]:
    """Return makers of exhibits: chart → panels of the page, which panel, which of its graphs."""
    return {chart: _maker(page, chart, *place) for chart, place in found.items()}


def _maker(page: str, chart: str, panels: Panels, number: int, which: int) -> Maker:
    def panel(scene: Scene, view: View, width: int) -> Component:
        return panels(scene, view, screen(width))[number]

    return partial(chart_exhibit, (page, chart, panel, which))


def map_of(page: str, drawn: Drawn, rows: Rows, note: Callable[[View], str]) -> Maker:
    """Return the maker of a page's map; `note` names its method note."""

    def make(scene: Scene, view: View, context: Context) -> Exhibit:
        picture: Any = drawn.picture(scene, view, "geo", "light")
        found = rows(scene, view, context)
        legend = drawn.legend(scene, view, "light")
        sources = common.sources_of(found, context)
        about = (scene, view, context)
        return panelled.map_exhibit((page, note(view)), picture, legend, found, about, sources)

    return make
