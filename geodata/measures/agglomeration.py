"""How close the firms of an industry are to one another, beyond what chance and size explain.

Ellison and Glaeser (1997, Journal of Political Economy 105:889-927) compare shares of counties and
allow for the size of firms. Duranton and Overman (2005, Review of Economic Studies 72:1077-1106)
take the distances of all pairs, free of borders. Pairs are counted here by the offsets between
cells of a raster, all at once by one Fourier transform, so that the cost is that of the raster.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import fft

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WITHIN_CELL: Final = 0.521405433
"""Mean distance of two random points of a square of side 1: (2 + √2 + 5 arsinh 1) / 15."""
BIN_M: Final = 250.0
TAIL: Final = 6
"""Bandwidths beyond which the kernel is nothing."""
STEP_M: Final = 1_000.0
DRAWS: Final = 100
SIDE: Final = 0.05
"""Share of draws that lie above, and below, a band."""


def herfindahl(staff: float, squares: float) -> float:
    """Return the Herfindahl index of the firms of an industry.

    Parameters
    ----------
    staff, squares
        Sum over firms of their staff, and of its square.

    Returns
    -------
    float
        1 / n for n firms of one size; NaN without staff.
    """
    return squares / staff**2 if staff else float("nan")


def ellison_glaeser(industry: Floats, everyone: Floats, plants: float) -> float:
    """Return γ of Ellison and Glaeser.

    Parameters
    ----------
    industry
        Staff (or firms) of the industry by place, shape (places,).
    everyone
        Staff (or firms) of all industries by place.
    plants
        Herfindahl index of the firms of the industry (`herfindahl`; 1 / n for counts of firms).

    Returns
    -------
    float
        About 0 for firms that chose their places at random, 0.05 and more for a concentrated
        industry, below 0 for one that keeps apart; NaN where there is nothing to compare (no
        staff, all of it in one place or one firm).
    """
    if not industry.sum() or not everyone.sum():
        return float("nan")
    own, all_ = industry / industry.sum(), everyone / everyone.sum()
    spread = 1 - float((all_**2).sum())
    if spread <= 0 or not plants < 1:
        return float("nan")
    return (float(((own - all_) ** 2).sum()) / spread - plants) / (1 - plants)


@dataclass(frozen=True)
class Pairs:
    """Cells of a raster in metres, by which pairs are counted.

    `origin` is the south-west corner, `shape` rows and columns, `cell` the side of a cell and
    `reach` the largest distance that is asked for, in metres; `bandwidth` is that of the kernel.
    """

    origin: tuple[float, float]
    shape: tuple[int, int]
    cell: float = 1_000.0
    reach: float = 180_000.0
    bandwidth: float = 5_000.0
    distances: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Lay out the distances, one each kilometre."""
        distances = np.arange(0, self.reach + STEP_M, STEP_M)
        object.__setattr__(self, "distances", distances)

    def count(
        self, x: Floats, y: Floats, firms: NDArray[np.int64] | None = None
    ) -> NDArray[np.int64]:
        """Return points by cell, of `shape`.

        Parameters
        ----------
        x, y
            Metres of a projection with little distortion; all within the raster.
        firms
            How many stand at each point; one by default.

        Raises
        ------
        ValueError
            If a point lies outside of the raster.
        """
        at = [
            np.floor((one - begin) / self.cell).astype(np.int64)
            for one, begin in zip((y, x), self.origin[::-1], strict=True)
        ]
        flat = np.ravel_multi_index((at[0], at[1]), self.shape)
        size = self.shape[0] * self.shape[1]
        return np.bincount(flat, firms, minlength=size).astype(np.int64).reshape(self.shape)

    def density(self, counts: NDArray[np.int64]) -> Floats:
        """Return K of Duranton and Overman at `distances`: the density of distances of pairs.

        Parameters
        ----------
        counts
            Firms by cell.

        Returns
        -------
        ndarray
            Per metre; the kernel is Gaussian and reflected at zero. NaN under two firms.
        """
        n = int(counts.sum())
        if n < 2:  # noqa: PLR2004 - a pair
            return np.full(len(self.distances), np.nan)
        spectrum = fft.rfft2(counts.astype(np.float64), self._padded)
        alike = fft.irfft2(spectrum * spectrum.conj(), self._padded)
        found = np.maximum(alike[self._rows[:, None], self._columns[None, :]], 0)
        found[self._zero] -= n
        found[:, 0] /= 2
        weights = np.bincount(self._bins, found.ravel(), minlength=self._kernel.shape[1])
        return self._kernel @ weights[: self._kernel.shape[1]] / (n * (n - 1) / 2)

    @cached_property
    def _pad(self) -> int:
        return int((self.reach + TAIL * self.bandwidth) / self.cell) + 2

    @cached_property
    def _padded(self) -> tuple[int, int]:
        rows, columns = (fft.next_fast_len(one + self._pad, real=True) for one in self.shape)
        return rows, columns

    @cached_property
    def _rows(self) -> NDArray[np.int64]:
        """Offsets to the south and north, as they lie in the transform."""
        return np.arange(-self._pad + 1, self._pad) % self._padded[0]

    @cached_property
    def _columns(self) -> NDArray[np.int64]:
        """Offsets to the east; those to the west are the same pairs the other way round."""
        return np.arange(self._pad)

    @property
    def _zero(self) -> tuple[int, int]:
        return self._pad - 1, 0

    @cached_property
    def _bins(self) -> NDArray[np.int64]:
        rows = np.arange(-self._pad + 1, self._pad)
        apart = np.hypot(rows[:, None], self._columns[None, :]) * self.cell
        apart[self._zero] = WITHIN_CELL * self.cell
        return np.asarray((apart / BIN_M).astype(np.int64).ravel())

    @cached_property
    def _kernel(self) -> Floats:
        middle = np.arange(0, self.reach + TAIL * self.bandwidth, BIN_M) + BIN_M / 2
        at, width = self.distances[:, None], self.bandwidth
        both = (np.exp(-0.5 * ((at + sign * middle) / width) ** 2) for sign in (-1, 1))
        return np.asarray(sum(both) / (width * np.sqrt(2 * np.pi)))


