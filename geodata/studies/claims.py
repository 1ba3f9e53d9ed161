"""Claims: what the argument says of the region, and what the figures say to it.

A claim is put to tests of the catalogue (claim_tests.csv): a formula, the years, and limits
written down beside it. Each verdict follows from the outcomes by one rule, see
`geodata.measures.verdict`, and says which test would turn it at which figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geodata.errors import FactsError, UnknownNameError
from geodata.measures.verdict import agreed, deciding, outcome, turned, verdict
from geodata.studies.claim_measures import functions, groups
from geodata.studies.claim_records import load_claims
from geodata.studies.formula import FormulaError, Formulas, Term, fault_of
from geodata.studies.study import Study

if TYPE_CHECKING:
    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.measures.verdict import Outcome, Verdict
    from geodata.records import Value
    from geodata.studies.claim_records import Claim, ClaimTest
    from geodata.studies.formula import Part
    from geodata.studies.hierarchy import Hierarchy

PERCENT = "%"
POINTS = "百分点"


@dataclass(frozen=True, slots=True)
class Tested:
    """A test with its figures.

    `figures` are those of its years, `judged` the one held against the limits, None where it is
    not published, and the one that decides where each of them is held; `outcome` is None where it
    is told and not judged; `parts` are the published figures it was computed from.
    """

    test: ClaimTest
    figures: tuple[Value, ...]
    judged: Value | None
    outcome: Outcome | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What would change a verdict: a test, how it would have to come out, the verdict then."""

    tested: Tested
    ways: tuple[tuple[Outcome, Verdict], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim with its tests and verdict."""

    claim: Claim
    tests: tuple[Tested, ...]
    verdict: Verdict

    @property
    def deciding(self) -> tuple[Tested, ...]:
        """Return the tests that are judged; the others only tell."""
        return tuple(t for t in self.tests if t.outcome is not None)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Return the tests of which a single one, come out otherwise, changes the verdict."""
        outcomes = [t.outcome for t in self.deciding if t.outcome is not None]
        found = (Turn(t, turned(outcomes, at)) for at, t in enumerate(self.deciding))
        return tuple(turn for turn in found if turn.ways)

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Return the sources of all its figures."""
        return tuple(sorted({s for t in self.tests for p in t.parts for s in p.value.source_ids}))


class Claims(Study):
    """Answers of the claims, exposed as `Atlas.claims`.

    Parameters
    ----------
    hierarchy
        The city system, which a formula may ask.
    """

    def __init__(self, readings: Readings, data: AtlasData, hierarchy: Hierarchy) -> None:
        super().__init__(readings, data)
        self.claims = load_claims(data.facts / "catalog")
        self.formulas = Formulas(readings, functions(readings, data, hierarchy), groups(data))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All claims in their order, each tested.

        Raises
        ------
        FactsError
            If a formula cannot be read or a figure that it names is missing.
        """
        return tuple(map(self._found, self.claims))

    def finding(self, claim: str) -> Finding:
        """Return one by the id of its claim; UnknownNameError if there is none."""
        for found in self.findings:
            if found.claim.id == claim:
                return found
        message = f"There is no claim {claim!r}; there is {', '.join(c.id for c in self.claims)}."
        raise UnknownNameError(message)

    def _found(self, claim: Claim) -> Finding:
        tests = tuple(map(self._tested, claim.tests))
        return Finding(claim, tests, verdict([t.outcome for t in tests if t.outcome is not None]))

    def _tested(self, test: ClaimTest) -> Tested:
        if not test.formula:
            return Tested(test, (), None, "missing", ())
        terms = [self._term(test, year) for year in test.years]
        figures = tuple(t.value(test.unit, y) for t, y in zip(terms, test.years, strict=True))
        parts = tuple(dict.fromkeys(part for term in terms for part in term.parts))
        if test.way == "each" and test.holds:
            numbers = [term.number for term in terms]
            at = numbers.index(deciding(numbers, test.holds, test.fails))
            came_out: Outcome | None = agreed(numbers, test.holds, test.fails)
            return Tested(test, figures, figures[at], came_out, parts)
        judged = _judged(test, terms)
        came_out = outcome(judged.value, test.holds, test.fails) if test.holds else None
        return Tested(test, figures, judged, came_out, parts)

    def _term(self, test: ClaimTest, year: str) -> Term:
        try:
            return self.formulas.term(test.formula, year)
        except FormulaError as error:
            raise FactsError(test.row.fault(fault_of(error))) from None


def _judged(test: ClaimTest, terms: list[Term]) -> Value:
    """Return the figure that is held against the limits, with the sources of all its parts."""
    first, last = terms[0], terms[-1]
    if test.way == "level":
        return last.value(test.unit, test.years[-1])
    span = f"{test.years[0]}-{test.years[-1]}"
    both = (*first.parts, *last.parts)
    if test.way == "growth":
        return Term(100 * (last.number / first.number - 1), both).value(PERCENT, span)
    unit = POINTS if test.unit == PERCENT else test.unit
    return Term(last.number - first.number, both).value(unit, span)
