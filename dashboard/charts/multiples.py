"""Small multiples: one little panel for each place, all on one scale."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard.charts.axes import axis, joined, line, rules
from dashboard.charts.choices import family_of
from dashboard.charts.compared import (
    MOST_PLACES,
    break_lines,
    figures,
    known,
    places_of,
    series_rows,
    shown_indicator,
    subject_of,
)
from dashboard.charts.record import Canvas, Chart, Panel
from dashboard.lettering import base_layout, plain, short, width_of
from dashboard.numbers import number
from dashboard.panels.components import status_words
from dashboard.units import counted
from dashboard.wording import Context, listing, named_unit, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Indicator
    from geodata.studies.yearly import Series

ROW = 190
TOP, BOTTOM, LEFT, RIGHT = 26, 24, 56, 46
MEMBERS = 14
"""Room for a second line that names the members of a subtotal."""
BETWEEN = 22
"""Pixels between two panels, under whose ends the first and the last year stand in the middle."""
FIRST, LAST = 2013, 2025
MOST, LEAST = 5, 2
"""Panels in a row at most, on the widest and on the slimmest sheet."""
ROOM = 200
"""Pixels of a sheet for each panel in a row."""
TIGHT = 150
"""Pixels of a panel below which it has fewer years under it."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: an indicator of all places on one scale."""
    t, comparison, family = context.t, scene.atlas.comparison, family_of(view)
    places = places_of(scene, view)
    name, remarks = shown_indicator(scene, view)
    if len(view.regions) + len(view.circle) > MOST_PLACES:
        remarks.append(t("compare.most", n=MOST_PLACES))
    found = [comparison.series(name, p.id, family) for p in places]
    entry = comparison.indicator(name, family)
    series, indicator = counted(found, view.lang), counted(entry, view.lang)
    shown = [one for one in series if one.runs]
    values = known(shown)
    latest = t("compare.latest", figures=listing((_last(s, indicator, t) for s in shown), t))
    return [
        Chart(
            "multiples",
            t("compare.multiples"),
            subject_of(places, entry.name),
            partial(multiples_chart, shown, indicator, t),
            lambda: series_rows((s for s in found if s.runs), entry, context),
            lead=t("compare.multiples_lead", name=named_unit(indicator, context)),
            say=(*remarks, *([latest] if shown else [])),
            notes=(
                *break_lines((b for one in shown for b in one.breaks), context),
                *_left_out(series, context),
                *status_words(values, context),
            ),
            source_ids=tuple(dict.fromkeys(i for v in values for i in v.source_ids)),
            empty="" if shown else t("compare.multiples_none"),
        )
    ]


def _last(series: Series, indicator: Indicator, t: Text) -> str:
    """Write the latest figure of what is drawn."""
    value = known([series])[-1]
    return t(
        "compare.figure_of",
        place=drawn_name(series, t),
        value=number(value.value, indicator.decimals),
        year=value.year,
    )


def _left_out(series: Sequence[Series], context: Context) -> list[str]:
    """Name the places that are not drawn, and the parts that circles leave out."""
    lang, t = context.lang, context.t
    lines = [one.reason[lang] for one in series if one.reason[lang]]
    lines += [
        t(
            "compare.partial",
            place=one.place.label[lang],
            parts=listing((p.label[lang] for p in one.partial), t),
        )
        for one in series
        if one.partial
    ]
    lines += [
        t(
            "compare.outside",
            place=one.place.label[lang],
            years=listing(spans([int(year) for year in years], str), t),
            parts=listing((p.label[lang] for p in parts), t),
        )
        for one in series
        if not one.partial
        for years, parts in one.outside
    ]
    lines += [
        t(
            "compare.in_part",
            place=one.place.label[lang],
            parts=listing((p.label[lang] for p in one.in_part), t),
        )
        for one in series
        if one.in_part
    ]
    return list(dict.fromkeys(lines))


