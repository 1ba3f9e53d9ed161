"""Urban places: the districts of a city together, and each county town on its own.

A prefecture is no town: it holds counties and villages. An urban place is made of the urban
residents of the census in all districts (市辖区) of one city together, or of one county or
county-level city. Only the census of 2020 is read: districts were redrawn after 2010.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geodata.measures.aggregation import add
from geodata.records import FULL_ROLES, REGION_ID, Name, Place, Role, Value
from geodata.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Sequence


YEAR: Final = "2020"
PARTED: Final = frozenset[Role]({"partial"})
URBAN: Final = "population_urban"
DENSITY: Final = "population_density"
DENSE: Final = 1500.0
"""Residents per km² from which a district is urban as a whole, by the rule of 1999.

国家统计局《关于统计上划分城乡的规定（试行）》（国统字〔1999〕114号）.
"""
LAST_DISTRICT: Final = 20
"""Codes of districts end in 01 to 20, those of counties and county-level cities in more."""

ZONES: Final = Name(
    "按城镇人口计：一市的市辖区合为一处，各县、县级市各为一处；普查单列的开发区、管理区不在内，"
    "河北各市城区因此偏小。只用2020年普查（此前区划有变）。",
    "Urban residents: the districts of a city are one place, each county and county-level city "
    "is one; zones that the census counts apart are not in them, so Hebei's cities are somewhat "
    "small. Census of 2020 only, districts having been redrawn before.",
)


@dataclass(frozen=True, slots=True)
class Town:
    """An urban place and its urban residents; that of districts has the id of their city."""

    place: Place
    value: Value


class Towns(Study):
    """Answers the urban places of the region, a province or a circle."""

    def of(self, scope: str, least: float = 0.0, *, parts: bool = False) -> tuple[Town, ...]:
        """Return the urban places of a scope; of a circle those among its full members.

        Parameters
        ----------
        scope
            A place with counties, or a circle.
        least
            Residents per km² from which a district counts as one of its city; below it stands
            alone. 0 puts all districts together, the outer ones of Beijing and Tianjin too.
        parts
            Whether to count members of which only a part belongs as if they belonged whole.

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        districts: dict[str, list[str]] = {}
        found = []
        for code in sorted(self._counties(scope, parts=parts)):
            if is_district(code) and self._density(code) >= least:
                place = self._readings.place(code)
                districts.setdefault(place.prefecture or place.province, []).append(code)
            else:
                found.append(Town(self._readings.place(code), self._urban(code)))
        for city, codes in districts.items():
            values = [self._urban(code) for code in codes]
            if all(v.value is not None for v in values):
                found.append(Town(self._named(city, codes), add(values)))
        return tuple(town for town in found if town.value.value)

    def _named(self, city: str, codes: Sequence[str]) -> Place:
        """Return the city with a name that says which of its districts are meant."""
        place = self._readings.place(city)
        every = [c for c in self._data.regions.counties_of(city) if is_district(c)]
        if len(codes) == 1 and len(every) > 1:
            return self._readings.place(codes[0])
        if place.province == city and len(codes) == len(every):
            return place
        zh, en = f"{place.name.zh}区", f"{place.name.en} (districts)"
        if len(codes) < len(every):
            zh, en = f"{zh}（部分）", f"{place.name.en} (some districts)"
        return replace(place, name=Name(zh, en), label=Name(zh, en))

    def _counties(self, scope: str, *, parts: bool) -> frozenset[str]:
        place = self._readings.place(scope)
        if place.kind == "circle":
            return self._data.layout.counties(scope, FULL_ROLES | PARTED if parts else FULL_ROLES)
        if scope == REGION_ID:
            return frozenset(self._data.regions.codes("county"))
        return self._data.regions.counties_of(scope)

    def _density(self, code: str) -> float:
        return self._readings.value(DENSITY, code, YEAR).value or 0.0

    def _urban(self, code: str) -> Value:
        return self._readings.value(URBAN, code, YEAR)


def is_district(code: str) -> bool:
    """Tell a district of a city from a county or county-level city by its code."""
    return int(code[4:]) <= LAST_DISTRICT
