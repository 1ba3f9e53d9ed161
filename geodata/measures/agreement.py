"""Agreement of two sets of places, such as the members of a circle as planned and as measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Agreement:
    """Places in both sets, in one of them and in neither, each in the order of the universe."""

    shared: tuple[str, ...]
    only_measured: tuple[str, ...]
    only_planned: tuple[str, ...]
    neither: tuple[str, ...]

    @property
    def jaccard(self) -> float | None:
        """Shared ÷ all that are in one set at least, 0 to 1; None where both sets are empty.

        Jaccard, P. (1901): Étude comparative de la distribution florale. Bulletin de la Société
        vaudoise des sciences naturelles 37, 547–579.
        """
        of = len(self.shared) + len(self.only_measured) + len(self.only_planned)
        return len(self.shared) / of if of else None


def agreement(
    planned: Collection[str], measured: Collection[str], universe: Collection[str]
) -> Agreement:
    """Compare two sets over the places for which both are known.

    Parameters
    ----------
    planned, measured
        Ids of places; those outside the universe are left out.
    universe
        Ids of the places of which it is known whether they belong to either set.
    """
    places = tuple(dict.fromkeys(universe))

    def those(plan: bool, measure: bool) -> tuple[str, ...]:  # noqa: FBT001 - a table of two by two
        return tuple(p for p in places if (p in planned, p in measured) == (plan, measure))

    return Agreement(
        shared=those(True, True),  # noqa: FBT003
        only_measured=those(False, True),  # noqa: FBT003
        only_planned=those(True, False),  # noqa: FBT003
        neither=those(False, False),  # noqa: FBT003
    )
