"""The structure of a register between any two years: what its firms did at the ends of both.

Counted are firms there at the end of a year (`figures.stock_of`) whose division is known; the staff
of a register is told for one moment and has no years. A register is no sample, so that nothing
here has an interval; it is its own reference, as no other counts by the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.measures.concentration import krugman
from geodata.measures.shift_share import shift_share
from geodata.measures.similarity import LIKENESSES
from geodata.measures.specialisation import SECTORS, location_quotients, shares
from geodata.own.firms.cube import DIVISIONS, EARLIER, FIRST_YEAR
from geodata.own.firms.divisions import divisions
from geodata.own.firms.figures import LEAST, stock_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from geodata.own.firms.cube import Cube

    Floats = NDArray[np.float64]
    Years = tuple[int, int]
    """The first and the last of two years."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure in two years and the firms behind it; NaN where there are too few of them.

    `key` is a letter of a section or a place.
    """

    key: str
    firms: tuple[int, int]
    values: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Parts:
    """Firms of a section in two years, and the three parts of their change, which add up to it."""

    key: str
    firms: tuple[int, int]
    national: float
    mix: float
    local: float


@dataclass(frozen=True, slots=True)
class Split:
    """Shift-share of a place: the sections that can be split, and those that cannot.

    `new` are sections of which the register had no firm in the first year, with those here now.
    """

    parts: tuple[Parts, ...]
    new: tuple[tuple[str, int], ...]


class Structures:
    """The counts by place, division and the end of a year.

    Parameters
    ----------
    cube
        The counts.
    within
        Gives the positions of the places that lie in one, itself included.
    whole
        The place that all others lie in.
    """

    def __init__(self, cube: Cube, within: Callable[[str], Sequence[int]], whole: str) -> None:
        self._stock, self._within, self._whole = stock_of(cube), within, whole
        dated = np.flatnonzero((cube.born + cube.gone)[:, :, EARLIER:].sum((0, 1)))
        ends = self._stock[:, 1:].sum((0, 1))
        enough = np.flatnonzero(ends >= LEAST)
        self._last = EARLIER + int(dated[-1]) if dated.size else 0
        self._first = max(EARLIER + 1, int(enough[0])) if enough.size else self._last + 1
        self.divisions = cache(self._divisions)

    @property
    def years(self) -> tuple[int, ...]:
        """Years at whose end there were `LEAST` firms, up to the last that is dated."""
        return tuple(range(*(one + FIRST_YEAR - 2 for one in (self._first, self._last + 1))))

    def _divisions(self, place: str, year: int) -> Floats:
        """Return the firms of a place by division, shape (98,), the first those of none."""
        at = year - FIRST_YEAR + 2
        return np.asarray(self._stock[self._within(place), :, at].sum(0), np.float64)

    def sections(self, place: str, year: int) -> Floats:
        """Return the firms of a place by section A to T, shape (20,)."""
        return np.asarray(self.divisions(place, year) @ _letters(), np.float64)

    def unknown(self, year: int) -> int:
        """Return how many firms of the register are of no known division."""
        return int(self.divisions(self._whole, year)[0])

    def is_whole(self, place: str, years: Years) -> bool:
        """Tell whether a place has all firms of the register, which then has no other reference."""
        return all(
            np.array_equal(self.sections(place, one), self.sections(self._whole, one))
            for one in years
        )

    def quotients(self, place: str, years: Years) -> tuple[Pair, ...]:
        """Return the quotient of each section of a place against the register."""
        rows = [self.sections(place, one) for one in years]
        whole = [self.sections(self._whole, one) for one in years]
        found = [_quotients(own, all_) for own, all_ in zip(rows, whole, strict=True)]
        return _paired(SECTORS, rows, found)

    def quotients_of(self, division: int, places: Sequence[str], years: Years) -> tuple[Pair, ...]:
        """Return the quotient of a division in each place against the register."""
        rows, found = [], []
        for year in years:
            whole = self.divisions(self._whole, year)[1:]
            own = [self.divisions(place, year)[1:] for place in places]
            rows.append(np.array([one[division - 1] for one in own]))
            found.append(np.array([_quotients(one, whole)[division - 1] for one in own]))
        return _paired(places, rows, found)

    def special(self, places: Sequence[str], years: Years) -> tuple[Pair, ...]:
        """Return the index of specialisation of each place by sections, against the register."""
        rows, found = [], []
        for year in years:
            whole = _parts(self.sections(self._whole, year)[None, :])[0]
            own = np.array([self.sections(place, year) for place in places])
            told = own.sum(1) >= LEAST
            values = np.full(len(places), np.nan)
            if told.any():
                values[told] = krugman(_parts(own[told]), whole)
            rows.append(own.sum(1))
            found.append(values)
        return _paired(places, rows, found)

    def likeness(self, places: Sequence[str], year: int, form: str) -> Floats:
        """Return how alike places are by sections, pair by pair; NaN under `LEAST` firms."""
        own = np.array([self.sections(place, year) for place in places])
        enough = np.where(own.sum(1) >= LEAST, own.sum(1), np.nan)
        return LIKENESSES[form](own / enough[:, None])

    def split(self, place: str, years: Years) -> Split | None:
        """Return the shift-share of a place against the register; None under `LEAST` firms."""
        before, after = (self.sections(place, one) for one in years)
        first, last = (self.sections(self._whole, one) for one in years)
        if before.sum() < LEAST:
            return None
        known = first > 0
        found = shift_share(before[known], after[known], first[known], last[known])
        letters = np.array(list(SECTORS))
        columns = (before[known], after[known], found.national, found.mix, found.local)
        parts = tuple(
            Parts(str(letter), (int(x), int(y)), float(national), float(mix), float(local))
            for letter, x, y, national, mix, local in zip(letters[known], *columns, strict=True)
        )
        new = ((str(one), int(n)) for one, n in zip(letters[~known], after[~known], strict=True))
        return Split(parts, tuple(one for one in new if one[1]))


def _quotients(own: Floats, whole: Floats) -> Floats:
    """Return quotients; NaN where neither the firms there nor those expected are `LEAST`."""
    total = own.sum()
    expected = total * whole / max(whole.sum(), 1)
    found = location_quotients(own[None, :], np.array([total]), whole, float(whole.sum()))[0]
    return np.where(np.maximum(own, expected) >= LEAST, found, np.nan)


def _parts(rows: Floats) -> Floats:
    return shares(rows, rows.sum(1))


def _paired(
    keys: Sequence[str] | dict[str, str], firms: Sequence[Floats], values: Sequence[Floats]
) -> tuple[Pair, ...]:
    return tuple(
        Pair(key, (int(x), int(y)), (float(a), float(b)))
        for key, x, y, a, b in zip(keys, *firms, *values, strict=True)
    )


@cache
def _letters() -> Floats:
    """Return which division lies in which section, shape (98, 20); none for that not known."""
    order: Final = list(SECTORS)
    inside = np.zeros((DIVISIONS, len(order)))
    for code, one in divisions().items():
        inside[int(code), order.index(one.section)] = 1
    return inside
