"""The words of a report on a place: what it is, the plan, who claims it, its likes, its limits."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.charts.place_said import said
from dashboard.numbers import number
from dashboard.panels.place import LAYOUT, laid_out
from dashboard.panels.place_beside import MARKET_HEADS
from dashboard.print import report_beyond
from dashboard.wording import year_text
from geodata.ids import CENSUS_YEARS, DEFAULT_SCHEME
from geodata.records import WHOLE_KINDS
from geodata.studies.neighbours import NEAREST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place

Words = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Heading, paragraphs, and a table whose head goes first."""
SAID, PLANNED, CLAIMED, ALIKE, MARKETS = 5, 11, 12, 45, 46
"""Order among the sections, see `charts.record.Reported`."""


def parts(
    scene: Scene, place: Place, view: View, context: Context, mark: Callable[..., str]
) -> Iterator[tuple[int, Callable[[], Words]]]:
    """Yield each part with its order; `mark` writes the numbers of publications."""
    t = context.t
    yield SAID, lambda: (t("place.what"), (said(scene, place, view, context),), ())
    yield PLANNED, lambda: _planned(scene, place, context, mark)
    if place.kind not in WHOLE_KINDS:
        yield CLAIMED, lambda: _claimed(scene, place, context, mark)
    if scene.atlas.neighbours.by_size(place.id):
        yield ALIKE, lambda: _alike(scene, place, context, mark)
    if scene.atlas.neighbours.markets(place.id):
        yield MARKETS, lambda: _markets(scene, place, context, mark)
    yield from report_beyond.parts(scene, place, context, mark)


def _planned(scene: Scene, place: Place, context: Context, mark: Callable[..., str]) -> Words:
    t, lang = context.t, context.lang
    items = scene.atlas.plan(place.id, DEFAULT_SCHEME)
    lines = []
    profile = scene.atlas.profile(place.id)
    if profile.layout_sources:
        head = context.word("plan_aspect", LAYOUT)
        words = laid_out(profile, context) + mark(profile.layout_sources)
        lines.append(t("place.line", head=head, words=words))
    if not any(item.place.id == place.id for item in items):
        words = "place.plan_around" if items else "panel.no_plan"
        lines.append(t(words, place=place.label[lang]))
    for (owner, aspect), part in groupby(items, key=lambda i: (i.place.id, i.aspect)):
        own = list(part)
        where = "" if owner == place.id else own[0].place.label[lang]
        quoted = t("place.semicolon").join(
            t("place.quoted", words=item.name[lang]) + mark(item.source_ids) for item in own
        )
        head = t("export.note_join").join(
            filter(None, (context.word("plan_aspect", aspect), where))
        )
        lines.append(t("place.line", head=head, words=quoted))
    return t("place.planned"), tuple(lines), ()


def _claimed(scene: Scene, place: Place, context: Context, mark: Callable[..., str]) -> Words:
    t, lang = context.t, context.lang
    found = scene.atlas.profile(place.id).memberships
    rows = [(t("place.head_scheme"), t("place.head_circle"), t("place.head_role"))]
    for scheme in scene.atlas.schemes:
        own = [m for m in found if m.circle.scheme == scheme.id]
        name = scheme.name[lang] + mark(scheme.source_ids)
        for one in own:
            via = one.via
            passed = t("panel.via", place=via.label[lang]) if via.id != place.id else ""
            rows.append((name, one.circle.name[lang], context.word("role", one.role) + passed))
        if not own:
            unnamed = any(not circle.all_named for circle in scheme.circles)
            words = t("place.not_known" if unnamed else "place.not_claimed")
            rows.append((name, "", words))
    return t("place.claimed"), (), tuple(rows)


def _alike(scene: Scene, place: Place, context: Context, mark: Callable[..., str]) -> Words:
    t, lang = context.t, context.lang
    pairs = scene.atlas.structure.nearest(place.id, CENSUS_YEARS[-1])[:NEAREST]
    peers = scene.atlas.neighbours.by_size(place.id)[:NEAREST]
    rows = [(t("place.head_measure"), t("place.head_place"), t("place.head_value"))]
    rows += [
        (
            t("place.likeness"),
            one.second.label[lang] + mark(one.value.source_ids),
            number(one.value.value, 3),
        )
        for one in pairs
    ]
    rows += [
        (
            t("place.people_of"),
            one.place.label[lang] + mark(one.size.source_ids),
            t("place.times", ratio=number(one.ratio, 2)),
        )
        for one in peers
    ]
    return t("place.alike"), (), tuple(rows)


def _markets(scene: Scene, place: Place, context: Context, mark: Callable[..., str]) -> Words:
    t, lang = context.t, context.lang
    rows = [tuple(t(f"place.head_{name}") for name in MARKET_HEADS)]
    rows += [
        (
            one.place.label[lang],
            t("place.minutes", n=number(one.minutes.value)) + mark(one.minutes.source_ids),
            t(
                "place.started",
                start=one.start.label[lang],
                year=year_text(one.minutes.year, t),
            ),
            number(one.workers.value) + mark(one.workers.source_ids),
        )
        for one in scene.atlas.neighbours.markets(place.id)
    ]
    return t("place.markets"), (), tuple(rows)
