"""What a formula of the table of claims may ask besides indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.ids import CENSUS_YEARS, HEBEI, MUNICIPALITIES, NATION, NATION_CODE, PROVINCES
from geodata.measures.concentration import herfindahl, krugman
from geodata.measures.hierarchy import missing_middle
from geodata.places.sites import distinct
from geodata.records import FigureId, Name, Value
from geodata.studies.formula import Call, FormulaError, Part, Term, part_of
from geodata.studies.links import between, flow_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.records import Site
    from geodata.studies.hierarchy import Hierarchy

GROWTH: Final = "gdp_growth_published"
WEIGHT: Final = "gdp_alike"
"""Revised in 2018: what was printed then stood on a census that put Tianjin 41% too high."""
TOTAL: Final = "TOTAL"
DISTRICTS: Final = "20"
"""The last two digits of the code of a district; those of counties are higher."""
FARMING: Final = 1
"""Sections of the workforce left out where farming is: A stands first."""


def groups(data: AtlasData) -> dict[str, tuple[str, ...]]:
    """Return the lists of places that formulas name.

    `provinces` are the three places, `cities` the 13, `hebei` the 11 of Hebei, `counties` all
    county units, `rural_counties` the counties and county-level cities of Hebei that both
    censuses have, by the areas of 2020.
    """
    regions = data.regions
    hebei = [c for c in regions.codes("city") if regions.places[c].parent == HEBEI]
    hebei = [c for c in hebei if regions.places[c].kind == "city"]
    counties = [c for c in regions.codes("county") if regions.places[c].province == HEBEI]
    return {
        "provinces": PROVINCES,
        "cities": (*MUNICIPALITIES, *hebei),
        "hebei": tuple(hebei),
        "counties": regions.codes("county"),
        "rural_counties": tuple(c for c in counties if c[4:] > DISTRICTS and _in_both(data, c)),
    }


def functions(
    readings: Readings, data: AtlasData, hierarchy: Hierarchy
) -> Mapping[str, Callable[[Call], Term]]:
    """Return the functions by the name that formulas call them with.

    ================================ ==============================================================
    `flow(indicator, from, to)`      a published flow
    `nation(letter)`                 value added of the nation by section, "TOTAL" its GDP
    `grown(places, since=2018)`      real growth in per cent to a year, or over a span such as
                                     "2018-2024": printed rates chained, weighted by the GDP of
                                     the first year
    `step(place)`                    steepest step of the city system against the rank–size rule
    `concentration(indicator, …)`    Σ s² over places, the index of Herfindahl
    `unlike(one, other)`             Σ |aᵢ − bᵢ| of the shares of industries without farming
                                     (Krugman), by the workers of a census
    `site(id)`                       the published size of a site
    `sites(kind, least=1000)`        how many there are, of that size in 亿元 where it is given
    ================================ ==============================================================
    """
    asking = _Asking(readings, data, hierarchy)
    return {
        "flow": asking.flow,
        "nation": asking.nation,
        "grown": asking.grown,
        "step": asking.step,
        "concentration": asking.concentration,
        "unlike": asking.unlike,
        "site": asking.site,
        "sites": asking.sites,
    }


class _Asking:
    def __init__(self, readings: Readings, data: AtlasData, hierarchy: Hierarchy) -> None:
        self._readings = readings
        self._data = data
        self._hierarchy = hierarchy
        self._groups = data.group_names()
        self._sites = {s.id: s for s in (*data.clusters, *data.parks)}

    def flow(self, call: Call) -> Term:
        kind, start, end = call.arguments
        for row in self._data.flows:
            told = (row["indicator"], row["origin_code"], row["destination_code"], row["year"])
            if told == (kind, start, end, call.year):
                of = between((start, end), self._groups, self._readings)
                return _term(self._readings.term("flow", kind), of, flow_value(row))
        what = Name(
            f"{call.year}年没有从{start}到{end}的 {kind}",
            f"no source gives {kind} from {start} to {end} in {call.year}",
        )
        raise FormulaError(what)

    def nation(self, call: Call) -> Term:
        (letter,) = call.arguments
        sectors = self._data.printed.sectors("value_added_sector", NATION_CODE, call.year)
        if letter not in sectors:
            what = Name(
                f"{call.year}年没有全国“{letter}”的增加值",
                f"the value added of {letter} in the nation has no figure in {call.year}",
            )
            raise FormulaError(what)
        value = sectors[letter]
        label = self._readings.term("measure", "national_value_added")
        return _term(label, self._readings.term("benchmark", NATION), value)

    def grown(self, call: Call) -> Term:
        begins, _, ends = call.year.rpartition("-")
        first, last = int(begins or call.options["since"]), int(ends)
        years = range(first + 1, last + 1)
        factors, weights, parts = [], [], []
        for place in call.arguments:
            rates = [self._part(GROWTH, place, year) for year in years]
            weight = self._part(WEIGHT, place, first)
            factors.append(np.prod([1 + (rate.value.value or 0.0) / 100 for rate in rates]))
            weights.append(weight.value.value or 0.0)
            parts += [*rates, weight]
        return Term(float(100 * (np.average(factors, weights=weights) - 1)), tuple(parts))

    def step(self, call: Call) -> Term:
        (place,) = call.arguments
        system = self._hierarchy.system(place, "towns", call.year)
        sizes = [city.value.value or 0.0 for city in system.cities]
        found = missing_middle(sizes)
        label = self._readings.indicator(system.indicator).name
        beside = system.cities[found.rank - 1 : found.rank + 1]
        return Term(
            found.factor, tuple(Part(label, city.place.name, city.value) for city in beside)
        )

    def concentration(self, call: Call) -> Term:
        indicator, *places = call.arguments
        level = self._data.regions.level_of(places[0])
        column = self._readings.values(indicator, call.year, level)
        known = dict(zip(column.codes, column.values, strict=True))
        held = [known[place] for place in places if known[place].value is not None]
        numbers = np.array([v.value for v in held], dtype=np.float64)
        number = float(herfindahl((numbers / numbers.sum())[None, :])[0])
        sources = tuple(sorted({s for v in held for s in v.source_ids}))
        value = Value(number, "", call.year, "computed", sources)
        of = Name(f"{len(held)}个单元", f"{len(held)} units")
        return _term(self._readings.indicator(indicator).name, of, value)

    def unlike(self, call: Call) -> Term:
        one, other = (self._data.workforce[call.year].rows[place] for place in call.arguments)
        shares = [row.counts[FARMING:] / row.counts[FARMING:].sum() for row in (one, other)]
        number = float(krugman(shares[0][None, :], shares[1])[0])
        sources = tuple(sorted({*one.sources, *other.sources}))
        names = [self._readings.place(place).name for place in call.arguments]
        of = Name("—".join(n.zh for n in names), "–".join(n.en for n in names))
        value = Value(number, "", call.year, "computed", sources)
        return _term(self._readings.term("measure", "job_difference"), of, value)

    def site(self, call: Call) -> Term:
        (name,) = call.arguments
        site = self._sites.get(name)
        if site is None or site.scale is None or site.scale.value is None:
            what = Name(f"没有带规模的“{name}”", f"there is no site {name} with a size")
            raise FormulaError(what)
        return Term(site.scale.value, (_part(site),))

    def sites(self, call: Call) -> Term:
        kinds, least = set(call.arguments), float(call.options.get("least", "0"))
        found = distinct([s for s in self._sites.values() if s.kind in kinds])
        sized = [s for s in found if not least or _size(s) >= least]
        return Term(float(len(sized)), tuple(map(_part, sized)))

    def _part(self, indicator: str, place: str, year: int) -> Part:
        return part_of(self._readings, FigureId(indicator, place, str(year)))


def _in_both(data: AtlasData, county: str) -> bool:
    years = (data.chosen.slice("population_urban", "county", year) for year in CENSUS_YEARS)
    return all(county in found and found[county].value is not None for found in years)


def _size(site: Site) -> float:
    return (site.scale.value or 0.0) if site.scale and site.scale.unit == "亿元" else 0.0


def _part(site: Site) -> Part:
    value = site.scale or Value(None, "", site.year, None, site.source_ids)
    return Part(site.name, site.name, value)


def _term(label: Name, of: Name, value: Value) -> Term:
    return Term(value.value or 0.0, (Part(label, of, value),))
