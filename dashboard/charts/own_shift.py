"""Shift-share of a reader's own firms: what the register, the sections and the place brought."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from dashboard.charts.choices import region_of
from dashboard.charts.own_registers import nothing, own_row, own_value, register_of
from dashboard.charts.own_years import counted, place_shown, years_of
from dashboard.charts.record import Chart, Key, Panel
from dashboard.charts.rows import both_words, joined
from dashboard.charts.shift import COLOURS, PARTS, percent, shift_chart
from dashboard.numbers import number
from dashboard.wording import listing
from geodata.own.firms.figures import LEAST
from geodata.records import Name
from geodata.studies.shifts import PlaceShift, Shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.own.firms.structure import Split, Years
    from geodata.own.firms.study import OwnFirms
    from geodata.records import Place

NAME: Final = "shift_share"
HOVERS: Final = {one: f"firms.hover_{one}" for one in PARTS}


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, of one place."""
    t, own = context.t, register_of(scene, view)
    years, why = years_of(own, view)
    if why:
        return [nothing(NAME, region_of(scene).label, context=context, **why)]
    place = place_shown(scene, view, own, years[1])
    if own.structures.is_whole(place.id, years):
        return [nothing(NAME, place.label, "firms.structure_itself", context)]
    split = own.structures.split(place.id, years)
    if split is None:
        return [nothing(NAME, place.label, "firms.shift_few", context, n=LEAST, since=years[0])]
    found = _shifts(place, split, context)
    total = found.total or found.rows[0]
    parts = (f"{t(f'firms.part_{one}')} {percent(getattr(total, one), found)}" for one in PARTS)
    say = t(
        "firms.shift_say",
        whom=place.label[context.lang],
        before=number(total.before),
        after=number(total.after),
        change=percent(total.change, found),
        parts=listing(parts, t),
    )
    return [
        Chart(
            NAME,
            t("firms.shift_share"),
            place.label,
            partial(shift_chart, found, t, context.term, hovers=HOVERS),
            lambda: tuple(rows(own, found, years, context)),
            lead=t("firms.shift_lead", since=years[0], until=years[1]),
            say=(say,),
            notes=(
                t("firms.shift_read", since=years[0]),
                *_new(split, years, context),
                *counted(own, years, t),
            ),
            key=(
                *(Key(t(f"firms.part_{one}"), COLOURS[one], "dot") for one in PARTS),
                Key(t("firms.part_change"), "text", "diamond-open"),
            ),
            source_ids=(own.source_id,),
        )
    ]


def _shifts(place: Place, split: Split, context: Context) -> PlaceShift:
    """Return the sections and their sum in the form in which shift-share is drawn."""
    found = tuple(
        Shift(
            one.key,
            context.term("industry_short", one.key),
            *one.firms,
            one.national,
            one.mix,
            one.local,
        )
        for one in split.parts
    )
    sums = (sum(getattr(one, part) for one in found) for part in ("before", "after", *PARTS))
    return PlaceShift(place, found, Shift("", Name("", ""), *sums))


def _new(split: Split, years: Years, context: Context) -> Iterator[str]:
    """Yield which sections the register had no firm of, so that their growth has no base."""
    if split.new:
        named = (
            f"{context.term('industry_short', letter)[context.lang]} {number(firms)}"
            for letter, firms in split.new
        )
        said = listing(named, context.t)
        yield context.t("firms.shift_new", since=years[0], until=years[1], sections=said)


def rows(own: OwnFirms, found: PlaceShift, years: Years, context: Context) -> Iterator[Row]:
    """Yield the firms of each section in both years and the parts of their change, then of all."""
    span = f"{years[0]}-{years[1]}"
    of = {"before": str(years[0]), "after": str(years[1]), **dict.fromkeys(PARTS, span)}
    for one in (*found.rows, found.total):
        if one is None or not (one.before or one.after):
            continue
        for part, year in of.items():
            words = both_words(f"firms.part_{part}")
            item = f"firms_{part}_{one.sector or 'all'}"
            value = own_value(own, float(getattr(one, part)), own.unit, year)
            name = joined(one.name, words) if one.sector else words
            yield own_row(found.place, (item, name), value, context)


PANEL = Panel("firms", NAME, charts, (NAME,), ("firms", "since", "regions"), "column")
