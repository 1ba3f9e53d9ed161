"""What each published definition of circles makes of every city, and of a circle's size."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.ids import CENSUS_YEARS
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.records import Circle, Place, Role, Scheme

SIZE: Final = ("population", CENSUS_YEARS[-1])
"""What the circles of all definitions are measured by: residents at the last census."""
UNITS: Final = "个"
"""In which county units are counted."""
OUTSIDE: Final = "excluded"
"""The role of county units that a definition names as not belonging."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a circle makes of a city: how many of its county units have which role, of how many."""

    circle: Circle
    roles: Mapping[Role, int]
    of: int

    @property
    def role(self) -> Role | None:
        """The one role of the whole city; None where its county units differ."""
        (first, n), *others = self.roles.items()
        return first if not others and n == self.of else None


class Definitions(Study):
    """Answers what definitions of circles make of the same cities."""

    @property
    def cities(self) -> tuple[Place, ...]:
        """Return the cities as they are drawn, Xiong'an apart from Baoding."""
        regions = self._data.regions
        return tuple(regions.place(code) for code in regions.codes("city"))

    def standings(self, city: str, scheme: Scheme) -> tuple[Standing, ...]:
        """Return the circles of a definition that name a city or a part of it.

        County units that a definition names as not belonging are none of its circle's.

        Parameters
        ----------
        city
            Its code.
        scheme
            The definition.
        """
        counties = self._data.regions.drawn[city]
        found = []
        for circle in scheme.circles:
            held = self._roles(circle.key)
            named = (held[code] for code in counties if code in held)
            roles = Counter(role for role in named if role != OUTSIDE)
            if roles:
                found.append(Standing(circle, dict(roles.most_common()), len(counties)))
        return tuple(found)

    @kept()
    def _roles(self, circle: str) -> Mapping[str, Role]:
        return self._data.layout.roles([circle], "county")
