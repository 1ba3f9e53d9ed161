"""The tables of the page of a place that are below no chart, and their figures to take away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.charts.record import tabled
from dashboard.charts.rows import both_words, value_row
from dashboard.panels.place_beside import alike, reached
from geodata.ids import CENSUS_YEARS
from geodata.studies.neighbours import NEAREST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.studies.neighbours import Peer
    from geodata.studies.structure import Pair


def _found(scene: Scene, view: View) -> tuple[Sequence[Pair], Sequence[Peer]]:
    place = scene.subject(view)
    pairs = scene.atlas.structure.nearest(place.id, CENSUS_YEARS[-1])
    return pairs, scene.atlas.neighbours.by_size(place.id)


def _alike(scene: Scene, view: View) -> Component:
    return alike(scene.subject(view), *_found(scene, view), scene.context(view))


def alike_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield the coefficient of each place alike, and how many times as large the next in size."""
    place = scene.subject(view)
    pairs, peers = _found(scene, view)
    for pair in pairs[:NEAREST]:
        name = both_words("place.structure_of", place=pair.second.label)
        yield value_row(place, (f"likeness_{pair.second.id}", name), pair.value, context)
    for peer in peers[:NEAREST]:
        name = both_words("place.size_of", place=peer.place.label)
        ratio = replace(peer.size, value=peer.ratio, unit="", status="computed")
        yield value_row(place, (f"size_{peer.place.id}", name), ratio, context)


def _markets(scene: Scene, view: View) -> Component:
    place = scene.subject(view)
    return reached(place, scene.atlas.neighbours.markets(place.id), scene.context(view))


def market_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield the rail time to each larger labour market, and its sampled workers."""
    for one in scene.atlas.neighbours.markets(scene.subject(view).id):
        name = both_words("place.minutes_to", start=one.start.label, place=one.place.label)
        yield value_row(one.start, (f"minutes_{one.place.id}", name), one.minutes, context)
        workers = both_words("place.workers_of", place=one.place.label)
        yield value_row(one.place, ("emp_sample_total", workers), one.workers, context)


ALIKE: Final = tabled("place", "alike", _alike, alike_rows)
MARKETS: Final = tabled("place", "markets", _markets, market_rows)
