"""Lays a map out on its sheet: as large as it goes, with a neat line, scale and north."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.record import Canvas
from dashboard.print import cartography, labels
from dashboard.print.pen import Pen
from dashboard.print.plans import PAD, beside, under
from dashboard.text import text

if TYPE_CHECKING:
    from dashboard.print.exhibit import Exhibit
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
    shape = cartography.shape(cartography.bounds_of(figure))
    body = min(shape, MAP_SHAPE) * (width - 2 * PAD)
    below = under(exhibits, width, height, choice.date, body)
    if height is None and below.height > tallest:
        below = under(exhibits, width, tallest, choice.date, 0)
    plans = [below, *(beside(exhibits, width, height, choice.date) if height else [])]
    fitting = [plan for plan in plans if plan.fits]
    if not fitting:
        return None
    plan = max(fitting, key=lambda one: min(one.frame[2], one.frame[3] / shape))
    pen = Pen(width, plan.height, (0, 0, 0, 0), choice.ink, grey=choice.palette == "grey")
    _set(figure, plan.frame, pen, main)
    plan.write(pen)
    return figure, pen


def _set(
    figure: dict[str, Any], frame: tuple[float, float, float, float], pen: Pen, main: Exhibit
) -> None:
    """Give the map its frame, bounds that fill it, scale and north."""
    x, y, width, height = frame
    bounds = cartography.filled(cartography.bounds_of(figure), width, height)
    figure["layout"]["geo"] = {
        **figure["layout"]["geo"],
        "domain": {"x": [pen.x(x), pen.x(x + width)], "y": [pen.y(y + height), pen.y(y)]},
        "lonaxis": {"range": [bounds[0], bounds[2]]},
        "lataxis": {"range": [bounds[1], bounds[3]]},
    }
    taken = [cartography.furniture(bounds, (width, height))]
    figure["data"] = labels.placed(figure["data"], bounds, (width, height), taken)
    pen.box((x, y), (width, height), fillcolor="rgba(0,0,0,0)", line=EDGE)
    cartography.draw(pen, bounds, frame, text(main.lang)("export.scale_at"))
