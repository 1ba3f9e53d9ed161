"""What a page is to the frame around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.legend import legend
from dashboard.charts.shown import own_said
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.charts.record import Chart, Panel, Tabled
    from dashboard.pages.screen import Screen
    from dashboard.pages.sections import Section
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Level


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the map of a page shows.

    `panel` holds the record of the map. `colours` returns what a change of colour sets in traces,
    by their place in the figure, as `Scene.colours` does, or None where no area is coloured: so
    little is sent while a slider is moved.
    """

    panel: Panel
    colours: Callable[[Scene, View, Theme], dict[int, dict[str, Any]] | None]

    def chart(self, scene: Scene, view: View) -> Chart:
        """Return the record of the map for a view."""
        return self.panel.charts(scene, view, scene.context(view))[0]

    def legend(self, scene: Scene, view: View, theme: Theme) -> Component:
        """Return the words to it."""
        chart = self.chart(scene, view)
        band = own_said(scene, chart.rows, scene.context(view))
        made = legend(chart, text(view.lang), theme)
        return html.Div([*band, made]) if band else made


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the atlas.

    `name` is the rest of its word `shell.page_<name>`; `controls` are the ids of those controls of
    `pages.settings` that stand on it; `body` is all below the header; `indicator` is the id of the
    one shown and the level of its places (None: any), None where a page shows none; `sections` are
    the parts that follow the address, see `pages.sections`; `register` connects what only this
    page has; `own` is a page that shows what a reader has brought along and nothing else.
    """

    path: str
    name: str
    controls: tuple[str, ...]
    body: Callable[[Scene, View, Screen], Component]
    drawn: Drawn | None = None
    indicator: Callable[[Scene, View], tuple[str, Level | None]] | None = None
    sections: tuple[Section, ...] = ()
    register: Callable[[Dash, Scene], None] | None = None
    own: bool = False

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Return the map and the panels of charts on it, in order."""
        own = tuple(panel for section in self.sections for panel in section.panels)
        return (self.drawn.panel, *own) if self.drawn else own

    @property
    def tables(self) -> tuple[Tabled, ...]:
        """Return the tables on it that are below no chart, in order."""
        return tuple(table for section in self.sections for table in section.tables)


def chosen(_: Scene, view: View) -> tuple[str, Level]:
    """Return the indicator that the reader chose, at the level of the map."""
    return view.indicator, view.level
