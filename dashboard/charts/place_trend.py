"""One place over the years: a little panel for each figure, from its first year to its last."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.asked import asks
from dashboard.charts.axes import axis, joined, line, rules
from dashboard.charts.compared import break_lines, subtotal_item
from dashboard.charts.record import Canvas, Chart, Panel, Reported, undrawn
from dashboard.charts.rows import value_row
from dashboard.lettering import base_layout, plain, width_of
from dashboard.numbers import number
from dashboard.palette import INK
from dashboard.panels.components import status_words
from dashboard.units import counted
from dashboard.wording import Context, named_unit, quantity_text, year_text
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Place, Value
    from geodata.studies.trends import Trend

NAME: Final = "place_trend"
ROW, TOP, BOTTOM, SIDE = 128, 34, 20, 12
"""Pixels of a row of panels, above and below its lines, and at its sides."""
BETWEEN: Final = 30
LARGE: Final = 10_000
"""A figure from here on is written without decimals."""
PANEL_LEAST, ACROSS = 190, 3
"""Pixels of the slimmest panel, and panels in a row at most."""
ROOM: Final = 0.22
"""Part of the span of the figures that is left free above and below, for the words."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: the figures of the place that can be followed."""
    t, place = context.t, scene.subject(view)
    found = scene.atlas.trends.of(place.id)
    title = t("place.trend")
    subject = place.label
    if not found:
        why = t("place.trend_none", place=place.label[context.lang])
        return [undrawn(NAME, title, subject, why)]
    shown = [counted_trend(one, context) for one in found]
    values = [value for one in found for value in one.points]
    return [
        Chart(
            NAME,
            title,
            subject,
            partial(trend_chart, place, shown, context),
            lambda: tuple(rows(place, found, context)),
            lead=t("place.trend_lead", place=place.label[context.lang]),
            say=(said(found, context),),
            notes=(
                *_partial(found, context),
                *break_lines((b for one in found for b in one.breaks), context),
                *status_words(values, context),
            ),
            source_ids=tuple(dict.fromkeys(i for value in values for i in value.source_ids)),
        )
    ]


def said(found: Sequence[Trend], context: Context) -> str:
    """Write the first and the last figure of each, without what lies between."""
    t = context.t
    lines = [
        t(
            "place.trend_said",
            name=one.indicator.name[context.lang],
            first=year_text(one.points[0].year, t),
            before=quantity_text(one.points[0], context, one.indicator.decimals),
            last=year_text(one.points[-1].year, t),
            after=quantity_text(one.points[-1], context, one.indicator.decimals),
        )
        for one in found
    ]
    return t("place.semicolon").join(lines) + t("place.stop")


def counted_trend(one: Trend, context: Context) -> tuple[Trend, Sequence[Value]]:
    """Return a trend with its figures as the language counts them."""
    return one, counted(list(one.points), context.lang)


def _partial(found: Sequence[Trend], context: Context) -> list[str]:
    """Name the members of what is no total, once where they are the same."""
    lines = [
        context.t(
            "place.trend_partial",
            names=context.t("panel.comma").join(p.label[context.lang] for p in one.partial),
        )
        for one in found
        if one.partial
    ]
    return list(dict.fromkeys(lines))


def rows(place: Place, found: Sequence[Trend], context: Context) -> Iterator[Row]:
    """Yield each figure of each year, a subtotal named as one."""
    for one in found:
        entry = one.indicator
        item = subtotal_item(entry, one.partial) if one.partial else (entry.id, entry.name)
        for value in one.points:
            yield value_row(place, item, value, context)


