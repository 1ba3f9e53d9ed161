"""Computing power of the selection by precision: never added up, planned apart from built."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dash import html

from dashboard.panels import method
from dashboard.panels.components import Footnotes, panel
from dashboard.panels.sites import where
from dashboard.wording import Context, listing, quantity_text, year_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from geodata.records import Site
    from geodata.studies.compute import Power


def compute(
    found: Sequence[Power], conflicts: Sequence[Sequence[Site]], context: Context
) -> Component | None:
    """List computing power by precision and stage, and what two sources give differently.

    Parameters
    ----------
    found
        The figures, by precision, then stage.
    conflicts
        Sites that give one thing of one place and time differently.
    context
        Words and sources.

    Returns
    -------
    Component or None
        One section; None where nothing is published.
    """
    if not found and not conflicts:
        return None
    t = context.t
    feet = Footnotes(context)
    groups = [
        html.Div(
            [
                html.H3(
                    [
                        context.word("precision", precision),
                        html.Small(context.word("compute_stage", stage)),
                    ]
                ),
                html.Ul([_row(one, context, feet) for one in rows], className="sites"),
            ],
            className="group",
        )
        for (precision, stage), rows in groupby(found, key=lambda one: (one.precision, one.stage))
    ]
    return panel(
        "compute",
        t("panel.compute"),
        [
            html.P(t("panel.compute_lead"), className="panel-lead"),
            *groups,
            *(_conflict(several, context, feet) for several in conflicts),
            html.P(t("panel.compute_key"), className="panel-key"),
            method.note("explore", "compute", t),
            *feet.close(),
        ],
    )


def _row(one: Power, context: Context, feet: Footnotes) -> Component:
    site, scale = one.site, one.site.scale
    mark = [html.B(context.t("panel.exascale"), className="exascale")] if one.exascale else []
    year = year_text(scale.year, context.t) if scale else ""
    about = " · ".join(part for part in (where(site, context), year) if part)
    return html.Li(
        [
            site.name[context.lang],
            html.Span([quantity_text(scale, context) if scale else "", *mark], className="num"),
            html.Small([about, *feet.mark(site.source_ids, site.note)]),
        ]
    )


def _conflict(several: Sequence[Site], context: Context, feet: Footnotes) -> Component:
    """Say both counts, each with its source."""
    t = context.t
    first = several[0]
    parts = [
        [quantity_text(site.scale, context), *feet.mark(site.source_ids)]
        for site in several
        if site.scale
    ]
    joined = [
        part for at, one in enumerate(parts) for part in ([t("panel.comma")] if at else []) + one
    ]
    year = year_text(first.scale.year, t) if first.scale else ""
    about = t(
        "panel.compute_conflict",
        place=listing((context.place(code).label[t.lang] for code in first.regions), t),
        what=context.word("site_metric", first.metric),
        year=year,
        n=len(several),
    )
    return html.P([about, *joined], className="panel-remark")
