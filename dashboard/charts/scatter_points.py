"""The drawing of a scatter of two indicators: points, names, and the line with its band."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.axes import axis, log_ticks
from dashboard.lettering import base_layout, halo, plain
from dashboard.map.labels import Named, placed
from dashboard.palette import INK, SERIES
from dashboard.units import counted, places_in
from dashboard.wording import Context, named_unit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dashboard.charts.record import Canvas
    from dashboard.palette import Theme
    from geodata.records import Indicator, Place
    from geodata.studies.pairs import Pair

HEIGHT: Final = 400
MARGIN: Final = {"l": 58, "r": 16, "t": 14, "b": 48}
NAMED: Final = 14
"""Up to so many places each point is named; of more those selected, and the outermost ones."""
OUTERMOST: Final = 4
ROOM: Final = 0.06
"""Room around the points, in parts of the span of the figures."""
STEPS: Final = 24
"""Points of the band around a line."""
GRAIN: Final = 4000
"""Points lie on a grid with at least so many lines over the span of the figures."""
TYPE: Final = 11

Point = tuple["Place", float, float]


def scatter_chart(
    found: Pair, selected: Collection[str], context: Context, canvas: Canvas
) -> dict[str, Any]:
    """Draw the points, those selected on top, and the line with its band where there is one.

    Parameters
    ----------
    found
        A pair with one point at least.
    selected
        Codes of the places chosen, which stand out and are named.
    context, canvas
        Words, and what it is drawn on.
    """
    theme = canvas.theme
    shown = [
        (place, counted(one, context.lang).value or 0.0, counted(other, context.lang).value or 0.0)
        for place, one, other in found.points
    ]
    places = [place for place, _, _ in shown]
    columns = ([x for _, x, _ in shown], [y for _, _, y in shown])
    sides = [
        _side(values, entry, context, log=log)
        for values, entry, log in zip(columns, (found.first, found.second), found.logs, strict=True)
    ]
    points = [*zip(places, *sides, strict=True)]
    spans = [_span(side) for side in sides]
    layout = base_layout(theme, HEIGHT, MARGIN)
    for at, (name, entry) in enumerate((("xaxis", found.first), ("yaxis", found.second))):
        layout[name] = _axis(entry, spans[at], context, canvas, log=found.logs[at])
    names = _names(points, spans, selected, context, canvas.inside(MARGIN, HEIGHT))
    rest = [at for at, (place, _, _) in enumerate(points) if place.id not in selected]
    chosen = [at for at in range(len(points)) if at not in {*rest}]
    traces = [
        _points([points[at] for at in of], found, (context, theme), names)
        | {
            "customdata": [[places[at].id, *_written(shown[at], found, context)] for at in of],
            "marker": _marker(canvas, on=on),
            "name": "chosen" if on else "places",
        }
        for of, on in ((rest, False), (chosen, True))
        if of
    ]
    return {"data": [*_line(found, shown, spans[0], context), *traces], "layout": layout}


def _side(values: Sequence[float], entry: Indicator, context: Context, *, log: bool) -> list[float]:
    """Return where figures lie on an axis, as short as the eye allows.

    Where an axis is plain, its figures are also read from it: each is written as it is rounded.
    """
    decimals = counted(entry, context.lang).decimals
    laid = [_laid(value, log=log) for value in values]
    span = max(laid) - min(laid) or abs(laid[0]) or 1.0
    digits = max(0, math.ceil(math.log10(GRAIN / span)))
    if log:
        return [round(value, digits) for value in laid]
    return [_legible(value, max(digits, decimals), decimals) for value in laid]


def _legible(value: float, digits: int, decimals: int) -> float:
    """Round a figure so that a browser, which rounds halves up, writes it as Python does."""
    written, laid = round(value, decimals) + 0.0, round(value, digits) + 0.0
    step = Decimal(1).scaleb(-decimals)
    return (
        laid
        if Decimal(laid).quantize(step, ROUND_HALF_UP) == Decimal(f"{written:.{decimals}f}")
        else written
    )


def _laid(number_: float, *, log: bool) -> float:
    return math.log10(number_) if log else number_


def _span(found: Sequence[float]) -> tuple[float, float]:
    low, high = min(found), max(found)
    room = ROOM * (high - low or abs(high) or 1.0)
    return low - room, high + room


def _axis(
    entry: Indicator, span: tuple[float, float], context: Context, canvas: Canvas, *, log: bool
) -> dict[str, Any]:
    name = named_unit(counted(entry, context.lang), context)
    made = axis(
        canvas.theme,
        range=[round(span[0], 4), round(span[1], 4)],
        nticks=6,
        title={
            "text": plain(name),
            "font": {"size": 11, "color": INK[canvas.theme].muted},
            "standoff": 6,
        },
    )
    if log:
        values, words = log_ticks(10 ** span[0], 10 ** span[1], 6)
        made |= {"tickvals": values, "ticktext": words}
    return made


def _names(
    points: Sequence[Point],
    spans: Sequence[tuple[float, float]],
    selected: Collection[str],
    context: Context,
    box: tuple[float, float],
) -> dict[str, str]:
    """Return the side on which each named place has its name, the selected ones first."""
    across = sorted(points, key=lambda one: one[1])
    upwards = sorted(points, key=lambda one: one[2])
    outer = {
        place.id
        for ordered in (across, upwards)
        for place, _, _ in (*ordered[:OUTERMOST], *ordered[-OUTERMOST:])
    }
    few = len(points) <= NAMED
    wanted, dots = [], []
    for place, x, y in sorted(points, key=lambda one: one[0].id not in selected):
        right = box[0] * (x - spans[0][0]) / (spans[0][1] - spans[0][0])
        down = box[1] * (1 - (y - spans[1][0]) / (spans[1][1] - spans[1][0]))
        dots.append((right, down, 3.0))
        if few or place.id in selected or place.id in outer:
            label = place.label[context.lang]
            wanted.append(Named(place.id, label, right, down, must=place.id in selected))
    return {label.key: label.side for label in placed(wanted, box, dots)}


def _points(
    points: Sequence[Point], found: Pair, about: tuple[Context, Theme], names: Mapping[str, str]
) -> dict[str, Any]:
    context, theme = about
    places = [place for place, _, _ in points]
    first, second = (
        f"<br>{plain(named_unit(one, context))} %{{{where}:,.{one.decimals}f}}"
        for one, where in zip(
            (counted(one, context.lang) for one in (found.first, found.second)),
            _where(found),
            strict=True,
        )
    )
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for _, x, _ in points],
        "y": [y for _, _, y in points],
        "text": [plain(p.label[context.lang]) if p.id in names else "" for p in places],
        "textposition": [names.get(p.id, "top center") for p in places],
        "textfont": {"size": TYPE, "color": INK[theme].text, "shadow": halo(INK[theme].paper)},
        "cliponaxis": False,
        "hovertext": [plain(p.label[context.lang]) for p in places],
        "hovertemplate": f"<b>%{{hovertext}}</b>{second}{first}<extra></extra>",
    }


def _where(found: Pair) -> list[str]:
    """Return where a label finds both figures: at the point, or beside it where that is a log."""
    behind = (f"customdata[{at}]" for at in range(1, 3))
    return [next(behind) if log else axis for axis, log in zip("xy", found.logs, strict=True)]


def _written(point: Point, found: Pair, context: Context) -> list[float]:
    """Return the figures laid out by their logarithms, rounded as the label writes them."""
    entries = (counted(one, context.lang) for one in (found.first, found.second))
    both = zip(point[1:], entries, found.logs, strict=True)
    # What rounds to zero from below is zero.
    return [round(value, entry.decimals) + 0.0 for value, entry, log in both if log]


def _marker(canvas: Canvas, *, on: bool) -> dict[str, Any]:
    ink = INK[canvas.theme]
    return {
        "size": 9 if on else 6,
        "color": ink.accent if on else SERIES[1],
        "opacity": 1 if on else 0.7,
        "line": {"width": 0.6, "color": ink.paper},
    }


def _line(
    found: Pair,
    shown: Sequence[Point],
    span: tuple[float, float],
    context: Context,
) -> list[dict[str, Any]]:
    """Draw the line over the figures there are, and the 95 % interval of its mean."""
    line = found.line
    if line is None:
        return []
    entries = zip((found.first, found.second), found.logs, strict=True)
    moved = [_moved(entry, context, log=log) for entry, log in entries]
    laid = [_laid(x, log=found.logs[0]) for _, x, _ in shown]
    low, high = max(min(laid), span[0]), min(max(laid), span[1])
    xs = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    told = [_back(x, moved[0], log=found.logs[0]) for x in xs]

    def up(y: float) -> float:
        return round(y + moved[1] if found.logs[1] else y * moved[1], 4)

    above = [up(line.at(x) + line.margin_at(x)) for x in told]
    below = [up(line.at(x) - line.margin_at(x)) for x in told]
    where = [round(x, 4) for x in xs]
    plainly = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    return [
        {
            **plainly,
            "name": "band",
            "x": [*where, *where[::-1]],
            "y": [*above, *below[::-1]],
            "fill": "toself",
            "fillcolor": SERIES[0],
            "opacity": 0.16,
            "line": {"width": 0},
        },
        {
            **plainly,
            "name": "line",
            "x": [where[0], where[-1]],
            "y": [up(line.at(x)) for x in (told[0], told[-1])],
            "line": {"width": 1.8, "color": SERIES[0]},
        },
    ]


def _moved(entry: Indicator, context: Context, *, log: bool) -> float:
    """Return what 1 of the tables' unit is as the language counts, or its logarithm."""
    places = places_in(entry.unit, context.lang)
    return float(places) if log else 10.0**places


def _back(x: float, moved: float, *, log: bool) -> float:
    """Return a place on the axis in the unit of the tables, in which the line was fitted."""
    return x - moved if log else x / moved
