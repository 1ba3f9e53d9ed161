"""Where innovation and manufacturing meet: the scatter, the degrees, the partners of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.charts.chain import NAMED, chain_chart
from dashboard.numbers import number
from dashboard.panels.graph import graph
from dashboard.panels.matrix import circle_key, left_out
from dashboard.panels.method import note
from dashboard.panels.origin import asking
from dashboard.panels.parts import Footnotes, panel, place_link
from dashboard.wording import Context, year_text
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.charts.look import Look
    from geodata.records import Place
    from geodata.studies.chains import Chain, ChainMatch, Partner

TOP: Final = 10
PARTNERS: Final = 5


def chain_panel(
    found: ChainMatch,
    partners: tuple[Place | None, Sequence[Partner]],
    context: Context,
    look: Look,
    width: int,
) -> Component:
    """Show the chain match, or say why it cannot be drawn.

    Parameters
    ----------
    found
        Both sides of the chain in every place.
    partners
        The selected place and its partners; None where it is not among those compared.
    context, look
        Words, sources and colours.
    width
        Pixels the graph will have.
    """
    t = context.t
    title = t("linkages.chain")
    if found.empty or not found.among.enough:
        key = "chain_empty" if found.empty else "too_few"
        words = t(f"linkages.{key}", n=len(found.among.places))
        why = html.P(words, className="panel-empty")
        return panel("chain", title, [why, *left_out(found.among, context)])
    feet = Footnotes(context)
    innovation, industry = (number(value.value, 1) for value in found.whole)
    lead = t(
        "linkages.chain_lead",
        year=year_text(found.year, t),
        innovation=innovation,
        industry=industry,
    )
    return panel(
        "chain",
        title,
        [
            html.P([lead, *feet.mark(found.source_ids)], className="panel-lead"),
            *graph("chain-chart", chain_chart(found, look, width), (title, lead), t),
            circle_key(found.among, context, look),
            html.P(t("linkages.chain_read"), className="panel-key"),
            *_degrees(found, context, look),
            *_partners(partners, context),
            *left_out(found.among, context),
            *feet.close(),
            note("linkages", "chain", t),
        ],
    )


def _degrees(found: ChainMatch, context: Context, look: Look) -> list[Any]:
    """List the degrees: of few places all, of many the highest and the selected ones."""
    t = context.t
    ordered = sorted(found.chains, key=lambda c: -(c.d or 0))
    ranks = {chain.place.id: at for at, chain in enumerate(ordered, 1)}
    top = ordered if len(ordered) <= NAMED else ordered[:TOP]
    shown = [*top, *(c for c in ordered if c.place.id in look.selected and c not in top)]
    heads = ("rank", "place", "innovation_side", "industry_side", "c", "t", "d", "grade")
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(t(f"linkages.head_{h}"), scope="col") for h in heads])),
            html.Tbody([_degree(c, ranks[c.place.id], context, look) for c in shown]),
        ],
        className="ties degrees",
    )
    summary = html.Summary(
        t("linkages.degrees_all", n=len(ordered))
        if len(top) == len(ordered)
        else t("linkages.degrees_top", n=len(top), of=len(ordered))
    )
    return [html.Details([summary, html.Div(table, className="scroll-x")], className="without")]


def _degree(chain: Chain, rank: int, context: Context, look: Look) -> Component:
    share = FigureId("emp_share_manufacturing", chain.place.id, chain.industry.year)
    cells: list[Any] = [
        str(rank),
        place_link(chain.place, context),
        f"{number(chain.innovation.value, 1)}%",
        asking(f"{number(chain.industry.value, 1)}%", share, context.t),
        *(number(x, 2) for x in (chain.c, chain.t, chain.d)),
        context.t(f"linkages.grade_{chain.grade}") if chain.grade else "",
    ]
    words = {1, 7}
    return html.Tr(
        [html.Td(cell, className="" if at in words else "num") for at, cell in enumerate(cells)],
        className="chosen" if chain.place.id in look.selected else "",
    )


def _partners(partners: tuple[Place | None, Sequence[Partner]], context: Context) -> list[Any]:
    """Name whose innovation meets the place's manufacturing best, and the other way round."""
    place, found = partners
    if place is None or not found:
        return []
    t = context.t
    by_use = sorted(found, key=lambda p: -p.taken)
    name = place.label[context.lang]
    lines = []
    for key, row in (("supplied", found), ("taken", by_use)):
        said: list[Any] = []
        for at, partner in enumerate(row[:PARTNERS]):
            said += [t("panel.comma")] if at else []
            said += [place_link(partner.place, context), " ", number(getattr(partner, key), 2)]
        lines.append(html.Li([html.B(t(f"linkages.partners_{key}", place=name)), *said]))
    return [html.Ul(lines, className="panel-reading")]
