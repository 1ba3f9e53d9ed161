"""The line below the map of a narrow screen: the chosen place, its figure, and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.attributes import aria
from dashboard.pages.sections import Section
from dashboard.panels.components import quantity, status_mark
from dashboard.panels.origin import asking
from dashboard.wording import year_text
from geodata.records import FigureId
from geodata.studies.profile import rank_level

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Place

    Asked = Callable[[Scene, View], tuple[str, str]]
    """Returns the indicator of the map and its year."""


def section(page: str, asked: Asked, way: str, waits: tuple[str, ...]) -> Section:
    """Return the part of a page that holds the line.

    Parameters
    ----------
    page
        Its name, for the id of the element.
    way
        The id of what the line leads to.
    waits
        The parts of the address by which place, figure and year are chosen.
    """

    def made(scene: Scene, view: View, _: Screen) -> list[Component]:
        return line(scene, view, asked(scene, view), way)

    return Section(f"{page}-result", (made,), waits, class_name="result")


def line(scene: Scene, view: View, shown: tuple[str, str], way: str) -> list[Component]:
    """Return the line for the place chosen last, else for the circle or the whole."""
    (name, year), context = shown, scene.context(view)
    place, *others = reversed(scene.subjects(view))
    indicator = scene.atlas.indicators[name]
    value = scene.atlas.value(name, place.id, year, view.benchmark)
    written = quantity(value, context, indicator.decimals)
    figure = FigureId(name, place.id, year)
    told_figure = [asking(written, figure, context.t)] if value.value is not None else written
    told = (
        indicator.name[view.lang],
        year_text(year, context.t),
        ranked(scene, view, place, shown, context.t),
        context.t("shell.result_others", n=len(others)) if others else "",
    )
    return [
        html.P(
            [
                html.B(place.label[view.lang]),
                " ",
                html.Span([*told_figure, *status_mark(value, context)], className="figure"),
                html.Small(" · ".join(part for part in told if part)),
            ],
            role="status",
        ),
        html.A(
            context.t("shell.result_on"),
            href=f"#{way}",
            **aria(label=context.t("shell.result_on_to", place=place.label[view.lang])),
        ),
    ]


def ranked(scene: Scene, view: View, place: Place, shown: tuple[str, str], t: Text) -> str:
    """Write the rank of a place among those of its level with a figure; "" where it has none."""
    (name, year), level = shown, rank_level(place)
    if level is None or year not in scene.atlas.indicators[name].years.get(level, ()):
        return ""
    column = scene.atlas.values(name, year, level, view.benchmark)
    rank = column.rank[column.codes.index(place.id)]
    return "" if rank is None else t("panel.rank", rank=rank, of=column.present)
