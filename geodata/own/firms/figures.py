"""The cube as figures of places, in the form in which own tables are kept: rows of place by year.

What is kept of firms is thereby an own table like any other, and whatever shows those shows firms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.own.adding import Figure
from geodata.own.columns import Measure
from geodata.own.firms.cube import EARLIER, FIRST_YEAR, UNDATED, Cube

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

COUNT: Final = Measure("企业数", "Firms", "家", "amount")
STOCK: Final = Measure("年末企业数", "Firms at the end of the year", "家", "amount")
BIRTHS: Final = Measure("新设企业数", "Firms founded", "家", "amount")
DEATHS: Final = Measure("退出企业数", "Firms closed", "家", "amount")
STAFF: Final = Measure("从业人员（有数的企业）", "Staff of firms that tell it", "人", "amount")
CAPITAL: Final = Measure(
    "注册资本（有数的企业）", "Registered capital of firms that tell it", "万元", "amount"
)
YUAN: Final = 10_000
LEAST: Final = 10
"""Firms below which a rate, a share or γ is not told: one more would change it by a tenth."""
MEASURES: Final = (COUNT, STOCK, BIRTHS, DEATHS, STAFF, CAPITAL)


def stock_of(cube: Cube) -> NDArray[np.int64]:
    """Return firms there at the end of each year, over `cube.axes.shape`.

    Firms whose year of birth is not known are in no stock; those gone at a time that is not known
    are in none either, as nobody can say until when they were there.
    """
    moved = cube.born - cube.lost - cube.gone
    moved[:, :, UNDATED] = 0
    return np.cumsum(moved, axis=2)


def present(cube: Cube) -> NDArray[np.int64]:
    """Return firms that are there by the register, places by divisions, born whenever."""
    return np.asarray(cube.born.sum(2) - cube.gone.sum(2))


def undated(cube: Cube) -> int:
    """Return how many firms are in no stock, as the year of birth or of going is not known."""
    return int(cube.born[:, :, UNDATED].sum() + cube.lost[:, :, EARLIER:].sum())


def figures_of(cube: Cube, above: Sequence[Sequence[int]], year: int = 0) -> list[Figure]:
    """Return the figures of each place with firms: of counties, and of what they lie in.

    A place without any firm of the register has no figure: the register may not reach there.

    Parameters
    ----------
    cube
        The counts.
    above
        For each place the positions of those that it lies in.
    year
        The year of the register, by which what has no year of its own is dated; 0 for none.
    """
    figures = []
    for measure, values, first in _series(cube):
        total = _with_parts(values, above)
        there = np.flatnonzero(_with_parts(cube.born.sum((1, 2))[:, None], above)[:, 0])
        for at in there.tolist():
            region = cube.axes.places[at]
            for step, value in enumerate(total[at].tolist()):
                dated = first + step if first else year
                scaled = value / YUAN if measure is CAPITAL else float(value)
                figures.append(Figure(region, dated, measure, scaled, ()))
    return figures


def measures_of(figures: Sequence[Figure]) -> tuple[Measure, ...]:
    """Return what is measured, in the order of `MEASURES`."""
    found = {one.measure for one in figures}
    return tuple(one for one in MEASURES if one in found)


def _series(cube: Cube) -> Iterator[tuple[Measure, NDArray[np.int64], int]]:
    """Yield each measure, its values by place and year, and the first year (0 for undated)."""
    yield COUNT, present(cube).sum(1)[:, None], 0
    dated = (cube.born + cube.gone)[:, :, EARLIER:].sum((0, 1))
    ends = np.flatnonzero(dated)
    if ends.size:
        last = EARLIER + int(ends[-1]) + 1
        begin = EARLIER + max(int(ends[0]), 1)
        first = FIRST_YEAR + begin - EARLIER - 1
        span = slice(begin, max(last, begin))
        yield STOCK, stock_of(cube).sum(1)[:, span], first
        yield BIRTHS, cube.born.sum(1)[:, span], first
        if cube.gone.any():
            yield DEATHS, cube.gone.sum(1)[:, span], first
    if cube.told[0].any():
        yield STAFF, cube.staff.sum((1, 2))[:, None], 0
    if cube.capital.any():
        yield CAPITAL, cube.capital.sum((1, 2))[:, None], 0


def _with_parts(values: NDArray[np.int64], above: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Add to each place what lies in it."""
    total = values.copy()
    for at, wider in enumerate(above):
        for one in wider:
            total[one] += values[at]
    return total
