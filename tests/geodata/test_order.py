"""Over which weights an order stays, by hand."""

from __future__ import annotations

import pytest

from geodata.measures.order import Span, orders


def test_two_lines_cross_once() -> None:
    """0.8 − 0.4 α and 0.2 + 0.6 α are alike at α = 0.6."""
    first, second = orders((0.8, 0.2), (0.4, 0.8))
    assert (first.low, first.order, second.high, second.order) == (0, (0, 1), 1, (1, 0))
    assert first.high == second.low == pytest.approx(0.6)


def test_three_lines_change_places_pair_by_pair() -> None:
    """α, 1 − α and ¼: crossings at ¼, ½ and ¾."""
    found = orders((0, 1, 0.25), (1, 0, 0.25))
    assert [span.high for span in found] == pytest.approx([0.25, 0.5, 0.75, 1])
    assert [span.order for span in found] == [(1, 2, 0), (1, 0, 2), (0, 1, 2), (0, 2, 1)]


@pytest.mark.parametrize(
    ("at_zero", "at_one"),
    [((0.2, 0.1), (0.9, 0.8)), ((0.2, 0.1), (0.4, 0.4)), ((0.3, 0.3), (0.5, 0.5))],
    ids=["side by side", "meeting at the end", "alike"],
)
def test_what_does_not_cross_has_one_order(
    at_zero: tuple[float, ...], at_one: tuple[float, ...]
) -> None:
    assert orders(at_zero, at_one) == (Span(0, 1, (0, 1)),)
