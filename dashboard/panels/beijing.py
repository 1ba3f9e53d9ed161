"""Beijing's industries in 2023: three things counted beside one another, each named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.charts.beijing import MARKS, divisions_chart, sections_chart
from dashboard.numbers import number
from dashboard.panels import method
from dashboard.panels.graph import graph
from dashboard.panels.parts import Footnotes, panel
from dashboard.wording import Context, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.studies.beijing import BeijingIndustries

CHARTS: Final = ("beijing-sections-chart", "beijing-divisions-chart")
NAMED: Final = 3


def beijing(
    found: BeijingIndustries,
    chosen: str,
    census_sources: Sequence[str],
    about: tuple[Context, Theme, int],
) -> Component:
    """Show the sections by employees, value added and residents, then the divisions.

    Parameters
    ----------
    found
        Beijing's industries.
    chosen
        The section whose rows stand out.
    census_sources
        Where the residents are printed.
    about
        Words and sources, theme, and the pixels a chart will have.
    """
    context, theme, width = about
    t = context.t
    title, lead = t("clusters.beijing"), t("clusters.beijing_lead")
    feet = Footnotes(context)
    employed = sorted(
        (one.employees for one in found.sections if one.employees), key=lambda one: one.sector
    )
    sources = {
        "employees": sorted({i for one in employed for i in one.lq.source_ids}),
        "value_added": sorted({i for one in found.sections for i in one.value_added.lq.source_ids}),
        "residents": census_sources,
    }
    key = [
        html.Li(
            [
                html.I(style={"background": MARKS[name][1]}),
                t(f"clusters.beijing_{name}_told"),
                *feet.mark(sources[name]),
            ]
        )
        for name in MARKS
    ]
    enterprises = listing((one.name[t.lang] for one in employed if one.basis == "enterprises"), t)
    first = listing(
        (f"{one.name[t.lang]} {number(one.lq.value, 2)}" for one in found.divisions[:NAMED]), t
    )
    told = t("clusters.beijing_divisions", n=len(found.divisions), first=first)
    sections = sections_chart(found.sections, chosen, t, theme, width)
    divisions = divisions_chart(found.divisions, chosen, t, theme, width)
    return panel(
        "beijing",
        title,
        [
            html.P(lead, className="panel-lead"),
            html.Div(
                [
                    html.H3(t("clusters.beijing_by_section")),
                    html.Ul(key, className="dots-key"),
                    *graph(CHARTS[0], sections, (title, lead), t),
                    html.P(t("clusters.beijing_unlike", names=enterprises), className="panel-key"),
                ]
            ),
            html.Div(
                [
                    html.H3(t("clusters.beijing_by_division")),
                    html.P(told, className="panel-key"),
                    *graph(CHARTS[1], divisions, (title, told), t),
                ]
            ),
            method.note("clusters", "beijing", t),
            *feet.close(),
        ],
    )
