"""Spatial autocorrelation (空间自相关): do neighbours resemble one another, and where.

With z the deviations from the mean and w the weights, w[i, j] > 0 where j is a neighbour of i::

    global Moran   I = n / ΣΣ w[i, j] · ΣΣ w[i, j] z[i] z[j] / Σ z[i]²,  expected −1 / (n − 1)
    local Moran    I[i] = (n − 1) z[i] Σ w[i, j] z[j] / Σ z²,  rows of w adding up to 1
    Getis–Ord Gi*  z[i] = (Σ w[i, j] x[j] − W[i] x̄) / (s √((n W[i] − W[i]²) / (n − 1))),
                   w of 0 and 1 with w[i, i] = 1 and W[i] = Σ w[i, j]

Moran (1950, Biometrika 37), Anselin (1995, Geographical Analysis 27), Ord and Getis (1995, same
volume), Benjamini and Hochberg (1995, JRSS B 57). The statistics are those of PySAL's `esda`, the
weights those of `libpysal`; both are loaded when a function runs, since only a build calls them.

Inference is by permutation, two-sided: p = 2 (min(#≥, #≤) + 1) / (permutations + 1), at most 1.
The local one holds a place and draws its neighbours from all others. Given the place, I[i] and
Gi* both rise or fall with the sum of its neighbours alone, so that they share their p. All
places use the same draws, as in `esda`; the seed is fixed, so that results do not depend on
what ran before.

All of them stay the same when every value is multiplied by a constant. A location quotient is
the share of an industry over a constant, the benchmark's share: its results hold for every
benchmark.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd
    from libpysal.graph import Graph
    from libpysal.weights import W
    from numpy.typing import NDArray

WEIGHTS: Final = ("queen", "nearest")
NEAREST: Final = 6
"""Neighbours of a place by distance; by contiguity the counties have 5.4 on average."""
PERMUTATIONS: Final = 999
LOCAL_PERMUTATIONS: Final = 9_999
"""More, as control over 199 places at once asks for a p far below that of one test."""
SEED: Final = 20_150_430
RATE: Final = 0.05
"""Share of false ones among the places called a cluster, kept by Benjamini–Hochberg."""
FEWEST: Final = 3
"""Below it, or where a place neighbours all others, no permutation differs from what is seen."""

FEW: Final = "too few places have a value and neighbours with one: at least three are needed"
UNIFORM: Final = "all places have the same value, so that none stands out"

QUADRANTS: Final = ("none", "HH", "LH", "LL", "HL")
"""Local classes by esda's number of the quadrant; 0 is a place that does not stand out."""
ROUNDING: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Weights among n places, each with at least one neighbour.

    `rows` add up to 1; `starred` are 0 and 1, with each place among its own neighbours; `counts`
    are the neighbours of each without itself, shape (n,). `islands` were left out.
    """

    codes: tuple[str, ...]
    rows: W
    starred: W
    counts: NDArray[np.int64]
    islands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moran:
    """Global Moran's I of `n` places, its expectation without pattern, z and p of permutations."""

    n: int
    statistic: float
    expected: float
    z: float
    p: float


@dataclass(frozen=True, slots=True)
class Local:
    """Local results, each array of shape (n,) in the order of the neighbourhood.

    `statistic` is local Moran, `z` that of Gi*; `p` and its false-discovery-controlled `q` are
    common to both; `kind` is HH, HL, LH, LL or none, `hot` is hot, cold or none, both at
    q ≤ `RATE`.
    """

    statistic: NDArray[np.float64]
    z: NDArray[np.float64]
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    kind: tuple[str, ...]
    hot: tuple[str, ...]


def queen(polygons: gpd.GeoSeries) -> Graph:
    """Return who touches whom, in a line or a point; weights of 1.

    Parameters
    ----------
    polygons
        Indexed by code; they form a coverage without overlaps or slivers.
    """
    from libpysal.graph import Graph

    return Graph.build_contiguity(polygons, rook=False, strict=True)


def nearest(points: gpd.GeoSeries, k: int = NEAREST) -> Graph:
    """Return the k nearest places of each; weights of 1, not always mutual.

    Parameters
    ----------
    points
        Indexed by code, in a projection in metres.
    k
        Neighbours of each place.

    Raises
    ------
    ValueError
        If the coordinates are degrees or there are not more than k points.
    """
    from libpysal.graph import Graph

    if points.crs is not None and points.crs.is_geographic:
        message = f"Distances need metres, not the degrees of {points.crs.name}; project first."
        raise ValueError(message)
    if not 0 < k < len(points):
        message = f"Each of {len(points)} places cannot have {k} others as neighbours."
        raise ValueError(message)
    return Graph.build_knn(points, k=k).transform("B")


def among(graph: Graph, codes: Collection[str]) -> Neighbourhood:
    """Return the weights among some places, and the islands left out of them.

    Parameters
    ----------
    graph
        Weights of all places.
    codes
        The places that have a value; the others are nobody's neighbours.

    Returns
    -------
    Neighbourhood
        The places with at least one neighbour, in the order of `graph`. Its islands are places
        with a value that have no neighbour, or whose neighbours have no value.
    """
    kept = set(codes)
    inside = graph.subgraph([c for c in graph.unique_ids if c in kept])
    alone = {str(c) for c in inside.isolates}
    linked = inside.subgraph([c for c in inside.unique_ids if c not in alone])
    # The older class keeps its sums, where a Graph would add them up for every indicator.
    rows, starred = linked.to_W(), linked.assign_self_weight(1).to_W()
    rows.transform = "r"
    return Neighbourhood(
        tuple(str(c) for c in linked.unique_ids),
        rows,
        starred,
        linked.cardinalities.to_numpy(),
        tuple(sorted(alone)),
    )


