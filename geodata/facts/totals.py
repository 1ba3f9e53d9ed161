"""Lines that would make a partial sum pass for a total, each with its cure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from geodata.errors import Fault
from geodata.facts.cells import Observation
from geodata.facts.files import Line, read_csv, read_lines
from geodata.facts.places import PLACE_TABLES
from geodata.ids import CENSUS_YEARS, PROVINCES
from geodata.records import FULL_ROLES, REGION_ID, Name

PEOPLE = "population"
REVISED = 0.9
"""Revisions move a total by less than this leaves; below it parts of the sum are missing."""


def total_faults(
    folder: Path, catalog: Path, found: Iterable[tuple[Observation, Line]]
) -> Iterator[Fault]:
    """Check what totals of circles and of the three places together rest on.

    Parameters
    ----------
    folder, catalog
        The folders of facts and of the catalogue.
    found
        Every figure with its line.

    Yields
    ------
    Fault
        A full member of a circle without census population, whose lack no rule of totals would
        see; an amount of the three places together that is less than theirs.
    """
    rows = list(found)
    counted = {(r.region_code, r.year) for r, _ in rows if r.indicator == PEOPLE}
    yield from _uncounted(folder, catalog, counted)
    lines = read_csv(catalog / "indicators.csv", "catalog/indicators.csv", ("id", "summable"))
    yield from _partial({line["id"] for line in lines if line["summable"] == "yes"}, rows)


def _uncounted(folder: Path, catalog: Path, counted: set[tuple[str, str]]) -> Iterator[Fault]:
    unions = read_csv(catalog / "unions.csv", "catalog/unions.csv", ("region_code", "parts"))
    united = {line["region_code"]: line["parts"].split(";") for line in unions}
    for line in read_lines(folder, PLACE_TABLES["circles"].file, ["region_code", "role"]):
        if line["role"] not in FULL_ROLES:
            continue
        code = line["region_code"]
        for census in CENSUS_YEARS:
            parts = united.get(code, [code])
            if all((part, census) in counted for part in parts):
                continue
            what = Name(
                f"完整成员 {code} 没有{census}年普查人口，缺了它也看不出合计不全；"
                "请补上人口，或改写角色。",
                f"the full member {code} has no population in the census of {census}, so that a "
                "total without it would pass for whole; add the population, or give it another "
                "role.",
            )
            yield line.fault(what)


def _partial(summable: set[str], rows: Iterable[tuple[Observation, Line]]) -> Iterator[Fault]:
    wholes: list[tuple[Observation, Line]] = []
    least: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    for row, line in rows:
        if row.indicator not in summable or row.sector or row.category:
            continue
        if row.region_code == REGION_ID:
            wholes.append((row, line))
        elif row.region_code in PROVINCES:
            of = least[row.indicator, row.year, row.unit]
            of[row.region_code] = min(row.value, of.get(row.region_code, row.value))
    for row, line in wholes:
        parts = least[row.indicator, row.year, row.unit].values()
        if row.value < REVISED * sum(parts):
            what = Name(
                f"{row.indicator} {row.year}：京津冀写作 {row.value:g}，三地已有数字之和为 "
                f"{sum(parts):g}，是部分之和而非合计；请按出版物更正，或删去这一格。",
                f"{row.indicator} {row.year}: the three places together are {row.value:g}, their "
                f"own figures add up to {sum(parts):g}: a part of the sum and no total; correct "
                "it by the publication, or take it out.",
            )
            yield line.fault(what)
