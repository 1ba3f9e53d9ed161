"""The figures behind the charts, as the studies have them: unrounded, each with its sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dashboard.charts.rows import both_words, joined, value_row, with_sources
from dashboard.text import text
from geodata.ids import BEIJING, NATION
from geodata.measures.workforce import UNIT, YEARS
from geodata.records import REGION_ID, Name, Status, Value
from geodata.studies.beijing import CENSUS
from geodata.studies.specialisation import PERIOD, SUMMED, sampled_workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.wording import Context
    from geodata.atlas import Atlas
    from geodata.records import Indicator, Place
    from geodata.studies.chains import ChainMatch
    from geodata.studies.comparison import Index, Series
    from geodata.studies.gap_findings import Splits
    from geodata.studies.hierarchy import System
    from geodata.studies.links import Contracts
    from geodata.studies.shifts import PlaceShift
    from geodata.studies.specialisation import Standing
    from geodata.studies.structure import Similarity
    from geodata.studies.timeline import Milestone

SHIFTS = {
    "before": YEARS[0],
    "after": YEARS[-1],
    "national": PERIOD,
    "mix": PERIOD,
    "local": PERIOD,
}
"""What a row of shift–share holds, and of when it is."""
PRINTED = frozenset({"before", "after"})
"""Counts that stand in the census tables; the components are computed from them."""


def standings(
    found: Iterable[Standing], years: Sequence[str], item: tuple[str, Name], context: Context
) -> Iterator[Row]:
    """Yield quotient, sampled workers and the limits of the interval (95 %), by place and year."""
    key, name = item
    for one in found:
        for year in years:
            sampled = one.sampled.get(year)
            if sampled is None:
                continue
            low, high = (replace(sampled.lq, value=x) for x in (sampled.low, sampled.high))
            parts = {"low": low, "high": high, "count": sampled_workers(one, year)}
            yield value_row(one.place, item, sampled.lq, context)
            for part, value in parts.items():
                words = joined(name, both_words(f"export.item_{part}"))
                yield value_row(one.place, (f"{key}_{part}", words), value, context)


def changes(found: Iterable[Standing], item: tuple[str, Name], context: Context) -> Iterator[Row]:
    """Yield the changes of the quotient between the censuses."""
    return (value_row(one.place, item, one.change, context) for one in found)


def shift(found: PlaceShift, context: Context) -> Iterator[Row]:
    """Yield both counts and the three components of each industry, in sampled workers."""
    printed: Status = "computed" if found.place.kind in SUMMED else "official"
    for row in found.rows:
        for part, year in SHIFTS.items():
            status: Status = printed if part in PRINTED else "computed"
            number = float(getattr(row, part))
            value = Value(number, UNIT, year, status, found.source_ids, found.notes)
            words = joined(row.name, both_words(f"export.item_{part}"))
            yield value_row(found.place, (f"{row.sector}_{part}", words), value, context)


def beijing_sections(atlas: Atlas, context: Context) -> Iterator[Row]:
    """Yield the quotients of Beijing's sections by employees, value added and residents."""
    place = atlas.place(BEIJING)
    for one in atlas.beijing.sections:
        census = f"lq_{one.residents.indicator.removeprefix('emp_')}"
        values = {
            "employees": one.employees.lq if one.employees else None,
            "value_added": one.value_added.lq,
            "residents": atlas.value(census, BEIJING, CENSUS, NATION),
        }
        for part, value in values.items():
            words = joined(one.name, both_words(f"clusters.beijing_{part}"))
            if value is not None:
                yield value_row(place, (f"{one.sector}_{part}", words), value, context)


def beijing_divisions(atlas: Atlas, context: Context) -> Iterator[Row]:
    """Yield quotient and employees of each division."""
    place = atlas.place(BEIJING)
    for one in atlas.beijing.divisions:
        for part, value in (("lq", one.lq), ("persons", one.amount)):
            key = "column_lq" if part == "lq" else "beijing_persons"
            words = joined(one.name, both_words(f"clusters.{key}"))
            yield value_row(place, (f"{one.sector}_{part}", words), value, context)


def contracts(
    found: Contracts, place: Place, name: tuple[Name, Name], context: Context
) -> Iterator[Row]:
    """Yield the full years, the missing ones, and apart what does not fit the series.

    `name` are the words of the series and of the figures apart.
    """
    main, apart = (("tech_contract_value", name[0]), ("tech_contract_value_unreconciled", name[1]))
    unit = found.series[0].unit
    gaps = [Value(None, unit, year) for year in found.missing]
    for value in sorted((*found.series, *gaps), key=lambda v: v.year):
        yield value_row(place, main, value, context)
    for value in found.unreconciled:
        yield value_row(place, apart, value, context)


