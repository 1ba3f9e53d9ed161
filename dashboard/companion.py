"""The second of two maps: of which indicator and year it is, and what it shares with the first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from dashboard.view import ALL_YEARS, EARLIEST, INDICATORS, YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.view import View
    from geodata.records import Indicator, Level

Why = Literal["one_map", "one_year", "no_year", "same", "no_level"]
"""Why there is no second map; `second.why_<why>` says it."""
SEVERAL: Final = (YEARS, INDICATORS, ALL_YEARS)
"""What asks for more than one map."""


@dataclass(frozen=True, slots=True)
class Companion:
    """The view of the second map, or why there is none."""

    view: View | None
    why: Why | None = None


def companion(
    view: View,
    indicators: Mapping[str, Indicator],
    usual: Mapping[str, Mapping[Level, str]],
) -> Companion:
    """Return the second map of a view.

    Parameters
    ----------
    view
        `maps` says what the second map is of: another year (`then`), or the indicator `across`,
        in the same year where it has that one, else in the year it is shown first in (`usual`).
    indicators
        All indicators by id.
    usual
        Indicator → level → the year shown when none is asked for.
    """
    if view.maps == YEARS:
        return _other_year(view, indicators[view.indicator].years[view.level])
    if view.maps == INDICATORS:
        return _other_indicator(view, indicators, usual)
    if view.maps == ALL_YEARS and len(indicators[view.indicator].years[view.level]) == 1:
        return Companion(None, "one_year")
    return Companion(None, "one_map")


def _other_year(view: View, years: tuple[str, ...]) -> Companion:
    others = [year for year in years if year != view.year]
    if not others:
        return Companion(None, "one_year")
    if view.then not in {EARLIEST, *years}:
        return Companion(None, "no_year")
    return Companion(replace(view, year=view.then if view.then in others else others[0]))


def _other_indicator(
    view: View,
    indicators: Mapping[str, Indicator],
    usual: Mapping[str, Mapping[Level, str]],
) -> Companion:
    if view.across == view.indicator:
        return Companion(None, "same")
    years = indicators[view.across].years.get(view.level)
    if not years:
        return Companion(None, "no_level")
    year = view.year if view.year in years else usual[view.across][view.level]
    other = replace(view, indicator=view.across, across=view.indicator, year=year)
    if alike(indicators[view.indicator], indicators[view.across]):
        return Companion(other)
    return Companion(replace(other, limits=(), classes="auto", k=5) if view.limits else other)


def alike(one: Indicator, other: Indicator) -> bool:
    """Tell whether one set of limits, or one scale of circles, can serve two indicators."""
    return (one.unit, one.decimals, one.diverging_at, one.summable) == (
        other.unit,
        other.decimals,
        other.diverging_at,
        other.summable,
    )
