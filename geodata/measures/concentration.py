"""Concentration: how special a place's industries are, and how gathered an industry's places.

Of a place: the specialisation index of Krugman (1991, Geography and Trade, chapter 3), the index
of Herfindahl and Hirschman with its inverse, the number of equally large industries that would be
as concentrated, and the entropy of Shannon (1948, Bell System Technical Journal 27).

Of an industry: the locational Gini coefficient (Krugman 1991, chapter 2), the area at the
localisation curve of Hoover (1936, Review of Economics and Statistics 18, pp. 162–171); the
coefficient of localisation of Florence (Isard 1960, Methods of Regional Analysis, chapter 7), also
called the Hoover index; and the share of the k largest places. The index of Ellison and Glaeser
(1997, Journal of Political Economy 105) also asks for the size of each plant, which no table here
has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST: Final = 3
"""Places from which the spread of an industry is told."""
ROUNDING: Final = 1e-9


def krugman(shares: NDArray[np.float64], benchmark: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return K[i] = Σ_j |s[i, j] − b[j]|, from 0 (the same structure) to 2 (nothing in common).

    Parameters
    ----------
    shares
        Share of each industry in a place, in 0..1, shape (n, m); every row adds up to 1.
    benchmark
        Shares of the benchmark, shape (m,).

    Returns
    -------
    ndarray, shape (n,)
        NaN where a share of the place is unknown.

    Raises
    ------
    ValueError
        If shapes do not fit, a share is negative, or known shares do not add up to 1.
    """
    _check_shares(shares)
    _check_shares(benchmark[None, :])
    if benchmark.shape != shares.shape[1:]:
        message = f"The benchmark {benchmark.shape} needs one share for each of {shares.shape[1:]}."
        raise ValueError(message)
    return np.asarray(np.abs(shares - benchmark).sum(axis=1), dtype=np.float64)


def herfindahl(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return H[i] = Σ_j s[i, j]², from 1/m (all equal) to 1 (one industry alone).

    Its inverse 1/H is the diversity: how many equally large industries are as concentrated.
    Parameters, shapes and errors as in `krugman`.
    """
    _check_shares(shares)
    return np.asarray((shares**2).sum(axis=1), dtype=np.float64)


def entropy(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return E[i] = −Σ_j s[i, j] ln s[i, j], from 0 (one industry) to ln m (all equal).

    An industry without workers adds nothing. Parameters, shapes and errors as in `krugman`.
    """
    _check_shares(shares)
    known = np.where(shares > 0, shares, 1.0)
    terms = np.where(np.isnan(shares), np.nan, -shares * np.log(known))
    return np.asarray(terms.sum(axis=1) + 0.0, dtype=np.float64)


def locational_gini(counts: NDArray[np.float64], totals: NDArray[np.float64]) -> float | None:
    """Return how unevenly an industry is spread over places, given where all workers are.

    With places in ascending order of their quotient, G is twice the area between the diagonal and
    the curve of the cumulated shares s of the industry over those, w, of all workers:
    G = 1 − Σ_i w[i] (S[i] + S[i−1]). It is the Gini coefficient of the quotients s/w with the
    weights w: 0 where every place has its proportion, near 1 where a small place has all.

    Parameters
    ----------
    counts
        Workers of the industry in each place, shape (n,).
    totals
        All workers of each place, shape (n,), each above zero.

    Returns
    -------
    float or None
        None where the industry has no worker in any place.

    Raises
    ------
    ValueError
        If there are fewer than three places, shapes differ, or a number is unknown or negative.
    """
    industry, everyone = _spread(counts, totals)
    if industry is None:
        return None
    order = np.argsort(industry / everyone, kind="stable")
    grown = np.concatenate([[0.0], np.cumsum(industry[order])])
    return float(1 - (everyone[order] * (grown[1:] + grown[:-1])).sum())


def hoover(counts: NDArray[np.float64], totals: NDArray[np.float64]) -> float | None:
    """Return L = ½ Σ_i |s[i] − w[i]|: the share of the industry that would have to move.

    s and w are the places' shares of the industry and of all workers; 0 where they are equal.
    Parameters, result and errors as in `locational_gini`.
    """
    industry, everyone = _spread(counts, totals)
    return None if industry is None else float(np.abs(industry - everyone).sum() / 2)


def top_share(counts: NDArray[np.float64], k: int) -> float | None:
    """Return the share, in 0..1, that the `k` places with most workers have of an industry.

    Parameters
    ----------
    counts
        Workers of the industry in each place, shape (n,).
    k
        How many places; all of them where there are fewer.

    Returns
    -------
    float or None
        None where the industry has no worker in any place.

    Raises
    ------
    ValueError
        If there are fewer than three places, a number is unknown or negative, or k is below 1.
    """
    if k < 1:
        message = f"The share of the largest {k} places cannot be told; ask for at least one."
        raise ValueError(message)
    industry, _ = _spread(counts, np.ones_like(counts))
    return None if industry is None else float(np.sort(industry)[::-1][:k].sum())


def _check_shares(shares: NDArray[np.float64]) -> None:
    if shares.ndim != 2:  # noqa: PLR2004 (a matrix)
        message = f"Shares {shares.shape} need the shape (places, industries)."
        raise ValueError(message)
    known = shares[~np.isnan(shares).any(axis=1)]
    if (known < 0).any() or (np.abs(known.sum(axis=1) - 1) > ROUNDING).any():
        message = "The shares of a place must not be negative and must add up to 1."
        raise ValueError(message)


def _spread(
    counts: NDArray[np.float64], totals: NDArray[np.float64]
) -> tuple[NDArray[np.float64] | None, NDArray[np.float64]]:
    """Return each place's share of the industry (None without workers) and of all workers."""
    if counts.ndim != 1 or counts.shape != totals.shape or len(counts) < FEWEST:
        message = (
            f"Counts {counts.shape} and totals {totals.shape} must be of the same places, "
            f"at least {FEWEST} of them."
        )
        raise ValueError(message)
    if not ((counts >= 0) & (totals > 0)).all():
        message = "Every place needs a count of zero or more and a total above zero."
        raise ValueError(message)
    everyone = np.asarray(totals / totals.sum(), dtype=np.float64)
    whole = counts.sum()
    return (np.asarray(counts / whole, dtype=np.float64) if whole else None), everyone
