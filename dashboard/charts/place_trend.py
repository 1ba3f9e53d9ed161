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
from dashboard.lettering import base_layout, halo, plain, width_of
from dashboard.numbers import number
from dashboard.palette import INK
from dashboard.panels.components import status_words
from dashboard.units import counted
from dashboard.wording import Context, named_unit, quantity_text, year_text
from dashboard.wrap import LINE, lines, marked_up
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Place, Value
    from geodata.studies.trends import Trend

NAME: Final = "place_trend"
PLOT, BOTTOM, SIDE = 60, 20, 12
"""Pixels of a panel's lines, below them, and at the sides of the chart."""
BETWEEN: Final = 30
UNDER: Final = 4
"""Pixels between a point and the words below it."""
LARGE: Final = 10_000
"""A figure from here on is written without decimals."""
TITLE, SMALL = 12, 11
"""Pixels of type of a title of one line, and of one that needs several."""
ABOVE: Final = 8
"""Pixels between a title and the panels above it and below."""
PANEL_LEAST, ACROSS = 165, 3
"""Pixels of the slimmest panel, and panels in a row at most."""
ROOM: Final = 0.42
"""Part of the span of the figures that is left free above and below, for the words."""
LIFT: Final = 11
"""Pixels from a point to the middle of its figure."""


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
    """Write of each the first and the last figure that can be compared."""
    t = context.t
    return t("place.semicolon").join(_ends(one, context) for one in found) + t("place.stop")


def _ends(one: Trend, context: Context) -> str:
    """Write the ends of the latest years that can be compared, and a later figure apart."""
    t, known = context.t, {value.year: value for value in one.points}

    def told(year: str) -> str:
        return quantity_text(known[year], context, one.indicator.decimals)

    run = [run for run in one.runs if len(run) > 1][-1]
    first, last, latest = run[0], run[-1], one.points[-1].year
    words = t(
        "place.trend_said",
        name=one.indicator.name[context.lang],
        first=year_text(first, t),
        before=told(first),
        last=year_text(last, t),
        after=told(last),
    )
    if latest == last:
        return words
    return words + t("place.trend_apart", year=year_text(latest, t), value=told(latest))


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
    inner = canvas.width - 2 * SIDE
    wide = (inner - BETWEEN * (across - 1)) / across
    titles = [_title_lines(one, wide, context) for one, _ in found]
    top = max(LINE * size * len(words) for words, size in titles) + ABOVE
    row_height = top + PLOT + BOTTOM
    height = round(down * row_height)
    layout = base_layout(theme, height, {"l": SIDE, "r": SIDE, "t": 0, "b": 0})
    layout.update(annotations=[], shapes=[])
    data = []
    for at, (one, values) in enumerate(found):
        row, column = divmod(at, across)
        ref = "" if at == 0 else str(at + 1)
        left = column * (wide + BETWEEN) / inner
        high = 1 - (row * row_height + top) / height
        low = 1 - ((row + 1) * row_height - BOTTOM) / height
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
            _title(*titles[at], ref),
            *_figures(values, one, ref, halo(INK[theme].paper)),
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
    return [low - room, high + room]


def _title_lines(one: Trend, wide: float, context: Context) -> tuple[list[str], int]:
    """Return the lines of what stands over a panel, and their size."""
    words = named_unit(counted(one.indicator, context.lang), context)
    if width_of(words, TITLE) <= wide:
        return [words], TITLE
    return lines(words, wide, SMALL), SMALL


def _title(words: list[str], size: int, ref: str) -> dict[str, Any]:
    """Return what stands over a panel."""
    return {
        "text": marked_up(words),
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


def _figures(values: Sequence[Value], one: Trend, ref: str, edge: str) -> Iterator[dict[str, Any]]:
    """Yield the first and the last figure, each on the side of its point that the line is not.

    One that no line reaches has its year with it: it stands beside the line of other years.
    """
    alone = {run[0] for run in one.runs if len(run) == 1}
    first, last = [values[0]], [values[-1]] if len(values) > 1 else []
    for ends, beside, anchor in ((first, values[1:2], "left"), (last, values[-2:-1], "right")):
        for end in ends:
            rises = any((other.value or 0) > (end.value or 0) for other in beside)
            told = _figure(end, one, ref, edge)
            told |= {"yshift": -LIFT if rises else LIFT, "xanchor": anchor}
            if end.year in alone:  # below the line before it there is room for slim words alone
                under = rises and anchor == "right"
                told["text"] = f"{end.year}{'<br>' if under else ': '}{told['text']}"
                told |= {"yanchor": "top", "yshift": -UNDER} if under else {}
            yield told


def _figure(value: Value, one: Trend, ref: str, edge: str) -> dict[str, Any]:
    return {
        "text": number(value.value, one.indicator.decimals if abs(value.value or 0) < LARGE else 0),
        "x": int(value.year),
        "y": value.value,
        "xref": f"x{ref}",
        "yref": f"y{ref}",
        "showarrow": False,
        "font": {"size": SMALL, "shadow": edge},
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
    "leaf",
    reported=(Reported("place.trend", 25),),
)
