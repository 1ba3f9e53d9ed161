"""Entry, exit and survival of firms by year.

Rates follow the manual on business demography of Eurostat and the OECD (2007), with the stock at
the beginning of the year as the base, as only that can be counted from a register of dates.
Survival is that of Kaplan and Meier (1958, JASA 53:457-481): firms that are still there count for
the years in which they could be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Turnover:
    """Rates by year, shape (years,); NaN where no firm was there at the beginning.

    `entry` and `exit` are births and deaths of the year by the stock at its beginning.
    """

    entry: Floats
    exit: Floats


def turnover(births: Counts, deaths: Counts, before: int = 0) -> Turnover:
    """Return entry and exit rates.

    Parameters
    ----------
    births, deaths
        By year, in order and without gaps; shape (years,).
    before
        Stock at the beginning of the first year.

    Raises
    ------
    ValueError
        If more firms have gone than there were.
    """
    ends = before + np.cumsum(births - deaths)
    if (ends < 0).any():
        message = f"At the end of a year there would be {int(ends.min())} firms."
        raise ValueError(message)
    stock = np.concatenate([[before], ends[:-1]]).astype(np.float64)
    stock[stock == 0] = np.nan
    return Turnover(births / stock, deaths / stock)


@dataclass(frozen=True, slots=True)
class Survival:
    """The share of firms that are there after each whole year of life, and how surely.

    All of shape (ages,), age 0 first: `share` of the firms that survive the year, `error` its
    standard error (Greenwood), `at_risk` the firms seen at that age.
    """

    share: Floats
    error: Floats
    at_risk: Counts


def survival(cohorts: Counts) -> Survival:
    """Return survival by age of the firms of cohorts.

    Parameters
    ----------
    cohorts
        Firms by year of birth (rows, in order) and year of going (columns, the same years), the
        last column those still there at the end; shape (years, years + 1).

    Raises
    ------
    ValueError
        If firms went before they were born.
    """
    years = len(cohorts)
    if np.tril(cohorts[:, :years], -1).any():
        message = "Firms have gone before they were born."
        raise ValueError(message)
    born, gone = np.triu_indices(years)
    deaths = np.bincount(gone - born, cohorts[born, gone], minlength=years).astype(np.int64)
    # One that is there was last seen at the age its cohort has at the end.
    seen = cohorts[::-1, years]
    leaving = np.cumsum((deaths + seen)[::-1])[::-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        kept = np.where(leaving > 0, 1 - deaths / leaving, np.nan)
        share = np.cumprod(kept)
        each = np.where(leaving > deaths, deaths / (leaving * (leaving - deaths)), np.nan)
        error = share * np.sqrt(np.cumsum(each))
    return Survival(share.astype(np.float64), np.asarray(error, np.float64), leaving)
