"""What the study of the gap finds: records of one year, of all years, of one period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.studies.systems import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.measures.convergence import Beta
    from geodata.measures.inequality import Decomposition
    from geodata.records import Break, Name, Place, Value


@dataclass(frozen=True, slots=True)
class Head:
    """A city's GDP per head in one year with its two ingredients (yuan; 亿元; 万人)."""

    place: Place
    value: Value
    gdp: Value
    people: Value


@dataclass(frozen=True, slots=True)
class Spread:
    """Inequality between the cities in one year, by four measures, each with its sources."""

    year: str
    n: int
    lacking: tuple[Place, ...]
    theil: Value
    gini: Value
    variation: Value
    sigma: Value


@dataclass(frozen=True, slots=True)
class Split:
    """Theil's T of one year, between and within groups; `names` by the id of a group.

    `cities` are the members of each group that have a figure. Where circles are the groups and
    one is a single city, that city is all difference between and none within: `without` is the
    same without the `lone` cities, None where there are none or too few groups stay.
    """

    year: str
    theil: Value
    parts: Decomposition
    names: Mapping[str, Name]
    cities: Mapping[str, tuple[Place, ...]]
    lacking: tuple[Place, ...]
    lone: tuple[Place, ...] = ()
    without: Decomposition | None = None


@dataclass(frozen=True, slots=True)
class Splits:
    """A decomposition over the years, in runs that may be joined; or why there is none."""

    years: tuple[Split, ...]
    runs: tuple[tuple[str, ...], ...]
    breaks: tuple[Break, ...]
    reason: Name = NOTHING
    remarks: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Spreads:
    """Inequality over the years, in runs that may be joined."""

    years: tuple[Spread, ...]
    runs: tuple[tuple[str, ...], ...]
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Grower:
    """A city's initial GDP per head and its mean growth (log points a year)."""

    place: Place
    first: Value
    last: Value
    growth: float


@dataclass(frozen=True, slots=True)
class Growth:
    """β-convergence over one period: the cities and the line through them."""

    first: str
    last: str
    cities: tuple[Grower, ...]
    line: Beta
    lacking: tuple[Place, ...]
    source_ids: tuple[str, ...]
