"""What a register that was counted can tell of entry and exit, of nearness, and of clusters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from pyproj import Transformer

from geodata.ids import OWN_ID
from geodata.measures.agglomeration import Bands, Pairs, bands
from geodata.measures.clustering import clusters
from geodata.own.errors import OwnError
from geodata.own.firms.counts import axes_of, read_cube
from geodata.own.firms.cube import DIVISIONS, EARLIER, FIRST_YEAR, cell_of
from geodata.own.firms.figures import COUNT, LEAST, present, stock_of
from geodata.own.firms.keeping import POINTS
from geodata.own.firms.measured import gammas, survival_of, turnover_of
from geodata.own.firms.preparing import counties
from geodata.own.firms.spots import Spots, cells_of, spots_in
from geodata.own.firms.structure import Structures
from geodata.places.boundaries import ALBERS
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from geodata.measures.demography import Survival
    from geodata.own.firms.cube import Cube
    from geodata.own.firms.spots import Cells
    from geodata.own.store import Stored
    from geodata.places.regions import Regions
    from geodata.records import Site

    Floats = NDArray[np.float64]

AREA_KM2: Final = 217_000
"""About, of the three places: by it a mean density is reckoned."""
DENSER: Final = 10
"""Times the mean density from which a place is at the core of a cluster."""
FINE: Final = (250.0, 1_000.0)
COARSE: Final = (1_000.0, 2_000.0)
"""Side of a cell and radius, metres: of points, and of cells of 0.01° where no points are kept."""
MARGIN: Final = 2_000.0
MOST_CLUSTERS: Final = 15


@dataclass(frozen=True, slots=True)
class Moves:
    """Entry and exit by year, shape (years,), NaN where fewer than `LEAST` firms were there.

    `births` and `deaths` are counts, `entry` and `exit` the parts of the stock at the beginning.
    """

    years: tuple[int, ...]
    entry: Floats
    exit: Floats
    births: NDArray[np.int64]
    deaths: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gamma:
    """How concentrated a division is, and how many firms of it are there."""

    division: int
    gamma: float
    firms: int


@dataclass(frozen=True, slots=True)
class Distances:
    """The density of the distances between firms of a division, per km, and its bands."""

    division: int
    firms: int
    km: Floats
    density: Floats
    bands: Bands


@dataclass(frozen=True, slots=True)
class FirmCluster:
    """A cluster of firms: how many, the county of its densest cell, the named sites there."""

    firms: int
    county: str
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class Clustered:
    """The largest clusters of the firms of a division (None: of all) and what stands beside.

    `found` is how many there are, `inside` their firms of `firms` in all; `least` firms within
    `radius` metres make a core. `beside` counts the firms there are in the counties of each named
    site; `wider` named sites are told to a city only. No list gives the points of sites.
    """

    firms: int
    found: int
    inside: int
    least: int
    radius: float
    clusters: tuple[FirmCluster, ...]
    beside: tuple[tuple[Site, int], ...]
    wider: int


class OwnFirms:
    """A register that a reader has brought along, counted.

    Parameters
    ----------
    stored
        The set.
    regions
        What lies in what.
    sites
        Named parks and clusters.

    Raises
    ------
    OwnError
        If the set does not tell what its counts run over.
    """

    def __init__(self, stored: Stored, regions: Regions, sites: Sequence[Site]) -> None:
        self.name, self._folder = stored.name, stored.folder
        self.source_id = OWN_ID + stored.name
        self.unit = COUNT.unit
        try:
            self._axes = axes_of(stored.manifest)
            self._counties = int(stored.manifest["axes"]["counties"])
        except (KeyError, TypeError, ValueError) as error:
            raise OwnError(of="damaged", name=stored.name, why=error) from None
        self._regions, self._sites = regions, sites
        self.moves = cache(self._moves)
        self.survival = cache(self._survival)
        self.distances = lru_cache(maxsize=DIVISIONS)(self._distances)
        self.clustered = lru_cache(maxsize=DIVISIONS)(self._clustered)
        self.spots = lru_cache(maxsize=2)(self._spots)

    @property
    def last(self) -> int:
        """The last year that the register can tell of; it need not be over."""
        return self._axes.last

    @cached_property
    def cube(self) -> Cube:
        """The counts.

        Raises
        ------
        OwnError
            If they cannot be read.
        """
        try:
            return read_cube(self._folder, self._axes)
        except (OSError, ValueError, KeyError) as error:
            raise OwnError(of="damaged", name=self.name, why=error) from None

    @cached_property
    def structures(self) -> Structures:
        """The structure of its firms in any year."""
        return Structures(self.cube, self._positions, REGION_ID)

    @cached_property
    def firms(self) -> NDArray[np.int64]:
        """Firms that are there by division, shape (98,)."""
        return np.asarray(present(self.cube).sum(0))

    @property
    def largest(self) -> int:
        """The division with the most firms, 0 where none is known."""
        known = self.firms.copy()
        known[0] = 0
        return int(known.argmax())

    @property
    def by_staff(self) -> bool:
        """Whether most firms tell their staff, by which γ is reckoned then."""
        return bool(2 * self.cube.told[0].sum() >= max(1, self.firms.sum()))

    @property
    def dated(self) -> bool:
        """Whether any firm tells when it was founded or closed."""
        return bool((self.cube.born + self.cube.gone)[:, :, EARLIER:].any())

    @property
    def closes(self) -> bool:
        """Whether any firm tells when it closed."""
        return bool(self.cube.gone[:, :, EARLIER:].any())

    @property
    def pointed(self) -> bool:
        """Whether any firm has a point."""
        return bool(self.cube.counts.sum())

    @property
    def keeps_points(self) -> bool:
        """Whether the points of its firms are kept: those of a large register are not."""
        return self.pointed and (self._folder / POINTS).is_file()

    def by_county(self, division: int | None) -> dict[str, int]:
        """Return the firms that are there by the code of their county; none where there is none."""
        firms = present(self.cube)[: self._counties, _of(division)].sum(1).tolist()
        return {one: n for one, n in zip(self._axes.places, firms, strict=False) if n}

    def cells(self, division: int | None) -> Cells:
        """Return the firms that are there by cell."""
        return cells_of(self.cube, division)

    def _spots(self, division: int | None) -> Spots:
        """Return the points of the firms that are there; the register keeps them."""
        return spots_in(self._folder / POINTS, division)

    def _moves(self, place: str, division: int | None) -> Moves:
        """Return entry and exit of a place, of a division or of all, up to the last dated year."""
        at, some = self._positions(place), _of(division)
        births = (self.cube.born - self.cube.lost)[at, some].sum((0, 1))[EARLIER + 1 :]
        deaths = self.cube.gone[at, some].sum((0, 1))[EARLIER + 1 :]
        rates = turnover_of(self.cube, at, division)
        stock = stock_of(self.cube)[at, some].sum((0, 1))[EARLIER:-1]
        few = stock < LEAST
        seen = np.flatnonzero(births + deaths)
        until = int(seen[-1]) + 1 if seen.size else 0
        first = int(np.flatnonzero(~few)[0]) if (~few).any() else until
        entry, leaving = (np.where(few, np.nan, one) for one in (rates.entry, rates.exit))
        span = slice(first, until)
        years = tuple(range(FIRST_YEAR + first, FIRST_YEAR + until))
        return Moves(years, entry[span], leaving[span], births[span], deaths[span])

    @cached_property
    def follows_places(self) -> bool:
        """Whether the lives of firms were counted by place, which older sets have not."""
        return bool(self.cube.lives.any())

    def _survival(self, place: str, division: int | None) -> Survival:
        """Return the share of firms still there by age; see `demography.survival`.

        Lives are counted by place or by division: those of a division are of the whole region.
        """
        whole = place == REGION_ID or division is not None
        return survival_of(self.cube, division, None if whole else self._positions(place))

    @cached_property
    def gammas(self) -> tuple[Gamma, ...]:
        """γ of Ellison and Glaeser of the divisions with `LEAST` firms, the largest first."""
        found = gammas(self.cube, self._counties, by_staff=self.by_staff)
        of = [Gamma(d, float(found[d]), int(self.firms[d])) for d in range(1, DIVISIONS)]
        told = [one for one in of if one.firms >= LEAST and np.isfinite(one.gamma)]
        return tuple(sorted(told, key=lambda one: -one.gamma))

    def _distances(self, division: int) -> Distances | None:
        """Return K of Duranton and Overman of a division; None under `LEAST` firms with a point."""
        number, firms = self.cube.cells, self.cube.counts
        of = number % DIVISIONS == division
        n = int(firms[of].sum())
        if n < LEAST:
            return None
        x, y = to_metres(*cell_of(number))
        pairs = _raster(x, y)
        everyone = pairs.count(x, y, firms)
        counts = pairs.count(x[of], y[of], firms[of])
        band = bands(pairs, everyone, n, np.random.default_rng(division))
        low, high, lowest, highest = (
            1000 * one for one in (band.low, band.high, band.lowest, band.highest)
        )
        per_km = Bands(low, high, lowest, highest)
        return Distances(division, n, pairs.distances / 1000, 1000 * pairs.density(counts), per_km)

    def _clustered(self, division: int | None) -> Clustered | None:
        """Return the clusters of a division or of all; None under `LEAST` firms with a point."""
        (cell, radius), x, y, firms = self._points(division)
        n = int(firms.sum())
        if n < LEAST:
            return None
        expected = n * np.pi * (radius / 1000) ** 2 / AREA_KM2
        least = max(LEAST, int(np.ceil(DENSER * expected)))
        found = clusters(x, y, radius, least, cell, firms)
        sizes = found.sizes()
        shown = []
        for at in range(min(len(sizes), MOST_CLUSTERS)):
            own = np.flatnonzero(found.label == at)
            county = _county(found.x[own], found.y[own], found.firms[own])
            there = tuple(one for one in self._sites_told if county in one.regions)
            shown.append(FirmCluster(int(sizes[at]), county, there))
        return Clustered(
            firms=n,
            found=len(sizes),
            inside=int(sizes.sum()),
            least=least,
            radius=radius,
            clusters=tuple(shown),
            beside=self._beside(division),
            wider=len(self._sites) - len(self._sites_told),
        )

    @cached_property
    def _sites_told(self) -> tuple[Site, ...]:
        """Named sites that are told to counties."""
        known = frozenset(self._axes.places[: self._counties])
        return tuple(one for one in self._sites if one.regions and known.issuperset(one.regions))

    def _beside(self, division: int | None) -> tuple[tuple[Site, int], ...]:
        """Return the firms in the counties of each named site, the most first."""
        there = present(self.cube)[:, _of(division)].sum(1)
        order = {code: at for at, code in enumerate(self._axes.places)}
        found = [
            (one, int(there[[order[code] for code in one.regions]].sum()))
            for one in self._sites_told
        ]
        return tuple(sorted((one for one in found if one[1]), key=lambda one: -one[1]))

    def _points(
        self, division: int | None
    ) -> tuple[tuple[float, float], Floats, Floats, NDArray[np.int64]]:
        """Return the grain of the points that are kept, metres east and north, and firms."""
        path = self._folder / POINTS
        if path.is_file():
            kept = self.spots(division)
            return (FINE, *to_metres(kept.lon, kept.lat), np.ones(len(kept.lon), np.int64))
        number, firms = self.cube.cells, self.cube.counts
        of = slice(None) if division is None else number % DIVISIONS == division
        return (COARSE, *to_metres(*cell_of(number[of])), firms[of])

    def _positions(self, place: str) -> list[int]:
        """Return the positions of the places that lie in one, itself included."""
        if place == REGION_ID:
            return list(range(len(self._axes.places)))
        return [
            at
            for at, code in enumerate(self._axes.places)
            if place in {code, *(one.id for one in self._regions.parents(code))}
        ]


def own_firms(
    sets: Iterable[Stored],
    regions: Regions,
    sites: Sequence[Site],
    tell: Callable[[str, OwnError], None],
) -> tuple[OwnFirms, ...]:
    """Return the registers of sets; `tell` is told of each that cannot be used, and why."""
    found = []
    for stored in sets:
        try:
            found.append(OwnFirms(stored, regions, sites))
        except OwnError as error:
            tell(stored.name, error)
    return tuple(found)


def to_metres(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return metres of the projection in which areas are measured here."""
    x, y = _transformer().transform(lon, lat)
    return np.asarray(x), np.asarray(y)


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:4326", ALBERS, always_xy=True)


def _of(division: int | None) -> slice:
    return slice(None) if division is None else slice(division, division + 1)


def _raster(x: Floats, y: Floats) -> Pairs:
    """Return a raster of 1 km around points."""
    west, south = float(x.min()) - MARGIN, float(y.min()) - MARGIN
    across, up = (
        int((one.max() + MARGIN - low) // 1000) + 1 for one, low in ((x, west), (y, south))
    )
    return Pairs((west, south), (up, across))


def _county(x: Floats, y: Floats, firms: NDArray[np.int64]) -> str:
    """Return the code of the county of the densest cell, "" where it lies in none."""
    best = int(firms.argmax())
    lon, lat = _transformer().transform(x[best : best + 1], y[best : best + 1], direction="INVERSE")
    county = int(counties().county_of(np.asarray(lon), np.asarray(lat))[0])
    return counties().codes[county] if county >= 0 else ""
