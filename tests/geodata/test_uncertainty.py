"""Intervals of sampled quotients against hand-worked values, SciPy and a simulated sample."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from geodata.measures.uncertainty import quotient_interval, share_interval

sampled = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_an_interval_worked_out_with_pencil() -> None:
    # 10 of 100, z = 2: n' = 100, (0.1 + 4/200 ± 2 √(0.09/100 + 4/40,000)) / (1 + 4/100)
    # = (0.12 ± 2 · 0.0316228) / 1.04 = 0.0545716 and 0.1761976
    low, high = share_interval(np.array([10.0]), np.array([100.0]), z=2.0)
    assert low == pytest.approx(0.0545716, abs=1e-7)
    assert high == pytest.approx(0.1761976, abs=1e-7)


@given(pair=sampled)
def test_the_limits_are_those_of_scipy(pair: tuple[int, int]) -> None:
    low, high = share_interval(np.array([float(pair[0])]), np.array([float(pair[1])]))
    known = binomtest(*pair).proportion_ci(confidence_level=0.95, method="wilson")
    assert low[0] == pytest.approx(known.low, abs=1e-9)
    assert high[0] == pytest.approx(known.high, abs=1e-9)


@pytest.mark.parametrize(("n", "p"), [(60, 0.1), (400, 0.02), (1700, 0.3)])
def test_nineteen_of_twenty_simulated_samples_hold_the_truth(n: int, p: float) -> None:
    drawn = np.random.default_rng(20).binomial(n, p, size=20_000).astype(float)
    low, high = share_interval(drawn, np.full(drawn.shape, float(n)))
    assert np.mean((low <= p) & (p <= high)) == pytest.approx(0.95, abs=0.015)


def test_households_that_work_in_one_industry_ask_for_the_design_effect() -> None:
    # Pairs that share an industry: the variance doubles. Without the design effect fewer than
    # nine in ten intervals hold the truth.
    pairs, p = 400, 0.2
    drawn = 2 * np.random.default_rng(20).binomial(pairs, p, size=20_000).astype(float)
    totals = np.full(drawn.shape, 2.0 * pairs)
    held = []
    for design in (1.0, 2.0):
        low, high = share_interval(drawn, totals, design=design)
        held.append(np.mean((low <= p) & (p <= high)))
    assert held[0] < 0.9
    assert held[1] == pytest.approx(0.95, abs=0.015)


def test_no_worker_in_the_sample_leaves_an_upper_limit() -> None:
    low, high = share_interval(np.array([0.0, 50.0]), np.array([50.0, 50.0]))
    assert low[0] == 0
    assert high[0] == pytest.approx(1.959964**2 / (50 + 1.959964**2))
    assert high[1] == 1


def test_a_quotient_is_divided_by_the_share_of_the_benchmark() -> None:
    low, high = quotient_interval(np.array([10.0]), np.array([100.0]), 0.05)
    share = share_interval(np.array([10.0]), np.array([100.0]))
    assert (low, high) == (share[0] / 0.05, share[1] / 0.05)
    assert low < 10 / 100 / 0.05 < high


def test_what_is_unknown_has_no_limits() -> None:
    counts, totals = np.array([np.nan, 1.0, 0.0]), np.array([5.0, np.nan, 0.0])
    assert np.isnan(share_interval(counts, totals)).all()
    assert np.isnan(quotient_interval(np.array([1.0]), np.array([5.0]), 0.0)).all()


@pytest.mark.parametrize(
    ("counts", "totals", "more"),
    [
        (np.ones(2), np.ones(3), {}),
        (np.array([-1.0]), np.array([1.0]), {}),
        (np.array([2.0]), np.array([1.0]), {}),
        (np.array([1.0]), np.array([2.0]), {"z": 0.0}),
        (np.array([1.0]), np.array([2.0]), {"design": -1.0}),
    ],
)
def test_intervals_refuse_what_cannot_be(
    counts: np.ndarray, totals: np.ndarray, more: dict[str, float]
) -> None:
    with pytest.raises(ValueError, match=r"shape|negative|above zero"):
        share_interval(counts, totals, **more)


def test_a_benchmark_share_lies_within_its_whole() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        quotient_interval(np.array([1.0]), np.array([2.0]), 1.5)
