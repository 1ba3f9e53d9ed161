"""How two figures of the same places go together: correlation and line, with 95 % intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.measures.convergence import quantile
from geodata.measures.uncertainty import Z95

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST: Final = 10
"""With fewer places the interval of r is wider than 1 for most r: nothing is fitted."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A straight line y = intercept + slope · x, and the correlation r of both.

    `low` and `high` bound r with a confidence of 95 %; `centre`, `spread` and `noise` serve the
    interval of the line; `n` is the number of places.
    """

    r: float
    low: float
    high: float
    slope: float
    intercept: float
    n: int
    centre: float
    spread: float
    noise: float

    def at(self, x: float) -> float:
        """Return the y that the line gives to an x."""
        return self.intercept + self.slope * x

    def margin_at(self, x: float) -> float:
        """Return half the width of the 95 % interval of the line's mean at an x.

        t(n − 2) · s · √(1/n + (x − mean)² / Σ(xᵢ − mean)²).
        """
        away = (x - self.centre) ** 2 / self.spread
        return quantile(self.n - 2) * self.noise * math.sqrt(1 / self.n + away)


def fitted(x: Sequence[float], y: Sequence[float]) -> Fit:
    """Fit a line by ordinary least squares, and bound the correlation by Fisher's z.

    The limits of r are tanh(artanh r ± 1.96 / √(n − 3)).

    Parameters
    ----------
    x, y
        Shape (n,) each, n ≥ 10, in any units; neither may be constant.

    Raises
    ------
    ValueError
        If shapes differ, there are fewer than ten, one is no number, or all are equal.

    References
    ----------
    Fisher, R. A. (1921): On the "probable error" of a coefficient of correlation deduced from a
    small sample. Metron 1, 3–32.
    """
    one, other = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if one.shape != other.shape or one.ndim != 1 or one.size < FEWEST:
        shapes = f"{one.shape}, {other.shape}"
        message = f"A line needs two figures of {FEWEST} places at least: {shapes}."
        raise ValueError(message)
    if not np.isfinite([one, other]).all() or np.ptp(one) == 0 or np.ptp(other) == 0:
        message = "Leave out places without a figure; figures that are all equal have no line."
        raise ValueError(message)
    n, centre = one.size, float(one.mean())
    away, rise = one - centre, other - other.mean()
    spread = float(away @ away)
    slope = float(away @ rise) / spread
    intercept = float(other.mean()) - slope * centre
    r = float(away @ rise) / math.sqrt(spread * float(rise @ rise))
    r = max(-1.0, min(1.0, r))
    left = other - intercept - slope * one
    z = math.atanh(r) if abs(r) < 1 else math.copysign(math.inf, r)
    half = Z95 / math.sqrt(n - 3)
    return Fit(
        r=r,
        low=math.tanh(z - half),
        high=math.tanh(z + half),
        slope=slope,
        intercept=intercept,
        n=n,
        centre=centre,
        spread=spread,
        noise=math.sqrt(float(left @ left) / (n - 2)),
    )
