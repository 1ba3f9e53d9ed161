"""Every statement that the atlas tests: against what, by which rule, and with what outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.attributes import aria
from dashboard.numbers import NO_DATA
from dashboard.panels.methods import anchor, paragraphs
from dashboard.panels.quotients import interval_text, quotient_text
from dashboard.panels.taking import figures_button
from geodata.records import DECIDING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.wording import Context
    from geodata.studies.roles import IndustryEvidence, RoleEvidence

HEADS: Final = ("place", "item", "rule", "reference", "figure", "outcome")


def verdicts(found: Sequence[RoleEvidence], context: Context) -> Component:
    """List all items that the table of roles says how to test, a row for each industry.

    Parameters
    ----------
    found
        As `Roles.tested` answers.
    context
        Words.
    """
    t = context.t
    head = html.Tr([html.Th(t(f"methods.verdict_{name}"), scope="col") for name in HEADS])
    rows = [
        html.Tr([html.Td(cell) for cell in cells]) for r in found for cells in _rows(r, context)
    ]
    table = html.Table(
        [html.Thead(head), html.Tbody(rows)], className="methods-breaks methods-verdicts"
    )
    return html.Section(
        [
            html.H3(t("methods.verdicts")),
            *paragraphs(t("methods.text_verdicts")),
            html.Div(
                table,
                className="scroll-x",
                tabIndex=0,
                role="group",
                **aria(label=t("methods.verdicts")),
            ),
            figures_button("methods", t, "verdicts"),
        ],
        id=anchor("verdicts"),
        className="methods-section",
    )


def _rows(role: RoleEvidence, context: Context) -> list[list[Any]]:
    t, lang, item = context.t, context.lang, role.item
    # Without an industry there is no rule that decides: figures are told, whatever they tell.
    decided = item.test in DECIDING and bool(role.industries)
    method = item.test if decided or item.test == "untested" else "told"
    lead = [item.place.name[lang], item.name[lang], t(f"methods.test_{method}")]
    told = [*lead, NO_DATA, NO_DATA, item.limit[lang] or t("methods.test_told")]
    if not decided:
        return [told]
    rows = [[*lead, *_industry(one, context)] for one in role.industries]
    return [
        [*row[:-1], t("place.join").join(filter(None, (row[-1], item.limit[lang])))] for row in rows
    ]


def _industry(one: IndustryEvidence, context: Context) -> list[str]:
    """Write the reference, the quotient with its limits, and what they say."""
    t = context.t
    interval = interval_text((one.low, one.high))
    figure = f"{one.row.name[context.lang]} {quotient_text(one.row)} [{interval}]"
    passing = t("linkages.others_of", n=one.others, of=one.of)
    verdict = t(f"linkages.verdict_{one.verdict}")
    return [
        context.word("benchmark", one.reference),
        figure,
        t("methods.verdict_said", verdict=verdict, others=passing),
    ]
