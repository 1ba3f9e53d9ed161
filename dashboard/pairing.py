"""Two indicators on one map: that of the view and the one across, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dashboard.map.paired import LEAST, Paired, in_thirds
from dashboard.units import counted
from dashboard.view import PAIRED, View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geodata.records import Column, Indicator, Role

Why = Literal["", "no_fill", "same", "no_level", "no_common", "no_year", "few", "flat"]
"""Why there is no map of both; `paired.why_<why>` says it, nothing where none is asked for."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Both indicators in thirds, or why they cannot stand on one map."""

    paired: Paired | None = None
    why: Why = ""


def pairing(
    view: View,
    indicators: Mapping[str, Indicator],
    columns: Callable[[View], Sequence[Column]],
    roles: Callable[[View], Mapping[str, Role] | None],
) -> Pairing:
    """Return both indicators of a view, where `maps` asks for them on one map.

    `columns` gives the figures of a view's indicator by year, `roles` those of places in its
    circles.
    """
    if view.maps != PAIRED:
        return Pairing()
    if why := _unlike(view, indicators):
        return Pairing(why=why)
    first, second = (
        in_thirds(
            counted(indicators[one.indicator], one.lang),
            counted(columns(one), one.lang),
            view.year,
            roles(one),
        )
        for one in (view, replace(view, indicator=view.across))
    )
    found = Paired(first, second)
    if sum(found.counts()) < LEAST:
        return Pairing(why="few")
    return Pairing(found) if found.in_thirds() else Pairing(why="flat")


def _unlike(view: View, indicators: Mapping[str, Indicator]) -> Why:
    """Say what keeps two indicators apart before their figures are looked at."""
    if not view.shows("fill"):
        return "no_fill"
    if view.across == view.indicator:
        return "same"
    years = indicators[view.across].years.get(view.level)
    if not years:
        return "no_level"
    if not common_years(view, indicators):
        return "no_common"
    return "" if view.year in years else "no_year"


def common_years(view: View, indicators: Mapping[str, Indicator]) -> list[str]:
    """Return the years that both indicators have at the level of the view."""
    both = (view.indicator, view.across)
    first, second = (indicators[one].years.get(view.level, ()) for one in both)
    return [year for year in first if year in second]
