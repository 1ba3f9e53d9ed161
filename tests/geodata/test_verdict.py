"""Verdicts by one rule: limits, outcomes, what they make together, and what would turn them."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from geodata.measures.verdict import (
    VERDICTS,
    Limit,
    Outcome,
    agreed,
    deciding,
    outcome,
    read_limit,
    turned,
    verdict,
)


@pytest.mark.parametrize(
    ("words", "figure", "met"),
    [
        (">= 0.5", 0.5, True),
        ("> 0.5", 0.5, False),
        ("<= -0.5", -0.5, True),
        ("< 0", 0.0, False),
        (">2", 2.1, True),
    ],
)
def test_a_limit_is_met_or_not(words: str, figure: float, *, met: bool) -> None:
    assert read_limit(words).met(figure) is met


@pytest.mark.parametrize("words", ["", "0.5", "= 1", ">= one", ">= 1 %", ">= 1; < 2"])
def test_what_is_no_limit_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="not a relation and a number"):
        read_limit(words)


def test_between_two_limits_a_test_is_open() -> None:
    above, below = Limit(">", 1.1), Limit("<", 0.9)
    assert [outcome(x, above, below) for x in (1.11, 1.1, 0.9, 0.89)] == [
        "holds",
        "open",
        "open",
        "fails",
    ]
    assert outcome(1.1, above) == "fails"
    assert outcome(None, above, below) == "missing"


@pytest.mark.parametrize(
    ("figures", "expected", "decides"),
    [
        ((6.4, 5.4, 1.6), "holds", 1.6),
        ((-2.4, -1.9, -2.0), "fails", -1.9),
        ((3.0, -2.0, 1.5), "open", -2.0),
        ((3.0, 0.5, 1.5), "open", 0.5),
    ],
)
def test_several_figures_have_to_come_out_alike(
    figures: tuple[float, ...], expected: Outcome, decides: float
) -> None:
    """Also the other way round, where less is what holds."""
    above, below = Limit(">=", 1), Limit("<=", -1)
    assert agreed(figures, above, below) == expected
    assert deciding(figures, above, below) == decides
    turned_over = tuple(-figure for figure in figures)
    assert agreed(turned_over, below, above) == expected
    assert deciding(turned_over, below, above) == -decides


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (["holds", "holds"], "supported"),
        (["fails"], "contradicted"),
        (["holds", "fails"], "partly"),
        (["holds", "missing"], "partly"),
        (["open"], "partly"),
        (["missing"], "untestable"),
        (["fails", "missing"], "untestable"),
    ],
)
def test_outcomes_make_a_verdict(outcomes: list[Outcome], expected: str) -> None:
    assert verdict(outcomes) == expected


def test_a_missing_figure_never_helps_and_never_condemns() -> None:
    for outcomes in product(get_args(Outcome), repeat=3):
        found = verdict(outcomes)
        assert found in VERDICTS
        if "missing" in outcomes:
            assert found in {"partly", "untestable"}


def test_what_would_turn_a_verdict_is_named_with_the_verdicts_then() -> None:
    assert turned(["holds", "fails"], 0) == (("fails", "contradicted"),)
    assert turned(["holds", "fails"], 1) == (("holds", "supported"),)
    assert turned(["missing"], 0) == (("holds", "supported"), ("fails", "contradicted"))
    assert turned(["open", "fails"], 0) == (("fails", "contradicted"),)
    assert turned(["open"], 0) == (("holds", "supported"), ("fails", "contradicted"))
    assert turned(["holds", "holds", "missing"], 0) == ()
    assert turned(["holds", "missing"], 0) == (("fails", "untestable"),)
