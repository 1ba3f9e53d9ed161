"""Primacy (首位度): how far the first city stands out, in its province and over the next ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.measures.aggregation import PERCENT, add, computed
from geodata.records import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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


def city_index(sizes: Sequence[Value], others: int) -> Value:
    """Return the first city over the `others` next ones together.

    S₂ = P₁ / P₂ for one other, S₄ = P₁ / (P₂ + P₃ + P₄) for three. The rank–size rule gives 2
    and 12 / 13 ≈ 0.92; textbooks take 2 and 1 as the ideal.

    Parameters
    ----------
    sizes
        The figures of all cities of one system in one year and unit, in any order.
    others
        How many cities the first is set against, at least 1.

    Raises
    ------
    ValueError
        If a figure is missing or zero, years or units differ, or there are too few cities.

    References
    ----------
    Jefferson, M. (1939): The law of the primate city. Geographical Review 29(2), 226–232.
    """
    numbers = [v.value for v in sizes if v.value]
    alike = len({(v.unit, v.year) for v in sizes}) == 1
    if others < 1 or len(numbers) < len(sizes) or len(sizes) <= others or not alike:
        message = (
            f"An index over {others} others needs the figures of at least {others + 1} cities, "
            "all of one unit and one year."
        )
        raise ValueError(message)
    first, *rest = sorted(sizes, key=lambda v: -(v.value or 0.0))
    return ratio(first, add(rest[:others]))


def telling_years(years: list[str], breaks: list[str]) -> list[str]:
    """Return the first year, the last before each break, and the latest.

    A share compares figures of one year only; across a break the shares of two years still rest
    on different revisions, so the last year before it is told too.
    """
    if not years:
        return []
    last = [max((y for y in years if y < b), default=years[0]) for b in breaks]
    return sorted({years[0], *last, years[-1]})
