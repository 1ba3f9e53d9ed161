"""A subtotal, named as one: how many members, how much of the circle, and no total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.numbers import number
from dashboard.panels.components import quantity
from dashboard.wording import Context, listing
from geodata.measures.coverage import ENOUGH
from geodata.records import FULL_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from geodata.records import Coverage, Place, Profile, Subtotal


def covered(coverage: Coverage, context: Context) -> str:
    """Say what the members hold of the circle, and that this makes no total."""
    t = context.t
    if coverage.people is None:
        return t("panel.subtotal_unknown")
    people = f"{number(coverage.people, 1)}%"
    return t("panel.subtotal_people", people=people, enough=f"{ENOUGH:g}")


def subtotal_line(found: Subtotal, decimals: int, context: Context) -> Component:
    """Write a subtotal beside its coverage; it carries neither share nor rank."""
    figure = quantity(found.value, context, decimals)
    return html.Small(
        [
            html.Span([named(found.coverage, context), *figure], className="subtotal"),
            html.Br(),
            covered(found.coverage, context),
        ],
        className="lacking",
        title=published(found.used, context),
    )


def named(coverage: Coverage, context: Context) -> str:
    """Write what stands before the figure of a subtotal, with its members."""
    name = context.t("panel.subtotal", members=coverage.members)
    return name if context.lang == "zh" else f"{name} "


def published(used: Sequence[Place], context: Context) -> str:
    """Name the members of a subtotal."""
    names = listing((p.label[context.lang] for p in used), context.t)
    return context.t("panel.subtotal_of", places=names)


def inside(profile: Profile, context: Context) -> str:
    """Say which full members of a circle lie in another one, and so how many are added up."""
    t = context.t
    full = {place.id: place for place, role, _ in profile.members if role in FULL_ROLES}
    outer = {
        place: full[wider]
        for place in full.values()
        for wider in (place.province, place.prefecture)
        if wider in full and wider != place.id
    }
    return t("place.semicolon").join(
        t(
            "panel.members_inside",
            inner=inner.label[context.lang],
            outer=wider.label[context.lang],
            n=len(full) - len(outer),
        )
        for inner, wider in outer.items()
    )
