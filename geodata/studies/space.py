"""Where an industry clusters: spatial autocorrelation of the counties, as the build kept it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

from geodata.build.autocorrelation import EXAMINED, HEADLINES, QUOTIENTS
from geodata.errors import CacheError, UnknownNameError
from geodata.measures.space import LOCAL_PERMUTATIONS, PERMUTATIONS, RATE, SEED, WEIGHTS
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    import pandas as pd

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.records import Place

LocalKind = Literal["HH", "HL", "LH", "LL", "none", "na"]
HotKind = Literal["hot", "cold", "none", "na"]
FEWER: Final = "places without a value are nobody's neighbours"
ISLANDS: Final = "places without a neighbour that has a value are left out"


@dataclass(frozen=True, slots=True)
class Setting:
    """What was examined and how.

    `year` stands alone: the weights are among the counties with a value in it. `islands` have a
    value and no neighbour with one; `left_out` have no value. `reason` says in a note fragment
    why nothing could be computed, "" where it could; `note` what a reader should know.
    """

    indicator: str
    year: str
    weights: str
    permutations: int
    seed: int
    n: int
    islands: tuple[Place, ...]
    left_out: tuple[Place, ...]
    source_ids: tuple[str, ...]
    reason: str
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GlobalMoran:
    """Global Moran's I, `expected` without any pattern, z and two-sided p of the permutations."""

    setting: Setting
    statistic: float | None
    expected: float | None
    z: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """A county in the LISA map.

    `kind` is HH, HL, LH or LL where q ≤ the rate of false discoveries, "none" elsewhere and "na"
    where there is no value or no neighbour; `statistic` is local Moran.
    """

    place: Place
    kind: LocalKind
    statistic: float | None
    p: float | None
    q: float | None


@dataclass(frozen=True, slots=True)
class HotPlace:
    """A county in the Gi* map; `z` is the standardised Gi*, `kind` as in `LocalPlace`."""

    place: Place
    kind: HotKind
    z: float | None
    p: float | None
    q: float | None


@dataclass(frozen=True, slots=True)
class LocalPattern:
    """Local Moran of all counties, in their fixed order; `rate` is the false discovery rate."""

    setting: Setting
    rate: float
    places: tuple[LocalPlace, ...]


@dataclass(frozen=True, slots=True)
class HotPattern:
    """Gi* of all counties, in their fixed order."""

    setting: Setting
    rate: float
    places: tuple[HotPlace, ...]


