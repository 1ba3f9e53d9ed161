"""What others measure of the region: the bureau's index with its parts, and Nankai's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.charts.regional_index import COLOURS, index_chart
from dashboard.numbers import NO_DATA, number
from dashboard.panels.graph import graph
from dashboard.panels.method import note
from dashboard.panels.parts import Footnotes, panel
from dashboard.wording import Context, decimals_of, listing, year_text
from geodata.facts.printed import INDEX_PARTS

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.studies.regional_index import RegionalIndex, Release

CHART = "regional-index-chart"


def regional_index(found: RegionalIndex, context: Context, theme: Theme) -> Component:
    """Show every release with its base, where releases disagree, and the index of Nankai."""
    t = context.t
    feet = Footnotes(context)
    title = t("compare.regional_index")
    newest = found.releases[0].base
    latest = max((r for r in found.releases if r.base == newest), key=lambda r: r.year)
    lead = t(
        "compare.index_lead", year=latest.year, index=number(latest.total.value, 1), base=newest
    )
    key = [
        html.Li([html.I(style={"background": colour}), t("compare.index_base", base=base)])
        for base, colour in COLOURS.items()
    ]
    breaks = listing(
        (
            t(
                "compare.index_break",
                year=first.year,
                first=number(first.value, 1),
                later=number(later.value, 1),
            )
            for first, later in found.breaks
        ),
        t,
    )
    nankai = listing((f"{year_text(v.year, t)} {number(v.value, 2)}" for v in found.nankai), t)
    sources = sorted({i for v in found.nankai for i in v.source_ids})
    return panel(
        "regional-index",
        title,
        [
            html.P([lead, *feet.mark(latest.total.source_ids)], className="panel-lead"),
            html.Ul(key, className="dots-key"),
            *graph(CHART, index_chart(found.releases, t, theme), (title, lead), t),
            html.Div(_table(found, context, feet), className="scroll-x", tabIndex=0),
            html.P(t("compare.index_breaks", breaks=breaks), className="panel-remark"),
            html.P(
                [t("compare.index_nankai", values=nankai), *feet.mark(sources)],
                className="panel-remark",
            ),
            note("compare", "regional_index", t),
            *feet.close(),
        ],
    )


def _table(found: RegionalIndex, context: Context, feet: Footnotes) -> Component:
    t = context.t
    heads = ("total", "rise", *INDEX_PARTS)
    names = [html.Th(t(f"compare.index_{name}"), className="num") for name in heads]
    ordered = sorted(found.releases, key=lambda r: (r.base, r.year), reverse=True)
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(t("compare.index_release")), *names])),
            html.Tbody([_row(release, context, feet) for release in ordered]),
        ],
        className="figures beside index-table",
    )


def _row(release: Release, context: Context, feet: Footnotes) -> Component:
    t = context.t
    shown = [release.total, release.rise, *map(release.parts.get, INDEX_PARTS)]
    decimals = max(decimals_of(v) for v in shown if v)
    words = [number(v.value, decimals) if v else NO_DATA for v in shown]
    name = html.Th(
        [
            year_text(release.year, t),
            *feet.mark(release.total.source_ids, release.total.note),
            html.Small(t("compare.index_base", base=release.base)),
        ],
        scope="row",
    )
    return html.Tr([name, *(html.Td(word, className="num") for word in words)])
