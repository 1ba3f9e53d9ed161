"""Class limits of a choropleth map: derived from the data, or the reader's own.

Limits are derived from all years of an indicator together, so that a colour means the same in
every year of the slider. A value is classed as it is printed: what reads as a limit is on it.
"""

from __future__ import annotations

import math
import warnings
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.map.natural_breaks import natural_breaks
from dashboard.numbers import MOST_DECIMALS, decimals_of

if TYPE_CHECKING:
    from collections.abc import Sequence

# The legend shows how many classes there are in the end.
warnings.filterwarnings("ignore", "Not enough unique values", UserWarning)

AROUND_ONE = (0.5, 0.8, 1.25, 2.0)
"""Fixed limits for quotients: 1/2, 4/5, 5/4 and 2, so that 1 lies in the middle class."""


@dataclass(frozen=True, slots=True)
class Classes:
    """A classification: `limits` are the k - 1 inner limits, ascending; a class holds its upper.

    `low` and `high` are the extremes of the data it was made from (None without data). Values are
    printed, and so classed, with `decimals`; `rounded` tells that the limits of `method` were
    moved to round numbers.
    """

    limits: tuple[float, ...]
    low: float | None
    high: float | None
    method: str
    decimals: int = MOST_DECIMALS
    rounded: bool = False

    @property
    def k(self) -> int:
        """Number of classes."""
        return len(self.limits) + 1

    def of(self, value: float) -> int:
        """Return the class of `value`, 0 for the lowest; a value on a limit is in the lower."""
        return bisect_left(self.limits, round(value, self.decimals))

    def counts(self, values: Sequence[float]) -> tuple[int, ...]:
        """Count `values` by class."""
        found = [0] * self.k
        for value in values:
            found[self.of(value)] += 1
        return tuple(found)


def classify(  # noqa: PLR0913 - what is known of the values and what a reader can choose
    values: tuple[float, ...],
    method: str,
    k: int,
    own: tuple[float, ...] = (),
    centre: float | None = None,
    *,
    decimals: int = MOST_DECIMALS,
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
    decimals : int
        With how many the values are printed. Values that read the same are never parted; the
        reader's own limits may ask for more.

    Returns
    -------
    Classes

    References
    ----------
    Fisher (1958), Journal of the American Statistical Association 53; Jenks (1977);
    quantiles and equal intervals as implemented by PySAL's mapclassify.
    """
    given = {"own": own, "around": AROUND_ONE}.get(method)
    decimals = max(decimals, decimals_of(given or ()))
    read = tuple(round(value, decimals) for value in values)
    low, high = (min(read), max(read)) if read else (None, None)
    if given is not None:
        limits = given
    elif centre is None:
        limits = _derived(read, method, k, decimals)
    else:
        limits = _mirrored(read, method, k, decimals, centre)
    return Classes(limits, low, high, method, decimals)


def _mirrored(
    values: tuple[float, ...], method: str, k: int, decimals: int, centre: float
) -> tuple[float, ...]:
    """Class the distances from `centre` and set their limits on both sides.

    An odd `k` has a middle class around the centre, an even one is parted at it.
    """
    if not values:
        return ()
    away = tuple(round(abs(value - centre), decimals) for value in values)
    if method == "equal":
        steps = [(2 * i - k) / k * max(away) for i in range(1, k)]
    else:
        out = _derived(away, method, (k + 1) // 2, decimals)
        steps = [*(-limit for limit in reversed(out)), *([] if k % 2 else [0.0]), *out]
    low, high = min(values), max(values)
    limits = {round(centre + step, decimals) + 0.0 for step in steps}
    return tuple(sorted(limit for limit in limits if low <= limit < high))


@lru_cache(maxsize=2048)
def _derived(values: tuple[float, ...], method: str, k: int, decimals: int) -> tuple[float, ...]:
    distinct = len(set(values))
    if distinct <= 1:
        return ()
    asked = k if method == "equal" else min(k, distinct)
    if method == "fisher":
        return natural_breaks(values, asked)
    # mapclassify brings SciPy and scikit-learn along: not needed to show the first page.
    import mapclassify  # noqa: PLC0415

    kinds = {"quantile": mapclassify.Quantiles, "equal": mapclassify.EqualInterval}
    bins = kinds[method](values, k=asked).bins
    inner = {_down(float(b), decimals) for b in bins if math.isfinite(b)}
    return tuple(sorted(limit for limit in inner if min(values) <= limit < max(values)))


def _down(limit: float, decimals: int) -> float:
    """Cut a limit to the decimals of the values, which parts them just as before."""
    near = float(round(limit, decimals))
    if near <= limit or math.isclose(near, limit, abs_tol=1e-9):
        return near
    return float(round(near - 10**-decimals, decimals))


def warm() -> None:
    """Import mapclassify ahead of the first reader who needs it."""
    _derived((0.0, 1.0), "quantile", 2, 0)
