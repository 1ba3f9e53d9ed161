"""Rank–size: the cities of a system by rank and size, both logarithmic, with two lines."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.asked import asks
from dashboard.charts.axes import axis, log_ticks
from dashboard.charts.compared import size_of, subject_of, system_of
from dashboard.charts.leaders import Plot, named
from dashboard.charts.record import Canvas, Chart, Panel, Row
from dashboard.charts.rows import both_words, joined, value_row, with_sources
from dashboard.lettering import base_layout, plain
from dashboard.numbers import number
from dashboard.palette import INK, SERIES
from dashboard.units import FINER, counted
from dashboard.wording import Context, named_unit, year_text
from geodata.measures.hierarchy import NOTABLE, upper
from geodata.records import LANGUAGES, FigureId, Name, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Indicator, Lang
    from geodata.studies.hierarchy import System

HEIGHT = 400
MARGIN = {"l": 58, "r": 16, "t": 14, "b": 40}
ROOM = 0.10
"""Room around the points, in parts of the span of their logarithms."""
RANKS = (1, 2, 3, 4, 5, 7, 10, 13)
MANY_RANKS = (1, 2, 3, 5, 10, 20, 50, 100)
NAMED = 13
"""Places that are named, the largest first; the others show their name on hover."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: a city system by rank and size, or why there is none."""
    t, lang, found, entry = context.t, context.lang, system_of(scene, view), size_of(scene, view)
    system, indicator = counted(found, lang), counted(entry, lang)
    remarks = [remark[lang] for remark in system.remarks]
    drawn = system.line is not None
    values = [city.value for city in system.cities] if drawn else []
    told = (context.note(note) for value in values for note in value.note)
    return [
        Chart(
            "rank_size",
            t("compare.rank_size"),
            subject_of([found.scope], entry.name),
            partial(rank_size_chart, system, indicator, t),
            lambda: rows(found, entry, context),
            lead=_lead(system, indicator, context) if drawn else "",
            say=(_line(system, t), _middle(system, t)) if drawn else (),
            hint=t("compare.rank_hint") if drawn else "",
            notes=(
                *([t("compare.rank_read")] if drawn else []),
                *remarks,
                *filter(None, dict.fromkeys(told)),
            ),
            source_ids=tuple(dict.fromkeys(i for value in values for i in value.source_ids)),
            empty="" if drawn else system.reason[lang],
            below=(lambda _: [_classes(system, indicator, context)]) if drawn else None,
            beside=lambda: class_rows(found, entry, context),
        )
    ]


def _lead(system: System, indicator: Indicator, context: Context) -> str:
    towns = any(c.place.kind == "county" for c in system.cities)
    return context.t(
        "compare.rank_lead_towns" if towns else "compare.rank_lead",
        scope=system.scope.name[context.lang],
        name=named_unit(indicator, context),
        year=year_text(system.year, context.t),
        n=len(system.cities),
    )


def _line(system: System, t: Text) -> str:
    line = system.line
    if line is None:
        return ""
    return t(
        "compare.rank_line",
        exponent=number(line.exponent, 2),
        error=number(line.error, 2),
        fit=number(line.fit, 2),
        n=line.n,
    )


def _middle(system: System, t: Text) -> str:
    """Say where the steepest step is, and whether it is steep enough to be called a gap."""
    step = max(upper(system.steps), key=lambda s: (s.factor, -s.rank))
    key = "compare.rank_gap" if step.factor >= NOTABLE else "compare.rank_no_gap"
    return t(
        key,
        upper=system.cities[step.rank - 1].place.label[t.lang],
        lower=system.cities[step.rank].place.label[t.lang],
        rank=step.rank,
        next=step.rank + 1,
        ratio=number(step.ratio, 2),
        expected=number(step.expected, 2),
        factor=number(step.factor, 2),
    )


def _classes(system: System, indicator: Indicator, context: Context) -> Component:
    """Count the cities of each class of size, against what the rank–size rule expects."""
    t = context.t
    unit = named_unit(indicator, context)
    head = [t("compare.class"), t("compare.class_cities"), t("compare.class_expected")]
    body = [
        html.Tr(
            [
                html.Td(f"{_limit(c.low, indicator)}–{_limit(c.high, indicator)}"),
                html.Td(number(c.count) if c.count else t("compare.class_empty"), className="num"),
                html.Td(number(c.expected), className="num"),
            ]
        )
        for c in system.classes
    ]
    heads = [
        html.Th(word, scope="col", className="num" if place else "")
        for place, word in enumerate(head)
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="plain")
    return html.Details(
        [html.Summary(t("compare.classes", unit=unit)), table], className="panel-sources"
    )


def rows(found: System, indicator: Indicator, context: Context) -> Iterator[Row]:
    """Yield the size of each city, the largest first."""
    item = (indicator.id, indicator.name)
    for city in found.cities:
        row = value_row(city.place, item, city.value, context)
        yield replace(row, catalogued=city.catalogued)


