"""Roles and the evidence for and against them, in one table."""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.figures.quotients import quotient_text
from dashboard.numbers import NO_DATA, number
from dashboard.panels.method import note
from dashboard.panels.origin import asking
from dashboard.panels.parts import Context, Footnotes, listing, panel, place_link, quantity_text
from geodata.records import REGION_ID, FigureId
from geodata.studies.roles import ABOVE, BELOW, YEAR
from geodata.studies.specialisation import PERIOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.text import Text
    from geodata.records import Evidence
    from geodata.studies.roles import IndustryEvidence, RoleEvidence

NAMED: Final = 4
HEADS: Final = ("industry", "lq", "interval", "change", "rank", "verdict")


def roles_panel(found: Sequence[RoleEvidence], context: Context) -> Component:
    """Set the roles of places beside what the figures say.

    Parameters
    ----------
    found
        Roles in the order of their places.
    context
        Words, addresses and sources.
    """
    t = context.t
    feet = Footnotes(context)
    rows: list[Component] = []
    for place, own in groupby(found, key=lambda role: role.item.place):
        head = html.Th(place_link(place, context), colSpan=len(HEADS), scope="rowgroup")
        rows.append(html.Tr(head, className="owner"))
        for role in own:
            rows += _role(role, context, feet)
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(t(f"linkages.head_{h}"), scope="col") for h in HEADS])),
            html.Tbody(rows),
        ],
        className="ties roles",
    )
    rule = t("linkages.roles_rule", above=f"{ABOVE:g}", below=f"{BELOW:g}")
    return panel(
        "roles",
        t("linkages.roles"),
        [
            html.P(t("linkages.roles_lead"), className="panel-lead"),
            html.P(rule, className="panel-key"),
            html.Div(table, className="scroll-x"),
            *feet.close(),
            note("linkages", "roles", t),
        ],
    )


def _role(role: RoleEvidence, context: Context, feet: Footnotes) -> list[Component]:
    """Write one role: its name, a row for each industry, a line for what is no quotient."""
    marks = feet.mark(role.item.source_ids, (role.item.note,) if role.item.note else ())
    aspect = html.Small(context.word("plan_aspect", role.item.aspect))
    title = html.Td([role.item.name[context.lang], *marks, " ", aspect], colSpan=len(HEADS))
    return [
        html.Tr(title, className="role"),
        *(_industry(one, role.item.place.id, context, feet) for one in role.industries),
        *(_other(one, context, feet) for one in role.others),
    ]


def _industry(one: IndustryEvidence, place: str, context: Context, feet: Footnotes) -> Component:
    t = context.t
    item = one.row.indicator.removeprefix("emp_")
    lq = FigureId(f"lq_{item}", place, YEAR, REGION_ID)
    grown = FigureId(f"lq_change_{item}", place, PERIOD, REGION_ID)
    marks = feet.mark(one.value.source_ids, one.value.note)
    interval = NO_DATA if one.low is None else f"{number(one.low, 2)}–{number(one.high, 2)}"
    change = number(one.change, 2, signed=True)
    rank = NO_DATA if one.rank is None else t("linkages.rank_of", rank=one.rank, of=one.of)
    cells: list[Any] = [
        one.row.name[context.lang],
        [_asking(quotient_text(one.row), lq, t), *marks],
        interval,
        _asking(change, grown, t),
        rank,
        html.Span(t(f"linkages.verdict_{one.verdict}"), className=f"verdict {one.verdict}"),
    ]
    words = {0, 5}
    return html.Tr(
        [html.Td(cell, className="" if at in words else "num") for at, cell in enumerate(cells)]
    )


def _asking(written: str, figure: FigureId, t: Text) -> str | Component:
    """Let a number be asked where it comes from; where there is none, there is nothing to ask."""
    return written if written == NO_DATA else asking(written, figure, t)


def _other(one: Evidence, context: Context, feet: Footnotes) -> Component:
    """Write evidence that is no quotient: it is told and not judged."""
    t, lang = context.t, context.lang
    said: list[Any] = [one.label[lang]]
    if one.kind == "sites":
        names = listing((s.name[lang] for s in one.sites[:NAMED]), t)
        said += [" ", html.B(t("linkages.sites", n=len(one.sites))), f" {names}" if names else ""]
        said += feet.mark({i for s in one.sites[:NAMED] for i in s.source_ids})
    elif one.values:
        shown = list(zip_longest(one.values, one.ids))[-NAMED:]
        said.append(" ")
        for at, ((name, value), figure) in enumerate(shown):
            said += [t("panel.comma")] if at else []
            written = quantity_text(value, context)
            said += [f"{name[lang]} ", asking(written, figure, t) if figure else written]
            said.append(f" ({value.year})")
            said += feet.mark(value.source_ids, value.note)
    return html.Tr(html.Td(said, colSpan=len(HEADS), className="told"))
