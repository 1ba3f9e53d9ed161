"""Beijing's technology contracts to Tianjin and Hebei: the years there are, and the gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.contracts import contracts_chart
from dashboard.panels.graph import graph
from dashboard.panels.method import note
from dashboard.panels.parts import Footnotes, panel
from dashboard.panels.ties import bare, unit_head
from dashboard.units import counted
from dashboard.wording import Context, decimals_of_column, listing, year_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from geodata.studies.links import Contracts, Flow


def contracts_panel(found: Contracts, context: Context, theme: Theme) -> Component:
    """Show the years as bars with their gaps, and all other figures in a table.

    Parameters
    ----------
    found
        The series, its missing years, what does not fit it, and what is no year at all.
    context, theme
        Words, sources and colours.
    """
    t = context.t
    found = counted(found, context.lang)
    feet = Footnotes(context)
    title = t("linkages.contracts")
    marked = [m for v in (*found.series, *found.unreconciled) for m in v.source_ids]
    notes = [n for v in (*found.series, *found.unreconciled) for n in v.note]
    unit = context.word("unit", found.series[0].unit)
    figure = contracts_chart(found, t, theme, unit)
    lead = t(
        "linkages.contracts_lead",
        first=found.series[0].year,
        last=found.series[-1].year,
        n=len(found.series),
        missing=listing(found.missing, t),
    )
    return panel(
        "contracts",
        title,
        [
            html.P([lead, *feet.mark(dict.fromkeys(marked), notes)], className="panel-lead"),
            *graph("contracts-chart", figure, (title, lead), t),
            html.P(t("linkages.contracts_read"), className="panel-key"),
            html.Details(
                [
                    html.Summary(t("linkages.contracts_others", n=len(found.others))),
                    _others(found, context, feet),
                ],
                className="without",
                open=True,
            ),
            *feet.close(),
            note("linkages", "contracts", t),
        ],
    )


def _others(found: Contracts, context: Context, feet: Footnotes) -> Component:
    t = context.t
    decimals = decimals_of_column(flow.value for flow in found.others)
    heads = (
        t("linkages.head_figure"),
        unit_head(found.others[0].value.unit, context),
        t("linkages.head_period"),
    )
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody([_row(flow, decimals, context, feet) for flow in found.others]),
        ],
        className="ties",
    )


def _row(flow: Flow, decimals: Mapping[str, int], context: Context, feet: Footnotes) -> Component:
    lang, t = context.lang, context.t
    ends = f"{flow.origin.name[lang]} → {flow.destination.name[lang]}"
    name: list[Any] = [flow.label[lang], html.Br(), html.Small(ends)]
    marks = feet.mark(flow.value.source_ids, flow.value.note)
    span: list[Any] = (
        [" ", html.Small(t(f"linkages.span_{flow.span}"))] if flow.span != "year" else []
    )
    return html.Tr(
        [
            html.Td(name),
            html.Td([bare(flow.value, decimals.get(flow.value.unit, 0)), *marks], className="num"),
            html.Td([year_text(flow.value.year, t), *span], className="num"),
        ]
    )
