"""What the plan asks, and what the figures say to it: records like those of `geodata.records`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geodata.records import Name, Test

if TYPE_CHECKING:
    from geodata.records import FigureId, IndustryRow, Place, Site, Value

NOTHING: Final = Name("", "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the figures say to one item of the plan.

    `kind` is the sort of evidence: "industry" (LQ and share of an industry), "value" (an
    indicator), "sites" (named clusters or parks), "flow" (a published flow) or "none"
    (nothing in the atlas speaks to it). `ids` names the quotient of `industry`, or each of
    `values`, in the catalogue; it is empty where they are flows or measures of a study. `of` is
    the place whose `industry` it is, `interval` the 95 % limits of its quotient. Unused fields are
    empty.
    """

    kind: Literal["industry", "value", "sites", "flow", "none"]
    label: Name
    industry: IndustryRow | None = None
    values: tuple[tuple[Name, Value], ...] = ()
    sites: tuple[Site, ...] = ()
    total: int = 0
    ids: tuple[FigureId, ...] = ()
    of: str = ""
    interval: tuple[float | None, float | None] = (None, None)


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One function, industry, task or problem that the plan names for a place.

    `test` says how figures can decide on it, `reference` against what place ('' where nothing
    is compared), `limit` what the figures cannot tell.
    """

    place: Place
    aspect: str
    id: str
    name: Name
    evidence: tuple[Evidence, ...]
    source_ids: tuple[str, ...]
    note: str = ""
    test: Test = ""
    reference: str = ""
    limit: Name = NOTHING
