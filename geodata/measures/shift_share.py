"""Shift–share: what a place's change owes to the nation, to its industries, and to itself.

The classic, exactly additive form of Dunn (1960, Papers in Regional Science 6); x are the workers
of the place in industry j, X those of the reference, without index all industries together:

    national[j] = x₀[j] · (X₁/X₀ − 1)             as if all had grown like the reference
    mix[j]      = x₀[j] · (X₁[j]/X₀[j] − X₁/X₀)   its industries grew faster or slower than all
    local[j]    = x₁[j] − x₀[j] · X₁[j]/X₀[j]     it did better or worse than its industries
    x₁[j] − x₀[j] = national[j] + mix[j] + local[j]

With samples of two censuses as x, a change of the sampling fraction that is the same everywhere
goes into `national` and scales the other two alike. Where it moved otherwise here than in the
reference, the difference goes into `local`, and may turn its sign: see `evened_local`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """The three components of the change of each industry, each of shape (m,)."""

    national: NDArray[np.float64]
    mix: NDArray[np.float64]
    local: NDArray[np.float64]


def evened_local(
    local: float, after: float, own: tuple[float, float], reference: tuple[float, float]
) -> float:
    """Return the local component had the sample's part of the people moved as in the reference.

    local + x₁ · (r − 1), r = (g₁ ÷ g₀) ÷ (f₁ ÷ f₀), with f the place's and g the reference's
    sampled workers per resident. How far a difference of f and g is one of sampling, and how far
    one of employment, is not known: the two components are the ends of a range.

    Parameters
    ----------
    local, after
        The local component and the sampled workers of the later year, all industries together.
    own, reference
        Sampled workers per resident in the earlier and the later year, above zero.
    """
    ratio = (reference[1] / reference[0]) / (own[1] / own[0])
    return local + after * (ratio - 1)


def shift_share(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    reference_before: NDArray[np.float64],
    reference_after: NDArray[np.float64],
) -> ShiftShare:
    """Split the change of each industry of a place into its three components.

    Parameters
    ----------
    before, after
        Workers of the place by industry, shape (m,).
    reference_before, reference_after
        Workers of the reference by the same industries, shape (m,).

    Returns
    -------
    ShiftShare
        The components add up to `after - before`, industry by industry.

    Raises
    ------
    ValueError
        If shapes differ, a number is unknown or negative, or the reference had no workers before
        in an industry.
    """
    rows = (before, after, reference_before, reference_after)
    if before.ndim != 1 or len({row.shape for row in rows}) > 1:
        message = f"The four rows must have one shape (m,), not {[row.shape for row in rows]}."
        raise ValueError(message)
    if not all((row >= 0).all() for row in rows):
        message = "Every industry needs a known count of zero or more in both years."
        raise ValueError(message)
    if not (reference_before > 0).all():
        message = "The reference had no workers in an industry; it has no growth to compare with."
        raise ValueError(message)
    whole = reference_after.sum() / reference_before.sum()
    growth = reference_after / reference_before
    return ShiftShare(
        national=np.asarray(before * (whole - 1), dtype=np.float64),
        mix=np.asarray(before * (growth - whole), dtype=np.float64),
        local=np.asarray(after - before * growth, dtype=np.float64),
    )