def trend_chart(
    place: Place,
    found: Sequence[tuple[Trend, Sequence[Value]]],
    context: Context,
    canvas: Canvas,
) -> dict[str, Any]:
    """Draw each figure in a panel of its own scale; gaps and breaks are left open.

    Parameters
    ----------
    place
        Whose figures they are.
    found
        One trend at least, each with its figures as the language counts them.
    context
        Words.
    canvas
        What it is drawn on.
    """
    theme = canvas.theme
    across = max(1, min(ACROSS, len(found), canvas.width // PANEL_LEAST))
    down = math.ceil(len(found) / across)
    height = down * ROW
    layout = base_layout(theme, height, {"l": SIDE, "r": SIDE, "t": 0, "b": 0})
    layout.update(annotations=[], shapes=[])
    inner = canvas.width - 2 * SIDE
    data = []
    for at, (one, values) in enumerate(found):
        row, column = divmod(at, across)
        ref = "" if at == 0 else str(at + 1)
        wide = (inner - BETWEEN * (across - 1)) / across
        left = column * (wide + BETWEEN) / inner
        high = 1 - (row * ROW + TOP) / height
        low = 1 - ((row + 1) * ROW - BOTTOM) / height
        first, last = (int(values[end].year) for end in (0, -1))
        layout[f"xaxis{ref}"] = axis(
            theme,
            domain=[round(left, 4), round(left + wide / inner, 4)],
            anchor=f"y{ref}",
            range=[first - 0.7, last + 0.7],
            tickvals=[first, last],
            showgrid=False,
        )
        layout[f"yaxis{ref}"] = axis(
            theme,
            domain=[round(low, 4), round(high, 4)],
            anchor=f"x{ref}",
            range=_span(values),
            showticklabels=False,
            showgrid=False,
        )
        layout["annotations"] += [
            _title(one, wide, context, ref),
            *(_figure(values[end], one, ref) for end in (0, -1)),
        ]
        layout["shapes"] += [
            _floor(ref, INK[theme].grid),
            *rules({b.year for b in one.breaks}, theme, first, last, ref),
        ]
        data.append(_line(place, one, values, context, ref))
    return {"data": data, "layout": layout}


def _span(values: Sequence[Value]) -> list[float]:
    found = [v.value for v in values if v.value is not None]
    low, high = min(found), max(found)
    room = ROOM * (high - low or abs(high) or 1.0)
    return [low - room, high + 2 * room]


def _title(one: Trend, wide: float, context: Context, ref: str) -> dict[str, Any]:
    """Return what stands over a panel, broken into two lines where it is too long for one."""
    words = named_unit(counted(one.indicator, context.lang), context)
    size = 12 if width_of(words, 12) <= wide else 11
    return {
        "text": "<br>".join(plain(line) for line in _two(words, wide, size)),
        "xref": f"x{ref} domain",
        "yref": f"y{ref} domain",
        "x": 0,
        "y": 1,
        "yshift": 2,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": size},
    }


def _two(words: str, wide: float, size: int) -> list[str]:
    if width_of(words, size) <= wide:
        return [words]
    most = len(words)
    while most > 1 and width_of(words[:most], size) > wide:
        most -= 1
    cut = words.rfind(" ", 1, most)
    at = cut if cut > 0 else most
    rest = words[at:].strip()
    while rest and width_of(rest, size) > wide:
        rest = rest[:-1]
    return [words[:at].rstrip(), rest]


def _figure(value: Value, one: Trend, ref: str) -> dict[str, Any]:
    return {
        "text": number(value.value, one.indicator.decimals if abs(value.value or 0) < LARGE else 0),
        "x": int(value.year),
        "y": value.value,
        "xref": f"x{ref}",
        "yref": f"y{ref}",
        "yshift": 10,
        "showarrow": False,
        "font": {"size": 11},
        "xanchor": "center",
    }


def _floor(ref: str, colour: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": f"x{ref} domain",
        "yref": f"y{ref} domain",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 0,
        "line": {"width": 1, "color": colour},
    }


def _line(
    place: Place, one: Trend, values: Sequence[Value], context: Context, ref: str
) -> dict[str, Any]:
    figures = {v.year: v.value for v in values if v.value is not None}
    x, y = joined(one.runs, figures)
    named = (FigureId(one.indicator.id, place.id, "" if year is None else str(year)) for year in x)
    name = plain(named_unit(counted(one.indicator, context.lang), context))
    return {
        **line(x, y, ref, 4.5),
        **({} if one.partial else asks(named)),
        "hovertemplate": f"{name}<br>%{{x}}  %{{y:,.6~g}}<extra></extra>",
        "name": name,
    }


PANEL = Panel(
    "place",
    "trend",
    charts,
    (NAME,),
    ("scope", "regions"),
    "sheet",
    reported=(Reported("place.trend", 25),),
)
