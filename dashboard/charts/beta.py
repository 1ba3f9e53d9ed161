"""β-convergence: growth of GDP per head on its initial level, in each period without break."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard.charts.axes import ROOMY, axis, log_ticks
from dashboard.charts.choices import family_of, head_subject
from dashboard.charts.leaders import Plot, named
from dashboard.charts.record import Canvas, Chart, Panel, Row
from dashboard.charts.rows import both_words, value_row, with_sources
from dashboard.lettering import base_layout, plain
from dashboard.numbers import number, percent
from dashboard.palette import SERIES, faded
from dashboard.wording import Context, listing
from geodata.records import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.studies.gap_findings import Growth

NAMES = ("beta", "beta-earlier")
HEIGHT = 360
MARGIN = {"l": 46, "r": 14, "t": 14, "b": 42}
STEPS = 24
PERCENT = 100
SIGNIFICANT = 0.05


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return a chart for each period without break, the latest first."""
    gap, family = scene.atlas.gap, family_of(view)
    found = [gap.growth(period, family) for period in gap.periods(family)]
    found.sort(key=lambda one: one.first, reverse=True)
    empty = [None] * (len(NAMES) - len(found))
    return [
        _chart(name, growth, scene, context)
        for name, growth in zip(NAMES, [*found, *empty], strict=False)
    ]


def _chart(name: str, growth: Growth | None, scene: Scene, context: Context) -> Chart:
    """Return the chart of a period; of none the sentence that there is none."""
    t, subject = context.t, head_subject(scene)
    if growth is None:
        why = t("compare.beta_none")
        return Chart(name, t("compare.beta"), subject, lambda _: {}, lambda: (), empty=why)
    lacking = listing((p.label[context.lang] for p in growth.lacking), t)
    return Chart(
        name,
        t("compare.beta_period", first=growth.first, last=growth.last, n=growth.line.n),
        subject,
        partial(beta_chart, growth, t),
        lambda: tuple(rows(growth, context)),
        lead=t("compare.beta_lead"),
        say=(_line_words(growth, t) + _reading(growth, t),),
        notes=(t("compare.without", cities=lacking),) if lacking else (),
        source_ids=growth.source_ids,
    )


def _line_words(growth: Growth, t: Text) -> str:
    line = growth.line
    return t(
        "compare.beta_line",
        slope=number(PERCENT * line.slope, 2, signed=True),
        error=number(PERCENT * line.error, 2),
        p=number(line.p, 2) if line.p >= 0.005 else "<0.01",  # noqa: PLR2004 - as it rounds
        fit=number(line.fit, 2),
    )


def _reading(growth: Growth, t: Text) -> str:
    """Say what the slope says, and no more."""
    line = growth.line
    if line.p >= SIGNIFICANT:
        return t("compare.beta_flat")
    if line.slope > 0 or line.speed is None or line.half_life is None:
        return t("compare.beta_apart")
    speed, half = percent(line.speed, 1), number(line.half_life, 0)
    return t("compare.beta_together", speed=speed, half=half)


def rows(growth: Growth, context: Context) -> Iterator[Row]:
    """Yield GDP per head at both ends and the growth a year (log points), by city."""
    period = f"{growth.first}-{growth.last}"
    head, rate = both_words("export.item_head"), both_words("export.item_growth")
    for one in growth.cities:
        for value in (one.first, one.last):
            yield value_row(one.place, ("gdp_per_head", head), value, context)
        found = with_sources(Value(one.growth, "", period, "computed"), one.first, one.last)
        yield value_row(one.place, ("growth", rate), found, context)


def beta_chart(growth: Growth, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw the cities by initial level and mean growth, the line and its 95 % interval."""
    cities, theme, width = growth.cities, canvas.theme, canvas.width
    starts = [c.first.value or 1.0 for c in cities]
    x = [math.log10(start) for start in starts]
    y = [PERCENT * c.growth for c in cities]
    low, high = min(x), max(x)
    at = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    middle = [PERCENT * growth.line.growth_at(10**one) for one in at]
    margin = [PERCENT * growth.line.margin_at(10**one) for one in at]
    edge = [m + d for m, d in zip(middle, margin, strict=True)]
    lower = [m - d for m, d in zip(middle, margin, strict=True)]
    bottom, top = min([*y, *lower]), max([*y, *edge])
    pad = 0.06 * (top - bottom)
    spans = (low - 0.09 * (high - low), high + 0.09 * (high - low)), (bottom - pad, top + pad)
    layout = base_layout(theme, HEIGHT, MARGIN)
    values, words = log_ticks(10 ** spans[0][0], 10 ** spans[0][1], 4 if width < ROOMY else 7)
    layout["xaxis"] = axis(
        theme,
        range=list(spans[0]),
        tickvals=values,
        ticktext=words,
        tickangle=0,
        title={
            "text": plain(t("compare.beta_x", year=growth.first)),
            "font": {"size": 11},
            "standoff": 6,
        },
    )
    layout["yaxis"] = axis(theme, range=list(spans[1]), nticks=6, ticksuffix="%")
    points = list(zip(x, y, strict=True))
    names = [c.place.label[t.lang].removesuffix(t("compare.suffix")) for c in cities]
    layout["annotations"] = named(points, names, Plot(*spans, canvas.inside(MARGIN, HEIGHT)), theme)
    return {
        "data": [*_line(at, middle, edge, lower), _points(growth, points, t)],
        "layout": layout,
    }


def _line(
    at: Sequence[float],
    middle: Sequence[float],
    edge: Sequence[float],
    lower: Sequence[float],
) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "interval",
            "x": [round(one, 4) for one in (*at, *reversed(at))],
            "y": [round(one, 3) for one in (*edge, *reversed(lower))],
            "fill": "toself",
            "fillcolor": faded(SERIES[0], 0.14),
            "line": {"width": 0},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": "line",
            "x": [round(at[0], 4), round(at[-1], 4)],
            "y": [round(middle[0], 3), round(middle[-1], 3)],
            "line": {"width": 1.8, "color": SERIES[0]},
            "hoverinfo": "skip",
        },
    ]


def _points(growth: Growth, points: Sequence[tuple[float, float]], t: Text) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "cities",
        "x": [round(x, 4) for x, _ in points],
        "y": [round(y, 3) for _, y in points],
        "customdata": [c.place.id for c in growth.cities],
        "marker": {"size": 8, "color": SERIES[1], "line": {"width": 0}},
        "hovertext": [
            plain(
                t(
                    "compare.hover_beta",
                    place=c.place.label[t.lang],
                    first=growth.first,
                    level=number(c.first.value, 0),
                    growth=number(PERCENT * c.growth, 2),
                )
            )
            for c in growth.cities
        ],
        "hoverinfo": "text",
    }


PANEL = Panel("compare", "beta", charts, NAMES, ("family",), "column")
