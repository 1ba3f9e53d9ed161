"""The indices that others publish of the region: the statistics bureau's and Nankai's.

The bureau's releases until 2020 set 2010 = 100, those since set 2014 = 100; no year is printed on
both, and nothing is joined. Each release computes earlier years anew: the year before that follows
from its own index and its own rise need not be what the release before had printed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geodata.facts.printed import BASES, INDEX_PARTS
from geodata.records import REGION_ID, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.build.atlas_data import AtlasData

ROUNDING: Final = 0.1
"""Points by which sums of printed figures may be off."""


@dataclass(frozen=True, slots=True)
class Release:
    """What one release prints for its year; a part that it does not print is absent.

    `rise` is the change on the year before, in points.
    """

    base: str
    year: str
    total: Value
    parts: Mapping[str, Value]
    rise: Value | None

    @property
    def before(self) -> Value | None:
        """The index of the year before by this release, index less rise; None without a rise."""
        if self.rise is None or self.rise.value is None or self.total.value is None:
            return None
        found = round(self.total.value - self.rise.value, 2)
        year = str(int(self.year) - 1)
        return replace(self.total, value=found, year=year, status="computed")


class RegionalIndex:
    """Answers of the indices of the region, exposed as `Atlas.regional_index`.

    Parameters
    ----------
    data
        What the atlas is made of.
    """

    def __init__(self, data: AtlasData) -> None:
        self._printed = data.printed

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """The bureau's releases by base, the present one first, then by year."""
        return tuple(release for base in BASES for release in self._of(base))

    @cached_property
    def nankai(self) -> tuple[Value, ...]:
        """The index of Nankai University by year."""
        return tuple(self._printed.years("nankai_index", REGION_ID).values())

    @cached_property
    def breaks(self) -> tuple[tuple[Value, Value], ...]:
        """Years that two releases in a row give differently: as printed first, as implied later."""
        return tuple(
            (first.total, later.before)
            for first, later in pairwise(self.releases)
            if first.base == later.base
            and later.before is not None
            and first.year == later.before.year
            and abs((first.total.value or 0) - (later.before.value or 0)) >= ROUNDING
        )

    def _of(self, base: str) -> list[Release]:
        held = {
            part: self._printed.years(f"index_{base}_{part}", REGION_ID)
            for part in ("total", *INDEX_PARTS, "rise")
        }
        return [
            Release(
                base=base,
                year=year,
                total=total,
                parts={part: held[part][year] for part in INDEX_PARTS if year in held[part]},
                rise=held["rise"].get(year),
            )
            for year, total in held["total"].items()
        ]
