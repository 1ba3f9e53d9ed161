"""Lays maps out on their sheet: as large as they go, with neat lines, scale and north."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.record import Canvas
from dashboard.print import cartography, labels
from dashboard.print.panes import TYPE, panes_of
from dashboard.print.pen import Pen
from dashboard.print.plans import PAD, beside, under
from dashboard.text import text
from dashboard.wrap import lines

if TYPE_CHECKING:
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.panes import Panes
    from dashboard.print.paper import Print

EDGE: Final = {"color": "#b8bebd", "width": 0.6}
"""The neat line around a map."""
MAP_SHAPE: Final = 1.2
"""Greatest height over width of a map on a sheet without a height."""


def lay_map(
    exhibits: list[Exhibit], room: tuple[int, int | None, int], choice: Print
) -> tuple[dict[str, Any], Pen] | None:
    """Lay a map out with its words beside or below it, whichever draws it larger.

    Parameters
    ----------
    exhibits, choice
        The map in each language, and what the reader chose.
    room
        Pixels of the sheet: its width, its height where that is given, and the greatest height.

    Returns
    -------
    tuple or None
        The figure and the pen that wrote its words; None where there is no room.
    """
    main, (width, height, tallest) = exhibits[0], room
    figure = main.draw(Canvas(width, choice.theme, height=width))
    panes = panes_of(figure, cartography.shape(cartography.bounds_of(figure)))
    body = panes.body(width - 2 * PAD, MAP_SHAPE)
    below = under(exhibits, width, height, choice.date, body)
    if height is None and below.height > tallest:
        below = under(exhibits, width, tallest, choice.date, 0)
    plans = [below, *(beside(exhibits, width, height, choice.date) if height else [])]
    fitting = [plan for plan in plans if plan.fits]
    if not fitting:
        return None
    plan = max(fitting, key=lambda one: panes.best(one.frame[2:]))
    pen = Pen(width, plan.height, (0, 0, 0, 0), choice.ink, grey=choice.palette == "grey")
    _set(figure, panes, plan.frame, pen, main)
    plan.write(pen)
    return figure, pen


def _set(
    figure: dict[str, Any],
    panes: Panes,
    frame: tuple[float, float, float, float],
    pen: Pen,
    main: Exhibit,
) -> None:
    """Give each map its frame, title and bounds that fill it, the last one scale and north."""
    frames = panes.frames(frame)
    *_, last = frames
    alone, scale = len(frames) == 1, text(main.lang)("export.scale_at")
    shown = cartography.bounds_of(figure)
    data: list[dict[str, Any]] = []
    for name, (x, y, width, height) in frames.items():
        bounds = cartography.filled(shown, width, height)
        figure["layout"][name] = {
            **figure["layout"][name],
            "domain": {"x": [pen.x(x), pen.x(x + width)], "y": [pen.y(y + height), pen.y(y)]},
            "lonaxis": {"range": [bounds[0], bounds[2]]},
            "lataxis": {"range": [bounds[1], bounds[3]]},
        }
        taken = [cartography.furniture(bounds, (width, height))] if alone else []
        own = [one for one in figure["data"] if one.get("geo", "geo") == name]
        placed = labels.placed(own, bounds, (width, height), taken)
        data += placed if name == "geo" else [{**one, "geo": name} for one in placed]
        pen.box((x, y), (width, height), fillcolor="rgba(0,0,0,0)", line=EDGE)
        said = lines(panes.titles[name], width, TYPE, bold=True)
        pen.words((x, y - panes.head(width)), said, TYPE, bold=True)
        if name == last:
            draw = cartography.draw if alone else cartography.draw_below
            draw(pen, bounds, frames[name], scale)
    figure["data"] = data
