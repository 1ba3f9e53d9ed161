"""σ-convergence: the spread of ln GDP per head over the cities, by year."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.axes import axis, joined, rules, year_tick
from dashboard.charts.choices import family_of, head_subject, region_of, weighting_of
from dashboard.charts.record import Canvas, Chart, Panel, Row
from dashboard.charts.rows import both_words, value_row
from dashboard.lettering import base_layout
from dashboard.numbers import number
from dashboard.palette import INK, SERIES
from dashboard.wording import Context, listing, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Place
    from geodata.studies.gap_findings import Spreads

HEIGHT = 250
MARGIN = {"l": 46, "r": 16, "t": 22, "b": 40}
MEASURES = ("theil", "gini", "variation", "sigma")


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart."""
    t, found = context.t, scene.atlas.gap.spreads(family_of(view), weighting_of(view))
    lead = t("compare.sigma_lead")
    return [
        Chart(
            "sigma",
            t("compare.sigma"),
            head_subject(scene),
            partial(sigma_chart, found, t),
            lambda: tuple(rows(found, region_of(scene), context)),
            lead=lead,
            say=(_said(found, t),),
            notes=tuple(_lacking(found, context)),
            source_ids=tuple(dict.fromkeys(i for s in found.years for i in s.sigma.source_ids)),
            below=lambda _: [_measures(found, context, view.weighting)],
            beside=lambda: number_rows(found, region_of(scene), context),
        )
    ]


def _said(spreads: Spreads, t: Text) -> str:
    """Say from where to where σ went in each run of years that may be joined, and the latest."""
    by_year = {s.year: s for s in spreads.years}
    parts = [
        t(
            "compare.sigma_run" if len(run) > 1 else "compare.sigma_year",
            first=run[0],
            last=run[-1],
            n=t("compare.cities_n", n=by_year[run[-1]].n),
            before=number(by_year[run[0]].sigma.value, 3),
            after=number(by_year[run[-1]].sigma.value, 3),
        )
        for run in spreads.runs
        if len(run) > 1 or run is spreads.runs[-1]
    ]
    return t("compare.semicolon").join(parts) + t("shell.stop").rstrip() if parts else ""


def _lacking(spreads: Spreads, context: Context) -> list[str]:
    """Name the cities without a figure, by the years in which they lack one."""
    found: dict[tuple[Place, ...], list[int]] = {}
    for spread in spreads.years:
        if spread.lacking:
            found.setdefault(spread.lacking, []).append(int(spread.year))
    t = context.t
    return [
        t(
            "compare.lacking",
            years=listing(spans(years, str), t),
            cities=listing((p.label[context.lang] for p in places), t),
        )
        for places, years in found.items()
    ]


def _measures(spreads: Spreads, context: Context, weighting: str) -> Component:
    """Return the other measures of inequality as a table."""
    t = context.t
    keys = ("year", "n", *MEASURES)
    head = [html.Th(t(f"compare.measure_{key}"), scope="col", className="num") for key in keys]
    body = [
        html.Tr(
            [
                html.Th(s.year, scope="row", className="num"),
                html.Td(str(s.n), className="num"),
                *(html.Td(number(getattr(s, m).value, 3), className="num") for m in MEASURES),
            ]
        )
        for s in spreads.years
    ]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="plain")
    heading = html.H3(t(f"compare.measures_{weighting}"))
    scrolled = html.Div(table, className="scroll-x", tabIndex=0)
    return html.Div([heading, scrolled], className="measures")


def rows(spreads: Spreads, whole: Place, context: Context) -> Iterator[Row]:
    """Yield the four measures of inequality by year."""
    for spread in spreads.years:
        for key in MEASURES:
            item = (key, both_words(f"compare.measure_{key}"))
            yield value_row(whole, item, getattr(spread, key), context)


def number_rows(spreads: Spreads, whole: Place, context: Context) -> Iterator[Row]:
    """Yield how many cities are in the measures of each year."""
    for spread in spreads.years:
        value = replace(spread.sigma, value=spread.n, unit="")
        yield value_row(whole, ("n", both_words("compare.measure_n")), value, context)


def sigma_chart(spreads: Spreads, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw σ by year; no line over a break or a change of the set of cities."""
    theme, width = canvas.theme, canvas.width
    values = {s.year: round(s.sigma.value or 0.0, 4) for s in spreads.years}
    layout = base_layout(theme, HEIGHT, MARGIN)
    low, high = min(values.values()), max(values.values())
    room = 0.25 * (high - low or high)
    first, last = int(min(values)), int(max(values))
    layout["xaxis"] = axis(
        theme,
        range=[first - 0.5, last + 0.5],
        tickvals=[int(s.year) for s in spreads.years],
        ticktext=[year_tick(s.year, s.n, t, width) for s in spreads.years],
        tickangle=0,
        showgrid=False,
        tickfont={"size": 10.5, "color": INK[theme].muted},
    )
    layout["yaxis"] = axis(theme, range=[low - room, high + 1.4 * room], nticks=5, tickformat=".2f")
    layout["shapes"] = rules([b.year for b in spreads.breaks], theme, first, last)
    x, y = joined(spreads.runs, values)
    line = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": "sigma",
        "x": x,
        "y": y,
        "text": ["" if value is None else number(value, 2) for value in y],
        "textposition": "top center",
        "textfont": {"size": 10.5},
        "line": {"width": 2, "color": SERIES[0]},
        "marker": {"size": 7, "color": SERIES[0]},
        "connectgaps": False,
        "cliponaxis": False,
        "hovertemplate": "%{x}  σ = %{y:.4f}<extra></extra>",
    }
    return {"data": [line], "layout": layout}


PANEL = Panel("compare", "sigma", charts, ("sigma",), ("family", "weighting"), "column")