def class_rows(system: System, indicator: Indicator, context: Context) -> Iterator[Row]:
    """Yield how many cities each class of size holds, and how many the rule expects."""
    sources = (city.value for city in system.cities)
    count = with_sources(Value(None, "", system.year, "computed"), *sources)
    names = zip(
        *(_class_names(system, indicator, lang, context) for lang in LANGUAGES), strict=True
    )
    for number_of, (one, name) in enumerate(zip(system.classes, names, strict=True), 1):
        span = joined(both_words("compare.class"), Name(*name))
        for part, found in (("cities", one.count), ("expected", one.expected)):
            item = (f"class_{number_of}_{part}", joined(span, both_words(f"compare.class_{part}")))
            yield value_row(system.scope, item, replace(count, value=found), context)


def _class_names(
    system: System, indicator: Indicator, lang: Lang, context: Context
) -> Iterator[str]:
    """Write the limits of each class in the unit in which a language counts."""
    entry = counted(indicator, lang)
    unit = context.term("unit", entry.unit)[lang]
    for one in counted(system, lang).classes:
        yield f"{_limit(one.low, entry)}–{_limit(one.high, entry)} {unit}"


def _limit(size: float, indicator: Indicator) -> str:
    return number(size, FINER.get(indicator.unit, 0))


def rank_size_chart(
    system: System, indicator: Indicator, t: Text, canvas: Canvas
) -> dict[str, Any]:
    """Draw the cities, the fitted line, the rank–size rule, and the steep steps as bands.

    Parameters
    ----------
    system
        A system with a line.
    indicator
        What the sizes are.
    t
        Words.
    canvas
        What it is drawn on; names keep clear of one another from its width on.
    """
    theme = canvas.theme
    sizes = [c.value.value or 0.0 for c in system.cities]
    x = [math.log10(c.rank) for c in system.cities]
    y = [math.log10(size) for size in sizes]
    low, high = min(y), max(y)
    pad = ROOM * max(high - low, 0.3)
    spans = (-0.06, max(x) + 0.08 * max(x)), (low - pad, high + pad)
    layout = base_layout(theme, HEIGHT, MARGIN)
    several = RANKS if len(sizes) <= RANKS[-1] else MANY_RANKS
    ranks = [r for r in several if r <= len(sizes)]
    values, words = log_ticks(10 ** spans[1][0], 10 ** spans[1][1])
    layout["xaxis"] = axis(
        theme,
        range=list(spans[0]),
        tickvals=[math.log10(r) for r in ranks],
        ticktext=[str(r) for r in ranks],
        title={"text": plain(t("compare.rank_axis")), "font": {"size": 11}, "standoff": 6},
    )
    layout["yaxis"] = axis(theme, range=list(spans[1]), tickvals=values, ticktext=words)
    points = list(zip(x, y, strict=True))
    names = [c.place.label[t.lang].removesuffix(t("compare.suffix")) for c in system.cities[:NAMED]]
    layout["annotations"] = named(points, names, Plot(*spans, canvas.inside(MARGIN, HEIGHT)), theme)
    layout["shapes"] = _bands(system, theme)
    data = [*_lines(system, spans[0], theme), _cities(system, points, indicator, t)]
    return {"data": data, "layout": layout}


def _lines(system: System, span: tuple[float, float], theme: Theme) -> list[dict[str, Any]]:
    """Draw the fitted line over the ranks there are, and size(1) / rank from the first city."""
    line = system.line
    if line is None:
        return []
    ink = INK[theme]
    last = len(system.cities)
    first = system.cities[0].value.value or 0.0
    ranks = [1 + (last - 1) * step / 40 for step in range(41)]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "rule",
            "x": [0, round(span[1], 3)],
            "y": [round(math.log10(first), 4), round(math.log10(first) - span[1], 4)],
            "line": {"width": 1.2, "dash": "dash", "color": ink.muted},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": "fitted",
            "x": [round(math.log10(rank), 4) for rank in ranks],
            "y": [round(math.log10(line.size_at(rank)), 4) for rank in ranks],
            "line": {"width": 1.8, "color": SERIES[0]},
            "hoverinfo": "skip",
        },
    ]


def _cities(
    system: System, points: list[tuple[float, float]], indicator: Indicator, t: Text
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "cities",
        "x": [round(x, 4) for x, _ in points],
        "y": [round(y, 4) for _, y in points],
        "customdata": [c.place.id for c in system.cities],
        **asks(
            FigureId(system.indicator, c.place.id if c.catalogued else "", system.year)
            for c in system.cities
        ),
        "marker": {
            "size": 9 if len(points) <= NAMED else 6,
            "color": SERIES[1],
            "line": {"width": 0},
        },
        "hovertext": [
            t(
                "compare.hover_rank",
                place=plain(c.place.label[t.lang]),
                rank=c.rank,
                size=number(c.value.value, indicator.decimals),
            )
            for c in system.cities
        ],
        "hoverinfo": "text",
    }


def _bands(system: System, theme: Theme) -> list[dict[str, Any]]:
    """Shade from the size of one city down to the next where the step is steep."""
    sizes = [c.value.value or 0.0 for c in system.cities]
    ink = INK[theme]
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": round(math.log10(sizes[step.rank]), 4),
            "y1": round(math.log10(sizes[step.rank - 1]), 4),
            "fillcolor": ink.accent,
            "opacity": 0.10,
            "line": {"width": 0},
            "layer": "below",
        }
        for step in upper(system.steps)
        if step.factor >= NOTABLE
    ]


PANEL = Panel(
    "compare",
    "rank_size",
    charts,
    ("rank_size",),
    ("scope", "colour", "family", "system", "size"),
    "column",
)
