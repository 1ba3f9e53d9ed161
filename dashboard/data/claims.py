"""The claims of the argument as data: their tests, figures, limits, verdicts and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.data.formats import value_record
from geodata.figures import source_record, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.atlas import Atlas
    from geodata.studies.claims import Finding, Tested


def claims(atlas: Atlas, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return claims as the page of findings has them, with the sources of all."""
    ids = sorted({source for found in findings for source in found.source_ids})
    return {
        "claims": [claim_record(found) for found in findings],
        "sources": {one: source_record(atlas, one) for one in ids},
    }


def claim_head(found: Finding) -> dict[str, Any]:
    """Return what a claim says and its verdict."""
    claim = found.claim
    return {
        "id": claim.id,
        "part": claim.part,
        "kind": claim.kind,
        "claim": spoken(claim.name),
        "verdict": found.verdict,
    }


def claim_record(found: Finding) -> dict[str, Any]:
    """Return a claim as plain values; figures that nobody publishes are None, never filled in."""
    claim = found.claim
    return {
        **claim_head(found),
        "tests": [_test(one) for one in found.tests],
        "caveat": spoken(claim.caveat),
        "needed": spoken(claim.needed),
        "views": list(claim.views),
        "sources": list(found.source_ids),
    }


def _test(one: Tested) -> dict[str, Any]:
    test = one.test
    limits = {"holds": test.holds, "fails": test.fails}
    return {
        "id": test.id,
        "test": spoken(test.name),
        "formula": test.formula or None,
        "figures": [value_record(value) for value in one.figures],
        "judged": value_record(one.judged) if one.judged else None,
        **{
            name: f"{limit.relation} {limit.number:g}" if limit else None
            for name, limit in limits.items()
        },
        "outcome": one.outcome,
    }
