"""Ellison–Glaeser and Duranton–Overman, against numbers worked out by hand and all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geodata.measures.agglomeration import (
    WITHIN_CELL,
    Pairs,
    bands,
    ellison_glaeser,
    herfindahl,
)
from tests.effort import processor_seconds, yardstick_seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray


def test_gamma_is_that_of_the_formula_by_hand() -> None:
    # Shares 3/4 and 1/4 against 1/2 and 1/2: G = 2·(1/4)² = 1/8, 1 − Σx² = 1/2, so G/(…) = 1/4.
    # Firms of 2, 1 and 1: H = 6/16 = 3/8. γ = (1/4 − 3/8) / (5/8) = −1/5.
    plants = herfindahl(4, 6)
    assert plants == 3 / 8
    gamma = ellison_glaeser(np.array([3.0, 1.0]), np.array([50.0, 50.0]), plants)
    assert gamma == pytest.approx(-0.2)
    # The same shares of a hundred firms of one size: (1/4 − 1/100) / (99/100) = 8/33.
    gamma = ellison_glaeser(np.array([3.0, 1.0]), np.array([50.0, 50.0]), 1 / 100)
    assert gamma == pytest.approx(8 / 33)


def test_an_industry_that_is_spread_at_random_has_a_gamma_of_nothing() -> None:
    chance = np.random.default_rng(1)
    everyone = chance.integers(1_000, 50_000, 199).astype(float)
    odds = everyone / everyone.sum()
    gammas = [
        ellison_glaeser(chance.multinomial(500, odds).astype(float), everyone, 1 / 500)
        for _ in range(400)
    ]
    assert abs(np.mean(gammas)) < 4 * np.std(gammas) / 20


def test_where_nothing_can_be_compared_there_is_no_gamma() -> None:
    one, none = np.array([1.0, 0.0]), np.array([0.0, 0.0])
    assert np.isnan(ellison_glaeser(none, one, 0.1))
    assert np.isnan(ellison_glaeser(one, one, 0.1))
    assert np.isnan(ellison_glaeser(one, np.array([1.0, 1.0]), 1.0))
    assert np.isnan(herfindahl(0, 0))


def test_two_firms_are_one_distance() -> None:
    pairs = Pairs((0, 0), (50, 50))
    k = pairs.density(pairs.count(np.array([500.0, 30_500.0]), np.array([500.0, 40_500.0])))
    # 30 km east and 40 km north: a Gaussian of 5 km around 50 km, of height 1/(5000·√(2π)).
    assert pairs.distances[k.argmax()] == 50_000
    assert k.max() == pytest.approx(1 / (5_000 * np.sqrt(2 * np.pi)), rel=2e-3)
    assert k.sum() * 1_000 == pytest.approx(1, rel=1e-3)


def test_two_firms_of_one_cell_are_half_a_cell_apart() -> None:
    pairs = Pairs((0, 0), (5, 5), reach=60_000)
    k = pairs.density(pairs.count(np.array([100.0, 900.0]), np.array([100.0, 900.0])))
    # The mean distance within a square of 1 km is 521 m; reflected at zero the kernel is doubled.
    assert pytest.approx((2 + np.sqrt(2) + 5 * np.log(1 + np.sqrt(2))) / 15) == WITHIN_CELL
    assert k[0] == pytest.approx(2 / (5_000 * np.sqrt(2 * np.pi)), rel=0.01)
    assert np.isnan(pairs.density(np.zeros((5, 5), np.int64))).all()


def crowd(n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    chance = np.random.default_rng(2)
    x, y = chance.uniform(50_000, 450_000, (2, 40))[:, chance.integers(0, 40, n)]
    return x + chance.normal(0, 8_000, n), y + chance.normal(0, 8_000, n)


def test_the_raster_is_within_half_a_percent_of_all_pairs() -> None:
    x, y = crowd(1_500)
    pairs = Pairs((0, 0), (500, 500))
    k = pairs.density(pairs.count(x, y))
    above = np.triu_indices(len(x), 1)
    apart = np.hypot(x[above[0]] - x[above[1]], y[above[0]] - y[above[1]])
    at, width = pairs.distances[::10], pairs.bandwidth
    exact = np.array(
        [
            (
                np.exp(-0.5 * ((d - apart) / width) ** 2)
                + np.exp(-0.5 * ((d + apart) / width) ** 2)
            ).sum()
            / (len(apart) * width * np.sqrt(2 * np.pi))
            for d in at
        ]
    )
    assert np.abs(k[::10] - exact).max() <= 0.005 * exact.max()


def test_a_crowded_industry_leaves_the_bands_and_a_random_one_stays() -> None:
    chance = np.random.default_rng(3)
    x, y = crowd(20_000)
    pairs = Pairs((0, 0), (250, 250), cell=2_000)
    everyone = pairs.count(x, y)
    made = bands(pairs, everyone, 300, chance, draws=60)
    assert (made.lowest <= made.low).all()
    assert (made.low <= made.high).all()
    assert (made.high <= made.highest).all()
    near = np.argsort(np.hypot(x - x[0], y - y[0]))[:300]
    assert pairs.density(pairs.count(x[near], y[near]))[0] > made.highest[0]
    drawn = chance.choice(20_000, 300, replace=False)
    k = pairs.density(pairs.count(x[drawn], y[drawn]))
    assert ((made.low <= k) & (k <= made.high)).mean() > 0.5
    with pytest.raises(ValueError, match="sites"):
        bands(pairs, everyone, 20_001, chance)


def test_a_point_outside_of_the_raster_is_an_error() -> None:
    with pytest.raises(ValueError, match="invalid"):
        Pairs((0, 0), (5, 5)).count(np.array([9_000.0]), np.array([100.0]))


@pytest.mark.bench
def test_a_density_costs_the_same_for_any_number_of_firms() -> None:
    pairs = Pairs((0, 0), (745, 640))
    x, y = crowd(1_000_000)
    counts = pairs.count(x, y)
    pairs.density(counts)
    # A yardstick is 10 ms of a processor of 2025.
    assert processor_seconds(lambda: pairs.density(counts)) < 10 * yardstick_seconds()
