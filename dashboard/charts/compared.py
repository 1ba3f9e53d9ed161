"""What the charts of the Compare page share: the places, the indicator, the system, their words."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any, Final, cast

from dashboard.asked import asks
from dashboard.charts.choices import family_of
from dashboard.charts.rows import value_row
from dashboard.text import text
from geodata.ids import MOST_CIRCLES
from geodata.records import FigureId, Name
from geodata.studies.hierarchy import MEASURES
from geodata.studies.yearly import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Break, Indicator, Place, Value
    from geodata.studies.hierarchy import Measure, System
    from geodata.studies.yearly import Series

MOST_PLACES: Final = MOST_CIRCLES
"""Places side by side: all circles of a scheme, each in a colour of its own."""
NAMED = 3
"""Places that a title names; of more it counts them."""


def places_of(scene: Scene, view: View) -> tuple[Place, ...]:
    """Return the chosen regions and circles, or the circles of the scheme."""
    circles = [c.key for c in scene.atlas.circles(view.scheme)]
    ids = (*view.regions, *view.circle_keys) or tuple(circles)
    return tuple(scene.atlas.place(i) for i in ids[:MOST_PLACES])


def shown_indicator(scene: Scene, view: View) -> tuple[str, list[str]]:
    """Return the indicator of the series, and what is said where it is not the chosen one."""
    comparison = scene.atlas.comparison
    if comparison.is_yearly(view.indicator):
        return view.indicator, []
    t = text(view.lang)
    usual = comparison.indicator(USUAL, family_of(view))
    chosen = scene.atlas.indicators[view.indicator]
    words = t("compare.not_yearly", chosen=chosen.name[t.lang], shown=usual.name[t.lang])
    return USUAL, [words]


def drawn_indicator(scene: Scene, view: View) -> tuple[str, None]:
    """Return the indicator of the series in its family of GDP, of places of any level."""
    name, _ = shown_indicator(scene, view)
    return scene.atlas.comparison.indicator(name, family_of(view)).id, None


def measure_of(view: View) -> Measure:
    """Return what the cities of a system are ranked by."""
    return cast("Measure", view.size)


def size_of(scene: Scene, view: View) -> Indicator:
    """Return the indicator that the cities of a system are ranked by."""
    return scene.atlas.indicators[MEASURES[measure_of(view), family_of(view)]]


def system_of(scene: Scene, view: View) -> System:
    """Return the chosen city system, in the year of the view where that speaks of its measure."""
    family, measure = family_of(view), measure_of(view)
    chosen = scene.atlas.comparison.indicator(view.indicator, family).id
    year = view.year if chosen == MEASURES[measure, family] else ""
    return scene.atlas.hierarchy.system(scope_of(scene, view), measure, year, family)


def scope_of(scene: Scene, view: View) -> str:
    """Return the id of the place whose city system is chosen."""
    systems = city_systems(scene, view)
    return systems[chosen_system(systems, view)].id


def city_systems(scene: Scene, view: View) -> dict[str, Place]:
    """Return what has a city system, by its value in the address: c1, c2 … for circles."""
    scopes = scene.atlas.hierarchy.scopes(view.scheme)
    circles = (f"c{number}" for number in count(1))
    return {next(circles) if scope.kind == "circle" else scope.id: scope for scope in scopes}


def chosen_system(systems: Mapping[str, Place], view: View) -> str:
    """Return the chosen city system; the last circle for one that the scheme does not have."""
    return view.system if view.system in systems else [*systems][-1]


def subject_of(places: Sequence[Place], what: Name) -> Name:
    """Name places and what is shown of them."""
    where = listed(places)
    return Name(where.zh + what.zh, f"{where.en}, {what.en}")


def listed(places: Sequence[Place]) -> Name:
    """Name a few places; of many the first and their number."""
    return named(place.label for place in places)


def named(names: Iterable[Name]) -> Name:
    """List a few names, each once; of many the first and their number."""
    found = tuple(dict.fromkeys(names))
    if len(found) > NAMED:
        first, n = named(found[:NAMED]), len(found)
        return Name(
            text("zh")("export.places_more", names=first.zh, n=n),
            text("en")("export.places_more", names=first.en, n=n),
        )
    return Name("、".join(one.zh for one in found), ", ".join(one.en for one in found))


def known(series: Iterable[Series]) -> list[Value]:
    """Return the figures that series have."""
    return [v for one in series for v in one.points if v.value is not None]


def break_lines(breaks: Iterable[Break], context: Context) -> list[str]:
    """Say why each dotted line stands where it does: each reason of a year once."""
    t = context.t
    reasons: dict[str, dict[str, None]] = {}
    for b in breaks:
        reasons.setdefault(b.year, {})[b.reason[context.lang]] = None
    return [
        t("compare.break", year=year, reason=t("compare.semicolon").join(found))
        for year, found in sorted(reasons.items())
    ]


def figures(series: Series, indicator: Indicator, years: Iterable[int | None]) -> dict[str, Any]:
    """Name the figure of each mark of a line; one that the catalogue has not has no year."""
    names = (str(year) if str(year) in series.catalogued else "" for year in years)
    return asks(FigureId(indicator.id, series.place.id, year) for year in names)


def series_rows(found: Iterable[Series], indicator: Indicator, context: Context) -> Iterator[Row]:
    """Yield every year of each place; a year without a figure is a row without a value.

    A subtotal is named as one, with its members.
    """
    for one in found:
        item = (indicator.id, indicator.name)
        if one.partial:
            item = subtotal_item(indicator, one.partial)
        for value in one.points:
            row = value_row(one.place, item, value, context)
            yield replace(row, catalogued=value.year in one.catalogued)


def subtotal_item(indicator: Indicator, members: Sequence[Place]) -> tuple[str, Name]:
    """Return the id and the name of what is no total, with its members."""
    zh = "、".join(p.label.zh for p in members)
    en = ", ".join(p.label.en for p in members)
    name = Name(
        indicator.name.zh + text("zh")("compare.drawn_partial", places=zh),
        indicator.name.en + text("en")("compare.drawn_partial", places=en),
    )
    return f"{indicator.id}_subtotal", name
