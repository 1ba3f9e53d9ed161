"""The structure of a register between two years: reckoned by hand on a small cube."""

from __future__ import annotations

from collections import Counter
from math import isnan

import numpy as np
import pytest

from geodata.own.firms.cube import STAYS, Axes, Firms, tally
from geodata.own.firms.structure import Structures

WHOLE = "JJJ"
WITHIN = {"a": [0], "b": [1], WHOLE: [0, 1]}
YEARS = (1981, 1983)
COUNTS = (
    # Firms, place, division, born, gone. At the end of 1981 place a has 30 in manufacturing and 10
    # in trade, b the other way round.
    (20, 0, 39, 1975, STAYS),
    (10, 0, 13, 1981, 1982),
    (10, 0, 51, 1981, STAYS),
    (10, 1, 39, 1980, STAYS),
    (30, 1, 51, 1981, STAYS),
    # At that of 1983 a has 40 in manufacturing, 20 in trade, 20 in software; b 10, 40 and none.
    (20, 0, 13, 1983, STAYS),
    (10, 0, 52, 1983, STAYS),
    (20, 0, 65, 1983, STAYS),
    (10, 1, 51, 1982, STAYS),
    # No division, no year of founding, gone at a time that is not known: in none of the counts.
    (5, 1, 0, 1983, STAYS),
    (40, 1, 39, 0, STAYS),
    (40, 1, 39, 1981, 0),
)


def firms(counts: tuple[tuple[int, ...], ...]) -> Firms:
    n, place, division, born, gone = np.array(counts).T
    return Firms(
        np.repeat(place, n).astype(np.int16),
        np.repeat(division, n).astype(np.int8),
        np.repeat(born, n).astype(np.int16),
        np.repeat(gone, n).astype(np.int16),
    )


def structures(counts: tuple[tuple[int, ...], ...] = COUNTS, last: int = 1984) -> Structures:
    cube = tally(firms(counts), Axes(("a", "b"), last), Counter())
    return Structures(cube, WITHIN.__getitem__, WHOLE)


def test_years_are_those_with_ten_firms_up_to_the_last_that_is_dated() -> None:
    # 1984 is on the axis, and nothing is dated so; at the end of 1980 the first thirty are there.
    assert structures().years == (1980, 1981, 1982, 1983)
    assert structures(((9, 0, 39, 1981, STAYS),)).years == ()
    assert structures(((40, 0, 0, 1981, STAYS),)).years == ()
    assert structures(((40, 0, 39, 0, STAYS),)).years == ()


def test_quotients_are_those_by_hand() -> None:
    found = {one.key: one for one in structures().quotients("a", YEARS)}
    # (30/40) ÷ (40/80) and (40/80) ÷ (50/130); (10/40) ÷ (40/80) and (20/80) ÷ (60/130).
    assert found["C"].values == pytest.approx((1.5, 1.3))
    assert found["F"].values == pytest.approx((0.5, 13 / 24))
    assert (found["C"].firms, found["I"].firms) == ((30, 40), (0, 20))
    # The register has no software in 1981: there is nothing to divide by.
    assert isnan(found["I"].values[0])
    assert found["I"].values[1] == pytest.approx(1.625)
    # In b software has no firm, and 50 × 20/130 are fewer than ten: nothing is told.
    assert isnan({one.key: one for one in structures().quotients("b", YEARS)}["I"].values[1])
    divided = structures().quotients_of(51, ("a", "b"), YEARS)
    # Of division 51: (30/40) ÷ (40/80), and (40/50) ÷ (50/130).
    assert [one.key for one in divided] == ["a", "b"]
    assert divided[1].values == pytest.approx((1.5, 2.08))
    assert divided[1].firms == (30, 40)


def test_specialisation_and_likeness_are_those_by_hand() -> None:
    made = structures()
    first, second = made.special(("a", "b"), YEARS)
    # |3/4 − 1/2| + |1/4 − 1/2|; |1/2 − 5/13| + |1/4 − 6/13| + |1/4 − 2/13|.
    assert first.values == pytest.approx((0.5, 11 / 26))
    assert second.values[0] == pytest.approx(0.5)
    assert (first.firms, second.firms) == ((40, 80), (40, 50))
    # (3·1 + 1·3) ÷ 10, and 1 − ½ (1/2 + 1/2).
    assert made.likeness(("a", "b"), 1981, "cosine")[0, 1] == pytest.approx(0.6)
    assert made.likeness(("a", "b"), 1981, "krugman")[0, 1] == pytest.approx(0.5)
    few = structures((*COUNTS[:3], (9, 1, 39, 1980, STAYS)))
    assert isnan(few.special(("b",), YEARS)[0].values[0])
    assert np.isnan(few.likeness(("a", "b"), 1981, "cosine")).tolist() == [
        [False, True],
        [True, True],
    ]


def test_shift_share_is_that_by_hand_and_leaves_out_what_has_no_base() -> None:
    found = structures().split("a", YEARS)
    assert found
    parts = {one.key: one for one in found.parts}
    assert set(parts) == {"C", "F"}
    # All sections that can be split grew from 80 to 110, manufacturing from 40 to 50.
    assert (parts["C"].national, parts["C"].mix) == pytest.approx((30 * 0.375, 30 * -0.125))
    assert parts["C"].local == pytest.approx(40 - 30 * 1.25)
    assert (parts["F"].national, parts["F"].mix, parts["F"].local) == pytest.approx((3.75, 1.25, 5))
    assert found.new == (("I", 20),)
    assert structures((*COUNTS[:1], (9, 1, 39, 1980, STAYS))).split("b", YEARS) is None


def test_what_is_all_of_the_register_is_its_own_reference() -> None:
    made = structures()
    assert made.is_whole(WHOLE, YEARS)
    assert not made.is_whole("a", YEARS)
    assert structures(COUNTS[:3]).is_whole("a", YEARS)
    assert (made.unknown(1981), made.unknown(1983)) == (0, 5)


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_add_up_to_the_change_and_shares_to_one(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n, where, division = (chance.integers(one, size=200) for one in (60, 2, 98))
    born = chance.integers(1978, 1984, 200)
    gone = np.where(chance.random(200) < 0.5, STAYS, born + chance.integers(3, size=200))
    rows = tuple(zip(*(one.tolist() for one in (n, where, division, born, gone)), strict=True))
    made = structures(rows, last=1986)
    both = [made.split(place, YEARS) for place in ("a", "b")]
    for place, split in zip(("a", "b"), both, strict=True):
        assert split
        for one in split.parts:
            change = one.firms[1] - one.firms[0]
            assert one.national + one.mix + one.local == pytest.approx(change)
        ends = [made.sections(place, year).sum() for year in YEARS]
        split_up = sum(one.national + one.mix + one.local for one in split.parts)
        assert split_up + sum(n for _, n in split.new) == pytest.approx(ends[1] - ends[0])
    # Over all places together nothing is left that would be of one of them.
    for pair in zip(*(one.parts for one in both if one), strict=True):
        assert sum(one.local for one in pair) == pytest.approx(0, abs=1e-9)
    # Quotients weighed by the size of their places have a mean of 1.
    sizes = [made.sections(place, 1983).sum() for place in ("a", "b")]
    for pair in zip(*(made.quotients(place, YEARS) for place in ("a", "b")), strict=True):
        values = [one.values[1] for one in pair]
        if not np.isnan(values).any():
            assert np.average(values, weights=sizes) == pytest.approx(1)
