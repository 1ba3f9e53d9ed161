"""What a report adds on how a place relates: industries near to it, and definitions of circles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from dashboard.numbers import number
from dashboard.panels import industries_near
from dashboard.wording import listing, quantity_text, year_text
from geodata.ids import CENSUS_YEARS
from geodata.measures.specialisation import INDUSTRIES
from geodata.studies.definitions import SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.print.report_place import Words
    from dashboard.scene import Scene
    from dashboard.wording import Context
    from geodata.records import Aggregate, Place
    from geodata.studies.relatedness import Space

RELATED, DEFINED = 34, 73
"""Order among the sections, see `charts.record.Reported`."""
HEADS: Final = ("industry", "density", "lq", "complexity")
TOP: Final = 5
"""Industries nearest to a county that are listed."""


def parts(
    scene: Scene, place: Place, context: Context, mark: Callable[..., str]
) -> Iterator[tuple[int, Callable[[], Words]]]:
    """Yield each part that means something for the place, with its order."""
    space = scene.atlas.relatedness.space(CENSUS_YEARS[-1])
    if place in space.places:
        yield RELATED, lambda: _near(space, place, context, mark)
    if place.kind == "region":
        yield RELATED, lambda: _industries(space, context, mark)
    if place.kind in {"region", "circle"}:
        yield DEFINED, lambda: _defined(scene, place, context, mark)


def _near(space: Space, place: Place, context: Context, mark: Callable[..., str]) -> Words:
    """Tell a county's complexity, and the industries it lacks that stand nearest to its own."""
    t, at = context.t, space.places.index(place)
    known = space.places_complexity[~np.isnan(space.places_complexity)]
    own = float(space.places_complexity[at])
    held = space.specialised[at]
    told = t(
        "place.related_said",
        year=space.year,
        n=int(held.sum()),
        all=len(INDUSTRIES),
        industries=listing((_short(i, context) for i in np.flatnonzero(held)), t),
    )
    if not np.isnan(own):
        rank = int((known > own).sum()) + 1
        told += t("place.related_complex", value=number(own, 2), rank=rank, of=len(known))
    densities = np.where(held | np.isnan(space.densities[at]), -1.0, space.densities[at])
    order = [i for i in np.argsort(-densities, kind="stable")[:TOP] if densities[i] >= 0]
    head = tuple(t(f"place.related_head_{key}") for key in HEADS)
    rows = [
        (
            _short(i, context),
            number(float(densities[i]), 2),
            number(float(space.quotients[at, i]), 2),
            number(float(space.industries_complexity[i]), 2),
        )
        for i in order
    ]
    said = (told + mark(space.source_ids), t("place.related_coarse"))
    return t("place.related"), said, (head, *rows) if rows else ()


def _industries(space: Space, context: Context, mark: Callable[..., str]) -> Words:
    """List the industries from the least to the most complex, each with the nearest to it."""
    t = context.t
    head = tuple(t(f"clusters.relatedness_head_{key}") for key in industries_near.HEADS)
    told = t("place.related_all", year=space.year, n=len(space.places))
    return (
        t("place.related"),
        (told + mark(space.source_ids), t("place.related_coarse")),
        (head, *industries_near.industries(space, context)),
    )


def _short(at: int | np.intp, context: Context) -> str:
    return context.term("industry_short", INDUSTRIES[int(at)])[context.lang]


def _defined(scene: Scene, place: Place, context: Context, mark: Callable[..., str]) -> Words:
    """Set the circles of all definitions beside one another: of a circle those it shares with."""
    t, lang, atlas = context.t, context.lang, scene.atlas
    named: dict[str, list[Place]] = {}
    for city in atlas.definitions.cities:
        for scheme in atlas.schemes:
            for one in atlas.definitions.standings(city.id, scheme):
                named.setdefault(one.circle.key, []).append(city)
    within = named.get(place.id, list(atlas.definitions.cities))
    year = SIZE[1]
    head = (
        t("place.head_scheme"),
        t("place.head_circle"),
        t("place.defined_cities"),
        t(
            "compare.definitions_size",
            name=atlas.indicators[SIZE[0]].name[lang],
            year=year_text(year, t),
        ),
    )
    rows = [
        (
            scheme.name[lang] + mark(scheme.source_ids),
            circle.name[lang],
            listing((city.label[lang] for city in named.get(circle.key, ())), t),
            _size(atlas.aggregate(circle.key, *SIZE), context, mark),
        )
        for scheme in atlas.schemes
        for circle in scheme.circles
        if set(within) & set(named.get(circle.key, ()))
    ]
    key = "place.defined_said" if place.kind == "circle" else "place.defined_all"
    return t("compare.definitions"), (t(key, place=place.label[lang], n=len(rows)),), (head, *rows)


def _size(total: Aggregate, context: Context, mark: Callable[..., str]) -> str:
    """Write the residents of a circle, or why they have no total."""
    if total.value.value is not None:
        return quantity_text(total.value, context) + mark(total.value.source_ids)
    return context.t("export.note_join").join(context.note(part) for part in total.value.note)
