"""Roles: what the plan names for a place, and the evidence of its industries for and against.

The items, their evidence, how each is tested and against what place are those of the table of
roles; here each industry is set out in figures: its quotient with the limits of the sample, the
change since the earlier census where both can be compared, the rank among like places and how
many of those pass the same test. Workers are counted where they live. A verdict is given by one
rule alone, see `verdict`, and none where the table says that the figures cannot decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from geodata.ids import DEFAULT_SCHEME, PROVINCES
from geodata.records import DECIDING, REGION_ID, Test
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.measures.industry import Limits
    from geodata.records import IndustryRow, Place, Value
    from geodata.studies.plan_records import Evidence, PlanItem

Verdict = Literal["for", "open", "against", "unstable", "untested", "none"]

YEAR: Final = "2020"
BEFORE: Final = "2010"
BELOW: Final = 0.9
ABOVE: Final = 1.1
"""A quotient between these two is no specialisation either way."""
DIGITAL: Final = "digital_role"
ASPECTS: Final = frozenset({DIGITAL, "industry", "task"})


@dataclass(frozen=True, slots=True)
class IndustryEvidence:
    """One industry that a role is measured by, in `place` against `reference`.

    `low` and `high` are the 95 % limits of the quotient from the sample count, None where
    unknown; `change` is the quotient of 2020 less that of 2010, None where not comparable;
    `rank` is that of the quotient among `of` like places, 1 the highest; `others` of them, the
    place itself left out, pass the same test, None where there is none.
    """

    place: Place
    reference: str
    row: IndustryRow
    value: Value
    low: float | None
    high: float | None
    change: float | None
    rank: int | None
    of: int
    verdict: Verdict
    others: int | None = None


@dataclass(frozen=True, slots=True)
class RoleEvidence:
    """One role, named industry or task of a place and what speaks for and against it.

    `others` is the evidence that is no quotient: named clusters, figures, flows, or nothing.
    """

    item: PlanItem
    industries: tuple[IndustryEvidence, ...]
    others: tuple[Evidence, ...]


class Roles(Study):
    """Answers what the figures say to the roles that the plan gives.

    Parameters
    ----------
    plan
        The items of the plan for a place and a scheme, as `Atlas.plan` returns them.
    """

    def __init__(
        self,
        readings: Readings,
        data: AtlasData,
        plan: Callable[[Place, str], Sequence[PlanItem]],
    ) -> None:
        super().__init__(readings, data)
        self._plan = plan

    def evidence(self) -> tuple[RoleEvidence, ...]:
        """Return the digital roles of the three places, then what each circle and wing is for.

        Items without any test in the table are left out. All is of 2020, against the reference
        of the item. Districts and cities rank among those of their level within the reference,
        the three places among one another, circles among the circles of the scheme.
        """
        return tuple(
            role
            for role in self.tested()
            if role.item.aspect in ASPECTS and role.item.place.kind != "region"
        )

    def tested(self) -> tuple[RoleEvidence, ...]:
        """Return everything that the plan names and the table says how to test."""
        return self._all()

    @kept(1)
    def _all(self) -> tuple[RoleEvidence, ...]:
        circles = self._data.layout.scheme(DEFAULT_SCHEME).circles
        wings = [m.place for c in circles for m in c.members if m.role == "wing"]
        asked = (*PROVINCES, *(c.key for c in circles), *dict.fromkeys(wings), REGION_ID)
        items = {
            (item.place.id, item.aspect, item.id): item
            for place in asked
            for item in self._plan(self._readings.place(place), DEFAULT_SCHEME)
            if item.test
        }
        own = [i for p in asked for i in items.values() if i.place.id == p]
        return tuple(self._evidence(i) for i in dict.fromkeys((*own, *items.values())))

    def _evidence(self, item: PlanItem) -> RoleEvidence:
        found = [e for e in item.evidence if e.industry is not None]
        return RoleEvidence(
            item=item,
            industries=tuple(self._industry(item, e) for e in found),
            others=tuple(e for e in item.evidence if e.industry is None),
        )

    def _industry(self, item: PlanItem, evidence: Evidence) -> IndustryEvidence:
        place, reference = self._readings.place(evidence.of), item.reference
        row = self._data.industries.row(place.id, self._sector(evidence), YEAR, reference)
        low, high = self._limits(place.id, row.sector, YEAR, reference)
        comparable = row.lq is not None and row.lq_before is not None
        peers = self._peers(place, reference)
        rank, of = self._rank(place, peers, row.sector, reference)
        tested = {p: self._verdict(p, row.sector, item.test, reference) for p in peers}
        given = item.test in DECIDING
        return IndustryEvidence(
            place=place,
            reference=reference,
            row=row,
            value=self._data.industries.column(row.sector, (place.id,), YEAR, reference)[0],
            low=low,
            high=high,
            change=(row.lq or 0.0) - (row.lq_before or 0.0) if comparable else None,
            rank=rank,
            of=of,
            verdict=tested[place.id],
            others=sum(v == "for" for p, v in tested.items() if p != place.id) if given else None,
        )

    @staticmethod
    def _sector(evidence: Evidence) -> str:
        return evidence.industry.sector if evidence.industry else ""

    def _limits(self, place: str, sector: str, year: str, reference: str) -> Limits:
        return self._data.industries.limits(place, sector, year, reference)

    def _verdict(self, place: str, sector: str, test: Test, reference: str) -> Verdict:
        row = self._data.industries.row(place, sector, YEAR, reference)
        now = self._limits(place, sector, YEAR, reference)
        if test == "level":
            return verdict(row, *now)
        if test != "change":
            return "untested"
        if row.lq_before is None:
            return "none"
        before = self._data.industries.row(place, sector, BEFORE, reference)
        return change_verdict((row, before), now, self._limits(place, sector, BEFORE, reference))

    def _rank(
        self, place: Place, peers: tuple[str, ...], sector: str, reference: str
    ) -> tuple[int | None, int]:
        values = self._data.industries.column(sector, peers, YEAR, reference)
        numbers = np.array([np.nan if v.value is None else v.value for v in values])
        own, known = numbers[peers.index(place.id)], numbers[~np.isnan(numbers)]
        return (None if np.isnan(own) else 1 + int((known > own).sum())), len(known)

    def _peers(self, place: Place, reference: str) -> tuple[str, ...]:
        """Return the like places: those of one level inside the reference, cities whole."""
        if place.kind == "region":
            return (place.id,)
        if place.id in PROVINCES:
            return PROVINCES
        if place.kind == "circle":
            return tuple(c.key for c in self._data.layout.scheme(DEFAULT_SCHEME).circles)
        regions = self._data.regions
        codes = regions.codes(regions.level_of(place.id))
        if reference in regions.places:
            within = regions.counties_of(reference)
            codes = tuple(c for c in codes if regions.counties_of(c) <= within)
        return tuple(c for c in codes if regions.places[c].kind == place.kind)


def verdict(row: IndustryRow, low: float | None, high: float | None) -> Verdict:
    """Return what a quotient says to a role, by this rule and no other.

    "for": the whole interval lies above 1.1. "against": the whole interval lies below 0.9.
    "open": anything else. "unstable": fewer than 30 sampled workers. "none": no figure.
    """
    if low is None or high is None or row.lq is None:
        return "none"
    if not row.stable:
        return "unstable"
    if low > ABOVE:
        return "for"
    return "against" if high < BELOW else "open"


def change_verdict(rows: tuple[IndustryRow, IndustryRow], now: Limits, before: Limits) -> Verdict:
    """Return what the change of a quotient says to a role that asks for one.

    "for": the whole interval of the later census lies above that of the earlier. "against": below
    it. "open": they overlap. "unstable": fewer than 30 sampled workers in one of the two.

    Parameters
    ----------
    rows
        The industry in the later and in the earlier census.
    now, before
        The 95 % limits of the quotient in each.
    """
    low, high = now
    least, most = before
    if low is None or high is None or least is None or most is None:
        return "none"
    if not all(row.stable for row in rows):
        return "unstable"
    if low > most:
        return "for"
    return "against" if high < least else "open"
