"""The published definitions of circles side by side: cities in their roles, circles in size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.numbers import NO_DATA
from dashboard.panels.components import Footnotes, page_of, panel, place_link
from dashboard.panels.identity import role_badge
from dashboard.panels.method import note
from dashboard.panels.origin import asking
from dashboard.panels.subtotal import subtotal_line
from dashboard.wording import quantity_text, year_text
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.wording import Context
    from geodata.records import Aggregate, Indicator, Place, Scheme
    from geodata.studies.definitions import Standing


@dataclass(frozen=True, slots=True)
class Compared:
    """What stands side by side.

    `standings` are the circles of a definition that name a city, by city and definition; `totals`
    the figure that circles are measured by, `size`.
    """

    schemes: Sequence[Scheme]
    cities: Sequence[Place]
    standings: Mapping[tuple[str, str], Sequence[Standing]]
    totals: Mapping[str, Aggregate]
    size: Indicator


def definitions_table(found: Compared, context: Context) -> Component:
    """Set definitions side by side: a column for each, a row for each city, the sizes below."""
    t, lang, feet = context.t, context.lang, Footnotes(context)
    head = [html.Th(t("shell.table_place"), scope="col")]
    head += [
        html.Th(
            [scheme.name[lang], *feet.mark(scheme.source_ids)],
            scope="col",
        )
        for scheme in found.schemes
    ]
    ruled = html.Tr(
        [
            html.Th(t("compare.definitions_rule"), scope="row"),
            *(html.Td(html.Small(scheme.definition[lang])) for scheme in found.schemes),
        ]
    )
    body = [
        html.Tr(
            [
                html.Th(html.A(city.label[lang], href=page_of(city.id, context)), scope="row"),
                *(_cell(found.standings[city.id, scheme.id], context) for scheme in found.schemes),
            ]
        )
        for city in found.cities
    ]
    year = next(iter(found.totals.values())).value.year
    named = t("compare.definitions_size", name=found.size.name[lang], year=year_text(year, t))
    sizes = html.Tr(
        [
            html.Th(named, scope="row"),
            *(
                html.Td(
                    [
                        html.Div(size_of(found.totals[circle.key], found.size, context, feet))
                        for circle in scheme.circles
                    ]
                )
                for scheme in found.schemes
            ),
        ],
        className="sum",
    )
    table = html.Table(
        [html.Thead(html.Tr(head)), html.Tbody([ruled, *body, sizes])], className="definitions"
    )
    return panel(
        "definitions",
        t("compare.definitions"),
        [
            html.P(t("compare.definitions_lead", n=len(found.schemes)), className="panel-lead"),
            html.Div(table, className="scroll-x", tabIndex=0),
            *feet.close(),
            note("compare", "definitions", t, table="definitions"),
        ],
    )


def _cell(standings: Sequence[Standing], context: Context) -> Component:
    """Write the circles of a definition that name a city, each with its role."""
    if not standings:
        return html.Td(NO_DATA, className="none")
    return html.Td([html.Div(_standing(one, context)) for one in standings])


def _standing(standing: Standing, context: Context) -> list[Any]:
    name = standing.circle.name[context.lang]
    if standing.role:
        return [name, " ", role_badge(standing.role, context)]
    parts: list[Any] = []
    for role, n in standing.roles.items():
        parts += [" ", role_badge(role, context), f" {n}"]
    return [name, *parts, " ", context.t("compare.definitions_units", of=standing.of)]


def size_of(total: Aggregate, size: Indicator, context: Context, feet: Footnotes) -> list[Any]:
    """Write the size of a circle, or what its named members add up to, or why there is neither."""
    t, value, link = context.t, total.value, place_link(context.place(total.circle.key), context)
    if value.value is not None:
        written = quantity_text(value, context, size.decimals)
        figure = FigureId(total.indicator, total.circle.key, value.year)
        return [link, " ", asking(written, figure, t), *feet.mark(value.source_ids, value.note)]
    why = t("compare.semicolon").join(context.note(fragment) for fragment in value.note)
    part = [subtotal_line(total.subtotal, size.decimals, context)] if total.subtotal else []
    return [link, " ", html.Small(why, className="lacking"), *part]