class Space(Study):
    """Global and local spatial statistics, kept once read.

    An `industry` is a key such as "manufacturing", whose location quotient is examined; where it
    is not one, the id of an indicator that the build examined. Every result holds for every
    benchmark, as a quotient is a share over a constant.
    """

    def __init__(self, readings: Readings, data: AtlasData) -> None:
        """Take the readings and the frames of the build."""
        self._readings = readings
        self._frames = {"moran": data.moran, "local": data.local}
        self._counties = data.regions.codes("county")

    def moran(self, industry: str, year: str, weights: str = "queen") -> GlobalMoran:
        """Return global Moran's I of an industry or indicator in a year.

        Raises
        ------
        UnknownNameError
            If the build has not examined it, or there is no such neighbourhood.
        CacheError
            If the atlas was opened without a build.
        """
        key = self._key(industry, year, weights)
        row = self._row(*key)
        numbers = (_number(row[name]) for name in ("statistic", "expected", "z", "p"))
        return GlobalMoran(self._read_setting(*key, PERMUTATIONS), *numbers)

    def headlines(self, weights: str = "queen") -> tuple[GlobalMoran, ...]:
        """Return global Moran's I of the three telling indicators; errors as `moran`."""
        return tuple(self.moran(indicator, year, weights) for indicator, year in HEADLINES)

    def local(self, industry: str, year: str, weights: str = "queen") -> LocalPattern:
        """Return local Moran of all counties; errors as `moran`."""
        return self._read_local(*self._key(industry, year, weights))

    def hot(self, industry: str, year: str, weights: str = "queen") -> HotPattern:
        """Return Gi* of all counties; errors as `moran`."""
        return self._read_hot(*self._key(industry, year, weights))

    def _key(self, industry: str, year: str, weights: str) -> tuple[str, str, str]:
        indicator = QUOTIENTS.get(industry, industry)
        if (indicator, year) not in EXAMINED:
            message = (
                f"There are no spatial statistics of {industry!r} in {year!r}; there are those of "
                f"the {len(QUOTIENTS)} industries in 2010 and 2020."
            )
            raise UnknownNameError(message)
        if weights not in WEIGHTS:
            message = f"There is no neighbourhood {weights!r}; choose {' or '.join(WEIGHTS)}."
            raise UnknownNameError(message)
        return indicator, year, weights

    def _of(self, frame: str, indicator: str, year: str, weights: str) -> pd.DataFrame:
        found = self._frames[frame]
        if found.empty:
            message = "The spatial statistics come with a build; run: jjj-atlas build"
            raise CacheError(message)
        wanted = (found["indicator"] == indicator) & (found["year"] == year)
        return found[wanted & (found["weights"] == weights)]

    def _row(self, indicator: str, year: str, weights: str) -> dict[str, object]:
        rows = self._of("moran", indicator, year, weights).to_dict("records")
        return cast("dict[str, object]", rows[0])

    @kept()
    def _read_setting(self, indicator: str, year: str, weights: str, permutations: int) -> Setting:
        row = self._row(indicator, year, weights)
        islands, left_out = (
            tuple(self._readings.place(c) for c in str(row[name]).split(";") if c)
            for name in ("islands", "left_out")
        )
        column = self._readings.values(indicator, year, "county")
        pairs = zip(column.codes, column.values, strict=True)
        cited = {source for _, value in pairs for source in value.source_ids}
        reason = str(row["reason"])
        notes = (*((FEWER,) if left_out else ()), *((ISLANDS,) if islands else ()))
        return Setting(
            indicator,
            year,
            weights,
            permutations,
            SEED,
            int(str(row["n"])),
            islands,
            left_out,
            tuple(sorted(cited)),
            reason,
            notes,
        )

    def _cells(self, indicator: str, year: str, weights: str) -> list[_Cells]:
        frame = self._of("local", indicator, year, weights)[["region_code", *_Cells._fields]]
        found = {code: _Cells(*cells) for code, *cells in frame.itertuples(index=False)}
        return [found.get(code, _NOTHING) for code in self._counties]

    @kept()
    def _read_local(self, indicator: str, year: str, weights: str) -> LocalPattern:
        places = tuple(
            LocalPlace(self._readings.place(code), cell.kind, cell.statistic, cell.p, cell.q)
            for code, cell in zip(
                self._counties, self._cells(indicator, year, weights), strict=True
            )
        )
        setting = self._read_setting(indicator, year, weights, LOCAL_PERMUTATIONS)
        return LocalPattern(setting, RATE, places)

    @kept()
    def _read_hot(self, indicator: str, year: str, weights: str) -> HotPattern:
        places = tuple(
            HotPlace(self._readings.place(code), cell.hot, cell.z, cell.p, cell.q)
            for code, cell in zip(
                self._counties, self._cells(indicator, year, weights), strict=True
            )
        )
        setting = self._read_setting(indicator, year, weights, LOCAL_PERMUTATIONS)
        return HotPattern(setting, RATE, places)


class _Cells(NamedTuple):
    kind: LocalKind
    statistic: float | None
    hot: HotKind
    z: float | None
    p: float | None
    q: float | None


_NOTHING: Final = _Cells("na", None, "na", None, None, None)


def _number(cell: object) -> float | None:
    number = float(str(cell))
    return None if number != number else number  # noqa: PLR0124 - NaN is the one that differs
