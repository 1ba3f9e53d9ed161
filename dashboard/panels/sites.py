"""Named clusters, chains, parks and computing sites of the selection."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.panels.components import Footnotes, panel, place_link, status_key, status_mark
from dashboard.wording import Context, begun, listing, quantity_text, year_text
from geodata.places.sites import beyond, distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component

    from dashboard.text import Text
    from geodata.records import Place, Site

FOLD_FROM = 9
"""A group with at least this many rows is folded, so that the panel stays a page."""
MANY = 6
"""A site in more regions than this names their number."""


def sites(found: Sequence[tuple[Place, Sequence[Site]]], context: Context) -> Component:
    """List the named sites of each place by kind.

    Parameters
    ----------
    found
        The selected places, each with its clusters and parks.
    context
        Words, addresses and sources.

    Returns
    -------
    Component
        One section; a sentence for a place that no source names a site in.
    """
    t = context.t
    feet = Footnotes(context)
    blocks = [
        one_place(place, rows, context, feet, several=len(found) > 1) for place, rows in found
    ]
    return panel(
        "sites",
        t("panel.sites"),
        [
            html.Div(blocks, className="columns" if len(blocks) > 1 else ""),
            *status_key((s.scale for _, rows in found for s in rows if s.scale), context),
            *feet.close(),
        ],
    )


def one_place(
    place: Place, rows: Sequence[Site], context: Context, feet: Footnotes, *, several: bool
) -> Component:
    """List the sites of one place, under its name when it stands beside others."""
    t = context.t
    head = [html.H3(place_link(place, context))] if several else []
    heading = html.H4 if several else html.H3
    if not rows:
        words = t("panel.no_sites", place=place.label[context.lang])
        return html.Div([*head, html.P(words, className="panel-empty")])
    clusters, parks = parted(rows)
    counted = [
        t(key, n=len(part))
        for key, part in (("panel.count_clusters", clusters), ("panel.count_parks", parks))
        if part
    ]
    return html.Div(
        [
            *head,
            *([html.P(begun(listing(counted, t)), className="panel-lead")] if counted else []),
            *groups(clusters, context, feet, heading),
            *groups(parks, context, feet, heading),
            *records(rows, context, feet),
            html.P(t("panel.sites_unlike"), className="panel-key"),
        ]
    )


def parted(rows: Sequence[Site]) -> tuple[list[Site], list[Site]]:
    """Return the clusters and the parks among rows, each site once."""
    found = distinct(rows)
    return [s for s in found if s.what == "cluster"], [s for s in found if s.what == "park"]


def records(rows: Sequence[Site], context: Context, feet: Footnotes) -> list[Component]:
    """List what is told beyond the count: further rows of a site, rankings, totals, plans."""
    told = beyond(rows)
    if not told:
        return []
    summary = html.Summary(context.t("panel.site_records", n=len(told)))
    body = html.Ul([site_row(s, context, feet) for s in told], className="sites")
    return [html.Details([summary, body], className="group records")]


def groups(
    rows: Sequence[Site],
    context: Context,
    feet: Footnotes,
    heading: Callable[..., Component] = html.H3,
) -> list[Any]:
    """List sites under the name of their kind and level, in order of first appearance."""
    order = list(dict.fromkeys((s.kind, s.level) for s in rows))
    ranked = sorted(rows, key=lambda s: order.index((s.kind, s.level)))
    written: list[Any] = []
    for (kind, level), part in groupby(ranked, key=lambda s: (s.kind, s.level)):
        members = list(part)
        title: list[Any] = [
            context.word(f"{members[0].what}_kind", kind),
            *([html.Small(context.word("cluster_level", level))] if level else []),
            html.Small(str(len(members)), className="count"),
        ]
        body = html.Ul([site_row(s, context, feet) for s in members], className="sites")
        if len(members) >= FOLD_FROM:
            written.append(html.Details([html.Summary(title), body], className="group"))
        else:
            written.append(html.Div([heading(title), body], className="group"))
    return written


def site_row(site: Site, context: Context, feet: Footnotes) -> Component:
    """Write one site: name and scale on the first line, what and where below."""
    t = context.t
    about = [
        context.word("cluster_industry", site.industry) if site.industry else "",
        where(site, context),
        since(site, t),
    ]
    line = " · ".join(part for part in about if part)
    return html.Li(
        [
            site.name[context.lang],
            *scale(site, context),
            html.Small([line, *feet.mark(site.source_ids, site.note)]),
        ]
    )


def since(site: Site, t: Text) -> str:
    """Write the year of a site: of a park, when it was established."""
    if not site.year:
        return ""
    year = year_text(site.year, t)
    return t("panel.established", year=year) if site.what == "park" else year


def where(site: Site, context: Context) -> str:
    """Name the regions of a site, or how many when there are many."""
    if len(site.regions) > MANY:
        return context.t("panel.regions", n=len(site.regions))
    return listing((context.place(code).label[context.lang] for code in site.regions), context.t)


def scale(site: Site, context: Context) -> list[Any]:
    """Write the published size of a site with its year and what it measures."""
    if site.scale is None or site.scale.value is None:
        return []
    about = [context.word("site_metric", site.metric) if site.metric else ""]
    if site.what == "park" or site.scale.year != site.year:
        about.append(year_text(site.scale.year, context.t))
    words = " · ".join(part for part in about if part)
    return [
        html.Span(
            [
                quantity_text(site.scale, context),
                *status_mark(site.scale, context),
                *([html.Small(words)] if words else []),
            ],
            className="num",
        )
    ]
