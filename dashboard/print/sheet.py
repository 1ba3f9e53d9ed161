"""Puts a figure on its sheet: title above, legend beside or below, sources and notes at the foot.

The figure itself is the screen's. Print adds a size, a template for its type and ground, and what
a reader of paper cannot ask for: the words, the legend, scale and north.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.lettering import FONT
from dashboard.panels.taking import word_of
from dashboard.papers import SIZES
from dashboard.print.chart_sheet import lay_chart
from dashboard.print.errors import ExportError, UnreadableError
from dashboard.print.floors import CHINESE, Floors, raised, zooms
from dashboard.print.map_sheet import lay_map
from dashboard.print.paper import PER_MM, Print
from dashboard.print.repaint import repainted
from dashboard.print.words import foot_lines
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.charts.record import Key
    from dashboard.papers import Size
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.pen import Pen

TALLEST: Final = 240.0
"""Millimetres of the tallest figure on a sheet without a height."""
SQUEEZES: Final = (0.85, 0.7)
"""Parts of its own height that a chart is drawn in, where the least type alone does not do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished figure and its size: `width` × `height` layout pixels, drawn at `zoom`.

    `millimetres` are its width and height on paper.
    """

    figure: dict[str, Any]
    width: int
    height: int
    zoom: float
    millimetres: tuple[float, float]


def template(zoom: float, choice: Print) -> dict[str, Any]:
    """Return the Plotly template of print: the ground and the type."""
    ink = choice.ink
    ground = "rgba(0,0,0,0)" if choice.transparent else ink.paper
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
    if choice.palette == "grey" and any(key.grid for one in exhibits for key in one.keys):
        raise ExportError(text(exhibits[0].lang)("paired.grey"))
    exhibits = [replace(one, keys=_inked(one.keys, choice)) for one in exhibits]
    if made := _fitted(exhibits, choice):
        return made
    raise UnreadableError(partial(_too_small, exhibits, choice))


def _too_small(exhibits: list[Exhibit], choice: Print) -> str:
    """Say that a figure cannot be read at a size, and at which it can."""
    main = exhibits[0]
    t, others = text(main.lang), (replace(choice, size=size, width=None) for size in SIZES)
    better = next((other.size for other in others if _fitted(exhibits, other)), None)
    if better is None:
        return t("export.too_small", title=main.title)
    label = t(f"export.{word_of('sheet', better)}")
    return t("export.too_small_but", title=main.title, label=label, size=better)


def _inked(keys: Sequence[Key], choice: Print) -> tuple[Key, ...]:
    """Return the entries of a key in the colours of the sheet's theme."""
    return tuple(replace(key, colour=key.colour_in(choice.theme)) for key in keys)


def _fitted(exhibits: list[Exhibit], choice: Print) -> Sheet | None:
    """Compose the sheet with type as large as there is room for; None where that is too small."""
    main, paper = exhibits[0], choice.paper
    across = paper.width * PER_MM
    for wanted, squeeze in _tries(exhibits, paper):
        width = int(across / wanted)
        zoom = across / width
        height = round(paper.height * PER_MM / zoom) if paper.height else None
        room = (width, height, round(TALLEST * PER_MM / zoom))
        made = (
            lay_map(exhibits, room, choice)
            if main.is_map
            else lay_chart(exhibits, room, choice, squeeze)
        )
        if made:
            figure = _dressed(*made, zoom, choice)
            tall = figure["layout"]["height"]
            size = paper.width, paper.height or round(tall * zoom / PER_MM, 2)
            return Sheet(figure, width, tall, zoom, size)
    return None


def _tries(exhibits: list[Exhibit], paper: Size) -> Iterator[tuple[float, float]]:
    """Yield how large to draw and how far to squeeze a chart, the best first."""
    main = exhibits[0]
    most = paper.width * PER_MM / main.least if main.least else float("inf")
    chinese = any(
        CHINESE.search(line) for one in exhibits for line in [one.title, *foot_lines(one)]
    )
    found = zooms(paper.use, most, chinese=chinese)
    yield from ((zoom, 1.0) for zoom in found)
    if not main.is_map:
        yield from ((found[-1], squeeze) for squeeze in SQUEEZES if found)


def _dressed(figure: dict[str, Any], pen: Pen, zoom: float, choice: Print) -> dict[str, Any]:
    """Return data and layout with the pen's drawings, the template and the palette."""
    layout = {k: v for k, v in figure["layout"].items() if k not in {"uirevision", "meta"}}
    left, top, right, bottom = pen.margin
    layout |= {
        "template": template(zoom, choice),
        "autosize": False,
        "width": pen.width,
        "height": pen.height,
        "margin": {"l": left, "t": top, "r": right, "b": bottom, "pad": 0, "autoexpand": False},
        "shapes": [*layout.get("shapes", ()), *pen.shapes],
        "annotations": [*layout.get("annotations", ()), *pen.annotations],
    }
    layout.pop("paper_bgcolor", None)
    whole = raised({"data": figure["data"], "layout": layout}, Floors.at(zoom))
    return repainted(whole, choice.palette)
