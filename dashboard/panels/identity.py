"""Who a place is: its place in the layout, its circles and its key figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from dash import html

from dashboard.numbers import number
from dashboard.panels.components import (
    HINT,
    Footnotes,
    page_link,
    panel,
    place_link,
    quantity,
    status_key,
    status_mark,
)
from dashboard.panels.origin import asking
from dashboard.panels.side_by_side import kind_text, side_by_side
from dashboard.panels.subtotal import inside, subtotal_line
from dashboard.wording import Context, listing, share_text, year_text
from geodata.records import FULL_ROLES, FigureId, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from geodata.records import KeyFigure, Membership, Place, Profile

ROLES: tuple[Role, ...] = get_args(Role)
FEW = 3
"""Places lacking in a sum that are named at once; more unfold."""


def identity(profiles: Sequence[Profile], context: Context) -> Component:
    """Introduce one place in full, several side by side.

    Parameters
    ----------
    profiles
        The selected places, or the circle or region when nothing is selected.
    context
        Words, addresses and sources.

    Returns
    -------
    Component
        One section; a sentence where there is no place.
    """
    t = context.t
    if not profiles:
        return panel("identity", t("panel.identity"), [html.P(t("panel.no_place"))])
    if len(profiles) > 1:
        return side_by_side(profiles, context)
    profile = profiles[0]
    feet = Footnotes(context)
    return html.Section(
        [
            *heading(profile, context),
            *memberships(profile, context, feet),
            *key_figures(profile, context, feet),
            *members(profile, context),
            *(html.P(note[context.lang], className="panel-remark") for note in profile.notes),
            *status_key((f.value for f in profile.figures), context),
            *feet.close(),
        ],
        className="panel panel-identity",
    )


def heading(profile: Profile, context: Context) -> list[Any]:
    """Name the place, where it lies and what the layout calls it."""
    trail: list[Any] = []
    for parent in reversed(profile.parents):
        trail += [place_link(parent, context), " › "]
    kind = kind_text(profile.place, context)
    badges = [html.Li(name[context.lang]) for name in profile.layout]
    return [
        html.P([*trail, kind], className="crumbs"),
        html.H2(profile.place.label[context.lang], className="place-name"),
        *([html.Ul(badges, className="badges")] if badges else []),
        html.P(page_link(profile.place, context), className=HINT),
    ]


def memberships(profile: Profile, context: Context, feet: Footnotes) -> list[Any]:
    """List the circles that the place belongs to, in what role and by whose definition."""
    if not profile.memberships:
        return []
    first = profile.memberships[0].circle.scheme
    rows: dict[bool, list[Any]] = {True: [], False: []}
    for one in profile.memberships:
        scheme = context.scheme(one.circle.scheme)
        listed = next((m.source_ids for m in one.circle.members if m.place == one.via.id), ())
        role: list[Any] = [role_badge(one.role, context)]
        if one.via.id != profile.place.id:
            role.append(context.t("panel.via", place=one.via.label[context.lang]))
        rows[one.circle.scheme == first].append(
            html.Tr(
                [
                    html.Th(circle_link(one, context), scope="row"),
                    html.Td(role),
                    html.Td(
                        [
                            scheme.name[context.lang],
                            *feet.mark(listed or scheme.source_ids, (one.note,)),
                        ],
                        className="meta",
                    ),
                ]
            )
        )
    others = html.Table(html.Tbody(rows[False]), className="circles")
    summary = html.Summary(context.t("panel.other_schemes", n=len(rows[False])))
    return [
        html.H3(context.t("panel.circles")),
        html.Table(html.Tbody(rows[True]), className="circles"),
        *([html.Details([summary, others], className="panel-more")] if rows[False] else []),
    ]


def circle_link(one: Membership, context: Context) -> Component:
    """Name a circle; following the link selects it."""
    return place_link(context.place(one.circle.key), context)


def role_badge(role: Role, context: Context) -> Component:
    """Name a role; roles that are not full membership look apart."""
    rank = "full" if role in FULL_ROLES else "part"
    return html.Span(context.word("role", role), className=f"role role-{rank}")


def key_figures(profile: Profile, context: Context, feet: Footnotes) -> list[Any]:
    """Set each key figure beside its rank and what it is in the circle and the region."""
    if not profile.figures:
        return []
    t = context.t
    return [
        html.H3(t("panel.key_figures")),
        html.Table(
            [
                html.Thead(
                    html.Tr(
                        [
                            html.Th(t("panel.figure"), scope="col"),
                            html.Th(t("panel.value"), scope="col", className="num"),
                            html.Th(t("panel.compared"), scope="col", className="num"),
                        ]
                    )
                ),
                html.Tbody(
                    [figure_row(figure, profile.place, context, feet) for figure in profile.figures]
                ),
            ],
            className="figures",
        ),
    ]


def figure_row(figure: KeyFigure, place: Place, context: Context, feet: Footnotes) -> Component:
    """Write one key figure; the number can be asked where it comes from."""
    t, value = context.t, figure.value
    shown = figure.subtotal.value if figure.subtotal else value
    marks = feet.mark(shown.source_ids, shown.note) if shown.value is not None else []
    written = quantity(value, context, figure.indicator.decimals)
    rank = "" if figure.rank is None else t("panel.rank", rank=figure.rank, of=figure.of)
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
                    asking(written, FigureId(figure.indicator.id, place.id, value.year), t),
                    *marks,
                    *([html.Small(rank)] if rank else []),
                    *subtotal(figure, context),
                    *without_total(figure, context),
                    *(lacking(figure.lacking, context) if shown.value is not None else []),
                ],
                className="num",
            ),
            html.Td(comparisons(figure, context), className="num meta"),
        ]
    )


def comparisons(figure: KeyFigure, context: Context) -> list[Any]:
    """Write the same figure of larger places: our share of an amount, else the figure itself.

    The figure can be asked where it comes from.
    """
    t, lines = context.t, []
    for other in figure.comparisons:
        name = other.place.label[context.lang]
        if other.share is not None:
            share = share_text(other.share)
            lines.append(html.Div(t("panel.share_of", place=name, share=share)))
        elif other.value.value is not None:
            written = number(other.value.value, figure.indicator.decimals)
            percent = "%" if other.value.unit == "%" else ""
            asked = FigureId(other.indicator.id, other.place.id, other.value.year)
            lines.append(html.Div([f"{name} ", asking(f"{written}{percent}", asked, t)]))
    return lines


def subtotal(figure: KeyFigure, context: Context) -> list[Component]:
    """Write what stands for the total that a circle does not have."""
    if figure.subtotal is None:
        return []
    return [subtotal_line(figure.subtotal, figure.indicator.decimals, context)]


def without_total(figure: KeyFigure, context: Context) -> list[Component]:
    """Say why a circle has neither this figure nor a subtotal."""
    if figure.value.value is not None or figure.subtotal:
        return []
    return [html.Small(context.note(why), className="lacking") for why in figure.value.note]


def lacking(places: Sequence[Place], context: Context) -> list[Any]:
    """Name the places that a sum lacks."""
    if not places:
        return []
    t = context.t
    names = listing((p.label[context.lang] for p in places), t)
    if len(places) <= FEW:
        return [html.Small(t("panel.lacking", places=names), className="lacking")]
    summary = html.Summary(t("panel.lacking_count", n=len(places)))
    return [html.Details([summary, names], className="lacking")]


def members(profile: Profile, context: Context) -> list[Any]:
    """List the members of a circle by role, full members first and apart from the others."""
    t = context.t
    if not profile.members and profile.place.kind != "circle":
        return []
    groups = []
    for role in ROLES:
        names = [entry for entry in profile.members if entry[1] == role]
        if names:
            groups.append(role_group(role, names, context))
    nested = inside(profile, context)
    ended: list[Any] = [html.P(nested + t("place.stop"), className="panel-remark")] * bool(nested)
    if profile.missing_members is None:
        parted = any(role == "partial" for _, role, _ in profile.members)
        words = t("panel.members_parted" if parted else "panel.members_open")
        ended.append(html.P(words, className="panel-remark"))
    elif profile.missing_members:
        words = t("panel.members_missing", n=profile.missing_members)
        ended.append(html.P(words, className="panel-remark"))
    return [html.H3(t("panel.members")), html.Dl(groups, className="members"), *ended]


def role_group(
    role: Role, entries: Sequence[tuple[Place, Role, str]], context: Context
) -> Component:
    """List the places in one role; those with the same note stand together."""
    by_note: dict[str, list[Any]] = {}
    for place, _, note in entries:
        by_note.setdefault(note, []).append(html.Li(place_link(place, context)))
    content: list[Any] = []
    for note, names in by_note.items():
        content.append(html.Ul(names))
        if note:
            content.append(html.Small(context.note(note)))
    rank = "full" if role in FULL_ROLES else "part"
    return html.Div(
        [
            html.Dt([role_badge(role, context), html.Small(str(len(entries)))]),
            html.Dd(content),
        ],
        className=f"members-{rank}",
    )
