"""What programs are told of one place: its figures with rank and set, who claims it, its likes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.data.formats import value_record
from geodata.figures import source_record, spoken
from geodata.ids import CENSUS_YEARS
from geodata.records import LEVELS, REGION_ID
from geodata.studies.neighbours import NEAREST

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.records import KeyFigure


def every_place(atlas: Atlas) -> list[dict[str, Any]]:
    """Return id, kind and name of every place that has a page: the whole, regions, circles."""
    regions = {p.id: p for level in LEVELS for p in atlas.regions(level)}
    circles = (atlas.place(c.key) for scheme in atlas.schemes for c in scheme.circles)
    every = (atlas.place(REGION_ID), *regions.values(), *circles)
    return [{"id": p.id, "kind": p.kind, "name": spoken(p.label)} for p in every]


def place_record(atlas: Atlas, place_id: str) -> dict[str, Any]:
    """Return what the page of a place shows, as plain values.

    Raises
    ------
    UnknownNameError
        If there is no such place.
    """
    profile, place = atlas.profile(place_id), atlas.place(place_id)
    markets = atlas.neighbours.markets(place_id)
    values = [*(f.value for f in profile.figures), *(m.minutes for m in markets)]
    plan = atlas.plan(place_id)
    ids = {i for value in values for i in value.source_ids} | {
        *profile.layout_sources,
        *(i for item in plan for i in item.source_ids),
    }
    return {
        "id": place.id,
        "kind": place.kind,
        "name": spoken(place.label),
        "lies_in": [spoken(parent.label) for parent in profile.parents],
        "layout": [spoken(name) for name in profile.layout],
        "layout_sources": list(profile.layout_sources),
        "figures": [_figure(one) for one in profile.figures],
        "claimed_by": [
            {
                "scheme": one.circle.scheme,
                "circle": one.circle.key,
                "role": one.role,
                "listed_as": spoken(one.via.label),
            }
            for one in profile.memberships
        ],
        "plan": [
            {
                "of": spoken(item.place.label),
                "aspect": item.aspect,
                "words": spoken(item.name),
                "test": item.test,
                "sources": list(item.source_ids),
            }
            for item in plan
        ],
        "alike_by_structure": [
            {"id": one.second.id, "name": spoken(one.second.label), "cosine": one.value.value}
            for one in atlas.structure.nearest(place_id, CENSUS_YEARS[-1])[:NEAREST]
        ],
        "alike_in_size": [
            {"id": one.place.id, "name": spoken(one.place.label), "times": one.ratio}
            for one in atlas.neighbours.by_size(place_id)[:NEAREST]
        ],
        "larger_labour_markets": [
            {"id": one.place.id, "from": one.start.id, "minutes": value_record(one.minutes)}
            for one in markets
        ],
        "sources": {i: source_record(atlas, i) for i in sorted(ids)},
    }


def _figure(one: KeyFigure) -> dict[str, Any]:
    return {
        "indicator": one.indicator.id,
        "name": spoken(one.indicator.name),
        **value_record(one.value),
        "rank": one.rank,
        "of_places_with_data": one.of or None,
    }
