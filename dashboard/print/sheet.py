"""Puts a figure on its sheet: title above, legend beside or below, sources and notes at the foot.

The figure itself is the screen's. Print adds a size, a template for its type and ground, and what
a reader of paper cannot ask for: the words, the legend, scale and north.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.record import Canvas
from dashboard.lettering import FONT
from dashboard.palette import INK
from dashboard.panels.taking import word_of
from dashboard.papers import SIZES
from dashboard.print import cartography, labels
from dashboard.print.errors import ExportError
from dashboard.print.inks import SYMBOLS, repainted
from dashboard.print.legend import Legend
from dashboard.print.paper import PER_MM, Print
from dashboard.print.pen import Pen
from dashboard.print.words import Block, foot, head
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.print.exhibit import Exhibit

PAD: Final = 12
GAP: Final = 10
BESIDE, LEAST_BESIDE = 0.36, 190
"""Part of a sheet for the words beside a map, and their least width in pixels."""
LEAST_ZOOM: Final = 0.52
"""Type of 12 px is never drawn smaller than in 4.7 points."""
LEAST_BODY: Final = 110
"""Least pixels of a map or chart in either direction."""
STRETCH: Final = 1.35
"""A chart on a large sheet grows taller by no more than this."""
EDGE: Final = {"color": "#b8bebd", "width": 0.6}
"""The neat line around a map."""
MAP_SHAPE: Final = 1.2
"""Greatest height over width of a map on a sheet without a height."""


TALLEST: Final = 240.0
"""Millimetres of the tallest figure on a sheet without a height."""
FREE_SHAPE, USUAL_SHAPE = 1.3, 0.62
"""Height over width offered to a chart there, and of one that has no height of its own."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished figure and its size: `width` × `height` layout pixels, drawn at `zoom`."""

    figure: dict[str, Any]
    width: int
    height: int
    zoom: float


def template(zoom: float, *, transparent: bool) -> dict[str, Any]:
    """Return the Plotly template of print: the ground and the type."""
    ink = INK["light"]
    ground = "rgba(0,0,0,0)" if transparent else ink.paper
    return {
        "layout": {
            "paper_bgcolor": ground,
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": 12, "color": ink.text},
            "meta": {"zoom": zoom},
        }
    }


def sheet(exhibits: list[Exhibit], choice: Print) -> Sheet:
    """Compose the sheet of an exhibit.

    Parameters
    ----------
    exhibits
        The same figure in each language asked for; the first one draws.
    choice
        Size, palette and ground.

    Returns
    -------
    Sheet

    Raises
    ------
    ExportError
        When the figure cannot be read at this size; the message names one at which it can.
    """
    if made := _fitted(exhibits, choice):
        return made
    main = exhibits[0]
    t, others = text(main.lang), (replace(choice, size=size, width=None) for size in SIZES)
    better = next((other.size for other in others if _fitted(exhibits, other)), None)
    if better is None:
        raise ExportError(t("export.too_small", title=main.title))
    label = t(f"export.{word_of('sheet', better)}")
    raise ExportError(t("export.too_small_but", title=main.title, label=label, size=better))


def _fitted(exhibits: list[Exhibit], choice: Print) -> Sheet | None:
    """Compose the sheet with type as large as there is room for; None where that is too small."""
    main, paper = exhibits[0], choice.paper
    across = paper.width * PER_MM
    zoom = min(paper.zoom, across / main.least) if main.least else paper.zoom
    while zoom >= LEAST_ZOOM:
        width = round(across / zoom)
        height = round(paper.height * PER_MM / zoom) if paper.height else None
        lay = _map if main.is_map else _chart
        if made := lay(exhibits, width, height, choice):
            figure = _dressed(*made, zoom, choice)
            return Sheet(figure, width, figure["layout"]["height"], zoom)
        zoom *= 0.94
    return None


def _dressed(figure: dict[str, Any], pen: Pen, zoom: float, choice: Print) -> dict[str, Any]:
    """Return data and layout with the pen's drawings, the template and the palette."""
    layout = {k: v for k, v in figure["layout"].items() if k not in {"uirevision", "meta"}}
    left, top, right, bottom = pen.margin
    layout |= {
        "template": template(zoom, transparent=choice.transparent),
        "autosize": False,
        "width": pen.width,
        "height": pen.height,
        "margin": {"l": left, "t": top, "r": right, "b": bottom, "pad": 0, "autoexpand": False},
        "shapes": [*layout.get("shapes", ()), *pen.shapes],
        "annotations": [*layout.get("annotations", ()), *pen.annotations],
    }
    layout.pop("paper_bgcolor", None)
    painted: dict[str, Any] = repainted({"data": figure["data"], "layout": layout}, choice.palette)
    return painted


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the parts of a map's sheet go; `frame` is x, y, width and height of the map."""

    height: int
    title: Block
    legend: Legend
    foot: Block
    frame: tuple[float, float, float, float]
    key_at: tuple[float, float]
    foot_at: tuple[float, float]
    fits: bool

    def scale(self, shape: float) -> float:
        """Return how large an area of a `shape` (height over width) is drawn; 0 where it is not."""
        return min(self.frame[2], self.frame[3] / shape) if self.fits else 0


