"""Roles: what the plan names for a place, and the evidence of its industries for and against.

The items and their evidence are those of the plan; here each industry is set out in figures: its
quotient with the limits of the sample, the change since the earlier census where both can be
compared, and the rank among like places. A verdict is given by one rule alone, see `verdict`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from geodata.measures.specialisation import SECTORS
from geodata.measures.uncertainty import quotient_interval
from geodata.records import REGION_ID, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.parts import Parts
    from geodata.readings import Readings
    from geodata.records import Evidence, IndustryRow, Place, PlanItem

Verdict = Literal["for", "open", "against", "unstable", "none"]

SCHEME: Final = "article"
YEAR: Final = "2020"
BELOW: Final = 0.9
ABOVE: Final = 1.1
"""A quotient between these two is no specialisation either way."""
PROVINCES: Final = ("110000", "120000", "130000")
DIGITAL: Final = "digital_role"
ASPECTS: Final = frozenset({DIGITAL, "industry", "task"})


@dataclass(frozen=True, slots=True)
class IndustryEvidence:
    """One industry that a role is measured by.

    `low` and `high` are the 95 % limits of the quotient from the sample count, None where
    unknown; `change` is the quotient of 2020 less that of 2010, None where not comparable;
    `rank` is that of the quotient among `of` like places, 1 the highest.
    """

    row: IndustryRow
    value: Value
    low: float | None
    high: float | None
    change: float | None
    rank: int | None
    of: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RoleEvidence:
    """One role, named industry or task of a place and what speaks for and against it.

    `others` is the evidence that is no quotient: named clusters, figures, flows, or nothing.
    """

    item: PlanItem
    industries: tuple[IndustryEvidence, ...]
    others: tuple[Evidence, ...]


class Roles:
    """Answers what the figures say to the roles that the plan gives.

    Parameters
    ----------
    readings
        Asked for the places.
    parts
        The rooms behind it.
    plan
        The items of the plan for a place and a scheme, as `Atlas.plan` returns them.
    """

    def __init__(
        self,
        readings: Readings,
        parts: Parts,
        plan: Callable[[Place, str], Sequence[PlanItem]],
    ) -> None:
        self._readings = readings
        self._parts = parts
        self._plan = plan
        self._found = lru_cache(maxsize=1)(self._all)

    def evidence(self) -> tuple[RoleEvidence, ...]:
        """Return the digital roles of the three places, then what each circle and wing is for.

        Items without any evidence in the plan's table are left out. All is of 2020 against the
        three places together. The three places rank among one another, circles among the circles
        of the scheme, wings among places of their level.
        """
        return self._found()

    def _all(self) -> tuple[RoleEvidence, ...]:
        circles = self._parts.layout.scheme(SCHEME).circles
        wings = [m.place for c in circles for m in c.members if m.role == "wing"]
        asked = (*PROVINCES, *(c.key for c in circles), *dict.fromkeys(wings))
        return tuple(
            self._evidence(item)
            for place in asked
            for item in self._plan(self._readings.place(place), SCHEME)
            if item.place.id == place and item.evidence and item.aspect in ASPECTS
        )

    def _evidence(self, item: PlanItem) -> RoleEvidence:
        rows = [e.industry for e in item.evidence if e.industry is not None]
        return RoleEvidence(
            item=item,
            industries=tuple(self._industry(item.place, row) for row in rows),
            others=tuple(e for e in item.evidence if e.industry is None),
        )

    def _industry(self, place: Place, row: IndustryRow) -> IndustryEvidence:
        own = self._parts.workforce[YEAR].rows[place.id]
        low, high = limits(row, own.total)
        comparable = row.lq is not None and row.lq_before is not None
        rank, of = self._rank(place, row.sector)
        return IndustryEvidence(
            row=row,
            value=self._parts.industries.column(row.sector, (place.id,), YEAR, REGION_ID)[0],
            low=low,
            high=high,
            change=(row.lq or 0.0) - (row.lq_before or 0.0) if comparable else None,
            rank=rank,
            of=of,
            verdict=verdict(row, low, high),
        )

    def _rank(self, place: Place, sector: str) -> tuple[int | None, int]:
        peers = self._peers(place)
        at = list(SECTORS).index(sector)
        numbers = self._parts.industries.quotients(peers, YEAR, REGION_ID)[:, at]
        own, known = numbers[peers.index(place.id)], numbers[~np.isnan(numbers)]
        return (None if np.isnan(own) else 1 + int((known > own).sum())), len(known)

    def _peers(self, place: Place) -> tuple[str, ...]:
        if place.id in PROVINCES:
            return PROVINCES
        if place.kind == "circle":
            return tuple(c.key for c in self._parts.layout.scheme(SCHEME).circles)
        return self._parts.regions.codes(self._parts.regions.level_of(place.id))


def limits(row: IndustryRow, total: float) -> tuple[float | None, float | None]:
    """Return the 95 % limits of a quotient from its sampled workers, None where unknown.

    Parameters
    ----------
    row
        The industry in the place.
    total
        All sampled workers of the place.
    """
    if row.count is None or not row.benchmark_share:
        return None, None
    low, high = quotient_interval(
        np.array([row.count], dtype=np.float64), np.array([total]), row.benchmark_share
    )
    return float(low[0]), float(high[0])


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
