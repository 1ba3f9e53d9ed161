"""Gravity links against a hand-computed case, and what they must refuse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata.measures.interaction import gravity, relative

Numbers = NDArray[np.float64]
NAN = np.nan
MASSES = np.array([10.0, 20.0, 5.0])
TIMES = np.array([[0, 2.0, NAN], [2.0, 0, 5.0], [NAN, 5.0, 0]])


def test_links_by_hand() -> None:
    """b = 2: 10·20 ÷ 4 = 50; 20·5 ÷ 25 = 4; no time, no link."""
    found = gravity(MASSES, TIMES, 2)
    assert found[0, 1] == 50
    assert found[1, 2] == 4
    assert np.isnan(found[0, 2])
    assert np.isnan(np.diag(found)).all()


def test_relative_to_the_strongest() -> None:
    found = relative(gravity(MASSES, TIMES, 2))
    assert found[0, 1] == 100
    assert found[2, 1] == pytest.approx(8)
    assert np.isnan(found[0, 2])


@given(
    factor=st.floats(0.1, 50),
    exponent=st.floats(0.5, 3),
    masses=st.lists(st.floats(1, 1e5), min_size=3, max_size=3),
)
def test_the_unit_of_mass_and_time_does_not_matter_to_the_comparison(
    factor: float, exponent: float, masses: list[float]
) -> None:
    own = np.array(masses)
    found = relative(gravity(own, TIMES, exponent))
    np.testing.assert_allclose(relative(gravity(own * factor, TIMES, exponent)), found)
    np.testing.assert_allclose(relative(gravity(own, TIMES * factor, exponent)), found)


def test_a_larger_exponent_weakens_the_distant_link() -> None:
    shares = [relative(gravity(MASSES, TIMES, b))[1, 2] for b in (0.5, 1, 2, 3)]
    assert shares == sorted(shares, reverse=True)


def test_an_unknown_mass_has_no_links() -> None:
    found = gravity(np.array([10.0, NAN, 5.0]), TIMES, 2)
    assert np.isnan(found).all()
    assert np.isnan(relative(found)).all()


@pytest.mark.parametrize(
    ("masses", "times", "exponent"),
    [
        (np.array([1.0, 2.0]), TIMES, 2.0),
        (np.array([1.0, 0.0, 2.0]), TIMES, 2.0),
        (MASSES, -TIMES, 2.0),
        (MASSES, TIMES, 0.0),
        (MASSES, TIMES, NAN),
        (MASSES, np.array([[0, 2.0, 1.0], [3.0, 0, 1.0], [1.0, 1.0, 0]]), 2.0),
    ],
)
def test_what_no_gravity_can_be_computed_of_is_refused(
    masses: Numbers, times: Numbers, exponent: float
) -> None:
    with pytest.raises(ValueError, match=r"need times|above zero|both ways"):
        gravity(masses, times, exponent)


def test_a_negative_link_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        relative(np.array([[NAN, -1.0], [2.0, NAN]]))
