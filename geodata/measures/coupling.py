"""Chain match (产业链–创新链): innovation against manufacturing in each place.

The innovation side is science and technical services, information and software, and leasing and
business services (sections M, I and L of GB/T 4754); the industry side is manufacturing (C).

Complementarity of two places follows the index of Drysdale and Garnaut (1982, Hitotsubashi Journal
of Economics 22), with workers in place of trade: what one place is specialised in supplying, times
what the other is specialised in using.

The coupling coordination degree (耦合协调度) of two systems is used in its correct form,
C = 2√(U₁U₂) ÷ (U₁ + U₂). Cong (2019, Economic Geography 39(4)) and Wang, Kong and Ren (2021,
Journal of Natural Resources 36(3)) show the forms that went wrong in the literature: without the
2, so that C never passes ½; with the root of the n-th order and the factor misplaced; or with
U₁ + U₂ not squared, so that C depends on the unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.measures.uncertainty import Z95

if TYPE_CHECKING:
    from numpy.typing import NDArray

INNOVATION: Final = ("M", "I", "L")
INDUSTRY: Final = ("C",)
WEIGHT: Final = 0.5
"""Weight of each side in T where nothing says that one matters more."""
GRADES: Final = (
    (0.2, "severe"),
    (0.4, "weak"),
    (0.6, "near"),
    (0.8, "fair"),
    (np.inf, "good"),
)
"""Upper limits of the usual five grades of D, each below; conventions, not findings."""


def against_highest(
    shares: NDArray[np.float64], *others: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return shares over the highest share, the normalisation that the degree rests on.

    A true zero stays zero and the highest place is 1. Minimum–maximum scaling would set the
    lowest place to zero whatever its share, and its degree with it.

    Parameters
    ----------
    shares
        Shares of the places, shape (n,); NaN where unknown.
    others
        Shares of the same side in other years, to put all years on one scale.

    Returns
    -------
    ndarray, shape (n,)
        Between 0 and 1; NaN where unknown.

    Raises
    ------
    ValueError
        If a share is negative or no place has any: then nothing can be normalised.
    """
    everything = np.concatenate([shares, *others])
    known = everything[~np.isnan(everything)]
    if not known.size or known.max() <= 0:
        message = "No place has a worker on this side of the chain, so nothing can be compared."
        raise ValueError(message)
    if known.min() < 0:
        message = "Shares cannot be negative; look for the row in the census tables."
        raise ValueError(message)
    return np.asarray(shares / known.max(), dtype=np.float64)


def coupling(
    first: NDArray[np.float64], second: NDArray[np.float64], weight: float = WEIGHT
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return coupling C, development T and coupling coordination D of two systems.

    C = 2√(U₁U₂) ÷ (U₁ + U₂), T = αU₁ + (1 − α)U₂, D = √(C·T). With α = ½ this is
    D = (U₁U₂)^¼: the degree then says no more than the product of both sides does.

    Parameters
    ----------
    first, second
        The normalised systems U₁ and U₂, shape (n,), between 0 and 1; NaN where unknown.
    weight
        α, the weight of the first system, strictly between 0 and 1.

    Returns
    -------
    tuple of ndarray, each of shape (n,)
        C, T and D, all between 0 and 1. Where both systems are 0 there is nothing to couple: C is
        NaN, T and D are 0.

    Raises
    ------
    ValueError
        If shapes differ, a number lies outside 0 to 1, or α does.
    """
    if first.shape != second.shape or first.ndim != 1:
        message = f"Both systems need one number for each place: {first.shape}, {second.shape}."
        raise ValueError(message)
    both = np.concatenate([first, second])
    if (both < 0).any() or (both > 1).any() or not 0 < weight < 1:
        message = "Normalise both systems to 0 … 1 and choose a weight between 0 and 1."
        raise ValueError(message)
    whole = first + second
    root = np.sqrt(first * second)
    c = 2 * root / np.where(whole > 0, whole, np.nan)
    t = weight * first + (1 - weight) * second
    d = np.where(whole == 0, 0.0, np.sqrt(c * t))
    return c, t, np.asarray(d, dtype=np.float64)


def complementarity(supply: NDArray[np.float64], use: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how well what each place is specialised in meets what each other one is.

    K[i, j] = LQ of the supplying side in place i × LQ of the using side in place j, the term of
    Drysdale and Garnaut (1982) for one good. Above 1 the two are more complementary than two
    places with the structure of the benchmark. It is directed: K[i, j] is not K[j, i], and the
    diagonal is the match within a place.

    Parameters
    ----------
    supply, use
        Location quotients, shape (n,); NaN where unknown.

    Returns
    -------
    ndarray, shape (n, n)
        NaN where a quotient is unknown.

    Raises
    ------
    ValueError
        If shapes differ or a quotient is negative.
    """
    if supply.shape != use.shape or supply.ndim != 1:
        message = f"Both sides need one quotient for each place: {supply.shape}, {use.shape}."
        raise ValueError(message)
    if (supply < 0).any() or (use < 0).any():
        message = "Location quotients cannot be negative."
        raise ValueError(message)
    return np.outer(supply, use)


def complementarity_interval(
    index: NDArray[np.float64],
    supply: tuple[NDArray[np.float64], NDArray[np.float64]],
    use: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the limits of complementarity with a confidence of 95 %, both sides being sampled.

    The logarithm of a share x / n has the variance 1/x − 1/n (Katz et al. 1978, Biometrics 34,
    pp. 469–474); those of both places add up, and the benchmark is taken as known.

    Parameters
    ----------
    index
        As `complementarity` returns it, shape (n, n).
    supply, use
        Sampled workers of either side, and all sampled workers, each of shape (n,).

    Returns
    -------
    low, high
        Each of shape (n, n); NaN where a side has no worker. Within a place both sides are of one
        sample: the diagonal is not to be used.

    Raises
    ------
    ValueError
        If shapes differ.
    """
    if not all(one.shape == index.shape[:1] for one in (*supply, *use)):
        message = f"Each place of {index.shape} needs its workers of both sides and of all."
        raise ValueError(message)
    spreads = [1 / np.where(count > 0, count, np.nan) - 1 / total for count, total in (supply, use)]
    reach = Z95 * np.sqrt(np.add.outer(spreads[0], spreads[1]))
    return index * np.exp(-reach), index * np.exp(reach)


def grade(degree: float) -> str:
    """Return the usual grade of a degree: severe, weak, near, fair or good."""
    return next(name for limit, name in GRADES if degree < limit)
