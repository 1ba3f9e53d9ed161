"""Whether the gap closes: inequality of GDP per head between the cities, σ and β.

GDP per head is GDP over year-end residents, both stated, and not the published indicator: that
one rests on other revisions of GDP before 2019 and on estimates of the population of its day. A
city whose GDP and population differ in scope (Baoding from 2024 on) has none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from geodata.errors import UnknownNameError
from geodata.measures import convergence, inequality
from geodata.measures.aggregation import computed
from geodata.measures.runs import runs
from geodata.measures.wholes import SCOPES_DIFFER
from geodata.records import FULL_ROLES, Break, Name, Place, Value
from geodata.studies.gap_findings import (
    Grower,
    Growth,
    Head,
    Split,
    Splits,
    Spread,
    Spreads,
)
from geodata.studies.hierarchy import NOTHING, Family

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.parts import Parts
    from geodata.readings import Readings

Weighting = Literal["population", "equal"]

FAMILIES: Final = {"revised": "gdp", "published": "gdp_published"}
PEOPLE: Final = "population_yearend"
YUAN: Final = 10_000.0
"""亿元 over 万人 is 10,000 yuan a head."""

ENOUGH: Final = 0.75
"""A year is read where at least this part of the cities has a figure."""

LEAST_YEARS: Final = 3
"""A growth rate over a single year says too little: a period has at least three years."""

PROVINCE: Final = "province"
REST: Final = "~"
"""Group of the cities in no circle; sorts last."""

REST_NAME: Final = Name("不在各圈之内的城市", "Cities in none of the circles")


class Gap:
    """Answers of inequality and convergence, exposed as `Atlas.gap`.

    The places are the 13 cities: Beijing, Tianjin and the 11 of Hebei.

    Parameters
    ----------
    readings
        Asked for the figures.
    parts
        The rooms behind it.
    """

    def __init__(self, readings: Readings, parts: Parts) -> None:
        self._readings = readings
        self._parts = parts
        regions = parts.regions
        cities = (c for c in regions.codes("city") if regions.places[c].kind == "city")
        self._cities = tuple(regions.places[c] for c in cities)
        self._heads = lru_cache(maxsize=None)(self._heads_of)
        self._spreads = lru_cache(maxsize=None)(self._spreads_of)
        self._splits = lru_cache(maxsize=None)(self._splits_of)
        self._growth = lru_cache(maxsize=None)(self._growth_of)

    def heads(self, year: str, family: Family = "revised") -> tuple[Head, ...]:
        """Return GDP per head of the cities that have one, in yuan at current prices.

        Raises
        ------
        UnknownNameError
            If GDP has no such year.
        """
        return self._heads(year, family)

    def years(self, family: Family = "revised") -> tuple[str, ...]:
        """Return the years in which at least three quarters of the cities have a figure."""
        least = ENOUGH * len(self._cities)
        years = self._readings.indicator(FAMILIES[family]).years.get("city", ())
        known = self._readings.indicator(PEOPLE).years.get("city", ())
        return tuple(y for y in years if y in known and len(self._heads(y, family)) >= least)

    def breaks(self, family: Family = "revised") -> tuple[Break, ...]:
        """Return the breaks of both ingredients, by year."""
        found = [b for i in (FAMILIES[family], PEOPLE) for b in self._readings.breaks(i, "city")]
        return tuple(sorted(found, key=lambda b: (b.year, b.indicator)))

    def runs(self, family: Family = "revised") -> tuple[tuple[str, ...], ...]:
        """Return the runs of years with one set of cities and no break between."""
        sets = {y: [h.place.id for h in self._heads(y, family)] for y in self.years(family)}
        return runs(sets, {b.year for b in self.breaks(family)})

    def spreads(self, family: Family = "revised", weighting: Weighting = "population") -> Spreads:
        """Return Theil, Gini, coefficient of variation and σ over the years.

        σ is never weighted. With "population" the coefficient of variation is Williamson's.
        """
        return self._spreads(family, weighting)

    def theil(
        self,
        year: str,
        family: Family = "revised",
        weighting: Weighting = "population",
        groups: str = PROVINCE,
    ) -> Split:
        """Return Theil's T of one year, split by "province" or by the circles of a scheme.

        Raises
        ------
        UnknownNameError
            If the year has too few cities, or the scheme cannot be used; the sentence says why.
        """
        splits = self.splits(family, weighting, groups)
        for split in splits.years:
            if split.year == year:
                return split
        years = ", ".join(s.year for s in splits.years)
        message = splits.reason.en or f"There is no Theil index of {year!r}; there is {years}."
        raise UnknownNameError(message)

    def latest(self, groups: str = PROVINCE) -> Split:
        """Return the split of the latest year in which no city lacks a figure, by population.

        Raises
        ------
        UnknownNameError
            As `theil`.
        """
        whole = [s.year for s in self.splits(groups=groups).years if not s.lacking]
        return self.theil(max(whole, default=""), groups=groups)

    def splits(
        self,
        family: Family = "revised",
        weighting: Weighting = "population",
        groups: str = PROVINCE,
    ) -> Splits:
        """Return Theil's T over the years, split by "province" or by the circles of a scheme.

        Each city stands in one group only. A full member (core, wing, member) of several circles
        counts in the first of them in the order of the scheme; a city that is merely radiated, or
        of which only a part belongs, counts in none; the cities of no circle form a rest.

        Raises
        ------
        UnknownNameError
            If there is no such scheme.
        """
        return self._splits(family, weighting, groups)

    def periods(self, family: Family = "revised") -> tuple[tuple[str, str], ...]:
        """Return first and last year of every run of at least three years, the longest first."""
        found = [(run[0], run[-1]) for run in self.runs(family) if len(run) >= LEAST_YEARS]
        return tuple(sorted(found, key=lambda p: (int(p[0]) - int(p[1]), p[0])))

    def growth(self, period: tuple[str, str], family: Family = "revised") -> Growth:
        """Return β-convergence over one of `periods`.

        Raises
        ------
        UnknownNameError
            If the years do not bound a run without break and with one set of cities.
        """
        return self._growth(period, family)

    def _heads_of(self, year: str, family: Family) -> tuple[Head, ...]:
        found = []
        for place in self._cities:
            gdp = self._readings.value(FAMILIES[family], place.id, year)
            people = self._readings.value(PEOPLE, place.id, year)
            differ = year >= SCOPES_DIFFER.get(place.id, "9999")
            if gdp.value is None or not people.value or differ:
                continue
            number = YUAN * gdp.value / people.value
            found.append(Head(place, computed(number, "元", year, [gdp, people]), gdp, people))
        return tuple(found)

    def _lacking(self, heads: tuple[Head, ...]) -> tuple[Place, ...]:
        there = {h.place.id for h in heads}
        return tuple(p for p in self._cities if p.id not in there)

    def _spreads_of(self, family: Family, weighting: Weighting) -> Spreads:
        found = []
        for year in self.years(family):
            heads = self._heads(year, family)
            levels, weights = _numbers(heads, weighting)
            parts = [h.value for h in heads]

            def of(number: float, parts: list[Value] = parts, year: str = year) -> Value:
                return computed(number, "", year, parts)

            found.append(
                Spread(
                    year=year,
                    n=len(heads),
                    lacking=self._lacking(heads),
                    theil=of(inequality.theil(levels, weights)),
                    gini=of(inequality.gini(levels, weights)),
                    variation=of(inequality.variation(levels, weights)),
                    sigma=of(convergence.sigma(levels)),
                )
            )
        return Spreads(tuple(found), self.runs(family), self.breaks(family))

    def _splits_of(self, family: Family, weighting: Weighting, groups: str) -> Splits:
        of_city, names = self._groups(groups)
        reason = self._reason(groups, of_city)
        if reason.zh:
            return Splits((), (), (), reason)
        found = []
        for year in self.years(family):
            heads = self._heads(year, family)
            own = [of_city[h.place.id] for h in heads]
            levels, weights = _numbers(heads, weighting)
            parts = inequality.decompose(levels, own, weights)
            found.append(
                Split(
                    year=year,
                    theil=computed(parts.total, "", year, [h.value for h in heads]),
                    parts=parts,
                    names=names,
                    cities={
                        g: tuple(h.place for h in heads if of_city[h.place.id] == g)
                        for g in dict.fromkeys(own)
                    },
                    lacking=self._lacking(heads),
                )
            )
        return Splits(
            tuple(found), self.runs(family), self.breaks(family), remarks=self._remarks(groups)
        )

    def _groups(self, groups: str) -> tuple[dict[str, str], dict[str, Name]]:
        """Return the one group of each city, and the names of the groups."""
        if groups == PROVINCE:
            places = self._parts.regions.places
            found = {p.id: p.province for p in self._cities}
            return found, {g: places[g].name for g in dict.fromkeys(found.values())}
        layout = self._parts.layout
        circles = layout.scheme(groups).circles
        found = {}
        for place in self._cities:
            full = (c.key for c in circles if layout.role(c.key, place.id) in FULL_ROLES)
            found[place.id] = next(full, REST)
        return found, {**{c.key: c.name for c in circles}, REST: REST_NAME}

    def _reason(self, groups: str, of_city: Mapping[str, str]) -> Name:
        """Say why the cities cannot be put into the circles of a scheme; empty where they can."""
        if groups == PROVINCE:
            return NOTHING
        scheme = self._parts.layout.scheme(groups)
        for circle in scheme.circles:
            if circle.missing:
                return Name(
                    f"方案“{scheme.name.zh}”中，{circle.name.zh}有{circle.missing}个成员未查到"
                    "名称，无法判定各市归属，不作分解。",
                    f'In the scheme "{scheme.name.en}" {circle.missing} members of the circle '
                    f'"{circle.name.en}" are not named by any source, so the cities cannot be '
                    "assigned and Theil's index is not split.",
                )
        if len(set(of_city.values())) < 2:  # noqa: PLR2004 - one group has no between
            return Name(
                f"方案“{scheme.name.zh}”没有把各市分成两组以上（多按县划定），不能按圈分解；"
                "请换一个方案或按省分解。",
                f'The scheme "{scheme.name.en}" does not put whole cities into at least two '
                "groups (it lists county units), so nothing can be split by circle; choose "
                "another scheme or the provinces.",
            )
        return NOTHING

    def _remarks(self, groups: str) -> tuple[Name, ...]:
        if groups == PROVINCE:
            return ()
        circles = self._parts.layout.scheme(groups).circles
        open_ones = [c.name for c in circles if c.missing is None]
        if not open_ones:
            return tuple(c.note for c in circles if c.note.zh)
        zh = "、".join(n.zh for n in open_ones)
        en = ", ".join(n.en for n in open_ones)
        return (
            Name(
                f"{zh}未公布完整边界，只计已点名的完整成员城市。",
                f"{en}: no complete published boundary, only the named whole cities are counted.",
            ),
        )

    def _growth_of(self, period: tuple[str, str], family: Family) -> Growth:
        if period not in self.periods(family):
            known = ", ".join("–".join(p) for p in self.periods(family))
            message = f"Growth is not computed over {'–'.join(period)}; choose {known}."
            raise UnknownNameError(message)
        first, last = (self._heads(y, family) for y in period)
        span = int(period[1]) - int(period[0])
        starts, ends = ([h.value.value or 0.0 for h in heads] for heads in (first, last))
        line = convergence.beta(starts, ends, span)
        cities = tuple(
            Grower(a.place, a.value, b.value, convergence.growth(x, y, span))
            for a, b, x, y in zip(first, last, starts, ends, strict=True)
        )
        ids = {s for h in (*first, *last) for s in h.value.source_ids}
        return Growth(
            first=period[0],
            last=period[1],
            cities=cities,
            line=line,
            lacking=self._lacking(first),
            source_ids=tuple(sorted(ids)),
        )


def _numbers(
    heads: tuple[Head, ...], weighting: Weighting
) -> tuple[list[float], list[float] | None]:
    levels = [h.value.value or 0.0 for h in heads]
    people = [h.people.value or 0.0 for h in heads]
    return levels, people if weighting == "population" else None
