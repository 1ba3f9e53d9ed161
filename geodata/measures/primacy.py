"""Primacy (首位度): how far the first city stands out in its province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.measures.aggregation import PERCENT, computed
from geodata.records import Value

if TYPE_CHECKING:
    from collections.abc import Mapping


def share(part: Value, whole: Value) -> Value:
    """Return a part as per cent of the whole, with the provenance of both.

    Raises
    ------
    ValueError
        If a figure is missing, the whole is zero, or the years differ.
    """
    if part.value is None or not whole.value or part.year != whole.year:
        message = "A share needs both figures of one year and a whole that is not zero."
        raise ValueError(message)
    return computed(PERCENT * part.value / whole.value, "%", part.year, [part, whole])


def ratio(one: Value, other: Value) -> Value:
    """Return one figure over another, with the provenance of both; errors as `share`."""
    per_cent = share(one, other)
    number = None if per_cent.value is None else per_cent.value / PERCENT
    return Value(number, "", per_cent.year, "computed", per_cent.source_ids, per_cent.note)


def primacy(cities: Mapping[str, Value], capital: str, whole: Value) -> tuple[Value, str, Value]:
    """Return a city's share of the whole, the largest other city, and the ratio to it.

    Parameters
    ----------
    cities
        City → figure, the capital among them; all of one year.
    capital
        The city whose primacy is asked.
    whole
        The figure of the province.

    Raises
    ------
    ValueError
        If a figure is missing or there is no other city.
    """
    others = {c: v for c, v in cities.items() if c != capital}
    if not others or any(v.value is None for v in cities.values()):
        message = "Primacy needs the figures of all cities and at least two of them."
        raise ValueError(message)
    second = max(others, key=lambda c: others[c].value or 0.0)
    return share(cities[capital], whole), second, ratio(cities[capital], others[second])


def telling_years(years: list[str], breaks: list[str]) -> list[str]:
    """Return the first year, the last before each break, and the latest.

    A share compares figures of one year only; across a break the shares of two years still rest
    on different revisions, so the last year before it is told too.
    """
    if not years:
        return []
    last = [max((y for y in years if y < b), default=years[0]) for b in breaks]
    return sorted({years[0], *last, years[-1]})
