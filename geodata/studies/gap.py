"""Whether the gap closes: inequality of GDP per head between the cities, σ and β.

GDP per head is GDP over year-end residents, both stated, and not the figure as first published,
which rests on other revisions of GDP before 2019 and on estimates of the population of its day. A
city whose GDP and population differ in scope (Baoding from 2024 on) has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from geodata.catalog.derive import SCOPES_DIFFER
from geodata.errors import UnknownNameError
from geodata.measures import convergence, inequality
from geodata.measures.aggregation import computed
from geodata.measures.runs import runs
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
from geodata.studies.gap_words import boundaries, told_of, why_not
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.studies.hierarchy import Family

Weighting = Literal["population", "equal"]

FAMILIES: Final = {"revised": "gdp_alike", "published": "gdp_published"}
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


class Gap(Study):
    """Answers of inequality and convergence, exposed as `Atlas.gap`.

    The places are the 13 cities: Beijing, Tianjin and the 11 of Hebei.
    """

    def __init__(self, readings: Readings, data: AtlasData) -> None:
        super().__init__(readings, data)
        regions = data.regions
        cities = (c for c in regions.codes("city") if regions.places[c].kind == "city")
        self._cities = tuple(regions.places[c] for c in cities)

    def heads(self, year: str, family: Family = "revised") -> tuple[Head, ...]:
        """Return GDP per head of the cities that have one, in yuan at current prices.

        Raises
        ------
        UnknownNameError
            If GDP has no such year.
        """
        return self._heads_of(year, family)

    def years(self, family: Family = "revised") -> tuple[str, ...]:
        """Return the years in which at least three quarters of the cities have a figure."""
        least = ENOUGH * len(self._cities)
        years = self._readings.indicator(FAMILIES[family]).years.get("city", ())
        known = self._readings.indicator(PEOPLE).years.get("city", ())
        return tuple(y for y in years if y in known and len(self._heads_of(y, family)) >= least)

    def breaks(self, family: Family = "revised") -> tuple[Break, ...]:
        """Return the breaks of both ingredients, by year."""
        found = [b for i in (FAMILIES[family], PEOPLE) for b in self._readings.breaks(i, "city")]
        return tuple(sorted(found, key=lambda b: (b.year, b.indicator)))

    def runs(self, family: Family = "revised") -> tuple[tuple[str, ...], ...]:
        """Return the runs of years with one set of cities and no break between."""
        sets = {y: [h.place.id for h in self._heads_of(y, family)] for y in self.years(family)}
        return runs(sets, {b.year for b in self.breaks(family)})

    def spreads(self, family: Family = "revised", weighting: Weighting = "population") -> Spreads:
        """Return Theil, Gini, coefficient of variation and σ over the years.

        σ is never weighted. With "population" the coefficient of variation is Williamson's.
        """
        return self._spreads_of(family, weighting)

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
        of which only a part belongs, counts in none; the cities of no circle form a rest. A year
        in which the cities with a figure are too little of a circle of several has no split.

        Raises
        ------
        UnknownNameError
            If there is no such scheme.
        """
        return self._splits_of(family, weighting, groups)

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
        return self._growth_of(period, family)

    @kept()
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

    @kept()
    def _spreads_of(self, family: Family, weighting: Weighting) -> Spreads:
        found = []
        for year in self.years(family):
            heads = self._heads_of(year, family)
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

    @kept()
    def _splits_of(self, family: Family, weighting: Weighting, groups: str) -> Splits:
        of_city, names = self._groups(groups)
        scheme = None if groups == PROVINCE else self._data.layout.scheme(groups)
        reason = why_not(scheme, set(of_city.values()))
        if reason.zh:
            return Splits((), (), (), reason)
        found, withheld = [], []
        for year in self.years(family):
            heads = self._heads_of(year, family)
            if any(not self._stands(group, heads, year) for group in set(of_city.values())):
                withheld.append(year)
                continue
            found.append(self._split(heads, of_city, names, (year, weighting, groups)))
        shown = {split.year for split in found}
        joined = tuple(kept for run in self.runs(family) if (kept := _within(run, shown)))
        told = (*boundaries(scheme), *told_of(found, withheld))
        return Splits(tuple(found), joined, self.breaks(family), remarks=told)

    def _split(
        self,
        heads: tuple[Head, ...],
        of_city: Mapping[str, str],
        names: Mapping[str, Name],
        asked: tuple[str, Weighting, str],
    ) -> Split:
        year, weighting, groups = asked
        own = [of_city[h.place.id] for h in heads]
        parts = _decomposed(heads, own, weighting)
        lone = tuple(h for h in heads if groups != PROVINCE and _is_alone(of_city[h.place.id], own))
        others = tuple(h for h in heads if h not in lone)
        rest = [of_city[h.place.id] for h in others]
        without = _decomposed(others, rest, weighting) if lone and len(set(rest)) > 1 else None
        return Split(
            year=year,
            theil=computed(parts.total, "", year, [h.value for h in heads]),
            parts=parts,
            names=names,
            cities={
                g: tuple(h.place for h in heads if of_city[h.place.id] == g)
                for g in dict.fromkeys(own)
            },
            lacking=self._lacking(heads),
            lone=tuple(h.place for h in lone),
            without=without,
        )

    def _stands(self, group: str, heads: tuple[Head, ...], year: str) -> bool:
        """Tell whether the cities with a figure make up a circle; one of a single city may stand.

        Its split says so beside the figure, see `Split.lone`.
        """
        if "/" not in group:
            return True
        units = self._data.layout.full_units(group)
        if len({p.id for p in self._cities} & set(units)) == 1:
            return True
        used = [h.place.id for h in heads if h.place.id in units]
        return self._data.wholes.covering.of(group, used, year).is_total

    def _groups(self, groups: str) -> tuple[dict[str, str], dict[str, Name]]:
        """Return the one group of each city, and the names of the groups."""
        if groups == PROVINCE:
            places = self._data.regions.places
            found = {p.id: p.province for p in self._cities}
            return found, {g: places[g].name for g in dict.fromkeys(found.values())}
        layout = self._data.layout
        circles = layout.scheme(groups).circles
        found = {}
        for place in self._cities:
            full = (c.key for c in circles if layout.role(c.key, place.id) in FULL_ROLES)
            found[place.id] = next(full, REST)
        return found, {**{c.key: c.name for c in circles}, REST: REST_NAME}

    @kept()
    def _growth_of(self, period: tuple[str, str], family: Family) -> Growth:
        if period not in self.periods(family):
            known = ", ".join("–".join(p) for p in self.periods(family))
            message = f"Growth is not computed over {'–'.join(period)}; choose {known}."
            raise UnknownNameError(message)
        first, last = (self._heads_of(y, family) for y in period)
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


def _decomposed(
    heads: tuple[Head, ...], groups: list[str], weighting: Weighting
) -> inequality.Decomposition:
    levels, weights = _numbers(heads, weighting)
    return inequality.decompose(levels, groups, weights)


def _is_alone(group: str, groups: list[str]) -> bool:
    return group != REST and groups.count(group) == 1


def _within(run: tuple[str, ...], shown: set[str]) -> tuple[str, ...]:
    return tuple(year for year in run if year in shown)
