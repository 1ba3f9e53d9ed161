"""The named clusters and parks of an industry, and what could not be matched with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.panels import method
from dashboard.panels.components import Footnotes, panel, status_key
from dashboard.panels.scope import Scope, named, where
from dashboard.panels.sites import groups, parted, records
from dashboard.wording import Context, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from geodata.records import Site


def industry_sites(
    asked: Scope, found: Sequence[Site], unmatched: Sequence[Site], context: Context
) -> Component:
    """List the sites of an industry by kind.

    Parameters
    ----------
    asked
        Industry and places.
    found
        The rows of its clusters and parks there; each site counts once.
    unmatched
        Those that belong to no single industry.
    context
        Words and sources.
    """
    t = context.t
    title = t("clusters.sites")
    feet = Footnotes(context)
    about = {"industry": named(asked, context), "where": where(asked, context)}
    clusters, parks = parted(found)
    placed = sum(s.lon is not None for s in (*clusters, *parks))
    if clusters or parks:
        lead = t(
            "clusters.sites_lead", clusters=len(clusters), parks=len(parks), placed=placed, **about
        )
    else:
        lead = t("clusters.no_sites", **about)
    names = listing((s.name[context.lang] for s in unmatched), t)
    summary = html.Summary(t("clusters.unmatched", n=len(unmatched)))
    return panel(
        "industry-sites",
        title,
        [
            html.P(lead, className="panel-lead"),
            *groups(clusters, context, feet),
            *groups(parks, context, feet),
            *records(found, context, feet),
            html.P(t("clusters.sites_key"), className="panel-key"),
            html.Details([summary, html.P(names)], className="without"),
            method.note("clusters", "sites", t, table="sites" if found else ""),
            *status_key((s.scale for s in found if s.scale), context),
            *feet.close(),
        ],
    )
