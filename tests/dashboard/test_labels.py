"""Names beside points keep clear of one another and of what is already there."""

from __future__ import annotations

from dashboard.labels import Wanted, around, chosen, cost, overlap

LEFT, RIGHT = (0.0, 0.0, 10.0, 10.0), (20.0, 0.0, 30.0, 10.0)
SHEET = (40.0, 10.0)


def test_a_name_takes_the_first_place_that_is_free() -> None:
    assert chosen([Wanted([LEFT, RIGHT])], size=SHEET) == [0]
    assert chosen([Wanted([LEFT, RIGHT])], [around((5, 5), 1)], SHEET) == [1]


def test_the_more_important_name_comes_first() -> None:
    assert chosen([Wanted([LEFT, RIGHT]), Wanted([LEFT, RIGHT])], size=SHEET) == [0, 1]


def test_without_room_a_name_is_left_out_or_covers_least() -> None:
    taken = [LEFT, (20.0, 0.0, 24.0, 10.0)]
    assert chosen([Wanted([LEFT, RIGHT], must=False)], taken, SHEET) == [None]
    assert chosen([Wanted([LEFT, RIGHT])], taken, SHEET) == [1]


def test_a_name_off_the_sheet_costs_twice_what_is_outside() -> None:
    assert overlap(LEFT, (5.0, 5.0, 15.0, 15.0)) == 25
    assert cost((-5.0, 0.0, 5.0, 10.0), [], SHEET) == 100
    assert cost((-5.0, 0.0, 5.0, 10.0), []) == 0
    assert chosen([Wanted([(-5.0, 0.0, 5.0, 10.0), RIGHT], must=False)], size=SHEET) == [1]
