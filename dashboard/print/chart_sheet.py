"""Lays a chart out on its sheet: at its own height, taller where there is room, or a bit lower."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.record import Canvas
from dashboard.print.pen import Pen
from dashboard.print.plans import GAP, PAD, beside, under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.print.exhibit import Exhibit
    from dashboard.print.paper import Print
    from dashboard.print.plans import Plan

STRETCH: Final = 1.35
"""A chart on a large sheet grows taller by no more than this."""
LEAST_BESIDE: Final = 440
"""Pixels of width that a chart keeps where the words stand beside it."""
FREE_SHAPE, USUAL_SHAPE = 1.3, 0.62
"""Height over width offered to a chart on a sheet without a height, and of one that has none."""


def lay_chart(
    exhibits: list[Exhibit], room: tuple[int, int | None, int], choice: Print, squeeze: float
) -> tuple[dict[str, Any], Pen] | None:
    """Lay a chart out with its words below it, or beside it where they leave it too low.

    Parameters
    ----------
    exhibits, choice
        The chart in each language, and what the reader chose.
    room
        Pixels of the sheet: its width, its height where that is given, and the greatest height.
    squeeze
        Least part of its own height that the chart may be drawn in.

    Returns
    -------
    tuple or None
        The figure and the pen that wrote its words; None where there is no room.
    """
    main, date, (width, height, tallest) = exhibits[0], choice.date, room
    inner: float
    most: float
    if height is None:
        inner, most = width - 2 * PAD, tallest - under(exhibits, width, None, date, 0).height
        figure, across = _drawn(main, inner, min(inner * FREE_SHAPE, most), most, choice)
        tall: float = figure["layout"].get("height") or min(across * USUAL_SHAPE, most)
        plan = under(exhibits, width, None, date, tall)
        return _penned(figure, plan, (across, tall), choice) if tall <= most else None
    for plan in _plans(exhibits, width, height, date):
        _, _, inner, most = plan.frame
        figure, across = _drawn(main, inner, most, most, choice)
        natural = figure["layout"].get("height") or min(most, across * USUAL_SHAPE)
        lowest = max(natural * squeeze, figure["layout"].get("meta", {}).get("lowest", 0))
        if across >= main.least - 2 * PAD and lowest <= most:
            tall = min(most, natural * (STRETCH if across == inner else 1))
            return _penned(figure, plan, (across, tall), choice)
    return None


def _plans(exhibits: list[Exhibit], width: int, height: int, date: str) -> Iterator[Plan]:
    """Yield where the words may go: below the chart, and beside it where the sheet is wide."""
    plans = [under(exhibits, width, height, date, 0)]
    plans += beside(exhibits, width, height, date) if width > height else []
    for plan in plans:
        if plan.fits and (plan.below or plan.frame[2] >= LEAST_BESIDE):
            yield plan


def _drawn(
    main: Exhibit, inner: float, room: float, most: float, choice: Print
) -> tuple[dict[str, Any], float]:
    """Return a chart and its width: one too tall that is a square is drawn narrower."""
    figure = main.draw(Canvas(round(inner), choice.theme, height=round(room)))
    natural = figure["layout"].get("height") or 0
    narrow = inner - (natural - most) - 1
    if natural <= most or narrow < main.least or not main.least:
        return figure, inner
    return main.draw(Canvas(round(narrow), choice.theme, height=round(room))), narrow


def _penned(
    figure: dict[str, Any], plan: Plan, size: tuple[float, float], choice: Print
) -> tuple[dict[str, Any], Pen]:
    """Return a chart with the pen whose margins leave it so many pixels in the plan's frame."""
    (x, top, inner, _), (across, tall) = plan.frame, size
    left = x + (inner - across) / 2
    own = figure["layout"].get("margin", {})
    margin = (
        left + own.get("l", 40),
        top + own.get("t", 10),
        plan.width - left - across + own.get("r", 10),
        plan.height - top - tall + own.get("b", 30),
    )
    pen = Pen(plan.width, plan.height, margin, choice.ink, grey=choice.palette == "grey")
    plan.write(pen, min(plan.key_at[1], top + tall + GAP) if plan.below else None)
    return figure, pen
