"""The figures behind the charts, as the studies have them: unrounded, each with its sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dashboard.charts.rows import both_words, joined, value_row, with_sources
from geodata.ids import BEIJING, CENSUS_YEARS, NATION
from geodata.measures.workforce import UNIT
from geodata.records import Status, Value
from geodata.studies.beijing import CENSUS
from geodata.studies.specialisation import PERIOD, SUMMED, sampled_workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.wording import Context
    from geodata.atlas import Atlas
    from geodata.records import Name, Place
    from geodata.studies.chains import ChainMatch
    from geodata.studies.links import Contracts
    from geodata.studies.shifts import PlaceShift
    from geodata.studies.specialisation import Standing
    from geodata.studies.structure import Similarity

SHIFTS = {
    "before": CENSUS_YEARS[0],
    "after": CENSUS_YEARS[-1],
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
