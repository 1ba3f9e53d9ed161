"""Chooses, among all published figures, the one that speaks for an indicator, place and year."""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from geodata.catalog.derive import Figure, Figures, Key, computed
from geodata.errors import FactsError, Fault
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from geodata.catalog.entries import Catalog, Choice

FILE: Final = "catalog/series.csv"


class Seen(NamedTuple):
    """The cells of an observation that the choice looks at."""

    region_code: str
    year: str
    value: float
    unit: str
    source_ids: str
    status: str
    note: str


def choose(
    observations: pd.DataFrame, catalog: Catalog, codes: Mapping[str, frozenset[str]]
) -> dict[str, Figures]:
    """Return the figures of the observed indicators.

    Parameters
    ----------
    observations
        Every published figure.
    catalog
        The choices, withheld notes, remarks and unions.
    codes
        Region codes by reach.

    Raises
    ------
    FactsError
        If a source has two figures for one place and year, or prints another unit.
    """
    groups = _groups(observations, catalog)
    chosen: dict[str, Figures] = defaultdict(dict)
    for choice in catalog.choices:
        unit = catalog.recipes[choice.indicator].unit
        group = groups.get((choice.fact, choice.sector, choice.category), [])
        figures = _pick(choice, group, codes[choice.reach], unit)
        chosen[choice.indicator].update(figures)
    for remark in catalog.scope_notes:
        for year in map(str, range(remark.first, remark.last + 1)):
            key = Key(remark.reach, remark.region_code, year)
            figure = chosen[remark.indicator].get(key)
            if figure and remark.note not in figure.notes:
                chosen[remark.indicator][key] = figure._replace(notes=(*figure.notes, remark.note))
    _unite(chosen, catalog)
    return chosen


def _groups(observations: pd.DataFrame, catalog: Catalog) -> dict[tuple[str, str, str], list[Seen]]:
    """Return the observations of single years that are not withheld, by fact."""
    groups: dict[tuple[str, str, str], list[Seen]] = defaultdict(list)
    keys = (observations[column] for column in ("indicator", "sector", "category"))
    cells = (observations[column] for column in Seen._fields)
    rows = zip(zip(*keys, strict=True), zip(*cells, strict=True), strict=True)
    for key, row in rows:
        seen = Seen(*row)
        if seen.year.isdecimal() and not any(words in seen.note for words in catalog.withheld):
            groups[key].append(seen)
    return groups


def _pick(choice: Choice, rows: Iterable[Seen], codes: frozenset[str], unit: str) -> Figures:
    """Return the figures of one choice: the first source in its order that has one."""
    best: dict[Key, tuple[int, Seen]] = {}
    allowed = codes - choice.left_out
    for row in rows:
        if row.region_code not in allowed or not choice.first <= int(row.year) <= choice.last:
            continue
        place = priority(choice.sources, row.source_ids, row.year)
        if place is None:
            continue
        key = Key(choice.reach, row.region_code, row.year)
        known = best.get(key)
        if known and known[0] == place:
            _refuse(choice, known[1], row)
        if row.unit != unit:
            what = Name(
                f"{row.region_code} {row.year} 年的 {choice.fact}，来源 {row.source_ids} 以“"
                f"{row.unit}”为单位，指标 {choice.indicator} 则以“{unit}”为单位；"
                "请另选来源，或更正单位。",
                f"{choice.fact} of {row.region_code} in {row.year} is printed in {row.unit} by "
                f"{row.source_ids}, but the indicator {choice.indicator} is in {unit}; choose "
                "another source, or correct the unit.",
            )
            raise FactsError(Fault(FILE, choice.line, what))
        if known is None or place < known[0]:
            best[key] = (place, row)
    return {key: _figure(row) for key, (_, row) in best.items()}


def _refuse(choice: Choice, one: Seen, two: Seen) -> None:
    what = Name(
        f"{one.region_code} {one.year} 年的 {choice.fact} 有两个同等优先的数字（"
        f"{one.source_ids}：{one.value}；{two.source_ids}：{two.value}）；"
        "请在 sources 列排定来源的先后。",
        f"{choice.fact} of {one.region_code} in {one.year} has two figures of the same priority "
        f"({one.source_ids}: {one.value}; {two.source_ids}: {two.value}); put the sources of "
        "the line in order.",
    )
    raise FactsError(Fault(FILE, choice.line, what))


@cache
def priority(sources: tuple[str, ...], source_ids: str, year: str) -> int | None:
    """Return the place of a source in the order of a choice, None if it is not in it.

    A pattern is a shell pattern, where {year} is the year and {next} the year after it.
    """
    for place, pattern in enumerate(sources):
        wanted = pattern.replace("{year}", year).replace("{next}", str(int(year) + 1))
        if fnmatchcase(source_ids, wanted):
            return place
    return None


def _figure(row: Seen) -> Figure:
    notes = tuple(row.note.split("; ")) if row.note else ()
    return Figure(float(row.value), row.status, tuple(row.source_ids.split(";")), notes)


def _unite(chosen: dict[str, Figures], catalog: Catalog) -> None:
    """Add the unions, where every part has a figure."""
    for choice in catalog.choices:
        if not choice.united:
            continue
        figures = chosen[choice.indicator]
        for union in catalog.unions:
            for year in map(str, range(choice.first, choice.last + 1)):
                parts = [figures.get(Key("county", code, year)) for code in union.parts]
                present = [part for part in parts if part is not None]
                key = Key(choice.reach, union.region_code, year)
                if len(present) == len(parts) and key not in figures:
                    figures[key] = _united(present, union.note)


def _united(parts: list[Figure], note: str) -> Figure:
    shared = tuple(n for n in parts[0].notes if all(n in part.notes for part in parts))
    plain = [part._replace(notes=shared) for part in parts]
    return computed(sum(part.value for part in parts), plain, note)
