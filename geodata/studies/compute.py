"""Computing power as published: by the precision that is named, what is built and what is ahead.

A figure in FLOPS means little without the precision of its numbers: AI compute is counted in
halves (FP16 or less), supercomputing in doubles (FP64), and the two are far apart. Figures are
therefore kept apart by kind and never added; nor are figures of one kind, since a city's figure
holds those of its sites. catalog/site_compute.csv says of each figure of which kind it is, and
whether it is built, expected or planned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.catalog.rows import FOLDER, read_rows
from geodata.errors import FactsError, Fault
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geodata.build.atlas_data import AtlasData
    from geodata.records import Site

FILE: Final = "site_compute"
UNIT: Final = "PFLOPS"
EXASCALE: Final = 1_000.0
"""PFLOPS from which a figure is of the order of EFLOPS."""
PRECISIONS: Final = ("ai", "general", "hpc", "unstated")
STAGES: Final = ("built", "expected", "planned")


@dataclass(frozen=True, slots=True)
class Power:
    """A figure of computing power; `stage` is built, expected or planned."""

    site: Site
    precision: str
    stage: str

    @property
    def pflops(self) -> float:
        """The figure in PFLOPS."""
        return (self.site.scale.value or 0) if self.site.scale else 0

    @property
    def exascale(self) -> bool:
        """Whether it reaches 1 EFLOPS, in the precision it is counted in."""
        return self.pflops >= EXASCALE


class Compute:
    """Answers of computing power, exposed as `Atlas.compute`.

    Parameters
    ----------
    data
        What the atlas is made of.
    folder
        Where the table of precisions lies.

    Raises
    ------
    FactsError
        If a figure in PFLOPS has no row, a row no such figure, or a word is unknown.
    """

    def __init__(self, data: AtlasData, folder: Path = FOLDER) -> None:
        figures = {s.id for s in data.parks if s.scale and s.scale.unit == UNIT}
        self._kinds = read_kinds(folder)
        for site in sorted(figures ^ set(self._kinds)):
            raise FactsError(Fault(f"catalog/{FILE}.csv", None, _unmatched(site, figures)))

    def of(self, sites: Sequence[Site]) -> tuple[Power, ...]:
        """Return the figures among sites by precision, then stage, then size, largest first."""
        found = [Power(s, *self._kinds[s.id]) for s in sites if s.id in self._kinds]
        return tuple(sorted(found, key=_order))

    def conflicts(self, sites: Sequence[Site]) -> tuple[tuple[Site, ...], ...]:
        """Return sites that give one thing of one place and time differently, smallest first."""
        same: dict[tuple[object, ...], list[Site]] = {}
        for site in sites:
            if site.kind == "computing" and site.scale and site.scale.year:
                key = (site.metric, site.regions, site.scale.year, site.scale.unit)
                same.setdefault(key, []).append(site)
        return tuple(
            tuple(sorted(several, key=lambda s: (s.scale.value or 0) if s.scale else 0))
            for several in same.values()
            if len({s.scale.value for s in several if s.scale}) > 1
        )


def read_kinds(folder: Path = FOLDER) -> dict[str, tuple[str, str]]:
    """Return precision and stage of each figure.

    Raises
    ------
    FactsError
        If a word is none of `PRECISIONS` or `STAGES`.
    """
    found = {}
    for row in read_rows(folder, FILE):
        for column, known in (("precision", PRECISIONS), ("stage", STAGES)):
            if row[column] not in known:
                what = Name(
                    f"{column} 列的“{row[column]}”不可用；请写 {'、'.join(known)} 之一。",
                    f"column {column}: {row[column]!r} is unknown; write one of "
                    f"{', '.join(known)}.",
                )
                raise FactsError(row.fault(what))
        found[row["site"]] = (row["precision"], row["stage"])
    return found


def _order(one: Power) -> tuple[int, int, float]:
    return PRECISIONS.index(one.precision), STAGES.index(one.stage), -one.pflops


def _unmatched(site: str, figures: set[str]) -> Name:
    if site in figures:
        return Name(
            f"“{site}”有以 PFLOPS 计的算力，而没有说明精度；请加一行，写明 precision 与 stage。",
            f"{site!r} has computing power in PFLOPS without a word on its precision; add a row "
            "with its precision and stage.",
        )
    return Name(
        f"“{site}”没有以 PFLOPS 计的算力；请更正代号，或删去此行。",
        f"{site!r} has no computing power in PFLOPS; correct the id, or take the row away.",
    )
