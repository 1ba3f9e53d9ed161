"""Shift–share against a hand-worked case, and that nothing is lost in it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.measures.shift_share import evened_local, shift_share

numbers = st.lists(st.integers(1, 100_000), min_size=4, max_size=4)


def row(*numbers: float) -> np.ndarray:
    return np.array(numbers, dtype=float)


def test_three_components_by_hand() -> None:
    # The reference: 1,000 → 1,100 (+10 %); industry 1 500 → 650 (+30 %), 2 500 → 450 (−10 %).
    # The place: 100 → 120 and 100 → 95.
    found = shift_share(row(100, 100), row(120, 95), row(500, 500), row(650, 450))
    np.testing.assert_allclose(found.national, [10, 10])
    np.testing.assert_allclose(found.mix, [20, -20])
    np.testing.assert_allclose(found.local, [-10, 5])


def test_the_local_part_had_the_sample_moved_like_the_reference() -> None:
    # Here from 5 to 4 % of the people, there from 5 to 4.5 %: 100 workers count as 112.5.
    assert evened_local(-10, 100, (5, 4), (5, 4.5)) == pytest.approx(2.5)
    assert evened_local(-10, 100, (5, 4), (10, 8)) == pytest.approx(-10)


@given(before=numbers, after=numbers, first=numbers, last=numbers)
def test_the_components_add_up_to_the_change(
    before: list[int], after: list[int], first: list[int], last: list[int]
) -> None:
    found = shift_share(row(*before), row(*after), row(*first), row(*last))
    np.testing.assert_allclose(
        found.national + found.mix + found.local, row(*after) - row(*before), atol=1e-6
    )


@given(first=numbers, last=numbers)
def test_the_reference_itself_has_neither_mix_nor_local_component_in_all(
    first: list[int], last: list[int]
) -> None:
    found = shift_share(row(*first), row(*last), row(*first), row(*last))
    assert found.mix.sum() == pytest.approx(0, abs=1e-6)
    np.testing.assert_allclose(found.local, 0, atol=1e-6)


def test_another_sampling_fraction_moves_only_the_national_component() -> None:
    before, after, first, last = row(100, 100), row(120, 95), row(500, 500), row(650, 450)
    whole = shift_share(before, after, first, last)
    half = shift_share(before, after / 2, first, last / 2)
    np.testing.assert_allclose(half.mix, whole.mix / 2)
    np.testing.assert_allclose(half.local, whole.local / 2)
    assert half.national.sum() == pytest.approx(200 * (1100 / 2 / 1000 - 1))


def test_an_industry_new_to_the_place_is_its_own_doing() -> None:
    found = shift_share(row(0), row(7), row(10), row(20))
    assert (found.national[0], found.mix[0], found.local[0]) == (0, 0, 7)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((row(1), row(1, 2), row(1), row(1)), "one shape"),
        ((row(1), row(np.nan), row(1), row(1)), "known count"),
        ((row(1), row(-1), row(1), row(1)), "known count"),
        ((row(1), row(1), row(0), row(1)), "no growth to compare"),
    ],
)
def test_refused(rows: tuple[np.ndarray, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        shift_share(*rows)
