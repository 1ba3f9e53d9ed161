"""The tables of the Linkages page that are below no chart, and their figures."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from dashboard.charts.choices import first_chosen
from dashboard.charts.linkages_map import gravity, ties
from dashboard.charts.record import Tabled, tabled
from dashboard.charts.rows import both_words, flow_row, joined, value_row
from dashboard.panels.nearest import SHOWN, nearest_panel
from dashboard.panels.roles import roles_panel
from dashboard.panels.ties import flows_panel, gravity_panel
from geodata.records import Value
from geodata.studies.gravity import GRAVITY
from geodata.studies.roles import YEAR
from geodata.studies.specialisation import PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place
    from geodata.studies.plan_records import Evidence, PlanItem
    from geodata.studies.roles import IndustryEvidence, RoleEvidence
    from geodata.studies.structure import Pair


def _ties(scene: Scene, view: View) -> Component:
    spoken = scene.context(view)
    if view.links == GRAVITY:
        return gravity_panel(gravity(scene, view), spoken)
    flows = scene.atlas.links.flows(view.links)
    return flows_panel(flows, view.links, ties(scene, view).unplaced, spoken)


def tie_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield rail time and index of each link of gravity, or every published flow of the kind."""
    if view.links != GRAVITY:
        for flow in scene.atlas.links.flows(view.links):
            yield flow_row(flow, context)
        return
    for link in gravity(scene, view).links:
        for field, value in (("minutes", link.minutes), ("index", link.index)):
            words = joined(link.other.label, both_words(f"linkages.head_{field}"))
            yield value_row(link.one, (f"{field}_{link.other.id}", words), value, context)


def _nearest(scene: Scene, view: View) -> tuple[Place | None, Sequence[Pair]]:
    place = first_chosen(scene, view)
    asked = (view.census, view.likeness, view.scheme)
    return place, scene.atlas.structure.nearest(place.id, *asked) if place else ()


def _nearest_list(scene: Scene, view: View) -> Component:
    return nearest_panel(*_nearest(scene, view), scene.context(view), view.census)


def nearest_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield how like the selected place those listed are, the most alike first."""
    place, pairs = _nearest(scene, view)
    for pair in pairs[:SHOWN] if place else ():
        words = both_words("export.item_likeness", place=pair.first.label)
        yield value_row(pair.second, (f"likeness_{pair.first.id}", words), pair.value, context)


def _roles(scene: Scene, view: View) -> Component:
    return roles_panel(scene.atlas.role_evidence.evidence(), scene.context(view))


def _role_rows(scene: Scene, _: View, context: Context) -> Iterator[Row]:
    return evidence_rows(scene.atlas.role_evidence.evidence(), context)


def evidence_rows(found: Sequence[RoleEvidence], context: Context) -> Iterator[Row]:
    """Yield of each role the quotients with their intervals, and what is no quotient."""
    for role in found:
        for industry in role.industries:
            yield from _industry(role.item, industry, context)
        for other in role.others:
            yield from _other(role.item, other, context)


def _industry(item: PlanItem, one: IndustryEvidence, context: Context) -> Iterator[Row]:
    """Yield quotient, limits, change, rank and how many others pass; the verdict is its note."""
    key, value = one.row.indicator.removeprefix("emp_"), one.value
    verdict = context.t(f"linkages.verdict_{one.verdict}")
    figures = {
        f"lq_{key}": ("linkages.head_lq", one.row.lq, YEAR),
        f"lq_{key}_low": ("export.item_low", one.low, YEAR),
        f"lq_{key}_high": ("export.item_high", one.high, YEAR),
        f"lq_change_{key}": ("linkages.head_change", one.change, PERIOD),
        f"lq_{key}_rank": ("export.item_rank", one.rank, YEAR),
        f"lq_{key}_others": ("export.item_others", one.others, YEAR),
    }
    for name, (word, figure, year) in figures.items():
        words = joined(item.name, one.row.name, both_words(word, of=one.of))
        row = value_row(one.place, (name, words), replace(value, value=figure, year=year), context)
        note = context.t("export.note_join").join(filter(None, (verdict, row.note)))
        yield replace(row, note=note, benchmark=one.reference)


def _other(item: PlanItem, one: Evidence, context: Context) -> Iterator[Row]:
    """Yield the number of named sites, or the figures that are told and not judged."""
    if one.kind == "sites":
        sources = tuple(dict.fromkeys(i for site in one.sites for i in site.source_ids))
        number = Value(len(one.sites), "", "", None, sources or item.source_ids)
        yield value_row(
            item.place, (f"sites_{item.id}", joined(item.name, one.label)), number, context
        )
        return
    for (name, value), figure in zip_longest(one.values, one.ids):
        words = joined(item.name, one.label, name)
        key = figure.indicator if figure else f"evidence_{item.id}"
        yield replace(value_row(item.place, (key, words), value, context), catalogued=False)


TIES: Final = Tabled(
    "linkages",
    "ties",
    _ties,
    tie_rows,
    lambda view: f"linkages.ties_{view.links}",
    lambda view: GRAVITY if view.links == GRAVITY else "flows",
)
NEAREST: Final = tabled("linkages", "nearest", _nearest_list, nearest_rows)
ROLES: Final = tabled("linkages", "roles", _roles, _role_rows)
