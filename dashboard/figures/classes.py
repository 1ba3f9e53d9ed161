"""Class limits of a choropleth map: data-derived by mapclassify, or the reader's own.

Limits are derived from all years of an indicator together, so that a colour means the same in
every year of the slider.
"""

from __future__ import annotations

import math
import warnings
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The plain Python version is fast enough for a few hundred places, and the legend shows how many
# classes there are in the end.
for words in ("Numba not installed", "Not enough unique values"):
    warnings.filterwarnings("ignore", words, UserWarning)

AROUND_ONE = (0.5, 0.8, 1.25, 2.0)
"""Fixed limits for quotients: 1/2, 4/5, 5/4 and 2, so that 1 lies in the middle class."""


@dataclass(frozen=True, slots=True)
class Classes:
    """A classification: `limits` are the k - 1 inner limits, ascending; a class holds its upper.

    `low` and `high` are the extremes of the data it was made from (None without data).
    """

    limits: tuple[float, ...]
    low: float | None
    high: float | None
    method: str

    @property
    def k(self) -> int:
        """Number of classes."""
        return len(self.limits) + 1

    def of(self, value: float) -> int:
        """Return the class of `value`, 0 for the lowest; a value on a limit is in the lower."""
        return bisect_left(self.limits, value)

    def counts(self, values: Sequence[float]) -> tuple[int, ...]:
        """Count `values` by class."""
        found = [0] * self.k
        for value in values:
            found[self.of(value)] += 1
        return tuple(found)

    def bounds(self) -> tuple[tuple[float | None, float | None], ...]:
        """Return (lower, upper) of each class; the outer ends are the extremes of the data."""
        edges = (self.low, *self.limits, self.high)
        return tuple((edges[i], edges[i + 1]) for i in range(self.k))


def classify(
    values: tuple[float, ...],
    method: str,
    k: int,
    own: tuple[float, ...] = (),
    centre: float | None = None,
) -> Classes:
    """Classify `values` (all years together) into at most `k` classes.

    Parameters
    ----------
    values : tuple of float
        Finite numbers in the indicator's unit, any order; may be empty.
    method : str
        "fisher" (Fisher–Jenks natural breaks), "quantile", "equal", "around" (fixed limits
        around 1) or "own" (the limits given in `own`).
    k : int
        Number of classes asked for; fewer come back when there are fewer distinct values.
    centre : float, optional
        The value that parts two colours, such as 0 for changes: derived limits then lie at the
        same distances on both sides of it, and those beyond the data are left out.

    Returns
    -------
    Classes

    References
    ----------
    Fisher (1958), Journal of the American Statistical Association 53; Jenks (1977);
    as implemented by PySAL's mapclassify.
    """
    low, high = (min(values), max(values)) if values else (None, None)
    if method == "own":
        return Classes(own, low, high, method)
    if method == "around":
        return Classes(AROUND_ONE, low, high, method)
    limits = _derived(values, method, k) if centre is None else _mirrored(values, method, k, centre)
    return Classes(limits, low, high, method)


def _mirrored(values: tuple[float, ...], method: str, k: int, centre: float) -> tuple[float, ...]:
    """Class the distances from `centre` and set their limits on both sides.

    An odd `k` has a middle class around the centre, an even one is parted at it.
    """
    if not values:
        return ()
    away = tuple(abs(value - centre) for value in values)
    if method == "equal":
        steps = [(2 * i - k) / k * max(away) for i in range(1, k)]
    else:
        out = _derived(away, method, (k + 1) // 2)
        steps = [*(-limit for limit in reversed(out)), *([] if k % 2 else [0.0]), *out]
    low, high = min(values), max(values)
    return tuple(sorted({centre + step for step in steps if low <= centre + step < high}))


@lru_cache(maxsize=2048)
def _derived(values: tuple[float, ...], method: str, k: int) -> tuple[float, ...]:
    distinct = len(set(values))
    if distinct <= 1:
        return ()
    # mapclassify brings SciPy and scikit-learn along: not needed to show the first page.
    import mapclassify  # noqa: PLC0415

    kinds = {
        "fisher": mapclassify.FisherJenks,
        "quantile": mapclassify.Quantiles,
        "equal": mapclassify.EqualInterval,
    }
    asked = k if method == "equal" else min(k, distinct)
    bins = kinds[method](values, k=asked).bins
    top = max(values)
    return tuple(sorted({float(b) for b in bins if math.isfinite(b) and b < top}))


def warm() -> None:
    """Import mapclassify ahead of the first reader who needs it."""
    _derived((0.0, 1.0), "quantile", 2)
