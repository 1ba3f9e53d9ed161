"""Measures of a register that the cube has all for: points need not be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.measures.agglomeration import ellison_glaeser, herfindahl
from geodata.measures.demography import Survival, Turnover, survival, turnover
from geodata.own.firms.cube import DIVISIONS, EARLIER
from geodata.own.firms.figures import present, stock_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.own.firms.cube import Cube


def gammas(cube: Cube, counties: int, *, by_staff: bool = True) -> NDArray[np.float64]:
    """Return γ of Ellison and Glaeser of each division.

    Parameters
    ----------
    cube
        The counts.
    counties
        How many of its places, the first, are counties; firms known to a city only are left out
        of the shares.
    by_staff
        Whether by the staff of firms that tell it; else each firm that is there counts as one.

    Returns
    -------
    ndarray, shape (98,)
        By division, 0 for firms whose division is not known; NaN where nothing can be compared.
    """
    if by_staff:
        size = cube.staff.sum(2)
        pairs = zip(size.sum(0), cube.told[1], strict=True)
        plants = [herfindahl(float(staff), float(squares)) for staff, squares in pairs]
    else:
        size = present(cube)
        plants = [herfindahl(float(firms), float(firms)) for firms in size.sum(0)]
    own = size[:counties].astype(np.float64)
    everyone = own.sum(1)
    return np.array([ellison_glaeser(own[:, d], everyone, plants[d]) for d in range(DIVISIONS)])


def turnover_of(cube: Cube, places: Sequence[int], division: int | None = None) -> Turnover:
    """Return entry and exit rates of places together from 1980 on, of a division or of all.

    Firms that are in no stock (`figures.stock_of`) neither enter nor leave here.
    """
    some = slice(None) if division is None else slice(division, division + 1)
    births = (cube.born - cube.lost)[places, some].sum((0, 1))
    deaths = cube.gone[places, some].sum((0, 1))
    before = int(stock_of(cube)[places, some, EARLIER].sum())
    return turnover(births[EARLIER + 1 :], deaths[EARLIER + 1 :], before)


def survival_of(
    cube: Cube, division: int | None = None, places: Sequence[int] | None = None
) -> Survival:
    """Return survival by age of firms born from 1980 on whose years are known.

    Of all firms, of those of a division, or of those of places together.
    """
    if places is not None:
        cohorts = cube.lives[list(places)].sum(0)
    else:
        cohorts = cube.cohorts.sum(0) if division is None else cube.cohorts[division]
    return survival(cohorts[EARLIER + 1 :, EARLIER + 1 :])
