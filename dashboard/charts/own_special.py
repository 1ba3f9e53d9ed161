"""How specialised places are by a reader's own firms, in two years."""

from __future__ import annotations

from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, Final

from dashboard.charts.choices import region_of
from dashboard.charts.own_pairs import Paired, keys, pairs_chart, rows, word
from dashboard.charts.own_registers import nothing, register_of
from dashboard.charts.own_years import counted, places_shown, years_of
from dashboard.charts.record import Chart, Panel
from geodata.own.firms.figures import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context

NAME: Final = "special"


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: the places selected, or the cities, the most specialised first."""
    t, own, subject = context.t, register_of(scene, view), region_of(scene).label
    years, why = years_of(own, view)
    if why:
        return [nothing(NAME, subject, context=context, **why)]
    places = {one.id: one for one in places_shown(scene, view)}
    found = own.structures.special(list(places), years)
    known = [one for one in found if isfinite(one.values[1])]
    known.sort(key=lambda one: -one.values[1])
    if not known:
        return [nothing(NAME, subject, "firms.special_few", context, n=LEAST)]
    names, ids = [places[one.key].label for one in known], [one.key for one in known]
    of = Paired(known, names, years, "special", ids, view.regions)
    without = len(found) - len(known)
    few = [t("firms.special_without", k=without, n=LEAST, until=years[1])] if without else []
    return [
        Chart(
            NAME,
            t("firms.special"),
            subject,
            partial(pairs_chart, of, t),
            lambda: tuple(rows(own, of, lambda one: places[one.key], context)),
            lead=t("firms.special_lead", since=years[0], until=years[1]),
            say=tuple(_said(of, context)),
            notes=(t("firms.special_read"), *few, *counted(own, years, t)),
            key=keys(years),
            source_ids=(own.source_id,),
        )
    ]


def _said(of: Paired, context: Context) -> Iterator[str]:
    """Yield the most and the least specialised, and how many have become more so."""
    t, (since, until) = context.t, of.years
    ends = [f"{of.names[at][context.lang]} {word(of.pairs[at].values[1])}" for at in (0, -1)]
    yield t("firms.special_say", until=until, most=ends[0], least=ends[1])
    rises = [one.values[1] > one.values[0] for one in of.pairs if isfinite(one.values[0])]
    if rises:
        yield t("firms.special_rose", since=since, until=until, n=len(rises), more=sum(rises))


PANEL = Panel("firms", NAME, charts, (NAME,), ("firms", "since", "regions"), "column")
