"""What a page is to the frame around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.export.exhibit import Exhibit
    from dashboard.figures.map import Picture, Renderer
    from dashboard.pages.screen import Screen
    from dashboard.palette import Theme
    from dashboard.panels.parts import Context
    from dashboard.scene import Scene
    from dashboard.view import View

    Maker = Callable[[Scene, View, Context], Exhibit]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the map of a page shows.

    `colours` returns what a change of colour sets in the coloured trace, as
    `figures.fill.trace_update` does, or None where no area is coloured; `picture` everything;
    `legend` the words to it. `page` names the page whose exhibit "map" can be taken away.
    """

    colours: Callable[[Scene, View, Theme], dict[str, Any] | None]
    picture: Callable[[Scene, View, Renderer, Theme], Picture]
    legend: Callable[[Scene, View, Theme], Component]
    page: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the atlas.

    `name` is the rest of its word `shell.page_<name>`; `controls` are the ids of those controls of
    `pages.settings` that stand on it; a click on one of the graphs in `charts` selects a region;
    `body` is all below the header; `register` connects what only this page has; `exhibits` are the
    maps and charts that can be taken away, by their name in addresses.
    """

    path: str
    name: str
    controls: tuple[str, ...]
    charts: tuple[str, ...]
    body: Callable[[Scene, View, Screen], Component]
    register: Callable[[Dash, Scene], None]
    drawn: Drawn | None = None
    exhibits: Mapping[str, Maker] = field(default_factory=dict)
