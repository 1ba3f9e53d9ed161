"""Co-agglomeration (共聚): whether two industries stand in the same places.

The pairwise index of Ellison, Glaeser and Kerr (2010, American Economic Review 100, pp. 1195–1213):

γ[i, j] = Σ (s[c, i] − x[c])·(s[c, j] − x[c]) / (1 − Σ x[c]²)

with s[c, i] the share of area c in the workers of industry i and x[c] the mean of that share over
all industries, which stands for the size of the area. Above 0 both gather in the same areas, below
each where the other is not; at 0 neither says anything of the other. The index needs no correction
for plants, since it compares two industries.

The interval resamples the areas and computes the shares of each draw anew (the percentile
bootstrap of Efron 1979, Annals of Statistics 7, pp. 1–26), with a fixed seed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS: Final = 1000
SEED: Final = 2020
LIMITS: Final = (0.025, 0.975)
"""Quantiles of the draws: a confidence of 95 %."""


def coagglomeration(
    workers: NDArray[np.float64], industries: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the index of each pair.

    Parameters
    ----------
    workers
        Of k industries, or sums of several, in n areas, shape (n, k).
    industries
        Of all m industries, shape (n, m), from which the size of the areas follows.

    Returns
    -------
    ndarray, shape (k, k)
        Symmetric; the diagonal is how far an industry gathers itself.

    Raises
    ------
    ValueError
        If shapes differ, a count is unknown or negative, or an industry has no worker at all.
    """
    _check(workers, industries)
    found = _indices(workers, industries, np.ones((1, len(workers))))
    return np.asarray(found[0], dtype=np.float64)


def coagglomeration_interval(
    workers: NDArray[np.float64],
    industries: NDArray[np.float64],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the limits of the indices with a confidence of 95 %, areas drawn with replacement.

    Parameters
    ----------
    workers, industries
        As in `coagglomeration`.
    draws, seed
        How many times the areas are drawn, and where chance begins. A draw without any worker of
        an industry is left out.

    Returns
    -------
    low, high
        Each of shape (k, k).

    Raises
    ------
    ValueError
        As `coagglomeration`.
    """
    _check(workers, industries)
    n = len(workers)
    drawn = np.random.default_rng(seed).integers(n, size=(draws, n)) + n * np.arange(draws)[:, None]
    weights = np.bincount(drawn.ravel(), minlength=draws * n).reshape(draws, n).astype(np.float64)
    some = (weights @ np.hstack([workers, industries]) > 0).all(axis=1)
    low, high = np.quantile(_indices(workers, industries, weights[some]), LIMITS, axis=0)
    return low, high


def _indices(
    workers: NDArray[np.float64], industries: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the indices of each draw, shape (d, k, k); `weights` (d, n): how often is each area.

    The product is written out, since sums of products of workers need no draw by itself.
    """
    n, k = workers.shape
    totals = weights @ workers
    size = (1 / (weights @ industries)) @ industries.T / industries.shape[1]
    weighted = weights * size
    with_size = weighted @ workers / totals
    of_size = (weighted * size).sum(axis=1)[:, None, None]
    products = (workers[:, :, None] * workers[:, None, :]).reshape(n, k * k)
    sums = (weights @ products).reshape(-1, k, k) / (totals[:, :, None] * totals[:, None, :])
    over = sums - with_size[:, :, None] - with_size[:, None, :] + of_size
    return np.asarray(over / (1 - of_size), dtype=np.float64)


def _check(workers: NDArray[np.float64], industries: NDArray[np.float64]) -> None:
    if not workers.ndim == industries.ndim == 2 or len(workers) != len(industries):  # noqa: PLR2004 (matrices)
        message = f"Areas differ: workers {workers.shape}, industries {industries.shape}."
        raise ValueError(message)
    whole = np.hstack([workers, industries])
    if not (whole >= 0).all() or not (whole.sum(axis=0) > 0).all():
        message = "Each industry needs known workers, none negative, and some in all."
        raise ValueError(message)
