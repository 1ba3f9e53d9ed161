"""The exhibits of the pages Clusters, Linkages and Compare, from their own panels and maps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dashboard.pages.screen import Screen
from dashboard.print import panelled
from dashboard.print.panelled import chart_exhibit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.print.exhibit import Exhibit
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Name

    Panels = Callable[[Scene, View, Screen], Sequence[Component]]
    Maker = Callable[[Scene, View, Context], Exhibit]
    Rows = Callable[[Scene, View, Context], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as it can be taken away.

    `panels` makes the panels of its section, of which it is the graph number `graph` in the panel
    number `panel`; `rows` are the figures behind it; `subject` says of whom or what it is.
    """

    panels: Panels
    rows: Rows
    subject: Callable[[Scene, View], Name]
    panel: int = 0
    graph: int = 0


def screen(width: int) -> Screen:
    """Return a sheet of paper as panels know a screen."""
    return Screen("geo", "light", width)


def charts(page: str, found: Mapping[str, Chart]) -> dict[str, Maker]:
    """Return makers of exhibits by chart."""
    return {name: _maker(page, name, chart) for name, chart in found.items()}


def _maker(page: str, name: str, chart: Chart) -> Maker:
    def panel(scene: Scene, view: View, width: int) -> Component:
        return chart.panels(scene, view, screen(width))[chart.panel]

    return partial(
        chart_exhibit, panelled.Of(page, name, panel, chart.graph, chart.subject, chart.rows)
    )
