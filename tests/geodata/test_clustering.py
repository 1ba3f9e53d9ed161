"""Clusters of firms, against what DBSCAN finds step by step."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.measures.clustering import NOISE, clusters


def test_two_crowds_and_a_firm_that_is_alone() -> None:
    # Ten firms in one cell, a bridge of one firm 1 km east of it, four firms 30 km north.
    x = np.array([100.0] * 10 + [1_100.0] + [100.0] * 4 + [60_000.0])
    y = np.array([100.0] * 11 + [30_100.0] * 4 + [60_000.0])
    found = clusters(x, y, radius=1_000, least=4)
    told = dict(zip(zip(found.x, found.y, strict=True), found.label, strict=True))
    assert told == {
        (125.0, 125.0): 0,
        (1_125.0, 125.0): 0,
        (125.0, 30_125.0): 1,
        (60_125.0, 60_125.0): NOISE,
    }
    assert found.sizes().tolist() == [11, 4]
    assert (clusters(x, y, radius=1_000, least=12).label == NOISE).all()


def test_a_cell_at_the_edge_goes_to_the_nearest_core() -> None:
    # A firm 750 m from five firms and 1,000 m from six, too lonely to be a core itself.
    x = np.array([125.0] * 5 + [875.0] + [1_875.0] * 6)
    y = np.full(12, 125.0)
    found = clusters(x, y, radius=1_000, least=13)
    assert (found.label == NOISE).all()
    found = clusters(x, y, radius=1_000, least=6)
    assert found.sizes().tolist() == [12]


def step_by_step(x: np.ndarray, y: np.ndarray, radius: float, least: int) -> set[frozenset[int]]:
    """Return the cores of each cluster as the paper finds them, one after the other."""
    near = np.hypot(x[:, None] - x, y[:, None] - y) <= radius
    core = near.sum(1) >= least
    left, made = set(np.flatnonzero(core).tolist()), set()
    while left:
        waiting = [left.pop()]
        one = set(waiting)
        while waiting:
            at = waiting.pop()
            more = {n for n in np.flatnonzero(near[at] & core).tolist() if n in left}
            left -= more
            one |= more
            waiting += more
        made.add(frozenset(one))
    return made


@pytest.mark.parametrize("seed", range(5))
def test_cores_are_joined_as_step_by_step(seed: int) -> None:
    chance = np.random.default_rng(seed)
    # Each firm in the middle of its own cell, so that cells and firms are the same.
    at = np.unique(chance.integers(-60, 60, (900, 2)), axis=0)
    x, y = (at.T + 0.5) * 250.0
    found = clusters(x, y, radius=700, least=4)
    order = np.lexsort((found.x, found.y))
    own = np.lexsort((x, y))
    label = np.empty(len(x), np.int64)
    label[own] = found.label[order]
    near = np.hypot(x[:, None] - x, y[:, None] - y) <= 700
    core = near.sum(1) >= 4
    ours = {
        frozenset(np.flatnonzero(core & (label == one)).tolist()) for one in set(label) - {NOISE}
    }
    assert ours == step_by_step(x, y, 700, 4)
    assert ((label != NOISE) == (near & core).any(1)).all()
