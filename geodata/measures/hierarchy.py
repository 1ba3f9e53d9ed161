"""The hierarchy of a city system: rank–size (位序—规模), and the missing middle (断层).

Primacy indices are in `geodata.measures.primacy`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.measures.uncertainty import Z95

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST: Final = 3
"""Two points always lie on a line: below this number a fitted line says nothing."""

NOTABLE: Final = 1.25
"""A gap is named a step of the hierarchy from this factor on; a convention of this atlas."""


@dataclass(frozen=True, slots=True)
class RankSize:
    """A fitted rank–size line: ln(rank − ½) = intercept − exponent · ln(size).

    `exponent` is positive for sizes that fall with rank, and 1 under Zipf's law; `error` is its
    asymptotic standard error; `fit` is R² (0..1); `n` is the number of places.
    """

    exponent: float
    error: float
    intercept: float
    fit: float
    n: int

    @property
    def limits(self) -> tuple[float, float]:
        """The 95 % interval of the exponent, exponent ± 1.96 · error.

        Its lower end is above 0 from n = 8 on: with fewer places √(2 / n) · 1.96 is more than 1,
        and the interval does not tell the slope from none.
        """
        return self.exponent - Z95 * self.error, self.exponent + Z95 * self.error

    def size_at(self, rank: float) -> float:
        """Return the size that the line gives to a rank, in the unit of the sizes."""
        return math.exp((self.intercept - math.log(rank - 0.5)) / self.exponent)


@dataclass(frozen=True, slots=True)
class Step:
    """From one rank to the next: how much smaller the next place is, and how much it should be.

    `ratio` is size(rank) / size(rank + 1); `expected` is (rank + 1) / rank, that of the
    rank–size rule; `factor` is ratio / expected.
    """

    rank: int
    ratio: float
    expected: float

    @property
    def factor(self) -> float:
        """Return how many times as steep as expected the step is."""
        return self.ratio / self.expected


@dataclass(frozen=True, slots=True)
class SizeClass:
    """Sizes in (low, high]: the places counted there, and 2ʲ expected by the rank–size rule."""

    low: float
    high: float
    count: int
    expected: int


def rank_size(sizes: Sequence[float]) -> RankSize:
    """Fit the rank–size line by ordinary least squares.

    ln(rank − ½) is regressed on ln(size); the shift of ½ removes the leading bias of small
    samples, and the standard error of the exponent is √(2 / n) · exponent, since the error of
    the regression itself is far too small for ranks.

    Parameters
    ----------
    sizes
        Shape (n,), positive, any unit and any order; n ≥ 3 and not all equal.

    Raises
    ------
    ValueError
        If there are fewer than three sizes, one is not positive, or all are equal.

    References
    ----------
    Gabaix, X., Ibragimov, R. (2011): Rank − 1/2: a simple way to improve the OLS estimation of
    tail exponents. Journal of Business & Economic Statistics 29(1), 24–39.
    """
    ordered = _ordered(sizes)
    if ordered[0] == ordered[-1]:
        message = "All sizes are equal: there is no line of size on rank to fit."
        raise ValueError(message)
    from scipy.stats import linregress  # noqa: PLC0415 - heavy; the start must not wait for it

    ranks = np.arange(1, ordered.size + 1)
    line = linregress(np.log(ordered), np.log(ranks - 0.5))
    exponent = -float(line.slope)
    return RankSize(
        exponent=exponent,
        error=math.sqrt(2 / ordered.size) * abs(exponent),
        intercept=float(line.intercept),
        fit=float(line.rvalue) ** 2,
        n=int(ordered.size),
    )


def steps(sizes: Sequence[float]) -> tuple[Step, ...]:
    """Return the n − 1 steps from rank to rank, against the rank–size rule.

    Under the rule size(k) = size(1) / k, so the ratio of neighbours is (k + 1) / k. The rule is
    the yardstick and not the fitted line, because a gap tilts the line that should reveal it.

    Parameters
    ----------
    sizes
        Shape (n,), n ≥ 3, positive.

    Raises
    ------
    ValueError
        As `rank_size`, equal sizes apart.

    References
    ----------
    Zipf, G. K. (1949): Human Behavior and the Principle of Least Effort. Addison-Wesley.
    """
    ordered = _ordered(sizes)
    return tuple(
        Step(rank, float(ordered[rank - 1] / ordered[rank]), (rank + 1) / rank)
        for rank in range(1, ordered.size)
    )


def upper(found: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps from the upper half of the ranks.

    A gap further down is no missing middle: the lower end of a list of places falls off for its
    edge, where the expected ratio comes close to 1.
    """
    return tuple(found[: math.ceil((len(found) + 1) / 2)])


def missing_middle(sizes: Sequence[float]) -> Step:
    """Return the step of the upper half of the ranks that is steepest against the rank–size rule.

    Among equals it is the one of the lowest rank. Parameters and errors as `steps`.
    """
    return max(upper(steps(sizes)), key=lambda step: (step.factor, -step.rank))


def size_classes(sizes: Sequence[float]) -> tuple[SizeClass, ...]:
    """Count places in classes that halve from the largest one down to the smallest.

    Class j holds sizes in (largest / 2ʲ⁺¹, largest / 2ʲ]; under the rank–size rule it holds the
    ranks 2ʲ … 2ʲ⁺¹ − 1, that is 2ʲ places. An empty class is a missing rung.

    Parameters and errors as `steps`.

    References
    ----------
    Davis, K. (1978): World urbanization 1950–1970. In: Bourne, L. S., Simmons, J. W. (eds.):
    Systems of Cities. Chen, Y. (2012): The mathematical relationship between Zipf's law and the
    hierarchical scaling law. Physica A 391(11), 3285–3299.
    """
    ordered = _ordered(sizes)
    high, number = float(ordered[0]), 0
    found = []
    while high >= ordered[-1]:
        low = high / 2
        count = int(((ordered > low) & (ordered <= high)).sum())
        found.append(SizeClass(low, high, count, 2**number))
        high, number = low, number + 1
    return tuple(found)


def _ordered(sizes: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the sizes from the largest, checked."""
    array = np.sort(np.asarray(sizes, dtype=np.float64))[::-1]
    if array.ndim != 1 or array.size < FEWEST:
        message = f"A hierarchy needs at least {FEWEST} sizes in one row, not {array.shape}."
        raise ValueError(message)
    if not np.isfinite(array).all() or array[-1] <= 0:
        message = "Sizes must be positive numbers; leave out places without a figure."
        raise ValueError(message)
    return array
