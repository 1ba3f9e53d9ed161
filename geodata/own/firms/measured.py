"""Measures of a register that the cube has all for: points need not be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.measures.agglomeration import ellison_glaeser, herfindahl
from geodata.measures.demography import Survival, Turnover, survival, turnover
from geodata.own.firms.cube import DIVISIONS, EARLIER
from geodata.own.firms.figures import stock_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.own.firms.cube import Cube


def gammas(cube: Cube, counties: int) -> NDArray[np.float64]:
    """Return γ of Ellison and Glaeser of each division, by the staff of firms that tell it.

    Parameters
    ----------
    cube
        The counts.
    counties
        How many of its places, the first, are counties; firms known to a city only are left out
        of the shares.

    Returns
    -------
    ndarray, shape (98,)
        By division, 0 for firms whose division is not known; NaN where no firm tells its staff.
    """
    staff = cube.staff.sum(2)[:counties].astype(np.float64)
    everyone = staff.sum(1)
    plants = [herfindahl(float(cube.staff[:, d].sum()), float(cube.told[1, d])) for d in _all()]
    return np.array([ellison_glaeser(staff[:, d], everyone, plants[d]) for d in _all()])


def turnover_of(cube: Cube, place: int, division: int | None = None) -> Turnover:
    """Return entry and exit rates of a place from 1980 on, of a division or of all.

    Firms that are in no stock (`figures.stock_of`) neither enter nor leave here.
    """
    some = slice(None) if division is None else slice(division, division + 1)
    births = (cube.born - cube.lost)[place, some].sum(0)
    deaths = cube.gone[place, some].sum(0)
    before = int(stock_of(cube)[place, some, EARLIER].sum())
    return turnover(births[EARLIER + 1 :], deaths[EARLIER + 1 :], before)


def survival_of(cube: Cube, division: int | None = None) -> Survival:
    """Return survival by age of firms born from 1980 on whose years are known."""
    cohorts = cube.cohorts.sum(0) if division is None else cube.cohorts[division]
    return survival(cohorts[EARLIER + 1 :, EARLIER + 1 :])


def _all() -> range:
    return range(DIVISIONS)
