"""Inequality between places: Theil's T with its decomposition, Gini, coefficient of variation.

Every place has a level y (such as GDP per head) and a weight w (such as its people; equal where
none is given). Shares: pᵢ = wᵢ / Σw of the weight, sᵢ = wᵢyᵢ / Σwy of the income.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Vector: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float64]]"


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a decomposition.

    `people` and `income` are its shares p and s (0..1); `theil` the inequality within it;
    `between` = s · ln(s / p) and `within` = s · theil are its terms of the two sums.
    """

    name: str
    n: int
    people: float
    income: float
    theil: float
    between: float
    within: float


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Theil's T as the sum of inequality between and within groups; groups in order of name."""

    total: float
    between: float
    within: float
    groups: tuple[Group, ...]

    @property
    def share_between(self) -> float | None:
        """Return the part of the total between the groups (0..1), None where the total is 0."""
        return self.between / self.total if self.total > 0 else None


def theil(levels: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return Theil's T = Σ sᵢ ln(sᵢ / pᵢ), 0 for equality and at most ln(Σw / min w).

    Parameters
    ----------
    levels
        Shape (n,), n ≥ 2, positive; such as GDP per head in yuan.
    weights
        Shape (n,), positive, any unit; equal where None.

    Raises
    ------
    ValueError
        If there are fewer than two levels, shapes differ or a number is not positive.

    References
    ----------
    Theil, H. (1967): Economics and Information Theory. North-Holland.
    """
    people, income = _shares(*_checked(levels, weights))
    return max(0.0, math.fsum(income * np.log(income / people)))


def decompose(
    levels: Sequence[float], groups: Sequence[str], weights: Sequence[float] | None = None
) -> Decomposition:
    """Split Theil's T into inequality between groups and within them.

    T = Σ_g s_g ln(s_g / p_g) + Σ_g s_g T_g; a group of one place has T_g = 0.

    Parameters
    ----------
    levels, weights
        As `theil`.
    groups
        Shape (n,): the one group of each place. At least two groups.

    Raises
    ------
    ValueError
        As `theil`, or if a place has no group or all have the same one.

    References
    ----------
    Shorrocks, A. F. (1980): The class of additively decomposable inequality measures.
    Econometrica 48(3), 613–625.
    """
    level, weight = _checked(levels, weights)
    names = sorted(set(groups))
    if len(groups) != level.size or len(names) < 2:  # noqa: PLR2004 - one group has no between
        message = "Give each place its one group, and at least two groups in all."
        raise ValueError(message)
    people, income = _shares(level, weight)
    found = []
    for name in names:
        at = np.array([group == name for group in groups])
        p, s = math.fsum(people[at]), math.fsum(income[at])
        inner = income[at] / s
        own = max(0.0, math.fsum(inner * np.log(inner / (people[at] / p))))
        found.append(Group(name, int(at.sum()), p, s, own, s * math.log(s / p), s * own))
    return Decomposition(
        total=max(0.0, math.fsum(income * np.log(income / people))),
        between=max(0.0, math.fsum(g.between for g in found)),
        within=math.fsum(g.within for g in found),
        groups=tuple(found),
    )


def gini(levels: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return the Gini coefficient Σᵢ Σⱼ pᵢ pⱼ |yᵢ − yⱼ| / (2 Σ pᵢ yᵢ), in 0..1.

    Parameters and errors as `theil`.

    References
    ----------
    Gini, C. (1912): Variabilità e mutabilità. Bologna.
    """
    level, weight = _checked(levels, weights)
    people, _ = _shares(level, weight)
    apart = np.abs(level[:, None] - level[None, :])
    return float(people @ apart @ people / (2 * (people @ level)))


def variation(levels: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return the coefficient of variation √(Σ pᵢ (yᵢ − ȳ)²) / ȳ with ȳ = Σ pᵢ yᵢ.

    Weighted by people it is Williamson's index. The places are all there are, not a sample: the
    sum is divided by n and not by n − 1.

    Parameters and errors as `theil`.

    References
    ----------
    Williamson, J. G. (1965): Regional inequality and the process of national development.
    Economic Development and Cultural Change 13(4), 1–84.
    """
    level, weight = _checked(levels, weights)
    people, _ = _shares(level, weight)
    mean = float(people @ level)
    return math.sqrt(float(people @ (level - mean) ** 2)) / mean


def _checked(levels: Sequence[float], weights: Sequence[float] | None) -> tuple[Vector, Vector]:
    level = np.asarray(levels, dtype=np.float64)
    weight = np.ones(level.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    if level.ndim != 1 or level.size < 2 or weight.shape != level.shape:  # noqa: PLR2004
        message = "Inequality needs at least two levels in one row, with one weight each."
        raise ValueError(message)
    both = np.concatenate([level, weight])
    if not np.isfinite(both).all() or (both <= 0).any():
        message = "Levels and weights must be positive; leave out places without a figure."
        raise ValueError(message)
    return level, weight


def _shares(level: Vector, weight: Vector) -> tuple[Vector, Vector]:
    income = level * weight
    return weight / math.fsum(weight), income / math.fsum(income)
