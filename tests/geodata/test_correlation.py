"""Correlation and line: by hand, and against another program's numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import pearsonr

from geodata.measures.correlation import FEWEST, fitted


def test_a_line_by_hand() -> None:
    """x = 1..10, y = x but 10 → 0: Sxx 82.5, Sxy 82.5 − 45, Syy by hand."""
    x = list(range(1, 11))
    y = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]
    found = fitted(x, y)
    # Σxy = 285, mean x 5.5, mean y 4.5: Sxy = 285 − 10 · 24.75 = 37.5; Syy = 285 − 202.5 = 82.5.
    assert found.slope == pytest.approx(37.5 / 82.5)
    assert found.intercept == pytest.approx(4.5 - 5.5 * 37.5 / 82.5)
    assert found.r == pytest.approx(37.5 / 82.5)
    z, half = math.atanh(37.5 / 82.5), 1.959964 / math.sqrt(7)
    assert (found.low, found.high) == pytest.approx((math.tanh(z - half), math.tanh(z + half)))
    left = 82.5 - 37.5**2 / 82.5
    assert found.noise == pytest.approx(math.sqrt(left / 8))
    # Student's t with 8 degrees of freedom: 2.306; at the mean nothing but s ÷ √n is left.
    assert found.margin_at(5.5) == pytest.approx(2.306004 * found.noise / math.sqrt(10), rel=1e-6)


def test_the_interval_of_r_is_that_of_another_program() -> None:
    x = np.linspace(0, 3, 40)
    y = np.sin(3 * x) + x
    found, theirs = fitted(x.tolist(), y.tolist()), pearsonr(x, y)
    assert found.r == pytest.approx(theirs.statistic)
    limits = theirs.confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((limits.low, limits.high))


def test_a_perfect_line_has_no_room_around_it() -> None:
    found = fitted([float(x) for x in range(12)], [3.0 - 2 * x for x in range(12)])
    assert (found.r, found.low, found.high) == pytest.approx((-1, -1, -1))
    assert found.margin_at(4.0) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([1.0] * FEWEST, list(range(FEWEST))),
        (list(range(FEWEST - 1)), list(range(FEWEST - 1))),
        (list(range(FEWEST)), list(range(FEWEST + 1))),
        ([math.nan, *range(1, FEWEST)], list(range(FEWEST))),
    ],
)
def test_what_has_no_line_is_refused(x: list[float], y: list[float]) -> None:
    with pytest.raises(ValueError, match=r"needs two figures|Leave out"):
        fitted(x, y)
