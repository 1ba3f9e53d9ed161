"""Where a reader's own firms cluster, beside the named parks and clusters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.charts.axes import axis
from dashboard.charts.choices import region_of
from dashboard.charts.listed import Column, Listing, listing
from dashboard.charts.own_registers import (
    division_of,
    nothing,
    own_row,
    own_value,
    register_of,
    subject_of,
)
from dashboard.charts.record import Canvas, Chart, Panel
from dashboard.charts.rows import both_words
from dashboard.numbers import number, percent
from dashboard.palette import SERIES
from dashboard.wording import listing as written_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.panels.components import Footnotes
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.own.firms.study import Clustered, FirmCluster, OwnFirms

NAME: Final = "firm_clusters"
MOST_NAMED: Final = 3
MOST_SITES: Final = 15


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, with the table of named sites below it."""
    t, own, division = context.t, register_of(scene, view), division_of(view)
    subject = subject_of(region_of(scene), division)
    found = own.clustered(division) if own.pointed else None
    if found is None:
        why = "firms.distances_few" if own.pointed else "firms.pointless"
        return [nothing(NAME, subject, why, context)]
    if not found.clusters:
        none = nothing(NAME, subject, "firms.clusters_none", context, n=found.least)
        return [none]
    sites = found.beside[:MOST_SITES]
    return [
        Chart(
            NAME,
            t("firms.firm_clusters"),
            subject,
            partial(clusters_chart, found, context),
            lambda: tuple(rows(own, found, context)),
            lead=t(
                "firms.clusters_lead",
                whom=subject[context.lang],
                n=number(found.firms),
                found=number(found.found),
                share=percent(found.inside / found.firms),
            ),
            notes=(
                t("firms.clusters_rule", n=number(found.least), km=f"{found.radius / 1000:g}"),
                t("firms.clusters_sites", n=found.wider),
            ),
            source_ids=(own.source_id,),
            below=lambda feet: [_sites(found, context, feet)] if sites else [],
            beside=lambda: tuple(site_rows(own, found, context)),
        )
    ]


def rows(own: OwnFirms, found: Clustered, context: Context) -> Iterator[Row]:
    """Yield the firms of each of the largest clusters, under the county of its densest cell."""
    for at, one in enumerate(found.clusters, start=1):
        item = (f"firms_cluster_{at}", both_words("firms.cluster_item", at=at))
        value = own_value(own, float(one.firms), own.unit, str(own.last))
        yield own_row(context.place(one.county), item, value, context)


def site_rows(own: OwnFirms, found: Clustered, context: Context) -> Iterator[Row]:
    """Yield the firms in the counties of each named site that has any."""
    for site, firms in found.beside:
        item = (f"firms_near_{site.id}", both_words("firms.near_item", site=site.name))
        value = own_value(own, float(firms), own.unit, str(own.last))
        yield own_row(context.place(site.regions[0]), item, value, context)


def clusters_chart(found: Clustered, context: Context, canvas: Canvas) -> dict[str, Any]:
    """Draw a bar for each cluster, with what stands beside it in words on hover."""
    t, shown = context.t, found.clusters
    about = Listing(
        names=[
            f"{at} {context.place(one.county).label[t.lang]}" for at, one in enumerate(shown, 1)
        ],
        chosen=[False] * len(shown),
        columns=[Column(t("firms.column_count"), [number(one.firms) for one in shown], 76)],
        width=canvas.width,
    )
    layout, written = listing(about, canvas.theme)
    most = max(one.firms for one in shown)
    layout["xaxis"] |= axis(canvas.theme, range=[0, 1.05 * most], nticks=4, tickangle=0)
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [one.firms for one in shown],
        "y": list(range(len(shown))),
        "marker": {"color": SERIES[0]},
        "hovertext": [_named(one, context) for one in shown],
        "hoverinfo": "text",
        "name": "clusters",
    }
    return {"data": [bars, *written], "layout": layout}


def _named(one: FirmCluster, context: Context) -> str:
    """Name the sites in the county of a cluster."""
    t = context.t
    if not one.sites:
        return t("firms.no_site")
    names = written_list((site.name[t.lang] for site in one.sites[:MOST_NAMED]), t)
    more = len(one.sites) - MOST_NAMED
    return names if more <= 0 else t("export.places_more", names=names, n=len(one.sites))


def _sites(found: Clustered, context: Context, feet: Footnotes) -> Component:
    """Return what stands beside the clusters, and how many firms are near each named site."""
    t = context.t
    of_clusters = [
        html.Tr(
            [
                html.Th(f"{at} {context.place(one.county).label[t.lang]}", scope="row"),
                html.Td(number(one.firms), className="num"),
                html.Td(_named(one, context)),
            ]
        )
        for at, one in enumerate(found.clusters, 1)
    ]
    of_sites = [
        html.Tr(
            [
                html.Th([site.name[t.lang], *feet.mark(site.source_ids)], scope="row"),
                html.Td(written_list((context.place(r).label[t.lang] for r in site.regions), t)),
                html.Td(number(firms), className="num"),
            ]
        )
        for site, firms in found.beside[:MOST_SITES]
    ]
    return html.Div(
        [
            _table(
                [t("firms.cluster"), t("firms.column_count"), t("firms.sites_there")],
                of_clusters,
                1,
            ),
            _table([t("firms.site"), t("firms.site_where"), t("firms.firms_there")], of_sites, 2),
        ],
        className="measures",
    )


def _table(heads: Sequence[str], body: Sequence[Component], numbers: int) -> Component:
    cells = [
        html.Th(head, scope="col", className="num" if at == numbers else "")
        for at, head in enumerate(heads)
    ]
    table = html.Table([html.Thead(html.Tr(cells)), html.Tbody(body)], className="plain")
    return html.Div(table, className="scroll-x", tabIndex=0)


PANEL = Panel("firms", NAME, charts, (NAME,), ("firms",), "sheet")
