"""What can be taken away from the Compare page, with the figures behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dashboard.charts.choices import family_of
from dashboard.charts.rows import both_words
from dashboard.pages import compare
from dashboard.pages.taken import Chart, charts
from dashboard.print import chart_rows
from dashboard.text import text
from geodata.records import REGION_ID, Name
from geodata.studies.gap import PROVINCE
from geodata.studies.hierarchy import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Indicator, Place
    from geodata.studies.gap import Weighting
    from geodata.studies.hierarchy import Measure

NAMED = 3
"""Places that a title names; of more it counts them."""
HEAD = "export.item_head"


def multiple_rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
    """Return the years of the chosen places."""
    name, _ = compare.shown_indicator(scene, view)
    family = family_of(view)
    found = [
        scene.atlas.comparison.series(name, place.id, family)
        for place in compare.places_of(scene, view)
    ]
    indicator = scene.atlas.comparison.indicator(name, family)
    return chart_rows.series((one for one in found if one.runs), indicator, context)


def index_rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
    """Return the rates and what they are of the region's."""
    places = compare.places_of(scene, view)
    found = scene.atlas.comparison.indices([p.id for p in places], family_of(view))
    return chart_rows.indices(found, places, _whole(scene), context)


def size_rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
    """Return the cities of the chosen system."""
    return chart_rows.sizes(compare.system_of(scene, view), _size(scene, view), context)


def split_rows(by: str) -> Callable[[Scene, View, Context], Iterable[Row]]:
    """Return what gives Theil's index split by province, or by the circles of the scheme."""

    def rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
        groups = PROVINCE if by == PROVINCE else view.scheme
        weighting = cast("Weighting", view.weighting)
        found = scene.atlas.gap.splits(family_of(view), weighting, groups)
        return chart_rows.splits(found, _whole(scene), context)

    return rows


def timeline_rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
    """Return the series, then the milestones."""
    series, name = compare.timeline_series(scene, view)
    indicator = scene.atlas.comparison.indicator(name, family_of(view))
    yield from chart_rows.series(series, indicator, context)
    yield from chart_rows.milestones(scene.atlas.timeline.milestones, _whole(scene), context)


def regional_rows(scene: Scene, _view: View, context: Context) -> Iterable[Row]:
    """Return the releases of the region's index, and the index of Nankai."""
    return chart_rows.regional_index(scene.atlas, context)


def whole_subject(scene: Scene, _view: View) -> Name:
    """Name the region."""
    return _whole(scene).label


def series_subject(scene: Scene, view: View) -> Name:
    """Name places and indicator."""
    name, _ = compare.shown_indicator(scene, view)
    return _of(compare.places_of(scene, view), _indicator(scene, view, name))


def timeline_subject(scene: Scene, view: View) -> Name:
    """Name the places whose series are drawn, and their indicator."""
    series, name = compare.timeline_series(scene, view)
    return _of([one.place for one in series], _indicator(scene, view, name))


def places_subject(scene: Scene, view: View) -> Name:
    """Name the places."""
    return _listed(compare.places_of(scene, view))


def system_subject(scene: Scene, view: View) -> Name:
    """Name the system and what its cities are ranked by."""
    return _of([compare.system_of(scene, view).scope], _size(scene, view).name)


def gap_subject(scene: Scene, _view: View) -> Name:
    """Name GDP per head in the region."""
    return _of([_whole(scene)], both_words(HEAD))


def _whole(scene: Scene) -> Place:
    return scene.atlas.place(REGION_ID)


def _indicator(scene: Scene, view: View, name: str) -> Name:
    return scene.atlas.comparison.indicator(name, family_of(view)).name


def _size(scene: Scene, view: View) -> Indicator:
    return scene.atlas.indicators[MEASURES[cast("Measure", view.size), family_of(view)]]


def _of(places: Sequence[Place], what: Name) -> Name:
    where = _listed(places)
    return Name(where.zh + what.zh, f"{where.en}, {what.en}")


def _listed(places: Sequence[Place]) -> Name:
    if len(places) > NAMED:
        first, n = _listed(places[:NAMED]), len(places)
        return Name(
            text("zh")("export.places_more", names=first.zh, n=n),
            text("en")("export.places_more", names=first.en, n=n),
        )
    return Name("、".join(p.label.zh for p in places), ", ".join(p.label.en for p in places))


EXHIBITS = charts(
    "compare",
    {
        "multiples": Chart(compare.places_panels, multiple_rows, series_subject),
        "indices": Chart(compare.places_panels, index_rows, places_subject, panel=2),
        "rank_size": Chart(compare.system_panels, size_rows, system_subject),
        "theil": Chart(compare.gap_panels, split_rows(PROVINCE), gap_subject),
        "theil-circle": Chart(compare.gap_panels, split_rows("circle"), gap_subject, graph=1),
        "timeline": Chart(compare.timeline_panels, timeline_rows, timeline_subject),
        "regional_index": Chart(compare.index_panels, regional_rows, whole_subject),
    },
)
