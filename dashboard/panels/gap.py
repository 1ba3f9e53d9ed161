"""The gap between the cities: Theil's index split by province and by circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.theil import BETWEEN, group_colours, theil_chart
from dashboard.panels.compare_places import break_lines
from dashboard.panels.graph import graph
from dashboard.panels.method import note
from dashboard.panels.parts import Footnotes, panel
from dashboard.wording import Context, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.records import Break
    from geodata.studies.gap_findings import Splits


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