def columns(n: int, width: int, widest: float = 1.0) -> int:
    """Return how many of `n` panels stand in a row of so many pixels: as even as can be.

    None is slimmer than the `widest` title, unless that takes the whole row.
    """
    most = max(LEAST, min(MOST, width // ROOM))
    most = max(1, min(most, int((width - LEFT - RIGHT) // widest)))
    return math.ceil(n / math.ceil(n / most)) if n else 1


def multiples_chart(
    series: Sequence[Series], indicator: Indicator, t: Text, canvas: Canvas
) -> dict[str, Any]:
    """Draw each place's series; the vertical scale is shared, gaps and breaks are left open.

    Every series has at least one figure: what has none is said in words and not drawn.
    """
    widest = max(width_of(line, 12) for one in series for line in _title_lines(one, t))
    theme, across = canvas.theme, columns(len(series), canvas.width, widest)
    inner = canvas.width - LEFT - RIGHT
    tight = inner / across < TIGHT
    down = math.ceil(len(series) / across)
    height = down * ROW
    top = TOP + (MEMBERS if any(one.partial for one in series) else 0)
    layout = base_layout(theme, height, {"l": LEFT, "r": RIGHT, "t": top, "b": BOTTOM})
    low, high = _span(series)
    layout.update(annotations=[], shapes=[])
    data: list[dict[str, Any]] = []
    for place, one in enumerate(series):
        row, column = divmod(place, across)
        ref = "" if place == 0 else str(place + 1)
        x = _beside(column, across, BETWEEN / inner)
        y = _below(row, down, height, top)
        layout[f"xaxis{ref}"] = axis(
            theme,
            domain=x,
            anchor=f"y{ref}",
            range=[FIRST - 0.6, LAST + 0.6],
            tickvals=[FIRST, 2019, LAST] if tight else [FIRST, 2017, 2021, LAST],
            showgrid=False,
        )
        layout[f"yaxis{ref}"] = axis(
            theme,
            domain=y,
            anchor=f"x{ref}",
            range=[low, high],
            nticks=4,
            tickformat=",",
            showticklabels=column == 0,
        )
        layout["annotations"].append(_title(one, t, ref))
        layout["shapes"] += rules({b.year for b in one.breaks}, theme, FIRST, LAST, ref)
        layout["annotations"].append(_latest(one, indicator, ref))
        data.append(_line(one, indicator, t, ref))
    return {"data": data, "layout": layout}


def _beside(column: int, across: int, between: float) -> list[float]:
    """Return the part of the width that a column takes."""
    wide = (1 - between * (across - 1)) / across
    left = column * (wide + between)
    return [round(left, 4), round(left + wide, 4)]


def _below(row: int, down: int, height: int, above: int) -> list[float]:
    """Return the part of the height that a row takes, room for titles and years left."""
    inner = height - above - BOTTOM
    apart = (above + BOTTOM) / inner
    high = (1 - apart * (down - 1)) / down
    top = 1 - row * (high + apart)
    return [max(0.0, round(top - high, 4)), round(top, 4)]


def _span(series: Sequence[Series]) -> tuple[float, float]:
    """Return the shared scale: from zero where nothing is negative and zero is not far."""
    found = [v.value for one in series for v in one.points if v.value is not None]
    if not found:
        return 0.0, 1.0
    low, high = min(found), max(found)
    if low >= 0 and (high - low) >= 0.25 * high:
        low = 0.0
    room = 0.08 * (high - low or abs(high) or 1.0)
    return (low - room if low else 0.0), high + 3 * room


def drawn_name(series: Series, t: Text) -> str:
    """Name what is drawn: the place, of a subtotal its members too."""
    name = series.place.label[t.lang]
    return (
        f"{name}{t('compare.drawn_partial', places=_members(series, t))}"
        if series.partial
        else name
    )


def _members(series: Series, t: Text) -> str:
    return t("panel.comma").join(p.name[t.lang] for p in series.partial)


def _title_lines(series: Series, t: Text) -> list[str]:
    """Return the name of a place, and the members of a subtotal below it."""
    name = short(series.place.label[t.lang])
    members = t("panel.subtotal_of", places=_members(series, t))
    return [name, short(members)] if series.partial else [name]


def _title(series: Series, t: Text, ref: str) -> dict[str, Any]:
    name, *members = (plain(line) for line in _title_lines(series, t))
    words = f"<b>{name}</b>"
    words += "".join(f"<br><span style='font-size:11px'>{line}</span>" for line in members)
    return {
        "text": words,
        "xref": f"x{ref} domain",
        "yref": f"y{ref} domain",
        "x": 0,
        "y": 1,
        "yshift": 4,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "align": "left",
        "font": {"size": 12},
    }


def _line(series: Series, indicator: Indicator, t: Text, ref: str) -> dict[str, Any]:
    values = {
        v.year: round(v.value, indicator.decimals) for v in series.points if v.value is not None
    }
    x, y = joined(series.runs, values)
    name = plain(drawn_name(series, t))
    return {
        **line(x, y, ref, 4),
        **figures(series, indicator, x),
        "hovertemplate": f"{name}<br>%{{x}}  %{{y:,.{indicator.decimals}f}}<extra></extra>",
        "name": name,
    }


def _latest(series: Series, indicator: Indicator, ref: str) -> dict[str, Any]:
    """Write the last figure that is drawn over its point, below its year.

    Right of a break it may stand over a line that ends before: the year says whose it is.
    """
    year = series.runs[-1][-1]
    value = next(v.value for v in series.points if v.year == year) or 0.0
    ends = int(year) == LAST
    return {
        "text": f"{year}<br>{number(value, indicator.decimals)}",
        "x": int(year),
        "y": round(value, indicator.decimals + 1),
        "xref": f"x{ref}",
        "yref": f"y{ref}",
        "xanchor": "center" if ends else "left",
        "xshift": 0 if ends else -4,
        "yanchor": "bottom",
        "yshift": 2,
        "align": "center" if ends else "left",
        "showarrow": False,
        "font": {"size": 11},
    }


PANEL = Panel(
    "compare",
    "multiples",
    charts,
    ("multiples",),
    ("scope", "regions", "colour", "family"),
    "sheet",
)
