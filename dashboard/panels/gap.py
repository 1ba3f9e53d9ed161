"""The gap between the cities: Theil's index split, σ over the years, β over each period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.convergence import beta_chart, sigma_chart
from dashboard.charts.theil import BETWEEN, group_colours, theil_chart
from dashboard.numbers import number, percent
from dashboard.panels.compare_places import break_lines
from dashboard.panels.graph import graph
from dashboard.panels.method import note
from dashboard.panels.parts import Footnotes, panel
from dashboard.wording import Context, listing, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.records import Break, Place
    from geodata.studies.gap_findings import Growth, Splits, Spreads

SIGNIFICANT = 0.05


def theil(
    by: Sequence[tuple[str, str, Splits]],
    context: Context,
    look: tuple[Theme, int],
    weighting: str,
) -> Component:
    """Show Theil's index split in several ways, on one scale.

    `by` holds for each way its id, its name and the decomposition.
    """
    t = context.t
    feet = Footnotes(context)
    drawn = [splits for _, _, splits in by if splits.years]
    top = max((s.parts.total for splits in drawn for s in splits.years), default=0.0)
    ids = dict.fromkeys(i for splits in drawn for s in splits.years for i in s.theil.source_ids)
    lead = t(f"compare.theil_lead_{weighting}")
    return panel(
        "theil",
        t("compare.theil"),
        [
            html.P([lead, *feet.mark(ids)], className="panel-lead"),
            html.Div(
                [_split(one, context, look, top) for one in by],
                className="pair",
            ),
            *(_why(drawn[0].breaks, context) if drawn else ()),
            *feet.close(),
            note("compare", "theil", t),
        ],
    )


def _split(
    one: tuple[str, str, Splits], context: Context, look: tuple[Theme, int], top: float
) -> Component:
    id_, name, splits = one
    t, lang = context.t, context.lang
    heading = html.H3(name)
    if not splits.years:
        return html.Div([heading, html.P(splits.reason[lang], className="panel-empty")])
    last = max(splits.years, key=lambda s: (sum(map(len, s.cities.values())), s.year))
    key = [(BETWEEN, t("compare.between"))]
    key += [
        (colour, t("compare.within_of", group=last.names[group][lang]))
        for group, colour in group_colours(splits).items()
    ]
    figure = theil_chart(splits, top, t, *look)
    said = figure["data"][0]["hovertext"][-1]
    members = [
        t(
            "compare.members",
            group=last.names[group][lang],
            cities=listing((p.label[lang] for p in places), t),
        )
        for group, places in last.cities.items()
    ]
    return html.Div(
        [
            heading,
            html.Ul(
                [html.Li([html.I(style={"background": c}), word]) for c, word in key],
                className="key",
            ),
            *graph(f"theil-{id_}", figure, (f"{t('compare.theil')} · {name}", said), t),
            html.Details(
                [html.Summary(t("compare.groups")), html.Ul([html.Li(m) for m in members])],
                className="panel-sources",
            ),
            *(html.P(r[lang], className="panel-remark") for r in splits.remarks),
        ]
    )


def _why(breaks: Sequence[Break], context: Context) -> list[Any]:
    """Say why years are parted."""
    lines = break_lines(breaks, context)
    return [html.Ul([*lines, html.Li(context.t("compare.sets"))], className="panel-reading")]


def sigma(spreads: Spreads, context: Context, look: tuple[Theme, int], weighting: str) -> Component:
    """Show σ by year, and the other measures of inequality in a table beside it."""
    t = context.t
    feet = Footnotes(context)
    ids = dict.fromkeys(i for s in spreads.years for i in s.sigma.source_ids)
    title = t("compare.sigma")
    ends = (spreads.years[0], spreads.years[-1]) if spreads.years else ()
    words = title, listing((f"{s.year} σ = {number(s.sigma.value, 4)}" for s in ends), t)
    return panel(
        "sigma",
        title,
        [
            html.P([t("compare.sigma_lead"), *feet.mark(ids)], className="panel-lead"),
            html.Div(
                [
                    html.Div(
                        [
                            *graph("sigma-chart", sigma_chart(spreads, t, *look), words, t),
                            *_lacking(spreads, context),
                        ]
                    ),
                    _measures(spreads, context, weighting),
                ],
                className="pair",
            ),
            *feet.close(),
            note("compare", "sigma", t),
        ],
    )


def _lacking(spreads: Spreads, context: Context) -> list[Any]:
    """Name the cities without a figure, by the years in which they lack one."""
    found: dict[tuple[Place, ...], list[str]] = {}
    for spread in spreads.years:
        if spread.lacking:
            found.setdefault(spread.lacking, []).append(spread.year)
    t = context.t
    return [
        html.P(
            t(
                "compare.lacking",
                years=listing(spans([int(year) for year in years], str), t),
                cities=listing((p.label[context.lang] for p in places), t),
            ),
            className="panel-remark",
        )
        for places, years in found.items()
    ]


def _measures(spreads: Spreads, context: Context, weighting: str) -> Component:
    t = context.t
    keys = ("year", "n", "theil", "gini", "variation", "sigma")
    head = [html.Th(t(f"compare.measure_{key}"), scope="col", className="num") for key in keys]
    rows = [
        html.Tr(
            [
                html.Th(s.year, scope="row", className="num"),
                html.Td(str(s.n), className="num"),
                *(
                    html.Td(number(v.value, 3), className="num")
                    for v in (s.theil, s.gini, s.variation, s.sigma)
                ),
            ]
        )
        for s in spreads.years
    ]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="plain")
    heading = html.H3(t(f"compare.measures_{weighting}"))
    return html.Div([heading, html.Div(table, className="scroll-x", tabIndex=0)])


def beta(growths: Sequence[Growth], context: Context, look: tuple[Theme, int]) -> Component:
    """Show growth on initial level for each period without break, the latest first."""
    t = context.t
    feet = Footnotes(context)
    title = t("compare.beta")
    if not growths:
        empty = html.P(t("compare.beta_none"), className="panel-empty")
        return panel("beta", title, [empty, note("compare", "beta", t)])
    ids = dict.fromkeys(i for growth in growths for i in growth.source_ids)
    return panel(
        "beta",
        title,
        [
            html.P([t("compare.beta_lead"), *feet.mark(ids)], className="panel-lead"),
            html.Div([_period(growth, context, look) for growth in growths], className="pair"),
            *feet.close(),
            note("compare", "beta", t),
        ],
    )


def _period(growth: Growth, context: Context, look: tuple[Theme, int]) -> Component:
    t, line = context.t, growth.line
    name = t("compare.beta_period", first=growth.first, last=growth.last, n=line.n)
    found = t(
        "compare.beta_line",
        slope=number(100 * line.slope, 2, signed=True),
        error=number(100 * line.error, 2),
        p=number(line.p, 2) if line.p >= 0.005 else "<0.01",  # noqa: PLR2004 - as it rounds
        fit=number(line.fit, 2),
    )
    lacking = listing((p.label[context.lang] for p in growth.lacking), t)
    return html.Div(
        [
            html.H3(name),
            html.P([found, _reading(growth, context)], className="panel-say"),
            *graph(f"beta-{growth.first}", beta_chart(growth, t, *look), (name, found), t),
            *(
                [html.P(t("compare.without", cities=lacking), className="panel-remark")]
                if lacking
                else []
            ),
        ]
    )


def _reading(growth: Growth, context: Context) -> str:
    """Say what the slope says, and no more."""
    line, t = growth.line, context.t
    if line.p >= SIGNIFICANT:
        return t("compare.beta_flat")
    if line.slope > 0 or line.speed is None or line.half_life is None:
        return t("compare.beta_apart")
    return t(
        "compare.beta_together",
        speed=percent(line.speed, 1),
        half=number(line.half_life, 0),
    )