def matrix(found: Similarity, context: Context) -> Iterator[Row]:
    """Yield each pair once: the first place, and the second as the item."""
    places = found.among.places
    for one, other in zip(*np.tril_indices(len(places), -1), strict=True):
        first, second = places[other], places[one]
        value = found.value(int(one), int(other))
        yield value_row(first, (second.id, second.label), value, context)


def chain(found: ChainMatch, context: Context) -> Iterator[Row]:
    """Yield both sides' shares and the degree of coupling coordination of each place."""
    for one in found.chains:
        status: Status | None = None if one.d is None else "computed"
        degree = with_sources(Value(one.d, "", found.year, status), one.innovation)
        sides = {"innovation_side": one.innovation, "industry_side": one.industry, "d": degree}
        for part, value in sides.items():
            item = (part, both_words(f"linkages.head_{part}"))
            yield value_row(one.place, item, value, context)


def series(found: Iterable[Series], indicator: Indicator, context: Context) -> Iterator[Row]:
    """Yield every year of each place; a year without a figure is a row without a value.

    A subtotal is named as one, with its members.
    """
    for one in found:
        item = (indicator.id, indicator.name)
        if one.partial:
            item = (f"{indicator.id}_subtotal", _subtotal(indicator.name, one.partial))
        for value in one.points:
            yield value_row(one.place, item, value, context)


def _subtotal(name: Name, members: Sequence[Place]) -> Name:
    zh = "、".join(p.label.zh for p in members)
    en = ", ".join(p.label.en for p in members)
    return Name(
        name.zh + text("zh")("compare.drawn_partial", places=zh),
        name.en + text("en")("compare.drawn_partial", places=en),
    )


def indices(
    found: Iterable[Index], places: Sequence[Place], whole: Place, context: Context
) -> Iterator[Row]:
    """Yield each rate as it is, that of the whole too, and as an index of the whole."""
    for one in found:
        item = (one.indicator.id, one.indicator.name)
        words = joined(one.indicator.name, both_words("export.item_index"))
        yield value_row(whole, item, one.whole, context)
        for place, value, cell in zip(places, one.values, one.cells, strict=True):
            yield value_row(place, item, value, context)
            index = Value(None, "", one.year)
            if cell is not None:
                index = with_sources(Value(cell, "", one.year, "computed"), value, one.whole)
            yield value_row(place, (f"{item[0]}_index", words), index, context)


def sizes(found: System, indicator: Indicator, context: Context) -> Iterator[Row]:
    """Yield the size of each city, the largest first."""
    item = (indicator.id, indicator.name)
    return (value_row(city.place, item, city.value, context) for city in found.cities)


def splits(found: Splits, whole: Place, context: Context) -> Iterator[Row]:
    """Yield Theil's index, its part between groups, and the part within each group, by year."""
    for year in found.years:
        numbers = {"theil": year.parts.total, "between": year.parts.between}
        parts = [(key, both_words(f"export.item_{key}"), n) for key, n in numbers.items()]
        parts += [
            (f"within_{group.name}", _within(year.names[group.name]), group.within)
            for group in year.parts.groups
        ]
        for key, words, number in parts:
            value = replace(year.theil, value=float(number))
            yield value_row(whole, (key, words), value, context)


def regional_index(atlas: Atlas, context: Context) -> Iterator[Row]:
    """Yield each release of the bureau's index with its parts and its rise, then Nankai's."""
    place = atlas.place(REGION_ID)
    for one in atlas.regional_index.releases:
        values = {"total": one.total, "rise": one.rise, **one.parts}
        for part, value in values.items():
            if value is not None:
                words = both_words(f"compare.index_{part}")
                yield value_row(place, (f"index_{one.base}_{part}", words), value, context)
    for value in atlas.regional_index.nankai:
        words = both_words("compare.index_of_nankai")
        yield value_row(place, ("nankai_index", words), value, context)


def milestones(found: Iterable[Milestone], whole: Place, context: Context) -> Iterator[Row]:
    """Yield each event as a row without a value: its title is the item, its date the year."""
    for one in found:
        value = Value(None, "", one.date, None, one.source_ids)
        place = one.places[0] if len(one.places) == 1 else whole
        yield value_row(place, (f"milestone_{one.number}", one.title), value, context)


def _within(group: Name) -> Name:
    return Name(
        text("zh")("compare.within_of", group=group.zh),
        text("en")("compare.within_of", group=group.en),
    )
