"""The tables of the Clusters page that are below no chart, and their figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.charts import standings
from dashboard.charts.captions import scope
from dashboard.charts.record import tabled
from dashboard.charts.rows import both_words, joined, named_row, value_row, with_sources
from dashboard.panels.scope import Scope, each, scope_of
from dashboard.panels.spread import MEASURES, columns, spread
from dashboard.panels.standing import STRUCTURES, standing
from dashboard.panels.strength import rows_of, strength
from dashboard.web.root import rooted
from geodata.ids import NATION
from geodata.records import REGION_ID, Name, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.studies.concentration import Spreads, Structure
    from geodata.studies.specialisation import Component as Part
    from geodata.studies.specialisation import Standing, Strength

PARTS: Final = ("specialisation", "size", "growth")
BESIDE: Final = ("percentile", "rank")
"""What stands beside a component of strength."""


def explore(view: View) -> Callable[[str], str]:
    """Return what gives the address of a place on the Explore page, coloured by the industry."""

    def address(place: str) -> str:
        shown = {"indicator": f"lq_{view.industry}", "year": view.census}
        if "/" in place:
            scheme, _, circle = place.partition("/")
            return rooted("/") + view.query(scheme=scheme, circle=(circle,), regions=(), **shown)
        return rooted("/") + view.query(regions=() if place == REGION_ID else (place,), **shown)

    return address


def _standings(
    scene: Scene, view: View
) -> tuple[Scope, list[tuple[Standing, Sequence[Structure]]]]:
    """Return the selected places, or the circles, or the whole, with their structures."""
    asked, subjects = scope_of(scene, view), scene.subjects(view)
    # Against itself the whole region has a quotient of 1 everywhere: the nation says more.
    itself = asked.benchmark == REGION_ID == subjects[0].id
    told = replace(asked, benchmark=NATION) if itself else asked
    codes = [place.id for place in subjects]
    found = each(scene, told, codes)
    structures = [scene.atlas.concentration.structures(code, told.benchmark) for code in codes]
    return told, list(zip(found, structures, strict=True))


def _standing(scene: Scene, view: View) -> Component:
    told, rows = _standings(scene, view)
    return standing(told, rows, scene.context(view), explore(view))


def standing_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield quotient with interval, sample, share and change of each place, then its structure."""
    told, found = _standings(scene, view)
    key = told.industry
    entries = scene.atlas.indicators
    quotient = entries[f"lq_{key}"]
    for one, structures in found:
        yield from standings.rows([one], [told.year], (quotient.id, quotient.name), context)
        if now := one.sampled.get(told.year):
            share = replace(now.lq, value=100 * now.share, unit="%")
            item = (f"emp_share_{key}", entries[f"emp_share_{key}"].name)
            yield value_row(one.place, item, share, context)
            change = entries[f"lq_change_{key}"]
            yield value_row(one.place, (change.id, change.name), one.change, context)
        for structure in structures:
            for field in STRUCTURES:
                words = both_words(f"clusters.structure_{field}")
                value = getattr(structure, field)
                yield value_row(one.place, (field, words), value, context)


def _strengths(scene: Scene, view: View) -> tuple[Scope, Sequence[Strength]]:
    asked, study = scope_of(scene, view), scene.atlas.specialisation
    return asked, study.strengths(asked.industry, asked.codes, asked.year, asked.benchmark)


def _strength(scene: Scene, view: View) -> Component:
    asked, found = _strengths(scene, view)
    return strength(asked, found, scene.context(view), explore(view))


def strength_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield the components of each place listed with percentile and rank, then their mean."""
    asked, found = _strengths(scene, view)
    for one in rows_of(found, asked.selected):
        parts: dict[str, Part] = {name: getattr(one, name) for name in PARTS}
        for name, part in parts.items():
            words = both_words(f"clusters.strength_{name}")
            yield value_row(one.place, (f"strength_{name}", words), part.value, context)
            for field in BESIDE:
                told = replace(part.value, value=getattr(part, field), unit="", note=())
                item = (f"strength_{name}_{field}", joined(words, _word(field)))
                yield value_row(one.place, item, told, context)
        mean = Value(one.mean, "", asked.year, "computed")
        mean = with_sources(mean, *(part.value for part in parts.values()))
        words = both_words("clusters.strength_mean")
        yield value_row(one.place, ("strength_mean", words), mean, context)
        rank = replace(mean, value=one.rank)
        item = ("strength_mean_rank", joined(words, _word("rank")))
        yield value_row(one.place, item, rank, context)


def _word(field: str) -> Name:
    return both_words(f"clusters.strength_{field}")


def _spreads(scene: Scene, view: View) -> tuple[Scope, Spreads]:
    asked = scope_of(scene, view)
    return asked, scene.atlas.concentration.spreads(asked.industry, asked.codes)


def _spread(scene: Scene, view: View) -> Component:
    asked, found = _spreads(scene, view)
    return spread(asked, found, scene.context(view))


def spread_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield the three measures over the comparable places in both years, and over all."""
    _, found = _spreads(scene, view)
    place = (";".join(view.circle_keys) or REGION_ID, scope(scene, view))
    for kind, one in columns(found):
        over = both_words(f"clusters.over_{kind}", n=len(one.used))
        for measure, _ in MEASURES:
            words = joined(both_words(f"clusters.measure_{measure}"), over)
            item = (f"{measure}_{kind}", words)
            yield named_row(place, item, getattr(one, measure), context)


STANDING: Final = tabled("clusters", "standing", _standing, standing_rows)
STRENGTH: Final = tabled("clusters", "strength", _strength, strength_rows)
SPREAD: Final = tabled("clusters", "spread", _spread, spread_rows)
