"""Verdicts: what figures say to a claim, by one rule for all claims.

Each claim is put to tests, and each test with a figure holds, fails or stays open between two
limits written down beside it. A test whose figure nobody publishes is missing.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Outcome = Literal["holds", "open", "fails", "missing"]
Verdict = Literal["supported", "partly", "contradicted", "untestable"]

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
VERDICTS: Final[tuple[Verdict, ...]] = ("supported", "partly", "contradicted", "untestable")
RELATIONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_LIMIT: Final = re.compile(r"(>=|<=|>|<) ?(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition on a figure: a relation of `RELATIONS` and a number in the figure's unit."""

    relation: str
    number: float

    def met(self, figure: float) -> bool:
        """Return whether a figure meets it."""
        return RELATIONS[self.relation](figure, self.number)


def read_limit(words: str) -> Limit:
    """Read a limit such as ">= 0.5".

    Raises
    ------
    ValueError
        If the words are not a relation and a number.
    """
    found = _LIMIT.fullmatch(words.strip())
    if found is None:
        message = f"{words!r} is not a relation and a number such as '>= 0.5'"
        raise ValueError(message)
    return Limit(found[1], float(found[2]))


def outcome(figure: float | None, holds: Limit, fails: Limit | None = None) -> Outcome:
    """Judge a figure.

    Parameters
    ----------
    figure
        None where it is not published.
    holds, fails
        The limits; where there is no second one a test that does not hold fails.
    """
    if figure is None:
        return "missing"
    if holds.met(figure):
        return "holds"
    return "fails" if fails is None or fails.met(figure) else "open"


def deciding(figures: Sequence[float], holds: Limit, fails: Limit | None = None) -> float:
    """Return which of several figures decides a test that has to come out alike for all.

    It holds where the one that is worst for it does, and fails where the best for it does; if
    some are for it and some against, the worst keeps it from holding.
    """
    upward = holds.relation.startswith(">")
    worst, best = (min, max) if upward else (max, min)
    if outcome(best(figures), holds, fails) == "fails":
        return best(figures)
    return worst(figures)


def agreed(figures: Sequence[float], holds: Limit, fails: Limit | None = None) -> Outcome:
    """Judge several figures of one test: it holds or fails where all do, and is open elsewhere."""
    found = {outcome(figure, holds, fails) for figure in figures}
    return found.pop() if len(found) == 1 else "open"


def verdict(outcomes: Sequence[Outcome]) -> Verdict:
    """Put the outcomes of a claim's tests together.

    Supported where all hold; contradicted where all fail; not testable where nothing but
    failures and missing figures is left, as what is missing might turn it; partly elsewhere. A
    missing figure never counts for a claim.
    """
    kinds = set(outcomes)
    if kinds == {"holds"}:
        return "supported"
    if kinds == {"fails"}:
        return "contradicted"
    return "partly" if kinds & {"holds", "open"} else "untestable"


def turned(outcomes: Sequence[Outcome], at: int) -> tuple[tuple[Outcome, Verdict], ...]:
    """Return how else one test of a claim could come out, and the verdict then, where it turns.

    Parameters
    ----------
    outcomes
        Of all its tests.
    at
        The place of the test that turns; a missing one is thought to be published, and one that
        is open may turn either way.
    """
    now = verdict(outcomes)
    others: tuple[Outcome, ...] = ("holds", "fails")
    found = (
        (other, verdict([*outcomes[:at], other, *outcomes[at + 1 :]]))
        for other in others
        if other != outcomes[at]
    )
    return tuple((other, then) for other, then in found if then != now)
