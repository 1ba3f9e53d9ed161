"""Between which two years the structure of a register is compared, and what all such charts say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.numbers import number
from dashboard.view import DECADE, LATEST
from geodata.own.firms.figures import LEAST

if TYPE_CHECKING:
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.own.firms.structure import Years
    from geodata.own.firms.study import OwnFirms
    from geodata.records import Place

TEN: Final = 10


def years_of(own: OwnFirms, view: View) -> tuple[Years, dict[str, Any]]:
    """Return the two years that are asked for, or why there are none, as `nothing` takes it."""
    if not own.dated:
        return (0, 0), {"key": "firms.undated"}
    known = own.structures.years
    if not known:
        return (0, 0), {"key": "firms.structure_few", "n": LEAST}
    last = known[-1] if view.until == LATEST else int(view.until)
    first = max(known[0], last - TEN) if view.since == DECADE else int(view.since)
    for year in (last, first):
        if year not in known:
            said = {"first": known[0], "last": known[-1], "n": LEAST}
            return (0, 0), {"key": "firms.year_outside", "year": year, **said}
    if first >= last:
        return (0, 0), {"key": "firms.years_order", "since": first, "until": last}
    return (first, last), {}


def place_shown(scene: Scene, view: View, own: OwnFirms, year: int) -> Place:
    """Return the first place selected, else the city with the most firms at the end of a year.

    The whole region is its own reference, and has nothing to tell.
    """
    if view.regions:
        return scene.atlas.place(view.regions[0])
    count = own.structures.sections
    return max(scene.atlas.regions("city"), key=lambda one: count(one.id, year).sum())


def places_shown(scene: Scene, view: View) -> tuple[Place, ...]:
    """Return the places selected where there are several, else the cities with the one selected."""
    chosen = tuple(scene.atlas.place(one) for one in view.regions)
    if len(chosen) > 1:
        return chosen
    cities = tuple(scene.atlas.regions("city"))
    return (*cities, *(one for one in chosen if one not in cities))


def counted(own: OwnFirms, years: Years, t: Text) -> tuple[str, ...]:
    """Say what is counted, against what, why without intervals, and what is left out."""
    unknown = own.structures.unknown(years[1])
    last = years[1] == own.structures.years[-1]
    return (
        t("firms.structure_counts"),
        t("firms.structure_reference"),
        *([t("firms.structure_last", year=years[1])] if last else []),
        *([] if own.closes else [t("firms.structure_open", since=years[0])]),
        *([t("firms.structure_unknown", n=number(unknown), year=years[1])] if unknown else []),
    )