def _map(
    exhibits: list[Exhibit], width: int, height: int | None, choice: Print
) -> tuple[dict[str, Any], Pen] | None:
    """Lay a map out with its words beside or below it, whichever draws it larger."""
    main = exhibits[0]
    figure = main.draw(Canvas(width, height=width))
    shape = cartography.shape(cartography.bounds_of(figure))
    plans = [_below(exhibits, width, height, choice, shape)]
    if height is not None:
        plans += [
            _beside(exhibits, width, height, choice, foot_across=across) for across in (False, True)
        ]
    plan = max(plans, key=lambda one: one.scale(shape))
    if not plan.scale(shape):
        return None
    pen = Pen(width, plan.height, (0, 0, 0, 0), INK["light"], marks_in(choice))
    _set_map(figure, plan.frame, pen, main)
    plan.title.write(pen, (PAD, PAD))
    plan.foot.write(pen, plan.foot_at)
    plan.legend.write(pen, plan.key_at)
    return figure, pen


def _below(
    exhibits: list[Exhibit], width: int, height: int | None, choice: Print, shape: float
) -> _Plan:
    inner = width - 2 * PAD
    title, legend = head(exhibits, inner), Legend(exhibits, inner, columns=None)
    foot_block = foot(exhibits, inner, choice.date)
    top = PAD + title.height + GAP
    under = legend.height + foot_block.height + 2 * GAP + PAD
    tall = height or round(top + min(shape, MAP_SHAPE) * inner + under)
    foot_at = (PAD, tall - PAD - foot_block.height)
    key_at = (PAD, foot_at[1] - GAP - legend.height)
    frame = (PAD, top, inner, key_at[1] - GAP - top)
    fits = frame[3] >= LEAST_BODY
    return _Plan(tall, title, legend, foot_block, frame, key_at, foot_at, fits)


def _beside(
    exhibits: list[Exhibit], width: int, height: int, choice: Print, *, foot_across: bool
) -> _Plan:
    """Lay the legend out at the right; the foot under it, or across the whole sheet."""
    inner, room = width - 2 * PAD, max(BESIDE * width, LEAST_BESIDE)
    title, legend = head(exhibits, inner), Legend(exhibits, room, columns=1)
    foot_block = foot(exhibits, inner if foot_across else room, choice.date)
    top, left = PAD + title.height + GAP, width - room - PAD
    foot_at = (PAD if foot_across else left, height - PAD - foot_block.height)
    bottom = foot_at[1] - GAP if foot_across else height - PAD
    frame = (PAD, top, left - 2 * PAD, bottom - top)
    fits = top + legend.height + GAP <= foot_at[1] and min(frame[2:]) >= LEAST_BODY
    return _Plan(height, title, legend, foot_block, frame, (left, top), foot_at, fits)


def _set_map(
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
    figure["data"] = labels.placed(figure["data"], bounds, (width, height))
    pen.box((x, y), (width, height), fillcolor="rgba(0,0,0,0)", line=EDGE)
    cartography.draw(pen, bounds, frame, text(main.lang)("export.scale_at"))


def _chart(
    exhibits: list[Exhibit], width: int, height: int | None, choice: Print
) -> tuple[dict[str, Any], Pen] | None:
    main, inner = exhibits[0], width - 2 * PAD
    title, below = head(exhibits, inner), foot(exhibits, inner, choice.date)
    legend = Legend(exhibits, inner, columns=None)
    top = PAD + title.height + GAP
    under = (legend.height + GAP if legend.height else 0) + below.height + PAD + GAP
    most = (height or TALLEST * PER_MM / LEAST_ZOOM) - top - under
    room = most if height else inner * FREE_SHAPE
    if room < LEAST_BODY:
        return None
    figure, across = _drawn(main, inner, room, most)
    natural = figure["layout"].get("height") or min(room, across * USUAL_SHAPE)
    if natural > most:
        return None
    tall = min(room, natural * STRETCH) if height and across == inner else natural
    height = height or round(top + tall + under)
    own, beside = figure["layout"].get("margin", {}), (inner - across) / 2
    margin = (
        PAD + beside + own.get("l", 40),
        top + own.get("t", 10),
        PAD + beside + own.get("r", 10),
        height - top - tall + own.get("b", 30),
    )
    pen = Pen(width, height, margin, INK["light"], marks_in(choice))
    title.write(pen, (PAD, PAD))
    at = height - PAD - below.height
    below.write(pen, (PAD, at))
    legend.write(pen, (PAD, min(at - GAP - legend.height, top + tall + GAP)))
    return figure, pen


def _drawn(main: Exhibit, inner: float, room: float, most: float) -> tuple[dict[str, Any], float]:
    """Return a chart and its width: one too tall that is a square is drawn narrower."""
    figure = main.draw(Canvas(round(inner), height=round(room)))
    natural = figure["layout"].get("height") or 0
    narrow = inner - (natural - most) - 1
    if natural <= most or narrow < main.least or not main.least:
        return figure, inner
    return main.draw(Canvas(round(narrow), height=round(room))), narrow


def marks_in(choice: Print) -> Mapping[str, str]:
    """Return the shapes of dots by colour, where the palette has no colours."""
    return SYMBOLS if choice.palette == "grey" else {}
