"""Roles and the evidence for and against them, in one table."""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.numbers import NO_DATA, number
from dashboard.panels.components import Footnotes, panel, place_link
from dashboard.panels.method import note
from dashboard.panels.origin import asking
from dashboard.panels.quotients import interval_text, quotient_text
from dashboard.wording import Context, decimals_of_column, listing, quantity_text
from geodata.records import FigureId
from geodata.studies.roles import ABOVE, BEFORE, BELOW, YEAR
from geodata.studies.specialisation import PERIOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.text import Text
    from geodata.studies.plan_records import Evidence, PlanItem
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
    rule = t("linkages.roles_rule", above=f"{ABOVE:g}", below=f"{BELOW:g}", before=BEFORE)
    return panel(
        "roles",
        t("linkages.roles"),
        [
            html.P(t("linkages.roles_lead", year=YEAR), className="panel-lead"),
            html.P(t("linkages.roles_residents"), className="panel-remark"),
            html.P(rule, className="panel-key"),
            html.Div(table, className="scroll-x"),
            *feet.close(),
            note("linkages", "roles", t, table="roles"),
        ],
    )


def _role(role: RoleEvidence, context: Context, feet: Footnotes) -> list[Component]:
    """Write one role: its name, why it is not tested, its industries, what is no quotient."""
    item, lang = role.item, context.lang
    marks = feet.mark(item.source_ids, (item.note,) if item.note else ())
    said: list[Any] = [item.name[lang], *marks, " "]
    said.append(html.Small(context.word("plan_aspect", item.aspect)))
    if item.test == "untested":
        words = context.t("linkages.verdict_untested")
        said += [" ", html.Span(words, className="verdict untested")]
    limit = html.Tr(html.Td(item.limit[lang], colSpan=len(HEADS), className="told"))
    return [
        html.Tr(html.Td(said, colSpan=len(HEADS)), className="role"),
        *([limit] * bool(item.limit[lang])),
        *(_industry(one, item, context, feet) for one in role.industries),
        *(_other(one, context, feet) for one in role.others),
    ]


def _industry(one: IndustryEvidence, of: PlanItem, context: Context, feet: Footnotes) -> Component:
    t = context.t
    item = one.row.indicator.removeprefix("emp_")
    lq = FigureId(f"lq_{item}", one.place.id, YEAR, one.reference)
    grown = FigureId(f"lq_change_{item}", one.place.id, PERIOD, one.reference)
    marks = feet.mark(one.value.source_ids, one.value.note)
    change = number(one.change, 2, signed=True)
    rank = NO_DATA if one.rank is None else t("linkages.rank_of", rank=one.rank, of=one.of)
    passing = t("linkages.others_of", n=one.others, of=one.of)
    cells: list[Any] = [
        [one.row.name[context.lang], " ", html.Small(_beside(one, of, context))],
        [_asking(quotient_text(one.row), lq, t), *marks],
        interval_text((one.low, one.high)),
        _asking(change, grown, t),
        rank,
        [
            html.Span(t(f"linkages.verdict_{one.verdict}"), className=f"verdict {one.verdict}"),
            *([html.Small(passing)] if one.others is not None else []),
        ],
    ]
    words = {0, HEADS.index("verdict")}
    return html.Tr(
        [html.Td(cell, className="" if at in words else "num") for at, cell in enumerate(cells)]
    )


def _beside(one: IndustryEvidence, of: PlanItem, context: Context) -> str:
    """Say against what, and of what place where it is not that of the item."""
    against = context.word("benchmark", one.reference)
    if one.place.id == of.place.id:
        return context.t("linkages.against", reference=against)
    place = one.place.name[context.lang]
    return context.t("linkages.of_against", place=place, reference=against)


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
        places = decimals_of_column(value for (_, value), _ in shown)
        said.append(" ")
        for at, ((name, value), figure) in enumerate(shown):
            said += [t("panel.comma")] if at else []
            written = quantity_text(value, context, places.get(value.unit))
            said += [f"{name[lang]} ", asking(written, figure, t) if figure else written]
            said.append(f" ({value.year})")
            said += feet.mark(value.source_ids, value.note)
    return html.Tr(html.Td(said, colSpan=len(HEADS), className="told"))