def refusal(values: NDArray[np.float64], around: Neighbourhood) -> str:
    """Return why places with these values cannot be examined, "" where they can."""
    if len(values) < FEWEST or around.counts.max() >= len(values) - 1:
        return FEW
    return UNIFORM if np.ptp(values) <= ROUNDING * np.abs(values).max() else ""


def global_moran(
    values: NDArray[np.float64],
    around: Neighbourhood,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Moran:
    """Return global Moran's I with row-standardised weights.

    Parameters
    ----------
    values
        Shape (n,), without NaN, in the order of the neighbourhood.
    around
        Weights among these places.
    permutations, seed
        How often the values are dealt out anew over all places, from which seed.

    Raises
    ------
    ValueError
        If shapes do not fit, a value is unknown, or `refusal` has a reason.
    """
    import esda

    _require(values, around)
    found = esda.Moran(values, around.rows, permutations=0)
    z = values - values.mean()
    dealt = np.random.default_rng(seed).permuted(np.tile(z, (permutations, 1)), axis=1)
    # Rows add up to 1, so that the sum of all weights is n.
    simulated = np.einsum("pn,np->p", dealt, around.rows.sparse @ dealt.T) / (z @ z)
    p = two_sided(*tails(np.array([found.I]), simulated[None, :]), permutations)[0]
    score = (found.I - simulated.mean()) / simulated.std()
    return Moran(len(z), float(found.I), float(found.EI), float(score), float(p))


def local_moran(
    values: NDArray[np.float64],
    around: Neighbourhood,
    permutations: int = LOCAL_PERMUTATIONS,
    seed: int = SEED,
) -> Local:
    """Return local Moran and Gi* of each place; parameters and errors as `global_moran`."""
    import esda
    from scipy.stats import false_discovery_control

    _require(values, around)
    with warnings.catch_warnings():
        found = esda.Moran_Local(values, around.rows, permutations=0)
    starred = esda.G_Local(values, around.starred, transform="B", star=True, permutations=0)
    sums = around.counts * (around.rows.sparse @ values)
    drawn = neighbour_sums(values, around.counts, permutations, seed)
    upper, lower = tails(sums, drawn)
    p = two_sided(upper, lower, permutations)
    q = false_discovery_control(p)
    above = upper < lower
    # Gi* counts the place itself: it is only called hot where its neighbours are high as well.
    hot = np.where((starred.Zs > 0) == above, np.where(above, "hot", "cold"), "none")
    return Local(
        found.Is,
        starred.Zs,
        p,
        q,
        tuple(QUADRANTS[k] if s <= RATE else "none" for k, s in zip(found.q, q, strict=True)),
        tuple(str(h) if s <= RATE else "none" for h, s in zip(hot, q, strict=True)),
    )


def neighbour_sums(
    values: NDArray[np.float64], counts: NDArray[np.int64], permutations: int, seed: int
) -> NDArray[np.float64]:
    """Return the sum of as many others as each place has neighbours, drawn at random.

    Returns
    -------
    ndarray, shape (n, permutations)
        Drawn without replacement from the n − 1 other places.
    """
    last = len(values) - 1
    draws, position = _draws(len(values), int(counts.max()), permutations, seed)
    # Drawn once from all but the last; where a place draws itself, the last stands in for it.
    whole = np.cumsum(values[draws], axis=0)
    sums = whole[counts - 1]
    for place, count in enumerate(counts[:last]):
        sums[place] += (position[place] < count) * (values[last] - values[place])
    return sums


@lru_cache(maxsize=8)
def _draws(
    n: int, count: int, permutations: int, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    """Return `count` of n − 1 places by permutation, and where each of the n − 1 was drawn."""
    everyone = np.tile(np.arange(n - 1), (permutations, 1))
    dealt = np.random.default_rng(seed).permuted(everyone, axis=1)
    position = np.argsort(dealt, axis=1).T.astype(np.int16, order="C")
    return np.ascontiguousarray(dealt[:, :count].T), position


def tails(
    observed: NDArray[np.float64], simulated: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many simulated numbers, (n, permutations), are ≥ and ≤ the observed, (n,)."""
    # The same neighbours added in another order are a tie, not a difference.
    slack = ROUNDING * np.abs(observed).max()
    upper = np.count_nonzero(simulated >= observed[:, None] - slack, axis=1)
    lower = np.count_nonzero(simulated <= observed[:, None] + slack, axis=1)
    return upper, lower


def two_sided(
    upper: NDArray[np.int64], lower: NDArray[np.int64], permutations: int
) -> NDArray[np.float64]:
    """Return the pseudo p of what stands between two tails, as `tails` counts them.

    p = 2 (min(#≥, #≤) + 1) / (permutations + 1), at most 1: twice the one-sided p that `esda`
    gives as `p_sim`. It cannot be less than 2 / (permutations + 1).
    """
    return np.minimum(2 * (np.minimum(upper, lower) + 1) / (permutations + 1), 1.0)


def _require(values: NDArray[np.float64], around: Neighbourhood) -> None:
    if values.shape != around.counts.shape or np.isnan(values).any():
        message = (
            f"Values {values.shape} need one known number for each of the {len(around.codes)} "
            "places; leave out those without a value with `among`."
        )
        raise ValueError(message)
    if reason := refusal(values, around):
        message = f"No spatial statistic: {reason}."
        raise ValueError(message)
