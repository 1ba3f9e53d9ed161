"""Convergence: whether places grow alike (σ), and whether the poorer grow faster (β)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST: Final = 3
CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Beta:
    """Growth on initial level: gᵢ = intercept + slope · ln y₀ᵢ, with gᵢ = ln(y_Tᵢ / y₀ᵢ) / T.

    `slope` is per year and log unit, `error` its standard error, `p` two-sided, `fit` R²;
    `speed` is the implied λ per year and `half_life` in years, None where the slope implies
    none; `centre`, `spread` and `noise` serve the interval of the line.
    """

    slope: float
    error: float
    p: float
    intercept: float
    fit: float
    n: int
    years: int
    speed: float | None
    half_life: float | None
    centre: float
    spread: float
    noise: float

    def growth_at(self, level: float) -> float:
        """Return the growth rate (log points a year) that the line gives to a level y₀."""
        return self.intercept + self.slope * math.log(level)

    def margin_at(self, level: float) -> float:
        """Return half the width of the 95 % interval of the line's mean at a level y₀.

        t(n − 2) · s · √(1/n + (ln y₀ − mean)² / Σ(ln y₀ᵢ − mean)²).
        """
        away = (math.log(level) - self.centre) ** 2 / self.spread
        return quantile(self.n - 2) * self.noise * math.sqrt(1 / self.n + away)


def sigma(levels: Sequence[float]) -> float:
    """Return the standard deviation of ln y over all places (divided by n).

    Parameters
    ----------
    levels
        Shape (n,), n ≥ 2, positive; such as GDP per head of one year.

    Raises
    ------
    ValueError
        If there are fewer than two levels or one is not positive.

    References
    ----------
    Barro, R. J., Sala-i-Martin, X. (1992): Convergence. Journal of Political Economy 100(2),
    223–251.
    """
    return float(np.std(np.log(_positive(levels, 2))))


def beta(first: Sequence[float], last: Sequence[float], years: int) -> Beta:
    """Regress mean yearly growth on the initial level (unconditional β-convergence).

    slope = −(1 − e^(−λT)) / T, so λ = −ln(1 + slope · T) / T and the half-life is ln 2 / λ;
    there is none where 1 + slope · T ≤ 0 or λ ≤ 0.

    Parameters
    ----------
    first, last
        Shape (n,), n ≥ 3, positive: the levels of the same places in the first and last year.
    years
        T, the number of years between them, at least 1.

    Raises
    ------
    ValueError
        If shapes differ, there are fewer than three places, all begin alike, a level is not
        positive or T is less than 1.

    References
    ----------
    Barro, R. J., Sala-i-Martin, X. (1992), as `sigma`.
    """
    start, end = _positive(first, FEWEST), _positive(last, FEWEST)
    if start.shape != end.shape or years < 1 or np.ptp(start) == 0:
        message = (
            "β needs the same places in both years, at least one year between them, and "
            "initial levels that differ."
        )
        raise ValueError(message)
    from scipy.stats import linregress  # noqa: PLC0415 - heavy; the start must not wait for it

    x, growth = np.log(start), np.log(end / start) / years
    line = linregress(x, growth)
    slope, intercept = float(line.slope), float(line.intercept)
    rest = growth - (intercept + slope * x)
    speed = _speed(slope, years)
    return Beta(
        slope=slope,
        error=float(line.stderr),
        p=float(line.pvalue),
        intercept=intercept,
        fit=float(line.rvalue) ** 2,
        n=int(x.size),
        years=years,
        speed=speed,
        half_life=math.log(2) / speed if speed else None,
        centre=float(x.mean()),
        spread=float(((x - x.mean()) ** 2).sum()),
        noise=math.sqrt(float(rest @ rest) / (x.size - 2)),
    )


@cache
def quantile(freedom: int) -> float:
    """Return the quantile of Student's t that bounds a two-sided 95 % interval."""
    from scipy.stats import t  # noqa: PLC0415 - heavy; the start must not wait for it

    return float(t.ppf((1 + CONFIDENCE) / 2, freedom))


def growth(first: float, last: float, years: int) -> float:
    """Return ln(last / first) / years, the mean growth in log points a year; both positive."""
    return math.log(last / first) / years


def _speed(slope: float, years: int) -> float | None:
    kept = 1 + slope * years
    speed = -math.log(kept) / years if kept > 0 else 0.0
    return speed if speed > 0 else None


def _positive(levels: Sequence[float], fewest: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    array = np.asarray(levels, dtype=np.float64)
    if array.ndim != 1 or array.size < fewest:
        message = f"Convergence needs at least {fewest} levels in one row, not {array.shape}."
        raise ValueError(message)
    if not np.isfinite(array).all() or (array <= 0).any():
        message = "Levels must be positive; leave out places without a figure."
        raise ValueError(message)
    return array
