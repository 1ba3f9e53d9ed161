"""Entry, exit and survival of firms, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.measures.demography import survival, turnover


def test_rates_are_of_the_stock_at_the_beginning_of_the_year() -> None:
    # 10 firms; 5 come and 2 go (13); 0 and 13 (0); 4 and 0 (4).
    rates = turnover(np.array([5, 0, 4]), np.array([2, 13, 0]), 10)
    assert rates.entry[:2].tolist() == [0.5, 0.0]
    assert rates.exit[:2].tolist() == [0.2, 1.0]
    assert np.isnan(rates.entry[2])
    with pytest.raises(ValueError, match="-1 firms"):
        turnover(np.array([1]), np.array([2]))


def test_survival_counts_those_that_are_there_while_they_could_be_seen() -> None:
    cohorts = np.array(
        [
            # gone in the year of birth, a year later, two years later; still there
            [1, 2, 1, 6],
            [0, 2, 0, 8],
            [0, 0, 0, 10],
        ]
    )
    found = survival(cohorts)
    # Age 0: all 30 were seen, 1 + 2 went. Age 1: 6 + 1 + 2 of the first cohort and 8 of the
    # second, 2 went. Age 2: 7 of the first, 1 went.
    assert found.at_risk.tolist() == [30, 17, 7]
    assert found.share == pytest.approx([0.9, 0.9 * 15 / 17, 0.9 * 15 / 17 * 6 / 7])
    first = 0.9 * np.sqrt(3 / (30 * 27))
    assert found.error[0] == pytest.approx(first)
    second = 0.9 * 15 / 17 * np.sqrt(3 / (30 * 27) + 2 / (17 * 15))
    assert found.error[1] == pytest.approx(second)


def test_nobody_goes_before_being_born() -> None:
    with pytest.raises(ValueError, match="before"):
        survival(np.array([[0, 0, 1], [1, 0, 1]]))
