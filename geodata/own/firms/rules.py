"""All that decides what a row of a register means; the same for each of its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.own.firms.cube import Axes
from geodata.own.firms.divisions import Habit
from geodata.own.firms.register import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from geodata.own.firms.raster import Raster
    from geodata.own.firms.register import Register
    from geodata.own.place import Gazetteer

NOWHERE: Final = np.int16(-1)
"""Position of a row that is in no place."""
NONE: Final = np.int16(0)
"""Number of no reason and no note."""


@dataclass(frozen=True)
class Rules:
    """What decides.

    `system` is that of the points where no column says it for each row; `today` the day after
    which nothing can have happened; `places` are the codes of places in the order of the cube, the
    counties of the raster first, and `above` the positions of what each lies in. `gazetteer` is
    None where points alone tell places.
    """

    register: Register
    raster: Raster
    places: tuple[str, ...]
    above: tuple[tuple[int, ...], ...]
    today: date
    system: str = "wgs84"
    habit: Habit = field(default_factory=lambda: Habit(None, None))
    gazetteer: Gazetteer | None = None

    @property
    def shortened(self) -> Mapping[str, Callable[[str], str]]:
        """What may be written of the cells of a column: of addresses the names of places."""
        column = self.register.roles.get(ADDRESS)
        if column is None or column in self.register.keep or self.gazetteer is None:
            return {}
        from geodata.own.addresses import Addresses  # noqa: PLC0415 - points need no gazetteer

        return {column: Addresses(self.gazetteer).shortened}

    @property
    def axes(self) -> Axes:
        """What the cube runs over."""
        return Axes(self.places, self.today.year)
