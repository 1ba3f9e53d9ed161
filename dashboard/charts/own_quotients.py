"""Location quotients of a reader's own firms in two years: sections of a place, or a division."""

from __future__ import annotations

from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, Final

from dashboard.charts.choices import region_of
from dashboard.charts.own_pairs import Paired, keys, pairs_chart, rows, word
from dashboard.charts.own_registers import division_of, nothing, register_of, subject_of
from dashboard.charts.own_years import counted, place_shown, places_shown, years_of
from dashboard.charts.record import Chart, Panel
from dashboard.wording import listing
from geodata.own.firms.figures import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.own.firms.structure import Pair, Years
    from geodata.own.firms.study import OwnFirms
    from geodata.records import Place

NAME: Final = "quotients"
NAMED: Final = 3
"""Rows that the sentence names."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: of a division in places, else of the sections of one place."""
    t, own, division = context.t, register_of(scene, view), division_of(view)
    whole = region_of(scene)
    subject = subject_of(whole, division)
    years, why = years_of(own, view)
    if why:
        return [nothing(NAME, subject, context=context, **why)]
    if division is None:
        place = place_shown(scene, view, own, years[1])
        subject = place.label
        of = _sections(own, place, years, context)
    else:
        place, of = None, _places(own, division, scene, view, years)
    if place and own.structures.is_whole(place.id, years):
        return [nothing(NAME, subject, "firms.structure_itself", context)]
    if not any(isfinite(one) for pair in of.pairs for one in pair.values):
        return [nothing(NAME, subject, "firms.quotients_few", context, n=LEAST)]
    return [
        Chart(
            NAME,
            t("firms.quotients"),
            subject,
            partial(pairs_chart, of, t),
            lambda: tuple(rows(own, of, lambda one: place or context.place(one.key), context)),
            lead=t("firms.quotients_lead", whom=subject[context.lang], **_said(years)),
            say=tuple(_highest(of, t)),
            notes=(t("firms.quotients_read", n=LEAST), *counted(own, years, t)),
            key=keys(years),
            source_ids=(own.source_id,),
        )
    ]


def _sections(own: OwnFirms, place: Place, years: Years, context: Context) -> Paired:
    """Return the sections of a place that had firms in either year."""
    found = [one for one in own.structures.quotients(place.id, years) if any(one.firms)]
    names = [context.term("industry_short", one.key) for one in found]
    return Paired(found, names, years, "lq", doubles=True)


def _places(own: OwnFirms, division: int, scene: Scene, view: View, years: Years) -> Paired:
    """Return a division in each place, the highest first."""
    places = {one.id: one for one in places_shown(scene, view)}
    found = sorted(own.structures.quotients_of(division, list(places), years), key=_order)
    ids = [one.key for one in found]
    names = [places[one].label for one in ids]
    return Paired(found, names, years, "lq", ids, view.regions, doubles=True)


def _order(pair: Pair) -> float:
    """Return where a pair stands, the highest of the last year first and what is not told last."""
    return -pair.values[1] if isfinite(pair.values[1]) else 0.0


def _said(years: Years) -> dict[str, int]:
    return {"since": years[0], "until": years[1]}


def _highest(of: Paired, t: Text) -> Iterator[str]:
    """Yield which rows have the highest quotients above one in the last year."""
    both = sorted(zip(of.pairs, of.names, strict=True), key=lambda one: _order(one[0]))
    high = [
        f"{name[t.lang]} {'→'.join(word(one) for one in pair.values if isfinite(one))}"
        for pair, name in both
        if pair.values[1] > 1
    ]
    if high:
        yield t("firms.quotients_say", top=listing(high[:NAMED], t), **_said(of.years))


PANEL = Panel("firms", NAME, charts, (NAME,), ("firms", "since", "regions"), "column")