@dataclass(frozen=True, slots=True)
class Bands:
    """Within what density lies by chance, at the distances of `Pairs`.

    At each distance 90 % of draws lie between `low` and `high`; 95 % of draws are nowhere above
    `highest`, and 95 % nowhere below `lowest`.
    """

    low: Floats
    high: Floats
    lowest: Floats
    highest: Floats


def bands(
    pairs: Pairs,
    everyone: NDArray[np.int64],
    n: int,
    chance: np.random.Generator,
    draws: int = DRAWS,
) -> Bands:
    """Return the bands of an industry of `n` firms that takes its sites at random from all.

    Parameters
    ----------
    pairs
        The raster.
    everyone
        Firms of all industries by cell: the sites there are.
    n
        Firms of the industry, no more than there are sites.
    chance
        Where the draws come from; the same seed gives the same bands.
    draws
        How many industries are drawn.

    Raises
    ------
    ValueError
        If there are fewer sites than firms.
    """
    flat = everyone.ravel()
    taken = np.flatnonzero(flat)
    if n > flat.sum():
        message = f"There are {flat.sum()} sites and {n} firms."
        raise ValueError(message)
    found = np.empty((draws, len(pairs.distances)))
    for at in range(draws):
        drawn = np.zeros_like(flat)
        drawn[taken] = chance.multivariate_hypergeometric(flat[taken], n, method="marginals")
        found[at] = pairs.density(drawn.reshape(everyone.shape))
    low, high = np.quantile(found, (SIDE, 1 - SIDE), axis=0)
    return Bands(low, high, -_envelope(-found), _envelope(found))


def _envelope(found: Floats) -> Floats:
    """Return the lowest of the ordered draws that at most a share of `SIDE` of them exceeds."""
    ordered = np.sort(found, axis=0)
    best = ordered[-1]
    for at in range(len(found) - 1, -1, -1):
        if (found > ordered[at]).any(axis=1).mean() > SIDE:
            break
        best = ordered[at]
    return np.asarray(best)
