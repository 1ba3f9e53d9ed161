"""How well a score tells what will happen: the area under the ROC curve, with its interval.

The area (AUC) is the chance that one for whom it happened has a higher score than one for whom it
did not, ties counting half (Hanley and McNeil 1982, Radiology 143, pp. 29–36): ½ is chance, 1 is
perfect, below ½ the score points the wrong way.

The interval is that of DeLong, DeLong and Clarke-Pearson (1988, Biometrics 44, pp. 837–845), in the
form of Obuchowski (1997, Biometrics 53, pp. 567–578) for observations in clusters: the industries
of one county are not independent of one another, and counting them as if they were would make the
interval too narrow. With one observation in each cluster it is DeLong's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.measures.uncertainty import Z95

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Discrimination:
    """The area under the curve and its limits (95 %), of `events` among `n` observations."""

    auc: float
    low: float
    high: float
    events: int
    n: int


def discrimination(
    scores: NDArray[np.float64], happened: NDArray[np.bool_], clusters: NDArray[np.int_]
) -> Discrimination:
    """Return how well scores tell the observations apart for which something happened.

    Parameters
    ----------
    scores
        Shape (n,), all known.
    happened
        Shape (n,).
    clusters
        The number of the cluster of each observation, from 0, shape (n,).

    Returns
    -------
    Discrimination
        The area and A ± 1.96·se, held within 0 and 1.

    Raises
    ------
    ValueError
        If shapes differ, a score is unknown, or all or none happened, in fewer than two clusters
        each.
    """
    if not scores.shape == happened.shape == clusters.shape or np.isnan(scores).any():
        message = f"Each observation needs a known score: {scores.shape}, {happened.shape}."
        raise ValueError(message)
    sides = [(scores[part], clusters[part]) for part in (happened, ~happened)]
    counts = [np.unique(of).size for _, of in sides]
    if min(counts) < 2:  # noqa: PLR2004 (a variance)
        message = "Nothing can be told apart: it happened to too few clusters, or to all."
        raise ValueError(message)
    (high, high_of), (low, low_of) = sides
    wins = (high[:, None] > low).astype(np.float64) + 0.5 * (high[:, None] == low)
    area = float(wins.mean())
    size = int(clusters.max()) + 1
    parts = [
        np.bincount(of, weights=wins.mean(axis=axis) - area, minlength=size)
        for of, axis in ((high_of, 1), (low_of, 0))
    ]
    every = np.unique(clusters).size
    (n_high, n_low), (k_high, k_low) = (high.size, low.size), counts
    variance = (
        k_high / (k_high - 1) * float(parts[0] @ parts[0]) / n_high**2
        + k_low / (k_low - 1) * float(parts[1] @ parts[1]) / n_low**2
        + 2 * every / (every - 1) * float(parts[0] @ parts[1]) / (n_high * n_low)
    )
    reach = Z95 * max(variance, 0.0) ** 0.5
    return Discrimination(
        area, max(area - reach, 0.0), min(area + reach, 1.0), n_high, n_high + n_low
    )
