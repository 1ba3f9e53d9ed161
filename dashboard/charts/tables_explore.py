"""The key figures of the selected places on the Explore page, one place or several."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.charts.compared import subtotal_item
from dashboard.charts.record import Tabled
from dashboard.charts.rows import both_words, joined, value_row, with_sources
from dashboard.panels.identity import identity
from dashboard.panels.side_by_side import MOST
from geodata.records import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Comparison, KeyFigure, Place, Profile


def _profiles(scene: Scene, view: View) -> Sequence[Profile]:
    places = [place.id for place in scene.subjects(view)]
    return scene.atlas.profiles(places, view.scheme)


def _identity(scene: Scene, view: View) -> Component:
    return identity(_profiles(scene, view), scene.context(view))


def rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield the key figures of the places shown."""
    yield from rows_of(_profiles(scene, view), context)


def rows_of(found: Sequence[Profile], context: Context) -> Iterator[Row]:
    """Yield each key figure of each place shown, its rank, and of one place its comparisons."""
    for profile in found[:MOST]:
        for figure in profile.figures:
            yield from _figure(profile.place, figure, context)
            for other in figure.comparisons if len(found) == 1 else ():
                yield from _compared(profile.place, figure, other, context)


def _figure(place: Place, figure: KeyFigure, context: Context) -> Iterator[Row]:
    """Yield a figure, what stands for the total that is not there, and the rank."""
    indicator, value = figure.indicator, figure.value
    yield value_row(place, (indicator.id, indicator.name), value, context)
    if figure.subtotal:
        part = subtotal_item(indicator, figure.subtotal.used)
        yield value_row(place, part, figure.subtotal.value, context)
    if figure.rank is not None:
        words = joined(indicator.name, both_words("export.item_rank", of=figure.of))
        rank = Value(figure.rank, "", value.year, "computed", value.source_ids)
        yield value_row(place, (f"{indicator.id}_rank", words), rank, context)


def _compared(
    place: Place, figure: KeyFigure, other: Comparison, context: Context
) -> Iterator[Row]:
    """Yield the share in a larger place of an amount, of others the figure of that place."""
    indicator = figure.indicator
    if other.share is not None:
        words = joined(indicator.name, both_words("export.item_share_of", place=other.place.label))
        share = Value(100 * other.share, "%", figure.value.year, "computed")
        share = with_sources(share, figure.value, other.value)
        item = (f"{indicator.id}_share_of_{other.place.id}", words)
        yield value_row(place, item, share, context)
    elif other.value.value is not None:
        there = other.indicator
        row = value_row(other.place, (there.id, there.name), other.value, context)
        yield replace(row, catalogued=False)


KEY_FIGURES: Final = Tabled(
    "explore",
    "identity",
    _identity,
    rows,
    lambda _: "panel.key_figures",
    lambda _: "identity",
)
