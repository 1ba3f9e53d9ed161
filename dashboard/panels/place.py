"""One place in words: what it is, what the plan says of it, who claims it, its own figures."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.attributes import data
from dashboard.numbers import NO_DATA
from dashboard.panels.components import (
    Footnotes,
    panel,
    place_link,
    quantity,
    status_key,
    status_mark,
)
from dashboard.panels.identity import circle_link, comparisons, lacking, role_badge, subtotal
from dashboard.panels.method import note
from dashboard.panels.origin import asking
from dashboard.panels.quotients import interval_text, quotient_word
from dashboard.panels.subtotal import inside
from dashboard.wording import Context, listing, quantity_text, within, year_text
from geodata.records import FULL_ROLES, FigureId
from geodata.studies.profile import KEY_FIGURES, rank_level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from geodata.records import Circle, KeyFigure, Membership, Name, Place, Profile, Scheme
    from geodata.studies.plan_records import PlanItem
    from geodata.studies.specialisation import Sampled

POPULATION: Final = "population"
LAYOUT: Final = "layout"
"""The regard in which the plan lays places out."""
FIGURE_HEADS: Final = ("figure", "value", "rank", "compared")


def rank_text(figure: KeyFigure, place: Place, context: Context) -> str:
    """Write a rank with the set it is among; "" where there is none."""
    if figure.rank is None:
        return ""
    level = rank_level(place)
    return context.t(f"place.rank_{level}", rank=figure.rank, of=figure.of)


def sentence(
    profile: Profile, top: tuple[Name, Sampled] | None, reference: str, context: Context
) -> str:
    """Say in one sentence what a place is.

    Parameters
    ----------
    profile
        The place with its key figures.
    top
        The industry in which it is clearly most special, and how it stands; None without one.
    reference
        The name of what quotients are measured against.
    context
        Words.
    """
    t, place = context.t, profile.place
    name = place.label[context.lang]
    parents = listing((p.label[context.lang] for p in profile.parents[:1]), t)
    if place.kind == "circle":
        of = listing((one[context.lang] for one in profile.layout), t)
        n = sum(role in FULL_ROLES for _, role, _ in profile.members)
        nested = inside(profile, context)
        said = t("place.is_circle", place=name, scheme=of, n=n)
        parts = [said + (nested and t("place.aside", words=nested))]
    else:
        municipal = place.kind == "city" and place.id == place.province
        kind = "municipality" if municipal else place.kind
        parts = [t(f"place.is_{kind}", place=name, parent=parents)]
        if profile.layout_sources:
            roles = listing((within(one[context.lang]) for one in profile.layout), t)
            parts.append(t("place.layout", roles=roles))
    people = next((f for f in profile.figures if f.indicator.id == POPULATION), None)
    if people is not None and people.value.value is not None:
        written = quantity_text(people.value, context, people.indicator.decimals)
        year, rank = year_text(people.value.year, t), rank_text(people, place, context)
        parts.append(
            t("place.people", year=year, value=written) + (rank and t("place.at", rank=rank))
        )
    if top is not None:
        industry, stands = top
        parts.append(
            t(
                "place.special",
                industry=within(industry[context.lang]),
                lq=quotient_word(stands),
                interval=interval_text((stands.low, stands.high)),
                year=year_text(stands.lq.year, t),
                reference=reference,
            )
        )
    return t("place.join").join(parts) + t("place.stop")


def laid_out(profile: Profile, context: Context) -> str:
    """Quote what a place is in the layout of the plan."""
    words = listing((one[context.lang] for one in profile.layout), context.t)
    return context.t("place.quoted", words=words)


def heading(profile: Profile, said: str, context: Context) -> list[Component]:
    """Name the place as a heading, where it lies above it and the sentence below."""
    trail = [p.label[context.lang] for p in reversed(profile.parents)]
    return [
        html.P(" › ".join(trail), className="crumbs"),
        html.H2(profile.place.label[context.lang], className="place-name", **data(subject="")),
        html.P(said, className="place-sentence"),
    ]


def planned(profile: Profile, items: Sequence[PlanItem], context: Context) -> Component:
    """Quote what the plan names for a place, by whom it is about and in what regard, with sources.

    Its part in the layout comes first. Items of what the place lies in are told as such; what
    figures say to them stands elsewhere.
    """
    t, feet, place = context.t, Footnotes(context), profile.place
    rows: list[Component] = []
    if profile.layout_sources:
        head = html.Th(context.word("plan_aspect", LAYOUT), scope="row")
        quoted = [laid_out(profile, context), *feet.mark(profile.layout_sources)]
        rows.append(html.Tr([head, html.Td(quoted)], className="own"))
    for (owner, aspect), part in groupby(items, key=lambda i: (i.place.id, i.aspect)):
        own = list(part)
        where = "" if owner == place.id else own[0].place.label[context.lang]
        said: list[Any] = []
        for item in own:
            said += [t("place.semicolon")] if said else []
            said += [
                t("place.quoted", words=item.name[context.lang]),
                *feet.mark(item.source_ids, (item.note,) if item.note else ()),
            ]
            if item.test == "untested":
                said.append(html.Small(t("panel.untested"), className="untested"))
        rows.append(
            html.Tr(
                [
                    html.Th([context.word("plan_aspect", aspect), html.Small(where)], scope="row"),
                    html.Td(said),
                ],
                className="own" if owner == place.id else "around",
            )
        )
    named = any(item.place.id == place.id for item in items)
    words = t("place.plan_around" if items else "panel.no_plan", place=place.label[context.lang])
    silent = [] if named else [html.P(words)]
    table = [html.Table(html.Tbody(rows), className="planned")] if rows else []
    return panel(
        "planned",
        t("place.planned"),
        [*silent, *table, *feet.close(), note("place", "planned", t, table="planned")],
    )


def claimed(
    profile: Profile,
    schemes: Sequence[Scheme],
    held: Mapping[str, tuple[int, int]],
    context: Context,
) -> Component:
    """Set out which published definitions of circles name a place, and in what role.

    A definition that does not name it is listed too; where it has members that no source names,
    that is said instead of a plain no. `held` says of circles that hold a part of the place how
    many of its county units are full members, of how many.
    """
    t, feet = context.t, Footnotes(context)
    rows: list[Component] = []
    claiming = 0
    for scheme in schemes:
        own = [m for m in profile.memberships if m.circle.scheme == scheme.id]
        whole = {one.circle.key for one in own}
        said = [_claim(one, profile.place, context, feet) for one in own]
        said += [
            _held(circle, held[circle.key], context)
            for circle in scheme.circles
            if circle.key in held and circle.key not in whole
        ]
        claiming += bool(said)
        none = not said
        if none:
            unnamed = any(not circle.all_named for circle in scheme.circles)
            words = t("place.not_known" if unnamed else "place.not_claimed")
            said = [[html.Td(words, colSpan=2)]]
        name = html.Th(
            [scheme.name[context.lang], *feet.mark(scheme.source_ids)],
            scope="rowgroup",
            rowSpan=len(said),
        )
        for at, cells in enumerate(said):
            rows.append(
                html.Tr([*([] if at else [name]), *cells], className="none" if none else "")
            )
    lead = t("place.claimed_lead", n=claiming, of=len(schemes))
    return panel(
        "claimed",
        t("place.claimed"),
        [
            html.P(lead, className="panel-lead"),
            html.Table(html.Tbody(rows), className="claimed"),
            *feet.close(),
            note("place", "claimed", t, table="claimed"),
        ],
    )


def _claim(one: Membership, place: Place, context: Context, feet: Footnotes) -> list[Component]:
    listed = next((m.source_ids for m in one.circle.members if m.place == one.via.id), ())
    via = one.via.label[context.lang]
    passed = [context.t("panel.via", place=via)] if one.via.id != place.id else []
    role = [role_badge(one.role, context), *passed, *feet.mark(listed, (one.note,))]
    return [html.Td(circle_link(one, context)), html.Td(role)]


def _held(circle: Circle, part: tuple[int, int], context: Context) -> list[Component]:
    """Say how much of a place belongs to a circle that holds a part of it."""
    link = place_link(context.place(circle.key), context)
    n, of = part
    return [html.Td(link), html.Td(context.t("place.held", n=n, of=of))]


def figures(profile: Profile, known: Sequence[tuple[str, Name]], context: Context) -> Component:
    """Set each key figure beside its rank, the set of the rank, its circle and the region.

    Parameters
    ----------
    profile
        The place.
    known
        Id and name of each figure that places of this kind are asked for: those that this place
        does not have are named below.
    context
        Words and sources.
    """
    t, feet, place = context.t, Footnotes(context), profile.place
    there = {
        "rank": any(f.rank is not None for f in profile.figures),
        "compared": any(f.comparisons for f in profile.figures),
    }
    heads = [name for name in FIGURE_HEADS if there.get(name, True)]
    head = [
        html.Th(t(f"place.head_{name}"), scope="col", className="num" if at else "")
        for at, name in enumerate(heads)
    ]
    body = [_figure(figure, place, heads, context, feet) for figure in profile.figures]
    held = {f.indicator.id for f in profile.figures}
    gaps = [name[context.lang] for id_, name in known if id_ not in held]
    missing = [html.P(t("place.unpublished", names=listing(gaps, t)))] if gaps else []
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="figures own")
    return panel(
        "own",
        t("place.figures"),
        [
            html.Div(table, className="scroll-x", tabIndex=0),
            *missing,
            *(html.P(one[context.lang], className="panel-remark") for one in profile.notes),
            *status_key((f.value for f in profile.figures), context),
            *feet.close(),
            note("place", "figures", t, table="figures"),
        ],
    )


def _figure(
    figure: KeyFigure, place: Place, heads: Sequence[str], context: Context, feet: Footnotes
) -> Component:
    t, value = context.t, figure.value
    shown = figure.subtotal.value if figure.subtotal else value
    marks = feet.mark(shown.source_ids, shown.note) if shown.value is not None else []
    why = [html.Small(context.note(one), className="lacking") for one in value.note]
    ranked = figure.rank is not None
    further = {
        "rank": t("panel.rank", rank=figure.rank, of=figure.of) if ranked else NO_DATA,
        "compared": comparisons(figure, context),
    }
    return html.Tr(
        [
            html.Th(
                [
                    figure.indicator.name[context.lang],
                    html.Small([year_text(value.year, t), *status_mark(value, context)]),
                ],
                scope="row",
                title=figure.indicator.definition[context.lang] or None,
            ),
            html.Td(
                [
                    asking(
                        quantity(value, context, figure.indicator.decimals),
                        FigureId(figure.indicator.id, place.id, value.year),
                        t,
                    ),
                    *marks,
                    *subtotal(figure, context),
                    *(why if shown.value is None else []),
                    *(lacking(figure.lacking, context) if shown.value is not None else []),
                ],
                className="num",
            ),
            *(
                html.Td(said, className="num meta" if said != NO_DATA else "num meta none")
                for said in (further[name] for name in heads if name in further)
            ),
        ]
    )


def asked_of(place: Place) -> tuple[str, ...]:
    """Return the figures that places of a kind are asked for."""
    return KEY_FIGURES[place.kind]
