"""What the plan names, who claims a place and which companies are listed there, to take away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.charts.record import Tabled
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.charts.tables_sites import power_of
from dashboard.panels.place import LAYOUT, claimed, planned
from dashboard.panels.place_beside import firms
from dashboard.panels.plan import plan
from geodata.ids import DEFAULT_SCHEME
from geodata.records import FULL_ROLES, Name, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place, Profile
    from geodata.studies.plan_records import Evidence, PlanItem

WHOLE: Final = ("circle", "region")
"""Kinds of places that no definition of circles names."""


def plan_rows(items: Sequence[PlanItem], scene: Scene, context: Context) -> Iterator[Row]:
    """Yield a row for each item that the plan names, then one for each figure beside it.

    The row of the item itself has no value: its sources are those of the plan.
    """
    for item in items:
        aspect = scene.atlas.term("plan_aspect", item.aspect)
        tested = [both_words("panel.untested")] if item.test == "untested" else []
        named = Value(None, "", "", None, item.source_ids, (item.note,) if item.note else ())
        yield value_row(
            item.place, (f"plan_{item.id}", joined(aspect, item.name, *tested)), named, context
        )
        for one in item.evidence:
            yield from _figures(item, one, scene, context)


def _figures(item: PlanItem, one: Evidence, scene: Scene, context: Context) -> Iterator[Row]:
    atlas = scene.atlas
    if one.industry is not None:
        for asked in one.ids:
            name = joined(item.name, one.label, atlas.indicators[asked.indicator].name)
            value = atlas.value(asked.indicator, asked.place, asked.year, asked.benchmark)
            row = value_row(atlas.place(asked.place), (asked.indicator, name), value, context)
            yield replace(row, benchmark=asked.benchmark)
    for name, value in one.values:
        told = joined(item.name, name)
        yield value_row(item.place, (f"plan_{item.id}", told), value, context)
    for site in one.sites:
        value = Value(None, "", site.year, None, site.source_ids, site.note)
        told = joined(item.name, site.name)
        yield value_row(item.place, (f"site_{site.id}", told), value, context)


def _asked(scene: Scene, view: View) -> list[tuple[Place, tuple[PlanItem, ...]]]:
    return [(place, scene.atlas.plan(place.id, view.scheme)) for place in scene.subjects(view)]


def _plan_of_explore(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    for _, items in _asked(scene, view):
        yield from plan_rows(items, scene, context)


def _items(scene: Scene, view: View) -> tuple[PlanItem, ...]:
    """Return what the plan says of the place: it speaks of its own circles, whatever the view's."""
    return scene.atlas.plan(scene.subject(view).id, DEFAULT_SCHEME)


def _profile(scene: Scene, view: View) -> Profile:
    return scene.atlas.profile(scene.subject(view).id, view.scheme)


def _planned(scene: Scene, view: View) -> Component:
    return planned(_profile(scene, view), _items(scene, view), scene.context(view))


def _planned_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield a row for the place's part in the layout, then those of what the plan names."""
    profile = _profile(scene, view)
    if profile.layout_sources:
        aspect = scene.atlas.term("plan_aspect", LAYOUT)
        named = Value(None, "", "", None, profile.layout_sources)
        item = (f"plan_{LAYOUT}", joined(aspect, *profile.layout))
        yield value_row(profile.place, item, named, context)
    yield from plan_rows(_items(scene, view), scene, context)


def parts_of(scene: Scene, place: Place) -> Mapping[str, tuple[int, int]]:
    """Return of each circle how many counties of a province are full members, of how many."""
    if place.kind != "province":
        return {}
    own = {p.id for p in scene.atlas.regions("county") if p.province == place.id}
    found = {}
    for scheme in scene.atlas.schemes:
        for circle in scheme.circles:
            roles = scene.atlas.roles([circle.key], "county")
            n = sum(roles.get(code) in FULL_ROLES for code in own)
            if n:
                found[circle.key] = (n, len(own))
    return found


def _claimed(scene: Scene, view: View) -> Component:
    place = scene.subject(view)
    if place.kind in WHOLE:
        return html.Div()
    profile = _profile(scene, view)
    return claimed(profile, scene.atlas.schemes, parts_of(scene, place), scene.context(view))


def claimed_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield a row for each circle that names a place, with its role, and for each held in part.

    Of a circle that holds a part of a province the value is the number of its county units.
    """
    place = scene.subject(view)
    if place.kind in WHOLE:
        return
    whole = scene.atlas.profile(place.id, view.scheme).memberships
    for one in whole:
        scheme = scene.atlas.scheme(one.circle.scheme)
        listed = next((m.source_ids for m in one.circle.members if m.place == one.via.id), ())
        role = scene.atlas.term("role", one.role)
        name = joined(scheme.name, one.circle.name, role)
        note = (one.note,) if one.note else ()
        value = Value(None, "", scheme.year, None, listed or scheme.source_ids, note)
        yield value_row(place, (f"claimed_{one.circle.key}", name), value, context)
    named = {one.circle.key for one in whole}
    for key, (n, of) in parts_of(scene, place).items():
        circle = scene.atlas.circle(key)
        if key in named:
            continue
        scheme = scene.atlas.scheme(circle.scheme)
        name = joined(scheme.name, circle.name, both_words("place.held", n=n, of=of))
        value = Value(n, "", scheme.year, "computed", scheme.source_ids)
        yield value_row(place, (f"claimed_{key}", name), value, context)


def _firms(scene: Scene, view: View) -> Component:
    place, context = scene.subject(view), scene.context(view)
    listed = firms(place, scene.atlas.firms.of(place.id), context)
    return html.Div([*power_of(scene, [place], context), listed])


def firm_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield a row for each listed company of a place, its revenue as the value where told."""
    place = scene.subject(view)
    found = scene.atlas.firms.of(place.id)
    for one in found.firms:
        name = Name(one.name, one.name)
        if one.revenue.value is not None:
            name = joined(name, scene.atlas.term("site_metric", "revenue"))
        yield value_row(place, (f"firm_{one.id}", name), one.revenue, context)


EXPLORE: Final = Tabled(
    "explore",
    "plan",
    lambda scene, view: plan(_asked(scene, view), scene.context(view)),
    _plan_of_explore,
    lambda _: "panel.plan",
    lambda _: "plan",
)
PLANNED: Final = Tabled(
    "place",
    "planned",
    _planned,
    _planned_rows,
    lambda _: "place.planned",
    lambda _: "planned",
)
CLAIMED: Final = Tabled(
    "place", "claimed", _claimed, claimed_rows, lambda _: "place.claimed", lambda _: "claimed"
)
FIRMS: Final = Tabled(
    "place", "firms", _firms, firm_rows, lambda _: "place.firms", lambda _: "firms"
)
